"""The sliders of MakeHuman's head and how widely each is drawn.

A slider has a plus and a minus target, or a plus target alone. A name is kept apart by
axis: `nose-trans` goes up and down, in and out, backward and forward.
"""

import re
from dataclasses import dataclass

from head_model.source import BASE, Source

FOLDERS = (
    "head", "forehead", "eyebrows", "eyes", "nose", "mouth", "ears", "cheek", "chin", "neck",
    "asym",
)  # fmt: skip
SKIP = re.compile(r"head-trans-|neck-trans-|measure-|asymm-")
PARTNERS = {  # plus: minus
    "incr": "decr",
    "up": "down",
    "forward": "backward",
    "out": "in",
    "uncompress": "compress",
    "convex": "concave",
}
SPREADS = (  # the first that matches; of the weight's normal distribution
    (r"asym/", 0.08),
    (r"head/head-(angle|back)", 0.12),
    (r"head/head-\w+\+$|chin/chin-\w+\+$", 0.12),
    (r"head/", 0.16),
    (r"forehead/forehead-scale-vert", 0.12),
    (r"forehead/forehead-nubian", 0.05),
    (r"neck/neck-scale-vert", 0.08),
    (r"neck/", 0.12),
    (r"ears/ear-shape", 0.06),
    (r"ears/ear-trans", 0.10),
    (r"(nose|mouth)/\w+-trans-out", 0.08),
    (r"", 0.22),
)
MEANS = {  # MakeHuman sets eyes close and noses flat, as against people measured
    "eyes/eye-trans-out": 0.5,
    "nose/nose-scale-depth-incr": 0.3,
}


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider.

    Attributes
    ----------
    key : str
        Folder, name without side, direction; one-sided ones end in `+`. The left and the
        right slider of a pair share it.
    plus : str
        File of the target.
    minus : str or None
    """

    key: str
    plus: str
    minus: str | None

    @property
    def spread(self) -> float:
        """Standard deviation of its weight."""
        return next(s for pattern, s in SPREADS if re.match(pattern, self.key))

    @property
    def mean(self) -> float:
        """Mean of its weight."""
        return MEANS.get(self.key, 0.0)


def sliders(source: Source) -> list[Slider]:
    """Return the sliders of the head, in the order of their files."""
    found = []
    for folder in FOLDERS:
        stems = [n[len(BASE) :] for n in source.names(f"{BASE}targets/{folder}/")]
        names = {n.split("/")[-1].removesuffix(".target.gz") for n in stems}
        found += [s for n in sorted(names) if (s := _slider(folder, n, names))]
    return found


def _slider(folder: str, name: str, names: set[str]) -> Slider | None:
    """Return the slider that `name` is the plus side of."""
    stem, _, ending = name.rpartition("-")
    if SKIP.match(name) or (ending in PARTNERS.values() and folder != "asym"):
        return None
    partner = f"{stem}-{PARTNERS[ending]}" if ending in PARTNERS else ""
    minus = _file(folder, partner) if partner in names else None
    side = "" if folder == "asym" else r"^[lr]-"
    key = f"{folder}/{re.sub(side, '', name) if side else name}" + ("" if minus else "+")
    return Slider(key, _file(folder, name), minus)


def _file(folder: str, name: str) -> str:
    return f"{BASE}targets/{folder}/{name}.target.gz"
