"""What was typed where a sign does the work: numbers of notes and figures, keys of sources; and what Word left."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.visible import HIDDEN
from dossierbuild.stages.tidy.finding import Finding, Known, Slip
from dossierbuild.stages.tidy.manuscript import Manuscript, Role

# --- notes -----------------------------------------------------------------------------------------------------------

# Behind a word of three letters or more, a year, or the sign at the end of a word: "m²" and "x²" are no notes.
_CALL = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=\b(?:19|20)\d\d)|(?<=[.,;:!?)”’\"»]))(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\^(?P<marked>\d{1,3})\^)(?!\w)"
    r"|(?<![\]\[\\!\0])\[(?P<bracketed>\d{1,3})\](?![\[({:])"
)
_TEXT = re.compile(
    r" {0,3}(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\^(?P<marked>\d{1,3})\^|\[(?P<bracketed>\d{1,3})\]:?)[ \t\xa0]*+(?=\S)"
)
_SQUARES = frozenset({"dam", "inch"})


def notes(manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers of notes that were typed, and the texts of the notes; mended where there is one of each."""
    calls = list(_calls(manuscript))
    texts, gaps = list(_texts(manuscript)), _glued(manuscript)
    called, told = Counter(number for _, _, number in calls), Counter(number for _, _, number in texts)
    whole = manuscript.prose.text
    for place, ending in ((calls, ""), (texts, ": ")):
        for start, end, number in place:
            is_sure = called[number] == told[number] == 1 and f"[^{number}]" not in whole
            if ending and not called[number]:
                continue
            yield Finding(
                slip=Slip.NOTE,
                start=start,
                end=end,
                text=whole[start:end].strip(),
                written=f"[^{number}]{ending.rstrip()}",
                mend=f"{gaps.get(start, '')}[^{number}]{ending}" if is_sure else None,
            )


def _calls(manuscript: Manuscript) -> Iterator[tuple[int, int, str]]:
    """Where a note is called: from, up to, and its number."""
    visible = manuscript.prose.visible
    starts = {line.start for line in manuscript.lines}
    for found in _CALL.finditer(visible):
        words = re.findall(r"\w+", visible[max(0, found.start() - 12) : found.start()])
        if found.start() not in starts and _SQUARES.isdisjoint(words[-1:]):
            yield found.start(), found.end(), _number(found)


def _texts(manuscript: Manuscript) -> Iterator[tuple[int, int, str]]:
    """Where the text of a note begins: from, up to behind its number, and the number."""
    for line in manuscript.lines:
        found = _TEXT.match(line.text) if line.role in (Role.PROSE, Role.NOTE) else None
        if found:
            yield line.start, line.start + found.end(), _number(found)


def _glued(manuscript: Manuscript) -> dict[int, str]:
    """The empty line that is needed before a line, by the offset of each that stands right behind other text."""
    pairs = pairwise(manuscript.lines)
    return {
        line.start: manuscript.newline
        for before, line in pairs
        if before.role is Role.PROSE and not _TEXT.match(before.text)
    }


def _number(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", next(written for written in found.groups() if written))


# --- references ------------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(
    r"(?<![\w.\[])(?P<word>[^\W\d_]+|§)(?P<dot>\.?)(?P<space>[ \xa0]?\n?)"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,2}|[A-Z]{1,2}(?:\.\d{1,3}){0,2}|[IVXL]{1,7})(?![\w%€]|[.,]\d)"
)
_SHORT = FrozenMap(
    (
        ("fig", "figuur"),
        ("tab", "tabel"),
        ("hfst", "hoofdstuk"),
        ("h", "hoofdstuk"),
        ("par", "paragraaf"),
        ("bijl", "bijlage"),
        ("§", "paragraaf"),
    )
)
# What makes it likely that another publication is meant: what follows, and what came before in the sentence.
_OF_OTHERS = re.compile(
    r"(?:(?:van|uit|in|bij|of|from|by)\s++(?!(?:dit|deze|this)\b)|[(\[\0]|[A-Z]\w|@|&|[-–/]\s?\d)", re.ASCII
)
_IN_OURS = re.compile(r"(?:van|uit|in|of|from)\s++(?:dit|deze|this)\b")
_OTHER = re.compile(
    r"\b(?:rapport|boek|handboek|artikel|wet|nota|advies|scriptie|proefschrift|studie|onderzoek|brief|norm|grondwet|"
    r"report|book|article|act|study|thesis|paper)\b|\(\d{4}|\d{4}\w?\)|\0",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…]\s|\n[ \t]*+\n")
