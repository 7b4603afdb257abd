"""Keyframes: which there are, and what is between them."""

import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.gltf import keyframes
from livemask.gltf.keyframes import Keyframes
from livemask.gltf.writer import Glb
from tests.gltf.decoded import Decoded, turned


def pose(turn=(0.0, 0.0, 0.0), place=(0.0, 0.0, -600.0)):
    return rigid(rotation_matrix(np.array(turn)), np.array(place))


class Take:
    """Some keyframes, and the file of them."""

    def __init__(self, folder, weights=2):
        self.folder, self.keyframes = folder, Keyframes(weights, folder)

    def add(self, time, weight=0.0, **where):
        self.keyframes.add(time, pose(**where), np.full(2, weight))

    def read(self):
        glb = Glb(self.folder)
        node = glb.add("nodes", name="face")
        glb.animate("take", self.keyframes.write(glb, node))
        glb.write(self.folder / "a.glb", [node])
        glb.close()
        self.keyframes.close()
        return Decoded(self.folder / "a.glb")


@pytest.fixture
def take(tmp_path):
    return Take(tmp_path)


def test_poses_and_weights_are_at_their_times_in_metres(take):
    times = np.cumsum([0.0, 0.033, 0.05, 0.02])
    turns = np.random.default_rng(3).normal(0, 0.4, (4, 3))
    for i, time in enumerate(times):
        take.add(time, 0.1 * i, turn=turns[i], place=(10.0 * i, 0.0, -600.0))
    read = take.read()
    for path, width in (("translation", 3), ("rotation", 4), ("weights", 2)):
        at, values, between = read.track("face", path)
        np.testing.assert_allclose(at, times, atol=1e-6)
        assert values.shape == (4, width)
        assert between == "LINEAR"
    np.testing.assert_allclose(read.track("face", "translation")[1][:, 0], 0.01 * np.arange(4))
    np.testing.assert_allclose(read.track("face", "weights")[1][:, 1], 0.1 * np.arange(4))
    for turn, quaternion in zip(turns, read.track("face", "rotation")[1], strict=True):
        np.testing.assert_allclose(turned(quaternion), rotation_matrix(turn), atol=1e-6)


def test_a_head_that_turns_all_the_way_round_never_takes_the_long_way_between_two_frames(take):
    for i in range(41):
        take.add(0.1 * i, turn=(0.0, np.pi * i / 10, 0.0))
    _, quaternions, _ = take.read().track("face", "rotation")
    np.testing.assert_allclose(np.linalg.norm(quaternions, axis=1), 1.0, atol=1e-6)
    assert ((quaternions[1:] * quaternions[:-1]).sum(1) > 0.9).all()


def test_who_is_lost_stays_as_they_were_and_is_not_shown(take):
    take.keyframes.miss(0.0)
    take.add(0.1, 0.25)
    take.add(0.2, 0.5, place=(100.0, 0.0, -600.0))
    for time in (0.3, 0.4, 0.5):
        take.keyframes.miss(time)
    take.add(0.6, 1.0)
    read = take.read()
    times, weights, _ = read.track("face", "weights")
    np.testing.assert_allclose(times, [0.1, 0.2, 0.5, 0.6], atol=1e-6)
    np.testing.assert_allclose(weights[:, 0], [0.25, 0.5, 0.5, 1.0])
    np.testing.assert_allclose(read.track("face", "translation")[1][:, 0], [0.0, 0.1, 0.1, 0.0])
    at, sizes, between = read.track("face", "scale")
    assert between == "STEP"
    np.testing.assert_allclose(at, [0.0, 0.1, 0.3, 0.6], atol=1e-6)
    np.testing.assert_array_equal(sizes, np.repeat([[0], [1], [0], [1]], 3, axis=1))


def test_who_is_always_there_has_no_size_to_change(take):
    take.add(0.0)
    take.add(0.1)
    assert take.read().track("face", "scale") is None


def test_a_time_that_does_not_rise_is_left_out(take):
    for time in (0.0, 0.1, 0.1, 0.05, 0.2):
        take.add(time)
    np.testing.assert_allclose(take.read().track("face", "weights")[0], [0.0, 0.1, 0.2])


def test_many_keyframes_are_read_in_parts(take, monkeypatch):
    monkeypatch.setattr(keyframes, "CHUNK", 7)
    for i in range(30):
        take.add(i / 30, i / 30)
    times, weights, _ = take.read().track("face", "weights")
    np.testing.assert_allclose(weights[:, 1], times)
    assert len(times) == take.keyframes.count == 30


def test_one_keyframe_is_an_animation(take):
    take.add(0.5, 0.5)
    times, weights, _ = take.read().track("face", "weights")
    assert times.tolist() == [0.5]
    assert weights.tolist() == [[0.5, 0.5]]
