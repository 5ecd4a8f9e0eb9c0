"""Formulas in the bodies of each format: MathML in pages and e-books, drawings on paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from dossierbuild.core.formulas.mathml import formula_signs, write_mathml
from dossierbuild.core.formulas.reading import FormulaError, read_formula
from dossierbuild.core.formulas.signs import Face, in_face
from dossierbuild.core.model import DrawnFormula, Formula
from dossierbuild.stages.render.pictures import Medium

_PLACE = re.compile(
    r'<span(?P<id> id="[^"]*")?(?: class="formula-text")?(?: data-alt="(?P<alt>[^"]*)")?(?P<lang>(?: lang="[^"]*")?)>'
    r'<span class="math (?P<kind>inline|display)">\\[(\[](?P<tex>[^<]*)\\[)\]]</span></span>'
)
_SMALL = 18.0
"""em: a formula of this width has room on a phone; of a wider one the width is told, so that it can be made to fit."""
_SCROLLED = 30.0
"""em: a formula that is wider would be too small to read on a phone, so it can be moved there, also with keys."""


def place_formulas(body: str, drawn: Mapping[Formula, DrawnFormula], medium: Medium) -> str:
    """The body with each formula as the medium has it, in place of the text that stands for it."""
    set_formula = _paths if medium is Medium.PAPER else _mathml

    def placed(found: re.Match[str]) -> str:
        formula = Formula(html.unescape(found["tex"]), found["kind"] == "display")
        inside = set_formula(formula, drawn.get(formula), found["alt"] or "")
        kept = f"{found['id'] or ''}{found['lang']}"
        return f"<span{kept}>{inside}</span>" if kept else inside

    return _PLACE.sub(placed, body) if 'class="math ' in body else body


def _mathml(formula: Formula, drawn: DrawnFormula | None, alt: str) -> str:
    attributes = f' alttext="{alt}"' if alt else ""
    width = drawn.width if drawn else 0.0
    if width > _SMALL:
        attributes += f' style="--width: {width:g}" class="wide"'
    try:
        mathml = write_mathml(read_formula(formula.tex), display=formula.display, attributes=attributes)
    except FormulaError:  # told by check
        return f"<code>{html.escape(formula.tex)}</code>"
    if width <= _SCROLLED:
        return mathml
    return f'<span class="formula-scroll" role="group" tabindex="0" aria-label="{alt}">{mathml}</span>'


def _paths(formula: Formula, drawn: DrawnFormula | None, alt: str) -> str:
    if drawn is None:
        return f"<code>{html.escape(formula.tex)}</code>"
    said = f' role="math" aria-label="{alt}"'
    if not drawn.pieces:
        return _path(drawn, said)
    pieces = "<wbr/>".join(_path(piece, "") for piece in drawn.pieces)
    return f'<span class="formula-pieces"{said}>{pieces}</span>'


def _path(drawn: DrawnFormula, said: str) -> str:
    style = f"width:{drawn.width}em;vertical-align:{-drawn.depth:g}em"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="formula-drawing"{said} viewBox="{drawn.view}" style="{style}">'
        f'<path fill="currentColor" d="{drawn.path}"/></svg>'
    )


def formula_characters(formulas: Iterable[Formula]) -> frozenset[str]:
    """The characters with which pages set these formulas, all of which can be read: a letter alone becomes italic, and
    the sign of a root is nowhere written."""
    written = frozenset("√").union(*(formula_signs(formula.tex) for formula in formulas))
    return written | {in_face(letter, Face.ITALIC) for letter in written}
