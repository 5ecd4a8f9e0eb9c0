"""Where citations may stand: printed, linked and listed in every file, for a style of each kind.

The dossier cites one work in each place, by an author of its own, so that what is printed tells where it is.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
from command import MINIMAL, run
from seen import page_texts

from dossierbuild.tools.pdf_reader import PdfFacts, read_pdf

STYLES = {"apa": "author-date", "ieee": "number", "chicago-notes-bibliography": "note"}

# Each place: the words that stand before the citation, and the author cited there, in the order of the text.
CHAPTER = {
    "Kop": "Koppenaal", "In de tekst": "Aarts", "In de noot": "Noorman", "Tussenkop": "Tuinman",
    "In een lijst": "Lijster", "In een aanhaling": "Haan", "Titel van het kader": "Titulaer", "In het kader": "Kadijk",
    "In een kernpunt": "Kern", "Onder de figuur": "Figee", "Onder de grafiek": "Grafhorst",
    "Onder de tabel": "Tabak", "In een cel": "Celik",
}  # fmt: skip
SUMMARY = {"In het kort": "Kortlever", "In een kernpunt": "Kern"}
INFOGRAPHIC = {
    "Boven de panelen": "Leeflang", "Bij een paneel": "Paneels", "Aan een kant": "Kant", "Bij een groep": "Groep",
    "Bij een laag": "Laagland", "Bij een element": "Elemans", "Bij een punt": "Punt", "Bij een getal": "Getal",
    "Bij de lijn": "Lijnen",
}  # fmt: skip
PUBLICATIONS = {"dossier": CHAPTER, "kort": SUMMARY, "plaat": INFOGRAPHIC}

TEXT = """# Kop [@Koppenaal] {#kop}

In de tekst [@Aarts].[^eigen]

## Tussenkop [@Tuinman] {#tussenkop}

- In een lijst [@Lijster].

> In een aanhaling [@Haan].

