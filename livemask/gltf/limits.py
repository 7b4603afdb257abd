"""What a file may ask for, so that a hostile one costs an error and no more.

Well beyond the characters that people wear (30 000 vertices, 20 textures of 2048 px), and
small enough that all of it together stays far below a gigabyte.
"""

FILE_BYTES = 256 << 20
"""Of a file and all that lies beside it."""

JSON_BYTES = 64 << 20
JSON_PARTS, JSON_VALUES = 400_000, 4_000_000
"""Objects and lists; values altogether."""

VERTICES, TRIANGLES = 400_000, 800_000
"""Of all pieces together."""

PIECES = 512
NODES = 20_000

MORPH_ROWS = 12_000_000
"""Vertices times morph targets that are read."""

MOVED_ROWS = 3_000_000
"""Vertices that all targets together move."""

IMAGE_PIXELS = 1 << 25
"""Of a picture before it is made smaller."""

IMAGES = 64
TEXTURE_SIDES = ((8, 2048), (24, 1024), (64, 512))
"""With so many pictures at most, none stays larger than that, px."""

FARTHEST = 1e6
"""No number that places something may be greater."""
