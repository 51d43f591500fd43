"""What tests share: packs that take seconds to build, built once for all processes of a run."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import packs
import pytest
from reading import ROOT, SCHEMAS

from boardpack import cli


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of the tests see."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    shared.mkdir(exist_ok=True)
    return shared


@pytest.fixture(scope="session")
def build(root: Path) -> Callable[[str], packs.Pack]:
    """A pack by its name, as the command line has built it."""
    return lambda name: packs.pack(name, root)


@pytest.fixture(scope="session")
def sample(build: Callable[[str], packs.Pack]) -> packs.Pack:
    return build("sample")


@pytest.fixture(params=packs.MAKERS)
def each_pack(request: pytest.FixtureRequest, build: Callable[[str], packs.Pack]) -> packs.Pack:
    """One pack after the other."""
    return build(request.param)


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """A command leaves the collection of garbage switched off, since its process ends with it; this one goes on."""
    yield
    gc.enable()


@pytest.fixture
def boardpack(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, root: Path) -> packs.Call:
    for name, value in packs.surroundings(root).items():
        monkeypatch.setenv(name, value)
    folders = {"--templates": ROOT / "templates", "--schemas": SCHEMAS}

    def call(verb: str, *arguments: str | Path) -> packs.Run:
        more = [part for option, folder in folders.items() if option not in arguments for part in (option, folder)]
        code = cli.main([verb, *map(str, (*arguments, *more))])
        said = capsys.readouterr()
        return packs.Run(int(code), said.out, said.err)

    return call
