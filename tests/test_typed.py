"""The second law: what is typed or pasted is printed as meant, or told at its line.

Each snippet is a chapter of one dossier. Of those that check has nothing to say about, a reader of the page finds
every word, number and sign, in order and nothing else.
"""

from __future__ import annotations

import string
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
    "Het kost $5 en dan $6, of 7 $.",
    ("Een formule $x$ in de zin.", "Een formule x in de zin."),
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
    ("Van rock 'n' roll en drum-'n'-bass.", "Van rock ’n’ roll en drum-’n’-bass."),
    ("De klank 'n' is lang, en de letter 's' ook.", "De klank ‘n’ is lang, en de letter ‘s’ ook."),
    ("De '90's waren 'goed', zo'n 20'er, 'T is zo.", "De ’90’s waren ‘goed’, zo’n 20’er, ’T is zo."),
    ("D'n boer en z'n huis, m'n fiets en d'r tas.", "D’n boer en z’n huis, m’n fiets en d’r tas."),
    ("Een bord van 5\" bij 10'' en 5' hoog.", "Een bord van 5″ bij 10″ en 5′ hoog."),
    ("Op 52°22'30\" en 4°53' oost.", "Op 52°22′30″ en 4°53′ oost."),
    ("Zij zei: \"ik liep 24\" en 'in 90' en liep.", "Zij zei: “ik liep 24” en ‘in 90’ en liep."),
    ("Code `'s 5\" '90` blijft.", "Code 's 5\" '90 blijft."),
    ("```\necho 't 's 5\"\n```", "echo 't 's 5\""),
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
    ("1) een\n2) twee", "1) een 2) twee"),
    ("(1) een\n(2) twee", "(1) een (2) twee"),
    ("a) een\n\n    i. sub\n    ii. sub\n\nb) twee", "a) een i. sub ii. sub b) twee"),
    ("(c) drie\n(d) vier", "(c) drie (d) vier"),
    ("iii) drie\niv) vier", "iii) drie iv) vier"),
    ("A.  een\nB.  twee", "A. een B. twee"),
    ("> b) in een citaat", "b) in een citaat"),
    ("Taart\n:   een zoet gebak", "Taart een zoet gebak"),
    ("- [x] klaar\n- [ ] niet klaar", "☑ klaar ☐ niet klaar"),
    # headings and tables
    ("## Kop met C\\# ##\n\nTekst.", "Kop met C# Tekst."),
    ("Kop twee\n--------\n\nTekst.", "Kop twee Tekst."),
    ("5. Kop met een cijfer\n---------------------\n\nTekst.", "5. Kop met een cijfer Tekst."),
    ("| a | b |\n|---|---|\n| 1 \\| 2 | 3 |\n| `4|5` |", "a / b 1 | 2 / 3 4|5 /"),
    ("a | b\n--|--\n1 | 2\n\n: Het bijschrift {#tbl-typed}", "Het bijschrift a / b 1 / 2"),
    # links, citations and notes
    ("Dat zegt @berg2019 [p. 12].", "Dat zegt Berg (2019, p. 12)."),
    ("Een zin [zie @berg2019, blz. 3, en verder].", "Een zin (zie Berg, 2019, p. 3, en verder)."),
    ("Zie [de bron][bron].\n\n[bron]: https://voorbeeld.invalid/x", "Zie de bron."),
    ("Kop drie\n---------\n\nTekst met &amp; en &eacute;&nbsp;x.", "Kop drie Tekst met & en é x."),
    ("Met `[@code` en \\[@ zo en [x].", "Met [@code en [@ zo en [x]."),
    ("Zie [a](https://voorbeeld.invalid/x \"titel\") en **dit.** en **dat**.", "Zie a en dit. en dat."),
    ("    x = 1\n    y = 2", "x = 1 y = 2"),
    ("Significant: 12** en 3*.", "Significant: 12** en 3*."),
    "Zie (https://voorbeeld.invalid/x) en www.voorbeeld.nl.",
    ("> Een citaat.\n>\n> > Met een ander erin.", "Een citaat. Met een ander erin."),
    ("1. punt\n\n   +-----+-----+\n   | a   | b   |\n   +=====+=====+\n   | 1   | 2   |\n   +-----+-----+",
     "1. punt a / b 1 / 2"),
    ("--------------------------\nWie         Wat\n----------- --------------\nDe buren    Zij brengen\n"
     "van nummer  een taart mee\n12\n\nIedereen    Zin\n--------------------------",
     "Wie / Wat De buren van nummer 12 / Zij brengen een taart mee Iedereen / Zin"),
)  # fmt: skip

