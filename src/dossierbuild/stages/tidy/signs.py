"""Signs that are printed otherwise than they should: quotation marks, spaces, signs that nobody sees, broken words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.core.visible import HIDDEN
from dossierbuild.stages.tidy.finding import Finding, Slip
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

# An accent in the place of an apostrophe, and two commas or apostrophes in that of a quotation mark.
_ACCENT = re.compile(
    r"(?<![^\W\d_])`[^`\n]+`"  # code, whose signs are none of these
    r"|(?P<sign>(?<=[^\W\d_])[`´](?=[^\W\d_])|(?<!\w)[´`](?=(?:s|t|n|m|k)\s)|(?<=[sxzSXZ])´(?!\w))"
)
_DOUBLED = re.compile(r"(?<![\w'])''(?=[^\s'])(?P<inside>[^'\n\0]{1,200})(?<=\S)''(?!['\w])")
_COMMAS = re.compile(r"(?<![\w,]),,(?=\w)(?P<inside>[^'\"”“\n\0]{1,200})(?P<closing>''|\"|”|“)")
_LOW = re.compile(r"„(?=\S)(?P<inside>[^„“”\"\n\0]{1,200})(?P<closing>[“”\"])")
_STRAIGHT = re.compile(r'(?<!\w)"(?=[^\s"])(?P<inside>[^"“”„\n\0]{1,200})(?<=\S)"(?!\w)')
_CURLY = re.compile(r"“(?=\w)")

_RUN = re.compile(r"[ \xa0\u202f]{2,}")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_BROKEN = re.compile(r"(?<=[^\W\d_]{2})-\r?\n(?P<word>[^\W\d_]{2,})")
_JOINS = frozenset("en of noch tot naar als and or nor to".split())
_MARK = re.compile(r"\A[ \t]*+(?:[-*+:~>|]|#{1,6}|\(?\w{1,5}[.)]|\[\^[^\]\s]+\]:)?[ \t]*+")


def quotes(manuscript: Manuscript) -> Iterator[Finding]:
    """Accents and doubled signs in the place of quotation marks, and marks of several kinds in one file."""
    text, visible = manuscript.prose.text, manuscript.prose.visible
    for found in _ACCENT.finditer(text):
        is_read = visible[found.start()] != HIDDEN or (found[0] == "`" and manuscript.is_prose(found.start()))
        if found["sign"] and is_read:
            yield _quote(found, "’")
    patterns = (_DOUBLED, _COMMAS) if manuscript.lines else ()  # in YAML they may be signs of its own
    for pattern in (*patterns, *((_LOW, _STRAIGHT) if patterns and _CURLY.search(visible) else ())):
        for found in pattern.finditer(visible):
            yield _quote(found, f"“{text[found.start('inside') : found.end('inside')]}”")


def _quote(found: re.Match[str], mend: str) -> Finding:
    return Finding(slip=Slip.QUOTE, start=found.start(), end=found.end(), text=found[0][:60], mend=mend)


def spaces(manuscript: Manuscript) -> Iterator[Finding]:
    """Several spaces in a row between words, no-break spaces among them."""
    visible = manuscript.prose.visible
    for start, end in _spans(manuscript):
        for found in _RUN.finditer(visible, start, end):
            around = visible[found.start() - 1 : found.start()] + visible[found.end() : found.end() + 1]
            is_typed = not manuscript.prose.text[found.start() : found.end()].strip()  # and no sign by its name
            if (
                is_typed
                and len(around) == 2
                and start < found.start()
                and found.end() < end
                and not re.search(r"[\n\r]", around)
            ):
                mend = "\xa0" if "\xa0" in found[0] and " " not in found[0] else " "
                yield Finding(slip=Slip.SPACE, start=found.start(), end=found.end(), text=found[0], mend=mend)


def _spans(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """From where to where spaces mean nothing: not in tables, in verse, before words and behind marks."""
    if not manuscript.lines:
        for found in re.finditer(r"[^\n\0]+", manuscript.prose.visible):
            yield found.span()
    for lines in manuscript.paragraphs():
        if not any(_keeps_spaces(line) for line in lines):
            for line in lines:
                mark = _MARK.match(line.text)
                yield line.start + (mark.end() if mark else 0), line.end


def _keeps_spaces(line: Line) -> bool:
    return (
        line.role in (Role.TABLE, Role.FENCE, Role.INDENTED) or "\t" in line.text.strip() or line.text.startswith("|")
    )


def invisible(manuscript: Manuscript) -> Iterator[Finding]:
    """Soft hyphens and spaces without width, which come along with a paste."""
    for found in _INVISIBLE.finditer(manuscript.prose.visible):
        yield Finding(slip=Slip.INVISIBLE, start=found.start(), end=found.end(), text=f"U+{ord(found[0]):04X}", mend="")


def broken_words(manuscript: Manuscript) -> Iterator[Finding]:
    """Words with a hyphen at the end of a line, which is printed with a space behind it."""
    for found in _BROKEN.finditer(manuscript.prose.visible):
        if found["word"].lower() not in _JOINS:
            word = re.search(r"(?<!\w)\w*+\Z", manuscript.prose.visible[max(0, found.start() - 40) : found.start()])
            text = f"{word[0] if word else ''}-{found['word']}"
            yield Finding(slip=Slip.HYPHEN, start=found.start(), end=found.end(), text=text)
