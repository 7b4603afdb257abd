"""Photos and films -> files: of each face what is asked for, and what could not be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from livemask.errors import LivemaskError, SinkError, UsageError
from livemask.reconstruction.form import DEFAULT, Form, files_of
from livemask.reconstruction.lacking import cannot, lacking
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.sinks.files import writable
from livemask.sources.images import in_folder
from livemask.stills.film import is_film, people_of
from livemask.stills.photos import Photo, faces_of, nobody, person_of
from livemask.stills.studio import Studio, Tools, Watch, frame_of, unwatched

MOST_TOGETHER = 800e6
"""Pixels of photos that are looked at together, 2.4 GB."""


@dataclass(frozen=True, slots=True)
class Print:
    """What is written of each face.

    Attributes
    ----------
    outputs : tuple of str
        Of `livemask.reconstruction.form.OUTPUTS`.
    form : Form
        Sizes and kinds.
    overwrite : bool
        Whether existing files may be replaced.
    all_frames : bool
        Whether all chosen pictures of a film are written, or only the best of each person.
    """

    outputs: tuple[str, ...] = DEFAULT
    form: Form = field(default_factory=Form)
    overwrite: bool = False
    all_frames: bool = False


def reconstruct_files(
    photos: Sequence[Path],
    out: Path,
    studio: Studio | None = None,
    prints: Print | None = None,
    watch: Watch = unwatched,
) -> Iterator[Path]:
    """Make 3D models of the faces in photos and films; yield the files as they are written.

    Parameters
    ----------
    photos : sequence of Path
        Photos and films, each by a name of its own; folders stand for the photos in them.
    out : Path
        Folder for `NAME.obj`, `NAME_overlay.png`...; made if it does not exist. Of a second face
        NAME is `NAME_face2`, of frame 70 of a film, if all are asked for, `NAME_frame70`.
    studio : Studio, optional
        How they are looked at.
    prints : Print, optional
        What is written.
    watch : callable, optional
        Told how far it is, see `Watch`.

    Raises
    ------
    LivemaskError
        For the first photo of which nothing could be made; the others are made before.
    """
    asked, wanted, is_new = studio or Studio(), prints or Print(), not out.exists()
    files = _named(photos)
    _check(files, out, asked, wanted)
    tools, failures = Tools.of(asked), list[LivemaskError]()
    lacked = lacking(tools.model, wanted.outputs)
    if lacked:
        failures.append(cannot(tools.model, lacked))
        wanted = replace(wanted, outputs=tuple(o for o in wanted.outputs if o not in lacked))
    work = _Work(files, tools, asked, wanted, watch, failures)
    for photo, name, made in work.go():
        try:
            _free(photo, out, name, wanted)
            yield from made.save(out, name, wanted.outputs, wanted.form)
        except LivemaskError as error:
            failures.append(error)
    if failures:
        if is_new:
            with suppress(OSError):  # it is not empty: something was made
                out.rmdir()
        for other in failures[1:]:
            failures[0].add_note(str(other))
        raise failures[0]


Made = tuple[Path, str, Reconstruction]
"""Where it comes from, what its files are called, and what was made."""


@dataclass(frozen=True, slots=True)
class _Work:
    """All that is to be made, and what could not be."""

    files: Sequence[Path]
    tools: Tools
    asked: Studio
    wanted: Print
    watch: Watch
    failures: list[LivemaskError]

    def go(self) -> Iterator[Made]:
        """Yield everything that can be made."""
        if self.asked.same_person:
            yield from self._together()
            return
        for done, file in enumerate(self.files):
            self.watch("photos", done, len(self.files))
            try:
                yield from self._of_film(file) if is_film(file) else self._of_photo(file)
            except LivemaskError as error:
                self.failures.append(error)

    def _of_photo(self, file: Path) -> Iterator[Made]:
        for number, made in faces_of((frame_of(file), file), self.tools, self.asked.face):
            yield file, name_of(file, number), made

    def _of_film(self, file: Path) -> Iterator[Made]:
        for number, person in people_of(file, self.tools, self.asked, self.watch):
            name = name_of(file, number)
            if not self.wanted.all_frames:
                yield file, name, person[0]
                continue
            for made in person:
                yield file, f"{name}_frame{made.portrayal.frame.index}", made

    def _together(self) -> Iterator[Made]:
        photos = list(self._loaded())
        made = person_of(photos, self.tools, self.asked.face)
        for photo, one in zip(photos, made, strict=True):
            file = photo[1]
            if one is None:
                self.failures.append(nobody(photo))
            elif file is not None:
                yield file, file.stem, one

    def _loaded(self) -> Iterator[Photo]:
        """Load all photos, as far as they can be."""
        pixels = 0
        for done, file in enumerate(self.files):
            self.watch("photos", done, len(self.files))
            try:
                frame = frame_of(file)
            except LivemaskError as error:
                self.failures.append(error)
                continue
            pixels += frame.size[0] * frame.size[1]
            if pixels > MOST_TOGETHER:
                raise UsageError(
                    f"the photos up to {file} have {pixels / 1e6:.0f} megapixels together, and "
                    f"{MOST_TOGETHER / 1e6:.0f} can be one person's; name fewer or smaller ones."
                )
            yield frame, file


def name_of(file: Path, number: int) -> str:
    """Return what the files of a face are called."""
    return file.stem if number == 1 else f"{file.stem}_face{number}"


def _named(photos: Iterable[Path]) -> list[Path]:
    """Return the photos, those of folders in natural order."""
    return [file for photo in photos for file in (in_folder(photo) if photo.is_dir() else [photo])]


def _check(photos: list[Path], out: Path, asked: Studio, wanted: Print) -> None:
    """Make the folder, and refuse what is in the way before anything is looked at."""
    stems = [photo.stem for photo in photos]
    for photo in photos:
        if stems.count(photo.stem) > 1:
            raise UsageError(f"two photos are called {photo.stem}; give each an --out of its own.")
        if asked.same_person and is_film(photo):
            raise UsageError(
                f"{photo} is a film, whose people have one identity each anyway; --same-person "
                "is for photos. Give it a run of its own."
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SinkError(f"the folder {out} cannot be made: {error.strerror}.") from error
    for photo in photos:
        if wanted.all_frames and is_film(photo):
            continue  # nobody knows yet which frames
        number = 1 if asked.same_person else asked.face or 1
        _free(photo, out, name_of(photo, number), wanted)


def _free(photo: Path, out: Path, name: str, wanted: Print) -> None:
    """Refuse files that may not be written."""
    for output in wanted.outputs:
        for file in files_of(out, name, output, wanted.form):
            writable(file, photo if photo.exists() else None, wanted.overwrite)
