"""What a person may change while it runs, whoever asks: keys, panel, a page."""

from livemask.controls.controls import Controls

__all__ = ["Controls"]
