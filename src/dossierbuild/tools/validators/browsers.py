"""Validators that look through a browser: Ace for e-books and axe for web pages. Both need Node and a Chromium."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossierbuild.tools.validators.process import Finding, Machine, ValidatorError, each, last_line, one_line, run

AXE = Path(__file__).parent / "axe.mjs"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_ace(machine: Machine) -> tuple[str, ...] | None:
    """Ace by DAISY and a browser for it."""
    package, node = machine.package("@daisy/ace-cli/bin/ace.js"), machine.program("node")
    program = machine.program("ace", "ace-cli")
    command = (node, package) if node and package else (program,) if program else None
    browser = machine.program(*_BROWSERS)
    return (browser, *command) if command and browser else None


def run_ace(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What Ace finds to be against the requirements of accessibility."""
    return each(lambda path: _ace(command, path), files)


def _ace(command: tuple[str, ...], path: Path) -> Iterator[Finding]:
    browser, *ace = command
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "HOME": folder,  # it writes its settings there
            "PUPPETEER_EXECUTABLE_PATH": browser,
            "ACE_TIMEOUT_INITIAL": "60000",  # milliseconds for the browser to start; its own 5 s are too few
        }
        done = run([*ace, "--force", "--silent", "--exit-with-error", "--outdir", folder, str(path)], environment)
        try:
            report = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise ValidatorError(last_line(done)) from None
    for page in report["assertions"]:
        for assertion in page["assertions"]:
            if assertion["earl:result"]["earl:outcome"] != "pass":
                where, what = page["earl:testSubject"]["url"], assertion["earl:test"]["dct:title"]
                yield Finding(path, one_line(f"{where}: {what}: {assertion['earl:result'].get('html', '')}"))


def find_axe(machine: Machine) -> tuple[str, ...] | None:
    """axe-core and playwright-core, packages of Node, and a browser for them."""
    node, browser = machine.program("node"), machine.program(*_BROWSERS)
    axe, playwright = machine.package("axe-core/axe.min.js"), machine.package("playwright-core/index.mjs")
    return (node, str(AXE), axe, playwright, browser) if node and axe and playwright and browser else None


def run_axe(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What axe finds in pages at three widths, in light and dark; whether they hold when they are enlarged, and whether
    the keyboard's focus is seen in them."""
    done = run([*command, *(path.resolve().as_uri() for path in files)])
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise ValidatorError(last_line(done)) from None
    by_address = {path.resolve().as_uri(): path for path in files}
    return tuple(Finding(by_address[finding["address"]], one_line(finding["message"])) for finding in told)
