"""Verification of an edition that was built earlier: its folder is opened again, without the sources.

What the build promised is on record: the checksums in SHA256SUMS, the numbers and labels in manifest.json. And what one
format of a publication says, the others say too.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.companions import COMPANIONS
from dossierbuild.core.catalogue import Language
from dossierbuild.core.edition import Edition, Verification, edition_in
from dossierbuild.core.folder import MAX_FILE, read_plain_file
from dossierbuild.core.model import Artifact, PictureFormat, PublicationId, Role, Verified
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, in_order, problem
from dossierbuild.core.published import CHECKSUMS, INDEX, MANIFEST, Checksums, ChecksumsError, read_checksums
from dossierbuild.core.reasons import Reason
from dossierbuild.core.spec import Format
from dossierbuild.formats import readers
from dossierbuild.stages.verify import verify_again, verify_picture, verify_together
from dossierbuild.tools.validators import VALIDATORS, Machine, Validator, ValidatorError

MAX_PAGE = 50_000_000
"""Bytes of a page that stands with the publications, of which no size is promised; no other file is read that has so
many more than was promised."""
MAX_EDITION = 2_000_000_000
"""Bytes of all files of an edition that are read: they are held in memory together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in a folder: `files` is how many were looked at, `verified` what the publications hold."""

    language: Language
    files: int
    verified: tuple[Verified, ...]
    problems: tuple[Problem, ...]


# What an operating system brings along and no lock of packages decides.
_OF_THE_SYSTEM = frozenset({"pango", "harfbuzz", "fontconfig"})


def other_system(folder: Path, tools: Mapping[str, str]) -> tuple[Problem, ...]:
    """D191 where libraries of the system are all that differs between the tools of an edition and `tools`."""
    edition = edition_in(folder).value
    theirs = edition.generator if edition else {}
    other = sorted(name for name in theirs.keys() & tools.keys() if theirs[name] != tools[name])
    if not other or not _OF_THE_SYSTEM.issuperset(other):
        return ()
    texts = (", ".join(f"{name} {versions[name]}" for name in other) for versions in (theirs, tools))
    return (problem("D191", NOWHERE, theirs=next(texts), ours=next(texts)),)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one validator: `files` is how many it judged, None where the machine does not have it."""

    validator: str
    files: int | None
    problems: tuple[Problem, ...] = ()


def inspect_edition(folder: Path) -> Inspection:
    """Open all files of a built edition and hold them against their checksums, the manifest and each other."""
    read = edition_in(folder)
    if read.value is None:
        return Inspection(language=Language.NL, files=0, verified=(), problems=read.problems)
    edition = read.value
    language = Language.of(edition.language)
    if edition.verification is None:
        reason = Reason("hier hoort een waarde", "a value is expected").at(f"{MANIFEST}: verification")
        nothing = problem("D622", NOWHERE, path=folder, reason=reason)
        return Inspection(language=language, files=0, verified=(), problems=(nothing,))
    checksums = _checksums(folder)
    promised = checksums.value or Checksums()
    beside = _names_in(folder)
    checks = {row.role: row.check for row in COMPANIONS}
    companions = {INDEX: checks[Role.INDEX]} | dict.fromkeys(edition.verification.pages, checks[Role.REPORT])
    listed = (file.path for file in edition.files)
    ours = dict.fromkeys((*listed, *companions, MANIFEST, CHECKSUMS))
    files = _contents(folder, ours, {file.path: file.size for file in edition.files})
    damaged = (*checksums.problems, *_damaged(edition, promised, files))
    verified = tuple(_verified(edition, edition.verification, files, {met.place.path for met in damaged}))
    problems = [
        *damaged,
        *(problem("D632", Place(name), file=name) for name in promised.names if name not in ours),
        *_others(folder, (*ours, *promised.names)),
        *(met for file in verified for met in file.problems),
        *verify_together(verified, edition.labels),
        *_claims(edition, verified),
        *(met for path, check in companions.items() if path in files for met in check(path, files[path], beside)),
    ]
    return Inspection(language=language, files=len(files), verified=verified, problems=in_order(problems))


