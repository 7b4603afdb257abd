"""Characters for tests: small ones of known shape, and livemask's own head as one."""

import numpy as np

from tests.gltf.files import Glb

SIZE = 0.012
"""m for each mm of livemask's head divided by ten: a head 29 cm high."""

BONES = {
    "hips": (None, (0.0, 0.0, 0.0)),
    "spine": ("hips", (0.0, 0.15, 0.0)),
    "chest": ("spine", (0.0, 0.20, 0.0)),
    "neck": ("chest", (0.0, 0.20, 0.0)),
    "head": ("neck", (0.0, 0.10, 0.0)),
    "leftEye": ("head", (0.035, 0.11, 0.07)),
    "rightEye": ("head", (-0.035, 0.11, 0.07)),
    "leftUpperArm": ("chest", (0.16, 0.14, 0.0)),
    "leftLowerArm": ("leftUpperArm", (0.26, 0.0, 0.0)),
    "rightUpperArm": ("chest", (-0.16, 0.14, 0.0)),
    "rightLowerArm": ("rightUpperArm", (-0.26, 0.0, 0.0)),
}
"""Of each bone its parent, and where it is from there, m; looks along +z."""


class Person:
    """A file with a skeleton of `BONES`, looking as its kind of VRM does."""

    def __init__(self, version):
        self.glb, self.version = Glb(), version
        self.names = list(BONES)
        flip = np.array([-1.0, 1.0, -1.0]) if version == 0 else np.ones(3)
        self.flip = flip
        for name, (_, offset) in BONES.items():
            below = [self.names.index(n) for n, (p, _) in BONES.items() if p == name]
            node = {"name": name, "translation": list(flip * offset)}
            self.glb.add("nodes", **node | ({"children": below} if below else {}))
        self.place = {}
        for name, (parent, offset) in BONES.items():
            start = self.place[parent] if parent else np.zeros(3)
            self.place[name] = start + flip * offset
        matrices = np.tile(np.eye(4, dtype="f"), (len(self.names), 1, 1))
        for row, name in enumerate(self.names):
            matrices[row, 3, :3] = -self.place[name]  # columns first, as glTF has them
        binds = self.glb.accessor(matrices.reshape(-1, 16))
        self.skin = self.glb.add(
            "skins", joints=list(range(len(self.names))), inverseBindMatrices=binds
        )

    def bind(self, count, **shares):
        """Return JOINTS_0 and WEIGHTS_0 of `count` vertices; shares (count,) by bone."""
        joints, weights = np.zeros((count, 4), "H"), np.zeros((count, 4), "f")
        for slot, (name, share) in enumerate(shares.items()):
            joints[:, slot], weights[:, slot] = self.names.index(name), share
        return {"JOINTS_0": joints, "WEIGHTS_0": weights}

    def mesh(self, *primitives, name="mesh"):
        """Append a mesh, worn by a node of its own, and return its index."""
        index = self.glb.add("meshes", primitives=list(primitives), name=name)
        node = self.glb.add("nodes", mesh=index, skin=self.skin, name=name)
        self.glb.json["scenes"][0]["nodes"].append(node)
        return index, node

    def finish(self, expressions):
        """Say it is VRM; `expressions` {name: [(mesh, node, target, weight)]}."""
        bones = {name: self.names.index(name) for name in BONES}
        if self.version == 1:
            preset = {
                name: {
                    "morphTargetBinds": [{"node": n, "index": t, "weight": w} for _, n, t, w in b]
                }
                for name, b in expressions.items()
            }
            vrm = {
                "specVersion": "1.0",
                "humanoid": {"humanBones": {name: {"node": n} for name, n in bones.items()}},
                "expressions": {"preset": preset},
            }
            self.glb.json |= {"extensionsUsed": ["VRMC_vrm"], "extensions": {"VRMC_vrm": vrm}}
        elif self.version == 0:
            groups = [
                {
                    "name": name,
                    "presetName": name,
                    "binds": [{"mesh": m, "index": t, "weight": 100.0 * w} for m, _, t, w in b],
                }
                for name, b in expressions.items()
            ]
            vrm = {
                "humanoid": {"humanBones": [{"bone": k, "node": n} for k, n in bones.items()]},
                "blendShapeMaster": {"blendShapeGroups": groups},
            }
            self.glb.json |= {"extensionsUsed": ["VRM"], "extensions": {"VRM": vrm}}
        return self.glb


def ball(columns=25, rows=17):
    """Return directions, triangles and uv of a unit ball."""
    v, u = np.mgrid[0:rows, 0:columns] / np.array([rows - 1, columns - 1]).reshape(2, 1, 1)
    fall, turn = np.pi * v, 2 * np.pi * u
    way = np.stack([-np.sin(fall) * np.sin(turn), np.cos(fall), -np.sin(fall) * np.cos(turn)], -1)
    i = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, :-1], i[1:, 1:]
    triangles = np.stack([a, c, d, a, d, b], -1).reshape(-1, 3)
    return way.reshape(-1, 3), triangles, np.stack([u, v], -1).reshape(-1, 2)


