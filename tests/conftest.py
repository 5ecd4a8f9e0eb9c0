"""What tests share: their order and how many of them are run, a cache of their own, and the good dossier.

Tests of single modules come first, then those that build editions or start programs, then those of outside validators.
`--quick` stops after the first; `--all` fails where a program is missing for whose tests the others are left out.
`build.py test` runs all but those that are marked `thorough`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from command import MINIMAL, run, use_two_fonts

from dossierbuild.tools.paper import engine

# Files of which most tests build an edition or start a program; elsewhere a test that does so is marked `built`.
BUILT = frozenset(
    "test_authors test_awkward_pages test_bootstrap test_citation_places test_claims test_cli test_corrections "
    "test_cite_law test_comments test_damage test_edition test_epub test_typed test_hostile_word test_word_office "
    "test_epub_pages test_hard_cases test_hostile test_hostile_folder test_laws test_one_text test_spec test_terms "
    "test_up_to_date test_look test_package test_paper test_paper_notes test_paper_structure test_parity test_proof "
    "test_prose_citations test_references_command test_registry test_report test_report_tables "
    "test_sections test_security test_streams test_verify test_word_out".split()
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("how many tests are run")
    group.addoption("--quick", action="store_true", help="only tests of single modules: a verdict within a minute")
    group.addoption("--all", action="store_true", help="every test: a program that is missing makes its tests fail")
    parser.addoption("--any-engine", action="store_true", help="lay out with the WeasyPrint that is installed")


def pytest_configure(config: pytest.Config) -> None:
    """Take any WeasyPrint for the right one when asked to, in this process: for the tests of paper and corrections."""
    if config.getoption("any_engine"):
        engine.ENGINE_VERSION = version("weasyprint")


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=level)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))
    if config.getoption("--quick"):
        config.hook.pytest_deselected(items=[item for item in items if level(item)])
        items[:] = [item for item in items if not level(item)]


def level(item: pytest.Item) -> int:
    """0 for a test of single modules, 1 for one that builds, 2 for one of outside validators."""
    if item.get_closest_marker("conformance"):
        return 2
    return int(item.path.stem in BUILT or item.get_closest_marker("built") is not None)


def group(item: pytest.Item) -> str:
    """The tests that run in one process, one behind the other: those of a file, or of an edition before the validators,
    which take the longest and for which it is built once."""
    given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return f"{item.path.stem} {given.get('published', '')}".strip()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        if not shutil.which(marker.args[0]):
            stop = pytest.fail if item.config.getoption("--all") else pytest.skip
            stop(f"{marker.args[0]} is not here; `python3 build.py test --all` installs it")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--quick"):
        terminalreporter.write_line("Left out by --quick: tests that build editions, and those of outside validators.")
    elif config.option.markexpr == "not thorough":
        terminalreporter.write_line(
            "Left out without --all: hostile values everywhere, the time of every pattern, every drawing in a browser, "
            "every correction and kind of change, what LibreOffice saves, and the validators on other "
            "editions than the example."
        )


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
