"""What stands before the app's server: whom it answers, and what it tells browsers.

A page of another site must not reach an app on a reader's own machine. Such a page can make its
own name mean 127.0.0.1 (DNS rebinding), so a request must name the app by an address, by this
machine's name, or by a name that was given at the start; and what a page sends must come from the
app's own pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

#: What nobody but the machine's keeper needs to know.
CLOSED: Final = ("/_stcore/metrics",)
#: Where files are taken, which a reader has no use for.
UPLOADS: Final = "/_stcore/upload_file"
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def is_own_machine(host: str) -> bool:
    """Tell whether only programs of this machine reach an address."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def content_policy() -> str:
    """Return what a browser lets the app's pages load: nothing from elsewhere.

    Streamlit needs styles inline, and hands our components over as blobs. Its page has a script
    inline too, which is let through by its checksum.
    """
    index = Path(streamlit.__file__).with_name("static") / "index.html"
    inline = _INLINE.findall(index.read_text(encoding="utf-8"))
    allowed = " ".join(f"'sha256-{_checksum(script)}'" for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {allowed}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class Gate:
    """An ASGI application before another, which answers only whom it should.

    Parameters
    ----------
    app : the application behind.
    names : by which readers may ask for it, beside any address and this machine's own name.
    takes_files : whether files may be sent to it.
    """

    def __init__(self, app: Asgi, names: Collection[str] = (), *, takes_files: bool = True) -> None:
        self._app = app
        self._names = {"localhost", socket.gethostname().lower(), *map(str.lower, names)}
        self._closed = CLOSED if takes_files else (*CLOSED, UPLOADS)
        policy = {
            "content-security-policy": content_policy(),
            "cross-origin-opener-policy": "same-origin",
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
            "x-frame-options": "SAMEORIGIN",
        }
        self._headers = [(name.encode(), value.encode()) for name, value in policy.items()]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        status, reason = self._refusal(scope)
        if not status:
            await self._app(scope, receive, partial(self._with_headers, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            plain = [(b"content-type", b"text/plain; charset=utf-8")]
            await self._with_headers(
                send, {"type": "http.response.start", "status": status, "headers": plain}
            )
            await send({"type": "http.response.body", "body": f"{reason}\n".encode()})

    def _refusal(self, scope: Message) -> tuple[int, str]:
        """Return the status and the reason of a refusal; 0 for what may pass."""
        if any(scope["path"].rstrip("/").startswith(path) for path in self._closed):
            return 404, "not found"
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if not self._is_ours(host):
            return 403, "the app is not known by this name. Start it with --name NAME."
        if origin is not None and not self._is_own_page(origin, host):
            return 403, "a page of another site may not use the app."
        return 0, ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self._names or _is_address(name)

    def _is_own_page(self, origin: str, host: str) -> bool:
        """Tell whether a page has the app's address; a server before the app may hide its port."""
        try:
            page = urlsplit(origin)
        except ValueError:
            return False
        return page.netloc == host or (page.hostname or "") in self._names - {"localhost"}

    async def _with_headers(self, send: Send, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            ours = {name for name, _ in self._headers}
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in ours]
            message = {**message, "headers": [*kept, *self._headers]}
        await send(message)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _checksum(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
