"""What is kept from one build to the next: taken only where it is what was put there, and never more than may be."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from boardpack.store import Store

MADE_OF = {"word/document.xml": b"<w:document/>"}


def test_what_was_kept_comes_back_for_the_same_matter_and_tools_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", "LibreOffice 7.4")
    key = store.key(MADE_OF)
    assert store.get(key) is None

    store.put(key, b"%PDF")

    assert store.get(store.key(dict(MADE_OF))) == b"%PDF"
    assert store.get(store.key({**MADE_OF, "word/styles.xml": b""})) is None
    assert store.get(store.key({"word/document.xml": b"<w:document />"})) is None
    assert store.get(Store(store.folder, "LibreOffice 24.2").key(MADE_OF)) is None
    assert Store(tmp_path / "public", "LibreOffice 7.4").get(key) is None


def test_names_and_contents_cannot_be_taken_for_one_another() -> None:
    store = Store(Path(), "")
    keys = [store.key(each) for each in ({"a": b"b"}, {"ab": b""}, {"": b"ab"}, {"a": b"", "b": b""}, {})]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("damage", ["cut short", "one bit", "emptied", "longer"])
def test_what_is_damaged_counts_as_not_there(damage: str, tmp_path: Path) -> None:
    store = Store(tmp_path, "tools")
    key = store.key(MADE_OF)
    store.put(key, b"%PDF and more")
    path = tmp_path / key
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut short": data[:-1],
            "one bit": data[:-1] + bytes([data[-1] ^ 1]),
            "emptied": b"",
            "longer": data + b"\n",
        }[damage]
    )

    assert store.get(key) is None
    store.put(key, b"%PDF and more")
    assert store.get(key) == b"%PDF and more"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_this_account_can_read_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept" / "members", "tools")
    store.put("key", b"withheld")

    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((store.folder / "key").stat().st_mode) == 0o600


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, "tools", bound=250)
    for number in range(6):
        store.put(str(number), bytes(50))
        os.utime(tmp_path / str(number), (number, number))
    assert store.get("0")  # asked for now

    store.trim()

    assert {path.name for path in tmp_path.iterdir()} == {"0", "5", "4"}
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 250


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(tmp_path / "file" / "kept", "tools")

    store.put("key", b"data")
    store.trim()

    assert store.get("key") is None


def test_builds_side_by_side_never_read_half_a_file(tmp_path: Path) -> None:
    store = Store(tmp_path, "tools")
    data = bytes(1_000_000)
    found: list[bytes | None] = []

    def write() -> None:
        for _ in range(30):
            store.put("key", data)

    def read() -> None:
        found.extend(store.get("key") for _ in range(200))

    threads = [threading.Thread(target=each) for each in (write, write, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(found) <= {None, data}
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    (tmp_path / "key").write_bytes(b"")
    assert store.get("key") is None
