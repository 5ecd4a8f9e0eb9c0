"""What stands behind the date of an entry: the title, and what the work stands in or who published it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dossierbuild.core.names import Person
from dossierbuild.stages.transcribe.containers import (
    EDITED,
    IN,
    container_name,
    first_container,
    read_chapter,
    read_serial,
)
from dossierbuild.stages.transcribe.entry import Found, Line, found
from dossierbuild.stages.transcribe.kinds import is_newspaper
from dossierbuild.stages.transcribe.people import NOBODY, has_small_words, read_people
from dossierbuild.stages.transcribe.publishers import is_house, is_institute, is_placed, read_publisher
from dossierbuild.stages.transcribe.titles import (
    NOTHING,
    Behind,
    groups_at_end,
    read_behind,
    read_thesis,
    read_title,
    segments,
    sentences,
    take_edition,
)

_CLOSING = re.compile(r"[\"”’']?[?!]{0,3}[\"”’')\]]{0,2}")
_GOES_ON = re.compile(r" ?[:–—] |, [a-z]")
_DIGITS = re.compile(r"[\d(), –-]+\Z")
_GROUP = re.compile(r"[ .,]{0,3}(?:\((?:[^()]|\([^()]*+\)){1,200}\)|\[[^\[\]]{1,200}\])")
_NOT_TITLE = re.compile(r", [Ii]n:? [A-Z]|\b[Ii]n: |\b(?:[Jj]rg|[Jj]aargang|[Nn]r|pp?|[Bb]lz|[Vv]ol)\.? ?[0-9]")
_NUMBERS = ("volume", "issue", "page")
_QUOTES = " “”\"‘’'«„(["


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The fields behind a date; `italic` says where the italics are, and the rest what kind of work it may be."""

    found: Found
    italic: str = ""
    chapter: bool = False
    edited: bool = False
    serial: bool = False
    behind: Behind = NOTHING

    @property
    def name(self) -> str:
        """The title of what the work stands in."""
        return str(self.found.fields.get("container-title", ""))


def read_body(line: Line) -> Body:
    """The body of an entry without its address."""
    edition, line = take_edition(line)
    body = _read_body(line)
    return replace(body, found=body.found | edition)


def _read_body(line: Line) -> Body:
    line = line.stripped(" .,;:")
    if line.is_wholly_italic and (read_serial(line) or EDITED.search(line.text)):
        line = line.upright
    stretches = [stretch for stretch in line.italics if not _DIGITS.match(line.text[slice(*stretch)])]
    if stretches and not line.text[: stretches[0][0]].strip(_QUOTES):
        return _own_title(line, stretches[0][1])
    chapter = _chapter(line, stretches)
    if chapter:
        return chapter
    for start, _ in stretches:
        behind = _within(line, start)
        if behind:
            return behind
    body = _upright(line)
    return replace(body, found=body.found.doubted("title", "container-title", *_NUMBERS)) if stretches else body


# --- italic titles ---------------------------------------------------------------------------------------------------


def _own_title(line: Line, end: int) -> Body:
    """A work whose title is italic, so that it is no part of another."""
    end, unsure = _title_end(line.text, end)
    name, rest = line[:end].stripped(" "), line[end:]
    if not rest.text.strip(" .,;"):
        name, rest, unsure = _last_placed(name, unsure)
    inside, name = groups_at_end(name)
    behind, rest = read_behind(rest)
    behind = inside | behind
    unknown = _GROUP.match(rest.text)
    rest = (rest[unknown.end() :] if unknown else rest).stripped(" ,;:.")
    if re.match(r"[Ii]n:? ", rest.text) and rest.italics:
        return _italic_both(name, rest, behind)
    numbers = read_serial(rest) if rest.italics and not behind.report else None
    if numbers:
        container = found(container_title=container_name(numbers[1]))
        title = found(["title", "container-title"], title=read_title(name))
        return Body(found=title | numbers[0] | container, serial=True, behind=behind)
    return _by_itself(name, rest, behind, unsure)


def _title_end(text: str, end: int) -> tuple[int, list[str]]:
    """Where a title ends whose italics end at an offset, and whether that is unsure."""
    closing = _CLOSING.match(text, end)
    end = closing.end() if closing else end
    while end < len(text) and text[end] == ")" and text[:end].count("(") > text[:end].count(")"):
        end += 1
    behind = text[end:].lstrip(" ")
    if _GOES_ON.match(text, end) and not is_placed(behind.lstrip(" ,")):
        return _sentence_end(text, end), []
    if behind and behind[0] not in ".,;:([" and text[end - 1] not in ".?!)":
        return _sentence_end(text, end), ["title"]
    return end, []


