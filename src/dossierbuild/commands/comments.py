"""`dossierbuild comments`: the comments that people put in a copy of a PDF, each at its place in the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType

from dossierbuild.commands.files import dossier_of, read_named_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Language
from dossierbuild.core.legible import shortened
from dossierbuild.core.model import Files, Reference, SourceFile
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.spec import FullPlan, Manifest, Plan, SummaryPlan
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Job, forgetful_scheduler
from dossierbuild.stages.locate import Located, corpus_of, locate, source_of, source_of_works
from dossierbuild.stages.parse import SourceKind, parse_manifest, parse_references, wanted_files
from dossierbuild.stages.read import read_files
from dossierbuild.tools.pdf_reader import PdfError
from dossierbuild.tools.pdf_reader.comments import CommentedPdf, Mark, PdfComment, read_comments

MAX_DATA = 1_000_000
"""Bytes of a data file in which marked words are sought: a table or chart that a page has room for has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsCommand:
    """List the comments in a PDF `file`.

    `dossier` is the folder that it was made from, by default the nearest dossier around the PDF, else around where one
    stands.
    """

    file: str
    dossier: str = ""
    messages: Messages


def run(asked: CommentsCommand) -> ExitCode:
    """Tell each comment, at its place or with its page; good unless the PDF or the dossier cannot be read."""
    messages, root = asked.messages, _dossier(asked)
    if root is None:
        return messages.tell([problem("D128", Place(asked.file), path=Path(asked.file).parent, nearest="")])
    file = read_named_file(asked.file)
    if file.value is None:
        return messages.tell(file.problems)
    files = read_files(root, Path(styles_folder()))
    if files.value is None:
        return messages.tell(files.problems, str(root))
    try:
        return _tell(file.value, root, files.value, messages)
    except LACKS as error:
        messages.tell(lacking(error))
        return ExitCode.TOOL


def _dossier(asked: CommentsCommand) -> Path | None:
    """The dossier that was stated, else the nearest around the PDF, else around the working folder or in `sources`."""
    beside = Path.cwd() / "sources" / PurePath(asked.file).name
    return dossier_of(asked.file, asked.dossier) or dossier_of(str(beside), "")


def _tell(file: SourceFile, root: Path, files: Files, messages: Messages) -> ExitCode:
    dossier = _read(files)
    if dossier.value is None:
        return messages.tell(dossier.problems, str(root))
    messages = messages.of(Language.of(dossier.value.manifest.language))
    with forgetful_scheduler() as scheduler, scheduler.run("comments") as steps:
        job = Job(file.path, (file.data,), file=file.path)
        read = steps.one("comments", _comments_in, job)
        if isinstance(read, str):
            return messages.tell([problem("D944", Place(file.path), path=file.path, reason=read)])
        located = steps.one("locate", _located, Job(file.path, (read, dossier.value), size=len(read.text)))
    told = [pair for pair in zip(read.comments, located, strict=True) if not pair[0].settled]
    placed = [(comment, found) for comment, found in told if found]
    unplaced = [comment for comment, found in told if found is None]
    messages.tell(_foreign(file.path, read, dossier.value))
    messages.tell(_at_their_places(placed), str(root), all_of_them=True)
    messages.tell((found for comment in unplaced for found in _by_page(comment, file.path)), all_of_them=True)
    counts = {"count": len(read.comments), "placed": len(placed), "unplaced": len(unplaced)}
    messages.close(messages.words("comments told", file=file.path, settled=len(read.comments) - len(told), **counts))
    return ExitCode.GOOD


def _comments_in(data: bytes) -> CommentedPdf | str:
    """The comments in a PDF, or why it cannot be read."""
    try:
        return read_comments(data)
    except PdfError as error:
        return str(error)


# --- the dossier -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dossier:
    """What is asked of a dossier: its settings, its files by what they are, and its works."""

    manifest: Manifest
    files: tuple[tuple[SourceKind, SourceFile], ...]
    settings: SourceFile
    references_path: str
    references: tuple[Reference, ...]


_SOUGHT = (SourceKind.CHAPTER, SourceKind.SUMMARY, SourceKind.INFOGRAPHIC, SourceKind.TERMS, SourceKind.TABLE)


def _read(files: Files) -> Checked[_Dossier]:
    """The dossier, as far as it can be read: a fault in a text is none here."""
    settings = files.source("dossier.yaml")
    assert settings is not None
    parsed = parse_manifest(settings)
    if parsed.value is None:
        return Checked(None, parsed.problems)
    manifest, document = parsed.value
    wanted = wanted_files(manifest, document, files).value or {}
    lists = [file for path in wanted["references"] if (file := files.source(path))]
    works = [parse_references(file, Language.of(manifest.language)).value or () for file in lists]
    sought = [(kind, file) for kind in _SOUGHT for path in wanted.get(kind.value, ()) if (file := files.source(path))]
    return Checked(
        _Dossier(
            manifest=manifest,
            files=tuple((kind, file) for kind, file in sought if len(file.data) <= MAX_DATA),
            settings=settings,
            references_path=manifest.references,
            references=tuple(work for list_ in works for work in list_),
        )
    )


