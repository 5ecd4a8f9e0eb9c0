"""Text that is read as markup: signs, words and numbers that were typed to be printed, and are not, or otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossierbuild.stages.tidy.finding import Finding, Slip, shortened
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

_ADDRESS = re.compile(r"(?P<mark>[ \t]*+(?:>[ \t]?)?)\[(?![\^@])(?P<name>[^\[\]\n]{1,200})\]:(?P<rest>[^\[\n]*+)\Z")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}\Z")
_MORE_THAN = re.compile(r"[ \t]*+>(?=\d)")
_EXPLAINS = re.compile(r" {0,3}(?P<sign>[:~])[ \t]+\S")
_DRAWN = re.compile(r"[ \t]*+-(?:[ \t]++-)++[ \t]*+\Z")
_UNDERLINE = re.compile(r" {0,3}(?P<signs>-++|=++)[ \t]*+\Z")
_SHORT_LINE = 3
_ONE_ROW = re.compile(r"\| [^\n]*\|[ \t]*+\Z")
_EMPTY_ITEM = re.compile(r"[ \t]*+(?P<mark>[-+*]|\(?\d{1,9}[.)])[ \t]*+\Z")
_BREAKS = re.compile(r"(?<!\\)(?:\\\\)*+(?P<sign>\\)[ \t]*+\Z")
# A factor is a number or a single letter.
_TIMES = re.compile(
    r"(?:(?<=\d)|(?<=(?<![^\W\d_])[^\W\d_]))\*(?=\d|[^\W_](?![^\W_]))[^*\n\0]{1,40}"
    r"(?:(?<=\d)|(?<=(?<![^\W\d_])[^\W\d_]))\*(?=\d|[^\W_](?![^\W_]))"
)
_STARS = re.compile(r"(?<![\\*\w])(?P<stars>\*{1,3})(?=[ \xa0]?[pP][ \xa0]?[<≤=])")
_ABOUT = re.compile(r"(?<![\w~)\\])~(?=\d)[^\s~\0]{1,20}~(?=\d)")
_ID = re.compile(r"(?<=[\w.,;:!?\"”’*] )\{#[\w-]+\}")
_CAPTION = re.compile(r" {0,3}(?::[ \t]|Table:|Tabel:)[^\n]*\}[ \t]*+\Z")
_SENTENCE_ENDS = (".", "?", "!", ":", ";", ",")
_LONGEST_TERM = 60
_WORDS = frozenset({Role.PROSE, Role.ITEM, Role.QUOTE})
_TEXT = frozenset({Role.PROSE, Role.ITEM, Role.TABLE})


def _finding(line: Line, text: str, written: str, at: int = 0) -> Finding:
    start = line.start + at
    end = start + max(1, len(text))
    return Finding(slip=Slip.MARKUP, start=start, end=end, text=shortened(text), written=shortened(written))


def addresses(manuscript: Manuscript) -> Iterator[Finding]:
    """Lines that are taken for the address of a link: nothing of them is printed, and no link asks for it."""
    asked = {" ".join(name.split()).casefold() for name in re.findall(r"\[([^\[\]\n]+)\](?!:)", manuscript.prose.text)}
    for lines in manuscript.paragraphs():
        for at, line in enumerate(lines):
            found = _ADDRESS.match(line.text)
            is_begin = not at or lines[at - 1].role is not Role.PROSE or _ADDRESS.match(lines[at - 1].text)
            if found and is_begin and " ".join(found["name"].split()).casefold() not in asked:
                words = line.text[found.end("mark") :]
                yield _finding(line, words, f"\\{words}", found.end("mark"))


def lines(manuscript: Manuscript) -> Iterator[Finding]:
    """Signs that end a heading or begin a quotation, and stand for themselves: C#, >5."""
    for line in manuscript.lines:
        if line.role is Role.HEADING and (at := _end_of_words(line.text)):
            yield _finding(line, line.text, f"{line.text[:at]}\\{line.text[at:]}")
        elif line.role is Role.QUOTE and _MORE_THAN.match(line.text):
            yield _finding(line, line.text, f"\\{line.text.lstrip()}")


def _end_of_words(heading: str) -> int:
    """Where the signs begin that end a heading and are glued to its last word; 0 where there are none."""
    title = _ATTRIBUTES.sub("", heading.rstrip()).rstrip()
    words = title.rstrip("#")
    return len(words) if words != title and words[-1:].strip(" \t\\") else 0


def alone(manuscript: Manuscript) -> Iterator[Finding]:
    """The mark of an item with nothing behind it, and a row of a table, which each stand alone."""
    for block in manuscript.paragraphs():
        empty = _EMPTY_ITEM.match(block[0].text) if len(block) == 1 else None
        if empty and block[0].role in (Role.PROSE, Role.ITEM):
            mark = empty["mark"]
            yield _finding(block[0], mark, f"{mark[:-1]}\\{mark[-1]}", empty.start("mark"))
        elif len(block) == 1 and block[0].role is Role.PROSE and _ONE_ROW.match(block[0].text):
            yield _finding(block[0], block[0].text, f"\\{block[0].text}")


