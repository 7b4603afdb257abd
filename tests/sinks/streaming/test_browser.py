"""The pages in a real Chromium, of a stream of ours and of the whole program."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from livemask.errors import AssetError
from livemask.sinks import stream
from tests.sinks.films import output
from tests.sinks.streaming.browser import browsing, decoded, missing
from tests.sinks.streaming.looking import Masks, show, streaming

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240.0  # s: where nothing is compiled yet, a start takes long
RED = (220, 40, 30)

pytestmark = pytest.mark.skipif(
    bool(missing()),
    reason=f"{', '.join(missing())} not installed: apt-get install chromium chromium-driver",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@contextmanager
def program(*arguments):
    """Run livemask with a stream at a free port; yield its process and its address."""
    command = [sys.executable, "-m", "livemask", "run", "--headless", "--stream", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.kill()
        process.communicate()


def until(condition, meanwhile=lambda: None):
    """Return what a condition comes to, as soon as it is true."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end
        meanwhile()
        time.sleep(0.05)
    return value


def text(browser, name):
    return browser.run(f"return document.getElementById('{name}').textContent")


def shown(browser):
    """Return the picture in the page, RGBA."""
    found = browser.call("POST", "/element", using="css selector", value="#picture")
    return decoded(browser.picture_of(found))


def green(image):
    """Return how much greener than red the middle of a picture is."""
    height, width = image.shape[:2]
    middle = image[height // 4 : height // 2, 2 * width // 5 : 3 * width // 5].astype(int)
    return np.mean(middle[..., 1] - middle[..., 0])


def test_a_run_is_seen_moving_and_its_mask_is_chosen_by_a_click(browser, tmp_path):
    options = ("--source", "performer", "--size", "640x360", "--mask", "gold")
    with program(*options) as (process, address):
        browser.open(address)
        until(lambda: text(browser, "face") == "tracked")
        assert text(browser, "size") == "640 × 360"
        until(lambda: text(browser, "condition") == "live")
        first = shown(browser)
        until(lambda: np.abs(shown(browser).astype(int) - first).mean() > 1.0)
        assert green(shown(browser)) < 0
        browser.click("button[value=watermelon]")
        until(lambda: green(shown(browser)) > 10)
        assert text(browser, "worn") == "watermelon"
        (tmp_path / "page.png").write_bytes(browser.screenshot())  # for who wants to look
        assert browser.complaints() == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    until(lambda: text(browser, "condition") == "not connected")
    assert not browser.run("return document.getElementById('picture').hasAttribute('src')")


def test_the_page_says_why_a_mask_cannot_be_worn(browser):
    class Broken(Masks):
        def wear(self, *masks, safely=False):
            raise AssetError("the file of clay has gone; fetch it again.")

    with streaming(Broken("toon", "clay")) as sink:
        browser.open(sink.address)
        until(lambda: browser.run("return document.querySelectorAll('button').length") == 2)
        browser.click("button[value=clay]")
        until(lambda: text(browser, "error") == "the file of clay has gone; fetch it again.")
        assert text(browser, "worn") == "toon"


def test_the_transparent_page_shows_what_lies_behind_it(browser):
    image = np.zeros((180, 320, 4), np.uint8)
    image[:, 160:] = (*RED, 255)
    with streaming() as sink:
        browser.open(f"{sink.address}alpha")
        nothing = dict.fromkeys("rgba", 0)
        browser.tell("Emulation.setDefaultBackgroundColorOverride", color=nothing)
        try:
            loaded = "return document.getElementById('picture').naturalWidth"
            until(lambda: browser.run(loaded) == 320, lambda: sink.send(output(image)))
            seen = decoded(browser.screenshot())
        finally:
            browser.tell("Emulation.setDefaultBackgroundColorOverride")
        assert browser.complaints() == []
    height, width = seen.shape[:2]
    assert not seen[height // 2, width // 4, 3]
    assert seen[height // 2, 3 * width // 4, 3] == 255
    assert np.abs(seen[height // 2, 3 * width // 4, :3].astype(int) - RED).max() < 12


def test_the_transparent_page_says_what_the_run_lacks(browser):
    with streaming() as sink:
        browser.open(f"{sink.address}alpha")
        wanted = "livemask must run with --background transparent"
        until(lambda: text(browser, "notice") == wanted, lambda: show(sink, RED))


@pytest.mark.parametrize("page", ["", "picture"])
def test_a_page_shows_nothing_without_the_run_and_comes_back_with_it(browser, page):
    has_picture = "return document.getElementById('picture').naturalWidth"
    with streaming() as sink:
        port = int(sink.address.rstrip("/").rpartition(":")[2])
        browser.open(f"{sink.address}{page}")
        until(lambda: browser.run(has_picture) == 64, lambda: show(sink, RED))
    until(lambda: not browser.run(has_picture))
    again = stream.create(port)
    try:
        until(lambda: browser.run(has_picture) == 64, lambda: show(again, RED))
    finally:
        again.close()


@pytest.fixture
def elsewhere():
    """Another site of this machine: what every path answers is an empty page."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_):
            pass

    # Browsers open connections that they may never use: one must not keep the others waiting.
    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


READ = "return fetch('{}').then((answer) => answer.status, () => 'refused')"
SHOW = """
const image = new Image();
const ended = new Promise((end) => {{
  image.onload = () => end("shown");
  image.onerror = () => end("refused");
}});
image.src = "{}";
return ended;
"""
POST = """
const asked = {{ method: "POST", mode: "no-cors", body: '{{"mask": "clay"}}' }};
return fetch("{}", asked).then((answer) => answer.type, () => "refused");
"""


def test_a_page_of_another_site_gets_no_picture_and_changes_no_mask(browser, elsewhere):
    masks = Masks("toon", "clay")
    with streaming(masks) as sink:
        browser.open(elsewhere)
        assert browser.run(READ.format(elsewhere)) == 200
        assert browser.run(READ.format(f"{sink.address}state.json")) == "refused"
        assert browser.run(SHOW.format(f"{sink.address}icon.svg")) == "refused"
        browser.run(POST.format(f"{sink.address}mask"))
        assert masks.worn == ("toon",)
        browser.open(sink.address)
        assert browser.run(SHOW.format(f"{sink.address}icon.svg")) == "shown"