def _by_itself(name: Line, rest: Line, behind: Behind, unsure: list[str]) -> Body:
    """A book, report, page or thesis, of which a publisher is all that is left."""
    name, rest, more = _subtitle(name, rest)
    added, name = groups_at_end(name)
    behind = behind | added
    if loose := read_thesis(rest):
        behind, rest = behind | loose, Line("", "")
    title = found([*unsure, *more], title=read_title(name))
    return Body(found=title | behind.found | read_publisher(rest), italic="title", behind=behind)


def _italic_both(name: Line, rest: Line, behind: Behind) -> Body:
    """A chapter whose own title is italic as well."""
    chapter = read_chapter(rest[3:].stripped(" :"))
    title = found(title=read_title(name))
    return Body(
        found=title | behind.found | chapter,
        italic="container",
        chapter=True,
        edited="editor" in chapter.fields,
        behind=behind,
    )


def _subtitle(name: Line, rest: Line) -> tuple[Line, Line, list[str]]:
    """A title with the upright sentences between it and a publisher, what is left, and what is then unsure."""
    unsure = ["title", "publisher", "container-title"]
    parts = segments(rest)
    if len(parts) == 1 and has_small_words(rest.text) and not (is_placed(rest.text) or is_house(rest.text)):
        return _joined(name, rest), Line("", ""), unsure
    if len(parts) < 2 or len(parts[0].text) < 10 or is_placed(rest.text):
        return name, rest, []
    last = parts[-1].text
    if not (is_placed(last) or is_house(last) or is_institute(last)):
        return name, rest, unsure
    cut = rest.text.rindex(last)
    return _joined(name, rest[:cut]), rest[cut:], unsure


def _joined(name: Line, subtitle: Line) -> Line:
    """A title and its subtitle, with a full stop between them where there is no other sign."""
    between = " " if name.text[-1:] in ".?!" else ". "
    behind = between + subtitle.stripped(" ").text
    return name + Line(behind, "/" * len(behind))


def _sentence_end(text: str, start: int) -> int:
    return next((end for end in sentences(text) if end > start), len(text))


def _last_placed(name: Line, unsure: list[str]) -> tuple[Line, Line, list[str]]:
    """A title that is italic to the end of its entry: what is a publisher at its end is none of the title."""
    parts = segments(name)
    if len(parts) < 2:
        return name, Line("", ""), unsure
    if is_placed(parts[-1].text):
        cut = name.text.rindex(parts[-1].text)
        return name[:cut].stripped(" "), name[cut:], ["title", "publisher"]
    return name, Line("", ""), ["title", "publisher"]


# --- italic containers -----------------------------------------------------------------------------------------------


def _chapter(line: Line, stretches: list[tuple[int, int]]) -> Body | None:
    """A work in a book with editors, or in a book whose title is italic and stands behind "In"."""
    for within in IN.finditer(line.text):
        if not line.text[: within.start()].strip(_QUOTES) or line.text[within.start() - 1 : within.start()] not in " ":
            continue
        rest = line[within.end() :]
        chapter = read_chapter(rest)
        direct = any(not line.text[within.end() : start].strip(_QUOTES) for start, _ in stretches)
        edited = "editor" in chapter.fields
        if not edited and not direct:
            chapter = _by_others(rest)
            edited = True
        if "editor" not in chapter.fields and not direct:
            continue
        behind, name = groups_at_end(line[: within.start()].stripped(" ,"))
        unsure = ["title"] if line.text[: within.start()].rstrip()[-1:] == "," else []
        title = found(unsure, title=read_title(name))
        italic = "container" if stretches and all(start >= within.end() for start, _ in stretches) else ""
        numbers = None if edited else read_serial(rest)
        if numbers:
            fields = title | behind.found | numbers[0] | found(container_title=container_name(numbers[1]))
            return Body(found=fields, italic=italic, serial=True, behind=behind)
        return Body(found=title | behind.found | chapter, italic=italic, chapter=True, edited=edited, behind=behind)
    return None


def _by_others(rest: Line) -> Found:
    """A book with those who wrote it before its italic title, as if they were its editors: unsure."""
    start = rest.italics[0][0] if rest.italics else 0
    people = read_people(rest.text[:start].rstrip(_QUOTES + ",")) if start else NOBODY
    if not any(isinstance(name, Person) for name in people.names):
        return Found()
    return found(["editor"], editor=people.names) | read_chapter(rest[start:])


