"""Verification of an edition that was built earlier: its folder is opened again, without the sources.

What the build promised is on record: the checksums in SHA256SUMS, the numbers and labels in manifest.json. And what one
format of a publication says, the others say too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Artifact, CitationKey, Format, Label, PublicationId, Verified
from dossierbuild.core.problems import Checked, Place, Problem, in_order, problem
from dossierbuild.formats import readers
from dossierbuild.stages.distribute import CHECKSUMS, MANIFEST
from dossierbuild.stages.verify import verify_again, verify_page, verify_together
from dossierbuild.tools.validators import VALIDATORS, Machine, Validator, ValidatorError

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in a folder: `files` is how many were looked at, `verified` what the publications hold."""

    language: Language
    files: int
    verified: tuple[Verified, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one validator: `files` is how many it judged, None where the machine does not have it."""

    validator: str
    files: int | None
    problems: tuple[Problem, ...] = ()


def inspect_edition(folder: Path) -> Inspection:
    """Open all files of a built edition and hold them against their checksums, the manifest and each other."""
    read = _read_manifest(folder)
    if read.value is None:
        return Inspection(language=Language.NL, files=0, verified=(), problems=read.problems)
    manifest = read.value
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    artifacts = tuple(_artifacts(manifest, files))
    recorded = {one.path: manifest["verification"]["matrix"].get(one.publication, {}).get(one.format.value, {})
                for one in artifacts}  # fmt: skip
    groups = {one.publication: [other for other in artifacts if other.publication == one.publication]
              for one in artifacts}  # fmt: skip
    damaged = tuple(_checksums(manifest, files))
    paths = {one.place.path for one in damaged}
    verified = tuple(one for group in groups.values() for one in verify_again(group, readers(), recorded, paths))
    pages = ["index.html", *manifest["verification"]["pages"]]
    problems = [
        *damaged,
        *(found for one in verified for found in one.problems),
        *verify_together(verified, _labels(manifest)),
        *_claims(manifest, verified),
        *(found for page in pages if page in files for found in verify_page(page, files[page], files.keys())),
    ]
    language = Language.of(str(manifest.get("language", "nl")))
    return Inspection(language=language, files=len(files), verified=verified, problems=in_order(problems))


def _read_manifest(folder: Path) -> Checked[dict[str, Any]]:
    """manifest.json with the parts that are needed here; the problem says what is lacking."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sound = all(isinstance(one["path"], str) and isinstance(one["publication"], str) for one in manifest["files"])
        parts = (manifest["citations"], manifest["verification"]["matrix"])
        if sound and all(isinstance(one, dict) for one in parts) and manifest["verification"]["pages"]:
            return Checked(manifest)
        reason = MANIFEST
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = f"{MANIFEST}: {error.strerror if isinstance(error, OSError) else error}"
    return Checked(None, (problem("D622", Place(""), path=folder, reason=reason),))


def _artifacts(manifest: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[Artifact]:
    """The publications' files that are there; `pages` is not looked at."""
    formats = {one.value: one for one in Format}
    for entry in manifest["files"]:
        if entry["format"] in formats and entry["path"] in files:
            yield Artifact(
                publication=PublicationId(entry["publication"]),
                format=formats[entry["format"]],
                path=entry["path"],
                data=files[entry["path"]],
                pages=0,
                log=(),
            )


def _checksums(manifest: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files that are not there or not what was built, by the checksums and by the manifest; pictures that are none."""
    lines = files.get(CHECKSUMS, b"").decode("utf-8", "replace").splitlines()
    promised = [(line[66:], line[:64]) for line in lines]
    promised += [(entry["path"], str(entry.get("sha256"))) for entry in manifest["files"]]
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    wrong = [name for name, digest in promised if found.get(name) != digest]
    wrong += [name for name in (CHECKSUMS, MANIFEST) if name not in files]
    wrong += [name for name, data in files.items() if name.endswith(".png") and not data.startswith(_PNG)]
    unlisted = [entry["path"] for entry in manifest["files"] if entry["path"] not in dict(promised[: len(lines)])]
    for name in dict.fromkeys((*wrong, *unlisted)):
        yield problem("D624", Place(name), file=name)


def _labels(manifest: dict[str, Any]) -> tuple[Label, ...]:
    return tuple(
        Label(key=CitationKey(key), parenthetical=one["parenthetical"], narrative=one["narrative"])
        for key, one in manifest["citations"].items()
    )


def _claims(manifest: dict[str, Any], verified: tuple[Verified, ...]) -> Iterator[Problem]:
    """Files that say to conform to something else than the manifest says of them."""
    recorded = {entry["path"]: entry.get("conforms_to", []) for entry in manifest["files"]}
    for one in verified:
        if list(one.claims) != recorded[one.path] and not any(found.code == "D601" for found in one.problems):
            found, expected = ", ".join(one.claims), ", ".join(recorded[one.path])
            yield problem("D625", Place(one.path), file=one.path, found=found, expected=expected)


def judge_edition(folder: Path, machine: Machine) -> Iterator[Judgement]:
    """What each validator that the machine has says of the edition's files."""
    for validator in VALIDATORS:
        command = validator.find(machine)
        paths = sorted(folder.glob(f"*{validator.suffix}"))
        if command is None or not paths:
            yield Judgement(validator.name, None if command is None else 0)
        else:
            yield Judgement(validator.name, len(paths), tuple(_judged(validator, command, paths)))


def _judged(validator: Validator, command: tuple[str, ...], paths: list[Path]) -> Iterator[Problem]:
    try:
        for one in validator.judge(command, paths):
            name = one.path.name
            yield problem("D626", Place(name), file=name, tool=validator.name, message=one.message)
    except ValidatorError as error:
        yield problem("D627", Place(""), tool=validator.name, reason=error)