# What is typed, the code by which it is told, and at which of its lines.
TOLD = (
    ("[Let op]: dit is een zin.", "D192", 1),
    ("[bron]: https://voorbeeld.invalid/x", "D192", 1),
    ("> [Let op]: dit is een zin.", "D192", 1),
    ("## Wat is C#", "D192", 1),
    ("## Wat is C# {#wat-is}", "D192", 1),
    (">5 jaar wachten.", "D192", 1),
    ("Een zin.\n\n: Bijschrift zonder tabel", "D192", 3),
    ("Een zin.\n\n~ ongeveer vijf", "D192", 3),
    ("1986. Een jaar om te onthouden.", "D192", 1),
    ("Dat is 2*3*4 samen.", "D192", 1),
    ("Van ~5/~10 euro.", "D192", 1),
    ("*", "D192", 1),
    ("| een rij | alleen |", "D192", 1),
    ("Tekst hier\n- - -\nen daar.", "D192", 2),
    ("- een punt {#mijn-id}", "D166", 1),
    ("Eindigt op een schuine streep\\", "D192", 1),
    ("1. een\n3. drie", "D193", 2),
    ("- punt\n    1. een\n    3. drie", "D193", 3),
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "D193", 3),
    ("Een alinea {#mijn-id}", "D166", 1),
    ("*een\n*twee", "D161", 1),
    ("-een\n-twee", "D161", 1),
    ("•\teen\n•\ttwee", "D161", 1),
    ("1.een\n2.twee", "D162", 1),
    ("a\tb\n1\t2", "D163", 1),
    ("##Kop", "D164", 1),
    ("Tekst <!-- opmerking --> verder.", "D108", 1),
    ("H<sub>2</sub>O", "D108", 1),
    ("Pad C:\\Users\\map", "D108", 1),
    ("[^weg]: Een noot die niemand aanroept.", "D142", 1),
    ("Tekst[^nergens].", "D140", 1),
    ("#### Kop vier\n\nTekst.", "D110", 1),
    ("Volg @gemeente.", "D201", 1),
    ("Een\u2028regel.", "D137", 1),
    ("Een\x0bregel.", "D137", 1),
    ("::: attention\nTekst zonder einde", "D129", 1),
    ("- een punt\n## Kop in een punt", "D164", 2),
    ("Tekst[^kop].\n\n[^kop]: Een noot.\n## Kop in een noot", "D164", 4),
    ("> Een citaat.\n## Kop in een citaat", "D164", 2),
    ("Dat zei [@berg2019 al eerder.", "D154", 1),
    ("Dat zei hij\nal [zie @berg2019, p. 3 eerder.", "D154", 2),
    ("Dat zei [@ en dan verder.", "D154", 1),
    ("Dat zei @berg2019, p. 3] eerder.", "D154", 1),
    ("Zie [@berg2019; en verder].", "D169", 1),
    ("Een zin ^[met een noot zonder eind.", "D154", 1),
    ("Een zin[^1 zonder eind.", "D154", 1),
    ("Tekst\n```\nen door.", "D242", 2),
    ("Tekst\n\n~~~\nTekst zonder einde", "D242", 3),
    ("Tekst\n***\nen door.", "D154", 2),
    ("Dat is **vet en loopt door.", "D154", 1),
    ("Dat is ** vet** hier.", "D154", 1),
    ("Zie [de bron] (https://voorbeeld.invalid/x).", "D154", 1),
    ("Zie (de bron)[https://voorbeeld.invalid/x].", "D154", 1),
    ("Zie [de bron](https://voorbeeld.invalid/x hier.", "D154", 1),
    ("[de bron](een adres met spaties)", "D120", 1),
    ("Een zin die doorloopt\n---", "D190", 1),
    ("Een titel\n===", "D190", 1),
    ("Een zin\nover twee regels\n---", "D192", 3),
    ("> Een citaat\n---", "D192", 2),
    ("> Een citaat\n> over twee regels\n---", "D192", 3),
    ("1. een punt\n---", "D192", 2),
    ("b) een punt\n---\n", "D192", 2),
    ("    gewone tekst van de gemeente die inspringt", "D170", 1),
    ("    git clone dossier", "D160", 1),
    ("Dan geldt x*y + y*z = 2.", "D192", 1),
    ("*p < 0,05; **p < 0,01; ***p < 0,001.", "D192", 1),
    ("a) een\nb) twee\nd) vier", "D193", 3),
    ("ii. twee\niv. vier", "D193", 2),
    ("Doel:\n\n1- een\n2- twee", "D162", 3),
    ("a | b\n1 | 2", "D163", 1),
    ("# Een tweede kop\n\nTekst.", "D199", 1),
    ("Tekst.\n\nNog een titel\n=============\n\nTekst.", "D199", 3),
    ("> Een citaat\n> > met een ander erin.", "D154", 2),
    ("## Zonder nummer {–}\n\nTekst.", "D154", 1),
    ("-------- -------\nWie      Aantal\n-------- -------\nAnna     3\nBo       4\n-------- -------", "D186", 5),
    ("-----------------\nWie      Wat\n-------- --------\nburen    thee\nzij      ijs\n-----------------", "D186", 5),
    ("- punt\n\n    +---+---+\n    | a | b |\n    +===+===+\n    | 1 | 2 |\n    +---+---+", "D335", 3),
    ("- punt\n\n  +---+---+\n  | a | b|\n  +===+===+\n  | 1 | 2 |\n  +---+---+", "D335", 4),
    ("Tekst ervoor\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+", "D335", 2),
    (f"Een lijst:\n\n{'- ' * 60}punt", "D138", 3),
)

