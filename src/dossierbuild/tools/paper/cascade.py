"""The cascade of CSS, without the work whose outcome is known.

WeasyPrint works out each property of each element and of six pseudo-elements of it, most of which have their first or
their parent's value, or are never asked for. That was a tenth of the layout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# What only a note that floats to the foot of its page has.
_OF_NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_STAYING = frozenset({"none", "left", "right"})
# What follows from other properties, also where no rule sets it.
_DEPENDENT = frozenset({"float", "display", "position", "page"})


def with_plain_values(compute: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `ComputedStyle.__missing__`, which works out a property. One that no rule sets, and that depends on
    no other, is that of the parent or the first value."""
    from weasyprint.css import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    plain = {key for key in INITIAL_VALUES if key not in _DEPENDENT and not key.startswith("text_decoration_")}
    inherited = plain & INHERITED
    first = {key: INITIAL_VALUES[key] for key in plain - INHERITED - INITIAL_NOT_COMPUTED}

    def missing(style: Any, key: str) -> Any:
        rules = style.cascaded
        logical = PHYSICAL_FUNCTIONS.get(key)
        if key in rules or (logical and logical(block="ttb", inline=style["direction"]) in rules):
            return compute(style, key)
        if key in first:
            value = first[key]
        elif key in inherited and style.parent_style is not None:
            value = style.parent_style[key]
        else:
            return compute(style, key)
        style[key] = value
        return value

    return missing


def with_needed_pseudo_elements(compute: Callable[..., None]) -> Callable[..., None]:
    """WeasyPrint's `StyleFor.set_computed_styles`, for the pseudo-elements that an element can have: its own sheet has
    rules for the markers and the calls of notes of whatever element."""

    def set_computed_styles(
        styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **options: Any
    ) -> None:
        own = styles.get_computed_styles().get((element, None)) if pseudo_type else None
        if own is not None and pseudo_type in _OF_NOTES and own["float"] in _STAYING:
            return
        if own is not None and pseudo_type == "marker" and "list-item" not in own["display"]:
            return
        compute(styles, element, parent, root=root, pseudo_type=pseudo_type, **options)

    return set_computed_styles