VRM_NAMES = {
    1: ("aa", "blinkLeft", "blinkRight", "happy"),
    0: ("a", "blink_l", "blink_r", "joy"),
}


def small(version, names=None):
    """Return a ball for a head on a neck, with four morph targets; `names` makes it plain."""
    person = Person(version)
    way, triangles, uv = ball()
    middle = person.place["head"] + person.flip * (0.0, 0.1, 0.0)
    vertices = middle + person.flip * 0.12 * way * (0.85, 1.1, 1.0)
    low = np.clip(-way[:, 1], 0.0, 1.0)
    drop = np.stack([0 * low, -0.03 * low, 0 * low], 1)
    front = way[:, 2] > 0.5
    lids = [
        np.stack([0 * low, -0.01 * (front & (side * way[:, 0] > 0.1)), 0 * low], 1)
        for side in (1, -1)
    ]
    wide = 0.01 * front[:, None] * way * person.flip * (1.0, 0.0, 0.0)
    morphs = dict(zip(names or ("m0", "m1", "m2", "m3"), (drop, *lids, wide), strict=True))
    shares = np.clip((vertices[:, 1] - person.place["head"][1]) / 0.05 + 0.5, 0.0, 1.0)
    bound = person.bind(len(vertices), head=shares, neck=1.0 - shares)
    head_ = person.glb.primitive(
        vertices,
        triangles,
        NORMAL=(person.flip * way).astype("f"),
        TEXCOORD_0=uv.astype("f"),
        morphs=morphs,
        **bound,
    )
    mesh, node = person.mesh(head_, name="face")
    arm = (
        person.place["leftUpperArm"]
        + (0.13 * person.flip[0], 0, 0)
        + person.flip * 0.13 * way * (1, 0.2, 0.2)
    )
    on_arm = person.bind(len(way), leftUpperArm=1.0)
    person.mesh(
        person.glb.primitive(arm, triangles, NORMAL=(person.flip * way).astype("f"), **on_arm),
        name="arm",
    )
    said = (
        {}
        if version < 0
        else {name: [(mesh, node, i, 1.0)] for i, name in enumerate(VRM_NAMES[version])}
    )
    return person.finish(said)


def dressed():
    """Return `small` as VRM 1 in a toon skin, with hair cut out of a texture, and horns.

    The hair has a normal map, the horns glow.
    """
    made = small(1)
    skin = {"VRMC_materials_mtoon": {"shadeColorFactor": [0.5, 0.25, 0.2]}}
    factor = {"baseColorFactor": [0.9, 0.6, 0.5, 1.0]}
    made.add("materials", pbrMetallicRoughness=factor, extensions=skin)
    made.json["meshes"][0]["primitives"][0]["material"] = 0
    y, x = np.mgrid[0:64, 0:128]
    picture = np.zeros((64, 128, 4), np.uint8)
    picture[..., :3] = np.stack([150 + 0 * x, 60 + 40 * np.sin(x / 3), 160 + 0 * x], -1)
    picture[..., 3] = 255 * (y < 30 + 6 * np.sin(x / 5))
    slope = 0.6 * np.cos(x / 3)
    relief = np.stack([slope, 0 * slope, np.sqrt(1 - slope**2)], -1)
    base = {"baseColorTexture": {"index": made.image(picture)}, "roughnessFactor": 0.4}
    code = np.rint(127.5 * (relief + 1)).astype(np.uint8)
    normal = {"index": made.image(code)}
    base["metallicFactor"] = 0.0
    given = {"alphaMode": "MASK", "doubleSided": True, "normalTexture": normal}
    made.add("materials", pbrMetallicRoughness=base, **given)
    dark = {"baseColorFactor": [0.05, 0.05, 0.05, 1.0], "metallicFactor": 0.0}
    made.add("materials", pbrMetallicRoughness=dark, emissiveFactor=[1.0, 0.4, 0.05])
    person, (way, triangles, uv) = Person(1), ball()
    middle = person.place["head"] + (0.0, 0.11, -0.004)
    head_ = list(BONES).index("head")
    forms = [(middle, (0.108, 0.137, 0.126), 1)]
    forms += [(middle + np.array([x, 0.14, 0.03]), (0.015, 0.05, 0.015), 2) for x in (0.06, -0.06)]
    for place, size, material in forms:
        joints, weights = np.zeros((len(way), 4), "H"), np.zeros((len(way), 4), "f")
        joints[:, 0], weights[:, 0] = head_, 1.0
        bound = {"JOINTS_0": joints, "WEIGHTS_0": weights, "TEXCOORD_0": uv.astype("f")}
        primitive = made.primitive(
            place + way * size, triangles, NORMAL=way.astype("f"), material=material, **bound
        )
        mesh = made.add("meshes", primitives=[primitive])
        made.json["scenes"][0]["nodes"].append(made.add("nodes", mesh=mesh, skin=0))
    return made
