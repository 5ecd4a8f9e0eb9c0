"""`dossierbuild word out`: texts of a dossier as Word documents, for editors who revise in Word."""

from __future__ import annotations

import errno
import os
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.files import write_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Severity
from dossierbuild.core.folder import MAX_FILE, read_plain_file
from dossierbuild.core.model import Files, Look, Sources, TextFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import NOWHERE, Checked, ExitCode, Place, Problem, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.core.sent import KEPT_FOLDER, kept_path
from dossierbuild.examination import examine
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Job, Run, local_scheduler
from dossierbuild.sending import letters
from dossierbuild.stages.read import read_files
from dossierbuild.stages.send import Letter, word_document
from dossierbuild.tools.pandoc import PandocError


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOutCommand:
    """Make Word documents in the folder `output` of the `texts` of a dossier: of all when none is named.

    A text goes by its path below the dossier, its file name, its stem or its id. `whole` asks for one document.
    """

    dossier: str
    texts: tuple[str, ...] = ()
    output: str = "output/word"
    whole: bool = False
    messages: Messages


@dataclass(frozen=True, slots=True)
class _Document:
    """A document to be put in place under a name, with what the dossier keeps of it by path."""

    name: str
    data: bytes
    kept: tuple[tuple[str, bytes], ...]


def run(asked: WordOutCommand) -> ExitCode:
    """Make the documents, and keep in the dossier what is sent."""
    root = Path(asked.dossier)
    files = read_files(root, Path(styles_folder()))
    if files.value is None:
        return asked.messages.tell(files.problems, asked.dossier)
    try:
        with local_scheduler() as scheduler, scheduler.run(os.path.realpath(root)) as steps:
            return _send(files, asked, steps)
    except LACKS as error:
        asked.messages.tell(lacking(error), asked.dossier)
        return ExitCode.TOOL


def _send(files: Checked[Files], asked: WordOutCommand, steps: Run) -> ExitCode:
    examined = examine(files, "", steps)
    messages, root = asked.messages.of(examined.language), asked.dossier
    errors = [found for found in examined.problems if found.severity is Severity.ERROR]
    if errors or examined.sources is None or examined.look is None:
        return messages.tell(errors, root)
    wanted = _wanted(asked.texts, examined.sources.texts, root)
    if wanted.value is None:
        messages.tell(wanted.problems, root)
        return ExitCode.USAGE
    made = _documents(examined.sources, examined.look, files, wanted.value, asked, steps)
    if made.value is None:
        return messages.tell(made.problems, root)
    problems = _put_in_place(made.value, Path(root), Path(asked.output))
    end = messages.tell(problems)
    count = len(made.value) - sum(found.code == "D931" for found in problems)
    print(messages.words("sent", dossier=root, count=count, folder=asked.output))
    return ExitCode.TOOL if any(found.code == "D149" for found in problems) else end


def _wanted(named: Sequence[str], texts: Sequence[TextFile], root: str) -> Checked[tuple[str, ...]]:
    """The paths of the texts that were named. D930: there is none of that name, or there are several."""
    if not named:
        return Checked(tuple(text.path for text in texts))
    found = {name: [text.path for text in texts if _is_called(text, name, root)] for name in named}
    known = [posixpath.basename(text.path) for text in texts]
    problems = tuple(
        problem("D930", NOWHERE, name, name=name, nearest=nearest(name, known), known=", ".join(known))
        for name, paths in found.items()
        if len(paths) != 1
    )
    return Checked(None if problems else tuple(path for paths in found.values() for path in paths), problems)


def _is_called(text: TextFile, name: str, root: str) -> bool:
    """Whether a text goes by a name: also by its path from the folder that one stands in."""
    file = posixpath.basename(text.path)
    if name in (text.path, file, posixpath.splitext(file)[0], text.id):
        return True
    return os.path.realpath(name) == os.path.realpath(Path(root, text.path))


def _documents(
    sources: Sources, look: Look, files: Checked[Files], paths: Sequence[str], asked: WordOutCommand, steps: Run
) -> Checked[tuple[_Document, ...]]:
    assert files.value is not None
    written = letters(sources, look, files.value, steps, paths, whole=asked.whole)
    if written.value is None:
        return Checked(None, written.problems)
    stems = dict(_stems(sources.texts))
    letters_by_name = {_name(letter, stems, whole=asked.whole): letter for letter in written.value}
    try:
        jobs = {name: Job(name, (letter,)) for name, letter in letters_by_name.items()}
        made = steps.each("send", word_document, jobs)
    except PandocError as error:
        return Checked(None, (problem("D501", NOWHERE, reason=error),))
    data = {file.path: file.data for file in files.value.sources}
    documents: list[_Document] = []
    for name, (sent, document) in made.items():
        paths = [text.text.path for text in letters_by_name[name].texts]
        kept = ((kept_path(stems[path], sent, ".md"), data[path]) for path in paths)
        documents.append(_Document(f"{name}.docx", document, ((kept_path(name, sent, ".docx"), document), *kept)))
    return Checked(tuple(documents))


def _name(letter: Letter, stems: Mapping[str, str], *, whole: bool) -> str:
    return letter.slug if whole else stems[letter.texts[0].text.path]


def _stems(texts: Sequence[TextFile]) -> Iterator[tuple[str, str]]:
    """The name of each text's document by its path: that of its file, with its folder where others have it too."""
    stems = {text.path: posixpath.splitext(text.path)[0] for text in texts}
    counts = Counter(posixpath.basename(stem) for stem in stems.values())
    for path, stem in stems.items():
        name = posixpath.basename(stem)
        yield path, name if counts[name] == 1 else stem.replace("/", "-")


# --- files -----------------------------------------------------------------------------------------------------------


def _put_in_place(documents: Sequence[_Document], root: Path, output: Path) -> tuple[Problem, ...]:
    """Keep each document and put it in its place. D149: that could not be done. D931: what stands there is not what was
    sent before, so somebody may have revised it."""
    try:
        (root / KEPT_FOLDER).mkdir(exist_ok=True)
        output.mkdir(parents=True, exist_ok=True)
        if _is_kept_elsewhere(root):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(root / KEPT_FOLDER))
    except OSError as error:
        return (problem("D149", NOWHERE, path=error.filename, reason=of_system(error)),)
    sent = {path.read_bytes() for path in (root / KEPT_FOLDER).glob("*.docx")}
    problems: list[Problem] = []
    for document in documents:
        target = output / document.name
        if _is_revised(target, sent):
            problems.append(problem("D931", Place(target.as_posix()), path=target.as_posix()))
            continue
        for path, data in document.kept:
            problems += write_file(str(root / path), data)
        problems += write_file(str(target), document.data)
    return tuple(problems)


def _is_kept_elsewhere(root: Path) -> bool:
    """Whether what was sent would be kept outside of the dossier, where a link leads."""
    kept = root / KEPT_FOLDER
    return kept.is_symlink() or any(path.is_symlink() for path in kept.iterdir())


def _is_revised(target: Path, sent: set[bytes]) -> bool:
    """Whether something stands in the place of a document that was never sent as it is there."""
    if not os.path.lexists(target):
        return False
    try:
        return read_plain_file(target, MAX_FILE, follow=True) not in sent
    except OSError:
        return True
