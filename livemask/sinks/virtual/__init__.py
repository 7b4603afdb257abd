"""A camera that other programs can choose: how it is opened and kept supplied."""
