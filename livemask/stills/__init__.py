"""Photos and films of people to 3D heads, and models to pictures: what needs no main loop."""

from livemask.stills.asking import reconstruct, reconstruct_film, reconstruct_person
from livemask.stills.drawings import show_model, write_template
from livemask.stills.files import Print, reconstruct_files
from livemask.stills.studio import Studio

__all__ = [
    "Print",
    "Studio",
    "reconstruct",
    "reconstruct_files",
    "reconstruct_film",
    "reconstruct_person",
    "show_model",
    "write_template",
]
