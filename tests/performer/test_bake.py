import numpy as np

from livemask.performer.bake import Bake

UV = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]], np.float32)
TRIANGLES = np.array([[0, 1, 2], [0, 2, 3]], np.int32)


def test_values_at_texels_are_those_of_the_surface_there():
    bake = Bake.of(UV, TRIANGLES, 64)
    rows, columns = np.divmod(bake.texels, 64)
    values = bake.values(UV)  # so each texel should get its own place
    inside = (np.abs((columns + 0.5) / 64 - 0.5) < 0.4) & (np.abs((rows + 0.5) / 64 - 0.5) < 0.4)
    assert inside.sum() > 2500
    wanted = np.stack([(columns + 0.5) / 64, (rows + 0.5) / 64], 1)
    assert np.allclose(values[inside], wanted[inside], atol=1e-5)


def test_triangles_spill_a_texel_over_their_edges_and_no_more():
    bake = Bake.of(UV, TRIANGLES, 64)  # whose edges are at 5.9 and 57.1
    for places in np.divmod(bake.texels, 64):
        assert places.min() in (4, 5)
        assert places.max() in (58, 59)


def test_either_winding_is_drawn():
    there = Bake.of(UV, TRIANGLES, 32).texels
    back = Bake.of(UV, np.ascontiguousarray(TRIANGLES[:, ::-1]), 32).texels
    assert (there == back).all()
