import pytest

from livemask.detectors.mesh import network
from livemask.detectors.mesh.network import Network
from livemask.errors import ModelError


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nothing\.tflite cannot be read: No such file"):
        Network(tmp_path / "nothing.tflite", (1,))


def test_a_file_that_is_no_network_is_refused(tmp_path, capfd):
    file = tmp_path / "text.tflite"
    file.write_bytes(b"this is no network at all" * 40)
    with pytest.raises(ModelError, match=r"text\.tflite as a TensorFlow Lite network"):
        Network(file, (1,))
    capfd.readouterr()  # OpenCV tells it to the terminal, too


def test_a_file_that_is_far_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "LARGEST", 100)
    file = tmp_path / "large.tflite"
    file.write_bytes(bytes(101))
    with pytest.raises(ModelError, match="has 101 bytes"):
        Network(file, (1,))
