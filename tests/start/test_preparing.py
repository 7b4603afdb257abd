"""What is made before the first face is masked."""

from concurrent.futures import ThreadPoolExecutor

from livemask.config import Config
from livemask.start.preparing import Preparation
from livemask.statistics import Statistics


def test_a_photo_that_is_asked_for_before_all_is_loaded_is_waited_for_and_no_other_mask(tmp_path):
    photo = tmp_path / "me.png"
    photo.touch()
    prepare, asked = Preparation(Config(), Statistics()), []
    with ThreadPoolExecutor(1) as other:
        later = other.submit(prepare.dress, (f"swap,photo={photo}",))
        assert prepare.dress(("toon",)).hides
        assert not later.done()
        prepare._portraits.set_result(lambda *photo: asked.append(photo))
        assert later.result(10).hides
    assert asked == [(photo, 0)]
