"""The encoders of films: those that truly take a picture."""

from collections.abc import Iterator
from fractions import Fraction

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, pip_install

SOFTWARE = "libx264"
HARDWARE = ("h264_nvenc", "h264_qsv", "h264_vaapi", "h264_videotoolbox", "h264_amf", "h264_mf")


def examine(_: System) -> Iterator[Finding]:
    """Encode a grey picture with each."""
    reason = _fails(SOFTWARE)
    if reason:
        text = f"{reason}; no film can be recorded"
        cure = f"{pip_install('av')} --force-reinstall"
        yield Finding(SOFTWARE, State.MISSING, text, cure)
    else:
        yield Finding(SOFTWARE, State.OK, "encodes; livemask records with it")
    reasons = {name: _fails(name) for name in HARDWARE}
    for name, why in reasons.items():
        if not why:
            yield Finding(name, State.OK, "encodes on this machine; --record-hardware uses it")
    if all(reasons.values()):
        text = f"none, and none is needed (tried {', '.join(HARDWARE)})"
        yield Finding("in hardware", State.NOTE, text, facts=reasons)


def _fails(name: str) -> str:
    """Return why an encoder takes no picture; empty if it does."""
    import av
    from av.codec.codec import UnknownCodecError

    try:
        codec = av.CodecContext.create(name, "w")
        codec.width, codec.height, codec.pix_fmt = 256, 256, "yuv420p"  # type: ignore[attr-defined]
        codec.time_base = Fraction(1, 30)
        codec.open()
        frame = av.VideoFrame(256, 256, "yuv420p")
        for plane in frame.planes:
            plane.update(b"\x80" * plane.buffer_size)
        frame.pts = 0
        packets = [*codec.encode(frame), *codec.encode(None)]  # type: ignore[attr-defined]
    except UnknownCodecError:
        return "not in this PyAV"
    except (av.FFmpegError, ValueError, OSError) as error:
        return f"does not open ({getattr(error, 'strerror', None) or error})"
    return "" if packets else "gives nothing"
