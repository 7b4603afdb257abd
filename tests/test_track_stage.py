"""What is shown when, frame by frame, with a detector that the test directs."""

import numpy as np
import pytest

from livemask.geometry import rigid
from livemask.people import People
from livemask.records import Effect, Frame, Light, Mesh, State
from livemask.showing import Showing
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.tracking.manner import Manner
from livemask.tracking.track import HOLD
from livemask.tracking.tracker import FORGET, WAIT, WAIT_CAREFULLY
from livemask.wardrobe import Wardrobe
from tests.heads import CAMERA, shipped
from tests.tracking.test_track import FACE, STEP, WALL, Detector, points_at


def around_the_middle(image):
    """Return the box of the face in a picture of its surroundings alone, if it is one."""
    height, width = image.shape[:2]
    if width >= CAMERA.size[0] / 2:
        return []
    x, y, half = width / 2, height / 2, width / 3.6
    return [(x - half, y - half, x + half, y + half, 1.0)]


class Directed(Detector):
    """Finds a face by search while `here`."""

    def __init__(self):
        super().__init__()
        self.here = False

    def find(self, image, scale=1.0, upsample=0):
        if not self.here:
            return []
        return around_the_middle(image) or [(500.0, 200.0, 780.0, 480.0, 1.0)]


class Mask:
    def __init__(self, hides):
        self.hides, self.dressed = hides, []

    def layers(self, model, fit, frame, light, time):
        assert isinstance(light, Light)
        self.dressed.append(fit)
        return (
            Mesh(
                np.zeros((3, 3), np.float32),
                np.zeros((1, 3), np.int32),
                np.zeros((3, 3), np.float32),
                fit.camera,
                fit.camera_from_head,
            ),
        )


def worn(mask):
    return Wardrobe([(lambda: mask, None)])


class Show:
    def __init__(self, hides=True, **options):
        self.detector, self.statistics, self.mask = Directed(), Statistics(), Mask(hides)
        self.stage = TrackStage(
            shipped(), self.detector, CAMERA, worn(self.mask), self.statistics, **options
        )
        self.index = 0

    def step(self, image=FACE):
        self.index += 1
        return self.stage(Frame(image, self.index * STEP, self.index))

    def lose(self):
        """Let the face be gone for as long as it is held, and return all scenes."""
        self.detector.here = False
        return [self.step(WALL) for _ in range(int(HOLD / STEP))]


@pytest.fixture
def show():
    return Show()


def is_blurred(scene):
    (first, *_) = scene.layers or (None,)
    return isinstance(first, Effect) and first.look == "blur" and first.region is None


def test_before_the_first_fit_a_mask_that_hides_has_everything_blurred(show):
    scene = show.step(WALL)
    assert is_blurred(scene)
    assert scene.fits == ()
    assert scene.layers[0].region is None


def test_before_the_first_fit_another_mask_shows_the_video():
    assert Show(hides=False).step(WALL).layers == ()


def test_the_first_frame_in_which_a_face_is_found_wears_the_mask(show):
    show.detector.here = True
    scene = show.step()
    assert scene.fits[0].state is State.TRACKED
    assert isinstance(scene.layers[0], Mesh)


def test_a_lost_face_is_held_half_a_second_and_then_blurred(show):
    show.detector.here = True
    for _ in range(3):
        last = show.step()
    held = show.lose()
    assert all(scene.fits[0].state is State.HELD for scene in held)
    assert all(isinstance(scene.layers[-1], Mesh) for scene in held)
    np.testing.assert_array_equal(held[-1].fits[0].camera_from_head, last.fits[0].camera_from_head)
    assert is_blurred([show.step(WALL), show.step(WALL)][-1])


def test_no_scene_of_a_mask_that_hides_is_ever_bare(show):
    scenes = [show.step(WALL) for _ in range(3)]
    show.detector.here = True
    scenes += [show.step() for _ in range(3)] + show.lose()
    scenes += [show.step(WALL) for _ in range(5)]
    show.detector.here = True
    scenes += [show.step() for _ in range(2)]
    assert all(scene.layers for scene in scenes)


def test_where_the_mask_is_told_to_stay_it_stays_for_as_long_as_the_face_is_lost():
    for when_lost in ("hold", "mask"):
        show = Show(people=People(when_lost=when_lost))
        assert is_blurred(show.step(WALL))
        show.detector.here = True
        last = [show.step() for _ in range(12)][-1].fits[0]
        show.lose()
        lost = [show.step(WALL) for _ in range(30)]
        assert all(isinstance(scene.layers[-1], Mesh) for scene in lost)
        assert all(scene.fits == () for scene in lost[2:])
        np.testing.assert_allclose(
            show.mask.dressed[-1].camera_from_head, last.camera_from_head, atol=5.0
        )
        widths = [np.ptp(scene.layers[0].region[:, 0]) for scene in lost]
        assert bool(widths[-1] > 1.2 * widths[0]) == (when_lost == "mask")


