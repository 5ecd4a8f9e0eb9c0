"""Rules D194 to D198: what each text is in a report, and in which order the texts stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from types import MappingProxyType

from dossierbuild.core.ast import classes, plain_text
from dossierbuild.core.model import AnchorKind, Sources, TextFile, TextKind, chapter_paths
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import FullPlan

# Titles by which people know what a text is, whole and in lower case, and how titles of the other kinds begin.
_TITLES = MappingProxyType(
    {
        title: kind
        for kind, titles in (
            (TextKind.FOREWORD, "voorwoord|woord vooraf|ten geleide|foreword|preface"),
            (
                TextKind.SUMMARY,
                "samenvatting|managementsamenvatting|bestuurlijke samenvatting|publiekssamenvatting|summary|abstract|"
                "executive summary|management summary|english summary",
            ),
        )
        for title in titles.split("|")
    }
)
_BEGINNINGS = (
    (TextKind.APPENDIX, re.compile(r"(?:bijlage|appendix|annex)\b(?! bij\b)", re.IGNORECASE)),
    (TextKind.PART, re.compile(r"(?:deel|part) (?:[0-9]{1,2}|[IVX]{1,4}|[A-C])\b", re.IGNORECASE)),
)
_FIRST_PART = re.compile(r"(?:deel|part) (?:1|I|A)\b", re.IGNORECASE)


def early_appendices(sources: Sources) -> Iterator[Problem]:
    """D194: an appendix stands behind the chapters."""
    for texts in _reports(sources):
        last = max((at for at, text in enumerate(texts) if _is_numbered_chapter(text)), default=-1)
        for text in texts[: last + 1]:
            if text.kind is TextKind.APPENDIX:
                yield problem("D194", _heading(text), text.id, title=_title(text), chapter=texts[last].path)


def late_forewords(sources: Sources) -> Iterator[Problem]:
    """D195: a foreword stands before the chapters."""
    for texts in _reports(sources):
        first = next((at for at, text in enumerate(texts) if _is_numbered_chapter(text)), len(texts))
        for text in texts[first:]:
            if text.kind is TextKind.FOREWORD:
                yield problem("D195", _heading(text), text.id, title=_title(text), chapter=texts[first].path)


def empty_parts(sources: Sources) -> Iterator[Problem]:
    """D196: behind a text that opens a part stands a chapter of that part."""
    for texts in _reports(sources):
        for text, following in zip_longest(texts, texts[1:]):
            if text.kind is TextKind.PART and (following is None or following.kind is not TextKind.CHAPTER):
                yield problem("D196", _heading(text), text.id, title=_title(text))


def untold_kinds(sources: Sources) -> Iterator[Problem]:
    """D198: a foreword, summary, part or appendix says that it is one, and is not numbered as a chapter."""
    for texts in _reports(sources):
        kinds = [_kind_by_title(_title(text)) if _is_numbered_chapter(text) else None for text in texts]
        has_parts = _open_parts(texts, [at for at, kind in enumerate(kinds) if kind is TextKind.PART])
        for text, kind in zip(texts, kinds, strict=True):
            if kind and (kind is not TextKind.PART or has_parts):
                yield problem("D198", _heading(text), text.id, title=_title(text), kind=kind.value)


def _open_parts(texts: Sequence[TextFile], called_so: Sequence[int]) -> bool:
    """Whether the texts at these places, which are called "Deel 1" and the like, open parts and are no chapters: they
    count from the first, none has sections, and a chapter stands behind each."""
    if not called_so or not _FIRST_PART.match(_title(texts[called_so[0]])):
        return False
    followed = all(at + 1 < len(texts) and at + 1 not in called_so for at in called_so)
    return followed and not any(anchor.kind is AnchorKind.SECTION for at in called_so for anchor in texts[at].anchors)


def _kind_by_title(title: str) -> TextKind | None:
    begun = next((kind for kind, beginning in _BEGINNINGS if beginning.match(title)), None)
    return _TITLES.get(title.casefold().strip(" .:"), begun)


def _reports(sources: Sources) -> Iterator[tuple[TextFile, ...]]:
    """The texts of each full publication, in order; of several with the same texts the first."""
    known = {text.path: text for text in sources.chapters}
    plans = [plan for plan in sources.manifest.publications if isinstance(plan, FullPlan)]
    orders = (chapter_paths(plan, sources.paths) for plan in plans)
    for order in dict.fromkeys(orders):
        yield tuple(known[path] for path in order if path in known)


def _is_numbered_chapter(text: TextFile) -> bool:
    return text.kind is TextKind.CHAPTER and "unnumbered" not in classes(text.blocks.nodes()[0])


def _title(text: TextFile) -> str:
    return plain_text(text.title.nodes())


def _heading(text: TextFile) -> Place:
    """The place of the heading that a text begins with."""
    return next((anchor.place for anchor in text.anchors if anchor.kind is AnchorKind.CHAPTER), Place(text.path))


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    early_appendices,
    late_forewords,
    empty_parts,
    untold_kinds,
)
