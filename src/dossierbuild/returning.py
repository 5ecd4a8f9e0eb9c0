"""What comes back in a Word document becomes the texts that it was made of, proven by sending them again."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Files, SourceFile, Sources, TextFile
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.word import Control, Document, Field
from dossierbuild.core.works import Item
from dossierbuild.examination import examine
from dossierbuild.scheduler import Run
from dossierbuild.sending import letters
from dossierbuild.stages.consult import appended
from dossierbuild.stages.fields import join, read_citations, written
from dossierbuild.stages.merge import (
    Brought,
    Conflict,
    SourceText,
    Taken,
    bring,
    exchanges,
    source_text,
    three_way,
    unproven,
)
from dossierbuild.stages.parse import parse_text
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.send import word_document
from dossierbuild.tools.docx import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What was sent: the document, and the file of each of its texts as it was then."""

    document: Document
    texts: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtText:
    """A text with what came back: its file as it is, and as it becomes.

    `lost` tells whether more than half of its words go.
    """

    file: SourceFile
    data: bytes
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a returned document changes: texts, and files that are added by their path below the dossier."""

    texts: tuple[BroughtText, ...]
    added: tuple[tuple[str, bytes], ...]
    blocks: tuple[str, ...]
    problems: tuple[Problem, ...]


Choice = Callable[[str], Taken | None]
"""Whose words were chosen for a conflict in the passage of an id."""


def bring_back(
    sending: Sending, returned: Document, files: Files, sources: Sources, run: Run, choose: Choice
) -> Checked[Returned]:
    """The changes of a returned document in the texts of a dossier as they are.

    None where a text is no longer there, or where what would be written does not read as what came back.
    """
    read = [_source(file, sources) for file in sending.texts]
    lacking = [
        problem("D902", Place(file.path), text=file.path)
        for file, source in zip(sending.texts, read, strict=True)
        if source is None or files.source(file.path) is None
    ]
    if lacking:
        return Checked(None, tuple(lacking))
    parts = exchanges([source for source in read if source], sending.document, returned)
    citations = _citations(sending, returned, files, sources)
    brought = [bring(exchange, citations.source) for exchange in parts]
    added = {picture.path: picture.data for own in brought for picture in own.pictures}
    listed = citations.listed
    fresh = {file.path: own.text for file, own in zip(sending.texts, brought, strict=True)}
    more = {**added, **({listed.file.path: listed.data} if listed else {})}
    failed = tuple(_failed(sending.texts, brought, fresh, more, files, run))
    if failed:
        return Checked(None, (*failed, *(found for own in brought for found in own.problems)))
    merged = [_merged(file, own, files, sources, choose) for file, own in zip(sending.texts, brought, strict=True)]
    texts = tuple(text for text, _, _ in merged)
    problems = [found for _, told, _ in merged for found in told]
    problems += citations.problems
    problems += _comments(returned, sending.texts, brought, texts)
    return Checked(
        Returned(
            texts=(listed, *texts) if listed else texts,
            added=tuple(added.items()),
            blocks=tuple(block for _, _, blocks in merged for block in blocks),
            problems=tuple(problems),
        )
    )


# --- files as they are parsed ----------------------------------------------------------------------------------------


def _plain(data: bytes) -> str:
    """A file as it is parsed: NFC, with lines that end in a line feed."""
    text = unicodedata.normalize("NFC", data.decode("utf-8", "replace"))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _as_it_was(data: bytes, text: str) -> bytes:
    """A changed text with the bytes of the file's own lines where they are the same: their ends, and their form."""
    own = data.decode("utf-8", "replace")
    mark = "\ufeff" if own.startswith("\ufeff") else ""
    raw = own.removeprefix("\ufeff").splitlines(keepends=True)
    plain = [_plain(line.encode()) for line in raw]
    fresh = text.splitlines(keepends=True)
    end = "\r\n" if own.count("\r\n") * 2 > own.count("\n") else "\n"
    pieces: list[str] = []
    for tag, first, last, begin, stop in difflib.SequenceMatcher(None, plain, fresh, autojunk=False).get_opcodes():
        pieces += raw[first:last] if tag == "equal" else [line.replace("\n", end) for line in fresh[begin:stop]]
    return (mark + "".join(pieces)).encode("utf-8")


