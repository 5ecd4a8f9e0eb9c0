"""A formula as a line of plain text, for contents, bookmarks, labels and metadata: "x̄ = 1/n ∑ x_i", "CO₂"."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dossierbuild.core.formulas.reading import FormulaError, read_formula
from dossierbuild.core.formulas.signs import COMBINING, Role
from dossierbuild.core.formulas.tree import (
    Accent,
    Fenced,
    Fraction,
    Grid,
    Hidden,
    Limits,
    Part,
    Root,
    Row,
    Scripts,
    Sign,
    Space,
    Styled,
)

_RAISED = MappingProxyType(dict(zip("0123456789+−()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿ", strict=True)) | {"′": "′"})
_LOWERED = MappingProxyType(dict(zip("0123456789+−()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎", strict=True)))
_WITH_SPACE = frozenset({Role.RELATION, Role.OPERATOR})


def plain_formula(tex: str) -> str:
    """The formula as plain text on one line; one that cannot be read as it was typed."""
    try:
        return unicodedata.normalize("NFC", " ".join(_text(read_formula(tex)).split()))
    except FormulaError:
        return " ".join(tex.split())


def rich_formula(tex: str) -> str:
    """The formula, which can be read, as a title has it in CSL-JSON: letters in italics, what is raised and lowered in
    tags, all else as plain text."""
    return " ".join(_rich(read_formula(tex)).split())


def _rich(part: Part) -> str:
    if isinstance(part, Row):
        return _row(part, _rich)
    if isinstance(part, Sign) and part.role is Role.LETTER and part.face is None:
        return f"<i>{part.text}</i>"
    if isinstance(part, Styled):
        return _rich(part.inside)
    if isinstance(part, Scripts) and part.limits is Limits.BESIDE:
        low, high = (_rich(script).strip() if script else "" for script in (part.low, part.high))
        return f"{_rich(part.base)}{low and f'<sub>{low}</sub>'}{high and f'<sup>{high}</sup>'}"
    return _text(part)


def _text(part: Part | None) -> str:
    return "" if part is None else _WRITERS[type(part)](part)


def _row(row: Row, write: Callable[[Part], str] = _text) -> str:
    pieces: list[str] = []
    for count, part in enumerate(row.parts):
        piece = write(part)
        before = row.parts[count - 1] if count else None
        if isinstance(part, Sign) and _stands_apart(part, before):
            piece = f" {piece} "
        elif isinstance(part, Sign) and part.role is Role.PUNCTUATION:
            piece = f"{piece} "
        elif (_is_name(part) and pieces) or (_is_name(before) and not piece.startswith(("(", "[", " "))):
            piece = f" {piece}"
        pieces.append(piece)
    return "".join(pieces)


def _stands_apart(sign: Sign, before: Part | None) -> bool:
    """Whether an operator stands between two parts, and not before one as a sign of its own."""
    if sign.role is Role.RELATION:
        return True
    if sign.role not in _WITH_SPACE or sign.text == "/":
        return False
    return before is not None and not (
        isinstance(before, Sign) and before.role in (*_WITH_SPACE, Role.OPENING, Role.PUNCTUATION)
    )


def _is_name(part: Part | None) -> bool:
    """Whether a part is a name or large operator, which has space around it."""
    if isinstance(part, Scripts):
        return _is_name(part.base)
    return isinstance(part, Sign) and part.role in (Role.FUNCTION, Role.LIMIT, Role.LARGE, Role.INTEGRAL)


def _fraction(fraction: Fraction) -> str:
    if not fraction.line:
        return f"{_text(fraction.above)}, {_text(fraction.below)}"
    return f"{_closed(fraction.above)}/{_closed(fraction.below)}"


def _closed(part: Part) -> str:
    """A part in brackets where it is more than one sign."""
    part = part.inside if isinstance(part, Styled) else part
    text = _text(part).strip()
    return text if len(text) < 2 or text.isalnum() or isinstance(part, Fenced | Scripts | Accent) else f"({text})"


def _scripts(scripts: Scripts) -> str:
    low = _script(_text(scripts.low).strip(), _LOWERED, "_") if scripts.low else ""
    high = _script(_text(scripts.high).strip(), _RAISED, "^") if scripts.high else ""
    is_relation = isinstance(scripts.base, Sign) and scripts.base.role is Role.RELATION
    return f" {_text(scripts.base)}{low}{high} " if is_relation else f"{_text(scripts.base)}{low}{high}"


def _script(text: str, signs: Mapping[str, str], mark: str) -> str:
    tight = text.replace(" ", "")
    if tight and all(sign in signs for sign in tight):
        return "".join(signs[sign] for sign in tight)
    return f"{mark}{text}" if len(text) == 1 or text.isalnum() else f"{mark}({text})"


def _root(root: Root) -> str:
    degree = _script(_text(root.degree).strip(), _RAISED, "") if root.degree else ""
    return f"{degree}√{_closed(root.inside)}"


def _accent(accent: Accent) -> str:
    text = _text(accent.inside)
    mark = COMBINING.get(accent.mark, "")
    return f"{text}{mark}" if len(text) == 1 else text


def _fenced(fenced: Fenced) -> str:
    return f"{fenced.opening}{_text(fenced.inside).strip()}{fenced.closing}"


def _grid(grid: Grid) -> str:
    between = " " if grid.columns.startswith("r") else ", "
    return "; ".join(between.join(filter(None, (_text(cell).strip() for cell in row))) for row in grid.rows)


_WRITERS: Mapping[type, Callable[[Any], str]] = MappingProxyType({
    Sign: lambda sign: sign.text, Row: _row, Fraction: _fraction, Scripts: _scripts, Root: _root, Accent: _accent,
    Fenced: _fenced, Grid: _grid, Space: lambda space: "" if space.width.startswith(("-", "0.1")) else " ",
    Hidden: lambda hidden: "", Styled: lambda styled: _text(styled.inside),
})  # fmt: skip
