"""Text that is read as markup: signs, words and numbers that were typed to be printed, and are not, or otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossierbuild.stages.tidy.finding import Finding, Slip
from dossierbuild.stages.tidy.manuscript import TAB, Line, Manuscript, Role

_ADDRESS = re.compile(r"(?P<mark>[ \t]*+(?:>[ \t]?)?)\[(?![\^@])(?P<name>[^\[\]\n]{1,200})\]:(?P<rest>[^\[\n]*+)\Z")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}\Z")
_MORE_THAN = re.compile(r"[ \t]*+>(?=\d)")
_EXPLAINS = re.compile(r" {0,3}(?P<sign>[:~])[ \t]+\S")
_DRAWN = re.compile(r"[ \t]*+-(?:[ \t]++-)++[ \t]*+\Z")
_ONE_ROW = re.compile(r"\| [^\n]*\|[ \t]*+\Z")
_EMPTY_ITEM = re.compile(r"[ \t]*+(?P<mark>[-+*]|\(?\d{1,9}[.)])[ \t]*+\Z")
_COUNTED = re.compile(r"(?P<indent>[ \t]*+)\(?(?P<number>\d{1,9})(?P<sign>[.)])[ \t]++(?=\S)")
_BREAKS = re.compile(r"(?<!\\)(?:\\\\)*+(?P<sign>\\)[ \t]*+\Z")
_TIMES = re.compile(r"(?<=\d)\*(?=\d)[^*\n\0]{1,40}(?<=\d)\*(?=\d)")
_ABOUT = re.compile(r"(?<![\w~)\\])~(?=\d)[^\s~\0]{1,20}~(?=\d)")
_ID = re.compile(r"(?<=[\w.,;:!?\"”’*] )\{#[\w-]+\}")
_CAPTION = re.compile(r" {0,3}(?::[ \t]|Table:|Tabel:)[^\n]*\}[ \t]*+\Z")
_STROKE = re.compile(r"(?<!\\)\||`[^`\n]*`")
_SENTENCE_ENDS = (".", "?", "!", ":", ";", ",")
_LONGEST_TERM = 60
# A first number beyond these is no day of a month or item of a list that goes on, but a year or an amount.
_LAST_DAY = 31
_TEXT = frozenset({Role.PROSE, Role.ITEM, Role.TABLE})
_LISTED = frozenset({Role.ITEM, Role.CONTINUED, Role.NOTE, Role.BLANK, Role.INDENTED})


def _finding(line: Line, text: str, written: str, at: int = 0) -> Finding:
    start = line.start + at
    return Finding(slip=Slip.MARKUP, start=start, end=start + max(1, len(text)), text=_cut(text), written=_cut(written))


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


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
    """A line of dashes right below words, which makes of them the head of a table and cuts them at its gaps."""
    for block in manuscript.paragraphs():
        for above, line in pairwise(block):
            if above.role is Role.PROSE and _DRAWN.match(line.text):
                yield _finding(line, line.text.strip(), f"\\{line.text.strip()}")


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


def between_words(manuscript: Manuscript) -> Iterator[Finding]:
    """Signs between numbers that are taken for emphasis or a subscript, and ids that belong to nothing."""
    text = manuscript.prose.text
    for pattern, sign in ((_TIMES, "*"), (_ABOUT, "~")):
        for found in pattern.finditer(manuscript.prose.visible):
            words = text[found.start() : found.end()]
            yield Finding(
                slip=Slip.MARKUP,
                start=found.start(),
                end=found.end(),
                text=words,
                written=words.replace(sign, f"\\{sign}"),
                mend=words.replace(sign, f"\\{sign}") if manuscript.lines else None,
            )
    for line in manuscript.lines:
        for found in _ID.finditer(line.text) if line.role in _TEXT and not _CAPTION.match(line.text) else ():
            start = line.start + found.start()
            yield Finding(slip=Slip.ID, start=start, end=start + len(found[0]), text=found[0], written=f"[…]{found[0]}")


def rows(manuscript: Manuscript) -> Iterator[Finding]:
    """Rows of a table with more cells than its head, of which the last are not printed."""
    for block in manuscript.paragraphs():
        for head, rule in pairwise(block):
            if head.role is Role.TABLE and re.fullmatch(r"[ \t|:-]*+", rule.text) and "|" in rule.text:
                width = max(len(_cells(head.text)), len(_cells(rule.text)))
                for line in block:
                    cells = _cells(line.text)
                    if any(cell.strip() for cell in cells[width:]):
                        written = f"|{'|'.join(cells[:width])}|"
                        yield _otherwise(line, " ".join(line.text.split()), written)
                break


def _cells(row: str) -> list[str]:
    text = row.strip().removeprefix("|")
    text = text.removesuffix("|") if not text.endswith("\\|") else text
    at = [found.start() for found in _STROKE.finditer(text) if found[0] == "|"]
    return [text[start:end] for start, end in pairwise([0, *(place + 1 for place in at), len(text) + 1])]


def _otherwise(line: Line, text: str, written: str) -> Finding:
    return Finding(slip=Slip.OTHERWISE, start=line.start, end=line.end, text=_cut(text), written=_cut(written))


def counts(manuscript: Manuscript) -> Iterator[Finding]:
    """Items of which the number is not the next one, as a list counts by itself; and a year that begins a list."""
    lists: dict[int, tuple[int, int]] = {}  # the first number and the last printed one, by how far the list is indented
    ends: set[int] = set()
    before = Role.BLANK
    for line in manuscript.lines:
        found = _COUNTED.match(line.text) if line.role is Role.ITEM else None
        indent = _indent(line.text)
        lists = {place: numbers for place, numbers in lists.items() if not _ends_list(line, before, place - indent)}
        if found:
            typed = int(found["number"])
            first, last = lists.get(indent, (typed, typed - 1))
            if indent not in lists and typed > _LAST_DAY and typed - 1 not in ends:
                at = found.start("sign")
                yield _finding(line, line.text, f"{line.text[:at]}\\{line.text[at:]}")
            elif typed not in (first, last + 1):
                yield _otherwise(line, line.text.strip(), f"{last + 1}{line.text[found.end('number') :]}")
            lists[indent] = (first, last + 1)
            ends.add(last + 1)
        before = line.role


def _indent(text: str) -> int:
    wide = text.expandtabs(TAB)
    return len(wide) - len(wide.lstrip())


def _ends_list(line: Line, before: Role, deeper: int) -> bool:
    """Whether a numbered list ends before a line; `deeper` is how much farther to the right than the line it stands."""
    if line.role is Role.ITEM:
        is_numbered = bool(_COUNTED.match(line.text))
        return deeper > 0 or (deeper == 0 and not is_numbered)
    return line.role not in _LISTED and not (line.role is Role.PROSE and before is not Role.BLANK)
