import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.geometry import euler_angles
from livemask.synthesis.heads import TONES, tone
from livemask.synthesis.order import Order
from livemask.synthesis.recipe import recipe
from tests.heads import shipped


def recipes(order, count=60):
    return [recipe(order, index, shipped(), 24) for index in range(count)]


def test_heads_turn_as_far_as_is_asked_and_no_farther():
    angles = np.degrees([
        euler_angles(r.camera_from_head[:3, :3]) for r in recipes(Order(yaw=50.0, pitch=10.0), 200)
    ])  # fmt: skip
    assert np.abs(angles[:, 1]).max() <= 50.001
    assert np.abs(angles[:, 1]).max() > 40.0
    assert np.abs(angles[:, 0]).max() <= 10.001


def test_expressions_and_shapes_are_within_what_the_model_allows():
    model = shipped()
    for told in recipes(Order()):
        assert (told.expression >= model.expression_bounds[:, 0]).all()
        assert (told.expression <= model.expression_bounds[:, 1]).all()
        assert np.abs(told.identity).max() <= 2.5


def test_without_beyond_and_things_there_is_neither():
    for told in recipes(Order(beyond=0.0, things=0.0)):
        assert not told.beyond.any()
        assert [told.glasses, told.hat, told.held] == ["", "", ""]


def test_people_differ_in_hair_and_skin():
    told = recipes(Order(), 150)
    assert {"", "long", "short", "afro"} < {r.cut for r in told}
    brightness = [r.skin.mean() for r in told]
    assert min(brightness) < 0.06
    assert max(brightness) > 0.4


def test_tones_run_from_pale_to_dark():
    means = [tone(place).mean() for place in np.linspace(0.0, 1.0, 30)]
    assert (np.diff(means) < 0.0).all()
    assert np.allclose(tone(0.0), TONES[0])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"size": 32}, "--size 32 must be 64 to 1024"),
        ({"labels": ("depth", "smell")}, "'smell'"),
        ({"yaw": 91.0}, "--yaw 91 must be 0 to 90"),
        ({"format": "gif"}, "--format gif"),
        ({"seed": -1}, "--seed -1"),
        ({"things": float("nan")}, "--things nan"),
    ],
)
def test_orders_that_cannot_be_are_refused(options, said):
    with pytest.raises(UsageError, match=said):
        Order(**options)


def test_an_order_survives_being_written():
    order = Order(seed=3, labels=("mask",), yaw=10.0)
    assert Order.read(order.written) == order
