"""Files that are broken, or made to harm: each is refused with a line that says why."""

import json
import struct
import tracemalloc
import zlib

import numpy as np
import pytest

from livemask.errors import AssetError
from livemask.gltf import limits
from livemask.gltf.character import load
from tests.gltf import people
from tests.gltf.files import Glb, glb, triangle

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width, height):
    """Return a PNG of a few bytes that says it is large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return PNG + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def changed(path, value):
    """Return a triangle whose JSON has another value at a path."""
    made = triangle()
    where = made.json
    for step in path[:-1]:
        where = where[step]
    if value is None:
        del where[path[-1]]
    else:
        where[path[-1]] = value
    return made


ACCESSOR, VIEW, INDICES = ("accessors", 0), ("bufferViews", 0), ("accessors", 1)
PRIMITIVE = ("meshes", 0, "primitives", 0)
BROKEN = {
    "a count beyond the bytes": ((*ACCESSOR, "count"), 1000),
    "a count of billions": ((*ACCESSOR, "count"), 4_000_000_000),
    "a count below nothing": ((*ACCESSOR, "count"), -1),
    "a count that is text": ((*ACCESSOR, "count"), "three"),
    "a count that is true": ((*ACCESSOR, "count"), True),
    "a count with a fraction": ((*ACCESSOR, "count"), 2.5),
    "no count": ((*ACCESSOR, "count"), None),
    "an offset below nothing": ((*ACCESSOR, "byteOffset"), -12),
    "an offset beyond the bytes": ((*ACCESSOR, "byteOffset"), 12),
    "a type that there is not": ((*ACCESSOR, "type"), "VEC5"),
    "a type of another width": ((*ACCESSOR, "type"), "VEC2"),
    "a number that there is not": ((*ACCESSOR, "componentType"), 5130),
    "a view that there is not": ((*ACCESSOR, "bufferView"), 7),
    "a view below nothing": ((*ACCESSOR, "bufferView"), -1),
    "a view beyond its buffer": ((*VIEW, "byteLength"), 1 << 30),
    "a view that starts before its buffer": ((*VIEW, "byteOffset"), -4),
    "a stride that is too short": ((*VIEW, "byteStride"), 4),
    "a stride that is too long": ((*VIEW, "byteStride"), 252),
    "a stride below nothing": ((*VIEW, "byteStride"), -12),
    "a buffer that there is not": ((*VIEW, "buffer"), 3),
    "indices that are floats": ((*INDICES, "componentType"), 5126),
    "vertices that there are not": ((*ACCESSOR, "count"), 2),
    "no positions": ((*PRIMITIVE, "attributes"), {}),
    "attributes that are a list": ((*PRIMITIVE, "attributes"), [0]),
    "positions of no accessor": ((*PRIMITIVE, "attributes", "POSITION"), 9),
    "a material that there is not": ((*PRIMITIVE, "material"), 5),
    "no primitives": (("meshes", 0, "primitives"), []),
    "a mesh that there is not": (("nodes", 0, "mesh"), 4),
    "a skin that there is not": (("nodes", 0, "skin"), 4),
    "a node that is its own child": (("nodes", 0, "children"), [0]),
    "a child that there is not": (("nodes", 0, "children"), [1]),
    "children that are a number": (("nodes", 0, "children"), 1),
    "a rotation of three numbers": (("nodes", 0, "rotation"), [0, 0, 1]),
    "a place beyond the world": (("nodes", 0, "translation"), [0, 1e30, 0]),
    "a place that is text": (("nodes", 0, "translation"), ["a", "b", "c"]),
    "a scene that there is not": (("scene",), 3),
    "nodes that are numbers": (("nodes",), [1, 2]),
    "nodes that are an object": (("nodes",), {"mesh": 0}),
    "glTF 1": (("asset", "version"), "1.0"),
    "no size at all": (("nodes", 0, "scale"), [0, 0, 0]),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_by_its_name(tmp_path, fault):
    from livemask import plugins

    file = changed(*BROKEN[fault]).write(tmp_path / "bad.glb")
    with pytest.raises(AssetError, match=r"bad\.glb") as caught:
        plugins.create("masks", str(file))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "JSON"),
        (b"hello", "JSON"),
        (b"glTF", "ends after 4 bytes"),
        (b"glTF" + struct.pack("<II", 1, 20) + bytes(8), "glTF 1"),
        (b"glTF" + struct.pack("<II", 2, 500) + bytes(8), "cut off"),
        (glb(b"{}")[:-1] + b"", "cut off"),
        (b"glTF" + struct.pack("<IIII", 2, 20, 1 << 31, 0x4E4F534A), "cut off"),
        (b"glTF" + struct.pack("<IIII", 2, 20, 0, 7), "no JSON part"),
        (glb(b"[" * 5000 + b"]" * 5000), "nested"),
        (glb(b'{"nodes":' + b"[" * 3000 + b"]" * 3000 + b"}"), "nested|nodes"),
        (glb(b'{"asset":{"version":"2.0"},"scene":NaN}'), "no number of JSON"),
        (glb(b"\xff\xfe{}"), "JSON"),
        (glb(b"9" * 6000), "JSON"),
        (glb(b"[" + b"{}," * limits.JSON_PARTS + b"{}]"), "more than"),
        (glb(b"[" + b"1," * (limits.JSON_VALUES + 1) + b"1]"), "more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_what_is_no_sound_file_is_told_so(tmp_path, data, reason):
    (tmp_path / "bad.vrm").write_bytes(data)
    with pytest.raises(AssetError, match=reason):
        load(tmp_path / "bad.vrm")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("KHR_draco_mesh_compression", "switch Compression off"),
        ("EXT_meshopt_compression", "without compression"),
        ("KHR_texture_basisu", "PNG or JPEG"),
        ("ACME_telepathy", "ACME_telepathy"),
    ],
)
def test_what_livemask_cannot_unpack_is_refused_with_advice(tmp_path, name, advice):
    file = triangle(extensionsRequired=[name]).write(tmp_path / "packed.glb")
    with pytest.raises(AssetError, match=advice):
        load(file)


@pytest.mark.parametrize(
    "uri",
    [
        "../secret.bin",
        "..%2fsecret.bin",
        "sub/../../secret.bin",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1/secret.bin",
        "//server/secret.bin",
        "C:\\secret.bin",
        "link.bin",
        "folder",
        "missing.bin",
        "a\0b",
        "x" * 5000,
        "data:application/octet-stream;base64,!!!",
        "data:nothing",
    ],
)
def test_nothing_outside_the_folder_of_the_file_is_read(tmp_path, uri):
    inner = tmp_path / "inner"
    (inner / "folder").mkdir(parents=True)
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(4096))
    (inner / "link.bin").symlink_to(secret)
    made = triangle()
    made.json["buffers"] = [{"uri": uri, "byteLength": len(made.binary)}]
    (inner / "a.gltf").write_text(json.dumps(made.json))
    with pytest.raises(AssetError):
        load(inner / "a.gltf")


def test_a_file_below_the_folder_is_read(tmp_path):
    made = triangle()
    (tmp_path / "my parts").mkdir()
    (tmp_path / "my parts" / "a.bin").write_bytes(bytes(made.binary))
    made.json["buffers"] = [{"uri": "my%20parts/a.bin", "byteLength": len(made.binary)}]
    (tmp_path / "a.gltf").write_text(json.dumps(made.json))
    assert len(load(tmp_path / "a.gltf").pieces) == 1


def pictured(data):
    """Return a triangle that wears a picture of those bytes."""
    made = triangle()
    source = made.add("images", bufferView=made.view(data), mimeType="image/png")
    texture = made.add("textures", source=source)
    base = {"baseColorTexture": {"index": texture}}
    made.json["meshes"][0]["primitives"][0]["material"] = made.add(
        "materials", pbrMetallicRoughness=base
    )
    return made


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(60_000, 60_000), "60000 x 60000 px"),
        (bomb(0, 5), "0 x 5 px"),
        (bomb(8, 8)[:45], "broken"),
        (PNG, "neither PNG nor JPEG"),
        (b"GIF89a" + bytes(50), "neither PNG nor JPEG"),
        (b"\xff\xd8\xff" + bytes(50), "neither PNG nor JPEG|broken"),
    ],
    ids=range(6),
)
def test_a_picture_is_looked_at_before_it_is_decoded(tmp_path, data, reason):
    with pytest.raises(AssetError, match=reason):
        load(pictured(data).write(tmp_path / "a.glb"))


def greedy():
    """Yield files that ask for much memory without holding any bytes."""
    zeros = triangle()
    zeros.add("accessors", componentType=5126, count=limits.VERTICES, type="VEC3")
    first = zeros.json["meshes"][0]["primitives"][0] | {"attributes": {"POSITION": 2}}
    zeros.json["meshes"][0]["primitives"] = [first] * 20
    yield "pieces", zeros
    morphs = triangle()
    count = limits.VERTICES
    morphs.add("accessors", componentType=5126, count=count, type="VEC3")
    whole = {"attributes": {"POSITION": 2}, "targets": [{"POSITION": 2}] * 400}
    names = {"targetNames": ["jawOpen"] * 400}
    morphs.json["meshes"] = [{"primitives": [whole], "extras": names}]
    yield "morphs", morphs
    strips = triangle()
    corners = strips.accessor(np.zeros((3, 1), "I"))
    strips.json["accessors"][corners] |= {"count": 2_400_000}
    del strips.json["accessors"][corners]["bufferView"]
    strips.json["meshes"][0]["primitives"][0] |= {"indices": corners, "mode": 5}
    yield "strips", strips


GREEDY = dict(greedy())


@pytest.mark.parametrize("name", GREEDY)
def test_a_small_file_cannot_ask_for_much_memory(tmp_path, name):
    file = GREEDY[name].write(tmp_path / "greedy.glb")
    assert file.stat().st_size < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(AssetError, match=r"too many|no "):
            load(file)
        assert tracemalloc.get_traced_memory()[1] < 500e6
    finally:
        tracemalloc.stop()


def test_a_sparse_accessor_can_replace_only_what_there_is(tmp_path):
    for indices, count in (([9], 1), ([0], 50), ([0], -1)):
        made = triangle()
        at = made.view(np.array(indices, "H").tobytes())
        values = made.view(np.zeros((1, 3), "f").tobytes())
        made.json["accessors"][0]["sparse"] = {
            "count": count,
            "indices": {"bufferView": at, "componentType": 5123},
            "values": {"bufferView": values},
        }
        with pytest.raises(AssetError):
            load(made.write(tmp_path / f"a{indices[0]}{count}.glb"))


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 3e38])
def test_numbers_that_place_nothing_are_refused(tmp_path, number):
    made = Glb()
    corners = np.array([[0, 0, 0], [1, number, 0], [0, 1, 0]])
    primitive = made.primitive(corners, [[0, 1, 2]])
    made.json |= {"meshes": [{"primitives": [primitive]}], "nodes": [{"mesh": 0}]}
    with pytest.raises(AssetError, match="not finite"):
        load(made.write(tmp_path / "nan.glb"))


def mutated(data, random):
    """Return a file with some bytes of its JSON exchanged."""
    made = bytearray(data)
    end = 20 + struct.unpack_from("<I", made, 12)[0]
    for _ in range(random.integers(1, 4)):
        at = int(random.integers(20, end))
        made[at] = random.choice(list(b'0123456789-.,:[]{}"tfne '))
    return bytes(made)


def test_no_exchange_of_bytes_makes_it_fail_otherwise(tmp_path):
    from livemask import plugins
    from tests.heads import shipped
    from tests.masks import tiny

    random = np.random.default_rng(5)
    sound = [people.small(version).bytes() for version in (0, 1)]
    refused = 0
    for i in range(70):
        file = tmp_path / f"{i}.glb"
        file.write_bytes(mutated(sound[i % 2], random))
        try:
            mask = plugins.create("masks", str(file))
            mask.layers(shipped(), tiny.fit(shipped()), tiny.frame(), tiny.LIGHT, 0.0)
        except AssetError:
            refused += 1
    assert 10 < refused < 70