def _within(line: Line, start: int) -> Body | None:
    """A work in a journal, newspaper or site whose name is italic and begins at an offset."""
    before = line.text[:start].rstrip(_QUOTES)
    ends = [end for end in sentences(line.text) if end <= start]
    cut = ends[-1] if ends else 0
    stands_free = bool(ends) and not line.text[cut:start].strip(_QUOTES)
    if not stands_free and not before.endswith(","):
        return None
    name, rest = (line[:cut], line[cut:]) if stands_free else (line[: len(before)], line[start:])
    behind, name = groups_at_end(name.stripped(" ,"))
    title = found([] if stands_free else ["title"], title=read_title(name))
    container = read_container(rest)
    return replace(container, found=title | behind.found | container.found, behind=behind)


def read_container(line: Line) -> Body:
    """The journal, newspaper or site that a line begins with, with its numbers; what stands behind it is unsure."""
    numbers = read_serial(line)
    fields, rest = numbers or (Found(), line)
    container, more = first_container(rest.stripped(" ,;:."))
    inside, container = groups_at_end(container)
    behind, more = read_behind(more)
    behind = inside | behind
    in_book = "page" in behind.found.fields
    publisher = _published(more, in_book=in_book)
    named = found(container_title=container_name(container))
    if numbers and re.search(r" [0-9]+\Z", container.text):
        named = named.doubted("container-title", *_NUMBERS)
    everything = fields | behind.found | named | publisher
    return Body(found=everything, italic="container", serial=bool(numbers), chapter=in_book)


def _published(line: Line, *, in_book: bool) -> Found:
    """The publisher behind what a work stands in; numbers and months there are left, and put those of it in doubt."""
    if not line.text.strip(" .,;"):
        return Found()
    if re.search(r"[0-9]", line.text) or not line.text.lstrip(" .,;:")[:1].isupper():
        return Found(unsure=frozenset({"container-title", *_NUMBERS}))
    publisher = read_publisher(line)
    return publisher if in_book else publisher.doubted("publisher", "container-title")


# --- no italics ------------------------------------------------------------------------------------------------------


def _upright(line: Line) -> Body:
    """A work without italics that tell: numbers of a journal, a publisher or the number of sentences decide."""
    numbers = read_serial(line)
    if numbers and len(segments(numbers[1])) > 1:
        return _numbered(numbers[0], segments(numbers[1]), numbers[1])
    parts = segments(line)
    if not parts:
        return Body(found=found(["title"], title=read_title(line)))
    first_end = sentences(line.text)[0] if sentences(line.text) else len(line.text)
    if len(parts) > 2 and (is_placed(parts[-1].text) or line.text[first_end - 1] in "?!"):
        first_end = line.text.rindex(parts[-1].text)
    behind, name = groups_at_end(line[:first_end].stripped(" "))
    name = name if name.text[-2:] != ")." else name[:-1]
    more, rest = read_behind(line[first_end:])
    behind = behind | more
    rest = rest.stripped(" ,;:.")
    if loose := read_thesis(rest):
        return Body(found=found(title=read_title(name)) | behind.found | loose.found, behind=behind | loose)
    if is_newspaper(rest.text.strip(" .")):
        title = found(title=read_title(name), container_title=container_name(rest))
        return Body(found=title | behind.found, behind=behind)
    publisher = read_publisher(rest)
    title = found(_title_doubts(parts, name), title=read_title(name))
    if rest and not is_placed(rest.text) and not behind.found.fields:
        publisher = publisher.doubted("publisher", "container-title")
    return Body(found=title | behind.found | publisher, behind=behind)


def _title_doubts(parts: tuple[Line, ...], name: Line) -> list[str]:
    """Whether the end of a title without italics is in doubt."""
    if _NOT_TITLE.search(name.text):
        return ["title", "publisher", "container-title", *_NUMBERS]
    if len(parts) > 2 or (len(parts) == 2 and name.text[-1:] in "?!"):
        return ["title", "publisher", "container-title", *_NUMBERS]
    if name.text[-1:] == ")":
        return ["title"]
    return ["title"] if len(parts) == 1 and ", " in name.text and is_placed(name.text.rpartition(", ")[2]) else []


def _numbered(numbers: Found, parts: tuple[Line, ...], line: Line) -> Body:
    """An article with the numbers of its journal and no italics: the last sentence before them is the journal."""
    container = parts[-1]
    name = line[: line.text.rindex(container.text)].stripped(" ")
    behind, name = groups_at_end(name)
    plain = len(parts) == 2 and not re.search(r" [0-9]+\Z", container.text)
    unsure = [] if plain else ["title", "container-title", *_NUMBERS]
    fields = found(unsure, title=read_title(name), container_title=container_name(container))
    return Body(found=fields | behind.found | numbers, serial=True, behind=behind)
