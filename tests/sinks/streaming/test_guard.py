"""Who gets an answer: over sockets, with the headers that browsers send."""

import json

import pytest

from livemask.controls.wearing import Wearing
from livemask.errors import AssetError
from livemask.sinks.streaming.guard import Guard
from livemask.sinks.streaming.request import Refused, Request
from livemask.wardrobe import Wardrobe
from tests.sinks.streaming.looking import Masks, ask, port_of, post, streaming

FOREIGN = "https://evil.example"


@pytest.fixture
def masks():
    return Masks("toon", "clay", "none")


@pytest.fixture
def sink(masks):
    with streaming(masks) as sink:
        yield sink


@pytest.mark.parametrize("path", ["/", "/state.json", "/picture.mjpg", "/alpha.webp", "/alpha"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:6275", "127.0.0.1.evil.example", ""]
)
def test_a_foreign_name_that_points_here_is_refused(sink, path, host):
    answer = ask(sink, path, Host=host)
    assert (answer.status, answer.body) == (403, b"livemask: this address is not livemask's.\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9000", "LOCALHOST", "[::1]:9000"])
def test_this_machine_may_be_named_in_any_way_and_by_a_tunnel(sink, host):
    assert ask(sink, Host=host).status == 200


@pytest.mark.parametrize("host", [None, "127.0.0.1\r\nHost: localhost"])
def test_a_request_without_one_name_is_not_understood(sink, host):
    assert ask(sink, Host=host).status == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/picture.mjpg", "/state.json", "/page.js"])
def test_pages_of_other_sites_show_and_read_nothing(sink, site, path):
    asked = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
    assert ask(sink, path, **asked).status == 403


def test_a_link_elsewhere_may_lead_to_the_page_but_not_frame_it(sink):
    answer = ask(sink, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    assert answer.status == 200
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1:1", "http://localhost"])
def test_a_mask_is_not_changed_from_another_site(sink, masks, origin):
    assert post(sink, "clay", Origin=origin).status == 403
    assert masks.worn == ("toon",)


def test_a_mask_is_not_changed_by_a_form(sink, masks):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        assert post(sink, "clay", Content_Type=kind).status == 415
    assert masks.worn == ("toon",)


def test_the_page_and_programs_of_this_machine_change_the_mask(sink, masks):
    answer = post(sink, "clay", Origin=f"http://127.0.0.1:{port_of(sink)}")
    assert (answer.status, answer.json["worn"]) == (200, ["clay"])
    assert post(sink, "toon").json["worn"] == ["toon"]
    assert masks.worn == ("toon",)


def test_other_machines_need_the_token():
    with streaming(host="0.0.0.0") as sink:  # noqa: S104 - what is tested
        token = sink.address.split("/")[3]
        assert len(token) >= 20
        for path in (
            "/",
            "/state.json",
            "/alpha",
            f"/{token[:-1]}/",
            f"/{'x' * len(token)}/",
            "//",
        ):
            answer = ask(sink, path)
            assert (answer.status, b"lacks its token" in answer.body) == (403, True)
            assert token.encode() not in answer.body
        assert ask(sink, f"/{token}/").status == 200
        assert ask(sink, f"/{token}/state.json").status == 200
        assert ask(sink, f"/{token}/state.json", Host="evil.example").status == 403


def test_tokens_are_never_the_same():
    assert len({Guard.at("0.0.0.0", near=False).token for _ in range(50)}) == 50  # noqa: S104


def test_the_host_that_was_asked_for_is_a_name_of_this_machine():
    guard = Guard.at("Studio.lan", near=False)
    asked = Request("GET", f"/{guard.token}/alpha", {"host": "studio.lan:6275"})
    assert guard.admit(asked) == "alpha"
    with pytest.raises(Refused):
        guard.admit(Request("GET", f"/{guard.token}/alpha", {"host": "studio.lan.evil.example"}))


def test_from_another_machine_nobody_is_unmasked():
    masks = Masks("toon", "clay", "none", "glasses")
    with streaming(masks, host="0.0.0.0") as sink:  # noqa: S104
        path = "/" + sink.address.split("/")[3]
        assert ask(sink, f"{path}/state.json").json["offered"] == ["toon", "clay"]
        for bare in ("none", "glasses"):
            assert post(sink, bare, f"{path}/mask").status == 409
        assert masks.worn == ("toon",)
        assert post(sink, "clay", f"{path}/mask").status == 200
        masks.wear("none")
        assert "none" in ask(sink, f"{path}/state.json").json["offered"]


def test_a_mask_that_hides_stays_on_if_it_came_while_a_viewer_chose():
    class Late(Masks):
        def wear(self, *masks, safely=False):
            Wearing(("blur",), Wardrobe.of, lambda _: None).wear(*masks, safely=safely)

    with streaming(Late("clay", "glasses", worn="none"), host="0.0.0.0") as sink:  # noqa: S104
        path = f"/{sink.address.split('/')[3]}/mask"
        assert post(sink, "glasses", path).status == 409
        assert post(sink, "clay", path).status == 200
    with streaming(Late("clay", "glasses", worn="none")) as sink:
        assert post(sink, "glasses").status == 200


def test_no_path_of_this_machine_is_told_and_none_is_taken():
    masks = Masks("toon", "swap,photo=/home/anna/me.jpg", worn="swap,photo=/home/anna/me.jpg")
    with streaming(masks) as sink:
        told = ask(sink, "/state.json")
        assert b"anna" not in told.body
        assert (told.json["worn"], told.json["offered"]) == (["swap"], ["toon", "swap"])
        for mask in ("swap,photo=/etc/hostname", "/etc/hostname.glb", "own.png", "shaded"):
            answer = post(sink, mask)
            assert answer.status == 409
            assert "is not offered here" in answer.json["error"]
        post(sink, "toon")
        post(sink, "swap")
        assert masks.worn == ("swap,photo=/home/anna/me.jpg",)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"mask": 3}', b"{", b"[" * 4000, b"\xff"])
def test_a_mask_that_is_no_name_is_refused(sink, body):
    kind = {"Content_Type": "application/json", "Content_Length": str(len(body))}
    assert ask(sink, "/mask", "POST", body, **kind).status == 400


class Broken(Masks):
    def wear(self, *masks, safely=False):
        raise AssetError("the photo /home/anna/me.jpg has gone.")


def test_why_a_mask_cannot_be_worn_is_said():
    with streaming(Broken("toon", "clay")) as sink:
        answer = post(sink, "clay")
    told = {"error": "the photo /home/anna/me.jpg has gone."}
    assert (answer.status, json.loads(answer.body)) == (409, told)


def test_other_machines_are_told_of_no_file(caplog):
    with streaming(Broken("toon", "clay"), host="0.0.0.0") as sink:  # noqa: S104
        answer = post(sink, "clay", f"/{sink.address.split('/')[3]}/mask")
    assert answer.json == {"error": "clay cannot be put on; livemask's log tells why."}
    assert "a viewer could not put on clay: the photo /home/anna/me.jpg has gone." in caplog.text
