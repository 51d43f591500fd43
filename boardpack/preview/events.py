"""What the working threads tell the open pages: server-sent events (HTML standard, 9.2), the newest of a name only.

A page that is slow, or sixty saves in a minute, must not make a queue: what a page has not been told yet is replaced by
what is newer.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Mapping

Opened = Callable[[], Mapping[str, Mapping[str, object]]]
_KEEP_ALIVE = 15.0
"""Seconds after which a page that has nothing to hear is told so, which shows the server whether it still listens."""


class _Ear:
    """One open page: what it has still to be told, by the name of the event."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.wake = asyncio.Event()
        self.waiting: dict[str, str] = {}


class Hub:
    """The open pages of a session, by the channel that each listens to: a paper's id, or none for the meeting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: dict[str, set[_Ear]] = {}
        self._closed = False

    def channels(self) -> list[str]:
        """The channels that anybody listens to."""
        with self._lock:
            return list(self._ears)

    def tell(self, channel: str, name: str, message: Mapping[str, object]) -> None:
        """Send an event to all pages of a channel; any thread may call this."""
        data = json.dumps(message, ensure_ascii=False)
        with self._lock:
            for ear in self._ears.get(channel, ()):
                ear.waiting[name] = data
                ear.loop.call_soon_threadsafe(ear.wake.set)

    def close(self) -> None:
        """End all streams, so that the server can end."""
        with self._lock:
            self._closed = True
            for ears in self._ears.values():
                for ear in ears:
                    ear.loop.call_soon_threadsafe(ear.wake.set)

    async def listen(self, channel: str, opened: Opened) -> AsyncIterator[str]:
        """The events of a channel as they are sent over the wire.

        ``opened`` is called in a thread of its own once the page is counted among those that listen, and says what is
        to be told first.
        """
        ear = _Ear(asyncio.get_running_loop())
        with self._lock:
            self._ears.setdefault(channel, set()).add(ear)
        try:
            first = await asyncio.to_thread(opened)
            with self._lock:
                older = {name: json.dumps(message, ensure_ascii=False) for name, message in first.items()}
                ear.waiting = {**older, **ear.waiting}
                ear.wake.set()
            while not self._closed:
                try:
                    await asyncio.wait_for(ear.wake.wait(), _KEEP_ALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                with self._lock:
                    ear.wake.clear()
                    waiting, ear.waiting = ear.waiting, {}
                for name, data in waiting.items():
                    yield f"event: {name}\ndata: {data}\n\n"
        finally:
            with self._lock:
                self._ears[channel].discard(ear)
                if not self._ears[channel]:
                    del self._ears[channel]