def _source(file: SourceFile, sources: Sources) -> SourceText | None:
    """A text as it was sent, in its segments; None where it cannot be parsed any more."""
    parsed = _parsed(file, sources)
    return source_text(file.path, _plain(file.data), parsed.passages) if parsed else None


def _parsed(file: SourceFile, sources: Sources) -> TextFile | None:
    return parse_text(file, Language.of(sources.manifest.language)).value


# --- the proof -------------------------------------------------------------------------------------------------------


def _failed(
    sent: Sequence[SourceFile],
    brought: Sequence[Brought],
    fresh: Mapping[str, str],
    added: Mapping[str, bytes],
    files: Files,
    run: Run,
) -> Iterator[Problem]:
    """D912: what would be sent again does not say what came back."""
    changed = [(file, own) for file, own in zip(sent, brought, strict=True) if own.text != _plain(file.data)]
    if not changed:
        return
    after = _with_changes(files, {**{path: text.encode() for path, text in fresh.items()}, **added})
    examined = examine(Checked(after), "", run)
    if examined.sources is None or examined.look is None:
        yield from examined.problems
        return
    paths = [file.path for file, _ in changed]
    letters_again = letters(examined.sources, examined.look, after, run, paths, whole=False)
    if letters_again.value is None:
        yield from letters_again.problems
        return
    documents = {letter.texts[0].text.path: read_document(word_document(letter)[1]) for letter in letters_again.value}
    for file, own in changed:
        for text in unproven(own, documents[file.path])[:5]:
            yield problem("D912", Place(file.path), text=text)


def _with_changes(files: Files, changes: Mapping[str, bytes]) -> Files:
    """The files of a dossier with some of them changed or added."""
    kept = [file for file in files.sources if file.path not in changes]
    fresh = [SourceFile(path, data, hashlib.sha256(data).hexdigest()) for path, data in changes.items()]
    return replace(files, sources=tuple(sorted([*kept, *fresh], key=lambda file: file.path)))


# --- with what was changed meanwhile ---------------------------------------------------------------------------------


def _merged(
    file: SourceFile, own: Brought, files: Files, sources: Sources, choose: Choice
) -> tuple[BroughtText, list[Problem], list[str]]:
    """A text as it is with what came back, what is told of it, and the ids at which both contradict each other."""
    now = files.source(file.path)
    assert now is not None
    ours = _plain(now.data)
    parsed = _parsed(now, sources)
    blocks: list[str] = []

    def block_at(offset: int) -> str:
        return _block(parsed, ours.count("\n", 0, offset) + 1)

    def chosen(offset: int) -> Taken | None:
        blocks.append(block_at(offset))
        return choose(blocks[-1])

    merged = three_way(_plain(file.data), ours, own.text, chosen)
    problems = [*own.problems, *(_conflict(found, file.path, ours, block_at) for found in merged.conflicts)]
    if names := _lost_names(ours, merged.text):
        problems.append(problem("D921", Place(file.path), names=", ".join(names)))
    before, after = len(ours.split()), len(merged.text.split())
    data = now.data if merged.text == ours else _as_it_was(now.data, merged.text)
    text = BroughtText(file=now, data=data, lost=after * 2 < before)
    if text.lost:
        problems.append(problem("D917", Place(file.path), text=file.path, before=before, after=after))
    return text, problems, blocks


_NAMES = re.compile(r"(?<=[{ ])#[\w-]+(?=[ }])|@[\w:.-]*\w|\b(?:alt|lang|credit|rights)(?==)")


def _lost_names(before: str, after: str) -> list[str]:
    """The ids, keys and attributes that a text has no more, or fewer times."""
    counts = [Counter(_NAMES.findall(text)) for text in (before, after)]
    return sorted(counts[0] - counts[1])


def _block(text: TextFile | None, line: int) -> str:
    """The id of the innermost passage that takes a line, else of the last one before it."""
    passages = [passage for passage in (text.passages if text else ()) if passage.lines.first <= line]
    around = [passage for passage in passages if line <= passage.lines.last]
    near = min(around, key=lambda passage: passage.lines.last - passage.lines.first, default=None)
    return near.id if near else passages[-1].id if passages else str(line)


def _conflict(found: Conflict, path: str, ours: str, block_at: Callable[[int], str]) -> Problem:
    """D908: both changed the same words."""
    return problem(
        "D908",
        _place(path, ours, found.offset),
        ours=found.ours.strip(),
        theirs=found.theirs.strip(),
        block=block_at(found.offset),
    )


