"""Who may ask: this machine's own browser, with the token of this preview, to read and to do nothing else.

A page elsewhere can make a browser ask a server on its own machine, and DNS rebinding lets it read the answer. So every
request must name a loopback host (``Host``), come from our own page where it says whence (``Origin``,
``Sec-Fetch-Site``), and hold a token in its path that nobody can guess.
"""

from __future__ import annotations

from hmac import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_OWN = {"same-origin", "none"}
"""``Sec-Fetch-Site`` of our own page and of an address that was typed or opened by another program."""


class Guard:
    """Lets a request through to ``app`` if it may be answered, with the token taken off its path."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http" or not self._may(scope):
            if scope["type"] == "http":
                await PlainTextResponse("not allowed\n", 403)(scope, receive, shielded)
            return
        if scope["method"] not in {"GET", "HEAD"}:
            await PlainTextResponse("read only\n", 405, {"Allow": "GET, HEAD"})(scope, receive, shielded)
            return
        _, _, rest = scope["path"].removeprefix("/").partition("/")
        await self._app({**scope, "path": f"/{rest}", "raw_path": None}, receive, shielded)

    def _may(self, scope: Scope) -> bool:
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return False
        own = {f"http://{host}" for host in self._hosts}
        if any(origin not in own for origin in _values(scope, b"origin")):
            return False
        if any(site not in _OWN for site in _values(scope, b"sec-fetch-site")):
            return False
        first = scope["path"].removeprefix("/").partition("/")[0]
        return compare_digest(first.encode("utf-8", "surrogateescape"), self._token)


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for key, value in scope["headers"] if key == name]