_REACH = 300


def references(manuscript: Manuscript, known: Known) -> Iterator[Finding]:
    """Numbers of figures, tables, chapters and sections of this dossier that were typed, and do not change along."""
    visible = manuscript.prose.visible
    if not manuscript.lines:  # what stands between the texts of panels ends a sentence
        visible = visible.replace(HIDDEN, ".")
    for found in _REFERENCE.finditer(visible) if known.labels else ():
        word = found["word"].lower()
        name = known.labels.get(f"{_SHORT.get(word, word)} {found['number'].lower()}", "")
        is_fit = bool(found["space"]) or word in ("§", "h")
        if not name or not is_fit or _is_elsewhere(visible, found):
            continue
        text = " ".join(found[0].split())
        is_capital = found["word"][0].isupper()
        written = f"[{text}](#{name})" if is_capital else f"[](#{name})"
        yield Finding(
            slip=Slip.REFERENCE,
            start=found.start(),
            end=found.end(),
            text=text,
            written=written,
            mend=None if _IN_OURS.match(_behind(visible, found)) else written,
        )


def _is_elsewhere(visible: str, found: re.Match[str]) -> bool:
    """Whether a number may be of another publication, or stands in the words of a link."""
    before = visible[max(0, found.start() - _REACH) : found.start()]
    sentence = _SENTENCE.split(before)[-1]
    in_link = sentence.count("[") > sentence.count("]")
    behind = _behind(visible, found)
    is_others = bool(_OF_OTHERS.match(behind) or _OTHER.search(sentence))
    return in_link or (is_others and not _IN_OURS.match(behind))


def _behind(visible: str, found: re.Match[str]) -> str:
    """What follows a number, from its first word."""
    return visible[found.end() : found.end() + _REACH].lstrip(" ,\n\xa0")


# --- keys of sources --------------------------------------------------------------------------------------------------

_BRACKETED = re.compile(r"(?<![\w\]\\])\((?P<inside>[^()\[\]\n@]*+@[^()\[\]\n]*+)\)")
_CITED = re.compile(
    r"(?:(?:zie|zie ook|vgl\.|vergelijk|bijv\.|o\.a\.|onder andere|see|see also|cf\.|e\.g\.)\s)?"
    r"-?@[\w][\w:.#$%&+?<>~/-]*\w"
    r"(?:,\s[^;@]*)?\Z",
    re.IGNORECASE,
)
_KEY_ALONE = re.compile(r"(?<![\w\]\\!^])\[(?P<key>[\w][\w:.-]*\w)(?P<more>,[^\[\]@;\n]*)?\](?![\[({:])")
_CITATION = re.compile(r"(?<![\]\\!\w])\[(?P<inside>[^\[\]]{0,300}@[^\[\]]{1,600})\](?![({])")
_KEY = re.compile(r"(?<![\w\\@])-?@(?:\{[^{}\s]+\}|\w++(?:[-.:/]++\w++)*+)")
_JOINT = re.compile(
    r"(?P<place>(?:,\s[^,\d]{0,40}+\d++[a-z]?+(?:\s?[-–]\s?\d++)?+)?+)"
    r"\s*+(?:,|(?<!\w)(?:en|and|und|et|of|or|&|\+|/)(?!\w))?+\s*+"
)
_EXAMPLE = re.compile(r"^[ \t>]*+\(@(?P<label>[\w-]++)\)[ \t]", re.MULTILINE)
_APART = re.compile(r"(?<![\w@\\])@[ \xa0](?P<key>[A-Za-z][\w:.-]*\w)")


