"""Parts on their way to sheets: by one LibreOffice or two, each part in the setting that it has in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from printing import agenda, numbered, paper, templates

from boardpack import layout, office, render
from boardpack.diagnostics import BoardpackError
from boardpack.layout import Laid
from boardpack.layout.press import Workshop
from boardpack.office import Office, program
from boardpack.store import Store
from boardpack.word.package import Document

pytestmark = pytest.mark.office
PAPERS = 24


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Papers of different lengths, of which each names the pages of the one behind it."""
    files = {
        f"n{at}.yaml": paper(
            f"sections:\n- heading: Words\n  text: |\n    {'Words of a paragraph. ' * 150 * (at % 4 + 1)}\n"
            f"    See [](item:n{(at + 1) % PAPERS}).\n"
        )
        for at in range(PAPERS)
    }
    lines = agenda("\n".join(["- paper: funding", *(f"- paper: n{at}" for at in range(PAPERS))]))
    meeting = numbered(tmp_path_factory.mktemp("papers"), meeting=lines, **files)
    return render.render(meeting, templates()).pack


def settled(pack: Document, folder: Path, another: Callable[[], Office] | None = None) -> tuple[Laid, bytes]:
    """The pack as laid out, and the bytes of its PDF."""
    folder.mkdir()
    with Office(program()) as first:
        laid = layout.settle(pack, Workshop(first, folder, another=another))
        return laid, layout.finished(laid, pack, folder / "pack.pdf")


def test_two_offices_give_the_bytes_of_one(pack: Document, tmp_path: Path) -> None:
    asked: list[str] = []

    class Second(Office):
        def convert(self, document: Path) -> Path:
            asked.append(threading.current_thread().name)
            return super().convert(document)

    one, by_one = settled(pack, tmp_path / "one")
    two, by_two = settled(pack, tmp_path / "two", lambda: Second(program()))

    assert len(asked) > 1
    assert threading.main_thread().name not in asked
    assert one.pages == two.pages
    assert by_one == by_two


def test_a_fault_of_the_second_office_is_told_and_ends_both(pack: Document, tmp_path: Path) -> None:
    class Failing(Office):
        def convert(self, document: Path) -> Path:
            raise office.LayoutError("the second has made no PDF")

    with pytest.raises(BoardpackError, match="the second has made no PDF"):
        settled(pack, tmp_path / "two", lambda: Failing(program()))
    assert threading.active_count() < 5


def test_what_is_kept_needs_no_office(pack: Document, tmp_path: Path) -> None:
    @contextmanager
    def none() -> Iterator[Office]:
        raise AssertionError("there is nothing to lay out")
        yield

    kept = Store(tmp_path / "kept", "tools")
    with Office(program()) as first:
        laid = layout.settle(pack, Workshop(first, tmp_path, kept))

    class Idle:
        def convert(self, document: Path) -> Path:
            raise AssertionError(f"{document.name} is laid out again")

    again = layout.settle(pack, Workshop(Idle(), tmp_path, kept, none))
    assert again.pages == laid.pages
    assert again.passes == laid.passes
