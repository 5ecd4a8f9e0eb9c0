"""Books of Quarto, bookdown and pandoc as dossiers: what is taken, where it stands, and what is told of the rest.

`books/` holds a small book of each system with every construct that reports use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from command import run

from dossierbuild.core.catalogue import Severity
from dossierbuild.core.model import BuildOptions, Files, SourceFile
from dossierbuild.core.problems import Problem, has_errors
from dossierbuild.pipeline import check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import local_scheduler
from dossierbuild.stages.adopt import adopt
from dossierbuild.stages.read import read_book_files
from dossierbuild.starter import start_from

BOOKS = Path(__file__).parent / "books"
HEAD = "---\ntitle: Beken\ndate: 2024\nlang: nl\n---\n\n"


@cache
def brought_in(name: str) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The dossier that is made of a book of the tests, and what is told of it."""
    read = read_book_files(BOOKS / name)
    assert read.value is not None
    adopted = adopt(read.value, name)
    assert adopted.value is not None
    return adopted.value.files, (*read.problems, *adopted.problems)


def text(name: str, path: str) -> str:
    return brought_in(name)[0][path].decode("utf-8")


def told(name: str, code: str) -> set[str]:
    """The places in a book at which a code is told."""
    return {str(found.place) for found in brought_in(name)[1] if found.code == code}


