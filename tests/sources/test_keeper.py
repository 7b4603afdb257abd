import logging
import threading
from dataclasses import replace

import pytest

from livemask.errors import SourceError
from livemask.pipeline import Pipeline
from livemask.sources.camera import CameraSource
from livemask.sources.camera_info import CameraInfo
from livemask.sources.outages import CALM
from tests.sources.fake_capture import bgr
from tests.sources.fake_machine import FakeMachine
from tests.sources.test_camera import blue, wait_until

BRIO = CameraInfo(0, "Brio", "/dev/video0", place="1-4:1.0", serial="77")
LID = CameraInfo(1, "Integrated Camera", "/dev/video1", place="1-8:1.0")
TWIN = CameraInfo(2, "Integrated Camera", "/dev/video2", place="1-9:1.0")
PATIENCE, SHORT = 30.0, 0.5
GONE, BACK = "the camera Brio has gone; waiting for it.", "the camera Brio is back."


@pytest.fixture
def desk():
    """Return a machine with a Brio, whose pictures are 10 blue."""
    desk = FakeMachine()
    desk.plug(BRIO, 10)
    yield desk
    for capture in desk.captures:
        capture.freed.set()


@pytest.fixture
def opened(desk, caplog):
    """Return a function that opens a camera and reads its first picture."""
    caplog.set_level(logging.INFO, "livemask")
    sources = []

    def open_(device="/dev/video0", system="linux", patience=PATIENCE):
        source = CameraSource(device, (64, 48), patience, desk.open, machine=desk.machine(system))
        sources.append(source)
        source.read()
        return source

    yield open_
    for source in sources:
        source.close()


class Reader:
    """Reads a camera in a thread of its own, as a run does."""

    def __init__(self, source):
        self.frames, self.errors = [], []
        self._source = source
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        try:
            while (frame := self._source.read()) is not None:
                self.frames.append(frame)
        except SourceError as error:
            self.errors.append(error)

    def waits_for(self, value):
        wait_until(lambda: self.frames and blue(self.frames[-1]) == value)

    @property
    def ended(self):
        self._thread.join(10.0)
        return not self._thread.is_alive()


def said(caplog):
    return [record.getMessage() for record in caplog.records]


def lose(desk, camera, caplog):
    """Unplug a camera and wait until that was noticed."""
    desk.unplug(camera)
    wait_until(lambda: any("Waiting for it" in t or "waiting for it" in t for t in said(caplog)))


def test_a_camera_is_called_by_its_name(opened):
    assert opened().name == "the camera Brio"


