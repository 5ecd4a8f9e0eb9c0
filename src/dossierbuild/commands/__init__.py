"""The commands for editors: what they share of reading a named file and telling of problems."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, as_json, as_text, has_errors, problem

MAX_FILE = 50_000_000


def message_arguments(parser: argparse.ArgumentParser, default: str) -> None:
    """How messages are given; `default` is the language where none is asked for."""
    parser.add_argument("--language", choices=["nl", "en"], help=f"language of the messages (default: {default})")
    parser.add_argument("--format-problems", choices=["text", "json"], default="text", help="how problems are printed")


def read_named_file(name: str) -> Checked[SourceFile]:
    """A file that was named on the command line; it goes by that name in messages."""
    path = Path(name)
    place = Place(path.as_posix())
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE:
            size, limit = f"{path.stat().st_size // 1_000_000} MB", f"{MAX_FILE // 1_000_000} MB"
            return Checked(None, (problem("D119", place, size=size, limit=limit),))
        data = path.read_bytes()
    except OSError:
        return Checked(None, (problem("D117", place, path=path.as_posix(), nearest=""),))
    return Checked(SourceFile(path.as_posix(), data, hashlib.sha256(data).hexdigest()))


def tell(problems: Iterable[Problem], given: argparse.Namespace, language: Language, root: str = "") -> ExitCode:
    """Print problems to standard error; errors among them are what the run ends with."""
    told = tuple(problems)
    for one in told:
        text = as_json if given.format_problems == "json" else as_text
        print(text(one, language, root), file=sys.stderr)
    return ExitCode.SOURCES if has_errors(told) else ExitCode.GOOD
