"""Cut out the letters and icons that the control panel shows: `assets/panel/*.otf`, `icons.ttf`.

    python -m tools.build_fonts INTER TABLER [--out FOLDER]

INTER is a folder with `Inter-Regular.otf` and `Inter-SemiBold.otf` (Debian's package
`fonts-inter`), TABLER one with `tabler-icons.ttf` and `tabler-icons-filled.ttf` (npm's
`@tabler/icons-webfont`). Needs `fonttools`, which nothing else here does.
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger

from livemask.panel.icons import FILLED, OUTLINED

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”•…−×→←↑↓°·⌘⇧")]
"""Latin with all its accents, and signs: names of cameras and files hold them."""

OUT = Path(__file__).resolve().parent.parent / "assets" / "panel"


def cut(source: Path, target: Path, codes: list[int]) -> None:
    """Write the part of a font that draws the code points `codes`."""
    options = subset.Options()
    options.layout_features = ["kern", "tnum"]
    options.hinting, options.name_IDs = False, ["*"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target}: {target.stat().st_size} bytes")


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inter", type=Path)
    parser.add_argument("tabler", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for weight in ("Regular", "SemiBold"):
        name = f"Inter-{weight}.otf"
        cut(given.inter / name, given.out / name, LETTERS)
    lines, filled = given.out / "lines.ttf", given.out / "filled.ttf"
    cut(given.tabler / "tabler-icons.ttf", lines, list(OUTLINED.values()))
    cut(given.tabler / "tabler-icons-filled.ttf", filled, list(FILLED.values()))
    Merger().merge([str(lines), str(filled)]).save(given.out / "icons.ttf")
    lines.unlink()
    filled.unlink()


if __name__ == "__main__":
    main()
