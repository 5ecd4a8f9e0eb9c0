"""Formulas as they are published: with their text alternative, and those on lines of their own apart, with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dossierbuild.core.ast import Node, Nodes, attr, attributes, div, identifier, is_formula, node, plain, span, text
from dossierbuild.core.formulas.speech import spoken_formula
from dossierbuild.stages.compose.targets import Target, Terms

_BETWEEN = frozenset({"Space", "SoftBreak", "LineBreak"})


def described(math: Node, terms: Terms) -> Node:
    """A formula in a span with its text alternative: in words."""
    return span(attr("", ["formula-text"], data_alt=spoken_formula(math["c"][1], terms)), [math])


def with_given_alt(written: Node) -> Node:
    """A formula that the editor put in a span, described as the span says where it does."""
    inner: Node = written["c"][1][0]
    given = attributes(written).get("alt", "").strip()
    triple = attr("", ["formula-text"], data_alt=given) if given else inner["c"][0]
    kept = [pair for pair in written["c"][0][2] if pair[0] == "lang"]
    return span([identifier(written), triple[1], [*triple[2], *kept]], inner["c"][1])


def on_lines_of_their_own(paragraph: Node, numbers: Mapping[str, Target]) -> Nodes:
    """A paragraph as blocks: its words, and its display formulas each in a division of class `formula`.

    `numbers` has the targets of formulas by their ids. A paragraph without display formulas stays as it is.
    """
    inlines: Nodes = paragraph["c"]
    if not any(_is_display(inline) for inline in inlines):
        return [paragraph]
    return list(_blocks(inlines, numbers))


def _blocks(inlines: Nodes, numbers: Mapping[str, Target]) -> Iterator[Node]:
    words: Nodes = []
    for inline in [*inlines, None]:
        if inline is not None and not _is_display(inline):
            words.append(inline)
            continue
        kept = _stripped(words)
        if kept:
            yield node("Para", kept)
        words = []
        if inline is not None:
            yield _division(inline, numbers)


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


def _division(formula: Node, numbers: Mapping[str, Target]) -> Node:
    name = identifier(formula)
    target = numbers.get(name)
    content = [{**formula, "c": [["", *formula["c"][0][1:]], formula["c"][1]]}]
    number = [span(attr("", ["formula-number"]), text(f"({target.number})"))] if target and target.number else []
    return div(attr(name, ["formula"]), [plain([*content, *number])])
