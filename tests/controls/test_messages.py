"""What went wrong, for whoever shows it."""

import logging

import pytest

from livemask.controls.messages import KEPT, Messages

LOG = logging.getLogger("livemask")


@pytest.fixture
def messages():
    messages = Messages()
    LOG.addHandler(messages)
    yield messages
    LOG.removeHandler(messages)


def texts(messages):
    return [message.text for message in messages.shown]


def test_warnings_and_errors_are_kept_and_nothing_else(messages):
    LOG.info("all is well")
    LOG.warning("%d frames were late", 3)
    LOG.error("the film has ended")
    assert texts(messages) == ["3 frames were late", "the film has ended"]
    assert [message.serious for message in messages.shown] == [False, True]


def test_the_oldest_gives_way(messages):
    for number in range(KEPT + 2):
        LOG.warning("%d", number)
    assert texts(messages) == [str(number) for number in range(2, KEPT + 2)]


def test_what_is_said_again_is_kept_once_and_as_the_newest(messages):
    for text in ("a", "b", "a"):
        LOG.warning(text)
    assert texts(messages) == ["b", "a"]


def test_what_is_for_the_log_file_alone_is_not_kept(messages):
    LOG.error("a traceback", extra={"elsewhere": True})
    assert messages.shown == ()


def test_one_is_taken_away_and_the_others_stay(messages):
    LOG.warning("a")
    LOG.warning("b")
    messages.dismiss(messages.shown[0])
    assert texts(messages) == ["b"]
