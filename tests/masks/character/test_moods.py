import numpy as np
import pytest

from livemask.gltf.character import load, plain
from livemask.masks.character.moods import moods, values_of, vrm_values
from tests.gltf import people

ARKIT = ("jawOpen", "eyeBlink_L", "Face.eyeBlinkRight", "MOUTHSMILELEFT")
REST: dict[str, float] = {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jawOpen", "jawopen"),
        ("eyeBlink_L", "eyeblinkleft"),
        ("Face.M_F00.eyeBlink_R", "eyeblinkright"),
        ("blendShape1:mouthSmile-r", "mouthsmileright"),
        ("JawOpen", "jawopen"),
    ],
)
def test_names_are_arkits_whatever_their_letters(name, expected):
    assert plain(name) == expected


def test_arkits_names_are_driven_as_they_are(tmp_path):
    drawn = moods(load(people.small(-1, ARKIT).write(tmp_path / "a.glb")))
    weights = drawn.weights({"jawopen": 0.4, "eyeblinkleft": 0.8, "mouthsmileleft": 2.0})
    assert drawn.synced
    assert weights == pytest.approx([0.8, 0.0, 0.4, 1.0])  # in ARKit's order
    assert list(drawn.slots) == [(0, 1), (0, 2), (0, 0), (0, 3)]


@pytest.mark.parametrize("version", [0, 1])
def test_vrms_expressions_are_derived(tmp_path, version):
    drawn = moods(load(people.small(version).write(tmp_path / "a.vrm")))
    assert not drawn.synced
    weights = drawn.weights({"eyeblinkleft": 1.0, "jawopen": 1.0})
    said = {drawn.channels[i]: weights[i] for i in range(len(weights))}
    assert said == pytest.approx({"aa": 1.0, "blinkleft": 1.0, "blinkright": 0.0, "happy": 0.0})


def test_a_face_at_rest_makes_no_expression():
    assert set(vrm_values(REST).values()) == {0.0}


@pytest.mark.parametrize(
    ("values", "vowel"),
    [
        ({"jawopen": 0.7}, "aa"),
        ({"jawopen": 0.7, "mouthfunnel": 0.8}, "oh"),
        ({"jawopen": 0.05, "mouthpucker": 0.9}, "ou"),
        (
            {
                "jawopen": 0.3,
                "mouthstretchleft": 1.0,
                "mouthstretchright": 1.0,
                "mouthsmileleft": 1.0,
            },
            "ih",
        ),
    ],
)
def test_a_mouth_is_the_vowel_that_it_looks_like(values, vowel):
    made = vrm_values(values)
    vowels = {name: made[name] for name in ("aa", "ih", "ou", "ee", "oh")}
    assert max(vowels, key=vowels.get) == vowel


def test_vowels_are_never_more_than_one_together():
    random = np.random.default_rng(2)
    names = ("jawopen", "mouthpucker", "mouthfunnel", "mouthstretchleft", "mouthsmileleft")
    for _ in range(200):
        made = vrm_values(dict(zip(names, random.random(5), strict=True)))
        assert sum(made[v] for v in ("aa", "ih", "ou", "ee", "oh")) <= 1.0 + 1e-9
        assert all(0.0 <= value <= 1.0 for value in made.values())


def test_eyes_that_look_to_the_left_look_left_in_both():
    made = vrm_values({"eyelookoutleft": 0.8, "eyelookinright": 0.8})
    assert made["lookleft"] == pytest.approx(0.8)
    assert made["lookright"] == 0.0


def test_what_a_fit_says_beyond_its_bounds_is_held():
    assert values_of({"a": 0, "b": 1}, np.array([-0.5, 1.7])) == {"a": 0.0, "b": 1.0}
