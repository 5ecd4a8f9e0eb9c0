"""Characters: what cannot stand in a text is told at its place, and letters of other scripts are seen everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from command import MINIMAL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from opened import verify
from rendered import Rendered, rendered
from seen import page_texts

from dossierbuild.core.characters import loose_directions, name_of, unfit_characters
from dossierbuild.core.model import BuildOptions
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import Format
from dossierbuild.pipeline import check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import local_scheduler
from dossierbuild.stages.render.directions import directed
from dossierbuild.tools import markup
from dossierbuild.tools.pdf_reader import read_pdf

# --- the gate -------------------------------------------------------------------------------------------------------

# Tabs and line ends of Word, controls of other encodings, separators, noncharacters, what stands for an object, a null.
SIGNS = ("\x0b", "\x08", "\x1b", "\x7f", "\x92", "\x85", "\u2028", "\u2029", "\ufffe", "\U0001ffff", "\ufffc", "\0")
# Where an editor's text comes in: a file, and what it says with one character in it.
ENTRIES: dict[str, tuple[str, Callable[[str], str]]] = {
    "chapter": ("chapters/03-nieuw.md", lambda sign: f"# Nieuw\n\nEen a{sign}b.\n"),
    "front matter": ("chapters/03-nieuw.md", lambda sign: f"---\nauthors: [A{sign}b]\n---\n\n# Nieuw\n\nTekst.\n"),
    "summary": ("in-het-kort.md", lambda sign: f"# Kort\n\nEen a{sign}b.\n"),
    "infographic": ("infographic.yaml", lambda sign: f'title: "A{sign}b"\npanels: []\n'),
    "settings": ("dossier.yaml", lambda sign: f'title: "A{sign}b"\n'),
    "a key": ("dossier.yaml", lambda sign: f'"ti{sign}tle": A\n'),
    "CSL-YAML": ("references.yaml", lambda sign: f'- {{id: a, type: book, title: "A{sign}b"}}\n'),
    "data": ("data/gasten.csv", lambda sign: f"jaar,a{sign}b\n2020,1\n"),
    "a style sheet": ("styles/css/print.css", lambda sign: f"/* a{sign}b */\n"),
    "words": ("styles/terms.yaml", lambda sign: f'nl: {{notes: "A{sign}b"}}\n'),
    "a template": ("styles/html/index.html.j2", lambda sign: f"a{sign}b\n"),
}
LISTS = {
    "bronnen.json": lambda sign: f'[{{"id": "a", "type": "book", "title": "A{sign}b"}}]\n',
    "bronnen.bib": lambda sign: f"@book{{a, title = {{A{sign}b}}}}\n",
    "bronnen.ris": lambda sign: f"TY  - BOOK\nTI  - A{sign}b\nER  - \n",
}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    shutil.copytree(MINIMAL, tmp_path / "dossier")
    return tmp_path / "dossier"


def found_in(root: Path) -> tuple[Problem, ...]:
    with local_scheduler() as scheduler, scheduler.run("test") as run:
        return check(BuildOptions(root=str(root), output=""), Path(styles_folder()), run).problems


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def places_of(text: str) -> list[tuple[int, int]]:
    """Line and column of each one of SIGNS in a text."""
    lines = text.split("\n")
    return [(number, at + 1) for number, line in enumerate(lines, 1) for at, sign in enumerate(line) if sign in SIGNS]


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_cannot_stand_in_a_text_is_told_wherever_it_comes_in(entry: str, dossier: Path) -> None:
    path, text = ENTRIES[entry]
    whole = "".join(map(text, SIGNS))
    write(dossier / path, whole)
    told = [problem for problem in found_in(dossier) if problem.code == "D137"]
    assert {problem.place.path for problem in told} == {path}
    assert [(problem.place.line, problem.place.column) for problem in told] == places_of(whole)
    assert [problem.words["reason"] for problem in told] == [name_of(sign) for sign in SIGNS]


@pytest.mark.parametrize("name", LISTS)
def test_it_is_told_in_every_form_of_a_reference_list(name: str, dossier: Path) -> None:
    settings = dossier / "dossier.yaml"
    settings.write_text(settings.read_text("utf-8").replace("references.yaml", name), "utf-8")
    whole = "".join(map(LISTS[name], SIGNS))
    write(dossier / name, whole)
    told = [problem.place for problem in found_in(dossier) if problem.code == "D137"]
    assert [(place.line, place.column) for place in told] == places_of(whole)


ESCAPED = {
    "dossier.yaml": 'title: "A{}b"\n',
    "infographic.yaml": 'title: "A{}b"\npanels: []\n',
    "references.yaml": '- {{id: a, type: book, title: "A{}b"}}\n',
}


@pytest.mark.parametrize("path", ESCAPED)
def test_what_is_written_as_an_escape_is_told_at_its_line(path: str, dossier: Path) -> None:
    for escape in ("\\ud800", "\\udfff", "\\u000b", "\\uffff"):
        write(dossier / path, ESCAPED[path].format(escape))
        told = [problem.place for problem in found_in(dossier) if problem.code == "D137"]
        assert [(place.path, place.line) for place in told] == [(path, 1)]


def test_half_a_pair_in_json_and_a_numbered_character_in_markdown_are_told(dossier: Path) -> None:
    settings = dossier / "dossier.yaml"
    settings.write_text(settings.read_text("utf-8").replace("references.yaml", "bronnen.json"), "utf-8")
    write(dossier / "bronnen.json", '[\n  {"id": "a", "type": "book", "title": "A\\ud83d"}\n]\n')
    write(dossier / "chapters/03-nieuw.md", "# Nieuw\n\nEen regel&#x0B;einde.\n")
    told = {str(problem.place) for problem in found_in(dossier) if problem.code == "D137"}
    assert told == {"bronnen.json:2:3", "chapters/03-nieuw.md:3:10"}


def test_a_name_of_a_file_is_told_too(dossier: Path) -> None:
    write(dossier / "chapters/03-a\x0bb.md", "# Nieuw\n\nTekst.\n")
    told = [problem for problem in found_in(dossier) if problem.code == "D137"]
    assert [str(problem.place) for problem in told] == ["chapters/03-a\x0bb.md"]


def test_of_one_character_no_more_than_twenty_places_are_told(dossier: Path) -> None:
    write(dossier / "chapters/03-nieuw.md", "# Nieuw\n\n" + "a\x0bb\n" * 500)
    assert len([problem for problem in found_in(dossier) if problem.code == "D137"]) == 20


def test_characters_of_ordinary_texts_can_stand_in_them() -> None:
    for text in (
        "Één\tcafé\r\nregel",
        "zacht\u00adaf",
        "niet\u00a0af \u2009\u202f",
        "e\u0301",
        "👩🏽\u200d🔬❤\ufe0f",
        "نمی\u200cخواهم",
    ):
        assert not [*unfit_characters(text), *loose_directions(text)]
    assert not [*loose_directions("een \u2067عربي\u2069 en \u202aab\u202c, \u200emark\u200f")]
    assert [sign for _, sign in loose_directions("\u202eab\n\ncd\u202c")] == ["\u202e", "\u202c"]


# --- letters of other scripts ---------------------------------------------------------------------------------------

ARABIC, HEBREW, CYRILLIC = "محمد الأمين", "דוד שלום", "Тарас Шевченко"
CHAPTER = f"""# Namen {{#namen}}

