"""The control panel over the window: masks, picture, outputs, tracking, insight."""
