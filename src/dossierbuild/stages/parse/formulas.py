"""Formulas of a text: found where they stand, and what is wrong with them.

Formulas are written as in LaTeX, between dollar signs, by pandoc's rules: a sign of money is no formula.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from dossierbuild.core.ast import (
    Node,
    Nodes,
    attributes,
    formulas_with_languages,
    identifier,
    is_formula,
    node,
    walk,
)
from dossierbuild.core.formulas.reading import (
    MAX_DEPTH,
    MAX_LENGTH,
    Fault,
    FormulaError,
    read_formula,
    unknown_commands,
)
from dossierbuild.core.formulas.signs import COMMANDS, ENVIRONMENTS, WHOLE
from dossierbuild.core.model import Formula, FormulaUse
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.parse.places import Places

_CODE = r"^(?P<fence>`{3,}+|~{3,}+).*?^(?P=fence)|`[^`\n]+`"
# `$$ … $$ {#eq-x}`, which pandoc takes for a formula and words behind it; and `$5 each`, `$10.`
_AMOUNT = r"(?=\d[\d.,]*+(?:[;:)?]+(?:[\s.,]|$)|\s+[^\W\d_]{2,40}+(?!\$)|[ \t]*$))"
_TOLD = re.compile(
    rf"{_CODE}|(?<![\\$])(?P<money>\$){_AMOUNT}"
    r"|(?<![\\$])(?P<formula>\$\$(?!\$)[^$]++\$\$)[ \t]*+(?P<attributes>\{(?:#|alt=)[^{}\n]*+\})",
    re.MULTILINE | re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\s*\\begin\{(?P<name>[a-z]+\*?)\}(?P<inside>.*)\\end\{(?P=name)\}\s*\Z", re.DOTALL)
_LABEL = re.compile(r"\\label\{([^{}]*)\}\s*")
# Two words behind each other, which a formula would run together.
_PROSE = re.compile(r"(?<![\\\w])[^\W\d_]{3,}+[ \n]++[^\W\d_]{2,}+(?!\{)")
_OF_FORMULAS = re.compile(r"[\\^_{}=<>+*/|-]")
_WORD = re.compile(r"(?<=[\s,;.)])[^\W\d_]{2,}+|(?<![^\W\d_])[^\W\d_]{2,}+(?=[\s,;.(])")
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|begin|end|mathrm|mathit)\s*\{[^{}]*\}")
# What stands between dollar signs with a space behind the first or before the second, or between \( and \).
_MISTYPED = re.compile(
    r"(?<![\\$])\$(?!\$)(?P<spaced>[ \t][^$\n]{1,200}|[^$\n]{1,200}[ \t])\$(?!\$)"
    r"|\\(?P<round>\()(?P<inline>[^\n]{1,200}?)\\\)|\\(?P<square>\[)(?P<display>[^\]]{1,400}?)\\\]"
)
_IS_MATHS = re.compile(r"\\[A-Za-z]{2}|[\w)}]\s*[\^]|[A-Za-z]_[\w{]|(?<![\w])[A-Za-z]\s*[=<>]\s*-?[\w\\]")
_BEGINS = re.compile(r"[$(\[]")
_SHORT = 60


def with_formulas_told(text: str) -> str:
    """The text with attributes behind a formula, and signs of money, written so that pandoc reads them as such.

    No line moves. pandoc takes the sign before an amount for the beginning of a formula that ends at any later sign.
    """

    def told(found: re.Match[str]) -> str:
        if found["money"]:
            return "\\$"
        return f"[{found['formula']}]{found['attributes']}" if found["formula"] else found[0]

    return _TOLD.sub(told, text) if "$" in text else text


def environments_as_formulas(nodes: Iterable[Node]) -> None:
    """Make formulas of `\\begin{equation}` and the like, which pandoc keeps as TeX, in place.

    A `\\label{eq:x}` in one becomes its id, `eq-x`.
    """
    for found in nodes:
        if found["t"] in ("RawBlock", "RawInline") and found["c"][0] in ("tex", "latex"):
            environment = _ENVIRONMENT.match(found["c"][1])
            if environment and environment["name"] in WHOLE:
                _become_formula(found, environment)


def _become_formula(raw: Node, environment: re.Match[str]) -> None:
    label = _LABEL.search(environment[0])
    tex = _LABEL.sub("", environment[0]).strip()
    if environment["name"] in ("equation", "equation*", "displaymath"):
        tex = _LABEL.sub("", environment["inside"]).strip()
    formula = node("Math", {"t": "DisplayMath"}, tex)
    if label:
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", label[1]).strip("-")
        formula = node("Span", [name, [], []], [formula])
    is_block = raw["t"] == "RawBlock"
    raw["t"], raw["c"] = ("Para", [formula]) if is_block else (formula["t"], formula["c"])


def formula_uses(blocks: Nodes, nodes: Iterable[Node], places: Places) -> tuple[FormulaUse, ...]:
    """The formulas among the nodes of a text that can be read, each time that they are written."""
    written = tuple((found, place) for found, place in _placed(nodes, places) if _is_readable(found["c"][1]))
    if not written:
        return ()
    languages = {id(found): language for found, language in formulas_with_languages(blocks)}
    return tuple(FormulaUse(formula_of(found), place, languages.get(id(found), "")) for found, place in written)


def formula_of(math: Node) -> Formula:
    """The formula that a node of pandoc's holds."""
    return Formula(tex=math["c"][1], display=math["c"][0]["t"] == "DisplayMath")


