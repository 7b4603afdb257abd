"""How well faces are tracked: `python -m benchmarks.tracking [--quick] [--data FOLDER]`."""
