"""D258 and D260: works of the list about which a notice was published, by data that an editor hands over."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from types import MappingProxyType

from dossierbuild.core.model import Reference
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.tools.identifiers import same_doi
from dossierbuild.tools.retraction_data import Notice

_RETRACTION, _REINSTATEMENT = "retraction", "reinstatement"
_KINDS = MappingProxyType({
    "expression of concern": Reason("de uitgever heeft twijfels over het werk", "its publisher has concerns about it"),
    "correction": Reason("er is een correctie verschenen", "a correction was published"),
    _REINSTATEMENT: Reason("het was ingetrokken en geldt weer", "it was retracted and has been reinstated"),
})  # fmt: skip
_NOT_GIVEN = Reason("niet genoemd", "not given")
_OTHER = Reason("er is een bericht over verschenen", "a notice about it was published")


def is_about(notice: Notice, marks: Container[str]) -> bool:
    """Whether a notice is about one of the works that go by these marks."""
    return notice.doi in marks or f"pmid:{notice.pmid}" in marks


def marks_of(reference: Reference) -> frozenset[str]:
    """What a work goes by in the data: its DOI, which may stand as an address, and its number in PubMed."""
    work = reference.work
    dois = {same_doi(stated).lower() for stated in (work.text("DOI"), work.text("URL"))} - {""}
    pmid = work.text("PMID").strip()
    return frozenset(dois | {f"pmid:{pmid}"} if pmid else dois)


def retractions(references: Iterable[Reference], notices: Sequence[Notice]) -> Iterator[Problem]:
    """D258, D260: the latest notice of each kind about each work; one that was reinstated is retracted no longer."""
    in_time = sorted(notices, key=lambda notice: notice.date)
    for reference in references:
        marks = marks_of(reference)
        latest = {notice.nature.casefold(): notice for notice in in_time if is_about(notice, marks)}
        if _REINSTATEMENT in latest and _RETRACTION in latest:
            undone = latest[_RETRACTION].date <= latest[_REINSTATEMENT].date
            del latest[_RETRACTION if undone else _REINSTATEMENT]
        yield from (_told(reference, kind, notice) for kind, notice in latest.items())


def _told(reference: Reference, kind: str, notice: Notice) -> Problem:
    key = reference.key
    where = ", ".join(filter(None, (notice.date, notice.notice and f"https://doi.org/{notice.notice}"))) or _NOT_GIVEN
    grounds = "; ".join(notice.grounds) or _NOT_GIVEN
    if kind == _RETRACTION:
        return problem("D258", reference.place, key, key=key, notice=where, grounds=grounds)
    told = _KINDS.get(kind, _OTHER)
    return problem("D260", reference.place, key, key=key, kind=told, notice=where, grounds=grounds)