::: {.practice #kader}
### Titel van het kader [@Titulaer]

In het kader [@Kadijk].
:::

::: {.key-point #kern}
In een kernpunt [@Kern].
:::

![Onder de figuur [@Figee].](figures/straat.svg){#fig-kaart alt="Een straat."}

::: {.chart #fig-lijn data="gasten.csv" type="line" x="jaar" y="gasten" unit="gasten" alt="Er kwamen meer gasten."}
Onder de grafiek [@Grafhorst].
:::

| Waar |
|------|
| In een cel [@Celik]. |

: Onder de tabel [@Tabak]. {#tbl-waar}

[^eigen]: In de noot [@Noorman].
"""
KORT = """# Samenvatting {#samenvatting}

In het kort [@Kortlever].

::: {.key-points from="kop"}
:::
"""
PANELS = """
title: Op één blad
lead: Boven de panelen [@Leeflang].
panels:
  - {kind: contrast, title: Kanten, text: "Bij een paneel [@Paneels].",
     left: {label: Links, items: ["Aan een kant [@Kant]."]}, right: {label: Rechts, items: [niets]}}
  - {kind: groups, title: Groepen, groups: [{label: A-groep, items: ["Bij een groep [@Groep]."]}]}
  - kind: levels
    title: Lagen
    levels: [{label: micro, text: "Bij een laag [@Laagland]."}, {label: macro, text: groot}]
  - {kind: elements, title: Stenen, items: [{icon: house, label: Huis, text: "Bij een element [@Elemans]."}]}
  - {kind: points, title: Punten, items: ["Bij een punt [@Punt]."]}
  - {kind: numbers, title: Getallen, items: [{value: 50, unit: "%", text: "Bij een getal [@Getal]."}]}
  - {kind: chart, title: Lijn, data: gasten.csv, type: line, x: jaar, y: gasten, alt: "Er kwamen meer gasten.",
     text: "Bij de lijn [@Lijnen]."}
"""
DOSSIER = """
title: Plaatsen
slug: plaatsen
language: nl-NL
edition: "1.0"
date: 2024-03-04
authors: [{name: Redactie}]
publisher: Instituut
description: Een verwijzing op elke plaats.
references: references.json
citations: {style: STYLE}
publications:
  - {id: dossier, kind: full, chapters: chapters/*.md}
  - {id: kort, kind: summary, text: in-het-kort.md, title: Kort}
  - {id: plaat, kind: infographic, spec: infographic.yaml, title: Plaat}
"""


@pytest.fixture(scope="module", params=STYLES)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The kind of style, and the folder with the files of the dossier in that style."""
    root = tmp_path_factory.mktemp(request.param)
    for folder in ("data", "figures"):
        shutil.copytree(MINIMAL / folder, root / folder)
    names = dict.fromkeys(name for places in PUBLICATIONS.values() for name in places.values())
    works = [
        {"id": name, "type": "book", "title": f"Werk van {name}", "publisher": "Boom",
         "issued": {"date-parts": [[2020]]}, "author": [{"family": name, "given": "Anna"}]}
        for name in names
    ]  # fmt: skip
    (root / "chapters").mkdir()
    for path, text in {
        "dossier.yaml": DOSSIER.replace("STYLE", request.param), "chapters/01-kop.md": TEXT, "in-het-kort.md": KORT,
        "infographic.yaml": PANELS, "references.json": json.dumps(works),
    }.items():  # fmt: skip
        (root / path).write_text(text, encoding="utf-8")
    built = run("build", root, "--output", root / "output", "--draft")
    assert built.code == 0, built.err
    return STYLES[request.param], root / "output" / "plaatsen"


@dataclass(frozen=True)
class Page:
    """A text in HTML or XHTML."""

    tree: lxml.html.HtmlElement

    def text(self, one: lxml.html.HtmlElement) -> str:
        return " ".join(str(one.text_content()).split())

    def find(self, name: str) -> lxml.html.HtmlElement:
        found = self.tree.xpath("//*[@id=$name]", name=name)
        assert len(found) == 1, name
        return found[0]

    def links(self, role: str) -> list[lxml.html.HtmlElement]:
        return list(self.tree.xpath("//a[@role=$role]", role=role))


def target(link: lxml.html.HtmlElement) -> str:
    return str(link.get("href")).rpartition("#")[2]


def pages(folder: Path, publication: str) -> Iterator[Page]:
    """The publication as one page of HTML, and as the one page that the texts of its EPUB make together."""
    yield Page(lxml.html.fromstring((folder / f"plaatsen-{publication}.html").read_bytes()))
    whole = lxml.html.Element("div")
    with zipfile.ZipFile(folder / f"plaatsen-{publication}.epub") as book:
        for name in sorted(book.namelist()):
            if name.endswith(".xhtml") and "nav" not in name:
                whole.append(lxml.html.fromstring(book.read(name)))
    yield Page(whole)


def pdf(folder: Path, publication: str) -> PdfFacts:
    return read_pdf(paper(folder, publication))


def paper(folder: Path, publication: str) -> bytes:
    return (folder / f"plaatsen-{publication}.pdf").read_bytes()


def block_of(one: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The paragraph, heading, caption, item or cell that something stands in."""
    blocks = {"p", "h1", "h2", "h3", "h4", "figcaption", "caption", "td", "li", "dd"}
    return next(above for above in one.iterancestors() if above.tag in blocks)


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_citation_is_printed_linked_and_listed_in_each_place(edition: tuple[str, Path], publication: str) -> None:
    kind, folder = edition
    for page in pages(folder, publication):
        for words, name in PUBLICATIONS[publication].items():
            cited = page.find(f"cite-{name}-1")
            assert (cited.get("role"), target(cited)) == ("doc-biblioref", f"ref-{name}")
            entry = page.find(f"ref-{name}")
            assert name in page.text(entry)
            assert f"cite-{name}-1" in [target(link) for link in entry.xpath(".//a[@role='doc-backlink']")]
            note = cited.xpath("ancestor::*[@role='doc-footnote'][1]")
            if kind == "note" or words == "In de noot":
                calls = [link for link in page.links("doc-noteref") if target(link) == note[0].get("id")]
                assert len(calls) == 1
                assert kind == "number" or name in page.text(note[0])
                called = "In de tekst" if words == "In de noot" else words
                assert called in page.text(block_of(calls[0]))
            else:
                assert not note
                assert words in page.text(block_of(cited))
                shown = {"author-date": rf"\({name}, 2020\)", "number": r"\[\d+\]"}[kind]
                assert re.search(rf"{words} {shown}", page.text(block_of(cited)))
        assert len(page.tree.xpath("//*[starts-with(@id, 'ref-')]")) == len(PUBLICATIONS[publication])


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_pdf_prints_links_and_lists_each_citation(edition: tuple[str, Path], publication: str) -> None:
    kind, folder = edition
    facts = pdf(folder, publication)
    printed = [element.text for element in facts.elements]
    linked = {link.destination for link in facts.links}
    for words, name in PUBLICATIONS[publication].items():
        assert f"ref-{name}" in linked & set(facts.destinations)
        assert any(name in text and f"Werk van {name}" in text for text in printed)
        if kind == "author-date":
            assert any(f"{words} ({name}, 2020)" in text for text in printed)
        elif kind == "number":
            assert any(re.search(rf"{words} \[\d+\]", text) for text in printed)
        else:
            assert any(f"Anna {name}, Werk van {name} (Boom, 2020)" in text for text in printed)


def test_notes_of_citations_and_of_editors_are_numbered_together(edition: tuple[str, Path]) -> None:
    kind, folder = edition
    for page in pages(folder, "dossier"):
        calls = [page.text(link) for link in page.links("doc-noteref")]
        count = len(CHAPTER) if kind == "note" else 1
        assert calls == [str(number) for number in range(1, count + 1)]
        own = page.find(f"fn-{calls[2] if kind == 'note' else calls[0]}")
        assert "In de noot" in page.text(own)
    noted = [element for element in pdf(folder, "dossier").elements if element.identifier.startswith("note-")]
    assert len(noted) == count


def test_contents_outline_and_running_heads_hold_no_citation(edition: tuple[str, Path]) -> None:
    _, folder = edition
    facts = pdf(folder, "dossier")
    titles = [title for _, title in facts.outline]
    assert {"Kop", "Tussenkop"} <= {title.lstrip("0123456789. ") for title in titles}
    page = next(pages(folder, "dossier"))
    contents = page.text(page.tree.xpath("//nav[@role='doc-toc']")[0])
    with zipfile.ZipFile(folder / "plaatsen-dossier.epub") as book:
        navigation = "".join(book.read(name).decode() for name in book.namelist() if "nav" in name)
    for name in CHAPTER.values():
        assert name not in contents + navigation + " ".join(titles)
    assert not re.search(r"\[\d", contents + " ".join(titles))
    assert facts.pages > 3
    heads = " ".join(page_texts(paper(folder, "dossier")))
    in_heading_and_list = [len(re.findall(rf"\b{name}\b[^.]*2020", heads)) for name in ("Koppenaal", "Tuinman")]
    assert max(in_heading_and_list) <= 2
