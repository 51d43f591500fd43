"""What one build has made and the next may take: bytes by the hash of all that they were made of.

Nothing is taken unread: each file begins with the hash of its content, and one that differs counts as not there.
Builds side by side may share a folder, since a file appears whole or not at all. What was not asked for longest goes
first when the folder grows over its bound.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_BOUND = 256 * 1024 * 1024
_DIGEST = sha256().digest_size


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of such bytes, for this account alone. ``made_with`` names the tools; those of others are not taken.

    A folder that cannot be written or read is no fault: then nothing is kept.
    """

    folder: Path
    made_with: str
    bound: int = _BOUND

    def key(self, made_of: Mapping[str, bytes]) -> str:
        """The name of what is made of these, each by its name."""
        total = sha256(self.made_with.encode())
        for name, data in made_of.items():
            total.update(b"\0%d %s %d " % (len(name.encode()), name.encode(), len(data)))
            total.update(data)
        return total.hexdigest()

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, if it is what was put there."""
        path = self.folder / key
        try:
            content = path.read_bytes()
            os.utime(path)  # it was asked for now
        except OSError:
            return None
        digest, data = content[:_DIGEST], content[_DIGEST:]
        return data if sha256(data).digest() == digest else None

    def put(self, key: str, data: bytes) -> None:
        """Keep what was made."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".")  # readable by this account alone
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(sha256(data).digest() + data)
                Path(name).replace(self.folder / key)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def trim(self) -> None:
        """Let go of what was not asked for longest, until the rest is within the bound."""
        with contextlib.suppress(OSError):
            files = sorted(((each.stat(), each) for each in self.folder.iterdir()), key=lambda file: -file[0].st_mtime)
            size = 0
            for about, path in files:
                size += about.st_size
                if size > self.bound:
                    path.unlink(missing_ok=True)
