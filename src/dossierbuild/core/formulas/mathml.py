"""A formula as MathML Core: what browsers and e-readers set, and what the drawing for paper is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from dossierbuild.core.formulas.reading import read_formula
from dossierbuild.core.formulas.signs import Face, Role, in_face
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

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_ALIGNMENTS = MappingProxyType({"l": "left", "c": "center", "r": "right"})


def write_mathml(formula: Row, *, display: bool, attributes: str = "") -> str:
    """The formula as a `math` element; `attributes` stand in its tag besides its own.

    What stands below and above a sum when `display` stands at its foot and head otherwise. That is written and not left
    to whoever sets it: names such as lim, and the drawing for paper, do not know of a line of text.
    """
    shown = "block" if display else "inline"
    return f'<math xmlns="{NAMESPACE}" display="{shown}"{attributes}>{_row(formula, display)}</math>'


def formula_signs(tex: str) -> str:
    """All signs of a formula, which can be read, in the order of its MathML."""
    return "".join(unescape(_TAG.sub("", write_mathml(read_formula(tex), display=False))).split())


_TAG = re.compile(r"<[^<>]*>")


def _write(part: Part, displayed: bool) -> str:
    """A part as MathML; `displayed` where it has room as in a formula on lines of its own."""
    return _WRITERS[type(part)](part, displayed)


def _row(row: Row, displayed: bool) -> str:
    return f"<mrow>{''.join(_write(part, displayed) for part in row.parts)}</mrow>"


def _sign(sign: Sign, displayed: bool) -> str:
    return _SIGNS[sign.role](sign)


def _letter(sign: Sign) -> str:
    if sign.face in (None, Face.ITALIC):
        # A letter alone is italic by itself, a name of several letters is not.
        text = sign.text if len(sign.text) == 1 else "".join(in_face(letter, Face.ITALIC) for letter in sign.text)
        upright = sign.text in _UPRIGHT and sign.face is None
        return f"<mi{_NORMAL if upright else ''}>{escape(text)}</mi>"
    text = "".join(in_face(letter, sign.face) for letter in sign.text)
    return f"<mi{_NORMAL if len(text) == 1 else ''}>{escape(text)}</mi>"


_NORMAL = ' mathvariant="normal"'
_UPRIGHT = frozenset("ΓΔΘΛΞΠΣΥΦΨΩℵℶℏℓℜℑ℘")


def _number(sign: Sign) -> str:
    text = "".join(in_face(digit, sign.face) for digit in sign.text) if sign.face else sign.text
    return f"<mn>{escape(text)}</mn>"


def _operator(sign: Sign) -> str:
    return f"<mo>{escape(sign.text)}</mo>"


def _bracket(form: str) -> Callable[[Sign], str]:
    return lambda sign: f'<mo stretchy="false" form="{form}">{escape(sign.text)}</mo>'


def _fence(sign: Sign) -> str:
    return f'<mo stretchy="false" lspace="0.1em" rspace="0.1em">{escape(sign.text)}</mo>'


def _words(sign: Sign) -> str:
    text = "".join(in_face(letter, sign.face) for letter in sign.text) if sign.face else sign.text
    before, inside, after = text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]
    return f"<mtext>{_kept(before)}{escape(inside)}{_kept(after)}</mtext>"


def _kept(space: str) -> str:
    """Space at the edge of words, which is left out of MathML unless it cannot be broken."""
    return "\u00a0" * bool(space)


def _plain(sign: Sign) -> str:
    return f"<mi{_NORMAL if len(sign.text) == 1 else ''}>{escape(sign.text)}</mi>" if sign.text else "<mrow></mrow>"


def _function(sign: Sign) -> str:
    return f"<mi{_NORMAL if len(sign.text) == 1 else ''}>{escape(sign.text)}</mi>"


_SIGNS: Mapping[Role, Callable[[Sign], str]] = MappingProxyType({
    Role.LETTER: _letter, Role.NUMBER: _number, Role.OPERATOR: _operator, Role.RELATION: _operator,
    Role.PUNCTUATION: lambda sign: f'<mo separator="true">{escape(sign.text)}</mo>',
    Role.LARGE: _operator, Role.INTEGRAL: _operator,
    Role.OPENING: _bracket("prefix"), Role.CLOSING: _bracket("postfix"),
    Role.FENCE: _fence, Role.FUNCTION: _function, Role.LIMIT: _function, Role.WORDS: _words, Role.PLAIN: _plain,
})  # fmt: skip


def _fraction(fraction: Fraction, displayed: bool) -> str:
    line = "" if fraction.line else ' linethickness="0"'
    return f"<mfrac{line}>{_write(fraction.above, False)}{_write(fraction.below, False)}</mfrac>"


def _scripts(scripts: Scripts, displayed: bool) -> str:
    is_stacked = scripts.limits is Limits.STACKED or (scripts.limits is Limits.MOVABLE and displayed)
    under, over, both = ("munder", "mover", "munderover") if is_stacked else ("msub", "msup", "msubsup")
    base = _base(scripts, displayed)
    if scripts.low is None or scripts.high is None:
        tag, script = (under, scripts.low) if scripts.high is None else (over, scripts.high)
        return f"<{tag}>{base}{_write(script or Row(()), False)}</{tag}>"
    return f"<{both}>{base}{_write(scripts.low, False)}{_write(scripts.high, False)}</{both}>"


def _base(scripts: Scripts, displayed: bool) -> str:
    """The base of scripts; whoever sets a sum moves what is below and above it, unless it is told that this stays."""
    base = scripts.base
    if isinstance(base, Sign) and base.role is Role.LARGE and scripts.limits is not Limits.MOVABLE:
        return f'<mo movablelimits="false">{escape(base.text)}</mo>'
    return _write(base, displayed)


def _root(root: Root, displayed: bool) -> str:
    if root.degree is None:
        return f"<msqrt>{_write(root.inside, displayed)}</msqrt>"
    return f"<mroot>{_write(root.inside, displayed)}{_write(root.degree, False)}</mroot>"


def _accent(accent: Accent, displayed: bool) -> str:
    tag = "munder" if accent.is_below else "mover"
    kind = "accentunder" if accent.is_below else "accent"
    stretchy = "true" if accent.wide else "false"
    inside, mark = _write(accent.inside, displayed), escape(accent.mark)
    return f'<{tag} {kind}="true">{inside}<mo stretchy="{stretchy}">{mark}</mo></{tag}>'


def _fenced(fenced: Fenced, displayed: bool) -> str:
    inside = "".join(
        f'<mo stretchy="true" form="infix">{escape(part.text)}</mo>'
        if isinstance(part, Sign) and part.role is Role.FENCE
        else _write(part, displayed)
        for part in fenced.inside.parts
    )
    opening, closing = (
        f'<mo stretchy="true" form="{form}">{escape(sign)}</mo>' if sign else ""
        for form, sign in (("prefix", fenced.opening), ("postfix", fenced.closing))
    )
    return f"<mrow>{opening}{inside}{closing}</mrow>"


def _grid(grid: Grid, displayed: bool) -> str:
    has_room = grid.kind not in _TIGHT
    rows = "".join(f"<mtr>{''.join(_cells(row, grid, has_room))}</mtr>" for row in grid.rows)
    alignment = " ".join(_ALIGNMENTS[column] for column in grid.columns)
    spread = f' displaystyle="{str(has_room).lower()}"'
    return f'<mtable class="{_class(grid)}" columnalign="{alignment}"{spread}>{rows}</mtable>'


_TIGHT = frozenset("matrix smallmatrix pmatrix bmatrix Bmatrix vmatrix Vmatrix array cases rcases substack".split())


def _class(grid: Grid) -> str:
    return "aligned" if grid.columns.startswith("r") and grid.kind not in _TIGHT else "grid"


def _cells(row: tuple[Part, ...], grid: Grid, displayed: bool) -> list[str]:
    return [
        f'<mtd style="text-align: {_ALIGNMENTS[grid.columns[count]]}">{_write(cell, displayed)}</mtd>'
        for count, cell in enumerate(row)
    ]


def _styled(styled: Styled, displayed: bool) -> str:
    return f'<mstyle displaystyle="{str(styled.displayed).lower()}">{_write(styled.inside, styled.displayed)}</mstyle>'


_WRITERS: Mapping[type, Callable[[Any, bool], str]] = MappingProxyType({
    Sign: _sign, Row: _row, Fraction: _fraction, Scripts: _scripts, Root: _root, Accent: _accent, Fenced: _fenced,
    Grid: _grid, Styled: _styled,
    Space: lambda space, displayed: f'<mspace width="{space.width}"></mspace>',
    Hidden: lambda hidden, displayed: f"<mphantom>{_write(hidden.inside, displayed)}</mphantom>",
})  # fmt: skip