def test_where_it_is_told_to_freeze_the_last_picture_stays_as_soon_as_the_face_is_not_seen():
    show = Show(people=People(when_lost="freeze"))
    assert is_blurred(show.step(WALL))
    show.detector.here = True
    last = [show.step() for _ in range(12)][-1]
    lost = [*show.lose(), *(show.step(WALL) for _ in range(30))]
    assert all(scene.frame.image is last.frame.image for scene in lost)
    assert all(scene.layers is last.layers for scene in lost)
    assert [scene.frame.index for scene in lost] == list(range(14, 14 + len(lost)))
    show.detector.here = True
    assert [show.step() for _ in range(3)][-1].layers is not last.layers


def test_where_the_real_face_is_asked_for_it_is_shown():
    show = Show(people=People(when_lost="real"))
    assert show.step(WALL).layers == ()
    show.detector.here = True
    show.step()
    show.lose()
    assert [show.step(WALL), show.step(WALL)][-1].layers == ()


def test_a_blur_that_is_asked_for_holds_for_masks_that_do_not_hide():
    show = Show(hides=False, people=People(when_lost="blur"))
    assert is_blurred(show.step(WALL))


def test_while_a_mask_that_hides_is_only_held_more_and_more_around_it_is_blurred(show):
    show.detector.here = True
    show.step()
    held = show.lose()
    widths = [np.ptp(scene.layers[0].region[:, 0]) for scene in held]
    assert all(isinstance(scene.layers[1], Mesh) for scene in held)
    assert widths == sorted(widths)
    assert widths[-1] > 1.5 * widths[0]


def test_what_comes_before_a_face_is_drawn_over_its_mask_if_that_is_asked_for(show):
    show.stage.show(Showing(occlusion="auto"))
    show.detector.here = True
    bare = [show.step() for _ in range(25)]
    covered = FACE.copy()
    covered[400:] = (20, 90, 220)
    masked = [show.step(covered) for _ in range(8)]

    assert all(len(scene.layers) == 1 for scene in bare)
    assert max(len(scene.layers) for scene in masked) == 2


def test_where_the_background_is_replaced_nobody_is_shown_who_is_not_tracked(show):
    black = np.zeros_like(WALL)
    show.stage.show(Showing(background="#000000"), black)

    before = show.step(WALL)
    show.detector.here = True
    there = [show.step() for _ in range(3)]
    show.lose()
    gone = [show.step(WALL), show.step(WALL)][-1]

    assert before.layers == gone.layers == ()
    assert all(scene.background is black for scene in (before, *there, gone))
    assert there[-1].layers[0].material.texture == "frame"  # the kept head


def test_a_mask_that_is_put_on_meanwhile_is_worn_from_the_next_frame(show):
    show.detector.here = True
    show.step()
    other = Mask(False)
    show.stage.wardrobe = worn(other)
    show.step()
    assert len(other.dressed) == 1
    assert len(show.mask.dressed) == 1


def test_masks_that_are_held_off_are_gone_in_the_next_frame_and_back_in_the_one_after(show):
    show.detector.here = True
    show.step()
    show.stage.undress(True)
    assert show.step().layers == ()
    assert show.step().fits
    show.stage.undress(False)
    assert isinstance(show.step().layers[0], Mesh)


def test_a_picture_without_masks_is_never_the_one_that_stays():
    show = Show(people=People(when_lost="freeze"))
    show.detector.here = True
    masked = [show.step() for _ in range(3)][-1]
    show.stage.undress(True)
    show.step()
    show.stage.undress(False)
    assert all(scene.layers is masked.layers for scene in show.lose())


def test_switching_while_no_face_is_there_hides_as_the_new_mask_does(show):
    show.stage.wardrobe = worn(Mask(False))
    assert show.step(WALL).layers == ()
    show.stage.wardrobe = worn(Mask(True))
    assert is_blurred(show.step(WALL))


def test_a_scene_carries_the_frame_that_it_was_fitted_to(show):
    show.detector.here = True
    scene = show.step()
    assert scene.frame.index == show.index


def test_an_error_of_the_mask_is_not_hidden(show):
    def broken(*_):
        raise ZeroDivisionError

    show.detector.here = True
    show.mask.layers = broken
    with pytest.raises(ZeroDivisionError):
        show.step()


