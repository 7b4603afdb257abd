"""The names of all that a key or a button does, for settings that are read before a run."""

ACTIONS = (
    "next_mask", "previous_mask", *(f"favourite_{n}" for n in range(1, 10)), "mask_off", "panic",
    "mirror", "record", "virtual_camera", "screenshot", "reset_identity", "calibrate", "recentre",
    "lock_identity", "panel", "by_keys", "full_screen", "help", "quit",
)  # fmt: skip
