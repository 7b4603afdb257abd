import av
import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.film.coding import CODECS, ENDINGS, carries_alpha, coding
from livemask.sinks.recorder import create
from tests.sinks.films import length, output, read, record

NAMES = {"h265": "hevc", "av1": "av1"}
EVERY = [(ending, codec) for ending, held in ENDINGS.items() for codec in held]


def scene(number):
    """Return a picture of soft colours and some grain, (96, 128, 3)."""
    y, x = np.mgrid[0:96, 0:128]
    waves = np.stack([np.sin((x + 3 * number) / 9), np.cos(y / 7), np.sin((x + y) / 11)], -1)
    grain = np.random.default_rng(number).normal(0, 6, (96, 128, 3))
    return np.clip(128 + 80 * waves + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("ending", "codec"), EVERY)
def test_each_ending_takes_its_codecs_at_true_times(tmp_path, ending, codec):
    times = np.cumsum(np.random.default_rng(3).uniform(0.01, 0.3, 12))
    record(tmp_path / f"a{ending}", times, colour=(200, 60, 40), codec=codec)
    got, images = read(tmp_path / f"a{ending}")
    assert np.abs(got - (times - times[0])).max() <= 1e-3
    assert np.abs(images.astype(int) - (200, 60, 40)).max() <= 5
    with av.open(str(tmp_path / f"a{ending}")) as film:
        assert film.streams.video[0].codec.canonical_name == NAMES.get(codec, codec)
    assert [path.name for path in tmp_path.iterdir()] == [f"a{ending}"]


@pytest.mark.parametrize("codec", [codec for codec in CODECS if codec != "prores"])
def test_more_quality_is_truer_and_takes_more_room(tmp_path, codec):
    errors, sizes = [], []
    for quality in ("low", "high", "100"):
        file = tmp_path / f"{quality}.mkv"
        recorder = create(file, codec=codec, quality=quality)
        for i in range(8):
            recorder.send(output(scene(i), i / 25, i))
        recorder.close()
        errors.append(np.mean((read(file)[1][-1].astype(float) - scene(7)) ** 2))
        sizes.append(file.stat().st_size)
    assert errors[0] > errors[1] > 0.9 * errors[2]
    assert errors[0] > 1.1 * errors[2]
    assert sizes[0] < sizes[1] < sizes[2]


def test_without_being_told_it_is_h264_as_ever():
    usual = coding(".mp4")
    assert (usual.encoder, usual.pixels, usual.threads) == ("libx264", "yuv420p", 2)
    assert usual.options == {
        "preset": "superfast",
        "tune": "zerolatency",
        "forced-idr": "1",
        "crf": "20",
    }


@pytest.mark.parametrize(
    ("ending", "options", "tag"),
    [
        (".mp4", {"codec": "h265"}, "hvc1"),
        (".mov", {"codec": "h265"}, "hvc1"),
        (".mov", {"codec": "prores"}, "apcn"),
        (".mov", {"alpha": True}, "ap4h"),
        (".mp4", {}, "avc1"),
    ],
)
def test_codecs_are_called_what_players_know_them_by(tmp_path, ending, options, tag):
    record(tmp_path / f"a{ending}", [0.0, 0.1], **options)
    with av.open(str(tmp_path / f"a{ending}")) as film:
        assert film.streams.video[0].codec_context.codec_tag == tag


@pytest.mark.parametrize(
    ("ending", "codec"), [(".webm", "h264"), (".mp4", "prores"), (".mov", "av1")]
)
def test_a_codec_that_an_ending_does_not_hold_is_refused_with_those_that_it_does(ending, codec):
    with pytest.raises(
        UsageError, match=rf"{ending} does not hold {codec}; it takes .*{ENDINGS[ending][0]}"
    ):
        coding(ending, codec)


def test_webm_and_quicktime_carry_opacity_by_their_own_codecs():
    carried = {(e, c) for e in ENDINGS for c in ("auto", *CODECS) if carries_alpha(e, c)}
    assert carried == {(".webm", "auto"), (".webm", "vp9"), (".mov", "auto"), (".mov", "prores")}
    assert coding(".mp4", alpha=True) == coding(".mp4")


def test_without_an_encoder_one_error_says_what_to_install(monkeypatch):
    def codec(name, mode):
        raise av.codec.codec.UnknownCodecError(name)

    monkeypatch.setattr(av, "Codec", codec)
    with pytest.raises(SinkError, match=r"no libx264, so no h264 can be recorded.*pip install"):
        coding(".mp4")


@pytest.mark.parametrize(("ending", "codec"), [(".webm", "vp9"), (".mp4", "av1")])
def test_a_film_lasts_as_long_whatever_its_codec(tmp_path, ending, codec):
    record(tmp_path / f"a{ending}", np.arange(25) / 25, codec=codec)
    assert length(tmp_path / f"a{ending}") == pytest.approx(1.0, abs=2e-3)