def _is_readable(tex: str) -> bool:
    try:
        read_formula(tex)
    except FormulaError:
        return False
    return True


def _placed(nodes: Iterable[Node], places: Places) -> Iterator[tuple[Node, Place]]:
    """Each formula with its place."""
    seen: Counter[tuple[int, str]] = Counter()
    for found in nodes:
        if found["t"] == "Math":
            near, tex = places.near(found), found["c"][1]
            yield found, near.verbatim(tex, seen[near.begin, tex])
            seen[near.begin, tex] += 1


def formula_problems(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """What is wrong with the formulas of a text, and with what was meant as one."""
    for found, place in _placed(nodes, places):
        yield from _problems(found["c"][1], place)
    for found in nodes:
        if found["t"] == "Span" and is_formula(found) and attributes(found).get("alt", "x").strip() == "":
            yield problem("D349", places.near(found).nth(r"(?<=[\s{])(alt)\s*="))
    if "$" in places.text or "\\(" in places.text or "\\[" in places.text:
        yield from _mistyped(nodes, places)


def _problems(tex: str, start: Place) -> Iterator[Problem]:
    """What is wrong with one formula, which begins at a place."""
    try:
        unknown = tuple(unknown_commands(tex))
    except FormulaError:
        yield problem("D344", start, signs=MAX_LENGTH, levels=MAX_DEPTH)
        return
    for token in unknown:
        yield _unknown(token.text, _within(start, tex, token.offset))
    if unknown:
        return
    try:
        read_formula(tex)
    except FormulaError as error:
        yield _fault(error, _within(start, tex, error.offset))
    words = _words_in(_TEXT.sub(lambda text: " " * len(text[0]), tex))
    if words:
        yield problem("D345", _within(start, tex, words.start()), words=" ".join(words[0].split())[:_SHORT])


def _words_in(tex: str) -> re.Match[str] | None:
    """Words in a formula that are no names of it: two behind each other, or one where nothing else is of a formula."""
    return _PROSE.search(tex) or (None if _OF_FORMULAS.search(tex) else _WORD.search(tex))


def _unknown(name: str, place: Place) -> Problem:
    if name in ("\\label", "\\tag", "\\ref", "\\eqref"):
        return problem("D348", place, name=name)
    if name.startswith("\\"):
        like = nearest(name[1:], sorted(COMMANDS))
        return problem("D340", place, name, name=name, nearest=f"\\{like}" if like else "")
    like = nearest(name, sorted(ENVIRONMENTS))
    return problem("D340", place, name, name=name, nearest=like)


_CODES = MappingProxyType({
    Fault.UNCLOSED: "D341", Fault.MISSING: "D342", Fault.STRAY: "D343", Fault.COMMAND: "D343",
    Fault.ENVIRONMENT: "D343",
})  # fmt: skip


def _fault(error: FormulaError, place: Place) -> Problem:
    if error.fault in (Fault.LENGTH, Fault.DEPTH):
        return problem("D344", place, signs=MAX_LENGTH, levels=MAX_DEPTH)
    if error.fault is Fault.EMPTY:
        return problem("D342", place, sign="$")
    return problem(_CODES[error.fault], place, sign=error.about)


def _within(start: Place, tex: str, offset: int) -> Place:
    """The place of a piece of a formula that begins at a place."""
    before = tex[:offset]
    lines = before.count("\n")
    column = start.column + offset if not lines else offset - before.rfind("\n")
    return Place(start.path, start.line + lines, column)


def _mistyped(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D346: what was meant as a formula and is printed as it stands."""
    seen: set[int] = set()
    for block in (found for found in nodes if found["t"] in ("Para", "Plain", "Header")):
        inside = tuple(walk(block["c"]))
        if not any(inner["t"] == "Str" and _BEGINS.search(inner["c"]) for inner in inside):
            continue
        near = places.near(block)
        text = near.text[near.begin : near.end]
        for formula in (inner["c"][1] for inner in inside if inner["t"] == "Math"):
            text = text.replace(f"${formula}$", " " * (len(formula) + 2))
        for found in _MISTYPED.finditer(text):
            offset = near.begin + found.start()
            written = found["spaced"] or found["inline"] or found["display"] or ""
            if offset not in seen and _IS_MATHS.search(written):
                seen.add(offset)
                yield problem("D346", places.at(offset), excerpt=" ".join(found[0].split())[:_SHORT])


def named_formulas(nodes: Iterable[Node]) -> Iterator[Node]:
    """The formulas that have an id."""
    return (found for found in nodes if found["t"] == "Span" and identifier(found) and is_formula(found))
