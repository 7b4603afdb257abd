"""Screen: when the panel is drawn anew, where it is kept, and how it gets into the window."""

import time
from collections import deque
from typing import Any, Protocol

import numpy as np
from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.panel import theme
from livemask.panel.hands import Hands
from livemask.panel.layout import Layout
from livemask.panel.overlay import Overlay
from livemask.panel.painter import Painter
from livemask.panel.thumbnails import Thumbnails
from livemask.panel.ui import Box, Ui
from livemask.panel.view import View
from livemask.records import Scene, UInt8
from livemask.render.canvas import Canvas
from livemask.render.opengl import GL
from livemask.render.screen_pass import ScreenPass
from livemask.render.window import Event
from livemask.statistics import Statistics

LIVELY, CALM = 0.1, 0.2
"""s between two drawings when nobody does anything: while something moves, or numbers alone."""

AFTERWARDS = 3
"""Drawings after an event: some things are only as large as they must be in the next."""


class Asked(Protocol):
    """The part of a window that is asked."""

    events: deque[Event]
    scale: float


class Screen:
    """The panel as it was drawn last, laid over each picture; drawn anew when there is a reason.

    To build it takes Python longer than to lay it over. Belongs to one thread, and to the OpenGL
    context that is current when it is made.

    Attributes
    ----------
    ui : Ui
    hands : Hands
    layout : Layout
    overlay : Overlay
    typing : bool
        Whether keys go into a field.
    cursor : str
        The pointer's shape.
    places : dict of str to Box
        Where each thing that can be clicked stands, of a drawing that is finished.
    """

    def __init__(self, controls: Controls, statistics: Statistics) -> None:
        self.typing, self.cursor = False, "arrow"
        self.places: dict[str, Box] = {}
        self._context: Any = imgui.create_context()
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.set_ini_filename("")
        io.set_log_filename("")
        io.config_input_trickle_event_queue = True
        self.hands, self.ui = Hands(), Ui()
        self._painter = Painter()
        self._statistics, self._controls = statistics, controls
        thumbnails = Thumbnails(controls, self._painter)
        self._thumbnails = thumbnails
        self.overlay = Overlay()
        self.layout = Layout(controls, thumbnails, self.overlay)
        self._copy = ScreenPass("copy")
        self._canvas: Canvas | None = None
        self._due, self._drawn = AFTERWARDS, 0.0

    def update(self, scene: Scene, size: tuple[int, int], window: Asked) -> None:
        """Draw it anew if there is a reason; `size` is that of the window's framebuffer, px."""
        imgui.set_current_context(self._context)
        if self._is_due(size, window):
            self._build(scene, size, window.scale)

    def lay(self, size: tuple[int, int]) -> None:
        """Lay it over the picture in the window: copy what is opaque, and blend the rest."""
        canvas = self._canvas
        if canvas is None:
            return
        canvas.framebuffer.bind(GL.GL_READ_FRAMEBUFFER)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, 0)
        for box in self.layout.solid(size):
            GL.glBlitFramebuffer(*box, *box, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)
        GL.glViewport(0, 0, *size)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        canvas.texture.bind()
        for left, bottom, right, top in self.layout.soft(size):
            GL.glScissor(left, bottom, right - left, top - bottom)
            self._copy.draw(picture=0)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def picture(self, size: tuple[int, int]) -> UInt8:
        """Return it as it was drawn last, (h, w, 4) uint8 RGBA, the top row first."""
        image = np.zeros((size[1], size[0], 4), np.uint8)
        if self._canvas is not None:
            self._canvas.framebuffer.read(image, size)
        return np.ascontiguousarray(image[::-1])

    def release(self) -> None:
        """Free what it made. Releasing twice does nothing."""
        self.layout.release()
        if self._canvas is not None:
            self._canvas.release()
        self._canvas = None
        self._painter.release()
        self._copy.release()
        if self._context is not None:
            imgui.set_current_context(self._context)
            for texture in imgui.get_platform_io().textures:
                texture.set_tex_id(0)
                texture.status = imgui.ImTextureStatus.destroyed
            imgui.destroy_context(self._context)
        self._context = None

    def _is_due(self, size: tuple[int, int], window: Asked) -> bool:
        """Take in what the user did; tell whether to draw anew."""
        now = time.monotonic()
        while window.events:
            self.hands.feed(window.events.popleft())
            self._due = AFTERWARDS
        if self._canvas is None or self._canvas.size != size or self.ui.scale != window.scale:
            self._due = AFTERWARDS
        pace = LIVELY if self.layout.lively else CALM
        if self._thumbnails.bring() or now - self._drawn > pace:
            self._due = max(self._due, 1)
        if self._due == 0:
            return False
        self._due -= 1
        imgui.get_io().delta_time = min(max(now - self._drawn, 1e-3), 1.5 * CALM)
        self._drawn = now
        return True

    def _build(self, scene: Scene, size: tuple[int, int], scale: float) -> None:
        ui, io = self.ui, imgui.get_io()
        if ui.scale != scale or self._canvas is None:
            ui.scale = scale
            theme.apply(scale)
        io.display_size = imgui.ImVec2(*size)
        ui.places, ui.cursor, ui.floating = {}, "arrow", []
        ui.entered, ui.pane = self._controls.pane != ui.pane, self._controls.pane
        by_keys = imgui.ConfigFlags_.nav_enable_keyboard
        io.config_flags = io.config_flags | by_keys if ui.pane else io.config_flags & ~by_keys
        imgui.new_frame()
        self.layout.draw(ui, View(scene, self._statistics, size))
        imgui.render()
        self._paint(size)
        self.typing, self.cursor, self.places = io.want_text_input, ui.cursor, ui.places
        for file in self.hands.dropped:
            self.layout.drop(file)
        self.hands.dropped.clear()

    def _paint(self, size: tuple[int, int]) -> None:
        if self._canvas is None or self._canvas.size != size:
            if self._canvas is not None:
                self._canvas.release()
            self._canvas = Canvas(size)
        self._canvas.bind()
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glClearColor(0.0, 0.0, 0.0, 0.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        # What is plain and large is cleared rather than drawn: a CPU does that ten times as fast.
        GL.glEnable(GL.GL_SCISSOR_TEST)
        for (left, bottom, right, top), tone in self.layout.grounds(size):
            GL.glScissor(left, bottom, right - left, top - bottom)
            GL.glClearColor(*(((tone >> shift) & 255) / 255.0 for shift in (0, 8, 16, 24)))
            GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        self._painter.draw(imgui.get_draw_data(), size)
