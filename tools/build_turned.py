"""Train the detector of turned faces: `assets/turned.svm`.

    python -m tools.build_turned [--people N] [--each N] [--out FILE]

It sees rendered performers only, so that it is as free as livemask's own head model. The
pictures are drawn with fixed seeds; the same machine with the same dlib writes the same bytes.
Takes a quarter of an hour on two cores, nearly all of it for drawing.
"""

import argparse
from pathlib import Path

from tools.turned.pictures import AWAY, pictures
from tools.turned.training import train

BACKS, BACKS_EACH = 24, 8
"""People who turn away, and pictures of each."""

OUT = Path(__file__).resolve().parent.parent / "assets" / "turned.svm"


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=96)
    parser.add_argument("--each", type=int, default=10, help="pictures of each")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    everybody = range(options.people)
    faces = list(pictures(everybody, options.each))
    detector = train(faces, list(pictures(everybody[:BACKS], BACKS_EACH, AWAY)))
    detector.save(str(options.out))
    print(f"{options.out}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
