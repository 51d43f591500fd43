"""`boardpack preview`: a page in the browser that shows a paper as members will see it, and follows every save.

``reading`` checks and numbers the papers as they are now, ``session`` holds what is shown, ``work`` follows the saves
and lays the open papers out (``pages``), ``server`` answers the browser behind its ``guard``. A save goes from
``watch`` through ``session`` to the open pages (``events``): first the text, as soon as it has been read, then the true
pages.
"""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp

from boardpack.diagnostics import MissingError
from boardpack.places import Options
from boardpack.preview.events import Hub
from boardpack.preview.reading import find
from boardpack.preview.server import application
from boardpack.preview.session import Session
from boardpack.preview.work import Work

HOST = "127.0.0.1"


def serve(
    options: Options, named: str, *, port: int, browser: bool, say: Callable[[str], None], measure: bool = False
) -> None:
    """Show a paper or a meeting until somebody presses Ctrl-C.

    Args:
        options: where everything lies.
        named: the paper, or the meeting.
        port: the port on this machine; 0 for any that is free.
        browser: whether to open the page in a browser.
        say: takes lines for the terminal: the address, and with ``measure`` the times of every save.
        measure: whether to tell those times.

    Raises:
        UsageError: where there is no such paper or meeting.
        MissingError: where the port is taken.
    """
    gc.enable()
    options = replace(options, papers=options.papers.resolve())
    target = find(options.papers, named)
    listening = _listening(port)
    token = secrets.token_urlsafe(24)
    number = listening.getsockname()[1]
    address = f"http://{HOST}:{number}/{token}/"
    hub = Hub()
    session = Session(options, target, hub, f"/{token}/")
    with Work(session, say if measure else _silent) as work, _stopped() as stopped:
        server = _server(application(session, work, token, number))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="preview server")
        thread.start()
        say(f"{address}\nThe page follows every save. Ctrl+C ends the preview.")
        if browser:
            webbrowser.open(address)
        while not stopped.wait(1) and thread.is_alive():
            pass
        hub.close()
        server.should_exit = True
        thread.join(5)


def _server(app: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # so that the same port can be had again at once; Windows would share it with anybody
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()  # the browser may be faster than the server
    except OSError as error:
        listening.close()
        raise MissingError(f"port {port} cannot be used ({error.strerror}); name another with --port") from error
    return listening


@contextlib.contextmanager
def _stopped() -> Iterator[threading.Event]:
    """An event that Ctrl-C and a request to end set; everything then ends in order, the offices too."""
    stopped = threading.Event()
    asked = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in asked}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _silent(_: str) -> None:
    """Tell nobody."""
