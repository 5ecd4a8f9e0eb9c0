"""Validators of PDF: veraPDF, the reference for PDF/A and PDF/UA, and page-validation, which pip installs."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossierbuild.tools.validators.process import Finding, Machine, ValidatorError, each, last_line, one_line, run

# What a file claims in its metadata, which PDF/A wants uncompressed.
_UA = re.compile(r"pdfuaid:part(?:>|=.)(\d)")
_A = re.compile(r"pdfaid:(part|conformance)(?:>|=.)(\w)")
# It counts a stream whose last byte is a carriage return one byte short.
_MISTAKEN = "PDFA2A-STREAM-LENGTH-001"
_PAGE_VALIDATION = """
import json, sys, page
for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        report = page.validate_pdf(path, profile=getattr(page.ValidationProfile, name))
        told = [f"{one.rule_id}: {one.message}" for one in report.failures]
    except page.PageError as error:
        told = [str(error)]
    print(json.dumps([path, told]))
"""


def find_verapdf(machine: Machine) -> tuple[str, ...] | None:
    """veraPDF's own command."""
    program = machine.program("verapdf", "verapdf.bat")
    return (program,) if program else None


def run_verapdf(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What veraPDF has against files, by each standard that they claim."""
    return each(
        lambda path: (finding for flavour in claims(path) for finding in _verapdf(command, flavour, path)), files
    )


def _verapdf(command: tuple[str, ...], flavour: str, path: Path) -> Iterator[Finding]:
    """The findings for one flavour: with `-v` veraPDF prints each failed check on a line, below its verdict."""
    done = run([*command, "--format", "text", "-v", "--flavour", flavour, str(path)])
    if not re.search(r"^(?:PASS|FAIL) ", done.stdout, re.MULTILINE):
        raise ValidatorError(last_line(done))
    for line in done.stdout.splitlines():
        if line.strip() and not line.startswith("PASS "):
            yield Finding(path, one_line(f"{flavour}: {line}"))


def find_page_validation(machine: Machine) -> tuple[str, ...] | None:
    """The package page-validation in this Python."""
    return (sys.executable, "-I", "-c", _PAGE_VALIDATION) if importlib.util.find_spec("page") else None


def run_page_validation(command: tuple[str, ...], files: Sequence[Path]) -> tuple[Finding, ...]:
    """What page-validation has against files, by each standard that they claim."""
    claimed = [(flavour, path) for path in files for flavour in claims(path)]
    words = [word for flavour, path in claimed for word in (_profile(flavour), str(path))]
    done = run([*command, *words])
    if done.returncode:
        raise ValidatorError(last_line(done))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return tuple(
        Finding(Path(path), one_line(message))
        for path, messages in told
        for message in messages
        if not message.startswith(_MISTAKEN)
    )


def _profile(flavour: str) -> str:
    return "PDF_UA_1" if flavour == "ua1" else f"PDF_A_{flavour.upper()}"


def claims(path: Path) -> tuple[str, ...]:
    """The flavours that a file claims, as veraPDF calls them: ua1, 2a."""
    metadata = path.read_bytes().decode("latin-1")
    archival = dict(_A.findall(metadata))
    named = [f"ua{part}" for part in _UA.findall(metadata)[:1]]
    return (*named, f"{archival['part']}{archival.get('conformance', '').lower()}") if archival else tuple(named)
