"""Markup that was begun and not finished, or whose signs stand in another order, and so is printed as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossierbuild.stages.tidy.finding import Finding, Slip, shortened
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

_RULE = re.compile(r"[ \t]*+(?:\*(?:[ \t]*+\*){2,}+|_(?:[ \t]*+_){2,}+)[ \t]*+\Z")
_BRACKET = re.compile(r"\\.|`[^`\n]++`|[\[\]]", re.DOTALL)
_CITES = re.compile(r"\[[^\[\]\n@]{0,60}@")
_CITED = re.compile(r"(?<![\w\\])@[\w:.-]{1,60}(?:,[^\[\]@\n]{1,40})?\Z")
_BEGUN_CITATION = re.compile(r"\[(?=-?@)")
# A part of a citation behind a semicolon that has no key: the whole is no citation then.
_KEYLESS = re.compile(r"(?<![\\\w\]])\[(?P<cited>-?@[^\[\]@;\n]{1,100});(?P<words>[^\[\]@;\n]{1,100})\](?![\[({])")
_LINK = re.compile(
    r"(?P<gap>(?<![\\!\w\]])\[(?P<words>[^\[\]\n]{1,200})\][ \t]{1,9}\((?P<address>(?:https?://|www\.)[^\s()]++)\))"
    r"|(?P<turned>\((?P<inside>[^()\[\]\n]{1,200})\)\[(?P<at>(?:https?://|www\.)[^\s\[\]]++)\])"
    r"|(?P<open>(?<![\\!])\[[^\[\]\n]{1,200}\]\(https?://[^\s()]++(?=[ \t]|$)(?!\s*+[)\"'(]))",
    re.MULTILINE,
)
_BOLD = re.compile(r"\\.|`[^`\n]++`|(?P<stars>\*++)", re.DOTALL)
_SPACED = re.compile(r"(?<![*\w\\])\*\*[ \t]{1,9}(?P<words>[^\s*][^*\n]{0,200}?)[ \t]{0,9}\*\*(?![*\w])")
_WORD = re.compile(r"[^\W\d_]{2}")
_DASHED = re.compile(r"\{[–—−‑]\}(?=[ \t]*+\Z)")
_REACH = 40


def citations(manuscript: Manuscript) -> Iterator[Finding]:
    """Citations, notes and bold words that begin and do not end in their paragraph, or end and did not begin."""
    text, visible = manuscript.prose.text, manuscript.prose.visible
    if not manuscript.lines:
        for found in _BEGUN_CITATION.finditer(text):
            if visible[found.start()] == "[":
                yield _begun(text, found.start(), found.end() + len("@"), "[@", "]")
    for lines in manuscript.paragraphs():
        yield from _brackets(text, lines[0].start, lines[-1].end)
    for found in _KEYLESS.finditer(text):
        if manuscript.is_prose(found.start()):
            meant = f"[{found['cited']},{found['words']}]"
            yield _finding(found.start(), found.end(), found[0], meant, meant, Slip.CITATION)


def _brackets(text: str, start: int, end: int) -> Iterator[Finding]:
    """What brackets without a fellow in a paragraph begin or end."""
    waiting: list[int] = []
    for found in _BRACKET.finditer(text, start, end):
        if found[0] == "[":
            waiting.append(found.start())
        elif found[0] == "]" and waiting:
            waiting.pop()
        elif found[0] == "]" and (cited := _CITED.search(text[max(start, found.start() - 100) : found.start()])):
            yield _finding(found.start() - len(cited[0]), found.end(), f"{cited[0]}]", f"[{cited[0]}]")
    for at in waiting:
        if at > start and text[at - 1] == "^":
            yield _begun(text, at - 1, end, "^[", "]")
        elif text.startswith("^", at + 1):
            yield _begun(text, at, end, "[^", "]")
        elif _CITES.match(text, at, end):
            yield _begun(text, at, end, "[@", "]")


def emphasis(manuscript: Manuscript) -> Iterator[Finding]:
    """Stars of bold words that are not closed, or stand apart from the words."""
    text = manuscript.prose.text
    for lines in manuscript.paragraphs():
        if lines[0].role not in (Role.PROSE, Role.ITEM, Role.QUOTE):
            continue
        start, end = lines[0].start, lines[-1].end
        stars = [found for found in _BOLD.finditer(text, start, end) if len(found["stars"] or "") == 2]
        spaced = _SPACED.search(text, start, end) if len(stars) == 2 else None
        for found in (spaced,) if spaced and _WORD.search(spaced["words"]) else ():
            meant = f"**{found['words']}**"
            yield _finding(found.start(), found.end(), found[0], meant, meant)
        last = stars[-1] if len(stars) % 2 else None
        if last and _WORD.match(text, last.end()) and not _is_in_word(text, last.start()):
            yield _begun(text, last.start(), end, "**", "**")


def _is_in_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] == "*")


def links(manuscript: Manuscript) -> Iterator[Finding]:
    """Links whose two pairs of brackets stand apart, were changed round, or of which the last is missing."""
    for found in _LINK.finditer(manuscript.prose.text) if manuscript.lines else ():
        if not manuscript.is_prose(found.start()):
            continue
        if found["open"]:
            yield _finding(found.start(), found.end(), found[0], f"{found[0]})")
        else:
            meant = f"[{found['words'] or found['inside']}]({found['address'] or found['at']})"
            yield _finding(found.start(), found.end(), found[0], meant, meant)


def rules(manuscript: Manuscript) -> Iterator[Finding]:
    """Stars and strokes right below words, which draw a line behind an empty line only."""
    for block in manuscript.paragraphs():
        for above, line in pairwise(block):
            if above.role is Role.PROSE and _RULE.match(line.text):
                yield _of_line(line, "***", f"{manuscript.newline}{line.text.strip()}{manuscript.newline}", block)


def quotations(manuscript: Manuscript) -> Iterator[Finding]:
    """Quotations within a quotation that begin right below its words, and are words of it then."""
    for block in manuscript.paragraphs():
        for above, line in pairwise(block):
            marks, words = _quoted(line)
            outer, before = _quoted(above)
            if above.role is line.role is Role.QUOTE and words and before and marks.count(">") > outer.count(">"):
                mend = f"{outer.rstrip()}{manuscript.newline}{line.text}"
                yield _finding(line.start, line.end, line.text, line.text, mend)


def _quoted(line: Line) -> tuple[str, str]:
    """The signs of quotations that a line begins with, and its words."""
    words = line.text.lstrip("> \t")
    return line.text[: len(line.text) - len(words)], words


def unnumbered(manuscript: Manuscript) -> Iterator[Finding]:
    """A dash for the hyphen of a heading without a number, as word processors put it there."""
    for line in manuscript.lines:
        found = _DASHED.search(line.text) if line.role is Role.HEADING else None
        if found:
            yield _finding(line.start + found.start(), line.start + found.end(), found[0], "{-}", "{-}")


def _of_line(line: Line, written: str, mend: str, block: Sequence[Line]) -> Finding:
    after = mend if line is not block[-1] else mend.rstrip("\r\n")
    return _finding(line.start, line.end, line.text.strip(), written, after)


def _begun(text: str, start: int, end: int, opening: str, closing: str) -> Finding:
    """What begins at an offset, told by its first words; where it should end is not sure."""
    words = text[start:end].partition("\n")[0][:_REACH]
    return _finding(start, start + len(opening), words, f"{opening}…{closing}")


def _finding(
    start: int, end: int, text: str, written: str, mend: str | None = None, slip: Slip = Slip.UNFINISHED
) -> Finding:
    return Finding(slip=slip, start=start, end=end, text=shortened(text), written=shortened(written), mend=mend)
