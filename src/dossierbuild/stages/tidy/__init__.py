"""Tidy: what was pasted from another program, or typed as there, found and written as it was meant.

A manuscript is the file as it was typed (`manuscript_of_text`, `manuscript_of_panels`). `findings` are the slips in
it, `slips` tells them to editors, and `tidied` is the text with all that is sure put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.tidy import foreign, grids, headings, lists, markup, mentions, otherwise, signs, unfinished
from dossierbuild.stages.tidy.finding import Finding, Known, Slip
from dossierbuild.stages.tidy.foreign import told_otherwise
from dossierbuild.stages.tidy.manuscript import Manuscript, manuscript_of_panels, manuscript_of_text

__all__ = [
    "Finding",
    "Known",
    "Manuscript",
    "findings",
    "manuscript_of_panels",
    "manuscript_of_text",
    "slips",
    "tidied",
    "told_otherwise",
]

_ROUNDS = 20

# Where two findings cover the same words, the first kind in this order is told.
_OF_LINES: tuple[Callable[[Manuscript], Iterator[Finding]], ...] = (
    grids.tables,
    lists.bullets,
    lists.numbers,
    headings.hashes,
    headings.bold_headings,
    headings.captions,
    headings.indents,
    headings.ids,
    markup.addresses,
    markup.lines,
    markup.alone,
    markup.dashes,
    markup.underlined,
    markup.breaks,
    markup.explanations,
    otherwise.rows,
    otherwise.counts,
    markup.between_numbers,
    markup.significance,
    markup.ids,
    unfinished.rules,
    unfinished.quotations,
    unfinished.unnumbered,
    unfinished.links,
)
_OF_WORDS: tuple[Callable[[Manuscript, Known], Iterator[Finding]], ...] = (
    headings.numbers,
    foreign.references,
    mentions.citations,
    lambda manuscript, known: mentions.joined(manuscript),
    lambda manuscript, known: unfinished.citations(manuscript),
    lambda manuscript, known: unfinished.emphasis(manuscript),
    lambda manuscript, known: mentions.notes(manuscript),
    mentions.references,
    lambda manuscript, known: mentions.leftovers(manuscript),
    lambda manuscript, known: signs.quotes(manuscript),
    lambda manuscript, known: signs.invisible(manuscript),
    lambda manuscript, known: signs.spaces(manuscript),
    lambda manuscript, known: signs.broken_words(manuscript),
)

_LOST = MappingProxyType(
    {
        Slip.BULLET: "D161",
        Slip.NUMBER: "D162",
        Slip.TABLE: "D163",
        Slip.HEADING: "D164",
        Slip.BOLD_HEADING: "D165",
        Slip.ID: "D166",
        Slip.NOTE: "D167",
        Slip.REFERENCE: "D168",
        Slip.CITATION: "D169",
        Slip.INDENTED: "D170",
        Slip.LEFTOVER: "D171",
        Slip.CAPTION: "D172",
        Slip.FOREIGN: "D241",
        Slip.MARKUP: "D192",
        Slip.OTHERWISE: "D193",
        Slip.UNFINISHED: "D154",
        Slip.UNDERLINED: "D190",
        Slip.CODE: "D160",
    }
)
# Told once a file.
_COUNTED = frozenset({Slip.QUOTE, Slip.SPACE, Slip.INVISIBLE, Slip.HYPHEN})


def findings(manuscript: Manuscript, known: Known) -> tuple[Finding, ...]:
    """The slips in a manuscript in order, no two of them in the same words."""
    found = [finding for find in _OF_LINES for finding in find(manuscript)]
    found += [finding for find in _OF_WORDS for finding in find(manuscript, known)]
    if not manuscript.lines:
        found = [_in_yaml(manuscript.prose.text, finding) for finding in found]
    return tuple(sorted(_apart(found), key=lambda finding: finding.start))


def _apart(found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that share no words with an earlier one."""
    taken: set[int] = set()
    for finding in found:
        covered = range(finding.start, max(finding.end, finding.start + 1))
        if taken.isdisjoint(covered):
            taken.update(covered)
            yield finding


def _in_yaml(text: str, finding: Finding) -> Finding:
    """A finding in a text of YAML; a bracket at the beginning of a value would mean something else there."""
    is_inside = re.search(r"[\w.,;)] \Z", text[max(0, finding.start - 2) : finding.start])
    is_sure = is_inside or not (finding.mend or "").startswith("[")
    return finding if is_sure else replace(finding, mend=None)


def slips(manuscript: Manuscript, found: Iterable[Finding], command: str) -> Iterator[Problem]:
    """D154, D160 to D172, D190, D192, D193 and D241 for each thing that is lost or printed otherwise.

    D173 to D175 and D178 are told once a file, with their number. `command` is what mends them.
    """
    counted: dict[Slip, list[Finding]] = {}
    for finding in found:
        if finding.slip in _COUNTED:
            counted.setdefault(finding.slip, []).append(finding)
        else:
            place, text = manuscript.prose.place(finding.start), finding.text
            mends = "" if finding.mend is None else command
            yield problem(_LOST[finding.slip], place, text, text=text, written=finding.written, command=mends)
    for same in counted.values():
        yield _counted(manuscript.prose.place(same[0].start), same[0], str(len(same)), command)


def _counted(place: Place, first: Finding, count: str, command: str) -> Problem:
    """The slips of one kind in a file, at the place of the first."""
    match first.slip:
        case Slip.QUOTE:
            return problem("D173", place, count=count, text=first.text, command=command)
        case Slip.SPACE:
            return problem("D174", place, count=count, command=command)
        case Slip.INVISIBLE:
            return problem("D175", place, count=count, text=first.text, command=command)
        case _:
            return problem("D178", place, count=count, text=first.text)


def tidied(manuscript: Manuscript, read: Callable[[str], Manuscript | None], known: Known) -> tuple[Manuscript, int]:
    """The manuscript with all that is sure put right, and how much that was; all else stays as it was.

    `read` makes a text a manuscript, and gives None where a mend has spoilt it: that is not kept. What one mend brings
    to light is mended as well, so that nothing is left to do.
    """
    count = 0
    for _ in range(_ROUNDS):
        sure = [finding for finding in findings(manuscript, known) if finding.mend is not None]
        mended = read(_mended(manuscript.prose.text, sure)) if sure else None
        if mended is None:
            break
        manuscript, count = mended, count + len(sure)
    return manuscript, count


def _mended(text: str, sure: Iterable[Finding]) -> str:
    parts, last = [], 0
    for finding in sure:
        parts += [text[last : finding.start], finding.mend or ""]
        last = finding.end
    return "".join([*parts, text[last:]])
