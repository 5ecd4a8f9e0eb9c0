"""The second law: what is typed or pasted is printed as meant, or told at its line.

Each snippet is a chapter of one dossier. Of those that check has nothing to say about, a reader of the page finds
every word, number and sign, in order and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import MINIMAL, use_two_fonts
from inline import Inline
from lxml import etree, html

from dossierbuild.core.model import BuildOptions
from dossierbuild.core.problems import ExitCode, Problem
from dossierbuild.core.spec import Format
from dossierbuild.pipeline import build, check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Scheduler
from dossierbuild.tools.store import Store

# What is typed, and what a reader finds of it where that is something else. A number that begins a line is that of an
# item, and "/" parts the cells of a table.
PRINTED: tuple[str | tuple[str, str], ...] = (
    # signs
    "Als x < 5 en y > 3, dan is het <3.",
    "AT&T en R&D, of a <- b -> c <=> d.",
    "snake_case_naam en a_b_c, 50 % en 10^6 en x^2.",
    "Ongeveer ~5 euro, ~10 euro en 5~10; zie ~/pad.",
    "Het kost $5 en dan $6, of $x$ en 6$.",
    "Een #hashtag in de zin, en # los.",
    "Mail jan@voorbeeld.nl of bel; @ los.",
    "Zin met 3 * 4 * 5 en een ster *.",
    "Kijk :smile: en :+1: en {met accolades} en {}.",
    "Hij zei [sic] en [vet] en [] en ().",
    "==markering== en ++ingevoegd++ blijven staan.",
    "!Let op",
    "`enkel en ``",
    "½ en ² en ‰ en € en §.",
    "Tijd 12:30, verhouding 1:2, bedrag 1.000,50.",
    "$$x = 2$$",
    "http://voorbeeld.invalid/a_b_c*d*",
    ("<jan@voorbeeld.nl> schrijft.", "jan@voorbeeld.nl schrijft."),
    ("Een \\* ster en \\_ streep en \\\\ schuin en \\# hek.", "Een * ster en _ streep en \\ schuin en # hek."),
    ("H~2~O en m^2^ en ~~weg~~ blijft.", "H2O en m2 en weg blijft."),
    ("Dat is *schuin*, **vet** en `code`.", "Dat is schuin, vet en code."),
    # quotation marks and dashes
    ("'s Avonds en 's-Gravenhage, 't Is zo, 'n huis.", "’s Avonds en ’s-Gravenhage, ’t Is zo, ’n huis."),
    ("De jaren '80 en '90, foto's en zo'n.", "De jaren ’80 en ’90, foto’s en zo’n."),
    ("Zij zei 'hallo' en \"dag\", 's morgens.", "Zij zei ‘hallo’ en “dag”, ’s morgens."),
    ("Zij zei \"in de jaren '80\" en 'in '90'.", "Zij zei “in de jaren ’80” en ‘in ’90’."),
    ("1990--2000, 1990-2000 en 1990–2000...", "1990–2000, 1990-2000 en 1990–2000…"),
    # lines
    ("Tekst van\n- 5 graden tot\n+ 5 graden.", "Tekst van - 5 graden tot + 5 graden."),
    ("Het was in\n1986. Een jaar.", "Het was in 1986. Een jaar."),
    ("1986\\. Een jaar.", "1986. Een jaar."),
    ("\\>5 jaar wachten.", ">5 jaar wachten."),
    ("Tekst\n> erachter.", "Tekst > erachter."),
    ("Regel\\\nmet breuk.", "Regel met breuk."),
    ("| Regel een\n| Regel twee", "Regel een Regel twee"),
    "A. Jansen kwam langs.",
    "I. Een romeins cijfer.",
    "Tabel: zo begint een zin over een tafel.",
    # lists
    ("- een\n\n    vervolg\n\n- twee", "een vervolg twee"),
    ("- een\n    1. sub\n    2. sub\n- twee", "een 1. sub 2. sub twee"),
    ("1. een\n2. twee\n\nTussenin.\n\n3. drie", "1. een 2. twee Tussenin. 3. drie"),
    ("1. een\n1. twee\n1. drie", "1. een 2. twee 3. drie"),
    ("3. derde\n4. vierde", "3. derde 4. vierde"),
    ("Taart\n:   een zoet gebak", "Taart een zoet gebak"),
    ("- [x] klaar\n- [ ] niet klaar", "☑ klaar ☐ niet klaar"),
    # headings and tables
    ("## Kop met C\\# ##\n\nTekst.", "Kop met C# Tekst."),
    ("Kop twee\n--------\n\nTekst.", "Kop twee Tekst."),
    ("| a | b |\n|---|---|\n| 1 \\| 2 | 3 |\n| `4|5` |", "a / b 1 | 2 / 3 4|5 /"),
    ("a | b\n--|--\n1 | 2\n\n: Het bijschrift {#tbl-typed}", "Het bijschrift a / b 1 / 2"),
    # links, citations and notes
    ("Dat zegt @berg2019 [p. 12].", "Dat zegt Berg (2019, p. 12)."),
    ("Een zin [zie @berg2019, blz. 3, en verder].", "Een zin (zie Berg, 2019, p. 3, en verder)."),
    ("Zie [de bron][bron].\n\n[bron]: https://voorbeeld.invalid/x", "Zie de bron."),
    "Zie (https://voorbeeld.invalid/x) en www.voorbeeld.nl.",
)  # fmt: skip

# What is typed, and the code by which it is told.
TOLD = (
    ("[Let op]: dit is een zin.", "D192"),
    ("[bron]: https://voorbeeld.invalid/x", "D192"),
    ("> [Let op]: dit is een zin.", "D192"),
    ("## Wat is C#", "D192"),
    ("## Wat is C# {#wat-is}", "D192"),
    (">5 jaar wachten.", "D192"),
    ("Een zin.\n\n: Bijschrift zonder tabel", "D192"),
    ("Een zin.\n\n~ ongeveer vijf", "D192"),
    ("1986. Een jaar om te onthouden.", "D192"),
    ("Dat is 2*3*4 samen.", "D192"),
    ("Van ~5/~10 euro.", "D192"),
    ("*", "D192"),
    ("| een rij | alleen |", "D192"),
    ("Tekst hier\n- - -\nen daar.", "D192"),
    ("- een punt {#mijn-id}", "D166"),
    ("Eindigt op een schuine streep\\", "D192"),
    ("1. een\n3. drie", "D193"),
    ("- punt\n    1. een\n    3. drie", "D193"),
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "D193"),
    ("Een alinea {#mijn-id}", "D166"),
    ("*een\n*twee", "D161"),
    ("-een\n-twee", "D161"),
    ("•\teen\n•\ttwee", "D161"),
    ("1.een\n2.twee", "D162"),
    ("a\tb\n1\t2", "D163"),
    ("##Kop", "D164"),
    ("Tekst <!-- opmerking --> verder.", "D108"),
    ("H<sub>2</sub>O", "D108"),
    ("Pad C:\\Users\\map", "D108"),
    ("[^weg]: Een noot die niemand aanroept.", "D142"),
    ("Tekst[^nergens].", "D140"),
    ("#### Kop vier\n\nTekst.", "D110"),
    ("Volg @gemeente.", "D201"),
    ("Een\u2028regel.", "D137"),
    ("Een\x0bregel.", "D137"),
    ("::: attention\nTekst zonder einde", "D129"),
)

REFERENCES = """\
references:
  - {id: berg2019, type: book, author: [{family: Berg, given: Karel}], issued: "2019", title: Slingers, publisher: X}
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """The dossier of all snippets: what check says of each file, and the chapters of those that it says nothing of."""

    told: dict[str, set[str]]
    printed: dict[str, str]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    folder = tmp_path_factory.mktemp("typed")
    root = folder / "dossier"
    (root / "chapters").mkdir(parents=True)
    use_two_fonts(root)
    manifest = (MINIMAL / "dossier.yaml").read_text("utf-8")
    (root / "dossier.yaml").write_text(_of_one_publication(manifest), "utf-8")
    (root / "references.yaml").write_text(REFERENCES, "utf-8")
    for at, (text, _) in enumerate((*_pairs(), *TOLD)):
        chapter = f"# Stuk {{#stuk-{at}}}\n\nVoorop.\n\n{text}\n\nAchteraan.\n"
        (root / "chapters" / f"{at}.md").write_text(chapter, "utf-8", newline="")
    options = BuildOptions(root=str(root), output=str(folder / "output"), formats=(Format.HTML,), draft=True)
    with Scheduler(Store(folder / "store"), Inline(), "program").run("typed") as run:
        told = _by_file(check(options, Path(styles_folder()), run).problems)
        for at in range(len(PRINTED), len(PRINTED) + len(TOLD)):
            (root / "chapters" / f"{at}.md").unlink()
        done = build(options, Path(styles_folder()), run)
    (page,) = (folder / "output").rglob("*-dossier.html")
    assert done.exit_code is ExitCode.GOOD, done.problems
    return Typed(told, dict(_chapters(html.fromstring(page.read_bytes()))))


