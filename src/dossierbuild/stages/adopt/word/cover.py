"""What a document says of itself: on its cover, before its first chapter, and in its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.word import Document, Paragraph, Picture, Table, Text, inlines_of, paragraphs_of
from dossierbuild.core.word_tree import is_empty
from dossierbuild.stages.adopt.folder import Setting, Settings
from dossierbuild.stages.adopt.word.headings import body_size
from dossierbuild.stages.adopt.word.pieces import Figure, Heading, Piece
from dossierbuild.stages.adopt.word.spots import spot, words_near

_TITLES = frozenset({"title", "titel"})
_SUBTITLES = frozenset({"subtitle", "ondertitel"})
_BY = re.compile(
    r"\s*(?:(?:auteurs?|authors?|geschreven door|written by|namen?|studenten?|samenstelling)\s*(?::|\Z)"
    r"|(?:door|by)\s*:?\s)\s*(?P<names>[^\n]*)",
    re.IGNORECASE,
)
_MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|mrt|march|mar|apr(?:il)?|mei|may|jun[ie]?|june|jul[iy]?|aug(?:ustus|ust)?"
    "|sep(?:t(?:ember)?)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:(?:\d{{1,2}} )?(?:{_MONTHS})\.?,? (?:19|20)\d\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d)(?![\w-])",
    re.IGNORECASE,
)
_LONGEST_DATED = 60
_LARGER = 1.25
"""How much larger than the text a title is that has no style of one."""
_LONGEST_TITLE = 200
_NOT_PEOPLE = re.compile(
    r"(?:microsoft.*|windows.*|user|gebruiker|admin(?:istrator)?|auteur|author|python-docx|unknown|onbekend|un-named)\Z",
    re.IGNORECASE,
)
_NOT_TITLES = re.compile(
    r"(?:microsoft word\b.*|word[- ]document|document\d*|.*\.docx?|titel|title|untitled)\Z", re.IGNORECASE
)
_LONG = 25
"""Words of a paragraph that belongs to a text and not to a cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a document says of itself, by the keys of a dossier; `text` is what before its first chapter is a text."""

    settings: Settings = field(default_factory=Settings)
    text: tuple[Piece, ...] = ()


def cover_of(
    document: Document, front: Sequence[Piece], title: Heading | None, name: str, *, is_all: bool
) -> tuple[Cover, tuple[Problem, ...]]:
    """What the pieces before the first chapter and the properties of the file say.

    `title` is a heading that stands above all chapters. `is_all` is a document without chapters, which is a text.
    D863: what the properties or the looks alone say. D866: what of a cover has no place in a dossier.
    """
    paragraphs = list(paragraphs_of(tuple(piece for piece in front if isinstance(piece, Paragraph | Table))))
    titled = _of_styles(paragraphs, _TITLES) or _larger(paragraphs, title, body_size(document.blocks))
    subtitled = _of_styles(paragraphs, _SUBTITLES)
    people = [found for found in paragraphs if found.style in ("author", "auteur") or _BY.match(found.text)]
    dated = next((found for found in paragraphs if _date(found)), None)
    used = {found.number for found in (*titled, *subtitled, *people, *([dated] if dated else []))}
    rest = [piece for piece in front if piece is not title and not _is_used(piece, used)]
    words = {
        "title": " ".join(_words(found) for found in titled) or (title.text if title else ""),
        "subtitle": " ".join(_words(found) for found in subtitled),
        "authors": list(_names(people)),
        "date": _date(dated) if dated else "",
    }
    said, told = _with_properties(words, document, name, has_look=bool(titled) and not _of_styles(titled, _TITLES))
    settings = Settings(FrozenMap({key: Setting(value, Place(name)) for key, value in said.items() if value}))
    if is_all or any(_is_text(piece) for piece in rest):
        return Cover(settings=settings, text=tuple(rest)), told
    return Cover(settings=settings), (*told, *_left_out(rest, name))


def _is_used(piece: Piece, used: set[int]) -> bool:
    """Whether all paragraphs with words of a piece have said what they say."""
    if not isinstance(piece, Paragraph | Table):
        return False
    return all(found.number in used for found in paragraphs_of((piece,)) if not is_empty(found) and found.text.strip())


def _of_styles(paragraphs: Sequence[Paragraph], styles: frozenset[str]) -> list[Paragraph]:
    """The paragraphs of these styles; a subtitle's style is often based on that of a title."""
    roles = _TITLES | _SUBTITLES
    own = ((found, next((name for name in (found.style, *found.styles) if name in roles), "")) for found in paragraphs)
    return [found for found, role in own if role in styles]


