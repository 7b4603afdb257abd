"""Writes glTF files byte by byte, with nothing of what reads them."""

import base64
import json
import struct

import cv2
import numpy as np

KINDS = {"b": 5120, "B": 5121, "h": 5122, "H": 5123, "I": 5125, "f": 5126}
TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}


class Glb:
    """A file in the making; `json` may be changed before it is written."""

    def __init__(self, **json):
        self.json = {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}]} | json
        self.binary = bytearray()

    def add(self, kind, **fields):
        """Append an object to a list and return its index."""
        self.json.setdefault(kind, []).append(fields)
        return len(self.json[kind]) - 1

    def view(self, data, **fields):
        """Append bytes as a buffer view."""
        self.binary += bytes(-len(self.binary) % 4)
        start = len(self.binary)
        self.binary += data
        return self.add("bufferViews", buffer=0, byteOffset=start, byteLength=len(data), **fields)

    def accessor(self, array, **fields):
        """Append an array (n, w) as an accessor."""
        array = np.ascontiguousarray(array)
        rows = array.reshape(len(array), -1)
        return self.add(
            "accessors",
            bufferView=self.view(array.tobytes()),
            componentType=KINDS[array.dtype.char],
            count=len(rows),
            type=TYPES[rows.shape[1]],
            **fields,
        )

    def image(self, picture, ending=".png"):
        """Append an RGB(A) picture as a texture of its own."""
        order = [2, 1, 0, 3][: picture.shape[2]]
        data = cv2.imencode(ending, np.ascontiguousarray(picture[..., order]))[1].tobytes()
        mime = "image/png" if ending == ".png" else "image/jpeg"
        source = self.add("images", bufferView=self.view(data), mimeType=mime)
        return self.add("textures", source=source)

    def primitive(self, vertices, triangles, **attributes):
        """Return a primitive; attributes by glTF's names, `morphs` as {name: (n, 3)}."""
        morphs = attributes.pop("morphs", {})
        material = attributes.pop("material", None)
        has = {"POSITION": vertices.astype("f")} | attributes
        made = {
            "attributes": {name: self.accessor(array) for name, array in has.items()},
            "indices": self.accessor(np.asarray(triangles, "I").reshape(-1)),
        }
        if morphs:
            made["targets"] = [{"POSITION": self.accessor(m.astype("f"))} for m in morphs.values()]
            made["extras"] = {"targetNames": list(morphs)}
        return made | ({} if material is None else {"material": material})

    def bytes(self):
        """Return the file as .glb."""
        given = dict(self.json)
        if self.binary:
            given.setdefault("buffers", [{"byteLength": len(self.binary)}])
        text = json.dumps(given).encode()
        text += b" " * (-len(text) % 4)
        binary = bytes(self.binary) + bytes(-len(self.binary) % 4)
        return glb(text, binary)

    def write(self, path):
        """Write it as .glb and return the path."""
        path.write_bytes(self.bytes())
        return path

    def write_apart(self, path):
        """Write it as .gltf with a .bin beside it."""
        path.with_suffix(".bin").write_bytes(bytes(self.binary))
        buffer = {"uri": path.with_suffix(".bin").name, "byteLength": len(self.binary)}
        path.write_text(json.dumps(self.json | {"buffers": [buffer]}))
        return path

    def write_inline(self, path):
        """Write it as .gltf with its bytes in a data URI."""
        uri = "data:application/octet-stream;base64," + base64.b64encode(self.binary).decode()
        buffer = {"uri": uri, "byteLength": len(self.binary)}
        path.write_text(json.dumps(self.json | {"buffers": [buffer]}))
        return path


def glb(text, binary=b""):
    """Return the bytes of a .glb of a JSON part and a binary part."""
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    if binary:
        chunks += struct.pack("<II", len(binary), 0x004E4942) + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def triangle(**json):
    """Return a file of one triangle."""
    made = Glb(**json)
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    primitive = made.primitive(corners, [[0, 1, 2]])
    made.json |= {"meshes": [{"primitives": [primitive]}], "nodes": [{"mesh": 0}]} | json
    return made