def test_the_times_of_its_parts_are_counted(show):
    show.detector.here = True
    for _ in range(3):
        show.step()
    stages = show.statistics.summary()["stages"]
    assert set(stages) >= {"detect", "landmarks", "fit", "smooth", "mesh"}
    assert stages["fit"]["count"] == 3


def test_live_it_searches_in_a_thread_and_ends_it():
    detector = Directed()
    stage = TrackStage(shipped(), detector, CAMERA, worn(Mask(True)), Statistics(), live=True)
    assert is_blurred(stage(Frame(WALL, 0.0, 0)))
    stage.close()
    stage.close()


class Pair:
    """Two people side by side, of whom the detector sees those that are here."""

    PLACES = (-150.0, 150.0)  # mm
    DISTANCES = (850.0, 900.0)  # the first is the larger one

    def __init__(self, hides=(True, True), people=None):
        self.here, self.statistics, self.index = [True, True], Statistics(), 0
        self.masks = [Mask(one) for one in hides]
        wardrobe = Wardrobe([(lambda m=m: m, face) for face, m in enumerate(self.masks)])
        people = people or People(most=2)
        self.stage = TrackStage(shipped(), self, CAMERA, wardrobe, self.statistics, people=people)

    @staticmethod
    def points(at):
        return points_at(rigid(np.eye(3), np.array([Pair.PLACES[at], 0.0, -Pair.DISTANCES[at]])))

    def detect(self, frame, region, roll=0.0):
        middle = 0.5 * (region[0] + region[2])
        at = int(middle > CAMERA.centre[0])
        return self.points(at) if self.here[at] else None

    def find(self, image, scale=1.0, upsample=0):
        if (near := around_the_middle(image)) or image.shape[1] < CAMERA.size[0]:
            return near
        boxes = [self.points(at)[17:] for at in (0, 1) if self.here[at]]
        return [(*box.min(0), *box.max(0), 1.0) for box in boxes]

    def step(self, frames=1):
        for _ in range(frames):
            self.index += 1
            scene = self.stage(Frame(FACE, self.index * STEP, self.index))
        return scene


def frames(seconds):
    return int(seconds / STEP)


def test_two_faces_are_tracked_and_each_wears_its_mask():
    pair = Pair()
    scene = pair.step(20)
    assert [fit.id for fit in scene.fits] == [0, 1]
    assert [fit.id for mask in pair.masks for fit in mask.dressed[-1:]] == [0, 1]
    assert len(scene.layers) == 2
    left, right = (fit.camera_from_head[0, 3] for fit in scene.fits)
    assert (left, right) == pytest.approx(Pair.PLACES, abs=15.0)


def test_everything_is_blurred_while_one_of_two_hidden_faces_is_waited_for():
    pair = Pair()
    pair.step(20)
    pair.here[0] = False
    held = pair.step(frames(HOLD) - 2)
    assert [fit.state for fit in held.fits] == [State.HELD, State.TRACKED]
    scene = pair.step(4)
    assert is_blurred(scene)
    assert [fit.id for fit in scene.fits] == [1]
    assert is_blurred(pair.step(frames(FORGET)))
    pair.index += frames(WAIT_CAREFULLY)
    assert not is_blurred(pair.step(2))


def test_who_sits_where_a_lost_one_sat_has_taken_their_place():
    pair = Pair()
    pair.step(20)
    pair.here[0] = False
    assert is_blurred(pair.step(frames(HOLD) + 4))
    pair.stage._tracker.tracks[0]._appearance.likeness = lambda *_: -1.0  # somebody else
    pair.here[0] = True
    scene = pair.step(10)
    assert [fit.id for fit in scene.fits] == [1, 2]
    assert not is_blurred(scene)


def test_what_is_no_face_at_a_closer_look_takes_nobodys_place(monkeypatch):
    """A search may take the profile of who is lost for somebody else."""
    pair = Pair()
    pair.step(20)
    pair.here[0] = False
    pair.step(frames(HOLD) + 4)
    pair.stage._tracker.tracks[0]._appearance.likeness = lambda *_: -1.0
    monkeypatch.setattr(pair.stage._search, "look", lambda *_: None)
    pair.here[0] = True
    assert all(is_blurred(pair.step()) for _ in range(10))


