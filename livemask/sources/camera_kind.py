"""Tells virtual cameras and capture cards from webcams, by what drives them and their names."""

from livemask.sources.camera_info import Kind

_VIRTUAL_DRIVERS = ("loopback", "akvcam", "vivid", "droidcam")
_VIRTUAL_NAMES = (
    "virtual",
    "unity video capture",
    "unity capture",
    "snap camera",
    "droidcam",
    "manycam",
    "vcam",
    "ndi webcam",
    "ndi video",
    "mmhmm",
    "epoccam",
    "iriun",
    "reincubate camo",
    "dummy video device",
)
_CARD_DRIVERS = (
    "tc358743",
    "usbtv",
    "em28xx",
    "stk1160",
    "cx231xx",
    "hdpvr",
    "bttv",
    "saa7134",
    "cobalt",
    "procapture",
    "magewell",
    "blackmagic",
)
_CARD_NAMES = (
    "hdmi",
    "capture",
    "grabber",
    "cam link",
    "game ",
    "live gamer",
    "elgato hd60",
    "avermedia",
    "magewell",
    "blackmagic",
    "decklink",
    "usb video",
    "usb3 video",
    "usb3.0 video",
    "video dongle",
)


def kind_of(name: str, driver: str = "", *, has_sockets: bool = False) -> Kind:
    """Return what stands behind a video device.

    Parameters
    ----------
    name : str
        What its maker calls it.
    driver : str
        What drives it.
    has_sockets : bool
        Whether the driver says that pictures come in by a socket: HDMI, composite.
    """
    name, driver = name.casefold(), driver.casefold()
    if _has(driver, _VIRTUAL_DRIVERS) or _has(name, _VIRTUAL_NAMES):
        return Kind.VIRTUAL
    if has_sockets or _has(driver, _CARD_DRIVERS) or _has(name, _CARD_NAMES):
        return Kind.CAPTURE_CARD
    return Kind.WEBCAM


def _has(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)
