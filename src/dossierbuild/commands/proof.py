"""`dossierbuild proof`: every page of a built edition as a picture, for a designer to look at."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from dossierbuild.commands import message_arguments, tell
from dossierbuild.core.catalogue import Language
from dossierbuild.core.problems import ExitCode, Place, problem
from dossierbuild.proof import DamagedError, Shown, proof_page, read_edition, show_edition
from dossierbuild.stages.distribute import MANIFEST
from dossierbuild.tools.browser import Browser, BrowserError, find_browser, open_browser

DESCRIPTION = (
    "Makes pictures of every page of every publication of a built edition: the pages of each PDF and, where this "
    "machine has a Chromium, the web pages at 320 and 1280 pixels and the e-books as on an e-reader. They come on "
    "numbered contact sheets, with one HTML page that shows all, in the folder OUTPUT-proof beside the edition."
)

TEXTS = MappingProxyType(
    {
        Language.NL: {
            "made": "{folder}: {count} vellen; open {page}",
            "blind": "geen Chromium gevonden op deze computer: de webpagina’s en e-boeken staan er niet bij",
        },
        Language.EN: {
            "made": "{folder}: {count} sheets; open {page}",
            "blind": "no Chromium found on this machine: the web pages and e-books are left out",
        },
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("output", metavar="OUTPUT", nargs="+", help="folder of a built edition: output/SLUG")
    message_arguments(parser, "the edition's")


def run(given: argparse.Namespace) -> ExitCode:
    """Make the proof of each folder."""
    return max((_proof(Path(folder).resolve(), given) for folder in given.output), key=lambda code: code.value)


def _proof(folder: Path, given: argparse.Namespace) -> ExitCode:
    own, files = read_edition(folder)
    language = Language(given.language) if given.language else own
    if not files:
        tell([problem("D622", Place(""), path=folder, reason=MANIFEST)], given, language)
        return ExitCode.SOURCES
    try:
        with _browser() as browser:
            shown = show_edition(folder, browser)
    except BrowserError:
        tell([problem("D503", Place(""), what="Chromium")], given, language)
        return ExitCode.TOOL
    except DamagedError as error:
        tell([problem("D624", Place(""), file=error)], given, language)
        return ExitCode.VERIFICATION
    target = folder.parent / f"{folder.name}-proof"
    _write(target, folder, shown)
    words = TEXTS[language]
    if browser is None:
        print(words["blind"], file=sys.stderr)
    count = sum(len(one.sheets) for one in shown)
    print(words["made"].format(folder=target, count=count, page=target / "index.html"))
    return ExitCode.GOOD


@contextmanager
def _browser() -> Iterator[Browser | None]:
    program = find_browser()
    with open_browser(program) if program else contextlib.nullcontext() as browser:
        yield browser


def _write(target: Path, folder: Path, shown: tuple[Shown, ...]) -> None:
    """Put the proof in its folder, in place of an earlier one."""
    if target.is_dir():
        shutil.rmtree(target)
    target.mkdir()
    for name, png in (sheet for one in shown for sheet in one.sheets):
        (target / name).write_bytes(png)
    (target / "index.html").write_bytes(proof_page(folder, shown))