def _larger(paragraphs: Sequence[Paragraph], title: Heading | None, body: float) -> list[Paragraph]:
    """The paragraphs in the largest letters of a cover, where they are larger than the text."""
    sizes = {found.number: _size(found) for found in paragraphs if len(found.text) <= _LONGEST_TITLE}
    top = max(sizes.values(), default=0.0)
    is_title = title is None and top >= _LARGER * body > 0
    return [found for found in paragraphs if is_title and sizes.get(found.number) == top]


def _size(paragraph: Paragraph) -> float:
    inlines = inlines_of(paragraph.content)
    return max(
        (inline.look.size for inline in inlines if isinstance(inline, Text) and inline.words.strip()), default=0.0
    )


def _words(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.split())


def _names(people: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in people:
        found = _BY.match(paragraph.text)
        yield (found["names"] if found else paragraph.text).replace("\t", " ").strip()


def _date(paragraph: Paragraph) -> str:
    """The date in a paragraph: any in one of that style, in another only where it is nearly all of it."""
    words = _words(paragraph)
    found = _DATE.search(words)
    if paragraph.style in ("date", "datum"):
        return found[0] if found else words
    return found[0].replace(",", "") if found and len(words) <= _LONGEST_DATED else ""


def _with_properties(
    words: Mapping[str, object], document: Document, name: str, *, has_look: bool
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """What is said with what the properties of the file say of the rest."""
    properties = document.properties
    title, creator = properties.get("title", ""), properties.get("creator", "")
    known = {
        "title": "" if _NOT_TITLES.match(title) else title,
        "authors": [] if _NOT_PEOPLE.match(creator) or not creator else [creator],
        "date": (properties.get("modified", "") or properties.get("created", ""))[:10],
        "description": properties.get("description", ""),
        "keywords": [word.strip() for word in re.split(r"[,;]", properties.get("keywords", "")) if word.strip()],
    }
    guessed = {key: value for key, value in known.items() if value and not words.get(key)}
    told = [
        problem("D863", Place(name), key=key, value=", ".join(value) if isinstance(value, list) else value)
        for key, value in guessed.items()
        if key in ("title", "authors", "date")
    ]
    if has_look:
        told.append(problem("D863", Place(name), key="title", value=str(words["title"])))
    return {**words, **guessed}, tuple(told)


def _is_text(piece: Piece) -> bool:
    """Whether a piece belongs to a text: a long paragraph, a heading, or a figure with a caption."""
    if isinstance(piece, Figure):
        return bool(piece.caption)
    return isinstance(piece, Heading) or (isinstance(piece, Paragraph) and len(piece.text.split()) >= _LONG)


def _left_out(rest: Sequence[Piece], name: str) -> Iterator[Problem]:
    for piece in rest:
        block = piece.block if isinstance(piece, Figure) else piece.paragraph if isinstance(piece, Heading) else piece
        for paragraph in paragraphs_of((block,)):
            pictures = [inline for inline in inlines_of(paragraph.content) if isinstance(inline, Picture)]
            text = words_near(paragraph) or ", ".join(found.alt or found.name or found.part for found in pictures)
            if text:
                yield problem("D866", spot(name, paragraph), text=text)
