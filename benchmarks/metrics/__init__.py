"""What is measured: pure functions of arrays, one measure a file."""
