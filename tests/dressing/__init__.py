"""What faces wear, and how masks and picture are put together."""
