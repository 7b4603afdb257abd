from dataclasses import replace

import numpy as np
import pytest

from livemask.arkit import MAY_MISS, NAMES, arkit_rows
from livemask.errors import ModelError
from tests.heads import shipped
from tests.masks import tiny


def test_the_shipped_head_has_them_all_in_arkits_order():
    assert shipped().expression_names == NAMES
    assert arkit_rows(shipped(), "--vmc") == tuple(range(52))


def test_their_rows_are_found_in_any_order():
    turned = replace(
        shipped(),
        expression_names=shipped().expression_names[::-1],
        expressions=shipped().expressions[::-1],
    )
    assert arkit_rows(turned, "--vmc") == tuple(range(51, -1, -1))


def test_a_tongue_may_miss():
    kept = np.array([name not in MAY_MISS for name in NAMES])
    names = tuple(name for name in NAMES if name not in MAY_MISS)
    mute = replace(shipped(), expression_names=names, expressions=shipped().expressions[kept])
    rows = arkit_rows(mute, "--vmc")
    assert rows[NAMES.index("tongueOut")] == -1
    assert sorted(rows) == list(range(-1, 51))


def test_a_model_without_these_names_is_refused_with_the_reason_and_what_to_use():
    with pytest.raises(ModelError) as error:
        arkit_rows(tiny.model(), "--vmc")
    for word in ("--vmc", "tiny", "50", "eyeBlinkLeft", "--model head"):
        assert word in str(error.value)
