"""Names of outputs: as the inputs, and made longer where two would have the same."""

from collections import Counter
from collections.abc import Sequence

from livemask.batch.inputs import Input

Name = tuple[str, ...]


def stems(inputs: Sequence[Input]) -> list[str]:
    """Return what each input's outputs are called, without an ending, with `/` between folders.

    A film of a folder that was named keeps the folders that it lies in below that one. Films of
    one folder that differ in their endings alone keep these, too. Where two would still have
    the same name, whether letters are large or small, both get the folder that they lie in, and
    so on; what cannot be told apart by that is numbered.
    """
    beside = Counter((item.file.parent, item.file.stem.casefold()) for item in inputs)
    leaves = [
        item.file.name
        if beside[item.file.parent, item.file.stem.casefold()] > 1
        else item.file.stem
        for item in inputs
    ]
    names: list[Name] = [(*item.place, leaf) for item, leaf in zip(inputs, leaves, strict=True)]
    for more in range(1, max((len(item.file.parents) for item in inputs), default=0)):
        for i in _alike(names):
            names[i] = (*_above(inputs[i], more), leaves[i])
    for number, i in enumerate(_alike(names), 1):
        names[i] = (*names[i][:-1], f"{names[i][-1]}-{number}")
    return ["/".join(name) for name in names]


def _above(item: Input, more: int) -> Name:
    """Return the folders of an input below the one that was named, and so many above."""
    folders = item.file.parent.parts[1:]  # without the root
    return folders[max(len(folders) - len(item.place) - more, 0) :]


def _alike(names: Sequence[Name]) -> list[int]:
    """Return which names there are more than once."""
    plain = ["/".join(name).casefold() for name in names]
    times = Counter(plain)
    return [i for i, name in enumerate(plain) if times[name] > 1]
