"""The addresses of a preview and what each answers. Everything is read from the session; nothing changes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from boardpack import web
from boardpack.preview.guard import Guard
from boardpack.preview.session import Session
from boardpack.preview.templates import HERE, fill
from boardpack.preview.work import Work
from boardpack.web.style import stylesheet

_STATIC = {
    "app.js": "text/javascript",
    "morph.js": "text/javascript",
    "pages.js": "text/javascript",
    "app.css": "text/css",
    "icon.svg": "image/svg+xml",
}
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_COARSEST, _SHARPEST = 0.2, 6.0
"""Pixels a point within which a page may be asked for."""


def application(session: Session, work: Work, token: str, port: int) -> Guard:
    """The preview as an ASGI application behind its guard."""
    routes = _Routes(session, work)
    return Guard(
        Starlette(
            routes=[
                Route("/", routes.start),
                Route("/meeting", routes.meeting),
                Route("/paper/{id}", routes.paper),
                Route("/paper/{id}/page/{number:int}.png", routes.page),
                Route("/paper/{id}/find", routes.find),
                Route("/paper/{id}/file/{number:int}", routes.file),
                Route("/paper/{id}/chart/{anchor}.png", routes.chart),
                Route("/paper/{id}/download/{name}", routes.download),
                Route("/events", routes.events),
                Route("/static/{name}", routes.static),
                Route("/house.css", routes.house),
                Route("/status", routes.status),
            ]
        ),
        token,
        port,
    )


class _Routes:
    """What each address answers; plain methods run in threads, beside the streams of events."""

    def __init__(self, session: Session, work: Work) -> None:
        self._session = session
        self._work = work

    def start(self, _: Request) -> Response:
        """What the command was given."""
        return self._page(self._session.target.paper)

    def meeting(self, _: Request) -> Response:
        """The agenda."""
        return self._page("")

    def paper(self, request: Request) -> Response:
        """One paper."""
        return self._page(self._known(request))

    def _page(self, id: str) -> Response:
        session = self._session
        values = {"id": id, "root": session.root, "notice": session.notice, **session.text(id)}
        return HTMLResponse(fill("page.html", values))

    async def events(self, request: Request) -> Response:
        """What changes from now on."""
        id = request.query_params.get("paper", "")
        if id and not self._session.knows(id):
            raise HTTPException(404)

        def opened() -> Mapping[str, Mapping[str, object]]:
            if id:
                self._work.want(id)
            return self._session.first(id)

        return StreamingResponse(self._session.hub.listen(id, opened), media_type="text/event-stream")

    def page(self, request: Request) -> Response:
        """One page of a paper as a picture."""
        sheets = self._session.sheets(self._known(request))
        number = request.path_params["number"]
        if sheets is None or not 1 <= number <= sheets.count:
            raise HTTPException(404)
        asked = request.query_params.get("scale", "2")
        scale = float(asked) if re.fullmatch(r"\d{1,2}(\.\d{1,3})?", asked) else 2
        return Response(sheets.picture(number, min(max(scale, _COARSEST), _SHARPEST)), media_type="image/png")

    def find(self, request: Request) -> Response:
        """Where the first words of a paragraph stand on the pages; null where they are not found."""
        sheets, words = self._session.sheets(self._known(request)), request.query_params.get("words", "").split()
        tries = (" ".join(words[:count]) for count in (7, 4, 2) if len(words) >= min(count, 2))
        found = next((found for each in tries if sheets and (found := sheets.find(each))), None)
        return JSONResponse(found._asdict() if found else None)

    def file(self, request: Request) -> Response:
        """A picture or an appendix that the text of a paper names, by its number."""
        path = self._session.file(self._known(request), request.path_params["number"])
        papers = self._session.options.papers.resolve()
        if path is None or path.is_symlink() or not path.is_file() or not path.resolve().is_relative_to(papers):
            raise HTTPException(404)
        kind = _PICTURES.get(path.suffix.lower())
        return Response(path.read_bytes(), media_type=kind) if kind else _attached(path.read_bytes(), path.name)

    def chart(self, request: Request) -> Response:
        """A chart of a paper."""
        id = self._known(request)
        reading = self._session.shown_reading(id)
        numbered = reading.shown(id) if reading else None
        try:
            data = web.chart(numbered, request.path_params["anchor"]) if numbered else None
        except KeyError:
            data = None
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type="image/png")

    def download(self, request: Request) -> Response:
        """The Word file or the PDF of a paper as last laid out."""
        sheets = self._session.sheets(self._known(request))
        name = request.path_params["name"]
        if sheets is None or Path(name).suffix not in {".docx", ".pdf"}:
            raise HTTPException(404)
        return _attached(sheets.word() if name.endswith(".docx") else sheets.pdf, name)

    def static(self, request: Request) -> Response:
        """The page's own script, styles and icon."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        return Response((HERE / "static" / name).read_bytes(), media_type=_STATIC[name])

    def house(self, _: Request) -> Response:
        """How the text looks: as on the board's web pages."""
        meeting = self._session.reading.meeting
        return Response(stylesheet([(meeting.board, "")] if meeting else []), media_type="text/css")

    def status(self, _: Request) -> Response:
        """The times measured, for whoever asks."""
        session = self._session
        return JSONResponse({"serial": session.reading.serial, "notice": session.notice, **session.times.told()})

    def _known(self, request: Request) -> str:
        id = str(request.path_params["id"])
        if not self._session.knows(id):
            raise HTTPException(404)
        return id


def _attached(data: bytes, name: str) -> Response:
    """A file that the browser saves and never shows by itself."""
    said = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type="application/octet-stream", headers=said)
