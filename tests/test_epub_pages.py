"""The pages of the PDF can be found in the e-book, at the word with which they begin on paper."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from itertools import islice

import pytest
from edition import every_construct
from paper_sample import write
from seen import page_texts

from dossierbuild.core.model import Artifact
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.epub import write_epub
from dossierbuild.tools import markup


def _pages(book: Artifact) -> dict[str, markup.Element]:
    """The pages of a book by their path below EPUB/, in the order of the spine."""
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        package = markup.parse_xml(archive.read("EPUB/package.opf"))
        files = {one.get("id"): one.get("href", "") for one in markup.with_tag(package, "item")}
        spine = [files[one.get("idref")] for one in markup.with_tag(package, "itemref")]
        return {path: markup.parse_xml(archive.read(f"EPUB/{path}")) for path in spine}


def _marks(book: Artifact) -> dict[str, markup.Element]:
    """The marks by their address in the package, in reading order."""
    return {
        f"{path}#{mark.get('id')}": mark
        for path, page in _pages(book).items()
        for mark in markup.with_tag(page, "span")
        if mark.get("role") == "doc-pagebreak"
    }


def _page_list(book: Artifact) -> list[tuple[str, str]]:
    lists = [one for one in markup.with_tag(_pages(book)["nav.xhtml"], "nav") if one.get("role") == "doc-pagelist"]
    return [(markup.text_of(link), link.get("href", "")) for one in lists for link in markup.with_tag(one, "a")]


def _properties(book: Artifact) -> set[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        package = markup.parse_xml(archive.read("EPUB/package.opf"))
    return {(one.get("property", ""), markup.text_of(one)) for one in markup.with_tag(package, "meta")}


def _words_after(mark: markup.Element, number: int) -> list[str]:
    """The first words behind a mark, without notes and drawings."""
    texts: list[str] = [mark.tail or ""]
    nodes = mark.xpath("following::text()[not(ancestor::*[contains(@class, 'note-ref') or local-name() = 'svg'])]")
    assert isinstance(nodes, list)
    for one in nodes[1 if mark.tail else 0 :]:
        texts.append(str(one))
        if len("".join(texts)) > 400:
            break
    return list(islice(re.findall(r"\w+", " ".join(texts)), number))


def _after(mark: markup.Element) -> markup.Element:
    following = mark.getnext()
    assert following is not None
    return following


def _parent(mark: markup.Element) -> markup.Element:
    parent = mark.getparent()
    assert parent is not None
    return parent


def _marked(*starts: str) -> dict[str, markup.Element]:
    """The marks in the dossier when its PDF would have pages with these beginnings; by their number."""
    job = dataclasses.replace(every_construct().job("dossier", Format.EPUB), page_starts=starts)
    return {one.get("aria-label", ""): one for one in _marks(write_epub(job)).values()}


@pytest.mark.parametrize("name", ["dossier", "kort"])
def test_each_mark_stands_where_its_page_begins(name: str) -> None:
    edition = every_construct()
    papers = page_texts(edition.artifact(name, Format.PDF).data)
    marks = _marks(edition.artifact(name, Format.EPUB))
    assert marks
    for mark in marks.values():
        words = set(re.findall(r"\w+", papers[int(mark.get("aria-label", "")) - 1]))
        assert set(_words_after(mark, 5)) <= words, (mark.get("id"), _words_after(mark, 5))


def test_every_page_of_the_text_and_the_colophon_is_in_the_list() -> None:
    edition = every_construct()
    book = edition.artifact("dossier", Format.EPUB)
    listed = _page_list(book)
    pages = edition.artifact("dossier", Format.PDF).pages
    assert [number for number, _ in listed] == [str(number) for number in range(3, pages + 1)]
    assert [address for _, address in listed] == list(_marks(book))
    assert listed[-1][1].startswith("colophon.xhtml#")


def test_the_metadata_name_the_source_of_the_pages() -> None:
    told = _properties(every_construct().artifact("dossier", Format.EPUB))
    assert ("pageBreakSource", every_construct().artifact("dossier", Format.PDF).path) in told
    assert ("schema:accessibilityFeature", "pageNavigation") in told
    assert ("schema:accessibilityFeature", "pageBreakMarkers") in told


def test_without_a_pdf_nothing_is_said_of_pages() -> None:
    job = dataclasses.replace(every_construct().job("dossier", Format.EPUB), page_starts=())
    book = write_epub(job)
    assert (_marks(book), _page_list(book)) == ({}, [])
    assert not [one for one in _properties(book) if "page" in " ".join(one).casefold()]


def test_a_mark_stands_before_the_word_that_a_page_begins_with() -> None:
    marks = _marked("", "code < 1, H2O, x2, niet en “aanhaling”. Volgens Koeter (2022, p. 5) groeit")
    assert list(marks) == ["2"]
    mark = marks["2"]
    assert markup.text_of(mark) == ""
    assert _after(mark).tag == "code"
    assert markup.text_of(markup.with_tag(_parent(mark), "strong")[0]) == "klem"
    assert not (mark.tail or "").strip()


def test_a_word_that_was_cut_at_the_end_of_a_page_stays_whole() -> None:
    mark = _marked("", "de alinea bij eerst. dan term wat de term is Een aanhaling in een blok")["2"]
    assert (mark.tail or "").startswith("tweede alinea")


def test_a_page_that_begins_with_a_heading_a_figure_or_a_table_is_no_part_of_their_names() -> None:
    for start, following in {
        "Eerste stap Zie figuur 1, tabel 1, figuur 2": "h2",
        "Figuur 1 Een kaart van de buurt (Koeter, 2022)": "figure",
    }.items():
        number = "1.1 " if following == "h2" else ""
        mark = _marked("", number + start)["2"]
        assert (_after(mark).tag, mark.tail or "") == (following, "")


def test_equal_beginnings_are_found_one_after_the_other() -> None:
    marks = _marked("", "Eerste stap", "Literatuur", "Eerste stap")
    assert list(marks) == ["2", "3"]


def test_a_page_of_paper_begins_with_its_own_words() -> None:
    paper = write(
        "<header><p>Omslag</p></header><nav><p>Inhoud</p></nav>"
        "<p style='break-before: page'>Eerste<span class='n'>Een noot</span> blad</p>"
        "<p style='break-before: page; width: 20mm'>samenlevingsopbouwwerkers</p>"
        "<table style='break-before: page'><thead><tr><th>Kop</th></tr></thead><tbody>"
        "<tr><td>rij een</td></tr><tr style='break-before: page'><td>rij twee</td></tr></tbody></table>",
        "@page { size: A6; @top-left { content: 'Loper' } } .n { float: footnote } p { hyphens: auto }"
        "p::before { content: 'vooraf ' }",
    )
    assert paper.starts == ("", "Eerste blad", "samenlevingsopbouwwerkers", "Kop rij een", "rij twee")
