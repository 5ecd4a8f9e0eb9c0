"""Fenced blocks of a book (`:::`) as those of a dossier: boxes, figures, tables, and what depends on a format.

What has no meaning here is unwrapped: its words stay.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.foreign_references import own_id
from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.adopt.attributes import Attributes, read_attributes, split_heading, written
from dossierbuild.stages.adopt.lines import Kind, Line, Taken
from dossierbuild.stages.adopt.pictures import find_links
from dossierbuild.stages.adopt.words import WORDS

_FENCE = re.compile(r"[ \t]*+:{3,}+(?P<head>[^\n]*+)\Z")
_HEAD = re.compile(r"\{.*\}|[^\s{}:][^\s{}]*", re.DOTALL)
_HTML_DIV = re.compile(r"[ \t]*+<div\b(?P<attributes>[^<>]*+)>[ \t]*+\Z", re.IGNORECASE)
_HTML_END = re.compile(r"[ \t]*+</div>[ \t]*+\Z", re.IGNORECASE)
_HTML_ATTRIBUTE = re.compile(r"(?<![\w-])(?P<name>[\w-]++)\s*+=\s*+[\"'](?P<value>[^\"']*+)[\"']")
_CAPTION = re.compile(r"\A[ \t]*+(?:Table|Tabel)?:[ \t]")
_HEADING = re.compile(r"#{1,6}[ \t]")

# Boxes by the names that books give them.
_BOXES = MappingProxyType(
    dict.fromkeys(
        "callout-note callout-tip callout-important callout-warning callout-caution rmdnote rmdtip rmdwarning "
        "rmdcaution rmdimportant rmdinfo note tip warning important caution info infobox kader box alert alert-info "
        "alert-warning tcolorbox textbox opmerking let-op letop".split(),
        "attention",
    )
    | dict.fromkeys("definition definitie begrip theorem stelling lemma corollary proposition".split(), "definition")
    | dict.fromkeys("example voorbeeld praktijk exercise casus case".split(), "practice")
    | dict.fromkeys("quote citaat blockquote pullquote".split(), "quote")
    | {name: name for name in ("practice", "definition", "quote", "attention", "key-point")}
)
_BY_NAME = MappingProxyType(
    {"def": "definition", "thm": "definition", "lem": "definition", "cor": "definition", "prp": "definition",
     "exm": "practice", "exr": "practice", "nte": "attention", "tip": "attention", "wrn": "attention",
     "imp": "attention", "cau": "attention"}
)  # fmt: skip
"""Boxes by the kind that their id begins with."""
_PLAIN = frozenset(
    "flushright flushleft columns column "
    "panel-tabset panel-fill grid layout landscape incremental column-margin aside column-page "
    "column-body column-screen center content-visible hanging-indent smaller fragment".split()
)
_MOST_NESTED = 20
_GONE = frozenset({"refs", "hidden", "notes"})


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its first line, what that says, and what stands in it."""

    line: Line
    attributes: Attributes
    body: tuple[Taken | Block, ...]


def adopted_blocks(taken: Iterable[Taken], language: Language) -> Iterator[Taken]:
    """The lines with their blocks as a dossier has them.

    D818: the place of the reference list, which is made here. D820: what is for another format, D821: a kind of block
    that is not known.
    """
    lines = deque(taken)
    yield from _written(_tree(lines), language)


def _tree(lines: deque[Taken], depth: int = 0) -> list[Taken | Block]:
    """Lines and blocks up to the fence that closes this block, or to the end; nested too deeply they stay lines."""
    found: list[Taken | Block] = []
    while lines:
        line = lines.popleft()
        if not isinstance(line, Line) or line.kind is not Kind.TEXT or depth > _MOST_NESTED:
            found.append(line)
            continue
        fence, html = _head(line.text), _HTML_DIV.match(line.text)
        if _HTML_END.match(line.text) or fence == "":
            break
        if fence:
            found.append(Block(line, read_attributes(fence), tuple(_tree(lines, depth + 1))))
        elif html:
            found.append(Block(line, _html_attributes(html["attributes"]), tuple(_tree(lines, depth + 1))))
        else:
            found.append(line)
    return found


