"""Reads a .glb file by the specification alone: what tests believe rather than what wrote it."""

import json
import struct

import numpy as np

KINDS = {5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


class Decoded:
    def __init__(self, file):
        data = file.read_bytes()
        magic, version, length, size, kind = struct.unpack_from("<4sIII4s", data)
        assert (magic, version, length, kind) == (b"glTF", 2, len(data), b"JSON")
        self.json = json.loads(data[20 : 20 + size])
        rest, kind = struct.unpack_from("<I4s", data, 20 + size)
        assert kind == b"BIN\0"
        assert rest == self.json["buffers"][0]["byteLength"] == len(data) - 28 - size
        self.binary = data[28 + size :]

    def array(self, index):
        accessor = self.json["accessors"][index]
        view = self.json["bufferViews"][accessor["bufferView"]]
        start, width = view.get("byteOffset", 0), WIDTHS[accessor["type"]]
        rows = np.frombuffer(
            self.binary, KINDS[accessor["componentType"]], accessor["count"] * width, start
        ).reshape(-1, width)
        assert start % 4 == 0
        assert rows.nbytes == view["byteLength"]
        for name, extreme in (("min", rows.min), ("max", rows.max)):
            assert name not in accessor or accessor[name] == extreme(0).tolist()
        return rows

    def node(self, name):
        (number,) = (i for i, n in enumerate(self.json["nodes"]) if n.get("name") == name)
        return number, self.json["nodes"][number]

    def track(self, name, path):
        """Return times (n,) and values (n, w) of what moves a node; None if nothing does."""
        (animation,) = self.json["animations"]
        goal = {"node": self.node(name)[0], "path": path}
        found = [c["sampler"] for c in animation["channels"] if c["target"] == goal]
        if not found:
            return None
        sampler = animation["samplers"][found[0]]
        times, values = (self.array(sampler[key]) for key in ("input", "output"))
        assert (np.diff(times[:, 0]) > 0.0).all()
        return times[:, 0], values.reshape(len(times), -1), sampler["interpolation"]

    def primitive(self, name):
        mesh = self.json["meshes"][self.node(name)[1]["mesh"]]
        (primitive,) = mesh["primitives"]
        return mesh, primitive

    def vertices(self, name, weights):
        """Return the (r, 3) places of a mesh, m, with weights (m,) of its targets."""
        _, primitive = self.primitive(name)
        places = self.array(primitive["attributes"]["POSITION"]).astype(np.float64)
        for weight, target in zip(weights, primitive["targets"], strict=True):
            places = places + weight * self.array(target["POSITION"])
        return places


def turned(quaternion):
    """Return the (3, 3) rotation of x, y, z, w (specification, section 3.5.3)."""
    x, y, z, w = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
