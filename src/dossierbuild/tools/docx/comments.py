"""The comments of a document, which Word keeps in parts of their own: the words, and which of them are resolved."""

from __future__ import annotations

from collections.abc import Iterator

from dossierbuild.core.word import Comment
from dossierbuild.tools.docx.package import Element
from dossierbuild.tools.docx.vocabulary import name, short


def read_comments(comments: Element, extended: Element | None) -> Iterator[Comment]:
    """Each comment with its words on one line a paragraph, and the comment that it answers."""
    about = {
        entry.get(name("w15:paraId"), ""): entry
        for entry in (extended.iter(name("w15:commentEx")) if extended is not None else ())
    }
    names = {
        paragraph.get(name("w14:paraId"), ""): comment.get(name("w:id"), "")
        for comment in comments.iter(name("w:comment"))
        for paragraph in comment.iter(name("w:p"))
    }
    for comment in comments.iter(name("w:comment")):
        paragraphs = list(comment.iter(name("w:p")))
        entry = about.get(paragraphs[-1].get(name("w14:paraId"), "") if paragraphs else "")
        parent = entry.get(name("w15:paraIdParent"), "") if entry is not None else ""
        yield Comment(
            name=comment.get(name("w:id"), ""),
            author=comment.get(name("w:author"), ""),
            text="\n".join(filter(None, map(_words, paragraphs))),
            is_resolved=entry is not None and entry.get(name("w15:done"), "0") in ("1", "true", "on"),
            replies_to=names.get(parent, "") if parent else "",
        )


_SPACES = frozenset({"w:br", "w:cr", "w:tab"})


def _words(paragraph: Element) -> str:
    pieces = (
        part.text or "" if short(part) == "w:t" else " " if short(part) in _SPACES else "" for part in paragraph.iter()
    )
    return " ".join("".join(pieces).split())
