"""`dossierbuild word in`: what editors changed in Word comes back into the texts of a dossier."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.documents import read_named_document
from dossierbuild.commands.files import change_file, dossier_of, write_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Severity
from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, has_errors, in_order, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.sent import DIGEST_PROPERTY, KEPT_FOLDER, PATH_PROPERTY, SENT_PROPERTY
from dossierbuild.core.word import Changes, Document
from dossierbuild.examination import examine
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.returning import BroughtText, Returned, Sending, bring_back
from dossierbuild.scheduler import Run, local_scheduler
from dossierbuild.stages.merge import Taken
from dossierbuild.stages.read import read_files


@dataclass(frozen=True, slots=True, kw_only=True)
class WordInCommand:
    """Bring back what was changed in the Word documents `files`; texts change only when asked to `write`.

    `dossier` is the folder with the texts; by default the current one, the nearest dossier around each file, or
    `sources`.
    `base` names the document as it was sent, where the dossier has not kept it. `changes` decides on tracked changes.
    `takes` has whose words are taken at places where both were changed, by their ids. `force` lets a text lose more
    than half of its words.
    """

    files: tuple[str, ...]
    dossier: str = ""
    base: str = ""
    changes: Changes | None = None
    takes: tuple[tuple[Taken, str], ...] = ()
    write: bool = False
    force: bool = False
    messages: Messages


def run(asked: WordInCommand) -> ExitCode:
    """Show or write the changes of each document."""
    return ExitCode.worst([_run(name, asked) for name in asked.files])


def _run(name: str, asked: WordInCommand) -> ExitCode:
    messages = asked.messages
    root = _root(name, asked.dossier)
    if root is None:
        return messages.tell([problem("D128", Place(name), path=Path(name).parent, nearest="")])
    document = _decided(name, asked.changes)
    if document.value is None:
        return messages.tell(document.problems)
    files = read_files(root, Path(styles_folder()))
    if files.value is None:
        return messages.tell(files.problems, str(root))
    sending = _sending(name, document.value, root, asked.base)
    if sending.value is None:
        return messages.tell(sending.problems)
    try:
        with local_scheduler() as scheduler, scheduler.run(os.path.realpath(root)) as steps:
            return _bring(name, root, sending.value, document.value, files, asked, steps)
    except LACKS as error:
        messages.tell(lacking(error), str(root))
        return ExitCode.TOOL


_NONE = Reason("geen", "none")


def _root(name: str, stated: str) -> Path | None:
    """The dossier that was stated, else the current folder, the nearest around a document, or `sources` below here."""
    if stated:
        return Path(stated)
    nearest = dossier_of(name, "")
    places = (Path(), *([nearest] if nearest else []), Path("sources"))
    return next((folder for folder in places if (folder / "dossier.yaml").is_file()), None)


def _decided(name: str, changes: Changes | None) -> Checked[Document]:
    """A document on whose tracked changes somebody decided. D903: nobody did."""
    read = read_named_document(name, changes or Changes.ACCEPT)
    if read.value is None or changes is not None:
        return read
    count = read.value.held.insertions + read.value.held.deletions
    return Checked(None, (problem("D903", Place(name), count=count),)) if count else read


def _sending(name: str, document: Document, root: Path, base: str) -> Checked[Sending]:
    """What was sent, as the dossier has kept it or as it is named. D901: that is not there."""
    kept = root / KEPT_FOLDER
    sent = document.stated.get(SENT_PROPERTY, "")
    named = [base] if base else [str(path) for path in sorted(kept.glob(f"*-{sent}.docx"))] if sent.isalnum() else []
    lacks: Checked[Sending] = Checked(None, (problem("D901", Place(name), path=name),))
    if not named:
        return lacks
    before = read_named_document(named[0])
    if before.value is None:
        return Checked(None, before.problems)
    texts = tuple(_texts(before.value.stated, root))
    return Checked(Sending(document=before.value, texts=texts)) if texts and all(texts) else lacks


def _texts(stated: Mapping[str, str], root: Path) -> Iterator[SourceFile]:
    """The texts of a document as they were sent, in their order; fewer where one was not kept."""
    number = 1
    while path := stated.get(f"{PATH_PROPERTY}{number}", ""):
        digest = stated.get(f"{DIGEST_PROPERTY}{number}", "")
        data = next((data for data in _candidates(root, path) if hashlib.sha256(data).hexdigest() == digest), None)
        if data is None:
            return
        yield SourceFile(path, data, digest)
        number += 1


def _candidates(root: Path, path: str) -> Iterator[bytes]:
    for kept in (root / path, *sorted((root / KEPT_FOLDER).glob("*.md"))):
        if kept.is_file():
            yield kept.read_bytes()


# --- what comes of it ------------------------------------------------------------------------------------------------


def _bring(
    name: str,
    root: Path,
    sending: Sending,
    document: Document,
    files: Checked[Files],
    asked: WordInCommand,
    steps: Run,
) -> ExitCode:
    assert files.value is not None
    examined = examine(files, "", steps)
    messages = asked.messages.of(examined.language)
    if examined.sources is None:
        return messages.tell([found for found in examined.problems if found.severity is Severity.ERROR], str(root))
    takes = {block: taken for taken, block in asked.takes}
    brought = bring_back(sending, document, files.value, examined.sources, steps, takes.get)
    if brought.value is None:
        messages.close(messages.words("not brought", file=name))
        return messages.tell(in_order(brought.problems), str(root))
    unknown = [
        problem("D920", Place(name), block=block, known=", ".join(brought.value.blocks) or _NONE)
        for block in takes
        if block not in brought.value.blocks
    ]
    told = [found for found in brought.value.problems if not (asked.force and found.code == "D917")]
    may_write = asked.write and not has_errors((*told, *unknown))
    unwritten = tuple(_changed(brought.value, root, write=may_write))
    _close(name, brought.value, messages, written=may_write and not unwritten)
    end = ExitCode.worst([messages.tell(in_order(told), str(root)), messages.tell(in_order(unknown))])
    messages.tell(unwritten)
    return ExitCode.TOOL if unwritten else end


def _changed(brought: Returned, root: Path, *, write: bool) -> Iterator[Problem]:
    """Show each change, and put the new files in place when asked to: pictures before the texts that show them."""
    for path, data in brought.added if write else ():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            yield from write_file(str(target), data)
    for text in brought.texts:
        yield from change_file(str(root / text.file.path), text.file.data, text.data, write=write)


def _close(name: str, brought: Returned, messages: Messages, *, written: bool) -> None:
    changed: Sequence[BroughtText] = [text for text in brought.texts if text.data != text.file.data]
    ending = "unbrought" if not changed else "brought" if written else "bringable"
    paths = ", ".join(text.file.path for text in changed)
    messages.close(messages.words(ending, file=name, texts=paths))
