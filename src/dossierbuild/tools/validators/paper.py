"""Validators of PDF: veraPDF, the reference for PDF/A and PDF/UA, and page-validation, which pip installs."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossierbuild.tools.validators.process import Finding, Machine, ValidatorError, each, one_line, run

# What a file claims in its metadata, as our files write it: uncompressed.
_PART = re.compile(rb"<pdfuaid:part>(\d)</|<pdfaid:part>(\d)</pdfaid:part>\s*<pdfaid:conformance>(\w)</", re.DOTALL)
_PAGE_VALIDATION = """
import json, sys, page
for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
    report = page.validate_pdf(path, profile=getattr(page.ValidationProfile, name))
    print(json.dumps([path, [f"{one.rule_id}: {one.message}" for one in report.failures]]))
"""


def find_verapdf(machine: Machine) -> tuple[str, ...] | None:
    """veraPDF's own command."""
    program = machine.program("verapdf", "verapdf.bat")
    return (program,) if program else None


def run_verapdf(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What veraPDF has against files, by each standard that they claim."""
    return each(lambda path: (one for flavour in claims(path) for one in _verapdf(command, flavour, path)), files)


def _verapdf(command: tuple[str, ...], flavour: str, path: Path) -> Iterator[Finding]:
    """veraPDF tells with `-v` each failed check on a line, below a line that begins with PASS or FAIL."""
    done = run([*command, "--format", "text", "-v", "--flavour", flavour, str(path)])
    if not re.search(r"^(?:PASS|FAIL) ", done.stdout, re.MULTILINE):
        raise ValidatorError(one_line(done.stderr or done.stdout or f"exit code {done.returncode}"))
    for line in done.stdout.splitlines():
        if line.strip() and not line.startswith("PASS "):
            yield Finding(path, one_line(f"{flavour}: {line}"))


def find_page_validation(machine: Machine) -> tuple[str, ...] | None:
    """The package page-validation in this Python."""
    return (sys.executable, "-I", "-c", _PAGE_VALIDATION) if importlib.util.find_spec("page") else None


def run_page_validation(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What page-validation has against files, by each standard that they claim."""
    profiles = [(f"PDF_{'UA_1' if one == 'ua1' else f'A_{one.upper()}'}", path) for path in files for one in claims(path)]
    done = run([*command, *(str(word) for pair in profiles for word in pair)])
    if done.returncode:
        raise ValidatorError(one_line(done.stderr[-300:]))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return tuple(Finding(Path(path), one_line(message)) for path, messages in told for message in messages)


def claims(path: Path) -> tuple[str, ...]:
    """The flavours that a file claims, as veraPDF calls them: ua1, 2a."""
    found = _PART.findall(path.read_bytes())
    return tuple(f"ua{ua}" if ua else f"{part}{level.lower()}" for ua, part, level in found)
