"""A dossier on paper is laid out in sections and bound: the file is that of a dossier laid out as one."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import pytest
from command import run
from edition import every_construct, hard_cases, render_on_paper
from seen import page_texts
from test_cli import explained

from dossierbuild.core.model import RenderJob, SourceFile
from dossierbuild.core.spec import Format
from dossierbuild.stages.render import sections_of
from dossierbuild.tools.pdf_reader import PdfFacts, read_pdf

# Margins with the number of all pages: only a whole document has it.
OF_THE_WHOLE = b"@page { @bottom-right { content: counter(page) ' / ' counter(pages); } }"


EDITIONS = {"every-construct": every_construct, "hard-cases": hard_cases}


def job(name: str = "every-construct") -> RenderJob:
    return EDITIONS[name]().job("dossier", Format.PDF)


def with_style(css: bytes, name: str = "every-construct") -> RenderJob:
    """The job with more in the style sheet of paper."""
    styles = tuple(
        SourceFile(one.path, one.data + css, "") if one.path == "css/print.css" else one for one in job(name).styles
    )
    return dataclasses.replace(job(name), styles=styles)


def paper_in_sections(name: str) -> bytes:
    return EDITIONS[name]().artifact("dossier", Format.PDF).data


@cache
def paper_as_one(name: str) -> bytes:
    return render_on_paper(with_style(b"@page neither { @bottom-right { content: counter(pages); } }", name)).data


@cache
def in_sections(name: str = "every-construct") -> PdfFacts:
    return read_pdf(paper_in_sections(name))


@cache
def as_one(name: str) -> PdfFacts:
    return read_pdf(paper_as_one(name))


def test_a_dossier_has_a_section_for_its_front_and_one_for_each_part() -> None:
    cut = sections_of(job()).value
    assert cut is not None
    assert len(cut) == 1 + len(job().publication.parts) + 1  # the colophon comes last


@pytest.mark.parametrize("fact", ["pages", "outline", "destinations", "fonts", "metadata", "title", "links"])
@pytest.mark.parametrize("name", EDITIONS)
def test_what_is_bound_is_what_is_laid_out_as_one(name: str, fact: str) -> None:
    assert getattr(in_sections(name), fact) == getattr(as_one(name), fact)


@pytest.mark.parametrize("name", EDITIONS)
def test_the_text_on_every_page_is_that_of_a_document_laid_out_as_one(name: str) -> None:
    assert page_texts(paper_in_sections(name)) == page_texts(paper_as_one(name))


@pytest.mark.parametrize("name", EDITIONS)
def test_the_structure_is_that_of_a_document_laid_out_as_one(name: str) -> None:
    shapes = [
        [
            (one.tag, one.text, one.page, one.alt, one.language, one.identifier, one.depth, one.target)
            for one in elements
        ]
        for elements in (in_sections(name).elements, as_one(name).elements)
    ]
    assert shapes[0] == shapes[1]


def test_the_number_of_all_pages_can_be_printed() -> None:
    texts = page_texts(render_on_paper(with_style(OF_THE_WHOLE)).data)
    assert f"{len(texts)} / {len(texts)}" in texts[-1]


def test_the_contents_have_the_page_of_each_chapter() -> None:
    headings = {one.text: one.page for one in in_sections().elements if one.tag == "H2"}
    entries = [one.text for one in in_sections().elements if one.tag == "TOCI"]
    chapters = [f"{one.number} {one.title}".strip() for one in job().publication.contents if one.level == 1]
    assert chapters
    for chapter in chapters:
        assert any(entry.startswith(f"{chapter} {headings[chapter]}") for entry in entries)


def test_only_a_chapter_that_changed_is_laid_out_again(dossier: Path, tmp_path: Path) -> None:
    arguments = ("build", dossier, "--output", tmp_path / "output", "--explain", "--format", "pdf", "--only", "dossier")
    run(*arguments)
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8").replace("een zoet gebak", "een hartig gebak"), encoding="utf-8")
    steps = explained(run(*arguments))
    laid_out = [how for name, how, _ in steps if name == "lay out"]
    assert laid_out.count("made") == 1
    assert laid_out.count("reused") > 1
