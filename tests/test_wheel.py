"""The wheel, installed where nothing of the checkout can be seen."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
FREE_IN_BFM = {".md", ".csv", ".json", ".toml"}


def build(source, target, *what):
    command = [sys.executable, "-m", "build", "--no-isolation", *what, "--outdir", target, source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the source archive and the wheel that was built from it."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


def inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_the_checkout(folder):
    files = (p for p in (ROOT / folder).rglob("*") if p.is_file() and p.parts[-2] != "__pycache__")
    return {p.relative_to(ROOT).as_posix() for p in files}


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel):
    data = in_the_checkout("shaders") | in_the_checkout("assets")
    data |= {name for name in in_the_checkout("BFM") if Path(name).suffix in FREE_IN_BFM}
    expected = in_the_checkout("livemask") | {f"livemask/_data/{name}" for name in data}
    assert {n for n in inside(wheel) if ".dist-info/" not in n} == expected


def test_the_wheel_brings_its_licences_along(wheel):
    names = {Path(name).name for name in inside(wheel) if ".dist-info/licenses/" in name}
    assert names == {"LICENSE", "THIRD_PARTY.md"}


def unpack(sdist, target):
    """Extract by hand: Debian 12's Python has no extraction filter, and newer ones want one."""
    with tarfile.open(sdist) as archive:
        for member in (m for m in archive if m.isfile()):
            file = target / member.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.extractfile(member).read())
    return next(target.iterdir())


def test_a_licensed_model_in_the_checkout_never_gets_into_a_wheel(built, tmp_path):
    checkout = unpack(next(built.glob("*.tar.gz")), tmp_path)
    (checkout / "BFM").mkdir(exist_ok=True)
    for name in ("01_MorphableModel.mat", "model2017-1_bfm_nomouth.h5", "std_exp.txt"):
        (checkout / "BFM" / name).write_bytes(b"licensed")
    (checkout / "BFM" / "free.csv").write_text("1,2\n")
    wheel = next(build(checkout, tmp_path / "dist", "--wheel").glob("*.whl"))
    added = {name for name in inside(wheel) if "/BFM/" in name} - in_wheel("BFM")
    assert added == {"livemask/_data/BFM/free.csv"}


def in_wheel(folder):
    return {f"livemask/_data/{name}" for name in in_the_checkout(folder)}


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The scripts of an environment that has the wheel, and this one's other packages.

    These are seen through a .pth file, in which no other .pth is followed: the editable
    livemask of this environment stays out of sight. It spares the tests 400 MB.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--no-cache-dir", wheel], check=True)
    paths = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    others = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "others.pth").write_text("\n".join(sorted(others)))
    return scripts


def environment():
    """The variables of a user who has set none."""
    own = ("PYTHON", "LIVEMASK_", "NUMBA_", "PYTEST_", "PYOPENGL_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(own)}
    return {k: v for k, v in kept.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}


def run(command, folder):
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_package_finds_its_files_inside_itself(installed, tmp_path):
    where = "import livemask.resources as r; print(r.resource('assets/head.npz'))"
    python = installed / Path(sys.executable).name
    found = Path(run([python, "-c", where], tmp_path).strip())
    assert found.is_relative_to(installed.parent)
    assert found.parts[-3:] == ("_data", "assets", "head.npz")


@pytest.fixture(scope="module")
def film(installed, tmp_path_factory):
    """The film that the installed `livemask demo` leaves in another folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run([installed / "livemask", "demo"], folder)
    assert [p.name for p in folder.iterdir()] == ["livemask-demo.mp4"]
    return folder / "livemask-demo.mp4"


def test_the_demo_is_a_film_of_ten_seconds_that_moves_and_decodes_to_its_end(film):
    with av.open(str(film)) as container:
        frames = container.decode(video=0)
        decoded = [(float(f.time), f.to_ndarray(format="gray")[::8, ::8]) for f in frames]
        assert container.streams.video[0].codec_context.name == "h264"
    times = [time for time, _ in decoded]
    assert len(times) >= 100
    assert times == sorted(times)
    assert (times[0], times[-1]) == pytest.approx((0.0, 10.0), abs=0.2)
    middle, end = (decoded[i][1].astype(float) for i in (len(decoded) // 2, -1))
    assert middle.std() > 10.0
    assert np.abs(middle - end).mean() > 1.0