# Lines of a chapter that stand before its snippet.
BEFORE = 4

REFERENCES = """\
references:
  - {id: berg2019, type: book, author: [{family: Berg, given: Karel}], issued: "2019", title: Slingers, publisher: X}
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """The dossier of all snippets: what check says of each file, and the chapters of those that it says nothing of.

    Each thing that it says is a code and a line, counted from the first of the snippet.
    """

    told: dict[str, set[tuple[str, int]]]
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
    for at, text in enumerate((*(text for text, _ in _pairs()), *(text for text, _, _ in TOLD))):
        chapter = f"# Stuk {{#stuk-{at}}}\n\nVoorop.\n\n{text}\n\nAchteraan.\n"
        (root / "chapters" / f"{at}.md").write_text(chapter, "utf-8", newline="")
    options = BuildOptions(root=str(root), output=str(folder / "output"), formats=(Format.HTML,), draft=True)
    with Scheduler(Store(folder / "store"), Inline(), "program").run("typed") as run:
        told = _by_file(check(options, Path(styles_folder()), run).problems)
        for at in range(len(PRINTED), len(PRINTED) + len(TOLD)):
            (root / "chapters" / f"{at}.md").unlink()
        done = build(options, Path(styles_folder()), run)
    assert done.exit_code is ExitCode.GOOD, done.problems
    (page,) = (folder / "output").rglob("*-dossier.html")
    return Typed(told, dict(_chapters(html.fromstring(page.read_bytes()))))


def _pairs() -> list[tuple[str, str]]:
    return [(snippet, snippet) if isinstance(snippet, str) else snippet for snippet in PRINTED]


def _of_one_publication(manifest: str) -> str:
    head, _, _ = manifest.partition("publications:")  # what stands behind them are exceptions for other files
    return f"{head}publications:\n  - {{id: dossier, kind: full, chapters: chapters/*.md}}\n"


def _by_file(problems: tuple[Problem, ...]) -> dict[str, set[tuple[str, int]]]:
    told: dict[str, set[tuple[str, int]]] = {}
    for found in problems:
        told.setdefault(Path(found.place.path).stem, set()).add((found.code, found.place.line - BEFORE))
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
        yield f" {_number(element)} "
    yield element.text or ""
    for inner in element:
        yield from _words(inner)
        yield inner.tail or ""
    if element.tag in ("td", "th") and element.getnext() is not None:
        yield " / "
    if element.tag in ("br", "div"):
        yield " "


def _number(item: html.HtmlElement) -> str:
    """The number of an item as a browser writes it."""
    above = item.getparent()
    at = int(above.get("start", "1")) + above.index(item)
    letters = {"a": string.ascii_lowercase, "A": string.ascii_uppercase}
    roman = ("i", "ii", "iii", "iv", "v")[at - 1] if above.get("type", "").lower() == "i" and at < 6 else ""
    number = letters[above.get("type")][at - 1] if above.get("type") in letters else roman or str(at)
    signs = above.getparent().get("class", "")
    return {"s": f"({number})", "n": f"{number})"}.get(signs[-1:], f"{number}.") if "-paren" in signs else f"{number}."


@pytest.mark.parametrize("at", range(len(PRINTED)), ids=[pair[0][:20] for pair in _pairs()])
def test_what_nothing_is_said_of_is_printed_as_typed(at: int, typed: Typed) -> None:
    assert not typed.told.get(str(at))
    assert typed.printed[str(at)] == _pairs()[at][1]


@pytest.mark.parametrize("at", range(len(TOLD)), ids=[text[:20] for text, _, _ in TOLD])
def test_what_is_printed_otherwise_is_told(at: int, typed: Typed) -> None:
    assert TOLD[at][1:] in typed.told[str(at + len(PRINTED))]
