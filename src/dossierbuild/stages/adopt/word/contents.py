"""Tables of contents and lists of figures, which an edition makes by itself: left out, with the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Block, Field, Paragraph, inlines_of
from dossierbuild.core.word_tree import is_empty
from dossierbuild.stages.adopt.word.spots import spot, words_near

_STYLES = re.compile(
    r"(?:toc|inhopg|contents|table of figures|table of authorities|index|illustration index)(?: ?\d)?\Z"
)
_HEADINGS = frozenset({"toc heading", "contents heading", "kopvaninhoudsopgave", "index heading", "toa heading"})
_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA|RD)\b", re.IGNORECASE)
_TITLES = re.compile(
    r"\W*(?:inhoud|inhoudsopgave|contents|table of contents|inhaltsverzeichnis|register|index"
    r"|(?:lijst (?:van|met) |list of )?(?:figuren|tabellen|afbeeldingen|figures|tables)(?:lijst)?"
    r"|figurenlijst|tabellenlijst|lijst (?:van|met) (?:figuren|tabellen) en (?:figuren|tabellen))\W*\Z",
    re.IGNORECASE,
)
_DIGITS = 3
_FEWEST = 3
"""Lines ending in a number of a page that are a table of contents."""


def without_contents(blocks: Sequence[Block], name: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks without what an edition makes by itself, and D818 for each list that was left out."""
    runs = [(is_list, list(group)) for is_list, group in groupby(_marked(blocks), lambda pair: pair[0])]
    kept: list[Block] = []
    told: list[Problem] = []
    for is_list, pairs in runs:
        found = [block for _, block in pairs]
        if not is_list:
            kept += found
            continue
        titles = list(_titles_above(kept))
        del kept[len(kept) - len(titles) :]
        first = next(block for block in (*titles, *found) if isinstance(block, Paragraph))
        told.append(problem("D818", spot(name, first), excerpt=words_near(first)))
    return tuple(kept), tuple(told)


def _marked(blocks: Sequence[Block]) -> Iterator[tuple[bool, Block]]:
    """Each block with whether it is a line of a list that is made."""
    typed = _typed_lines(blocks)
    for at, block in enumerate(blocks):
        yield isinstance(block, Paragraph) and (at in typed or _is_made(block)), block


def _is_made(paragraph: Paragraph) -> bool:
    names = {paragraph.style, *paragraph.styles}
    if names & _HEADINGS or _STYLES.match(paragraph.style) or _FIELD.match(paragraph.in_field):
        return True
    fields = (inline for inline in inlines_of(paragraph.content) if isinstance(inline, Field))
    return any(_FIELD.match(found.instruction) for found in fields)


def _typed_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """The lines of a table of contents that was typed: several that end in the number of a page."""
    shown = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and not is_empty(block)]
    found: set[int] = set()
    for is_line, group in groupby(shown, lambda pair: _ends_in_page(pair[1].text) and not pair[1].outline):
        lines = [at for at, _ in group]
        if is_line and len(lines) >= _FEWEST:
            found |= set(lines)
    return frozenset(found)


def _ends_in_page(text: str) -> bool:
    """Whether a line ends in the number of a page behind a tab or a row of points."""
    words = text.rstrip()
    before = words.rstrip("0123456789")
    leader = before[len(before.rstrip(" .…\t")) :]
    return 0 < len(words) - len(before) <= _DIGITS and any(sign in leader for sign in ("\t", "....", "……"))


def _titles_above(kept: Sequence[Block]) -> Iterator[Block]:
    """The heading of a list and what is empty below it, at the end of what was kept."""
    for at in range(len(kept) - 1, -1, -1):
        block = kept[at]
        if not isinstance(block, Paragraph):
            return
        if not is_empty(block):
            if _TITLES.match(block.text):
                yield from kept[at:]
            return
