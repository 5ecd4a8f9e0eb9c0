"""D152 and D153: words with characters that no font has, and words in which a character was lost."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from dossierbuild.core.characters import is_drawn, name_of
from dossierbuild.core.model import InfographicText, Picture, SourceFile, Sources, TextFile
from dossierbuild.core.passages import ATOM, Kind
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.works import Work

_WORD = re.compile(r"\S+")
_AROUND = ".,;:!?…()[]{}\"'“”‘’„*_"
_LOST = "\N{REPLACEMENT CHARACTER}"
_LONGEST = 30
"""How many characters of a word are told."""
_NAMES = 3
"""How many characters of a word are told by name."""

# What is not printed: settings in dossier.yaml, and fields of works.
_SETTINGS = frozenset({"ignore", "references", "citations", "theme", "website", "keywords", "spec", "text", "chapters"})
_NOT_PRINTED = frozenset({"abstract", "annote", "keyword", "language"})


@dataclass(frozen=True, slots=True)
class _Written:
    """A text that will be printed, and where it stands, or the nearest thing above it."""

    text: str
    place: Place


def unshown(sources: Sources, files: Iterable[SourceFile], shown: frozenset[str]) -> Iterator[Problem]:
    """The words that cannot be printed with the characters that are `shown`, each once a file, at its place."""
    told: set[tuple[str, str]] = set()
    lines = {file.path: file.data.decode("utf-8-sig", "replace").splitlines() for file in files}
    for written in _printed(sources):
        if not _lacking(written.text, shown):
            continue
        for word in _WORD.findall(written.text):
            lacking, key = _lacking(word, shown), (written.place.path, word.strip(_AROUND))
            if lacking and key not in told:
                told.add(key)
                yield _problem(key[1], lacking, _place_of(key[1], written.place, lines.get(key[0], ())))


def _lacking(text: str, shown: frozenset[str]) -> tuple[str, ...]:
    """The characters of a text, in order, that are seen only with a font that has them, and are not `shown`."""
    unknown = {character for character in {*text} - shown if is_drawn(character) or character == _LOST}
    if not unknown:
        return ()
    composed = dict.fromkeys(unicodedata.normalize("NFC", text))
    return tuple(character for character in composed if is_drawn(character) and not _is_shown(character, shown))


def _is_shown(character: str, shown: frozenset[str]) -> bool:
    """Whether a character can be drawn, as it is or by its parts."""
    return character in shown or (len(parts := unicodedata.normalize("NFD", character)) > 1 and shown.issuperset(parts))


def _problem(word: str, lacking: tuple[str, ...], place: Place) -> Problem:
    told = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
    if _LOST in lacking:
        return problem("D153", place, word, word=told)
    names = "; ".join(map(name_of, lacking[:_NAMES]))
    return problem("D152", place, word, word=told, names=names + ("; …" if len(lacking) > _NAMES else ""))


def _place_of(word: str, near: Place, lines: Sequence[str]) -> Place:
    """Where a word stands in the lines of a file, at a place or behind it; the place where it is not written as it is
    read."""
    for number, line in enumerate(lines[max(near.line, 1) - 1 :], max(near.line, 1)):
        if word in line:
            return Place(near.path, number, line.index(word) + 1)
    return near


# --- what is printed ----------------------------------------------------------------------------------------------


def _printed(sources: Sources) -> Iterator[_Written]:
    manifest = dataclasses.asdict(sources.manifest)
    yield from (_Written(text, Place("dossier.yaml")) for text in _texts(manifest, _SETTINGS))
    for text in sources.citing:
        yield from _said(text)
    cited = {site.key for text in sources.citing for site in text.citations}
    for reference in sources.references:
        if reference.key in cited:
            yield from (_Written(text, reference.place) for text in _fields(reference.work))
    yield from _data(sources)
    shown = {use.path for text in sources.texts for use in text.pictures}
    for picture in sources.pictures:
        if picture.path in shown and picture.media_type == "image/svg+xml":
            yield from (_Written(text, Place(picture.path)) for text in _drawn_words(picture))


def _texts(value: object, passed_over: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in passed_over:
                yield from _texts(inner, passed_over)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, passed_over)


def _said(text: TextFile | InfographicText) -> Iterator[_Written]:
    for passage in text.passages:
        if passage.kind is not Kind.ALT:  # is read aloud, not drawn
            yield _Written(passage.text.replace(ATOM, " "), passage.place)
    yield from (_Written(chart.unit, chart.place) for chart in text.charts)
    if isinstance(text, TextFile):
        yield from (_Written(str(author), Place(text.path)) for author in text.authors)


def _fields(work: Work) -> Iterator[str]:
    item = {name: value for name, value in work.csl().items() if name not in ("id", "type")}
    yield from _texts(item, _NOT_PRINTED)


def _data(sources: Sources) -> Iterator[_Written]:
    """The columns that charts draw, and whole tables where a text shows them."""
    uses = [(chart.data, {chart.x, *chart.y}) for text in sources.citing for chart in text.charts]
    uses += [(use.target, set[str]()) for text in sources.texts for use in text.data_tables]
    for path, columns in uses:
        if table := sources.table(path):
            for line, row in zip((1, *table.lines), (table.columns, *table.rows), strict=True):
                cells = zip(table.columns, row, strict=True)
                yield from (
                    _Written(cell, Place(path, line)) for column, cell in cells if not columns or column in columns
                )


def _drawn_words(picture: Picture) -> Iterator[str]:
    root = ElementTree.fromstring(picture.data)
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "text":
            yield " ".join(element.itertext())
