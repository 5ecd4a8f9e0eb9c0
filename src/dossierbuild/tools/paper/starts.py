"""With which words each page of a laid out document begins, so that an e-book can say where the pages of paper are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dossierbuild.tools.paper.types import is_decoration

LENGTH = 300
"""How many characters of a page are given; enough to tell its beginning from all other places."""

# What stands beside the text: the cover and what only leads to other places.
_BESIDE = frozenset({"header", "nav"})
# The places that an index leads to, which paper and screen name otherwise.
_NAMED_APART = "locators"


def page_starts(pages: Sequence[Any]) -> tuple[str, ...]:
    """The text with which the main flow of each WeasyPrint page begins, on one line.

    It is the text of the source: without running heads, notes and their calls, repeated heads of tables, words that
    only the style sheet has, and hyphens of the layout. Empty where a page has no text of its own, such as a cover.
    """
    repeated: set[Any] = set()
    # All of each page is read: the head of a table that begins low on a page is not to count on the next.
    return tuple(" ".join("".join(_pieces(page._page_box, repeated)).split())[:LENGTH] for page in pages)


def _pieces(box: Any, repeated: set[Any]) -> Iterator[str]:
    box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
    if _is_beside(box) or _is_repeated(box, repeated):
        return
    yield " " if getattr(box, "begins_after_space", False) else ""
    text = getattr(box, "text", None)
    if isinstance(text, str):
        hyphenated = getattr(box, "ends_with_layout_hyphen", False)
        yield text[: -len(box.style["hyphenate_character"])] if hyphenated else text
        yield " " if getattr(box, "source_ends_with_space", False) else ""
    for child in getattr(box, "children", ()):
        yield from _pieces(child, repeated)
    if not type(box).__name__.startswith(("Inline", "Text", "Line")):
        yield " "


def _is_beside(box: Any) -> bool:
    name = box.element_tag or ""
    return (
        bool(getattr(box, "at_keyword", None))
        or type(box).__name__ == "FootnoteAreaBox"
        or "::" in name
        or name in _BESIDE
        or box.is_leader
        or is_decoration(box.element, name)
        or (box.element is not None and _NAMED_APART in (box.element.get("class") or "").split())
    )


def _is_repeated(box: Any, repeated: set[Any]) -> bool:
    """Whether it is the head or foot of a table that was printed on an earlier page."""
    if not (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
        return False
    if box.element in repeated:
        return True
    repeated.add(box.element)
    return False
