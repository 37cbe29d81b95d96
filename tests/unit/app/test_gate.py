"""The gate before the app's server: whom it answers, and what it tells browsers."""

from __future__ import annotations

import re
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit

from planner.app.gate import Gate, content_policy, is_own_machine

PORT = 8501


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """An app that answers everything."""
    del receive
    kind = "websocket.accept" if scope["type"] == "websocket" else "http.response.start"
    await send({"type": kind, "status": 200, "headers": [(b"X-Frame-Options", b"ALLOWALL")]})


def done(work: Coroutine[Any, Any, None]) -> None:
    """Carry out what never waits: a browser's tests have a loop of their own in this thread."""
    with suppress(StopIteration):
        work.send(None)


def answer(
    path: str = "/", kind: str = "http", names: tuple[str, ...] = (), **headers: str
) -> dict[str, Any]:
    """First message that comes back; its headers by lower-case name."""
    told: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        told.append({**message})

    async def receive() -> Any:
        return {"type": "http.request"}

    given = {"host": f"127.0.0.1:{PORT}", **headers}
    pairs = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": kind, "path": path, "headers": pairs}
    done(Gate(behind, names)(scope, receive, send))
    first = told[0]
    first["headers"] = {k.decode().lower(): v.decode() for k, v in first.get("headers", ())}
    return first


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "10.0.0.7:80"]
)
def test_addresses_and_this_machine_are_answered(host: str) -> None:
    assert answer(host=host)["status"] == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8501", "", "127.0.0.1.evil.example", "localhost.evil.example", "[::1"]
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_that_another_site_chose_is_not(host: str, kind: str) -> None:
    first = answer(kind=kind, host=host, origin=f"http://{host}")
    assert first.get("status") == 403 or first["type"] == "websocket.close"


def test_a_name_that_was_given_is_answered_with_its_own_pages() -> None:
    given = ("Kontorplan.Example.no",)
    page = "https://kontorplan.example.no"
    assert answer(names=given, host="kontorplan.example.no")["status"] == 200
    assert answer(names=given, host="kontorplan.example.no", origin=page)["status"] == 200
    # a web server before the app asks for it by its address
    assert answer(names=given, host="10.0.0.7:8501", origin=page)["status"] == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:3000", "null", "http://[", "file://"]
)
def test_pages_of_other_sites_may_send_nothing(origin: str) -> None:
    assert answer(origin=origin)["status"] == 403
    assert answer(kind="websocket", origin=origin)["type"] == "websocket.close"


def test_the_apps_own_pages_may() -> None:
    own = f"http://127.0.0.1:{PORT}"
    assert answer(origin=own)["status"] == 200
    assert answer(kind="websocket", origin=own)["type"] == "websocket.accept"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_figures_about_the_server_are_closed(path: str) -> None:
    assert answer(path)["status"] == 404


def test_who_may_not_edit_sends_no_files() -> None:
    path = "/_stcore/upload_file/session/file"
    assert answer(path)["status"] == 200
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"host", b"localhost")]}
    done(Gate(behind, takes_files=False)(scope, None, send))  # type: ignore[arg-type]
    assert told[0]["status"] == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
def test_browsers_are_told_what_pages_may_do(host: str) -> None:
    headers = answer(host=host)["headers"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"  # ours, not that of the app behind
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_no_script_but_the_apps_own_is_run() -> None:
    scripts = re.search(r"script-src ([^;]*)", content_policy())
    assert scripts is not None
    assert "unsafe" not in scripts[1]
    index = Path(streamlit.__file__).with_name("static") / "index.html"
    inline = re.findall(r"<script>", index.read_text(encoding="utf-8"))
    assert scripts[1].count("sha256-") == len(inline)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens here
        ("::", False),
        ("10.0.0.7", False),
        ("kontorplan.example.no", False),
    ],
)
def test_which_addresses_only_this_machine_reaches(host: str, own: bool) -> None:
    assert is_own_machine(host) is own
