"""LibreOffice that hangs, dies or says nothing: an error in bounded time, and nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import docx
import pytest

from boardpack import office
from boardpack.diagnostics import ExitCode, MissingError

STUBS = {
    "hangs": "exec sleep 600",
    "ignores being asked to end": "trap '' TERM INT HUP; while :; do sleep 1; done",
    "hangs with children": "sleep 600 & sleep 600 & wait",
    "dies at once": "exit 3",
    "says all went well": "exit 0",
    "leaves an empty file": 'while [ "$1" != --outdir ] && [ $# -gt 0 ]; do shift; done; : > "$2/pack.pdf"',
}


def stub(folder: Path, body: str) -> Path:
    """A program in the place of soffice; all that it starts can be told by the marker in its environment."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def survivors(marker: str) -> list[str]:
    """Running processes whose environment holds the marker, zombies left out."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def word_file(path: Path) -> Path:
    written = docx.Document()
    written.add_paragraph("Words")
    written.save(str(path))
    return path


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("behaviour", STUBS)
def test_a_faulty_office_is_a_named_error_in_bounded_time(
    behaviour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = f"{tmp_path}/fontconfig"
    monkeypatch.setenv("FONTCONFIG_FILE", marker)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    document = tmp_path / "pack.docx"
    document.write_bytes(b"anything")

    started = time.monotonic()
    with (
        pytest.raises(office.LayoutError, match=r"no PDF in two attempts.*doctor"),
        office.Office(stub(tmp_path, STUBS[behaviour]), seconds=0.5) as running,
    ):
        running.convert(document)

    assert time.monotonic() - started < 10
    monkeypatch.delenv("FONTCONFIG_FILE")
    while survivors(marker) and time.monotonic() - started < 10:  # one that was killed may not be gone at once
        time.sleep(0.05)
    assert survivors(marker) == []


def test_no_office_is_a_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(office, "_PLACES", ())

    with pytest.raises(MissingError, match="apt install libreoffice-writer-nogui") as raised:
        office.program()

    assert raised.value.exit_code is ExitCode.MISSING


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_no_office_outlives_a_build_that_is_killed(tmp_path: Path) -> None:
    marker = f"{tmp_path}/fontconfig"
    program = stub(tmp_path, "exec sleep 600")
    script = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from boardpack.office import Office
        with Office(Path({str(program)!r})):
            print("up", flush=True)
            time.sleep(600)
        """
    )
    environment = {**os.environ, "FONTCONFIG_FILE": marker, "XDG_CACHE_HOME": str(tmp_path)}
    build = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert build.stdout is not None
    assert build.stdout.readline() == b"up\n"
    assert survivors(marker)

    build.kill()
    build.communicate()

    end = time.monotonic() + 5
    while survivors(marker) and time.monotonic() < end:
        time.sleep(0.05)
    assert survivors(marker) == []


@pytest.mark.office
def test_a_damaged_document_is_an_error_and_not_an_old_or_empty_pdf(tmp_path: Path) -> None:
    document = tmp_path / "pack.docx"
    document.write_bytes(b"PK\x03\x04 no package follows")

    with pytest.raises(office.LayoutError), office.Office(office.program(), seconds=60) as running:
        running.convert(document)


@pytest.mark.office
def test_one_office_lays_out_one_document_after_the_other_and_leaves_no_socket(tmp_path: Path) -> None:
    document = word_file(tmp_path / "paper, with a comma \\ and more.docx")

    with office.Office(office.program()) as running:
        for _ in range(3):
            assert running.convert(document).read_bytes().startswith(b"%PDF")
            process = running._warm
            assert process is not None
            assert process.poll() is None
        listening = [path for path in office._sockets(running._profile) if path.exists()]
        assert len(listening) == 1

    assert not listening[0].exists()


@pytest.mark.office
def test_an_office_that_was_killed_between_two_documents_is_started_again(tmp_path: Path) -> None:
    document = word_file(tmp_path / "paper.docx")

    with office.Office(office.program()) as running:
        running.convert(document)
        assert running._warm is not None
        os.killpg(running._warm.pid, signal.SIGKILL)
        assert running.convert(document).read_bytes().startswith(b"%PDF")


@pytest.mark.office
def test_where_no_socket_is_found_a_second_start_hands_the_document_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_SOCKETS", (tmp_path,))
    monkeypatch.setattr(office, "_LISTENS", 0.2)
    document = word_file(tmp_path / "paper.docx")

    with office.Office(office.program()) as running:
        assert running.convert(document).read_bytes().startswith(b"%PDF")