def _names_in(folder: Path) -> frozenset[str]:
    """The regular files in a folder; a link is none."""
    return frozenset(path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _checksums(folder: Path) -> Checked[Checksums]:
    """What SHA256SUMS says; D624 where it cannot be read, at the line that is none of its lines."""
    try:
        return Checked(read_checksums(folder))
    except ChecksumsError as error:
        place = Place(CHECKSUMS, error.line)
    except OSError:
        place = Place(CHECKSUMS)
    return Checked(None, (problem("D624", place, file=CHECKSUMS),))


def _others(folder: Path, known: Iterable[str]) -> Iterator[Problem]:
    """What else is in the folder: D634 for a link, a pipe, a device or a socket, which has no place in what is put on a
    website; D633 for files and folders that others have put there. Hidden ones are left alone."""
    names = {entry.name: entry for entry in folder.iterdir() if not entry.name.startswith(".")}
    others = [entry for name, entry in sorted(names.items()) if name not in frozenset(known)]
    odd = [entry for entry in others if entry.is_symlink() or not (entry.is_file() or entry.is_dir())]
    yield from (problem("D634", Place(entry.name), file=entry.name) for entry in odd)
    plain = [entry.name for entry in others if entry not in odd]
    if plain:
        yield problem("D633", NOWHERE, files=", ".join(plain))


def _contents(folder: Path, names: Iterable[str], sizes: Mapping[str, int]) -> dict[str, bytes]:
    """The files that can be read; what goes far beyond the size that is promised, or beyond MAX_EDITION, is not."""
    files: dict[str, bytes] = {}
    room = MAX_EDITION
    for name in names:
        with contextlib.suppress(OSError):
            files[name] = read_plain_file(folder / name, min(room, MAX_FILE, sizes.get(name, 0) + MAX_PAGE))
            room -= len(files[name])
    return files


def _damaged(edition: Edition, checksums: Checksums, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files that are not there or not what was built, by the checksums and by the manifest; pictures that are none."""
    promised = (*checksums, *((file.path, file.sha256) for file in edition.files))
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    wrong = [name for name, digest in promised if found.get(name) != digest]
    unlisted = [file.path for file in edition.files if file.path not in checksums.names]
    for name in dict.fromkeys((*wrong, *unlisted)):
        yield problem("D624", Place(name), file=name)
    for file in edition.files:
        if isinstance(file.format, PictureFormat) and file.path in files:
            yield from verify_picture(file.path, files[file.path])


def _verified(
    edition: Edition, verification: Verification, files: Mapping[str, bytes], damaged: Collection[str]
) -> Iterator[Verified]:
    """The publications' files that are there, those of each publication held against each other."""
    artifacts: dict[PublicationId, list[Artifact]] = {}
    for file in edition.files:
        if isinstance(file.format, Format) and file.path in files:
            made = Artifact(
                publication=file.publication, format=file.format, path=file.path, data=files[file.path], pages=0, log=()
            )
            artifacts.setdefault(file.publication, []).append(made)
    for publication, group in artifacts.items():
        recorded = {made.path: verification.counts(publication, made.format.value) for made in group}
        yield from verify_again(group, readers(), recorded, damaged)


def _claims(edition: Edition, verified: tuple[Verified, ...]) -> Iterator[Problem]:
    """Files that say to conform to something else than the manifest says of them."""
    recorded = {file.path: file.conforms_to for file in edition.files}
    for file in verified:
        if file.claims != recorded[file.path] and not any(met.code == "D601" for met in file.problems):
            found, expected = ", ".join(file.claims), ", ".join(recorded[file.path])
            yield problem("D625", Place(file.path), file=file.path, found=found, expected=expected)


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
        for finding in validator.judge(command, paths):
            name = finding.path.name
            yield problem("D626", Place(name), file=name, tool=validator.name, message=finding.message)
    except ValidatorError as error:
        yield problem("D627", NOWHERE, tool=validator.name, reason=error)
