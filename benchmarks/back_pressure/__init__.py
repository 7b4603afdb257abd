"""What a slow output costs the others: `python -m benchmarks.back_pressure`."""