def _pairs() -> list[tuple[str, str]]:
    return [(snippet, snippet) if isinstance(snippet, str) else snippet for snippet in PRINTED]


def _of_one_publication(manifest: str) -> str:
    head, _, _ = manifest.partition("publications:")  # what stands behind them are exceptions for other files
    return f"{head}publications:\n  - {{id: dossier, kind: full, chapters: chapters/*.md}}\n"


def _by_file(problems: tuple[Problem, ...]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for found in problems:
        told.setdefault(Path(found.place.path).stem, set()).add(found.code)
    return told


def _chapters(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The words of each chapter by its number, between those that stand in each."""
    for section in page.xpath("//section[@role='doc-chapter']"):
        _, _, behind = " ".join("".join(_words(section)).split()).partition("Voorop. ")
        yield section.get("id").removeprefix("stuk-"), behind.removesuffix("Achteraan.").strip()


def _words(element: html.HtmlElement) -> Iterator[str]:
    """What a reader sees of an element: with the numbers of items, and without what the program numbers."""
    if isinstance(element, etree._Comment) or element.get("class") in ("number", "label"):
        return
    if element.tag == "li" and element.getparent().tag == "ol":
        above = element.getparent()
        yield f" {int(above.get('start', '1')) + above.index(element)}. "
    yield element.text or ""
    for inner in element:
        yield from _words(inner)
        yield inner.tail or ""
    if element.tag in ("td", "th") and element.getnext() is not None:
        yield " / "
    if element.tag in ("br", "div"):
        yield " "


@pytest.mark.parametrize("at", range(len(PRINTED)), ids=[pair[0][:20] for pair in _pairs()])
def test_what_nothing_is_said_of_is_printed_as_typed(at: int, typed: Typed) -> None:
    assert not typed.told.get(str(at))
    assert typed.printed[str(at)] == _pairs()[at][1]


@pytest.mark.parametrize("at", range(len(TOLD)), ids=[text[:20] for text, _ in TOLD])
def test_what_is_printed_otherwise_is_told(at: int, typed: Typed) -> None:
    assert TOLD[at][1] in typed.told[str(at + len(PRINTED))]
