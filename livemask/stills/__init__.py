"""Photos and films of people to 3D heads, and models to pictures: what needs no main loop."""

from livemask.stills.asking import reconstruct, reconstruct_film, reconstruct_person
from livemask.stills.drawings import show_model, write_template
from livemask.stills.editing import Edit, edit, edit_file
from livemask.stills.files import Print, reconstruct_files
from livemask.stills.studio import Studio

__all__ = [
    "Edit",
    "Print",
    "Studio",
    "edit",
    "edit_file",
    "reconstruct",
    "reconstruct_files",
    "reconstruct_film",
    "reconstruct_person",
    "show_model",
    "write_template",
]
