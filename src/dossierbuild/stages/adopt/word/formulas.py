"""The formulas of a document as editors type them, all made by one run of pandoc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossierbuild.core.ast import Node, Nodes, plain_text, walk
from dossierbuild.core.formulas.reading import FormulaError, read_formula, unknown_commands
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Document, Formula, Paragraph, inlines_of, paragraphs_of
from dossierbuild.stages.adopt.word.spots import spot
from dossierbuild.tools.docx.made import document_of_formulas
from dossierbuild.tools.pandoc import PandocError, read_docx


def formulas_of(document: Document) -> FrozenMap[str, str]:
    """For each formula of a document, by its XML, how it is typed between dollar signs; those that cannot be are not
    there."""
    paragraphs = paragraphs_of(document.blocks)
    found = (inline for paragraph in paragraphs for inline in inlines_of(paragraph.content))
    xmls = list(dict.fromkeys(inline.xml for inline in found if isinstance(inline, Formula)))
    if not xmls:
        return FrozenMap()
    try:
        blocks = read_docx(document_of_formulas(xmls))
    except PandocError:
        return FrozenMap()
    typed = ((xmls[int(number)], tex) for number, tex in _numbered(blocks) if int(number) < len(xmls))
    return FrozenMap({xml: tex for xml, tex in typed if _can_be_set(tex)})


def _numbered(blocks: Nodes) -> Iterator[tuple[str, str]]:
    """The number that a paragraph begins with, and its formula."""
    for block in blocks:
        formulas: list[Node] = [found for found in walk(block) if found["t"] == "Math"]
        number = plain_text(block, lambda found: found["t"] == "Math").strip()
        if formulas and number.isdecimal():
            yield number, " ".join(formula["c"][1].strip() for formula in formulas)


def _can_be_set(tex: str) -> bool:
    try:
        if any(True for _ in unknown_commands(tex)):
            return False
        read_formula(tex)
    except FormulaError:
        return False
    return True


def lost_formulas(paragraphs: Iterable[Paragraph], formulas: FrozenMap[str, str], name: str) -> Iterator[Problem]:
    """D861: a formula that cannot be set here, of which the letters are kept."""
    for paragraph in paragraphs:
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Formula) and inline.xml not in formulas:
                yield problem("D861", spot(name, paragraph), letters=inline.letters)