def test_a_camera_that_is_plugged_in_again_under_another_number_goes_on(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.plug(replace(BRIO, index=6, path="/dev/video6"), 60)
    reader.waits_for(60)
    source.close()
    assert reader.ended
    assert reader.errors == []
    assert said(caplog) == [GONE, BACK]
    assert desk.opened == ["/dev/video0", "/dev/video6"]


def test_the_same_settings_are_asked_of_it_again(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.plug(BRIO, 20)
    reader.waits_for(20)
    source.close()
    first, again = desk.captures
    assert first.asked == again.asked
    assert first.order == again.order


def test_what_was_open_is_released_before_it_is_opened_again(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.plug(BRIO, 20)
    reader.waits_for(20)
    assert desk.captures[0].released == 1
    source.close()
    assert [capture.released for capture in desk.captures] == [1, 1]


def test_indices_count_on_and_times_grow_by_the_real_gap(desk, opened, caplog, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("livemask.sources.grabber.perf_counter", lambda: moment[0])
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    before = len(reader.frames)
    moment[0] = 112.0
    desk.plug(BRIO, 20)
    reader.waits_for(20)
    source.close()
    assert reader.ended
    assert [frame.index for frame in reader.frames] == list(range(1, len(reader.frames) + 1))
    assert reader.frames[before - 1].time < 1.0
    assert 12.0 <= reader.frames[before].time < 13.0
    assert said(caplog) == [GONE, BACK]  # and nothing of being slow


def test_all_frames_have_the_size_of_the_first_also_from_a_camera_that_comes_back_larger(
    desk, opened, caplog
):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.mute.add(BRIO)
    desk.plug(BRIO, 20)
    wait_until(lambda: len(desk.captures) > 1)
    desk.captures[-1].push(bgr(77, (128, 96)))
    reader.waits_for(77)
    source.close()
    assert {frame.image.shape for frame in reader.frames} == {(48, 64, 3)}


def test_pictures_dropped_before_the_gap_stay_counted(desk, opened, caplog):
    source = opened()
    wait_until(lambda: source.dropped > 3)
    before = source.dropped
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.plug(BRIO, 20)
    reader.waits_for(20)
    assert source.dropped >= before


def test_another_camera_that_comes_instead_is_never_taken(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    desk.plug(replace(LID, index=0, path="/dev/video0"), 99)
    desk.wait_for_looks(10)
    source.close()
    assert reader.ended
    assert 99 not in {blue(frame) for frame in reader.frames}
    assert desk.opened == ["/dev/video0"]


def test_another_camera_that_takes_its_number_while_it_opens_is_not_shown(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    real = desk.open

    def exchanged(device, backend):
        desk.plugged.clear()
        desk.plug(replace(LID, index=0, path="/dev/video0"), 99)
        return real(device, backend)

    source._keeper._machine = replace(source._keeper._machine, capture=exchanged)
    desk.plug(BRIO, 20)
    wait_until(lambda: len(desk.captures) == 2)
    desk.wait_for_looks(5)
    source.close()
    assert reader.ended
    assert 99 not in {blue(frame) for frame in reader.frames}


def test_of_two_that_look_the_same_only_the_one_in_its_socket_is_taken(desk, opened, caplog):
    desk.plug(LID, 30)
    desk.plug(TWIN, 40)
    source = opened("/dev/video1")
    reader = Reader(source)
    lose(desk, LID, caplog)
    desk.wait_for_looks(10)
    desk.plug(replace(LID, index=5, path="/dev/video5"), 50)
    reader.waits_for(50)
    source.close()
    assert 40 not in {blue(frame) for frame in reader.frames}


def test_one_that_looks_the_same_and_was_plugged_in_meanwhile_is_not_taken(desk, opened, caplog):
    desk.plug(LID, 30)
    source = opened("/dev/video1")
    reader = Reader(source)
    desk.plug(TWIN, 40)
    lose(desk, LID, caplog)
    desk.wait_for_looks(10)
    source.close()
    assert reader.ended
    assert desk.opened == ["/dev/video1"]


def test_a_camera_that_was_unplugged_too_shortly_to_be_missed_has_gone_all_the_same(
    desk, opened, caplog
):
    source = opened()
    reader = Reader(source)
    with desk.changing:
        desk.unplug(BRIO)
        desk.plug(replace(BRIO, index=6, path="/dev/video6"), 60)
    reader.waits_for(60)
    source.close()
    assert said(caplog) == [GONE, BACK]


def test_where_it_came_back_is_where_it_is_looked_for_from_then_on(desk, opened, caplog):
    source = opened(patience=SHORT)
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    moved = replace(BRIO, index=6, path="/dev/video6", place="2-1:1.0")
    desk.plug(moved, 60)
    reader.waits_for(60)
    desk.now += CALM
    desk.plug(moved, 70)
    desk.captures[-1].silence()
    reader.waits_for(70)
    source.close()
    silent = "the camera Brio has delivered nothing for 0.5 s; waiting for it."
    assert said(caplog) == [GONE, BACK, silent, BACK]


def test_a_camera_that_opens_slowly_is_not_given_up(desk, opened, caplog):
    source = opened(patience=SHORT)
    reader = Reader(source)
    inside, let_go = [], threading.Event()
    real = desk.open

    def slow(device, backend):
        inside.append(device)
        let_go.wait(30.0)
        return real(device, backend)

    source._keeper._machine = replace(source._keeper._machine, capture=slow)
    lose(desk, BRIO, caplog)
    desk.plug(BRIO, 20)
    wait_until(lambda: inside)
    desk.wait_for_looks(150)  # for three times as long as its pictures are waited for
    let_go.set()
    reader.waits_for(20)
    source.close()
    assert inside == ["/dev/video0"]


def test_without_a_name_a_silent_camera_is_an_error(desk, opened):
    desk.plugged.clear()
    desk.plugged[replace(BRIO, index=9, path=None)] = 10
    source = opened(9, patience=SHORT)
    source._keeper._identity = None
    desk.captures[-1].silence()
    reader = Reader(source)
    assert reader.ended
    assert "has delivered nothing for 0.5 s" in str(reader.errors[0])


def test_closing_ends_the_waiting_at_once(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    lose(desk, BRIO, caplog)
    source.close()
    assert reader.ended
    assert reader.errors == []
    assert source.read() is None


def test_a_run_that_waits_for_its_camera_stops_cleanly(desk, opened, caplog):
    source = opened()
    pipeline = Pipeline(patience=30.0)
    pipeline.stage("read", source.read, wake=source.close)
    desk.unplug(BRIO)

    def poll():
        if said(caplog):
            pipeline.stop()

    pipeline.run_until_done(poll)
    assert said(caplog) == [GONE]


def test_a_camera_that_falls_silent_is_opened_again(desk, opened, caplog):
    source = opened(patience=SHORT)
    reader = Reader(source)
    desk.plugged[BRIO] = 20
    desk.captures[0].silence()
    reader.waits_for(20)
    source.close()
    assert said(caplog) == [
        "the camera Brio has delivered nothing for 0.5 s; waiting for it.",
        "the camera Brio is back.",
    ]


def test_a_camera_whose_grab_hangs_is_not_opened_a_second_time_beside_it(desk, opened, caplog):
    source = opened(patience=SHORT)
    reader = Reader(source)
    desk.captures[0].hangs = True
    wait_until(lambda: said(caplog))
    desk.wait_for_looks(10)
    assert len(desk.captures) == 1
    desk.plugged[BRIO] = 20
    desk.captures[0].freed.set()
    reader.waits_for(20)
    source.close()
    assert reader.ended


def test_a_camera_whose_grab_hangs_is_opened_when_it_was_unplugged_meanwhile(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    desk.captures[0].hangs = True
    assert desk.captures[0].hanging.wait(10.0)
    lose(desk, BRIO, caplog)
    desk.wait_for_looks(5)
    desk.plug(BRIO, 20)
    reader.waits_for(20)
    source.close()
    assert reader.ended


def test_a_hanging_grab_does_not_hold_up_the_end(desk, opened):
    source = opened()
    reader = Reader(source)
    desk.captures[0].hangs = True
    assert desk.captures[0].hanging.wait(10.0)
    source.close()
    assert reader.ended


def test_an_opening_that_hangs_does_not_hold_up_the_end(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    inside, let_go = threading.Event(), threading.Event()
    real = desk.open

    def hanging(device, backend):
        inside.set()
        let_go.wait(30.0)
        return real(device, backend)

    source._keeper._machine = replace(source._keeper._machine, capture=hanging)
    lose(desk, BRIO, caplog)
    desk.plug(BRIO, 20)
    assert inside.wait(10.0)
    source.close()
    assert reader.ended
    let_go.set()
    wait_until(lambda: desk.captures[-1].released == 1)


def test_that_another_program_has_taken_it_meanwhile_is_said_once(desk, opened, caplog, tmp_path):
    path = tmp_path / "video0"
    path.touch()
    camera = replace(BRIO, path=str(path), users=())
    desk.plugged = {camera: 10}
    source = opened(str(path))
    reader = Reader(source)
    lose(desk, camera, caplog)
    taken = replace(camera, users=("zoom (4711)",))
    desk.refused.add(taken)
    desk.plug(taken, 20)
    wait_until(lambda: len(desk.captures) > 12)
    desk.refused.clear()
    reader.waits_for(20)
    source.close()
    (text,) = (text for text in said(caplog) if "zoom" in text)
    assert text == (
        f"the camera {path} is in use by zoom (4711). Close it, or give a film, photo or folder: "
        "livemask run --source FILE. Waiting for it."
    )


def test_of_a_camera_that_comes_and_goes_little_is_said(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    for turn in range(1, 6):
        desk.unplug(BRIO)
        desk.wait_for_looks(5)
        desk.plug(BRIO, 20 + turn)
        reader.waits_for(20 + turn)
    source.close()
    assert said(caplog) == [
        GONE,
        BACK,
        "the camera Brio comes and goes; is its plug loose? Waiting for it.",
    ]


def test_after_a_calm_minute_it_is_said_again(desk, opened, caplog):
    source = opened()
    reader = Reader(source)
    for turn in (1, 2):
        desk.unplug(BRIO)
        desk.wait_for_looks(5)
        desk.plug(BRIO, 20 + turn)
        reader.waits_for(20 + turn)
        desk.now += CALM
    source.close()
    assert said(caplog) == 2 * [GONE, BACK]


@pytest.mark.parametrize(("cameras", "tried"), [(1, 2), (2, 1)])
def test_a_second_back_end_counts_otherwise_and_is_asked_only_for_the_only_camera(
    desk, opened, cameras, tried
):
    only = CameraInfo(0, "HD Camera", place="@device_pnp_1")
    desk.plugged = {only: 10}
    if cameras == 2:
        desk.plug(CameraInfo(1, "OBS Virtual Camera", place="@device_sw_2"), 20)
    desk.refused.add(only)
    with pytest.raises(SourceError, match="does not open"):
        opened(0, system="win32")
    assert len(desk.captures) == tried


def test_on_a_mac_with_several_cameras_it_is_said_that_the_number_is_not_certain(
    desk, opened, caplog
):
    desk.plugged = {CameraInfo(0, "FaceTime"): 10, CameraInfo(1, "Brio"): 20}
    source = opened(1, system="darwin")
    assert source.name == "camera 1"
    (text,) = said(caplog)
    assert text == (
        "there are 2 cameras, which macOS may count otherwise than `livemask cameras`. Look "
        "whether camera 1 is the one you mean; if not, try another number."
    )


def test_on_a_mac_a_camera_that_is_back_beside_others_is_not_taken(desk, opened, caplog):
    brio = CameraInfo(0, "Brio")
    desk.plugged = {brio: 10}
    source = opened(0, system="darwin")
    reader = Reader(source)
    lose(desk, brio, caplog)
    desk.plug(CameraInfo(0, "FaceTime"), 99)
    desk.plug(CameraInfo(1, "Brio"), 20)
    wait_until(lambda: len(said(caplog)) == 2)
    desk.wait_for_looks(5)
    assert len(desk.captures) == 1
    del desk.plugged[CameraInfo(0, "FaceTime")]
    reader.waits_for(20)
    source.close()
    assert said(caplog) == [
        "the camera Brio has gone; waiting for it.",
        "the camera Brio is there, but not alone; unplug the others. Waiting for it.",
        "the camera Brio is back.",
    ]


def test_a_camera_that_is_too_slow_is_said_to_be_once(desk, opened, caplog, monkeypatch):
    moment = [0.0]
    monkeypatch.setattr("livemask.sources.grabber.perf_counter", lambda: moment[0])
    source = opened()
    capture = desk.captures[0]
    capture.silence()
    wait_until(lambda: source._keeper._grabber.arrived > 0)
    for number in range(60):
        moment[0] += 0.2
        capture.push(bgr(100 + number))
        while blue(source.read()) != 100 + number:
            pass
    source.close()
    (text,) = said(caplog)
    assert text == (
        "the camera Brio delivers 5 frames/s of 30. Give it more light, let it keep its rate in "
        "the dark (v4l2-ctl -d /dev/video0 -c exposure_dynamic_framerate=0), or ask for a smaller "
        "picture: --size 640x480"
    )
