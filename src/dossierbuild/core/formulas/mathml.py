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
    Part,
    Root,
    Row,
    Scripts,
    Sign,
    Space,
)

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_ALIGNMENTS = MappingProxyType({"l": "left", "c": "center", "r": "right"})


def write_mathml(formula: Row, *, display: bool, attributes: str = "") -> str:
    """The formula as a `math` element; `attributes` stand in its tag besides its own."""
    shown = "block" if display else "inline"
    return f'<math xmlns="{NAMESPACE}" display="{shown}"{attributes}>{_row(formula)}</math>'


def formula_signs(tex: str) -> str:
    """All signs of a formula, which can be read, in the order of its MathML."""
    return "".join(unescape(_TAG.sub("", write_mathml(read_formula(tex), display=False))).split())


_TAG = re.compile(r"<[^<>]*>")


def _write(part: Part) -> str:
    return _WRITERS[type(part)](part)


def _row(row: Row) -> str:
    return f"<mrow>{''.join(_write(part) for part in row.parts)}</mrow>"


def _sign(sign: Sign) -> str:
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


def _fraction(fraction: Fraction) -> str:
    line = "" if fraction.line else ' linethickness="0"'
    return f"<mfrac{line}>{_write(fraction.above)}{_write(fraction.below)}</mfrac>"


def _scripts(scripts: Scripts) -> str:
    under, over = ("munder", "mover") if scripts.stacked else ("msub", "msup")
    both = "munderover" if scripts.stacked else "msubsup"
    base = _write(scripts.base)
    if scripts.low is None or scripts.high is None:
        tag, script = (under, scripts.low) if scripts.high is None else (over, scripts.high)
        return f"<{tag}>{base}{_write(script or Row(()))}</{tag}>"
    return f"<{both}>{base}{_write(scripts.low)}{_write(scripts.high)}</{both}>"


def _root(root: Root) -> str:
    if root.degree is None:
        return f"<msqrt>{_write(root.inside)}</msqrt>"
    return f"<mroot>{_write(root.inside)}{_write(root.degree)}</mroot>"


def _accent(accent: Accent) -> str:
    tag = "munder" if accent.is_below else "mover"
    kind = "accentunder" if accent.is_below else "accent"
    stretchy = "true" if accent.wide else "false"
    return f'<{tag} {kind}="true">{_write(accent.inside)}<mo stretchy="{stretchy}">{escape(accent.mark)}</mo></{tag}>'


def _fenced(fenced: Fenced) -> str:
    inside = "".join(
        f'<mo stretchy="true" form="infix">{escape(part.text)}</mo>'
        if isinstance(part, Sign) and part.role is Role.FENCE
        else _write(part)
        for part in fenced.inside.parts
    )
    opening, closing = (
        f'<mo stretchy="true" form="{form}">{escape(sign)}</mo>' if sign else ""
        for form, sign in (("prefix", fenced.opening), ("postfix", fenced.closing))
    )
    return f"<mrow>{opening}{inside}{closing}</mrow>"


def _grid(grid: Grid) -> str:
    rows = "".join(f"<mtr>{''.join(_cells(row, grid))}</mtr>" for row in grid.rows)
    alignment = " ".join(_ALIGNMENTS[column] for column in grid.columns)
    spread = ' displaystyle="true"' if grid.kind not in _TIGHT else ""
    return f'<mtable class="{_class(grid)}" columnalign="{alignment}"{spread}>{rows}</mtable>'


_TIGHT = frozenset("matrix smallmatrix pmatrix bmatrix Bmatrix vmatrix Vmatrix array cases rcases substack".split())


def _class(grid: Grid) -> str:
    return "aligned" if grid.columns.startswith("r") and grid.kind not in _TIGHT else "grid"


def _cells(row: tuple[Part, ...], grid: Grid) -> list[str]:
    return [
        f'<mtd style="text-align: {_ALIGNMENTS[grid.columns[count]]}">{_write(cell)}</mtd>'
        for count, cell in enumerate(row)
    ]


_WRITERS: Mapping[type, Callable[[Any], str]] = MappingProxyType({
    Sign: _sign, Row: _row, Fraction: _fraction, Scripts: _scripts, Root: _root, Accent: _accent, Fenced: _fenced,
    Grid: _grid,
    Space: lambda space: f'<mspace width="{space.width}"></mspace>',
    Hidden: lambda hidden: f"<mphantom>{_write(hidden.inside)}</mphantom>",
})  # fmt: skip
