"""Figure: the performer as meshes, posed and lit."""

from dataclasses import replace

import numpy as np
from scipy import sparse

from livemask.geometry import rigid
from livemask.morphable_model import MorphableModel
from livemask.performer import eyes, hair, harmonics, shade
from livemask.performer import skin as skins
from livemask.performer.body import Neck, body_pose, dress
from livemask.performer.colour import encode
from livemask.performer.lashes import Lashes
from livemask.performer.piece import Piece
from livemask.performer.room import Room
from livemask.performer.style import Style
from livemask.performer.transfer import transfer
from livemask.records import Camera, Float32, Float64, Int32, Material, Mesh, UInt8

LOOK = "performer"
OPEN = 0.45
"""jawOpen at which it is found out how much light gets into the mouth."""

SCATTERED = 0.22
"""Share of the light that gets anywhere in the open mouth."""

SOFTENING = 4
"""Steps by which light spreads under the skin to neighbours, 2 to 5 mm away."""

SHINE = {"skin": (0.085, 12.0), "wet": (1.1, 240.0), "hair": (0.045, 12.0), "cloth": (0.04, 6.0)}
"""Strength and exponent of highlights where the texture's gloss is full."""


class Figure:
    """A person with hair and clothes.

    Parameters
    ----------
    person : MorphableModel
        From `cast`.
    room : Room
    seed : int
        Of the clothes and of all that is painted.
    """

    def __init__(self, person: MorphableModel, room: Room, seed: int) -> None:
        style = Style.of(person, seed)
        self._person, self._neck = person, Neck.of(person)
        self._around = shade.Around(*room.surroundings())
        scalp = np.zeros(len(person.mean), np.float32) if style.bald else hair.scalp(person, style)
        self._skin = skins.paint(person, style, scalp)
        self._body = dress(self._neck, style)
        self._hair = None if style.bald else hair.grow(person, style)
        self._lashes = Lashes.of(person)
        self._outside, self._inside = _drawn(person, self._neck, style)
        self._rest = person.normals(person.mean)
        self._black = np.array([[[*encode(0.35 * np.array(style.hair)).tolist(), 0]]], np.uint8)
        self._white = np.ones_like(person.mean)
        self._passed = _passed(person, self._rest, self._pieces)

    @property
    def _pieces(self) -> tuple[Piece, ...]:
        return (self._body,) if self._hair is None else (self._body, self._hair)

    def meshes(
        self, camera: Camera, camera_from_head: Float64, vertices: Float32
    ) -> tuple[Mesh, ...]:
        """Return what to draw.

        Parameters
        ----------
        camera : Camera
            That takes the picture.
        camera_from_head : (4, 4) float64
            mm.
        vertices : (n, 3) float32
            Of the head, head frame, mm.
        """
        camera_from_body = body_pose(camera_from_head, self._neck.base)
        camera_from_body = camera_from_body @ rigid(np.eye(3), -self._neck.base)
        body = self._piece(self._body, self._passed[1], camera, camera_from_body, "cloth")
        drawn = [body, *self._head(camera, camera_from_head, vertices)]
        drawn.append(self._fringe(camera, camera_from_head, vertices))
        if self._hair is not None:
            drawn.append(self._piece(self._hair, self._passed[2], camera, camera_from_head, "hair"))
        return tuple(drawn)

    def _head(
        self, camera: Camera, camera_from_head: Float64, vertices: Float32
    ) -> tuple[Mesh, Mesh]:
        """Return skin, and what is wet: eyes and the inside of the mouth."""
        bent = vertices.copy()
        self._neck.bend(bent, camera_from_head)
        turned = self._person.normals(bent)
        lit = self._lit(self._passed[0], turned, self._rest, camera_from_head, self._white)
        rows = self._person.uv_vertices
        outside = Mesh(
            bent[rows],
            self._outside,
            turned[rows],
            camera,
            camera_from_head,
            _material("skin", self._skin.texture),
            uv=self._skin.uv,
            colours=lit[rows],
        )
        wet = _material("wet", self._skin.texture)
        return outside, replace(outside, triangles=self._inside, material=wet)

    def _fringe(self, camera: Camera, camera_from_head: Float64, vertices: Float32) -> Mesh:
        grown = self._lashes.grow(vertices)
        normals = np.broadcast_to(np.array([0.0, 0.0, 1.0], np.float32), grown.shape)
        return Mesh(
            grown,
            self._lashes.triangles,
            normals,
            camera,
            camera_from_head,
            Material(look=LOOK, texture=self._black, two_sided=True),
            alpha=self._lashes.alpha,
        )

    def _piece(
        self,
        piece: Piece,
        passed: Float32,
        camera: Camera,
        camera_from_piece: Float64,
        surface: str,
    ) -> Mesh:
        lit = self._lit(passed, piece.normals, piece.normals, camera_from_piece, piece.tint)
        return Mesh(
            piece.vertices,
            piece.triangles,
            piece.normals,
            camera,
            camera_from_piece,
            _material(surface, piece.texture),
            uv=piece.uv,
            alpha=piece.alpha,
            colours=lit,
        )

    def _lit(
        self, passed: Float32, now: Float32, rest: Float32, camera_from: Float64, tint: Float32
    ) -> Float32:
        around = self._around.seen_from(camera_from)
        lit = np.empty_like(now)
        shade.shade(passed, now, rest, around, shade.open_light(around), tint, lit)
        return lit


