"""Lines of numbers: nothing of them is lost, and nothing that is no line is believed."""

import json
from dataclasses import fields, replace

import numpy as np
import pytest

from livemask.records import Camera, Fit, Frame, Light, Seen, State
from livemask.session.numbers import LONGEST_LINE, NOBODY, Decoder, Encoder

RANDOM = np.random.default_rng(7)
CAMERA = Camera(RANDOM.uniform(500, 900), RANDOM.uniform(100, 400, 2), (640, 480))


def drawn_fit(number=0, **changes):
    pose = RANDOM.normal(size=(4, 4)) * 1e3 / 3
    pose[3] = [0.0, 0.0, 0.0, 1.0]
    identity, expression, gesture = RANDOM.normal(size=80), RANDOM.random(52), RANDOM.random(52) / 3
    one = Fit(number, CAMERA, pose, identity, expression, 1 / 3, 2 / 3, State.TRACKED, gesture)
    return replace(one, **changes)


def drawn_light():
    return Light(*(RANDOM.normal(size=shape).astype(np.float32) for shape in (3, 3, 3, (9, 3))))


def drawn_seen():
    groups = {f.name: (drawn_fit(len(f.name)),) for f in fields(Seen)}
    others = {"known": frozenset({0, 7, 3}), "light": drawn_light(), "sought": {}}
    return Seen(**groups | others)


def frame(index=0):
    return Frame(np.zeros((2, 2, 3), np.uint8), index / 29.97, index)


def there_and_back(*seens):
    encoder, decoder = Encoder(), Decoder()
    return [decoder.row(encoder.line(frame(i), 33 * i, s)).seen for i, s in enumerate(seens)]


def same(one, other):
    """Whether two values are the same to the last bit, and of the same types."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and (one == other).all()
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return type(one) is type(other) and one == other


def test_where_faces_were_looked_for_is_not_kept():
    sought = {0: np.zeros((4, 2))}
    (seen,) = there_and_back(Seen((drawn_fit(),), (), frozenset({0}), drawn_light(), sought=sought))
    assert seen.sought == {}


def test_every_field_of_what_was_seen_comes_back_to_the_last_bit():
    seen = drawn_seen()
    assert same(there_and_back(seen)[0], seen)


def test_a_difference_of_one_bit_is_noticed():
    fit = drawn_fit()
    moved = fit.expression.copy()
    moved[5] = np.nextafter(moved[5], 2.0)
    assert not same(fit, replace(fit, expression=moved))


def test_frame_time_and_place_in_the_film_come_back():
    row = Decoder().row(Encoder().line(frame(31), 1034, None))
    assert (row.index, row.time, row.at, row.seen) == (31, 31 / 29.97, 1034, NOBODY)


def test_what_stays_is_written_once_and_stays_the_same_object():
    fit = drawn_fit()
    seen = Seen((fit,), (), frozenset({0}), drawn_light())
    later = replace(seen, chosen=(replace(fit, state=State.HELD, residual=0.0),))
    first, second = there_and_back(seen, later)
    assert second.chosen[0].identity is first.chosen[0].identity
    assert second.chosen[0].camera is first.chosen[0].camera
    assert second.light is first.light
    assert same(second, later)
    encoder = Encoder()
    lines = [json.loads(encoder.line(frame(), 0, s)) for s in (seen, later)]
    assert {"light", "identity"} <= {*lines[0], *lines[0]["chosen"][0]}
    assert not {"light", "identity", "camera"} & {*lines[1], *lines[1]["chosen"][0]}


def test_an_identity_that_changes_is_written_anew():
    fits = [drawn_fit(), drawn_fit()]
    seens = [Seen((fit,), (), frozenset(), NOBODY.light) for fit in fits]
    assert all(map(same, there_and_back(*seens), seens))


def test_sixteen_faces_of_a_large_model_fit_into_a_line():
    faces = tuple(drawn_fit(i, identity=RANDOM.normal(size=300)) for i in range(16))
    line = Encoder().line(frame(), 0, Seen(faces, faces[:8], frozenset(), drawn_light()))
    assert len(line) < LONGEST_LINE


def broken_lines():
    good = json.loads(
        Encoder().line(frame(), 0, Seen((drawn_fit(),), (), frozenset(), drawn_light()))
    )
    face = good["chosen"][0]
    yield b"[]"
    yield b"{"
    yield b"nonsense\n"
    yield b"\xff\xfe"
    yield b"[" * 100_000
    yield b'{"frame": 1, "time": 0, "at": ' + b"9" * 5000 + b"}"
    changes = [
        {"frame": -1}, {"frame": 1.5}, {"frame": True}, {"frame": 2**60}, {"at": "0"},
        {"time": float("nan")}, {"time": "0"}, {"time": [0]}, {"light": [1.0] * 35},
        {"light": [1e12] * 36}, {"known": [-1]}, {"known": 3}, {"chosen": [face] * 65},
        {"chosen": [{}]}, {"chosen": "x"}, {"strangers": None}, {"chosen": None},
    ]  # fmt: skip
    yield from (json.dumps({**good, **change}).encode() for change in changes)
    faces = [
        {"id": "0"}, {"id": 10**6}, {"state": "asleep"}, {"pose": [0.0] * 16}, {"pose": [1.0] * 15},
        {"pose": [None] * 16}, {"camera": [0, 1, 1, 9, 9]}, {"camera": [500, 1, 1, 0, 9]},
        {"expression": [0.0] * 5000}, {"expression": [[0.0]]}, {"identity": [1e300]},
        {"identity": [float("inf")]}, {"residual": "x"}, {"gesture": {"a": 1}},
    ]  # fmt: skip
    for change in faces:
        yield json.dumps({**good, "chosen": [{**face, **change}]}).encode()
    yield json.dumps({**good, "chosen": [{**face, "id": 5, "identity": None}]}).encode()


@pytest.mark.parametrize("line", list(broken_lines()), ids=lambda line: line[:40].decode("latin-1"))
def test_what_is_no_line_is_refused_and_nothing_else_happens(line):
    with pytest.raises(ValueError, match=r".+"):
        Decoder().row(line)


def test_a_face_that_never_told_who_it_is_is_refused():
    encoder = Encoder()
    seen = Seen((drawn_fit(),), (), frozenset(), NOBODY.light)
    encoder.line(frame(), 0, seen)
    with pytest.raises(ValueError, match="KeyError"):
        Decoder().row(encoder.line(frame(), 33, seen))