De schrijver {ARABIC} (1990–2001), die met {HEBREW}, 12 jaar, en {CYRILLIC} schreef [@a1; @a2].[^n]

هذه فقرة كاملة باللغة العربية، مع رقم 2001.

Dat zeggen ook anderen [@a3; @a4].

Tekens → ≥ ✓ ☐ 🙂 👩🏽‍🔬 🇳🇱 ❤️‍🔥, polytonisch Ἑλλάς, [ʃəˈʁɛ], e\u0301 и\u0306.

## Over {ARABIC} {{#over}}

| Naam | Plaats |
|:-----|:-------|
| {ARABIC} | Київ |

: Plaatsen {{#tbl-plaatsen}}

::: {{.chart #fig-namen data="namen.csv" type="line" x="jaar" y="{ARABIC},Київ" alt="Beide komen elk jaar meer voor."}}
Hoe vaak namen voorkomen.
:::

[^n]: Zie {HEBREW}, 2001.
"""
REFERENCES = f"""references:
  - {{id: a1, type: book, author: [{{literal: "{ARABIC}"}}], issued: "2001", title: "كتاب الحياة", publisher: Noord}}
  - {{id: a2, type: book, author: [{{family: Шевченко, given: Тарас}}], issued: "1840", title: "Кобзар", publisher: N}}
  - {{id: a3, type: article-journal, language: he, author: [{{family: שלום, given: דוד}}], issued: "2015",
      title: "שכונות", container-title: מגמות, volume: "12", issue: "3", page: 45-67, DOI: 10.1234/abc}}
  - {{id: a4, type: book, language: ar, author: [{{literal: "{ARABIC}"}}], issued: "1966", title: "موسم الهجرة",
      publisher: Noord, URL: "https://voorbeeld.invalid/een-lang-adres-van-letters"}}
"""
SETTINGS = """title: Letters
edition: "1"
date: 2026-01-15
publisher: Noord
description: Namen met namen uit andere schriften.
publications: [{id: dossier, kind: full, chapters: chapters/*.md}]
"""


def lettered(root: Path, chapter: str) -> Path:
    write(root / "dossier.yaml", SETTINGS)
    write(root / "references.yaml", REFERENCES)
    write(root / "data/namen.csv", f"jaar,{ARABIC},Київ\n2020,1,2\n2021,2,3\n2022,3,5\n")
    write(root / "chapters/01-namen.md", chapter)
    return root


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of a dossier, and what `check` says of it."""

    files: Rendered
    told: tuple[Problem, ...]

    def data(self, form: Format) -> bytes:
        return next(file.data for file in self.files.artifacts if file.format is form)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = lettered(tmp_path_factory.mktemp("letters"), CHAPTER)
    return Edition(rendered(BuildOptions(root=str(root), output="")), found_in(root))


@pytest.mark.built
def test_letters_of_other_scripts_pass_and_stand_in_every_file(edition: Edition) -> None:
    assert not edition.told
    assert {file.format for file in edition.files.artifacts} == set(Format)
    for file in edition.files.artifacts:
        assert not file.log
        assert not verify(edition.files.publications[0], file)


@pytest.mark.built
def test_other_programs_read_them_in_their_order(edition: Edition) -> None:
    pages = " ".join(" ".join(page_texts(edition.data(Format.PDF))).split())
    for words in (ARABIC, HEBREW, CYRILLIC, "Київ", "هذه فقرة كاملة"):
        assert words in pages


@pytest.mark.built
def test_a_work_that_runs_from_right_to_left_is_read_in_its_order_with_its_numbers(edition: Edition) -> None:
    entries = [element.text for element in read_pdf(edition.data(Format.PDF)).elements if element.tag == "P"]
    assert any("מגמות, 12(3), 45–67. https://doi.org/10.1234/abc" in entry for entry in entries)
    works = markup.with_class(markup.parse_html(edition.data(Format.HTML)), "entry")
    assert sum(1 for work in works for line in work.iter("p") if line.get("dir") == "rtl") == 3


@pytest.mark.built
def test_a_page_says_what_runs_from_right_to_left(edition: Edition) -> None:
    page = edition.data(Format.HTML).decode()
    assert f'<span dir="rtl">{ARABIC}</span> (1990–2001)' in page
    assert '<p dir="rtl">هذه فقرة' in page
    assert "Noto Naskh Arabic" in page


@pytest.mark.built
def test_a_dossier_without_such_letters_carries_no_such_fonts(tmp_path: Path) -> None:
    root = lettered(tmp_path, "# Namen {#namen}\n\nEen café in de straat.\n")
    write(root / "references.yaml", "references: []\n")
    write(root / "data/namen.csv", "jaar,a\n2020,1\n")
    files = rendered(BuildOptions(root=str(root), output="", formats=(Format.HTML, Format.PDF)))
    for job in files.jobs:
        assert not [font for font in job.fonts if font.behind]
        assert "Noto" not in "".join(job.properties.values())


def test_a_bracket_a_number_and_a_comma_stay_where_they_were_typed() -> None:
    assert directed("<p>Zie (שלום, 2001; דוד (בן) x).</p>") == (
        '<p>Zie (<span dir="rtl">שלום, 2001; דוד (בן)</span> x).</p>'
    )
    assert directed("<title>שלום</title><p>a <b>שלום</b></p>") == (
        '<title>שלום</title><p>a <b><span dir="rtl">שלום</span></b></p>'
    )
    assert directed('<p class="x">שלום <em>עולם</em> a</p>') == '<p class="x" dir="rtl">שלום <em>עולם</em> a</p>'
    assert directed("<p>Geen</p>") == "<p>Geen</p>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a שלום <em>עולם</em> טוב, b", 'a <span dir="rtl">שלום <em>עולם</em> טוב</span>, b'),
        ("a <em>שלום</em> עולם b", 'a <span dir="rtl"><em>שלום</em> עולם</span> b'),
        ("a <a href='#'>שלום <b>עולם</b></a>.", "a <a href='#'><span dir=\"rtl\">שלום <b>עולם</b></span></a>."),
        (
            "a <em>b שלום</em> עולם c",
            'a <em>b <span dir="rtl">שלום</span></em> <span dir="rtl">עולם</span> c',
        ),
        ("a שלום<sup>1</sup> עולם", 'a <span dir="rtl">שלום</span><sup>1</sup> <span dir="rtl">עולם</span>'),
    ],
)
def test_a_phrase_that_emphasis_cuts_stays_in_order(written: str, expected: str) -> None:
    assert directed(f"<p>{written}</p>") == f"<p>{expected}</p>"


@pytest.mark.parametrize("tag", ["li", "td", "th", "dd", "h2", "figcaption"])
def test_what_is_of_such_a_script_alone_runs_from_right_to_left(tag: str) -> None:
    assert directed(f"<{tag}>שלום עולם</{tag}>") == f'<{tag} dir="rtl">שלום עולם</{tag}>'
    assert 'dir="rtl"><p dir="rtl">' in directed(f"<{tag}><p>שלום עולם</p></{tag}>")
    assert directed(f"<{tag}>Dag שלום</{tag}>") == f'<{tag}>Dag <span dir="rtl">שלום</span></{tag}>'


# --- fonts of the dossier's own -------------------------------------------------------------------------------------


def own_font(letters: str) -> bytes:
    """A font that draws each of these letters as one box."""
    names = {ord(letter): f"letter{number}" for number, letter in enumerate(letters)}
    pen = TTGlyphPen(None)
    for move, *points in (("moveTo", (100, 0)), ("lineTo", (900, 0)), ("lineTo", (900, 800)), ("lineTo", (100, 800))):
        getattr(pen, move)(*points)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000)
    order = [".notdef", *names.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, box))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 100)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Eigen Letter", "styleName": "Regular", "psName": "EigenLetter-Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.mark.built
def test_a_dossier_may_bring_a_font_for_letters_that_the_others_lack(tmp_path: Path) -> None:
    root = lettered(tmp_path, "# Namen {#namen}\n\nDe stad 東京 is groot.\n")
    write(root / "references.yaml", "references: []\n")
    write(root / "data/namen.csv", "jaar,a\n2020,1\n")
    told = [problem for problem in found_in(root) if problem.code == "D152"]
    assert [(str(problem.place), problem.words["word"]) for problem in told] == [("chapters/01-namen.md:3:9", "東京")]
    theme = (Path(styles_folder()) / "theme.yaml").read_text("utf-8")
    write(root / "styles/theme.yaml", theme.replace("fonts:\n", "fonts:\n  more: [Eigen.ttf]\n", 1))
    (root / "styles/fonts").mkdir()
    (root / "styles/fonts/Eigen.ttf").write_bytes(own_font("東京 "))
    assert not [problem for problem in found_in(root) if problem.code == "D152"]
    files = rendered(BuildOptions(root=str(root), output="", formats=(Format.HTML, Format.PDF)))
    for file in files.artifacts:
        assert not file.log
        assert not verify(files.publications[0], file)
    page = next(file.data for file in files.artifacts if file.format is Format.HTML).decode()
    assert '"Dossier Serif", "Eigen Letter"' in page
