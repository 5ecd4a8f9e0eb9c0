"""Lists that were typed or pasted as text: bullets of other programs, and marks that stand in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierbuild.stages.tidy.finding import Finding, Slip
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

# Signs that begin nothing but an item: bullets, and those of Word's fonts Symbol and Wingdings (private use). Letters
# of Wingdings and a dash do so before a tab.
_BULLET = re.compile(
    r"\A[ \t\xa0]*+(?P<sign>[•▪▫‣◦●○■□◆◇➢➤►❖⁃∙⦁\uf020-\uf0ff]|·(?=[ \t\xa0])|[–—oØ§üqv✓✔](?=\t)|[-*+](?=\t))"
    r"[ \t\xa0]*+(?=\S)"
)
_DASH = re.compile(
    r"\A[ \t\xa0]*+(?P<sign>[-–—‐‑−](?=[ \xa0]|[^\W\d_])|(?:[-=]?>|[*+✓✔✗→⇒➔])(?=[ \xa0])"
    r"|\*(?=[^\W\d_][^*\n]*\Z))[ \t\xa0]*+(?=\S)"
)
_NUMBER = re.compile(
    r"\A[ \t\xa0]*+\(?(?P<name>\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})(?P<sign>[.)]|(?<=\d)[-:/](?=[ \t]))"
    r"(?:[ \t\xa0]++(?=\S)|(?=[A-Z])|(?<=\d[.)])(?=[a-z]{2}))",
    re.ASCII,
)
_ENDS = (":", ";", ".", ",", "?", "!")
_SENTENCE_ENDS = (".", "?", "!", "…", "”", "’", '"', "'")
# Lines that a list does not begin behind without an empty line.
_GOES_ON = frozenset({Role.PROSE, Role.QUOTE})
_SECOND_LEVEL = frozenset("o◦○▪§")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def bullets(manuscript: Manuscript) -> Iterator[Finding]:
    """Lines that begin with a bullet and do not become an item."""
    single = _run_of_paragraphs(manuscript)
    for lines in manuscript.paragraphs():
        marks = {at: mark for at in range(len(lines)) if (mark := _mark(lines, at, single))}
        first = next((mark["sign"] for mark in marks.values()), "")
        for at, mark in marks.items():
            line = lines[at]
            inner = "  " if mark["sign"] != first and mark["sign"] in _SECOND_LEVEL else ""
            gap = manuscript.newline if at and at - 1 not in marks and lines[at - 1].role in _GOES_ON else ""
            yield Finding(
                slip=Slip.BULLET,
                start=line.start,
                end=line.start + mark.end(),
                text=_excerpt(line.text),
                written=f"- {_excerpt(line.text[mark.end() :])}",
                mend=f"{gap}{inner}- ",
            )


def _mark(lines: Sequence[Line], at: int, single: frozenset[int]) -> re.Match[str] | None:
    """The bullet that a line begins with."""
    if lines[at].role not in (Role.PROSE, Role.INDENTED):
        return None
    sure = _BULLET.match(lines[at].text)
    if sure:
        return sure
    dash = _DASH.match(lines[at].text)
    return dash if dash and (lines[at].start in single or _is_one_of_several(lines, at, dash["sign"])) else None


def _is_one_of_several(lines: Sequence[Line], at: int, sign: str) -> bool:
    """Whether a dash begins an item in its paragraph: one of several, or a hyphen behind a colon."""
    items = [number for number in range(len(lines)) if _begins_item(lines, number, sign)]
    is_behind_colon = at > 0 and sign in "-*+" and lines[at - 1].text.rstrip().endswith(":")
    return at in items and (len(items) > 1 or is_behind_colon)


def _begins_item(lines: Sequence[Line], at: int, sign: str) -> bool:
    mark = _DASH.match(lines[at].text)
    if lines[at].role is not Role.PROSE or not mark or mark["sign"] != sign:
        return False
    before = lines[at - 1] if at else None
    return not before or before.text.rstrip().endswith(_ENDS) or bool(_DASH.match(before.text))


def _run_of_paragraphs(manuscript: Manuscript) -> frozenset[int]:
    """Where the paragraphs begin that are each an item with a dash: several of one line, and no dialogue."""
    found: list[int] = []
    run: list[Line] = []
    for lines in (*manuscript.paragraphs(), ()):
        if len(lines) == 1 and lines[0].role is Role.PROSE and _DASH.match(lines[0].text):
            run.append(lines[0])
            continue
        ends = [line.text.rstrip()[-1] for line in run]
        if len(run) > 1 and (";" in ends or not set(ends) & set(_SENTENCE_ENDS)):
            found += [line.start for line in run]
        run = []
    return frozenset(found)


def numbers(manuscript: Manuscript) -> Iterator[Finding]:
    """Numbered lines in a paragraph, which only become a list behind an empty line."""
    for lines in manuscript.paragraphs():
        run = _numbered(lines)
        for count, (at, mark) in enumerate(run):
            line = lines[at]
            is_glued = at > 0 and not count and lines[at - 1].role is Role.PROSE
            space = " " if (mark["name"].isupper() and mark["sign"] == ".") or not mark[0][-1].isspace() else ""
            begins = mark[0].lstrip() if mark["sign"] in ".)" else f"{mark['name']}. "
            yield Finding(
                slip=Slip.NUMBER,
                start=line.start,
                end=line.start + mark.end(),
                text=_excerpt(line.text),
                written=f"{begins.strip()} {_excerpt(line.text[mark.end() :])}",
                mend=f"{manuscript.newline if is_glued else ''}{begins}{space}",
            )


def _numbered(lines: Sequence[Line]) -> list[tuple[int, re.Match[str]]]:
    """The lines of a paragraph that begin with 1, 2, 3 or a, b, c in order, where there are several.

    A paragraph that begins with a mark and a space is a list already.
    """
    if lines[0].role is not Role.PROSE:
        return []
    marks = [
        (at, mark) for at, line in enumerate(lines) if line.role is Role.PROSE and (mark := _NUMBER.match(line.text))
    ]
    for order in (_digits, _letters, _romans):
        run = [(at, mark) for count, (at, mark) in enumerate(marks, start=1) if order(mark["name"].lower()) == count]
        if len(run) > 1 and len(run) == len(marks):
            return run
    return []


def _digits(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _letters(name: str) -> int:
    return ord(name) - ord("a") + 1 if len(name) == 1 and name.isalpha() else 0


def _romans(name: str) -> int:
    return _ROMAN.index(name) + 1 if name in _ROMAN else 0


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"
