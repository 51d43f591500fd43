"""What tests share: packs that take seconds to build, built once for all processes of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import packs
import pytest


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
