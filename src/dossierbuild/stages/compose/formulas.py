"""Formulas as they are published: with their text alternative, and those on lines of their own apart, with a number."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from dossierbuild.core.ast import (
    Node,
    Nodes,
    attr,
    attributes,
    classes,
    div,
    formulas_with_languages,
    identifier,
    is_formula,
    node,
    plain,
    span,
    text,
)
from dossierbuild.core.formulas.speech import spoken_formula
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.stages.compose.targets import Target, Terms

_MARK = "formula-mark"
"""The class of a number in the text, which is read as its words are; one in the margin is `formula-number`."""
_BETWEEN = frozenset({"Space", "SoftBreak", "LineBreak"})


def described(math: Node, terms: Terms) -> Node:
    """A formula in a span with its text alternative: in words."""
    return span(attr("", ["formula-text"], data_alt=spoken_formula(math["c"][1], terms)), [math])


def formula_words(terms: Terms) -> FrozenMap[str, str]:
    """The words of a language with which formulas are read aloud."""
    return FrozenMap((key, words) for key, words in terms.items() if key.startswith("formula_"))


def with_languages_marked(blocks: Nodes) -> Nodes:
    """The blocks, changed in place, with each formula of a passage in another language marked with that language, so
    that it is read aloud in it."""
    for formula, language in list(formulas_with_languages(blocks)):
        if language:
            formula["t"], formula["c"] = "Span", [attr(lang=language), [formula.copy()]]
    return blocks


def with_given_alt(written: Node, spoken: Mapping[str, Terms]) -> Node:
    """A formula that the editor put in a span, described as the span says where it does, else in the words of its
    language; `spoken` has those by language."""
    inner: Node = written["c"][1][0]
    given, language = (attributes(written).get(name, "").strip() for name in ("alt", "lang"))
    if given:
        inner = span(attr("", ["formula-text"], data_alt=given), inner["c"][1])
    elif language in spoken:
        inner = described(inner["c"][1][0], spoken[language])
    triple = inner["c"][0]
    kept = [["lang", language]] if language else []
    return span([identifier(written), triple[1], [*triple[2], *kept]], inner["c"][1])


def with_number(formula: Node, target: Target | None) -> Nodes:
    """A formula and behind it its number, if it has one."""
    if target is None or not target.number:
        return [formula]
    return [formula, span(attr("", [_MARK]), text(f"({target.number})"))]


def on_lines_of_their_own(paragraph: Node) -> Nodes:
    """A paragraph as blocks: its words, and its display formulas each in a division of class `formula`, with the number
    that stands behind it.

    A paragraph without display formulas stays as it is.
    """
    inlines: Nodes = paragraph["c"]
    if not any(_is_display(inline) for inline in inlines):
        return [paragraph]
    return list(_blocks(inlines))


def _blocks(inlines: Nodes) -> Iterator[Node]:
    words: Nodes = []
    waiting = deque(inlines)
    while waiting:
        inline = waiting.popleft()
        if not _is_display(inline):
            words.append(inline)
            continue
        yield from _paragraph(words)
        words = []
        numbered = bool(waiting) and _MARK in classes(waiting[0])
        yield _division(inline, waiting.popleft()["c"][1] if numbered else [])
    yield from _paragraph(words)


def _paragraph(words: Nodes) -> Iterator[Node]:
    kept = _stripped(words)
    if kept:
        yield node("Para", kept)


def _stripped(words: Nodes) -> Nodes:
    """The inlines without spaces at their ends."""
    start, end = 0, len(words)
    while start < end and words[start]["t"] in _BETWEEN:
        start += 1
    while end > start and words[end - 1]["t"] in _BETWEEN:
        end -= 1
    return words[start:end]


def _is_display(inline: Node) -> bool:
    if not is_formula(inline):
        return False
    while inline["t"] == "Span":
        inline = inline["c"][1][0]
    return bool(inline["c"][0]["t"] == "DisplayMath")


def _division(formula: Node, number: Nodes) -> Node:
    """A formula on lines of its own, with the words of its number in the margin."""
    content = {**formula, "c": [["", *formula["c"][0][1:]], formula["c"][1]]}
    return div(
        attr(identifier(formula), ["formula"]),
        [plain([content, *([span(attr("", ["formula-number"]), number)] if number else [])])],
    )
