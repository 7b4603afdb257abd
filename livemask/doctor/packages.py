"""The Python packages: whether each can be loaded, and which version it is."""

import importlib
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, pip_install


@dataclass(frozen=True, slots=True)
class Package:
    """A package.

    Attributes
    ----------
    module : str
        What is imported.
    names : tuple of str
        What pip calls it; any one of them brings it.
    needed : bool
        Whether no face can be tracked in a film without it.
    loaded : bool
        Whether it is loaded; else it is enough that it is there.
    """

    module: str
    names: tuple[str, ...]
    needed: bool = True
    loaded: bool = True


PACKAGES: Mapping[str, Package] = {
    package.names[0]: package
    for package in (
        Package("numpy", ("numpy",)),
        Package("scipy", ("scipy",)),
        Package("numba", ("numba",)),
        Package(
            "cv2",
            ("opencv-python", "opencv-python-headless", "opencv-contrib-python"),
        ),
        Package("dlib", ("dlib-bin", "dlib")),
        Package("face_recognition_models", ("face_recognition_models",), loaded=False),
        Package("av", ("av",)),
        Package("h5py", ("h5py",), needed=False),
        Package("OpenGL", ("PyOpenGL",), needed=False, loaded=False),
        Package("glfw", ("glfw",), needed=False, loaded=False),
        Package("pygltflib", ("pygltflib",), needed=False, loaded=False),
        Package("imgui_bundle", ("imgui-bundle",), needed=False, loaded=False),
        Package("h11", ("h11",), needed=False, loaded=False),
        Package("tomlkit", ("tomlkit",), needed=False, loaded=False),
        Package("pythonosc", ("python-osc",), needed=False, loaded=False),
        Package("platformdirs", ("platformdirs",)),
        Package("rich_click", ("rich-click",)),
    )
}


def examine(system: System, name: str) -> Iterator[Finding]:
    """Load a package, one of `PACKAGES`."""
    package = PACKAGES[name]
    spec = importlib.util.find_spec(package.module)
    if spec is None:
        cure = pip_install(package.names[0])
        yield Finding(name, State.MISSING, "not installed", cure, package.needed)
        return
    try:
        loaded = importlib.import_module(package.module) if package.loaded else None
    except Exception as error:  # whatever a broken package raises is what is to be told
        text = f"cannot be loaded: {' '.join(str(error).split())}"
        cure = system.install_library(text) or f"{pip_install(package.names[0])} --force-reinstall"
        yield Finding(name, State.MISSING, text, cure, package.needed)
        return
    version = _version(package) or str(getattr(loaded, "__version__", "of unknown version"))
    yield Finding(name, State.OK, version, facts={"version": version})


def _version(package: Package) -> str:
    """Return the version of the distributions that bring a module; mostly one."""
    found = []
    for name in package.names:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            continue
    if len(found) == 1 and found[0][0] == package.names[0]:
        return found[0][1]
    return ", ".join(f"{name} {version}" for name, version in found)
