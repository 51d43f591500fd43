"""The output folder: whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from boardpack import publish
from boardpack.diagnostics import ExitCode, MissingError, UsageError

OLD = {"pack.docx": b"old pack", "reports/1-a.docx": b"old report"}
NEW = {"pack.docx": b"new pack", "reports/2-b.docx": b"new report"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_output_takes_the_place_of_all_old_output(tmp_path: Path) -> None:
    target = tmp_path / "board" / "2010-03-11"
    publish.put(OLD, target)
    publish.put(NEW, target)

    assert content(target) == NEW
    assert [path.name for path in target.parent.iterdir()] == ["2010-03-11"]


def test_a_full_disk_leaves_the_old_output_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    publish.put(OLD, target)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MissingError, match="the disk is full") as raised:
        publish.put(NEW, target)

    assert raised.value.exit_code is ExitCode.MISSING
    assert content(target) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_named(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number), str(tmp_path))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(MissingError, match=r"cannot be written.*--output"):
        publish.put(NEW, tmp_path / "out")


@pytest.mark.parametrize("lock", ["~$pack.docx", ".~lock.pack.docx#"])
def test_a_file_open_in_word_is_not_replaced(lock: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    publish.put(OLD, target)
    (target / lock).write_bytes(b"somebody")

    with pytest.raises(MissingError, match=r"pack\.docx is open in Word or LibreOffice; close it"):
        publish.put(NEW, target)

    assert content(target) == {**OLD, lock: b"somebody"}


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / ".out.abandoned"
    (left / "new").mkdir(parents=True)
    (left / "new" / "pack.docx").write_bytes(b"half")

    publish.put(NEW, tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_builds_at_once_and_kills_in_between_never_mix(tmp_path: Path) -> None:
    """Two programs publish without end and are killed: what lies there is one of their outputs, whole."""
    target = tmp_path / "out"
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from boardpack import publish
        who = sys.argv[2].encode() * 2000
        while True:
            publish.put({f"reports/{n}.docx": who for n in range(5)}, Path(sys.argv[1]))
        """
    )
    publish.put({f"reports/{n}.docx": b"zero" for n in range(5)}, target)
    for attempt in range(4):
        running = [
            subprocess.Popen([sys.executable, "-c", script, str(target), name], stderr=subprocess.PIPE) for name in "ab"
        ]
        time.sleep(0.6 + 0.05 * attempt)
        for process in running:
            process.send_signal(signal.SIGKILL)
            _, error = process.communicate()
            assert error == b""

        found = content(target)
        assert len(found) == 5
        assert len(set(found.values())) == 1


@pytest.mark.parametrize("output", ["papers", "papers/parish", "papers/parish/output", ""])
def test_papers_are_never_replaced(tmp_path: Path, output: str):
    papers = tmp_path / "papers"
    (papers / "parish" / "2010-01-05").mkdir(parents=True)
    (papers / "parish" / "2010-01-05" / "meeting.yaml").write_text("date: 2010-01-05", encoding="utf-8")
    target = tmp_path / output / "parish" / "2010-01-05" if output else papers

    with pytest.raises(UsageError, match="--output"):
        publish.refuse_foreign(target, papers)


def test_a_folder_that_holds_papers_of_another_house_is_not_replaced(tmp_path: Path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "meeting.yaml").write_text("date: 2010-01-05", encoding="utf-8")

    with pytest.raises(UsageError, match="holds papers"):
        publish.refuse_foreign(tmp_path / "other", tmp_path / "papers")
    publish.refuse_foreign(tmp_path / "output", tmp_path / "papers")


def test_what_a_killed_writer_of_a_file_left_is_swept_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".published.yaml.abc", tmp_path / ".published.yaml.def"
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    publish.replace_file(tmp_path / "published.yaml", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"published.yaml", fresh.name}
