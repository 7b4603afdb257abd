"""Photo: a picture file whose face a mask wears."""

from pathlib import Path

from livemask.errors import UsageError
from livemask.wardrobe import Portrait, Portraits


class Photo:
    """One face of a photo, once it was opened and fitted.

    Parameters
    ----------
    path : Path
    person : int
        Which of its faces, 0 for the largest.

    Raises
    ------
    UsageError
        If there is no such file.

    Attributes
    ----------
    portrait : Portrait or None
    """

    def __init__(self, path: Path, person: int = 0) -> None:
        if not path.is_file():
            raise UsageError(f"there is no photo {path} whose face could be worn; check its name.")
        if person < 0:
            raise UsageError(f"person={person} must be 0 or more; 0 is the largest face.")
        self.portrait: Portrait | None = None
        self._path, self._person = path, person

    def develop(self, portraits: Portraits) -> None:
        """Open and fit it.

        Raises
        ------
        LivemaskError
            If it cannot be read, or shows no face.
        """
        self.portrait = portraits(self._path, self._person)
