from dataclasses import replace

import pytest

from livemask.bench.advice import NOBODY, advice, limit
from livemask.bench.measured import Cost, Measured, Taken

QUICK = Cost(track=8.0, draw=10.0, work=20.0)  # 100 a second on two cores
SLOW = Cost(track=8.0, draw=50.0, work=60.0)  # 20
GOOD = Measured(
    size=(1280, 720),
    wanted=30.0,
    reached=30.0,
    frames=300,
    tracked=300,
    dropped=0,
    cores=2,
    memory=500.0,
    stages={"track": Taken(8.0, 12.0), "render": Taken(10.0, 15.0)},
    mask="textured",
    masks={"textured": QUICK, "wireframe": QUICK},
    sizes={(640, 360): QUICK, (1920, 1080): SLOW},
    recording=(5.0, 9.0),
)


def told(measured):
    return "\n".join(advice(measured))


def worn(cost, **more):
    return replace(GOOD, masks={"textured": cost}, **more)


def test_the_slowest_stage_sets_the_pace():
    assert Cost(track=8.0, draw=50.0, work=60.0).rate(cores=4) == pytest.approx(20.0)


def test_too_few_cores_set_the_pace_where_there_is_more_work_than_they_can_do():
    cost = Cost(track=10.0, draw=10.0, work=60.0)
    assert cost.rate(cores=8) == pytest.approx(100.0)
    assert cost.rate(cores=1) == pytest.approx(1000 / 60)
    assert (cost.limit(cores=1), cost.limit(cores=8)) == ("processor", "tracking")


def test_recording_adds_a_stage_and_work():
    cost = QUICK.recorded(25.0, 40.0)
    assert (cost.record, cost.work) == (25.0, 60.0)
    assert cost.rate(cores=2) == pytest.approx(1000 / 30)
    assert cost.limit(cores=4) == "recording"


def test_a_quick_machine_is_told_that_all_is_well():
    lines = advice(GOOD)
    assert lines[0] == (
        "100 pictures per second could be masked with textured; the source gives 30: "
        "this machine keeps up with room to spare."
    )
    assert lines[1] == "Every mask keeps up with 30 pictures per second."
    assert lines[2] == "--record takes 5 ms a picture and can be used."
    assert lines[3] == "The largest picture that keeps up, with --record too: --size 1280x720."


def test_what_limits_is_named():
    assert limit(GOOD) == "source"
    assert limit(worn(SLOW)) == "drawing"
    assert "drawing takes longest, 50 ms" in told(worn(SLOW))
    slow_tracking = Cost(track=60.0, draw=10.0, work=70.0)
    assert "tracking takes longest, 60 ms" in told(worn(slow_tracking))
    busy = Cost(track=20.0, draw=20.0, work=60.0)
    assert "one core is too few for 60 ms of work" in told(worn(busy, cores=1))


def test_pictures_that_did_not_come_through_are_not_hidden():
    assert "Only 17 came through" in told(replace(GOOD, reached=17.2))
    assert "came through" not in told(GOOD)


def test_masks_that_are_too_slow_are_named_with_their_rate():
    masks = {"textured": QUICK, "watermelon": SLOW}
    expected = "Masks that keep up: textured; that do not, with their rate: watermelon (20)."
    assert expected in advice(replace(GOOD, masks=masks))
    assert "No mask keeps up with 30 pictures per second: textured (20)." in advice(worn(SLOW))


def test_a_camera_of_sixty_pictures_asks_no_mask_for_more_than_thirty():
    assert "Every mask keeps up with 30" in told(worn(Cost(25.0, 25.0, work=50.0), wanted=60.0))


def test_recording_is_advised_against_where_it_costs_the_rate():
    assert "leave it out, or take a smaller picture" in told(replace(GOOD, recording=(45.0, 60.0)))
    assert "--record takes 5 ms a picture; with it 20" in told(worn(SLOW))
    assert "there is no encoder" in told(replace(GOOD, recording=None))


def test_the_largest_size_that_keeps_up_is_told_with_and_without_recording():
    heavy = replace(GOOD, recording=(40.0, 40.0))
    assert advice(heavy)[-1] == (
        "The largest picture that keeps up: --size 1280x720, with --record 640x360."
    )
    heavier = replace(GOOD, recording=(400.0, 400.0))
    assert "--size 1280x720; with --record none does" in advice(heavier)[-1]
    slow = worn(SLOW, sizes={(640, 360): SLOW})
    assert "No size keeps up; --size 640x360 is the quickest" in advice(slow)[-1]


def test_without_a_face_nothing_is_concluded():
    assert advice(replace(GOOD, masks={}, sizes={}, tracked=0)) == [NOBODY]


def test_where_a_face_was_rarely_seen_it_is_said():
    assert advice(replace(GOOD, tracked=100))[0].startswith("A face was seen in only 100 of 300")