def _located(read: CommentedPdf, dossier: _Dossier) -> tuple[Located | None, ...]:
    """The places of the comments in the sources, those in the texts of the PDF's own publication before others."""
    own = _texts_of(_plan(read, dossier.manifest), dossier)
    works = source_of_works(dossier.references_path, dossier.references)
    others = [file for _, file in dossier.files if file not in own]
    corpus = corpus_of([*map(source_of, own), works], [*map(source_of, others), source_of(dossier.settings)])
    return locate(read.text, [comment.ranges for comment in read.comments], corpus, dossier.references)


def _texts_of(plan: Plan | None, dossier: _Dossier) -> list[SourceFile]:
    """The files that a publication is made of; those of a full dossier where it is not known which it is."""
    if plan is None or isinstance(plan, FullPlan):
        return [file for kind, file in dossier.files if kind is SourceKind.CHAPTER]
    path = plan.text if isinstance(plan, SummaryPlan) else plan.spec
    return [file for _, file in dossier.files if file.path == path]


def _plan(read: CommentedPdf, manifest: Manifest) -> Plan | None:
    """The publication that a PDF says to be: by its identifier, else by its title."""
    plans = manifest.publications
    same = [plan for plan in plans if manifest.identifier_of(plan) == read.identifier]
    return next(iter((*same, *(plan for plan in plans if (plan.title or manifest.title) == read.title))), None)


def _foreign(path: str, read: CommentedPdf, dossier: _Dossier) -> Iterator[Problem]:
    """D943: the PDF does not say of itself that it is of this edition."""
    manifest, plan = dossier.manifest, _plan(read, dossier.manifest)
    if plan is None or manifest.identifier_of(plan) != read.identifier:
        reason = _OTHER_EDITION if plan else _title_of(read)
        yield problem("D943", Place(path), dossier=manifest.title, reason=reason)


def _title_of(read: CommentedPdf) -> Reason:
    title = shortened(read.title)
    return Reason(f"hij heet '{title}'", f"it is called '{title}'") if title else _NAMELESS


_OTHER_EDITION = Reason("het is een andere uitgave", "it is another edition")
_NAMELESS = Reason("hij zegt niet waarvan hij is", "it does not say what it is of")


# --- what is told ----------------------------------------------------------------------------------------------------

_CALLED = MappingProxyType(
    {
        Mark.HIGHLIGHT: Reason("markering", "highlight"),
        Mark.UNDERLINE: Reason("onderstreping", "underline"),
        Mark.SQUIGGLY: Reason("golflijn", "wavy line"),
        Mark.STRIKEOUT: Reason("doorhaling", "strike-out"),
        Mark.REPLACEMENT: Reason("vervanging", "replacement"),
        Mark.CARET: Reason("invoeging", "insertion"),
        Mark.NOTE: Reason("notitie", "note"),
        Mark.FREE_TEXT: Reason("getypte tekst", "typed text"),
        Mark.DRAWING: Reason("tekening", "drawing"),
        Mark.OTHER: Reason("stempel of bijlage", "stamp or attachment"),
    }
)
_NEAR = Reason("de plaats is die van de tekst ernaast", "the place is that of the text beside it")
_UNSURE = Reason("de plaats is bij benadering", "the place is near enough")
_NOTHING = Reason("", "")
_WITHOUT_TEXT = Reason("zonder tekst", "without text")
_SOMEONE = Reason("iemand", "someone")


def _at_their_places(placed: Iterable[tuple[PdfComment, Located]]) -> Iterator[Problem]:
    """D940: comments in the order of their places, each with what was answered to it behind it."""
    for comment, found in sorted(placed, key=lambda pair: pair[1].place):
        yield problem(
            "D940",
            found.place,
            comment=_called(comment),
            page=comment.page,
            words=shortened(comment.words),
            text=comment.text or _WITHOUT_TEXT,
            doubt=_UNSURE if not found.is_sure else _NEAR if comment.is_near else _NOTHING,
        )
        yield from _answers(comment, found.place)


def _by_page(comment: PdfComment, path: str) -> Iterator[Problem]:
    """D942: a comment without a place, and what was answered to it."""
    text = comment.text or _WITHOUT_TEXT
    yield problem("D942", Place(path), comment=_called(comment), page=comment.page, where=_where(comment), text=text)
    yield from _answers(comment, Place(path))


def _answers(comment: PdfComment, place: Place) -> Iterator[Problem]:
    """D941: what was answered to a comment."""
    for reply in comment.replies:
        yield problem("D941", place, author=reply.author or _SOMEONE, text=reply.text or _WITHOUT_TEXT)


def _called(comment: PdfComment) -> Reason:
    """What a comment is, and whose."""
    called = _CALLED[comment.mark]
    return Reason(f"{called.nl} van {comment.author}", f"{called.en} by {comment.author}") if comment.author else called


def _where(comment: PdfComment) -> Reason:
    """The heading above a comment and the words at it, where there are any."""
    words = shortened(comment.words)
    dutch = (comment.heading and f" onder '{comment.heading}'", words and f" bij '{words}'")
    english = (comment.heading and f" below '{comment.heading}'", words and f" at '{words}'")
    return Reason("".join(dutch), "".join(english))
