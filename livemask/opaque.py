"""Pictures with alpha for those that cannot take it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from livemask.records import Output, UInt8


def takes_alpha(sink: Any) -> bool:
    """Return whether a sink takes pictures of four channels: it says so by `takes_alpha`."""
    return bool(getattr(sink, "takes_alpha", False))


def opaque(send: Callable[[Output], None]) -> Callable[[Output], None]:
    """Return `send` for outputs of any kind: what is transparent in them lies on black."""

    def send_opaque(output: Output) -> None:
        image = output.image
        if image is not None and image.shape[2] == 4:
            output = replace(output, image=over_black(image))
        send(output)

    return send_opaque


def over_black(image: UInt8) -> UInt8:
    """Return RGBA (h, w, 4) as it looks on black, (h, w, 3)."""
    alpha = image[..., 3:].astype(np.uint16)
    return np.asarray((image[..., :3] * alpha + 127) // 255, np.uint8)