def _head(text: str) -> str | None:
    """What a fence says of its block; empty for one that closes a block, and None for what is no fence."""
    fence = _FENCE.match(text)
    head = fence["head"].strip().rstrip(":").rstrip() if fence else "\n"
    return head if not head or _HEAD.fullmatch(head) else None


def _html_attributes(text: str) -> Attributes:
    said = {match["name"].lower(): match["value"] for match in _HTML_ATTRIBUTE.finditer(text)}
    return Attributes(id=said.get("id", ""), classes=tuple(said.get("class", "").split()))


def _written(found: Iterable[Taken | Block], language: Language) -> Iterator[Taken]:
    for piece in found:
        if isinstance(piece, Block):
            yield from _block(piece, language)
        else:
            yield piece


def _block(block: Block, language: Language) -> Iterator[Taken]:
    """What a block becomes, by the first thing that is known of it."""
    attributes, place = block.attributes, block.line.at(block.line.text.strip())
    kind = attributes.id.partition("-")[0]
    inner = tuple(_written(block.body, language))
    box = next((_BOXES[name] for name in attributes.classes if name in _BOXES), "") or _BY_NAME.get(kind, "")
    if attributes.id == "refs" or "references" in attributes.classes:
        yield problem("D818", place, excerpt=block.line.text.strip())
    elif _GONE & set(attributes.classes):
        yield problem("D820", place, format=", ".join(attributes.classes))
    elif not _is_shown(attributes):
        yield problem("D820", place, format=attributes.values.get("when-format", attributes.classes[0]))
    elif "missing-table" in attributes.classes:
        yield from _missing_table(block, inner, language)
    elif "figures" in attributes.classes or kind == "fig" or (kind == "tbl" and _pictures(inner)):
        yield from _figure(block, inner)
    elif kind == "tbl":
        yield from _table(block, inner)
    elif box:
        yield from _box(block, box, inner)
    else:
        unknown = [
            name for name in attributes.classes if name not in _PLAIN and not name.startswith(("g-col", "column"))
        ]
        if unknown:
            yield problem("D821", place, unknown[0], kind=unknown[0])
        anchor = (block.line.saying(f"[]{written(own_id(attributes.id))}"),) if attributes.id else ()
        yield from (*_apart(block.line), *anchor, *_apart(block.line), *inner, *_apart(block.line))


def _is_shown(attributes: Attributes) -> bool:
    """Whether a block is shown in HTML: what is for that format is what is taken."""
    when, unless = attributes.values.get("when-format", ""), attributes.values.get("unless-format", "")
    if "content-hidden" in attributes.classes:
        return not (when.startswith("html") or (unless and not unless.startswith("html")) or not (when or unless))
    if "content-visible" in attributes.classes:
        meta = attributes.values.get("when-profile") or attributes.values.get("when-meta")
        return not meta and (not when or when.startswith("html")) and not unless.startswith("html")
    return True


def _apart(line: Line) -> tuple[Line, ...]:
    return (line.saying("", Kind.TEXT),)


def _box(block: Block, kind: str, inner: Sequence[Taken]) -> Iterator[Taken]:
    """A box; its title is the heading in it, or what its attributes say."""
    line, attributes = block.line, block.attributes
    said = attributes.values.get("title") or attributes.values.get("name") or ""
    lines = list(inner)
    at = next((at for at, piece in enumerate(lines) if isinstance(piece, Line) and piece.text.strip()), len(lines))
    first = lines[at] if at < len(lines) else None
    if isinstance(first, Line) and first.kind is Kind.TEXT and _HEADING.match(first.text):
        words, its = split_heading(first.text)
        lines[at] = first.saying(f"### {words}")
        name = own_id(attributes.id or its.id)
    else:
        name = own_id(attributes.id)
        if said:
            lines[:at] = [line.saying(f"### {said}"), line.saying("")]
    yield from _apart(line)
    yield line.saying(f"::: {written(name, [kind])}", Kind.TEXT)
    yield from (_as_words(piece) if position > at else piece for position, piece in enumerate(lines))
    yield line.saying(":::", Kind.TEXT)
    yield from _apart(line)


