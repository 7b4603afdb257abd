"""A real Chromium without a screen, driven by ChromeDriver (W3C WebDriver, over HTTP)."""

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager

import cv2
import numpy as np

PROGRAMS = ("chromium", "google-chrome", "chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1280,800",
]  # fmt: skip
PATIENCE = 30.0
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def missing():
    """Return what a browser test lacks here; empty if nothing."""
    lacks = [] if any(map(shutil.which, PROGRAMS)) else ["chromium"]
    return lacks + ([] if shutil.which("chromedriver") else ["chromedriver"])


class Browser:
    """A session of WebDriver."""

    def __init__(self, root):
        self._root = root

    def call(self, method, path, **body):
        """Send a command and return its value."""
        data = json.dumps(body).encode() if method == "POST" else None
        asked = urllib.request.Request(f"{self._root}{path}", data, method=method)  # noqa: S310
        try:
            with _DIRECT.open(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def open(self, address):
        """Go to a page and wait until it is there; forget what others have complained of."""
        self.complaints()
        self.call("POST", "/url", url=address)

    def run(self, script):
        """Return what a script in the page returns."""
        return self.call("POST", "/execute/sync", script=script, args=[])

    def click(self, selector):
        """Click an element as a mouse does: it must be seen."""
        found = self.call("POST", "/element", using="css selector", value=selector)
        self.call("POST", f"/element/{next(iter(found.values()))}/click")

    def tell(self, command, **parameters):
        """Send a command of Chromium's own (DevTools)."""
        return self.call("POST", "/goog/cdp/execute", cmd=command, params=parameters)

    def complaints(self):
        """Return what the console has been told of as errors since it was asked last."""
        entries = self.call("POST", "/se/log", type="browser")
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def picture_of(self, element):
        """Return an element as PNG."""
        path = f"/element/{next(iter(element.values()))}/screenshot"
        return base64.b64decode(self.call("GET", path))

    def screenshot(self):
        """Return the page as PNG."""
        return base64.b64decode(self.call("GET", "/screenshot"))


def decoded(png):
    """Return a PNG file as RGBA."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    code = cv2.COLOR_BGRA2RGBA if image.shape[2] == 4 else cv2.COLOR_BGR2RGBA
    return cv2.cvtColor(image, code)


@contextmanager
def browsing(folder):
    """Yield a browser with an empty profile in a folder."""
    log = (folder / "chromedriver.log").open("w")
    driver = subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        said = next(line for line in driver.stdout if "successfully" in line)
        port = said.split()[-1].rstrip(".")
        root = f"http://127.0.0.1:{port}"
        program = next(filter(None, map(shutil.which, PROGRAMS)))
        flags = [*FLAGS, f"--user-data-dir={folder / 'profile'}"]
        wanted = {
            "goog:chromeOptions": {"binary": program, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        session = Browser(root).call("POST", "/session", capabilities={"alwaysMatch": wanted})
        browser = Browser(f"{root}/session/{session['sessionId']}")
        try:
            yield browser
        finally:
            browser.call("DELETE", "")
    finally:
        driver.terminate()
        driver.communicate(timeout=PATIENCE)
        log.close()
