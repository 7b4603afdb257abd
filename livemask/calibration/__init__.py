"""Calibration: how a person looks at rest, sits and blinks, as programs and avatars are told."""
