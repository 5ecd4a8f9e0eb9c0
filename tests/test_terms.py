"""Words for readers: a language that only terms.yaml knows is the language of every page, and no writer has words."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT, run, use_two_fonts
from lxml import html
from seen import page_texts

MARK = "¤"
TERMS: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "styles" / "terms.yaml").read_text("utf-8"))

DOSSIER = {
    "dossier.yaml": """\
title: Lorem ipsum
subtitle: Dolor sit amet
slug: lorem
language: fy-NL
edition: "7"
date: 2031-10-09
authors: [{name: Consectetur Adipiscing}]
publisher: Tempora
license: CC-BY-4.0
description: Sed eiusmod tempora incididunt labore.
audience: Quis nostrum.
contact: magna@aliqua.invalid
website: https://aliqua.invalid/lorem
keywords: [ullam]
publications:
  - {id: maior, kind: full, chapters: chapters/*.md}
  - {id: minor, kind: summary, text: minor.md, title: Minor lorem}
  - {id: tabula, kind: infographic, spec: tabula.yaml}
""",
    "chapters/01-primus.md": """\
---
status: draft
---
# Primus {#primus}

Lorem ipsum[^1] dolor, vide [](#fig-unus), [](#tab-unus), [](#arca) et [](#secundus) [@koeter2022].

::: {.chart #fig-unus type=bar data=numeri.csv x=genus y=pars_pct unit="%" alt="Pars maior quam numerus."}
Partes generum [@koeter2022].
:::

::: {.practice #arca}
## Arca
Eiusmod tempora.
:::

::: {.attention}
Incididunt labore.
:::

::: {.key-point}
Magna aliqua.
:::

## Secundus {#secundus}

| Genus | Pars |
|---|---|
| Unus | 1234.5 |

: Partes {#tab-unus}

## Tertius

Ullamco laboris.

[^1]: Nota bene.
""",
    "minor.md": "# Minor lorem\n\nVide [](#primus).\n\n::: {.key-points from=primus}\n:::\n",
    "tabula.yaml": """\
title: Tabula lorem
panels:
  - {kind: numbers, title: Numeri, items: [{value: 1234.5, unit: "%", text: "pars [@koeter2022]"}]}
  - kind: chart
    title: Genera
    data: numeri.csv
    type: bar
    x: genus
    y: pars_pct
    unit: "%"
    alt: Pars maior.
    text: Partes
""",
    "data/numeri.csv": "genus,pars_pct\nunus,1234.5\nduo,\ntres,20.5\n",
    "references.yaml": """\
references:
  - id: koeter2022
    type: book
    title: Opera omnia
    author: [{family: Koeter, given: J.}]
    issued: 2022
    publisher: Fabula
""",
}

# What stands on pages and is no word of a language: the names of this program, of formats and standards, and addresses.
NAMES = frozenset("dossierbuild BibTeX RIS PDF UA EPUB".split())
ADDRESS = re.compile(r"urn:uuid:[\w-]+|[\w-]+\.(?:bib|ris|html|pdf|epub)\b")


def marked(words: str) -> str:
    """The words with a mark before each, but for names in braces, which are filled in."""
    pieces = re.split(r"(\{\w+\})", words)
    return "".join(piece if piece.startswith("{") else re.sub(r"[^\W\d_]+", rf"{MARK}\g<0>", piece) for piece in pieces)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that is read in an edition in a language of our own, each Dutch word with a mark before it."""
    folder = tmp_path_factory.mktemp("terms")
    for path, text in DOSSIER.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    use_two_fonts(folder)
    words = {"fy": {name: marked(word) for name, word in TERMS["nl"].items() if name in TERMS["en"]}}
    (folder / "styles" / "terms.yaml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    built = run("build", folder, "--output", folder / "output", "--draft")
    assert built.code == 0, built.err
    return {path.name: read(path) for path in sorted((folder / "output" / "lorem").iterdir())}


def read(path: Path) -> str:
    """The text of a file, with the texts that only a screen reader has."""
    if path.suffix == ".pdf":
        return "\n".join(page_texts(path.read_bytes()))
    if path.suffix == ".epub":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
            summary = re.search(r"accessibilitySummary\">(.*?)<", book.read("EPUB/package.opf").decode())
            assert summary
        return "\n".join((*map(page_text, pages), summary[1]))
    return page_text(path.read_bytes()) if path.suffix == ".html" else ""


def page_text(page: bytes) -> str:
    root: Any = html.document_fromstring(page)
    for unread in root.xpath("//script | //style | //pre | //code"):
        unread.drop_tree()
    attributes = root.xpath("//@aria-label | //@alt | //@title")
    return " ".join((*root.xpath("//text()"), *attributes))


def test_every_word_of_an_edition_is_the_editors_or_stands_in_the_terms(pages: dict[str, str]) -> None:
    written = set(re.findall(r"[^\W\d_]+", " ".join(DOSSIER.values()).casefold()))
    names = {name.casefold() for name in NAMES}
    for file, text in pages.items():
        unmarked = set(re.findall(rf"(?<![{MARK}\w])[^\W\d_]{{2,}}", ADDRESS.sub("", text)))
        assert {word for word in unmarked if word.casefold() not in written | names} == set(), file


def test_dates_and_numbers_are_those_of_the_language(pages: dict[str, str]) -> None:
    assert "9 ¤oktober 2031" in pages["index.html"]
    for file in ("lorem-maior.html", "lorem-maior.epub", "lorem-maior.pdf", "lorem-tabula.html"):
        assert "1.234,5" in pages[file], file


def test_every_publication_has_the_words_of_the_language(pages: dict[str, str]) -> None:
    for file in ("lorem-maior.html", "lorem-maior.pdf", "lorem-maior.epub", "lorem-minor.html"):
        assert "¤Inhoud" in pages[file], file
    assert "¤geen ¤gegevens" in pages["lorem-tabula.html"]
    assert "¤Norm" in pages["toegankelijkheidsverklaring.html"]


@pytest.mark.parametrize(("tag", "words"), [("fy-NL", "Oersjoch"), ("fy-Latn-DE", "Oersjoch"), ("fr", "Contents")])
def test_a_tag_has_the_words_of_its_language_and_others_english(dossier: Path, tag: str, words: str) -> None:
    own = {"fy": TERMS["en"] | {"contents": "Oersjoch"}}
    page = built_page(dossier, own, tag)
    assert f'<h2 id="contents-heading">{words}</h2>' in page


def test_own_words_stand_over_those_of_the_project(dossier: Path) -> None:
    page = built_page(dossier, {"nl": {"contents": "Wat u vindt"}, "en-US": {"contents": "What is in it"}}, "nl-NL")
    assert '<h2 id="contents-heading">Wat u vindt</h2>' in page
    assert '<h2 id="colophon-heading">Colofon</h2>' in page


def built_page(dossier: Path, own: object, tag: str) -> str:
    """The web page of a dossier in the language of a tag, with a terms.yaml of its own."""
    write_terms(dossier, own)
    use_two_fonts(dossier)
    manifest = dossier / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("language: nl-NL", f"language: {tag}"), encoding="utf-8")
    output = dossier / "output"
    built = run("build", dossier, "--output", output, "--format", "html", "--only", "dossier", "--draft")
    assert built.code == 0, built.err
    return (output / "buurtfeesten" / "buurtfeesten-dossier.html").read_text("utf-8")


def write_terms(dossier: Path, own: object) -> None:
    path = dossier / "styles" / "terms.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("own", "code", "place", "named"),
    [
        ({"fy": {"skip": "Nei de tekst"}}, "D403", ":1:1: ", "in_this_chapter"),
        ({"fy": "Nei de tekst"}, "D403", ":1:1: ", "skip"),
        (["fy"], "D403", ":1:1: ", "nl"),
        ({"nl": {"contents": 5}}, "D402", ":2:3: ", "contents"),
        ({"nl": {"data_of": "Gegevens"}}, "D402", ":2:3: ", "data_of"),
        ({"nl": {"data_of": "{label"}}, "D402", ":2:3: ", "data_of"),
        ({"nl": {"data_of": "{label:>99999999999}"}}, "D402", ":2:3: ", "data_of"),
        ({"nl": {"data_of": "{label.__class__}"}}, "D402", ":2:3: ", "data_of"),
        ({"nl": {"own": ["word"]}}, "D402", ":2:3: ", "own"),
        ({"nl": {"statement": "Index"}}, "D402", ":2:3: ", "statement"),
        ({"nl": {"statement": "—"}}, "D402", ":2:3: ", "statement"),
        ({"nl": {"statement": "verklaring " * 30}}, "D402", ":2:3: ", "statement"),
        ({"../nl": {"skip": "Naar"}}, "D402", ":1:1: ", "../nl"),
        ({5: {"skip": "Naar"}}, "D402", ":1:1: ", "5"),
    ],
)
def test_a_fault_in_own_words_is_reported_at_its_place(
    dossier: Path, own: object, code: str, place: str, named: str
) -> None:
    write_terms(dossier, own)
    done = run("check", dossier)
    assert done.code == 3
    reported = [line for line in done.err.splitlines() if f"fout {code}" in line]
    assert len(reported) == 1, done.err
    assert f"styles/terms.yaml{place}" in reported[0]
    assert named in reported[0]


# --- no words elsewhere ---------------------------------------------------------------------------------------------

# In templates, for all languages: the name of a standard, what metadata of an EPUB is made of, and a code of MARC.
TEMPLATE_WORDS = frozenset("WCAG main subtitle set series aut none T Z".split())


def template_words(template: str) -> set[str]:
    """The words that a template itself puts on a page: as text, as the name of an element, or as text in a choice."""
    plain = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>|<\?.*?\?>|<!.*?>", " ", template, flags=re.DOTALL
    )
    named = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', plain)
    strings = (text for code in re.findall(r"\{\{.*?\}\}", template) for text in re.findall(r'"([^"]*)"', code))
    chosen = [text for text in strings if re.search(r"\w \w", text) and "<" not in text]
    texts = (re.sub(r"<[^>]*>", " ", plain), *named, *chosen)
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}


@pytest.mark.parametrize("path", sorted((ROOT / "styles").rglob("*.j2")), ids=lambda path: path.name)
def test_no_template_has_words(path: Path) -> None:
    assert template_words(path.read_text("utf-8")) <= TEMPLATE_WORDS


def test_words_in_a_template_are_seen() -> None:
    template = '<p class="lead" aria-label="Noot">{{ terms.skip }} Zie{# hier #}</p>{{ "wijkt af" if off else "" }}'
    assert template_words(template) == {"Noot", "Zie", "wijkt", "af"}


WRITERS = ("stages/render", "stages/compose", "tools/charts")
# Names, what RIS, BibTeX and column names have between two words, a claim that its standard prescribes, and a complaint
# of the layout engine that is looked for.
NO_WORDS = frozenset({
    "CC ", "DejaVu Sans", "dossierbuild ", " and ", " in ", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    "has no text alternative", "ER  - \r\n", ", sans-serif",
    "wide sideways", "wide sideways dense", " long", "mm ", "counter-reset: list-item ",  # classes and style sheets
})  # fmt: skip


def words_in(source: str) -> set[str]:
    """The texts of a module that have a space at a letter or a letter outside ASCII: neither docstrings nor code."""
    tree = ast.parse(source)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in documented)
    texts = {node.value for node in constants if isinstance(node.value, str)}
    worded = {text for text in texts if re.search(r"[^\W\d_] | [^\W\d_]|[^\W\d_a-zA-Z]", text)}
    return {text for text in worded if not re.search(r"[<>{}\[\]\\=;@]", text)}


@pytest.mark.parametrize("room", WRITERS)
def test_no_writer_has_words(room: str) -> None:
    modules = sorted((ROOT / "src" / "dossierbuild" / room).rglob("*.py"))
    assert modules
    for module in modules:
        assert words_in(module.read_text("utf-8")) <= NO_WORDS, module.name


def test_words_in_a_writer_are_seen() -> None:
    source = '"""Doc of it."""\nA = "geen gegevens"\nB = f"{A} bladen"\nC = "één"\nD = "<p>x y</p>"\nE = "skip"\n'
    assert words_in(source) == {"geen gegevens", " bladen", "één"}


# Keys that are put together from a word of the flow: a kind, a format, the number of a month, the code of a problem.
GROUPS = ("kind_", "about_", "format_", "use_", "month_", "counted_", "check_", "consequence_", "statement_checked_",
          "statement_people_", "role_", "isbn_", "formula_", "unfinished_")  # fmt: skip
# Keys that are the word of the flow itself: what can be referred to, boxes, and lists.
KINDS = frozenset("chapter section figure table box practice definition quote attention glossary abbreviations".split())


def test_every_word_is_used() -> None:
    files = [
        path for folder in ("src", "styles") for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".j2")
    ]
    used = "\n".join(path.read_text("utf-8") for path in files)
    plain = {name for name in TERMS["nl"] if not name.startswith(GROUPS)} - KINDS
    assert {name for name in plain if not re.search(rf"""terms\.{name}\b|["']{name}["']""", used)} == set()
