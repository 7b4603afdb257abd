"""Encoders in hardware, of which there is none where these tests run: doubles, and software."""

import logging
from dataclasses import replace

import av
import numpy as np
import pytest

from livemask.sinks.film import hardware, plan
from livemask.sinks.film.coding import CODECS, Coding, coding
from livemask.sinks.film.hardware import candidates, fault_of, in_hardware
from tests.sinks.films import read, record


def named(codec="h264", encoder="h264_nvenc"):
    return next(c for c in candidates(codec, 67.0) if c.encoder == encoder)


def told(caplog):
    return [r.getMessage() for r in caplog.records if r.name == "livemask"]


@pytest.mark.parametrize("codec", [codec for codec in CODECS if codec != "prores"])
def test_an_encoder_that_gives_the_pictures_back_has_no_fault(codec):
    assert fault_of(coding(".mkv", codec)) == ""


def test_an_encoder_that_is_not_in_this_build_is_no_good():
    assert fault_of(replace(coding(".mp4"), encoder="h264_of_tomorrow")) == "not in this PyAV"


def test_an_encoder_that_does_not_open_is_no_good():
    faulty = replace(coding(".mp4"), options={"preset": "nonsense"})
    assert fault_of(faulty).startswith("does not open")


def test_an_encoder_that_gives_green_is_no_good(monkeypatch):
    def green(image, pixels):
        frame = av.VideoFrame(image.shape[1], image.shape[0], pixels)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        return frame

    monkeypatch.setattr(hardware, "as_stored", green)
    assert "changes the picture by" in fault_of(coding(".mp4"))


def test_an_encoder_that_swallows_pictures_is_no_good(monkeypatch):
    whole = hardware._encoded

    def swallowing(*given):
        packets, extra = whole(*given)
        return packets[:-1], extra

    monkeypatch.setattr(hardware, "_encoded", swallowing)
    assert fault_of(coding(".mp4")) == "gives 4 of 5 pictures"


def test_an_encoder_that_changes_the_order_is_no_good():
    ordered = coding(".mp4")
    mixed = replace(ordered, options={"preset": "superfast", "bf": "2", "b_strategy": "0"})
    assert fault_of(mixed) == "gives pictures in another order than they are shown"


@pytest.mark.parametrize("codec", ["h264", "h265", "av1", "vp9"])
def test_candidates_are_of_the_codec_and_the_first_without_fault_is_taken(codec):
    tried = []

    def fault(found):
        tried.append(found.encoder)
        return "" if found.encoder.endswith("_qsv") else "no such card"

    found = in_hardware(codec, 67.0, fault)
    assert tried == [f"{hardware._NAMES[codec]}_nvenc", f"{hardware._NAMES[codec]}_qsv"]
    assert (found.encoder, found.hardware, found.codec) == (tried[1], True, codec)


def test_prores_is_not_looked_for():
    assert candidates("prores", 67.0) == []


def test_no_encoder_is_found_where_each_has_a_fault():
    assert in_hardware("h264", 67.0, lambda _: "no such card") is None


@pytest.mark.parametrize("low", [0.0, 40.0, 67.0, 100.0])
def test_every_option_is_a_text_and_within_its_scale(low):
    for found in [c for codec in ("h264", "h265", "av1", "vp9") for c in candidates(codec, low)]:
        assert all(isinstance(v, str) and v for v in found.options.values())
        parameters = [found.options.get(key) for key in ("cq", "qp", "qp_i", "qp_p")]
        assert all(0 <= int(p) <= 51 for p in parameters if p is not None)


def test_without_hardware_a_line_says_so_and_the_processor_encodes(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(plan, "in_hardware", lambda *_: None)
    with caplog.at_level(logging.WARNING):
        record(tmp_path / "a.mp4", np.arange(5) / 25, hardware=True)
    assert told(caplog) == [
        "nothing in this machine's hardware encodes h264; recording with libx264."
    ]
    assert len(read(tmp_path / "a.mp4")[0]) == 5


def test_hardware_that_refuses_the_real_size_is_told_of_and_replaced(tmp_path, monkeypatch, caplog):
    refusing = Coding("h264", "libx264", options={"preset": "nonsense"}, hardware=True)
    monkeypatch.setattr(plan, "in_hardware", lambda *_: refusing)
    record(tmp_path / "a.mp4", np.arange(5) / 25, hardware=True)
    (line,) = told(caplog)
    assert line.startswith("libx264 takes no pictures of 64x48 (")
    assert line.endswith("; recording with libx264.")
    assert len(read(tmp_path / "a.mp4")[0]) == 5


def test_hardware_that_works_is_taken_without_a_word(tmp_path, monkeypatch, caplog):
    card = replace(coding(".mp4"), hardware=True, pixels="nv12")
    monkeypatch.setattr(plan, "in_hardware", lambda *_: card)
    record(tmp_path / "a.mp4", np.arange(5) / 25, hardware=True, colour=(200, 60, 40))
    assert told(caplog) == []
    assert np.abs(read(tmp_path / "a.mp4")[1].astype(int) - (200, 60, 40)).max() <= 5


def test_hardware_is_not_looked_for_unless_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "in_hardware", lambda *_: pytest.fail("it was looked for"))
    record(tmp_path / "a.mp4", [0.0])
    record(tmp_path / "a.webm", [0.0], hardware=True, alpha=True)
    assert named().hardware
