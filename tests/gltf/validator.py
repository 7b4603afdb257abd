"""Khronos' own glTF validator, where Node and its package are at hand."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT / ".venv/node_modules", *filter(None, [os.environ.get("NODE_PATH")])]
SCRIPT = """
const file = require('fs').readFileSync(process.argv[1]);
require('gltf-validator').validateBytes(new Uint8Array(file)).then(
  report => console.log(JSON.stringify(report)));
"""


def validated(file):
    """Return the validator's report of a file; skip the test without a validator."""
    node = shutil.which("node")
    place = next((p for p in PLACES if (Path(p) / "gltf-validator").is_dir()), None)
    if node is None or place is None:
        pytest.skip("Khronos' validator is not here: make validator")
    done = subprocess.run(
        [node, "-e", SCRIPT, str(file)],
        env={**os.environ, "NODE_PATH": str(place)},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(done.stdout)


def assert_valid(file):
    """Require that there is nothing to find fault with but a layout that no texture uses."""
    issues = validated(file)["issues"]
    told = {message["code"] for message in issues["messages"]}
    assert issues["numErrors"] == issues["numWarnings"] == 0, issues
    assert told <= {"UNUSED_OBJECT"}
