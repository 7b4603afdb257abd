"""What is still being loaded is told over the picture."""

from dataclasses import replace


def test_it_is_told_over_the_picture_until_all_is_ready(panel):
    panel.controls.doing = lambda: "loading the head model"
    panel.look()
    (box,) = panel.screen.layout.soft(panel.size)
    left, bottom, right, top = panel.screen.layout.room(panel.size)
    assert left < box[0] < box[2] < right
    assert bottom < box[1] < box[3] < top
    drawn = panel.picture()[panel.size[1] - box[3] : panel.size[1] - box[1], box[0] : box[2]]
    assert drawn.max() > 200
    panel.controls.doing = lambda: ""
    panel.look()
    assert panel.screen.layout.soft(panel.size) == ()


def test_the_bar_says_that_it_gets_ready_rather_than_that_nobody_is_seen(panel):
    def bar():
        panel.look()
        picture, top = panel.picture(), round(panel.places["panic"].top)
        left = round(panel.places["panic"].right) + 16
        return picture[top : top + 24, left : left + 120].copy()

    seen = bar()
    panel.scene = replace(panel.scene, fits=())
    nobody = bar()
    panel.controls.doing = lambda: "loading the head model"
    ready = bar()
    assert (seen != nobody).any()
    assert (ready != nobody).any()
    assert (ready != seen).any()