def test_where_somebody_left_by_the_border_the_picture_stays_blurred_for_a_while():
    pair = Pair()
    pair.step(20)
    pair.stage._tracker.tracks[0]._view = 0.7
    pair.here[0] = False
    scene = pair.step(frames(HOLD) + 4)
    assert not is_blurred(scene)
    (blur,) = (layer for layer in scene.layers if isinstance(layer, Effect))
    assert (blur.region.min(0) < Pair.points(0).min(0)).all()
    assert (blur.region.max(0) > Pair.points(0).max(0)).all()
    pair.index += frames(FORGET)
    assert all(isinstance(layer, Mesh) for layer in pair.step().layers)


def test_nothing_is_blurred_while_a_face_is_missed_whose_mask_does_not_hide():
    pair = Pair(hides=(False, True))
    pair.step(20)
    pair.here[0] = False
    assert not is_blurred(pair.step(frames(HOLD) + 3))


def test_when_both_are_lost_everything_is_blurred_until_one_is_found():
    pair = Pair(hides=(True, False))
    pair.step(20)
    pair.here = [False, False]
    pair.step(frames(HOLD) + 3)
    assert is_blurred(pair.step(frames(WAIT)))
    pair.here = [True, True]
    assert not is_blurred(pair.step(2))


def test_passers_by_are_left_alone_blurred_or_masked_and_never_in_the_data():
    shown = {}
    for others in ("real", "blur", "mask"):
        pair = Pair(people=People(others=others))
        scene = pair.step(20)
        assert [fit.id for fit in scene.fits] == [0]
        shown[others] = [type(layer) for layer in scene.layers]
    assert shown == {"real": [Mesh], "blur": [Effect, Mesh], "mask": [Mesh, Mesh]}


def test_the_blur_of_a_passer_by_lies_on_their_head():
    scene = Pair(people=People(others="blur")).step(20)
    (blur,) = (layer for layer in scene.layers if isinstance(layer, Effect))
    stranger = Pair.points(1)
    assert (blur.region.min(0) < stranger.min(0)).all()
    assert (blur.region.max(0) > stranger.max(0)).all()


def test_a_passer_by_who_is_lost_stays_blurred_for_a_while_and_more_widely():
    pair = Pair(people=People(others="blur"))
    seen = pair.step(20).layers[0].region
    pair.here[1] = False
    lost = pair.step(frames(HOLD) + 3).layers[0]
    assert np.ptp(lost.region, axis=0) == pytest.approx(1.6 * np.ptp(seen, axis=0), rel=0.05)
    assert isinstance(pair.step(frames(WAIT)).layers[0], Effect)
    assert isinstance(pair.step(frames(FORGET - WAIT)).layers[0], Mesh)


def test_a_face_that_returns_is_shown_where_it_is_and_not_dragged_there():
    pair = Pair()
    pair.step(20)
    pair.here[0] = False
    pair.step(frames(2.0 * HOLD))
    pair.here[0] = True
    fit = next(f for f in pair.step(8).fits if f.id == 0)
    assert fit.state is State.TRACKED
    assert fit.camera_from_head[0, 3] == pytest.approx(Pair.PLACES[0], abs=15.0)


def test_faces_that_are_found_and_lost_are_logged_once(caplog):
    caplog.set_level("INFO", "livemask")
    pair = Pair()
    pair.step(20)
    pair.here[1] = False
    pair.step(frames(2.0 * HOLD))
    said = [record.getMessage() for record in caplog.records]
    assert [text.partition(" at")[0] for text in said] == [
        "face 0 is there",
        "face 1 is there",
        "face 1 is lost",
    ]


def test_a_fast_fit_leaves_flow_lids_and_gaze_out_and_looks_at_the_light_less_often():
    counts = {}
    for level in ("fast", "full"):
        show = Show(manner=Manner(fit=level))
        show.detector.here = True
        looks, update = [], show.stage._light.update
        show.stage._light.update = lambda *given, u=update, k=looks: k.append(1) or u(*given)
        for _ in range(10):
            assert show.step().fits
        seen = {"flow", "lids", "gaze"} & set(show.statistics.summary()["stages"])
        counts[level] = (seen, len(looks))
    assert counts == {"fast": (set(), 1), "full": ({"flow", "lids", "gaze"}, 10)}


def test_what_is_spared_is_done_again_afterwards_and_nobody_is_lost_over_it():
    show = Show()
    show.detector.here = True
    looked = []
    for spare in (False, True, False):
        show.stage.spare(spare)
        before = show.statistics.summary()["stages"].get("lids", {"count": 0})["count"]
        for _ in range(5):
            assert [fit.state for fit in show.step().fits] == [State.TRACKED]
        looked.append(show.statistics.summary()["stages"]["lids"]["count"] - before)
    assert looked == [5, 0, 5]