def made(files: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The texts of the dossier made of a book with these files, and what is told."""
    sources = tuple(SourceFile(path, words.encode("utf-8"), "") for path, words in sorted(files.items()))
    adopted = adopt(Files(sources=sources, styles=(), originals=()), "boek")
    assert adopted.value is not None
    texts = {
        path: data.decode("utf-8") for path, data in adopted.value.files.items() if path.endswith((".md", ".yaml"))
    }
    return texts, adopted.problems


def body(words: str, **files: str) -> str:
    """A chapter of plain Markdown as it comes into the dossier, below its heading."""
    texts, _ = made({"een.md": f"{HEAD}# Beek\n\n{words}\n", **files})
    return texts["chapters/01-beek.md"].split("# Beek {#beek}\n\n", 1)[1].rstrip("\n")


def test_data_files_that_a_text_links_to_go_along(tmp_path: Path) -> None:
    book = tmp_path / "boek"
    (book / "bron").mkdir(parents=True)
    for name in ("Vangst 2024.csv", "niet genoemd.csv"):
        (book / "bron" / name).write_text("jaar,vis\n2024,3\n", encoding="utf-8")
    linked = "Zie [de vangst](bron/Vangst%202024.csv) en [het blad](weg.xlsx)."
    (book / "een.md").write_text(f"{HEAD}# Beek\n\n{linked}\n", encoding="utf-8")
    read = read_book_files(book)
    assert read.value is not None
    adopted = adopt(read.value, "boek")
    assert adopted.value is not None
    files = adopted.value.files
    assert files["data/vangst-2024.csv"] == (book / "bron" / "Vangst 2024.csv").read_bytes()
    assert [path for path in files if path.startswith("data/")] == ["data/vangst-2024.csv"]
    assert "Zie [de vangst](data/vangst-2024.csv) en het blad." in files["chapters/01-beek.md"].decode()
    assert [found.code for found in adopted.problems] == ["D836"]


def test_the_numbers_and_the_series_of_a_book_go_along() -> None:
    said = "isbn: {pdf: 9789046809921, epub: 978-90-13-14877-0}\nissn: 2049-3630\nseries: {title: Water, number: 7}\n"
    texts, told = made({"een.md": HEAD.replace("lang: nl\n", f"lang: nl\n{said}") + "# Beek\n\nWater.\n"})
    about = yaml.safe_load(texts["dossier.yaml"])
    assert about["publications"][0]["isbn"] == {"pdf": "978-90-468-0992-1", "epub": "978-90-13-14877-0"}
    assert (about["issn"], about["series"]) == ("2049-3630", {"title": "Water", "number": "7"})
    assert not told
    texts, told = made({"een.md": HEAD.replace("lang: nl\n", "lang: nl\nisbn: 123\n") + "# Beek\n\nWater.\n"})
    assert "isbn" not in texts["dossier.yaml"]
    assert [(found.code, str(found.place)) for found in told] == [("D806", "een.md:5:1")]


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "table"),
    [
        (
            '<table id="vis">\n<caption>Vis in de <em>Aa</em></caption>\n'
            '<tr><th>Soort</th><th align="right">Aantal</th></tr>\n'
            '<tr><td>Baars|bot</td><td align="right">12</td></tr>\n<tr><td><b>Snoek</b></td><td>3</td></tr>\n</table>',
            "| Soort | Aantal |\n|---|--:|\n| Baars\\|bot | 12 |\n| **Snoek** | 3 |\n\n: Vis in de Aa {#tbl-vis}",
        ),
        (
            "\\begin{table}[h]\n\\centering\n\\caption{Vis in \\emph{de} Aa}\\label{tab:vis}\n\\begin{tabular}{lr}\n"
            "\\toprule\nSoort & Aantal \\\\\n\\midrule\nBaars \\& bot & 12 \\\\[2pt]\nSnoek & $3$ \\\\\n"
            "\\bottomrule\n\\end{tabular}\n\\end{table}",
            "| Soort | Aantal |\n|:--|--:|\n| Baars \\& bot | 12 |\n| Snoek | $3$ |\n\n: Vis in *de* Aa {#tbl-vis}",
        ),
        (
            "\\begin{longtable}{|l|p{3cm}|}\n\\hline A & B \\\\ \\hline \\endhead\n"
            "1 & 2 \\\\ \\hline\n\\end{longtable}",
            "| A | B |\n|:--|---|\n| 1 | 2 |",
        ),
    ],
)  # fmt: skip
def test_a_simple_table_in_html_or_latex_is_a_table(written: str, table: str) -> None:
    assert body(f"{written}\n\nTekst.") == f"{table}\n\nTekst."


@pytest.mark.parametrize(
    "written",
    [
        "<table><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><th>A</th></tr><tr><td><ul><li>1</li></ul></td></tr></table>",
        "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>",
        "\\begin{tabular}{ll}\n1 & 2 \\\\\n3 & 4 \\\\\n\\end{tabular}",
        "\\begin{tabular}{ll}\n\\multicolumn{2}{c}{A} \\\\ \\hline\n1 & 2 \\\\\n\\end{tabular}",
    ],
)
def test_another_table_keeps_its_place_and_is_told(written: str) -> None:
    texts, told = made({"een.md": f"{HEAD}# Beek\n\n{written}\n"})
    assert "| een.md:9 |" in texts["chapters/01-beek.md"]
    assert [str(found.place) for found in told if found.code == "D815"] == ["een.md:9:1"]


# --- order, and what a book says of itself ---------------------------------------------------------------------------


def chapters(name: str) -> list[str]:
    return sorted(path.removeprefix("chapters/") for path in brought_in(name)[0] if path.startswith("chapters/"))


def test_the_order_is_that_of_the_book() -> None:
    assert chapters("bookdown") == [
        "01-voorwoord.md", "02-samenvatting.md", "03-summary.md", "04-de-beek.md", "05-inleiding.md", "06-methode.md",
        "07-resultaten.md", "08-vragen.md",
    ]  # fmt: skip
    assert chapters("quarto") == [
        "01-voorwoord.md", "02-wat-we-weten.md", "03-methode.md", "04-resultaten.md", "05-wat-we-doen.md",
        "06-lijst-van-gemeenten.md",
    ]  # fmt: skip
    assert chapters("pandoc") == ["01-theorie.md", "02-theorie-en-beleid.md", "03-praktijk.md", "04-slot.md"]


def test_what_a_text_is_in_a_report_stands_in_its_head() -> None:
    heads = {}
    for name in chapters("bookdown"):
        head = re.match(r"---\n(.*?)---\n", text("bookdown", f"chapters/{name}"), re.DOTALL)
        heads[name] = yaml.safe_load(head[1]) if head else {}
    assert heads["01-voorwoord.md"] == {"kind": "foreword"}
    assert heads["02-samenvatting.md"] == {"kind": "summary"}
    assert heads["03-summary.md"] == {"kind": "summary", "lang": "en"}
    assert heads["04-de-beek.md"] == {"kind": "part"}
    assert heads["08-vragen.md"] == {"kind": "appendix"}
    assert heads["06-methode.md"] == {"status": "draft"}, "a figure and a table were not taken"
    assert 'authors:\n  - "Kim Vos"' in text("quarto", "chapters/03-methode.md")


def test_dossier_yaml_says_what_the_book_says_of_itself() -> None:
    manifest = yaml.safe_load(text("bookdown", "dossier.yaml"))
    assert manifest["title"] == "Vissen voorbij de stuw"
    assert manifest["date"] == "2023-03-31", "a month is its last day"
    assert manifest["report_number"] == "12"
    assert manifest["language"] == "nl-NL"
    assert manifest["authors"] == [
        {"name": "Lotte van der Beek"},
        {"name": "Sam Oeverzegge", "affiliation": "Instituut voor Beken", "orcid": "0000-0002-1825-0097"},
    ]
    assert manifest["references"] == "references.bib"
    assert [plan["kind"] for plan in manifest["publications"]] == ["full", "summary"]
    assert [author["name"] for author in yaml.safe_load(text("pandoc", "dossier.yaml"))["authors"]] == [
        "Mieke Jansen", "Tom Bos",
    ]  # fmt: skip


def test_in_het_kort_comes_from_the_abstract_else_the_summary_else_is_to_be_written() -> None:
    assert "Wie verhuist, blijft vaak in de buurt [@jansen2019]." in text("quarto", "in-het-kort.md")
    assert "[](#fig-kaart)" in text("quarto", "in-het-kort.md")
    assert "Dat vraagt om lagere stuwen [@jansen2019, p. 12]." in text("bookdown", "in-het-kort.md")
    assert "status: draft" in text("pandoc", "in-het-kort.md")


# --- code and its figures --------------------------------------------------------------------------------------------


def test_figures_of_code_are_taken_where_their_files_are() -> None:
    files, _ = brought_in("bookdown")
    methods = text("bookdown", "chapters/06-methode.md")
    assert (
        "![Drie beken op de *kaart* [@smit2020].](figures/kaart.svg)"
        '{#fig-kaart alt="Een kaart met drie blauwe lijnen." width="80%"}' in methods
    )
    assert "![Vangst per jaar](figures/vangst-1.svg){#fig-vangst}" in methods
    assert {"figures/kaart.svg", "figures/vangst-1.svg", "figures/foto.png"} <= files.keys()
    assert files["figures/kaart.svg"] == (BOOKS / "bookdown/figures/kaart.svg").read_bytes()
    assert "![Groei per jaar, zie [](#sec-resultaten).](figures/fig-groei-1.svg)" in text(
        "quarto", "chapters/04-resultaten.md"
    )


def test_what_code_would_make_keeps_its_place_caption_and_references() -> None:
    methods = text("bookdown", "chapters/06-methode.md")
    assert ": Uitkomst per beek [@jansen2019]. {#tbl-uitkomst}" in methods
    assert "![Een figuur die niemand bewaarde.](figures/niet-overgenomen.svg){#fig-verdwenen" in methods
    assert "Zie [](#tbl-uitkomst) en [](#fig-verdwenen)." in methods
    assert told("bookdown", "D810") == {"02-methode.Rmd:28:1"}
    assert told("bookdown", "D809") == {"02-methode.Rmd:34:1"}
    assert told("bookdown", "D811") == {"01-inleiding.Rmd:9:10"}


def test_code_that_is_shown_stays_and_code_that_runs_goes() -> None:
    assert "```r\ngetoond <- TRUE\n```" in text("bookdown", "chapters/06-methode.md")
    assert '```r\nlees("bestand.csv")\n```' in text("quarto", "chapters/04-resultaten.md")
    assert "Er waren `?? nrow(vangst)` vissen." in text("bookdown", "chapters/05-inleiding.md")
    everything = "".join(text("bookdown", f"chapters/{name}") for name in chapters("bookdown"))
    assert "ggplot" not in everything
    assert "opts_chunk" not in everything


def test_texts_that_are_brought_in_stand_in_their_place() -> None:
    assert "## De steekproef {#steekproef}\n\nWij telden drie weken" in text("bookdown", "chapters/06-methode.md")
    results = text("quarto", "chapters/04-resultaten.md")
    assert "Ingevoegd uit een ander bestand.[^noot]" in results
    assert "[^noot]: Met een noot.\n\n    Van twee alinea's." in results
    assert told("bookdown", "D818") >= {"hoofdstukken/delen/_steekproef.Rmd:3:23"}


def test_a_picture_of_code_without_a_caption_is_no_numbered_figure() -> None:
    picture = {"een_files/figure-html/lijn-1.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    texts, _ = made({"een.md": f"{HEAD}# Beek\n\n```{{r lijn}}\nplot(1)\n```\n", **picture})
    assert texts["chapters/01-beek.md"] == "# Beek {#beek}\n\n![](figures/lijn-1.svg)\n"


def test_the_language_of_a_book_that_does_not_say_it_is_that_of_its_words() -> None:
    dutch = "De beek is van het dorp en de mensen zijn er voor het water."
    texts, _ = made({"een.md": f"---\ntitle: x\ndate: 2024\n---\n\n# Beek\n\n{dutch}\n\n# Summary\n\nThe brook.\n"})
    assert yaml.safe_load(texts["dossier.yaml"])["language"] == "nl-NL"
    assert "lang: en" in texts["chapters/02-summary.md"]


# --- references, blocks, signs ---------------------------------------------------------------------------------------


def test_cross_references_of_each_system_are_links() -> None:
    introduction = text("bookdown", "chapters/05-inleiding.md")
    assert "Zie [](#methode), [](#wat-we-vroegen) en [](#vragen)." in introduction
    assert "Onze cijfers staan in [](#tbl-vangst) en [](#fig-kaart) en [](#fig-vangst)." in introduction
    assert "Zie [](#sec-keuzes), [](#fig-kaart), [](#tbl-stad), [](#eq-groei) en [](#tbl-stad)." in text(
        "quarto", "chapters/03-methode.md"
    )
    assert "zie [de methode](#methode) en [de keuzes](#sec-keuzes)" in text("quarto", "chapters/01-voorwoord.md")
    practice = text("pandoc", "chapters/03-praktijk.md")
    assert "Zie [](#fig-schema), [](#fig-schema) en [](#tbl-rollen). In [Theorie](#theorie) staat meer" in practice
    assert told("bookdown", "D824") == {"03-resultaten.Rmd:3:79"}


def test_citations_stay_and_what_only_looks_like_one_is_text() -> None:
    introduction = text("bookdown", "chapters/05-inleiding.md")
    assert (
        "Volgens @jansen2019 en @smit2020 is dat al lang bekend; mail naar vis@beek.invalid of volg \\@beekvis."
        in introduction
    )
    assert "[@jansen2019; zie ook @smit2020, pp. 3-4]" in text("quarto", "chapters/03-methode.md")


def test_a_note_goes_with_the_chapter_that_calls_it() -> None:
    assert "[^a]: Een noot aan het eind." in text("pandoc", "chapters/02-theorie-en-beleid.md")
    assert "[^a]" not in text("pandoc", "chapters/01-theorie.md")


def test_callouts_become_boxes_and_other_formats_go() -> None:
    methods = text("quarto", "chapters/03-methode.md")
    assert "::: {.attention}\n### Handig\n\nNeem een kaart mee.\n:::" in methods
    assert "::: {.attention}\n### Let op de schaal\n" in methods
    assert "Op het scherm kunt u klikken." in methods
    assert "Op papier" not in methods
    assert "::: {#fig-twee .figures}" in methods
    assert ": Huizen per dorp {#tbl-blok}" in methods
    assert "$$\ng = \\frac{b - a}{a}\n$$ {#eq-groei}" in methods
    assert told("quarto", "D820") == {"methode.qmd:23:1"}


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("H<sub>2</sub>O en m<sup>2 x</sup>", "H~2~O en m^2\\ x^"),
        ("een<br/>twee", "een\\\ntwee"),
        ("<b>vet</b> en <em>cursief</em>", "**vet** en *cursief*"),
        ("\\textbf{vet} en \\emph{cursief}\\footnote{Noot.}", "**vet** en *cursief*^[Noot.]"),
        ("Een stuw\\index{stuw} of dam\\index{dam!nat}.", 'Een [stuw]{.index} of [dam]{.index entry="dam!nat"}.'),
        ("p<0.05 en a < b", "p<0.05 en a < b"),
        ("`<b>` en `\\ref{x}` en $a<b>c$", "`<b>` en `\\ref{x}` en $a<b>c$"),
        ("<https://beek.invalid> en $5 en $10", "<https://beek.invalid> en $5 en $10"),
        ("100\\% en \\alpha", "100\\% en"),
        ("```\n@iets {{< x >}} <b>\n```", "```\n@iets {{< x >}} <b>\n```"),
        ("Een \\@handle en a@b.nl", "Een \\@handle en a@b.nl"),
        ("| a | b |\n|---|---|\n| 1 | <br> |", "| a | b |\n|---|---|\n| 1 | \\\n |"),
        ("\\begin{align}\na &= b (\\#eq:x)\n\\end{align}", "$$\n\\begin{aligned}\na &= b\n\\end{aligned}\n$$ {#eq-x}"),
        ("\\[ a = b \\]", "$$a = b$$"),
        (
            "![Een `x[[2]][[3]]` [a [b]]](weg.png){alt=Ding}",
            '![Een `x[[2]][[3]]` [a [b]]](figures/niet-overgenomen.svg){alt="Ding"}',
        ),
    ],
)  # fmt: skip
def test_signs_of_other_languages_become_markdown(written: str, taken: str) -> None:
    assert body(written) == taken


def test_ordinary_text_stays_as_it_was_typed() -> None:
    words = (
        "Het kost € 5 (of $ 5), zie [de site](https://beek.invalid/a_b) en *dit* [@x].\n\n- een\n    - twee\n\n"
        "> Een citaat.\n\n1. a\n2. b\n\nTerm\n:   Uitleg.\n\n![](https://beek.invalid/x.png)"
    )
    kept = body(words.replace(" [@x]", "").rpartition("\n\n")[0])
    assert kept == words.replace(" [@x]", "").rpartition("\n\n")[0]


# --- the command -----------------------------------------------------------------------------------------------------

PASSING = ("pandoc", "bookdown", "quarto")


@pytest.mark.built
@pytest.mark.parametrize("name", PASSING)
def test_what_is_brought_in_passes_check_as_a_draft(name: str, tmp_path: Path) -> None:
    start_from(tmp_path / "nieuw", brought_in(name)[0])
    options = BuildOptions(root=str(tmp_path / "nieuw"), output="", draft=True)
    with local_scheduler(2) as scheduler, scheduler.run("test") as steps:
        found = check(options, Path(styles_folder()), steps).problems
    assert [str(problem.place) for problem in found if problem.severity is Severity.ERROR] == []


@pytest.mark.built
def test_the_command_writes_a_dossier_and_a_report_of_all_that_it_tells(tmp_path: Path) -> None:
    new = tmp_path / "nieuw"
    done = run("import", BOOKS / "bookdown", new, "--format-problems", "json")
    assert done.code == 0, done.err
    problems = [json.loads(line) for line in done.err.splitlines()]
    assert problems
    assert (new / "import.log").read_text("utf-8").splitlines() == done.err.splitlines()
    assert {"dossier.yaml", "in-het-kort.md", "references.bib", "schema", "chapters", "figures"} <= {
        path.name for path in new.iterdir()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["nieuw"]
    again = run("import", BOOKS / "bookdown", new)
    assert again.code == 3
    assert "D802" in again.err


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "geheim.md").write_text("# Geheim\n\nNiet voor u.\n", encoding="utf-8")
    book = tmp_path / "boek"
    book.mkdir()
    (book / "een.md").write_text(
        f"{HEAD}# Beek\n\n![x](../geheim.svg)\n\n{{{{< include ../geheim.md >}}}}\n", encoding="utf-8"
    )
    (tmp_path / "geheim.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    read = read_book_files(book)
    assert read.value is not None
    adopted = adopt(read.value, "boek")
    assert adopted.value is not None
    assert not any(b"Niet voor u" in data for data in adopted.value.files.values())
    assert {found.code for found in adopted.problems} >= {"D812", "D829"}
    (book / "twee.md").symlink_to("../geheim.md")
    linked = read_book_files(book)
    assert has_errors(linked.problems)
    assert [str(found.place) for found in linked.problems] == ["twee.md"]


def test_a_text_that_includes_itself_ends() -> None:
    texts, problems = made({"een.md": f"{HEAD}# Beek\n\nWater.\n\n{{{{< include een.md >}}}}\n"})
    assert texts["chapters/01-beek.md"].count("Water.") == 1
    assert [found.code for found in problems] == ["D829"]


def test_every_reading_of_a_book_gives_the_same(tmp_path: Path) -> None:
    read = read_book_files(BOOKS / "quarto")
    assert read.value is not None
    assert adopt(read.value, "quarto") == adopt(read.value, "quarto")


@pytest.mark.parametrize(
    "words",
    [
        "::: {.callout-note}\n\n" * 3_000,
        "\\begin{center}\n" * 3_000,
        "<div>\n" * 3_000,
        "[" * 3_000,
        "$$\n" * 3_001,
        "```{r}\n" * 3_001,
        "<!-- " * 3_000,
        "\\x{" * 3_000,
        "> " * 3_000,
    ],
)
def test_what_is_nested_without_end_ends(words: str) -> None:
    texts, _ = made({"een.md": f"{HEAD}# Beek\n\nWater.\n\n{words}"})
    assert "Water." in texts["chapters/01-beek.md"]


@pytest.mark.parametrize(
    "said", ["[]", "1", "{a: [b]}", "[[c]]", "null", '"`r x`"', "2024-01-01", "[{name: {family: X}}]"]
)
@pytest.mark.parametrize(
    "key", ["title", "author", "date", "params", "bibliography", "csl", "lang", "abstract", "license"]
)
def test_settings_of_any_kind_are_read(key: str, said: str) -> None:
    texts, _ = made({"een.md": f"---\n{key}: {said}\n---\n\n# Beek\n\nWater `r params$a`.\n"})
    manifest = yaml.safe_load(texts["dossier.yaml"])
    assert manifest["title"]
    assert manifest["date"]
