"""Lists of terms and abbreviations, their first uses in a text, and the index, in the files that a reader opens."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator

import pytest
from edition import every_construct

from dossierbuild.core.alphabet import dutch_order, initial
from dossierbuild.core.problems import NOWHERE
from dossierbuild.core.spec import Format
from dossierbuild.core.terms import Term, vocabulary_of
from dossierbuild.stages.render.locators import paged
from dossierbuild.tools import markup
from dossierbuild.tools.pdf_reader import PdfElement, read_pdf

INDEX = ["buurthuis", "écht", "huren", "huur", "van een fiets", "van een zaal", "ijsbaan"]


def page(name: str = "dossier") -> markup.Element:
    return markup.parse_html(every_construct().artifact(name, Format.HTML).data)


def book() -> dict[str, markup.Element]:
    data = every_construct().artifact("dossier", Format.EPUB).data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: markup.parse_xml(packed.read(name)) for name in packed.namelist() if name.endswith(".xhtml")}


def paper(tag: str = "") -> Iterator[PdfElement]:
    facts = read_pdf(every_construct().artifact("dossier", Format.PDF).data)
    return (element for element in facts.elements if tag in ("", element.tag))


def entries(root: markup.Element) -> list[tuple[str, list[str]]]:
    """The entries of an index, each with its places as they are named."""
    (index,) = markup.with_class(root, "index-list")
    return [
        (re.split(", |; ", markup.text_of(item))[0], [markup.text_of(link) for link in _own(item)])
        for item in markup.with_tag(index, "li")
    ]


def _own(item: markup.Element) -> list[markup.Element]:
    return [link for link in markup.with_tag(item, "a") if next(link.iterancestors("li")) is item]


@pytest.mark.built
def test_a_list_has_what_the_publication_uses_in_the_order_of_dutch() -> None:
    (terms,), (short,) = (markup.with_class(page(), name) for name in ("glossary", "abbreviations"))
    assert [markup.text_of(word) for word in markup.with_tag(terms, "dt")] == [
        "één-op-één", "ijsbaan", "Stichting Wijk & Buurt (SWB)", "wijkplan",
    ]  # fmt: skip
    assert [markup.text_of(found) for found in markup.with_tag(short, "dt", "dd")] == ["SWB", "Stichting Wijk & Buurt"]
    assert (terms.get("role"), terms.get("aria-label")) == ("doc-glossary", "Begrippenlijst")
    assert not markup.with_class(page("kort"), "glossary")


@pytest.mark.built
def test_only_the_first_use_leads_to_the_list_and_says_what_is_abbreviated() -> None:
    root = page()
    links = [(markup.text_of(link), link.get("href")) for link in markup.with_class(root, "term")]
    assert links == [
        ("SWB", "#term-stichting-wijk-buurt"),
        ("ijsbaan", "#term-ijsbaan"),
        ("wijkplan", "#term-wijkplan"),
        ("één-op-één", "#term-een-op-een"),
    ]
    for found in (root, page("kort")):
        assert [(markup.text_of(short), short.get("title")) for short in markup.with_tag(found, "abbr")] == [
            ("SWB", "Stichting Wijk & Buurt")
        ]
    assert {link.get("role") for link in markup.with_class(root, "term")} == {"doc-glossref"}


@pytest.mark.built
def test_a_page_leads_to_sections_and_a_book_and_paper_to_pages() -> None:
    on_page = entries(page())
    assert [word for word, _ in on_page] == INDEX
    assert dict(on_page)["huur"] == ["2.4"]
    assert dict(on_page)["huren"] == ["huur"]
    assert "2.4 Woorden over de ijsbaan" in [markup.text_of(heading) for heading in markup.with_tag(page(), "h3")]
    on_paper = {
        f"#{link.target.partition('#')[2]}": link.text for link in paper("Link") if link.target.startswith("#index-")
    }
    book_page = next(root for root in book().values() if markup.with_class(root, "index-list"))
    assert [word for word, _ in entries(book_page)] == INDEX
    for word, link in _first_links():
        if word != "huren":
            assert on_paper[link.get("href", "")] == str(_page_of(word)), word
            assert dict(entries(book_page))[word] == [str(_page_of(word))]


def _page_of(word: str) -> int:
    """The page of what an entry of the index leads to."""
    tag, said = {
        "ijsbaan": ("H3", "Woorden over"),
        "écht": ("Note", "In een noot staat"),
        "van een fiets": ("TD", "huur van een fiets"),
    }.get(word, ("P", "Het buurthuis is van de"))
    return next(found.page for found in paper(tag) if said in found.text)


def _first_links() -> Iterator[tuple[str, markup.Element]]:
    """Each entry of the index of the page with its first link."""
    (index,) = markup.with_class(page(), "index-list")
    for item in markup.with_tag(index, "li"):
        yield re.split(", |; ", markup.text_of(item))[0], _own(item)[0]


@pytest.mark.built
def test_an_index_is_a_part_of_its_own_that_readers_can_go_to() -> None:
    assert every_construct().publication("dossier").contents[-1].title == "Register"
    (section,) = (found for found in markup.with_tag(page(), "section") if found.get("role") == "doc-index")
    assert section.get("id") == "index-register"
    (navigation,) = (root for name, root in book().items() if name.endswith("nav.xhtml"))
    assert "index" in {link.get(markup.EPUB_TYPE) for link in markup.with_tag(navigation, "a")}


def test_pages_that_follow_each_other_are_named_as_one() -> None:
    numbers = {"a": 3, "b": 3, "c": 4, "d": 5, "e": 8, "f": 9}
    links = ", ".join(f'<a href="#{name}">1.{name}</a>' for name in (*numbers, "x"))
    item = f'<li>woord<span class="locators">, {links}</span></li>'
    told = paged(item, numbers, "pagina", front=0)
    assert re.findall(r">([^<>]*)</a>", told) == ["3–5", "8", "9", "1.x"]
    assert 'aria-label="pagina 3–5"' in told
    behind_front = paged(item, numbers, "pagina", front=4)
    assert re.findall(r">([^<>]*)</a>", behind_front) == ["iii", "iv", "1", "4", "5", "1.x"]


def test_words_stand_in_the_order_of_a_dutch_dictionary() -> None:
    ordered = [
        "a",
        "à la carte",
        "één",
        "eend",
        "een-op-een",
        "idee",
        "ijs",
        "IJssel",
        "ik",
        "'s avonds",
        "zee",
        "Zeeland",
    ]
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=dutch_order) == ordered
    assert [initial(word) for word in ("één", "ijs", "'s avonds", "4 mei", "Żoo")] == ["E", "I", "S", "#", "Z"]


def test_a_term_is_found_whole_and_an_abbreviation_as_it_is_written() -> None:
    def term(word: str, abbr: str = "", forms: tuple[str, ...] = ()) -> Term:
        return Term(term=word, abbr=abbr, forms=forms, avoided=(), means="x", place=NOWHERE)

    vocabulary = vocabulary_of([term("wijk"), term("Raad voor de Wijk", "RvW"), term("plan", forms=("plannen",))])
    text = "Wijk en wijken, de Raad voor\nde Wijk, RvW’s plannen, rvw, plan-B, wijkplan en (wijk)."
    assert [text[use.start : use.end] for use in vocabulary.uses(text)] == [
        "Wijk", "Raad voor\nde Wijk", "RvW", "plannen", "plan", "wijk",
    ]  # fmt: skip
    assert [use.abbreviated for use in vocabulary.uses(text)] == [False, False, True, False, False, False]
    assert list(vocabulary_of([]).uses(text)) == []
