"""Names of places in a book and what refers to them: each name becomes one id of the dossier, each reference a link."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dossierbuild.core.foreign_references import ForeignReference, foreign_references, own_id
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.slug import slug
from dossierbuild.stages.adopt.attributes import split_heading
from dossierbuild.stages.adopt.book import System
from dossierbuild.stages.adopt.chapters import Chapter, heading_of
from dossierbuild.stages.adopt.lines import AS_TYPED, Kind, Line, Spot, Taken, as_typed, edited, outside_code
from dossierbuild.stages.adopt.pictures import find_links

_NAMED = re.compile(r"(?<=\{)(?P<before>[^{}#\"]*+)#(?P<id>[^\s{}]+)")
_CITED = re.compile(
    AS_TYPED + r"(?<![\w@\\/.:-])(?P<dash>-?)@(?P<brace>\{?)(?P<key>[\w][\w:.#$%&+?<>~/-]*+)(?P<end>\}?)",
    re.DOTALL,
)
_BRACKETS = re.compile(
    AS_TYPED + r"(?<![\]!^\\])\[(?P<words>[^\[\]@^\s][^\[\]@]*+)\](?:\[\])?(?![\[({:])",
    re.DOTALL,
)
_MARKUP = re.compile(r"!?\[((?:[^\[\]])*+)\](?:\([^()]*+\)|\[[^\[\]]*+\])?(?:\{[^{}]*+\})?|`([^`]*+)`|[*~^]")
_NO_NAME = re.compile(r"[^\w\s.-]")
_PLURAL = re.compile(
    r"\b(?:figuren|figures|afbeeldingen|tabellen|tables|hoofdstukken|chapters|paragrafen|sections|secties|bijlagen|bijlages"
    r"|appendices|formules|vergelijkingen|equations)[ \xa0~]\Z",
    re.IGNORECASE,
)  # fmt: skip
_TAIL = ".:-"


@dataclass(frozen=True, slots=True)
class Targets:
    """The ids of the dossier by the names in the book: those of each text, and those of all texts together.

    `labelled` are the ids of what has a label, so that a reference may leave its words open; `headings` are those of
    headings by their words.
    """

    by_text: FrozenMap[tuple[int, str], str]
    everywhere: FrozenMap[str, str]
    labelled: frozenset[str]
    headings: FrozenMap[str, str]

    def find(self, chapter: int, name: str) -> str:
        """The id of what a name in a chapter means; empty where there is no such thing."""
        for form in (name, own_id(name), name.rpartition(":")[2]):
            for known in (self.by_text.get((chapter, form)), self.everywhere.get(form)):
                if known:
                    return known
        return ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the book: the chapter and line where it stands, as it is written, and the id that it gets."""

    chapter: int
    line: int
    name: str
    id: str
    is_written: bool
    is_labelled: bool

    def at(self, chapters: Sequence[Chapter]) -> Place:
        return chapters[self.chapter].lines[self.line].at(self.name)


def targets_of(chapters: Sequence[Chapter], system: System) -> Checked[tuple[Targets, tuple[Chapter, ...]]]:
    """The names of a book as ids that are each one thing's, and the chapters with these ids in place of the names.

    A heading gets the name that pandoc gives it where it has none of its own. D828: a name stands there twice.
    """
    places = list(_places(chapters, system))
    told = [
        problem("D828", place.at(chapters), place.name, name=place.name, id=place.id)
        for place in places
        if place.is_written and place.id != _id(place.name)
    ]
    by_text: dict[tuple[int, str], str] = {}
    everywhere: dict[str, str] = {}
    for place in places:
        for form in (place.name, own_id(place.name)):
            by_text.setdefault((place.chapter, form), place.id)
            everywhere.setdefault(form, place.id)
    for number, chapter in enumerate(chapters):
        first = next(place.id for place in places if place.chapter == number)
        everywhere.setdefault(f"text:{chapter.path}", first)
    targets = Targets(
        by_text=FrozenMap(by_text),
        everywhere=FrozenMap(everywhere),
        labelled=frozenset(place.id for place in places if place.is_labelled),
        headings=FrozenMap(_by_words(chapters, places)),
    )
    asked = {found for number, chapter in enumerate(chapters) for found in _asked_for(number, chapter, targets)}
    named = tuple(
        dataclasses.replace(chapter, lines=tuple(_renamed(number, chapter, places, asked)))
        for number, chapter in enumerate(chapters)
    )
    return Checked((targets, named), tuple(told))


def _by_words(chapters: Sequence[Chapter], places: Sequence[_Name]) -> Iterator[tuple[str, str]]:
    """The words of each heading in small letters, with its id; of equal ones the first counts."""
    for place in reversed(places):
        line = chapters[place.chapter].lines[place.line]
        if heading_of(line):
            yield _small(split_heading(line.text)[0]), place.id


def _places(chapters: Sequence[Chapter], system: System) -> Iterator[_Name]:
    """Every name in document order; one that is taken gets a number behind it."""
    ids: Counter[str] = Counter()
    automatic: Counter[str] = Counter()
    within = ""
    for number, chapter in enumerate(chapters):
        if system is not System.BOOKDOWN and chapter.path != within:
            automatic.clear()
            within = chapter.path
        for at, line in enumerate(chapter.lines):
            heading = heading_of(line)
            written = [match["id"] for match in _NAMED.finditer(line.text)] if line.kind is not Kind.CODE else []
            labelled = heading is not None or not line.text.lstrip().startswith("[]{")
            for name in written:
                yield _Name(number, at, name, _unique(_id(name), ids), True, labelled)
            if heading:
                auto = _automatic(split_heading(line.text)[0], automatic)
                if not written:
                    yield _Name(number, at, auto, _unique(_id(auto), ids), False, True)


