"""Icons: where each stands in `assets/panel/icons.ttf`. `tools/build_fonts.py` takes these alone.

From Tabler Icons (Paweł Kuna, MIT); `FILLED` from its filled font.
"""

OUTLINED = {
    "masks": 0xF263,
    "picture": 0xEC38,
    "outputs": 0xF1E9,
    "tracking": 0xFCAF,
    "insight": 0xED23,
    "search": 0xFDAA,
    "close": 0xEB55,
    "star": 0xEB2E,
    "check": 0xEA5E,
    "down": 0xEA5F,
    "error": 0xEA05,
    "camera": 0xEA54,
    "film": 0xED22,
    "screenshot": 0xEC3C,
    "virtual-camera": 0xEA89,
    "send": 0xEB1E,
    "table": 0xEBA1,
    "stream": 0xEA56,
    "target": 0xEB35,
    "focus": 0xF02A,
    "lock": 0xEAE2,
    "unlock": 0xEAE1,
    "refresh": 0xEB13,
    "mirror": 0xEAA7,
    "sun": 0xEB30,
    "background": 0xEB0A,
    "hand": 0xEC2E,
    "eye": 0xEA9A,
    "eye-off": 0xECF0,
    "gauge": 0xEAB1,
    "wave": 0xF031,
    "folder": 0xEAAD,
    "reset": 0xEB16,
    "info": 0xEAC5,
    "axes": 0xECD7,
    "mesh": 0xEABA,
    "wand": 0xEBCB,
    "mood": 0xEAF7,
    "people": 0xEAF7,
}
"""Drawn in lines: name -> code point."""

FILLED = {"starred": 0xF6A6, "record": 0xF692, "stop": 0xF695, "warning": 0xF6F0}
"""Filled: name -> code point."""

ICONS = {name: chr(code) for name, code in (OUTLINED | FILLED).items()}
"""Name -> the character."""
