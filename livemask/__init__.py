"""Real-time 3D face tracking and masks from an ordinary webcam, on the CPU."""

__version__ = "0.1.0"