def _as_words(piece: Taken) -> Taken:
    """A further heading in a box as bold words: there is one heading in a box."""
    if isinstance(piece, Line) and piece.kind is Kind.TEXT and _HEADING.match(piece.text):
        return piece.saying(f"**{split_heading(piece.text)[0]}**")
    return piece


# --- figures and tables ----------------------------------------------------------------------------------------------


def _pictures(inner: Iterable[Taken]) -> list[tuple[Line, re.Match[str]]]:
    lines = (line for line in inner if isinstance(line, Line) and line.kind is Kind.TEXT)
    alone = ((line, list(find_links(line.text))) for line in lines if line.text.lstrip().startswith("!["))
    return [
        (line, found[0][2]) for line, found in alone if len(found) == 1 and line.text.rstrip().endswith(found[0][2][0])
    ]


def _figure(block: Block, inner: Sequence[Taken]) -> Iterator[Taken]:
    """A figure in a block: one picture gets the caption that stands below it, several become parts of one figure."""
    yield from (found for found in inner if isinstance(found, Problem))
    line, pictures = block.line, _pictures(inner)
    name = own_id(block.attributes.id)
    lines = [piece for piece in inner if isinstance(piece, Line)]
    parts = [picture for picture, _ in pictures]
    caption = _last_paragraph([piece for piece in lines if piece not in parts])
    words = " ".join(piece.text.strip() for piece in caption) or block.attributes.values.get("fig-cap", "")
    rest = [piece for piece in lines if piece not in parts and piece not in caption]
    if len(pictures) == 1 and not any(piece.text.strip() for piece in rest):
        picture, match = pictures[0]
        its = read_attributes(match["braces"] or "")
        alt = its.values.get("fig-alt") or its.values.get("alt") or block.attributes.values.get("fig-alt", "")
        braces = written(name or own_id(its.id), alt=alt, width=its.values.get("width", ""))
        yield from (*_apart(line), picture.saying(f"![{words or match['words']}]({match['target']}){braces}"))
        yield from _apart(line)
    elif pictures:
        yield from (*_apart(line), line.saying(f"::: {written(name, ['figures'])}"))
        yield from (said for picture in parts for said in (picture, picture.saying("")))
        yield from (piece for piece in rest if piece.text.strip())
        yield from (*_apart(line), *(caption or (line.saying(words),)), line.saying(":::"), *_apart(line))
    else:
        yield from (*_apart(line), *lines, *_apart(line))


def _last_paragraph(lines: Sequence[Line]) -> list[Line]:
    last: list[Line] = []
    for line in reversed(lines):
        if line.text.strip():
            last.insert(0, line)
        elif last:
            break
    return last


def _table(block: Block, inner: Sequence[Taken]) -> Iterator[Taken]:
    """A table in a block, with its name behind the caption that stands below it."""
    line, name = block.line, own_id(block.attributes.id)
    lines = [piece for piece in inner if isinstance(piece, Line)]
    yield from (found for found in inner if isinstance(found, Problem))
    caption = _last_paragraph(lines)
    is_caption = bool(caption) and not caption[0].text.lstrip().startswith(("|", "+", "-"))
    words = (
        " ".join(piece.text.strip() for piece in caption) if is_caption else block.attributes.values.get("tbl-cap", "")
    )
    said, _ = split_heading(_CAPTION.sub("", words, count=1) if _CAPTION.match(words) else words)
    yield from (*_apart(line), *(piece for piece in lines if not is_caption or piece not in caption))
    at = caption[0] if is_caption else line
    yield from (*_apart(line), at.saying(f": {said} {written(name)}".rstrip()), *_apart(line))


def _missing_table(block: Block, inner: Sequence[Taken], language: Language) -> Iterator[Taken]:
    """What stands in the place of a table that was not taken, so that its caption and references to it stay right."""
    line = block.line
    caption = " ".join(piece.text.strip() for piece in inner if isinstance(piece, Line) and piece.text.strip())
    place = f"{line.place.path}:{line.place.line}".replace("|", "\\|").replace("_", "\\_").replace("*", "\\*")
    name = written(block.attributes.id)
    rows = (f"| {WORDS['table'][language]} |", "|---|", f"| {place} |", "", f": {caption} {name}".rstrip())
    yield from (line.saying(words, Kind.TEXT) for words in ("", *(rows if caption or name else rows[:3]), ""))
