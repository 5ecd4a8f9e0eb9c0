"""Labels: how each work is called, by what a citation of it alone prints, in parentheses and in running text."""

from __future__ import annotations

from collections.abc import Mapping

from dossierbuild.core.ast import Nodes, plain_text
from dossierbuild.core.model import Called, CitationKey, CitationRequest, Label
from dossierbuild.core.spec import ShortNames
from dossierbuild.stages.cite.notes import opened_notes
from dossierbuild.stages.cite.organisations import Form, call_each, short_names_in

Both = tuple[Nodes, Nodes]
"""A citation in parentheses and one in running text, with marked names."""

USUAL: ShortNames = "first-use"
"""When a publication that does not say so calls organisations by their short names."""


def labels_of(cited: Mapping[str, Both], request: CitationRequest, joint: str | None) -> tuple[Label, ...]:
    """The label of each work by its key, with short names where some publication has these.

    `joint` is that of `call_organisations`.
    """
    forms = _forms(request)
    return tuple(_label(CitationKey(key), both, forms, joint) for key, both in cited.items())


def _forms(request: CitationRequest) -> frozenset[Form]:
    """The forms other than the full one that the publications have of an organisation's name."""
    asked = {request.short_names.get(publication, USUAL) for publication in request.publications} or {USUAL}
    introduced = {Form.INTRODUCED} if "first-use" in asked else set[Form]()
    return frozenset(introduced if asked == {"never"} else introduced | {Form.SHORT})


def _label(key: CitationKey, both: Both, forms: frozenset[Form], joint: str | None) -> Label:
    names = tuple(sorted(short_names_in([*both[0], *both[1]]))) if forms else ()
    full = _called(both, Form.FULL, joint)
    return Label(
        key=key,
        parenthetical=full.parenthetical,
        narrative=full.narrative,
        short=_called(both, Form.SHORT, joint) if names and Form.SHORT in forms else None,
        introduced=_called(both, Form.INTRODUCED, joint) if names and Form.INTRODUCED in forms else None,
        short_names=names,
    )


def _called(both: Both, form: Form, joint: str | None) -> Called:
    """Both citations as plain text; one that is a note is called by the text of its note."""
    parenthetical, narrative = (call_each(inlines, form, joint) for inlines in both)
    return Called(
        parenthetical=plain_text(opened_notes(parenthetical)),
        narrative=plain_text(narrative) or plain_text(opened_notes(narrative)),
    )
