"""Makes the parts of `tools/build_head_model.py` importable, as the tool itself does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