def _material(surface: str, texture: UInt8) -> Material:
    specular, exponent = SHINE[surface]
    return Material(look=LOOK, texture=texture, specular=specular, exponent=exponent)


def _drawn(person: MorphableModel, neck: Neck, style: Style) -> tuple[Int32, Int32]:
    """Return the triangles, in texture vertices, that can be seen: of the skin, and the rest."""
    shown = eyes.front(person)
    if not style.bald:
        shown &= ~hair.hidden(person, style)
    skin = np.zeros(len(shown), np.bool_)
    skin[person.parts["skin"]] = True
    seen = shown[person.triangles].any(1) & ~neck.under_collar[person.triangles].any(1)
    outside = skin[person.triangles].any(1)
    inside = person.uv_triangles[seen & ~outside]
    return person.uv_triangles[seen & outside], inside


def _passed(
    person: MorphableModel, rest: Float32, pieces: tuple[Piece, ...]
) -> tuple[Float32, ...]:
    """Return the transfers of head and pieces, each in the shadow of all."""
    inside = np.concatenate([person.parts[part] for part in ("mouth", "teeth", "tongue")])
    vertices = np.concatenate([person.mean, *(p.vertices for p in pieces)])
    starts = np.cumsum([0, len(person.mean), *(len(p.vertices) for p in pieces)])
    meshes = (person.triangles, *(p.triangles for p in pieces))
    triangles = np.concatenate([t + s for t, s in zip(meshes, starts, strict=False)])
    together = transfer(
        vertices, np.concatenate([rest, *(p.normals for p in pieces)]), triangles.astype(np.int32)
    )
    head, *others = np.split(together, starts[1:-1])
    head[inside] = _passed_inside(person)[inside]
    return (_soft(person, head, SOFTENING), *others)


def _passed_inside(person: MorphableModel) -> Float32:
    """Return the transfer (n, 16) of a head with open mouth, and some light from cheek to cheek."""
    jaw = np.array([OPEN * (name == "jawOpen") for name in person.expression_names])
    opened = person.vertices(np.zeros(0), jaw)
    turned = person.normals(opened)
    scattered = SCATTERED * harmonics.COSINE * harmonics.basis(turned)
    return transfer(opened, turned, person.triangles) + scattered.astype(np.float32)


def _soft(person: MorphableModel, passed: Float32, steps: int) -> Float32:
    """Let the light of each vertex spread to its neighbours."""
    t, count = person.triangles, len(person.mean)
    pairs = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    links = sparse.coo_array((np.ones(len(pairs), np.float32), pairs.T), (count, count)).tocsr()
    links = links + links.T
    share = sparse.diags_array(1.0 / np.maximum(links.sum(1), 1.0)).astype(np.float32) @ links
    for _ in range(steps):
        passed = 0.5 * passed + 0.5 * (share @ passed)
    return np.ascontiguousarray(passed, np.float32)
