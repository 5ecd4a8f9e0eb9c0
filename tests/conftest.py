"""What tests share: a cache of their own, copies of the good dossier, and one built edition of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from command import MINIMAL, run, use_two_fonts

from dossierbuild.tools.paper import engine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--any-engine", action="store_true", help="lay out with the WeasyPrint that is installed")


def pytest_configure(config: pytest.Config) -> None:
    """Take any WeasyPrint for the right one when asked to, in this process: for the tests of paper and corrections."""
    if config.getoption("any_engine"):
        engine.ENGINE_VERSION = version("weasyprint")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder for the whole run, so that no test reads or fills that of the user."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("DOSSIERBUILD_CACHE")
    os.environ["DOSSIERBUILD_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["DOSSIERBUILD_CACHE"]
    else:
        os.environ["DOSSIERBUILD_CACHE"] = before


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A copy of the good dossier, to change."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "dossier"))


@pytest.fixture
def plain(dossier: Path) -> Path:
    """The copy with two fonts instead of nine: making fonts small is most of the work of a build without a cache."""
    use_two_fonts(dossier)
    return dossier


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good dossier's published folder, to read."""
    output = tmp_path_factory.mktemp("edition")
    built = run("build", MINIMAL, "--output", output)
    assert built.code == 0, built.err
    return output / "buurtfeesten"
