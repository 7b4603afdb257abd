"""How quick everything is, beside others who do the same: `python -m benchmarks.speed`."""
