"""Every problem that can be reported: a small change to the good dossier provokes it, at the very place.

`rules/D201.yaml` holds the change for D201 as data. `edits` change files of the dossier; a file in styles/ that the
dossier does not have begins as the project's own. `expect` are all places at which the code is then reported, `also`
the codes that it cannot be had without. Without `command` the sources are checked; `exit` is 3 unless it says otherwise.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from command import MINIMAL, ROOT, Run, run
from dossierbuild.core.catalogue import CATALOGUE, Language, Severity
from dossierbuild.core.model import BuildOptions, Format
from dossierbuild.core.problems import Problem, as_json, as_text
from dossierbuild.pipeline import Outcome, build, check
from dossierbuild.program import cache_folder, program_digest, styles_folder
from dossierbuild.tools.store import Store
from dossierbuild.workshop import Workshop, workshop

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A change to the good dossier, and what is then reported."""

    edits: tuple[dict[str, Any], ...]
    expect: tuple[str, ...]
    also: tuple[str, ...] = ()
    command: str = "check"
    formats: tuple[str, ...] = ()
    output: str = "output"
    exit: int = 3
    hidden: tuple[str, ...] = ()


def overlay(code: str) -> Overlay:
    data = yaml.safe_load((RULES / f"{code}.yaml").read_text("utf-8"))
    return Overlay(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})


def _text(dossier: Path, name: str) -> str:
    """A file of the dossier; where it has no such file in styles/, the project's."""
    own = dossier / name
    return (own if own.exists() else ROOT / name).read_text("utf-8")


def apply(edits: tuple[dict[str, Any], ...], dossier: Path) -> None:
    """Change the dossier's files as the edits say."""
    for edit in edits:
        path = dossier / edit["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if "write" in edit:
            path.write_text(edit["write"] * edit.get("times", 1), encoding="utf-8")
        elif "write_base64" in edit:
            path.write_bytes(base64.b64decode(edit["write_base64"]))
        elif "link" in edit:
            path.symlink_to(edit["link"])
        elif "delete" in edit:
            path.unlink()
        elif "append" in edit:
            path.write_text(_text(dossier, edit["file"]) + edit["append"], encoding="utf-8")
        else:
            text = _text(dossier, edit["file"])
            assert text.count(edit["find"]) == 1, f"{edit['file']} holds {edit['find']!r} {text.count(edit['find'])} times"
            path.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    """One workshop for all overlays, so that processes start once."""
    with workshop(
        Store(cache_folder()), scope="rules", program=program_digest(), workers=2, fresh=False, report=lambda step: None
    ) as shared:
        yield shared


def outcome(change: Overlay, dossier: Path, shop: Workshop) -> Outcome:
    """Check or build the changed dossier, with its output beside it."""
    options = BuildOptions(
        root=str(dossier),
        output=str(dossier.parent / change.output),
        formats=tuple(Format(one) for one in change.formats),
    )
    return (build if change.command == "build" else check)(options, styles_folder(), shop)