def dashes(manuscript: Manuscript) -> Iterator[Finding]:
    """A line of dashes right below words, which makes of them the head of a table, or becomes a dash behind them; below
    an item or a quotation, which it makes a heading of."""
    for block in manuscript.paragraphs():
        for at, (above, line) in enumerate(pairwise(block)):
            if above.role in _WORDS and (_DRAWN.match(line.text) or _is_rule_below(line, above, is_first=not at)):
                yield _finding(line, line.text.strip(), f"\\{line.text.strip()}")


def _is_rule_below(line: Line, above: Line, *, is_first: bool) -> bool:
    """Whether a line of signs stands below words that it was hardly meant to make a heading of."""
    signs = _UNDERLINE.match(line.text) if line.role not in (Role.ITEM, Role.QUOTE) else None
    if signs is None or not is_first or above.role is Role.QUOTE:
        return signs is not None
    return above.role is Role.ITEM and len(signs["signs"]) <= _SHORT_LINE


def underlined(manuscript: Manuscript) -> Iterator[Finding]:
    """A line with dashes right below it that becomes a heading, and is a sentence or longer than the dashes."""
    for block in manuscript.paragraphs():
        signs = _UNDERLINE.match(block[1].text) if len(block) > 1 and block[0].role is Role.PROSE else None
        words = block[0].text.strip()
        if signs and (len(signs["signs"]) <= _SHORT_LINE < len(words) or words.endswith(_SENTENCE_ENDS)):
            level = "##" if signs["signs"].startswith("-") else "#"
            yield Finding(
                slip=Slip.UNDERLINED,
                start=block[0].start,
                end=block[1].end,
                text=shortened(words),
                written=shortened(f"{level} {words}"),
            )


def breaks(manuscript: Manuscript) -> Iterator[Finding]:
    """A backslash at the end of a paragraph, which is a line break there."""
    for block in manuscript.paragraphs():
        last = block[-1]
        found = _BREAKS.search(last.text) if last.role in (Role.PROSE, Role.ITEM, Role.QUOTE) else None
        if found:
            yield _finding(last, "\\", "\\\\", found.start("sign"))


def explanations(manuscript: Manuscript) -> Iterator[Finding]:
    """A line behind a sentence that begins with a colon or a tilde, which makes of the sentence a term explained."""
    paragraphs = tuple(manuscript.paragraphs())
    for before, block in pairwise(paragraphs):
        found = _EXPLAINS.match(block[0].text) if block[0].role in (Role.PROSE, Role.TABLE) else None
        if found and before[-1].role is Role.PROSE and not _explains(before, found["sign"]):
            sign = found.start("sign")
            yield _finding(block[0], block[0].text[sign:], f"\\{block[0].text[sign:]}", sign)


def _explains(before: Sequence[Line], sign: str) -> bool:
    """Whether a line with such a sign explains what stands before it, and was meant to."""
    term = before[-1].text.rstrip()
    is_term = len(before) == 1 and len(term) <= _LONGEST_TERM and not term.endswith(_SENTENCE_ENDS)
    return sign == ":" and (is_term or bool(_EXPLAINS.match(before[-1].text)))


def between_numbers(manuscript: Manuscript) -> Iterator[Finding]:
    """Signs between numbers that are taken for emphasis or a subscript."""
    for pattern, sign in ((_TIMES, "*"), (_ABOUT, "~")):
        for found in pattern.finditer(manuscript.prose.visible):
            yield _kept(manuscript, found.start(), found.end(), sign)


def significance(manuscript: Manuscript) -> Iterator[Finding]:
    """The stars that explain how sure the numbers of a table are (*p < 0,05; **p < 0,01), taken for emphasis."""
    for lines in manuscript.paragraphs():
        found = tuple(_STARS.finditer(manuscript.prose.text, lines[0].start, lines[-1].end))
        if len({mark["stars"] for mark in found}) > 1:
            for mark in found:
                yield _kept(manuscript, mark.start(), mark.end(), "*")


def _kept(manuscript: Manuscript, start: int, end: int, sign: str) -> Finding:
    """Words in which each of a sign is to be printed."""
    words = manuscript.prose.text[start:end]
    meant = words.replace(sign, f"\\{sign}")
    mend = meant if manuscript.lines else None
    return Finding(slip=Slip.MARKUP, start=start, end=end, text=words, written=meant, mend=mend)


def ids(manuscript: Manuscript) -> Iterator[Finding]:
    """Ids in running text, which belong to nothing there."""
    for line in manuscript.lines:
        for found in _ID.finditer(line.text) if line.role in _TEXT and not _CAPTION.match(line.text) else ():
            start = line.start + found.start()
            yield Finding(slip=Slip.ID, start=start, end=start + len(found[0]), text=found[0], written=f"[…]{found[0]}")