def _id(name: str) -> str:
    """A name as an id: as it was written where it can be one."""
    own = own_id(name)
    return own if own[:1].isascii() and own[:1].isalpha() else f"x-{slug(own) or 'deel'}"


def _unique(name: str, taken: Counter[str]) -> str:
    taken[name] += 1
    unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return unique if unique == name or not taken[unique] else _unique(unique, taken)


def _automatic(words: str, taken: Counter[str]) -> str:
    """The name that pandoc gives a heading: its words in small letters with hyphens between them, from a letter on."""
    plain = _MARKUP.sub(lambda match: match[1] or match[2] or "", words)
    joined = "-".join(_NO_NAME.sub("", unicodedata.normalize("NFC", plain).lower()).split())
    name = re.sub(r"\A[^a-z\u00e0-\uffff]+", "", joined) or "section"
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name] - 1}"


def _renamed(number: int, chapter: Chapter, places: Iterable[_Name], asked: set[str]) -> Iterator[Line]:
    """The lines of a chapter with the ids of what is named in them; headings that nothing asks for stay without."""
    own: dict[int, list[_Name]] = {}
    for place in places:
        if place.chapter == number:
            own.setdefault(place.line, []).append(place)
    for at, line in enumerate(chapter.lines):
        here = own.get(at, [])
        ids = iter([place.id for place in here if place.is_written])
        text = _NAMED.sub(lambda match: f"{match['before']}#{next(ids)}", line.text) if here else line.text  # noqa: B023
        for place in here:
            if not place.is_written and (place.id in asked or at == 0):
                text = _with_id(text, place.id)
        yield line.saying(text)


def _with_id(heading: str, name: str) -> str:
    words, braces, rest = heading.rstrip().rpartition(" {")
    if not braces or not rest.endswith("}"):
        return f"{heading.rstrip().rstrip('#').rstrip()} {{#{name}}}"
    return f"{words} {{#{name} {rest}"


# --- what refers to them ---------------------------------------------------------------------------------------------


def _asked_for(number: int, chapter: Chapter, targets: Targets) -> Iterator[str]:
    """The ids of all that a chapter refers to."""
    text = "\n".join(line.text if line.kind is Kind.TEXT else "" for line in chapter.lines)
    names = [name for reference in foreign_references(text) for name in reference.targets]
    names += [match["target"].removeprefix("#") for _, _, match in find_links(text)]
    yield from (targets.find(number, name) for name in names)
    yield from (targets.headings.get(_small(match["words"]), "") for _, _, match in outside_code(_BRACKETS)(text))


def _small(words: str) -> str:
    return " ".join(words.lower().split())


def with_links(number: int, lines: Iterable[Taken], targets: Targets, keys: frozenset[str]) -> Iterator[Taken]:
    """The lines of a chapter with its references as links, and what looks like a citation and is none as text.

    `keys` are those of the reference list. D824: a reference to what is not there. D825: a source that is not there.
    """

    def find(text: str) -> Iterator[tuple[int, int, ForeignReference]]:
        kept = as_typed(text)
        for reference in foreign_references(text, keys):
            if not any(start < reference.end and reference.start < end for start, end in kept):
                yield _start(text, reference), reference.end, reference

    linked = edited(lines, find, partial(_reference, number, targets))
    cited = edited(linked, outside_code(_CITED), partial(_citation, number, targets, keys))
    linked = edited(cited, find_links, partial(_link, number, targets))
    yield from edited(linked, outside_code(_BRACKETS), partial(_heading_link, number, targets))


def _start(text: str, reference: ForeignReference) -> int:
    """Where a reference begins, with the word before it that stands for several."""
    before = _PLURAL.search(text, max(0, reference.start - 20), reference.start)
    return before.start() if before else reference.start


def _reference(number: int, targets: Targets, found: ForeignReference, spot: Spot) -> Iterator[str | Problem]:
    links = []
    for name in found.targets:
        target = targets.find(number, name)
        if target in targets.labelled and target:
            links.append(f"[](#{target})")
        else:
            yield problem("D824", spot.place(name), name, name=name)
            links.append("**??**")
    yield f"{found.before}{', '.join(links)}{found.after}"


def _citation(
    number: int, targets: Targets, keys: frozenset[str], found: re.Match[str], spot: Spot
) -> Iterator[str | Problem]:
    key = found["key"].rstrip(_TAIL)
    rest = found["key"][len(key) :]
    target = targets.find(number, key)
    if key in keys:
        yield found[0]
    elif target in targets.labelled and target:
        yield f"[](#{target}){rest}"
    else:
        yield problem("D825", spot.place(f"@{found['brace']}{key}"), key, key=key)
        yield f"{found['dash']}\\{found[0].removeprefix('-')}"


def _link(number: int, targets: Targets, found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    """A link within the book; its words alone where it leads to nothing."""
    written_target = found["target"]
    if found["bang"] or not written_target.startswith("#"):
        yield found[0]
        return
    target = targets.find(number, written_target[1:])
    if target:
        yield f"[{found['words']}](#{target}){found['braces'] or ''}"
    else:
        name = written_target[1:].removeprefix("text:")
        yield problem("D824", spot.place(name), name, name=name)
        yield found["words"]


def _heading_link(number: int, targets: Targets, found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    """The words of a heading in brackets, which pandoc takes for a link to it."""
    target = targets.headings.get(_small(found["words"]), "")
    yield f"[{found['words']}](#{target})" if target else found[0]
