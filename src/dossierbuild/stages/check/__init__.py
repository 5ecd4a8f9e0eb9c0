"""Check: rules over the sources. Each rule is a small function `Sources -> problems`; `RULES` lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dossierbuild.core.model import Reference, ShortName, Sources
from dossierbuild.core.problems import Place, Problem, in_order, problem
from dossierbuild.core.spec import Ignore
from dossierbuild.stages.check import (
    access,
    assets,
    charts,
    citations,
    files,
    formulas,
    lists,
    order,
    quotations,
    references,
    structure,
    tables,
    titles,
)
from dossierbuild.stages.check.access import ACCESS_CHECKS, shortcomings
from dossierbuild.stages.check.characters import unshown
from dossierbuild.stages.check.own_look import measured, own_look, unmeasured
from dossierbuild.stages.check.references import empty_lists_of_kind
from dossierbuild.stages.check.retractions import is_about, marks_of, retractions

__all__ = [
    "ACCESS_CHECKS",
    "Coverage",
    "accept",
    "check_list",
    "check_sources",
    "empty_lists_of_kind",
    "is_about",
    "marks_of",
    "measured",
    "own_look",
    "retractions",
    "shortcomings",
    "unaccepted",
    "unmeasured",
    "unshown",
]

RULES = (
    *structure.RULES,
    *order.RULES,
    *tables.RULES,
    *citations.RULES,
    *quotations.RULES,
    *references.RULES,
    titles.title_case_in_style,
    *assets.RULES,
    *charts.RULES,
    *formulas.RULES,
    *access.RULES,
    *files.RULES,
    *lists.RULES,
)


# Problems that say that something is nowhere, which is only sure when all files of a kind could be read.
_NEED_PANELS = frozenset({"D179", "D203", "D222", "D253", "D356", "D357"})
_NEED_TEXTS = _NEED_PANELS | {"D112", "D113", "D176", "D187", "D196", "D355"}
_NEED_REFERENCES = frozenset({"D201"})

# Problems that are accepted as they are at this moment only: an exception names their subject.
_BY_SUBJECT = frozenset({"D408"})

# What is looked for only when it is asked for, or when citations are printed.
_ON_REQUEST = frozenset({"D235", "D255", "D258", "D260"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which of the sources could be read whole: all chapters and summaries, all panels, the reference list."""

    texts: bool = True
    panels: bool = True
    references: bool = True

    @property
    def complete(self) -> bool:
        return self.texts and self.panels and self.references


def check_sources(sources: Sources, coverage: Coverage) -> tuple[Problem, ...]:
    """All problems of all rules, in order of place.

    Where a source could not be read, the problems that this may have caused elsewhere are left out.
    """
    needs = ((coverage.texts, _NEED_TEXTS), (coverage.panels, _NEED_PANELS), (coverage.references, _NEED_REFERENCES))
    unsure = frozenset(code for whole, codes in needs if not whole for code in codes)
    return in_order(found for rule in RULES for found in rule(sources) if found.code not in unsure)


@dataclass(frozen=True, slots=True)
class _List:
    references: tuple[Reference, ...]
    short_names: tuple[ShortName, ...]


def check_list(works: tuple[Reference, ...], short_names: tuple[ShortName, ...] = ()) -> tuple[Problem, ...]:
    """What is wrong with a reference list by itself, and the short names that it states, without a dossier."""
    rules = (*references.LIST_RULES, titles.title_case)
    return in_order(found for rule in rules for found in rule(_List(works, short_names)))


def accept(
    problems: tuple[Problem, ...], ignores: tuple[Ignore, ...], places: tuple[Place, ...], *, complete: bool
) -> tuple[Problem, ...]:
    """The problems that no exception in the manifest accepts, and D115 for each exception that accepts none.

    `places` has the place of each exception. D115 is only given when all sources were read: they are `complete`.
    """
    unused = [
        problem("D115", place, ignore.code, accepted=ignore.code, at=ignore.at)
        for ignore, place in zip(ignores, places, strict=True)
        if complete and ignore.code not in _ON_REQUEST and not any(_accepts(ignore, found) for found in problems)
    ]
    return in_order([*unaccepted(problems, ignores), *unused])


def unaccepted(problems: Iterable[Problem], ignores: tuple[Ignore, ...]) -> tuple[Problem, ...]:
    """The problems that no exception accepts."""
    return in_order(found for found in problems if not any(_accepts(ignore, found) for ignore in ignores))


def _accepts(ignore: Ignore, found: Problem) -> bool:
    path, _, subject = ignore.at.partition("#")
    subjects = {found.subject} if found.code in _BY_SUBJECT else {"", found.subject}
    return ignore.code == found.code and path == found.place.path and subject in subjects
