"""What is still being loaded is told over the picture."""


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
