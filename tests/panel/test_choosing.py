"""A face chosen with a real pointer in a real window on a virtual screen."""

import json
import shutil
import subprocess
import sys

import pytest

MISSING = [name for name in ("xvfb-run", "Xvfb", "xdotool") if not shutil.which(name)]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{', '.join(MISSING)} not installed: apt-get install xvfb xauth xdotool"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """What happened in one session."""
    folder = tmp_path_factory.mktemp("choosing")
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m",
         "tests.panel.choosing_session", str(folder)],
        capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "failure" not in found, found["failure"] + done.stderr
    return found


def test_the_faces_stand_side_by_side(session):
    first, second = session["places"]["face 0"], session["places"]["face 1"]
    assert abs(first[0] - second[0]) > 200.0


def test_a_click_on_a_face_has_the_mask_follow_it_alone(session):
    assert session["clicked"][-1]["fits"] == [1]
    assert session["people"][0] == "locked"


def test_in_the_mirror_image_a_click_hits_the_face_that_is_seen_there(session):
    assert session["mirrored"][-1]["fits"] == [0]


def test_the_former_is_blurred_from_the_scene_on_in_which_the_other_is_masked(session):
    assert session["people"][1] == "blur"
    for part, face in (("clicked", 1), ("mirrored", 0)):
        after = [scene for scene in session[part] if scene["fits"] == [face]]
        assert after
        assert all(scene["layers"] >= 2 for scene in after)
