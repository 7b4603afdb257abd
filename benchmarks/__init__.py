"""Measures, not tests: run from the checkout with `python -m benchmarks.NAME`."""
