"""A microphone of ALSA's own making: a device whose sound is a file."""

import sys

import numpy as np
import pytest

from livemask.sinks.film import microphone
from livemask.sinks.film.microphone import Device, Microphone

SETTINGS = """
pcm.null {{ type null }}
pcm.mic {{ type file slave.pcm "null" file "/dev/null" infile "{file}" format "raw" }}
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs ALSA")
def test_a_device_of_alsa_is_opened_and_heard(tmp_path, monkeypatch):
    values = np.arange(1, 2001, dtype="<i2")
    np.repeat(values, 2).tofile(tmp_path / "sound.raw")
    (tmp_path / "asound.conf").write_text(SETTINGS.format(file=tmp_path / "sound.raw"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    device = Device("mic")
    heard = []
    for piece in device.pieces():
        heard.extend(piece.to_ndarray()[0, ::2])
        if len(heard) >= 500:
            break
    device.close()
    assert (device.rate, device.form, device.layout, device.channels) == (48000, "s16", "stereo", 2)
    first = values.tolist().index(heard[0])
    assert np.array_equal(heard[:500], values[first : first + 500])


def test_what_is_heard_while_it_is_taken_waits_for_the_next_time():
    class Flooding:
        rate, form, layout, channels = 48000, "s16", "mono", 1

        def pieces(self):
            return iter(range(3))

        def close(self):
            pass

    heard = Microphone("mic", lambda _: Flooding())
    heard._thread.join(20.0)
    got = []
    for piece, _ in heard.taken():
        got.append(piece)
        heard._pieces.append((9, 0.0))
    assert got == [0, 1, 2]


def test_pyavs_alsa_is_shown_where_the_settings_are(tmp_path, monkeypatch):
    monkeypatch.setattr(microphone.sys, "platform", "linux")
    monkeypatch.setattr(microphone, "_ALSA", tmp_path / "alsa.conf")
    monkeypatch.delenv("ALSA_CONFIG_PATH", raising=False)
    microphone._find_alsa()
    assert "ALSA_CONFIG_PATH" not in microphone.os.environ
    (tmp_path / "alsa.conf").touch()
    monkeypatch.setenv("ALSA_CONFIG_PATH", "mine")
    microphone._find_alsa()
    assert microphone.os.environ["ALSA_CONFIG_PATH"] == "mine"
    monkeypatch.delenv("ALSA_CONFIG_PATH")
    microphone._find_alsa()
    assert microphone.os.environ["ALSA_CONFIG_PATH"] == str(tmp_path / "alsa.conf")