def _place(path: str, text: str, offset: int) -> Place:
    return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


# --- comments --------------------------------------------------------------------------------------------------------


def _comments(
    returned: Document, sent: Sequence[SourceFile], brought: Sequence[Brought], texts: Sequence[BroughtText]
) -> Iterator[Problem]:
    """D904 to D906: each comment at its place, and how many there are."""
    places: dict[str, Place] = {}
    for file, own, text in zip(sent, brought, texts, strict=True):
        for spot in own.spots:
            if spot.offset >= 0:
                places[spot.comment] = _in_result(file.path, own.text, _plain(text.data), spot.offset)
    open_ones = [comment for comment in returned.comments if not comment.is_resolved]
    for comment in open_ones:
        place = places.get(comment.name) or places.get(comment.replies_to)
        if place:
            yield problem("D904", place, author=comment.author, text=comment.text)
        else:
            yield problem("D905", Place(sent[0].path), author=comment.author, text=comment.text)
    if returned.comments:
        placed = sum(bool(places.get(comment.name) or places.get(comment.replies_to)) for comment in open_ones)
        yield problem(
            "D906",
            Place(sent[0].path),
            count=len(returned.comments),
            placed=placed,
            unplaced=len(open_ones) - placed,
            resolved=len(returned.comments) - len(open_ones),
        )


def _in_result(path: str, brought: str, merged: str, offset: int) -> Place:
    """The place in the merged text of one in the text that was brought: the same line with the same words."""
    own = _place(path, brought, offset)
    if brought == merged:
        return own
    line = brought.split("\n")[own.line - 1]
    lines = merged.split("\n")
    same = [at for at, text in enumerate(lines, 1) if text == line]
    return replace(own, line=min(same, key=lambda at: abs(at - own.line))) if same else replace(own, column=0)


# --- citations that were added ----------------------------------------------------------------------------------------

_NO_ROOM = Reason("aan het eind is geen plaats voor een bron", "there is no room for a work at its end")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Citations:
    """The citations that a document has and the one that was sent has not, as they are written.

    `listed` is the list of works with the new ones at its end, None where there are none.
    """

    written: Mapping[Field | Control, str]
    listed: BroughtText | None
    problems: tuple[Problem, ...]

    def source(self, field: Field | Control) -> str:
        """What is written for a citation; "" for one that cannot be read."""
        return self.written.get(field, "")


def _citations(sending: Sending, returned: Document, files: Files, sources: Sources) -> _Citations:
    """The added citations by the works that they cite: those that the dossier has, by DOI or title, and new ones."""
    language = Language.of(sources.manifest.language)
    path = sources.references_path
    old = {found.inline for found in read_citations(sending.document, path).citations}
    added = [found for found in read_citations(returned, path).citations if found.inline not in old]
    joined = join(added, sources.references)
    listed, problems = _with_works(joined.items, path, files, sources)
    lacking = {str(item["id"]) for item in joined.items} if listed is None else set()
    texts = {
        before.inline: written(found.citation, language)
        for before, found in zip(added, joined.citations, strict=True)
        if found.citation.is_whole and not lacking & {str(cited.key) for cited in found.citation.works}
    }
    return _Citations(written=texts, listed=listed, problems=problems)


def _with_works(
    items: Sequence[Item], path: str, files: Files, sources: Sources
) -> tuple[BroughtText | None, tuple[Problem, ...]]:
    """The list of works with new ones at its end. D918: each of them. D843: they cannot stand there."""
    listed = files.source(path)
    if not items or listed is None:
        return None, ()
    data: bytes | None = listed.data
    for item in items:
        made = parse_references(SourceFile("new.json", json.dumps([item]).encode(), "")).value
        is_yaml = path.lower().endswith((".yaml", ".yml"))
        data = appended(data, references_as_yaml(made)) if made and data is not None and is_yaml else None
    if data is None:
        reason = _NO_ROOM
        return None, (problem("D843", Place(path), path=path, reason=reason),)
    told = [
        problem("D918", Place(path), str(item["id"]), key=item["id"], title=item.get("title", "")) for item in items
    ]
    return BroughtText(file=listed, data=data, lost=False), tuple(told)
