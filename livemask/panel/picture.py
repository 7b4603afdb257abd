"""The page of the picture: light, background, how much masks cover, and the camera."""

from pathlib import Path
from typing import Any

from livemask.controls import Controls
from livemask.controls.cameras import SIZES
from livemask.panel import theme, widgets
from livemask.panel.file_field import PICTURES, FileField
from livemask.panel.ui import Ui
from livemask.panel.view import View
from livemask.showing import BACKGROUNDS, LIGHTS

SWATCHES = ("#00b140", "#0047bb", "#101114", "#f2f3f5", "#e8c7a0", "#7a5cff")
"""Colours to put behind the heads; the first two are what films call green and blue screen."""

LAMP = (40.0, 20.0)
"""Where a lamp stands at first, degrees to the right and above."""


class PicturePage:
    """What lies behind and before the masks."""

    def __init__(self, controls: Controls) -> None:
        self._controls, self._files = controls, FileField()

    def take(self, file: str) -> bool:
        """Put a picture behind the heads, if a picture may be there; tell whether."""
        now = self._controls.picture.showing.background
        if now in BACKGROUNDS or Path(file).suffix.lower() not in PICTURES:
            return False
        self._change(background=file)
        return True

    def release(self) -> None:
        """Close what is open. Twice does nothing."""
        self._files.release()

    def draw(self, ui: Ui, view: View) -> None:  # noqa: ARG002 - every page's
        """Draw the page where the cursor is."""
        widgets.title(ui, "Picture")
        self._light(ui)
        self._background(ui)
        self._cover(ui)
        self._camera(ui)

    def _change(self, **values: Any) -> None:
        self._controls.errands.do("picture", lambda: self._controls.picture.change(**values))

    def _light(self, ui: Ui) -> None:
        light = self._controls.picture.showing.light
        kinds = {name: name.capitalize() for name in LIGHTS} | {"lamp": "Lamp"}
        with widgets.card(ui, "light", "Light"):
            now = light if light in LIGHTS else "lamp"
            picked = widgets.segments(ui, "light", kinds, now)
            if picked is not None:
                self._change(light="{:g},{:g}".format(*LAMP) if picked == "lamp" else picked)
            if now == "lamp":
                azimuth, elevation = (float(part) for part in light.split(","))
                across = widgets.slider(
                    ui, "lamp across", "To the right", azimuth, (-180, 180), f"{azimuth:.0f}°"
                )
                up = widgets.slider(
                    ui, "lamp up", "Above", elevation, (-90, 90), f"{elevation:.0f}°"
                )
                if across is not None or up is not None:
                    new = azimuth if across is None else across, elevation if up is None else up
                    self._change(light=f"{new[0]:.0f},{new[1]:.0f}")

    def _background(self, ui: Ui) -> None:
        background = self._controls.picture.showing.background
        kinds = {"video": "Room", "blur": "Blur", "transparent": "None", "other": "Other"}
        with widgets.card(ui, "background", "Background"):
            now = background if background in BACKGROUNDS else "other"
            picked = widgets.segments(ui, "background", kinds, now)
            if picked is not None:
                self._change(background=SWATCHES[0] if picked == "other" else picked)
            if now == "other":
                self._swatches(ui, background)
                file = "" if background.startswith("#") else background
                chosen = self._files.draw(ui, "background file", file, PICTURES)
                if chosen:
                    self._change(background=chosen)

    def _swatches(self, ui: Ui, background: str) -> None:
        left, top = ui.at()
        size, gap = ui.px(30.0), ui.px(10.0)
        for at, tone in enumerate(SWATCHES):
            ui.move(left + at * (size + gap), top)
            hit = ui.hit(f"colour {tone}", (size, size))
            ui.fill(hit.box, theme.colour(tone), 8.0)
            if tone == background:
                ui.frame(hit.box.inset(-ui.px(2.5)), theme.ACCENT, 9.0, 2.0)
            elif hit.hovered:
                ui.frame(hit.box, theme.INK, 8.0, 1.5)
            if hit.clicked:
                self._change(background=tone)

    def _cover(self, ui: Ui) -> None:
        picture = self._controls.picture
        showing = picture.showing
        with widgets.card(ui, "cover", "Masks"):
            share = widgets.slider(
                ui, "opacity", "Opacity", showing.opacity, (0.0, 1.0), f"{showing.opacity:.0%}"
            )
            if share is not None:
                self._change(opacity=round(share, 2))
            text = "As far as a hand or a cup can be told from the face, it stays in front."
            on = showing.occlusion == "auto"
            if widgets.switch(ui, "occlusion", "Hands stay in front", on, text):
                self._change(occlusion="off" if on else "auto")
            text = "In this window only: outputs are never mirrored."
            if widgets.switch(ui, "mirrored", "Mirror the preview", picture.mirrored, text):
                picture.mirrored = not picture.mirrored

    def _camera(self, ui: Ui) -> None:
        cameras = self._controls.cameras
        with widgets.card(ui, "camera", "Camera"):
            if not cameras.can_change:
                ui.paragraph(f"{cameras.source} is played. For a camera, start again.")
                return
            names = {seen.source: seen.name for seen in cameras.seen}
            names.setdefault(cameras.source, cameras.source)
            shown = names[cameras.source]
            picked = widgets.choice(ui, "camera", list(names.values()), shown)
            if picked is not None:
                source = next(s for s, name in names.items() if name == picked)
                self._look(source, cameras.size)
            sizes = {"auto": "Auto"} | {f"{w}x{h}": str(h) for w, h in SIZES}
            now = "auto" if cameras.size is None else "{}x{}".format(*cameras.size)
            size = widgets.segments(ui, "camera size", sizes, now)
            if size is not None:
                wanted = dict(zip(list(sizes)[1:], SIZES, strict=True)).get(size)
                self._look(cameras.source, wanted)
            if widgets.button(ui, "look for cameras", "Look for cameras", "refresh"):
                self._controls.errands.do("cameras", cameras.look)

    def _look(self, source: str, size: tuple[int, int] | None) -> None:
        cameras = self._controls.cameras
        self._controls.errands.do("camera", lambda: cameras.choose(source, size))