def citations(manuscript: Manuscript, known: Known) -> Iterator[Finding]:
    """Keys of sources in round brackets, which print two pairs, and in square brackets without their sign.

    A label of a numbered example is no key.
    """
    text, visible = manuscript.prose.text, manuscript.prose.visible
    examples = {f"@{found['label']}" for found in _EXAMPLE.finditer(text) if found["label"] not in known.keys}
    for found in _BRACKETED.finditer(text):
        parts = [part.strip() for part in found["inside"].split(";")]
        if found["inside"] in examples:
            continue
        if visible[found.start()] == "(" and all(_CITED.match(part) for part in parts):
            yield _citation(found, f"[{found['inside']}]")
    for found in _KEY_ALONE.finditer(visible):
        if found["key"] in known.keys:
            yield _citation(found, f"[@{found['key']}{found['more'] or ''}]")
    for found in _APART.finditer(text):
        if found["key"] in known.keys and visible[found.start()] == "@":
            yield _citation(found, f"@{found['key']}")


def joined(manuscript: Manuscript) -> Iterator[Finding]:
    """Several keys in one citation that are joined by words, of which the last one alone is printed."""
    text = manuscript.prose.text
    for found in _CITATION.finditer(text):
        parts = [_parted(part) for part in found["inside"].split(";")]
        written = f"[{';'.join(part for part, _ in parts)}]"
        if written != found[0] and (not manuscript.lines or manuscript.is_prose(found.start())):
            yield _citation(found, written, is_sure=all(is_sure for _, is_sure in parts))


def _parted(part: str) -> tuple[str, bool]:
    """A part of a citation with its keys apart, and whether nothing but "and" and a place stood between them."""
    keys = list(_KEY.finditer(part))
    pieces, is_sure, end = [part[: keys[0].end()] if keys else part], True, keys[0].end() if keys else len(part)
    for key in keys[1:]:
        between = part[end : key.start()]
        joint = _JOINT.fullmatch(between)
        is_sure &= joint is not None
        pieces += [joint["place"] if joint else "", "; ", "" if joint else f"{between.strip(' ,')} ", key[0]]
        end = key.end()
    return "".join([*pieces, part[end:]]), is_sure


def _citation(found: re.Match[str], written: str, *, is_sure: bool = True) -> Finding:
    return Finding(
        slip=Slip.CITATION,
        start=found.start(),
        end=found.end(),
        text=" ".join(found[0].split()),
        written=written,
        mend=written if is_sure else None,
    )


# --- what Word left behind --------------------------------------------------------------------------------------------

_LEFT = re.compile(
    r"(?:Fout!|Error!)[ \xa0](?:Verwijzingsbron|Bladwijzer|Reference|Bookmark|Geen|No|Ongeldige)[^\n.]{0,60}+\.?"
    r"|\{[ \xa0]?(?:SEQ|REF|PAGEREF|NOTEREF|TOC|PAGE|NUMPAGES|HYPERLINK|STYLEREF|ADDIN|MERGEFIELD)\b[^{}\n]{0,200}+\}"
)
_PAGE = re.compile(
    r"\A[ \t]*+(?:(?:pagina|page|blz\.?|p\.)[ \xa0]*+\d{1,4}(?:[ \xa0](?:van|of)[ \xa0]\d{1,4})?"
    r"|\d{1,3}(?:[ \xa0]?/[ \xa0]?\d{1,3})?|\d{1,4} \| ?(?:pagina|page)|[-–] ?\d{1,4} ?[-–])[ \t]*+\Z",
    re.IGNORECASE,
)


def leftovers(manuscript: Manuscript) -> Iterator[Finding]:
    """Fields, errors and numbers of pages that Word left in the text."""
    prose = manuscript.prose
    for found in _LEFT.finditer(prose.text):
        if manuscript.is_prose(found.start()):
            yield Finding(slip=Slip.LEFTOVER, start=found.start(), end=found.end(), text=found[0])
    for lines in manuscript.paragraphs():
        if len(lines) == 1 and lines[0].role is Role.PROSE and _PAGE.match(lines[0].text):
            line = lines[0]
            yield Finding(slip=Slip.LEFTOVER, start=line.start, end=line.end, text=line.text.strip())
