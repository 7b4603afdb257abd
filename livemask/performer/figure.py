"""Figure: the performer as meshes, posed and lit."""

from dataclasses import dataclass, replace

import numpy as np

from livemask.geometry import rigid
from livemask.morphable_model import MorphableModel
from livemask.performer import eyes, hair, shade
from livemask.performer import skin as skins
from livemask.performer.body import Neck, body_pose, dress
from livemask.performer.colour import encode
from livemask.performer.lashes import Lashes
from livemask.performer.piece import Piece
from livemask.performer.room import Room
from livemask.performer.shadows import cast_shadows
from livemask.performer.style import Style
from livemask.records import Camera, Float32, Float64, Int32, Material, Mesh, UInt8

LOOK = "performer"
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
        painted = skins.paint(person, style, scalp)
        self._texture = painted.texture
        self._body = dress(self._neck, style)
        self._hair = None if style.bald else hair.grow(person, style)
        self._lashes = Lashes.of(person)
        self._shown = _Shown.of(person, self._neck, style, painted.uv)
        self._rest = person.normals(person.mean)
        self._black = np.array([[[*encode(0.35 * np.array(style.hair)).tolist(), 0]]], np.uint8)
        self._white = np.ones_like(person.mean)
        self._passed = cast_shadows(person, self._rest, self._pieces)

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
        rows = self._shown.rows
        outside = Mesh(
            bent[rows],
            self._shown.outside,
            turned[rows],
            camera,
            camera_from_head,
            _material("skin", self._texture),
            uv=self._shown.uv,
            colours=lit[rows],
        )
        wet = _material("wet", self._texture)
        return outside, replace(outside, triangles=self._shown.inside, material=wet)

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


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """What of the head can be seen at all.

    Attributes
    ----------
    rows : (r,) int32
        The vertex of the head of each that is drawn, in the order in which the triangles use
        them: OpenGL on a processor then shades fewer of them twice.
    uv : (r, 2) float32
    outside, inside : (t, 3) int32
        Triangles of the skin, and of eyes and mouth.
    """

    rows: Int32
    uv: Float32
    outside: Int32
    inside: Int32

    @classmethod
    def of(cls, person: MorphableModel, neck: Neck, style: Style, uv: Float32) -> "_Shown":
        shown = eyes.front(person)
        if not style.bald:
            shown &= ~hair.hidden(person, style)
        seen = shown[person.triangles].any(1) & ~neck.under_collar[person.triangles].any(1)
        skin = np.zeros(len(shown), np.bool_)
        skin[person.parts["skin"]] = True
        outer = skin[person.triangles].any(1)
        parts = [person.uv_triangles[seen & own] for own in (outer, ~outer)]
        used, first = np.unique(np.concatenate(parts), return_index=True)
        order = used[np.argsort(first)]
        place = np.zeros(len(uv), np.int32)
        place[order] = np.arange(len(order))
        return cls(person.uv_vertices[order], uv[order], place[parts[0]], place[parts[1]])
