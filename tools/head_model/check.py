"""Compares a head model built anew with the one that is shipped."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

TOLERANCE = 0.01  # mm; machines may differ in the last bits of their linear algebra
LENGTHS = {"head.npz": ("mean", "identity", "expressions"), "performers.npz": ("shapes",)}


def compare(built: Path, shipped: Path) -> Iterator[str]:
    """Yield how the files in the folder `built` differ from those in `shipped`.

    Raises
    ------
    SystemExit
        If a vertex has moved by more than `TOLERANCE`.
    """
    for name, fields in LENGTHS.items():
        if (built / name).read_bytes() == (shipped / name).read_bytes():
            yield f"{name}: the same bytes"
            continue
        with np.load(built / name) as new, np.load(shipped / name) as old:
            away = max(_distance(new, old, field) for field in fields)
        if not away <= TOLERANCE:
            raise SystemExit(f"{name}: up to {away:.4f} mm away, {TOLERANCE} allowed.")
        yield f"{name}: up to {away:.4f} mm away"


def _distance(new: np.lib.npyio.NpzFile, old: np.lib.npyio.NpzFile, field: str) -> float:
    """Return the largest difference of a field, mm."""
    if new[field].shape != old[field].shape:
        return float("inf")
    unit = float(new["step"]) if new[field].dtype.kind == "i" else 1.0
    return float(np.abs(new[field].astype(np.float64) - old[field]).max() * unit)
