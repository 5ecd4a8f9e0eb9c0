"""Headings, ids, captions and indents that were typed otherwise than pandoc reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.core.slug import slug
from dossierbuild.stages.tidy.finding import Finding, Known, Slip, shortened
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

_HASHES = re.compile(r" {0,3}(?P<hashes>#{1,6})(?P<space>[ \t\xa0\u200b\u202f]*+)(?=[^\s#])")
_HASHTAG = re.compile(r"(?<!\S)#\w")
_BOLD = re.compile(r" {0,3}(?:\*\*(?P<stars>[^*\n]+)\*\*|__(?P<strokes>[^_\n]+)__) *+\Z")
_ATTRIBUTES = re.compile(r"\{(?P<inside>[^{}]*)\} *+\Z")
_SOUND = re.compile(
    r"\A\s*+(?:(?:[#.][^\s#.{}=][^\s{}=]*+|-|[\w-]++=(?:\"[^\"]*\"|'[^']*'|[^\s\"']++))(?:\s++|\Z))*+\Z"
)
_NAME = re.compile(r"[A-Za-z][\w.-]*+")
_TAKES_ID = re.compile(r" {0,3}(?:#{1,6}[ \t]|!\[|:[ \t]|Table:|Tabel:)")
_CAPTION = re.compile(
    r"(?P<before> {0,3}(?:!\[|:[ \t]+|(?:Table|Tabel):[ \t]+)?[*_]{0,2})"
    r"(?P<label>(?:figuur|tabel|grafiek|figure|table|chart)[ \xa0]\d{1,3}(?:\.\d{1,3})?[a-z]?)"
    r"(?P<sign> ?[:.–—-][*_]{0,2}[ \xa0])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"#{1,6}[ \t]++(?P<number>(?:hoofdstuk|paragraaf|chapter|section)[ \xa0]\d{1,2}(?:\.\d{1,2})*[:.]"
    r"|\d{1,2}(?:(?:\.\d{1,2})+\.?|\.))[ \t\xa0]++(?=\S)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"#[ \t]++(?P<number>(?:bijlage|appendix|annex|deel|part)[ \xa0](?:\d{1,2}|[A-Z]|[IVX]{1,5})[:.]?)[ \t\xa0]++"
    r"(?:[–—-][ \t\xa0]++)?(?=\S)",
    re.IGNORECASE,
)
_UNNUMBERED = frozenset({"-", ".unnumbered"})
_SHOWN = re.compile(r" {0,3}:::+[ \t]*+\{[^{}\n]*\.(?:chart|table)\b")
_OF_CODE = re.compile(r"[={}<>\\$;#]|\w\(|//")
_BINDING = frozenset(
    "de het een en die dat te met zijn voor niet aan er om ook bij wordt werd deze naar door the a of that this was "
    "were which are".split()
)
# What a paragraph that is indented may belong to.
_LISTED = frozenset({Role.ITEM, Role.CONTINUED, Role.NOTE})
_LONGEST = 80
_LONGEST_CAPTION = 200
_ENDS = (".", ":", ";", ",", "?", "!")


def hashes(manuscript: Manuscript) -> Iterator[Finding]:
    """Headings without a space behind their signs, or without an empty line before them."""
    is_title = True
    for lines in manuscript.paragraphs():
        for at, line in enumerate(lines):
            found = _HASHES.match(line.text)
            if found and line.role is Role.PROSE and _is_heading(lines, at, found, is_title=is_title):
                words = line.text[found.end() :]
                gap = manuscript.newline if at and lines[at - 1].role is not Role.FENCE else ""
                behind = manuscript.newline if at + 1 < len(lines) and lines[at + 1].role is Role.PROSE else ""
                yield Finding(
                    slip=Slip.HEADING,
                    start=line.start,
                    end=line.end,
                    text=line.text.strip()[:60],
                    written=f"{found['hashes']} {words.strip()[:60]}",
                    mend=f"{gap}{found['hashes']} {words}{behind}",
                )
            is_title = False


def _is_heading(lines: tuple[Line, ...], at: int, found: re.Match[str], *, is_title: bool) -> bool:
    """Whether these are the signs of a heading: several, a space, or one on a line by itself that is no hashtag."""
    text = lines[at].text
    if is_title or found["hashes"] != "#" or found["space"]:
        return True
    is_alone = len(lines) == 1 and not text.rstrip().endswith(_ENDS)
    return is_alone and (len(_HASHTAG.findall(text)) == 1 and (" " in text.strip() or text.rstrip().endswith("}")))


def bold_headings(manuscript: Manuscript) -> Iterator[Finding]:
    """A short line in bold between paragraphs, which nobody can find as a heading."""
    paragraphs = tuple(manuscript.paragraphs())
    for lines, following in zip(paragraphs, (*paragraphs, ())[1:], strict=True):
        bold = _BOLD.match(lines[0].text) if len(lines) == 1 and lines[0].role is Role.PROSE else None
        words = (bold["stars"] or bold["strokes"]).strip() if bold else ""
        is_short = 0 < len(words) <= _LONGEST and not words.endswith(_ENDS)
        if (
            is_short
            and following
            and following[0].role in (Role.PROSE, Role.ITEM)
            and not _BOLD.match(following[0].text)
        ):
            line = lines[0]
            yield Finding(slip=Slip.BOLD_HEADING, start=line.start, end=line.end, text=words, written=f"## {words}")


def ids(manuscript: Manuscript) -> Iterator[Finding]:
    """Ids in braces that lack their sign, have a dot or a space too many, or hold spaces."""
    for line in manuscript.lines:
        found = _ATTRIBUTES.search(line.text) if line.role in (Role.HEADING, Role.PROSE, Role.TABLE) else None
        if not found or not _TAKES_ID.match(line.text) or _SOUND.match(found["inside"]):
            continue
        name = _meant(found["inside"])
        if name:
            start = line.start + found.start()
            yield Finding(
                slip=Slip.ID,
                start=start,
                end=start + len(found["inside"]) + 2,
                text=f"{{{found['inside']}}}",
                written=f"{{#{name}}}",
                mend=f"{{#{name}}}",
            )


def _meant(inside: str) -> str:
    """The id that was meant by what stands in braces; nothing where it may be something else."""
    plain = inside.strip().lstrip(".# ")
    if _NAME.fullmatch(plain):
        return plain
    has_sign = inside.strip().startswith(("#", ".#"))
    return slug(plain) if has_sign and re.fullmatch(r"[\w .-]++", plain) else ""


def captions(manuscript: Manuscript) -> Iterator[Finding]:
    """A number that was typed before a caption, where the figure or table gets one by itself."""
    before: tuple[Line, ...] = ()
    for lines in manuscript.paragraphs():
        for at, line in enumerate(lines):
            opening = lines[at - 1] if at else before[-1] if before else None
            found = _CAPTION.match(line.text) if line.role in (Role.PROSE, Role.TABLE) else None
            if found and (not at or found["before"].strip(" *_") or lines[at - 1].role is Role.FENCE):
                is_sure = bool(found["before"].strip(" *_")) or bool(opening and _SHOWN.match(opening.text))
                if is_sure or _is_caption(lines, found["sign"].strip()):
                    yield _caption(line, found, is_sure=is_sure)
        before = lines


def _is_caption(lines: tuple[Line, ...], sign: str) -> bool:
    """Whether a paragraph that begins with a number is a caption; a dash may also part a clause."""
    text = " ".join(line.text for line in lines)
    return len(text) <= _LONGEST_CAPTION and (sign.strip("*_") in (":", ".") or not text.rstrip().endswith("."))


def _caption(line: Line, found: re.Match[str], *, is_sure: bool) -> Finding:
    marks = found["before"].count("*") + found["before"].count("_")
    closes = found["sign"].strip().lstrip(":.–—- ")
    mend = found["before"].rstrip("*_") if closes else found["before"]
    return Finding(
        slip=Slip.CAPTION,
        start=line.start,
        end=line.start + found.end(),
        text=f"{found['label']}{found['sign'].strip().rstrip('*_')}",
        written=" ".join(line.text[found.end() :].split())[:60],
        mend=mend if is_sure and (marks == len(closes) or not closes) else None,
    )


def numbers(manuscript: Manuscript, known: Known) -> Iterator[Finding]:
    """A number that was typed before a heading, which gets one by itself."""
    for line in manuscript.lines if known.numbered else ():
        found = _number_of(line.text, known) if line.role is Role.HEADING else None
        if found:
            start = line.start + found.start("number")
            yield Finding(
                slip=Slip.CAPTION,
                start=start,
                end=line.start + found.end(),
                text=found["number"],
                written=line.text[found.end() :].strip()[:60],
                mend="",
            )


def _number_of(heading: str, known: Known) -> re.Match[str] | None:
    """The number that was typed before a heading that gets one; of a part or an appendix also its label."""
    attributes = _ATTRIBUTES.search(heading)
    if attributes and not _UNNUMBERED.isdisjoint(attributes["inside"].split()):
        return None
    return _NUMBERED.match(heading) or (_LABELLED.match(heading) if known.labelled else None)


def indents(manuscript: Manuscript) -> Iterator[Finding]:
    """Paragraphs that begin with a tab or four spaces, which become code or a part of the list before them.

    Of words that may be code it is told that they are.
    """
    before = Role.BLANK
    for lines in manuscript.paragraphs():
        line = lines[0]
        words = line.text.strip()
        if line.role is Role.INDENTED and "\t" not in words and not _OF_CODE.search(words):
            is_prose = _reads_as_prose(words)
            if is_prose or before not in _LISTED:
                yield Finding(
                    slip=Slip.INDENTED if is_prose else Slip.CODE,
                    start=line.start,
                    end=line.start + len(line.text) - len(line.text.lstrip()),
                    text=shortened(words),
                    written="" if is_prose else "```",
                    mend="" if is_prose and before not in _LISTED else None,
                )
        before = lines[-1].role


def _reads_as_prose(words: str) -> bool:
    """Whether words begin as a sentence, or are bound together as no command of a program is."""
    is_sentence = words[0].isupper() or words[0] in "“‘\"'"
    every = words.lower().split()
    return len(every) > 3 and (is_sentence or not _BINDING.isdisjoint(every))
