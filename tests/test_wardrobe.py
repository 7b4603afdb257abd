import pytest

from livemask.errors import UsageError
from livemask.masks.none import create as nothing
from livemask.wardrobe import Wardrobe, face_of, will_hide


class Mask:
    def __init__(self, hides=False):
        self.hides = hides


def names(wardrobe, face):
    return [type(mask).__module__.rpartition(".")[2] for mask in wardrobe.masks(face)]


def test_a_mask_is_worn_by_every_face():
    wardrobe = Wardrobe.of(["shaded"])
    assert names(wardrobe, 0) == names(wardrobe, 7) == ["shaded"]


def test_masks_are_worn_one_over_the_other_in_their_order():
    assert names(Wardrobe.of(["wireframe", "shaded", "landmarks"]), 0) == [
        "wireframe",
        "shaded",
        "landmarks",
    ]


def test_a_face_with_masks_of_its_own_wears_no_others():
    wardrobe = Wardrobe.of(["shaded", "wireframe,face=1", "landmarks,face=1"])
    assert names(wardrobe, 0) == ["shaded"]
    assert names(wardrobe, 1) == ["wireframe", "landmarks"]


def test_where_only_one_face_has_a_mask_the_others_are_bare():
    wardrobe = Wardrobe.of(["shaded,face=1"])
    assert names(wardrobe, 0) == []
    assert names(wardrobe, 1) == ["shaded"]


def test_the_face_is_an_option_among_others():
    mask = Wardrobe.of(["wireframe, face = 2 ,width=3"]).masks(2)[0]
    assert mask._width == 3


def test_a_comma_within_quotes_names_no_face():
    assert face_of('paint,file="a,face=1,b.png",face=2') == 2


def test_each_face_wears_a_copy_of_its_own_and_keeps_it():
    wardrobe = Wardrobe([(Mask, None)])
    first, second = wardrobe.masks(0)[0], wardrobe.masks(1)[0]
    assert first is not second
    assert wardrobe.masks(0)[0] is first


def test_masks_for_as_many_faces_as_are_expected_are_made_at_once():
    made = []

    def make():
        made.append(Mask())
        return made[-1]

    wardrobe = Wardrobe([(make, None), (make, 1)], faces=3)
    assert len(made) == 4  # three for all, one for the second face
    for face in (0, 1, 2):
        wardrobe.masks(face)
    assert len(made) == 4


def test_the_masks_of_a_face_that_has_gone_are_handed_on():
    wardrobe = Wardrobe([(Mask, None)])
    worn = wardrobe.masks(3)[0]
    wardrobe.keep(set())
    assert wardrobe.masks(4)[0] is worn


def test_the_masks_of_faces_that_stay_are_not_taken_away():
    wardrobe = Wardrobe([(Mask, None)])
    worn = wardrobe.masks(0)[0]
    wardrobe.keep({0})
    assert wardrobe.masks(0)[0] is worn


def test_whether_a_face_is_hidden_is_known_of_each():
    wardrobe = Wardrobe([(lambda: Mask(True), 1), (Mask, None)])
    assert wardrobe.hides
    assert wardrobe.hides_face(1)
    assert not wardrobe.hides_face(0)
    assert not Wardrobe([(nothing, None)]).hides


@pytest.mark.parametrize("text", ["shaded,face=one", "shaded,face=-1", "shaded,face=0,face=1"])
def test_a_face_that_is_no_number_is_refused(text):
    with pytest.raises(UsageError, match="face="):
        Wardrobe.of([text])


@pytest.mark.parametrize("text", ["moustached,face=1", "shaded,face=1,shine=2"])
def test_unknown_masks_and_options_are_refused_at_once(text):
    with pytest.raises(UsageError):
        Wardrobe.of([text])


@pytest.mark.parametrize(
    ("texts", "hide"),
    [
        (["watermelon"], True),
        (["none"], False),
        (["landmarks", "none,face=1"], False),
        (["landmarks", "shaded,face=1"], True),
    ],
)
def test_whether_masks_hide_is_known_before_they_are_loaded(texts, hide):
    assert will_hide(texts) is hide
    assert Wardrobe.of(texts).hides is hide


@pytest.mark.parametrize("text", ["moustached", "shaded,shine=2", "shaded,face=x"])
def test_what_cannot_be_worn_is_refused_before_it_is_loaded(text):
    with pytest.raises(UsageError):
        will_hide([text])
