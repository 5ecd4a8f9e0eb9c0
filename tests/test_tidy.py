"""What is pasted or typed otherwise than it is read: told at its place, and written as it was meant by `tidy`."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest
from command import MINIMAL, ROOT, run
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossierbuild.core.ast import Node, walk
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import chapter_paths
from dossierbuild.core.spec import FullPlan, PublicationKind
from dossierbuild.stages.tidy import Known, Manuscript, findings, manuscript_of_text, slips, tidied
from dossierbuild.stages.tidy.manuscript import Role
from dossierbuild.tools.pandoc import read_markdown

KNOWN = Known(
    keys=frozenset({"berg2019", "cbs2022"}),
    labels=FrozenMap(
        {
            "figuur 7": "fig-zeven",
            "hoofdstuk 3": "drie",
            "paragraaf 2.1": "twee-een",
            "tabel 2": "tbl-twee",
            "bijlage a": "vragen",
            "tabel a.1": "tbl-vragen",
            "deel ii": "hoe",
        }
    ),
)


def read(text: str) -> Manuscript:
    return manuscript_of_text("a.md", text)


def told(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem in a text, in order."""
    manuscript = read(text)
    problems = slips(manuscript, findings(manuscript, KNOWN), "tidy")
    return sorted(
        ((found.code, found.place.line, found.place.column) for found in problems), key=lambda found: found[1:]
    )


def mended(text: str) -> str:
    return tidied(read(text), read, KNOWN)[0].prose.text


def kinds(text: str) -> list[str]:
    """The kinds of block that pandoc reads in a text."""
    return [block["t"] for block in read_markdown(text)[0]]


def nodes(text: str, kind: str) -> list[Node]:
    return [node for node in walk(read_markdown(text)[0]) if node["t"] == kind]


# --- lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        "•\tEerst\n•\tDan\n•\tTot slot",
        "•\tEerst\n\n•\tDan\n\n•\tTot slot",
        "· Eerst\n· Dan\n· Tot slot",
        "\uf0b7\tEerst\n\uf0b7\tDan\n\uf0b7\tTot slot",
        "\uf0a7 Eerst\n\uf0a7 Dan\n\uf0a7 Tot slot",
        "§\tEerst\n§\tDan\n§\tTot slot",
        "o\tEerst\no\tDan\no\tTot slot",
        "–\tEerst\n–\tDan\n–\tTot slot",
        "– Eerst\n– Dan\n– Tot slot",
        "→ Eerst\n→ Dan\n→ Tot slot",
        "– eerst;\n\n– dan;\n\n– tot slot.",
        "—Eerst\n—Dan\n—Tot slot",
        " ●  Eerst\n ●  Dan\n ●  Tot slot",
        "Nodig is:\n- Eerst\n- Dan\n- Tot slot",
        "Nodig is:\n* Eerst\n* Dan\n* Tot slot",
        "Nodig is:\n•\tEerst\n•\tDan\n•\tTot slot",
    ],
)
def test_bullets_become_a_list(pasted: str) -> None:
    assert not nodes(pasted, "BulletList")
    assert [code for code, *_ in told(pasted)] == ["D161"] * 3
    (made,) = nodes(mended(pasted), "BulletList")
    assert len(made["c"]) == 3


def test_a_bullet_of_the_second_level_stays_below_its_item() -> None:
    (outer, inner) = nodes(mended("•\tEten\no\thapjes\no\ttaart\n•\tDrinken"), "BulletList")
    assert [len(outer["c"]), len(inner["c"])] == [2, 2]


@pytest.mark.parametrize(
    ("pasted", "count"),
    [
        ("Nodig is:\n1)\tEerst\n2)\tDan", 2),
        ("Nodig is:\n1. Eerst\n2. Dan\n3. Klaar", 3),
        ("Nodig is:\n(1) Eerst\n(2) Dan", 2),
        ("Nodig is:\na) Eerst\nb) Dan", 2),
        ("Nodig is:\ni. Eerst\nii. Dan\niii. Klaar", 3),
        ("Nodig is:\n\n1.Eerst\n2.Dan", 2),
        ("I. Eerst\nII. Dan", 2),
    ],
)
def test_numbered_lines_become_a_list(pasted: str, count: int) -> None:
    assert not nodes(pasted, "OrderedList")
    assert {code for code, *_ in told(pasted)} == {"D162"}
    (made,) = nodes(mended(pasted), "OrderedList")
    assert len(made["c"][1]) == count


# --- tables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        "Gemeente\tAantal\nZutphen\t1.250\nDeventer\t2.340",
        "Gemeente\tAantal\n\nZutphen\t1.250\n\nDeventer\t2.340",
        "Zie hier:\nGemeente\tAantal\nZutphen\t1.250\nDeventer\t2.340",
        "\tAantal\nZutphen\t1.250\nDeventer\t2.340",
        "Gemeente      Aantal\nZutphen       1.250\nDeventer      2.340",
        "Gemeente;Aantal;Jaar\nZutphen;1.250;2020\nDeventer;2.340;2021",
        "| Gemeente | Aantal |\n| Zutphen | 1.250 |\n| Deventer | 2.340 |",
    ],
)
def test_rows_become_a_table(pasted: str) -> None:
    assert not nodes(pasted, "Table")
    assert [code for code, *_ in told(pasted)] == ["D163"]
    (made,) = nodes(mended(f"{pasted}\n\nTekst erna."), "Table")
    head, bodies = made["c"][3], made["c"][4]
    assert [len(head[1]), len(bodies[0][3])] == [1, 2]
    assert kinds(mended(f"{pasted}\n\nTekst erna."))[-1] == "Para"


def test_columns_of_numbers_stand_to_the_right_and_strokes_are_kept() -> None:
    (made,) = nodes(mended("Wie\tHoe|veel\nBuren\t12,5%\nGasten\t€ 1.250"), "Table")
    assert [alignment["t"] for alignment, _ in made["c"][2]] == ["AlignLeft", "AlignRight"]
    assert len(made["c"][3][1][0][1]) == 2


# --- headings, ids, captions, indents --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "levels"),
    [
        ("#Titel\n\nTekst.", [1]),
        ("#Titel {#id}\n\nTekst.", [1]),
        ("# Titel\n\n##Kop\n\nTekst.", [1, 2]),
        ("# Titel\n\n##\xa0Kop\n\nTekst.", [1, 2]),
        ("# Titel\n\n##Kop\nTekst.", [1, 2]),
        ("# Titel\n\nTekst ervoor.\n## Kop\nTekst erna.", [1, 2]),
    ],
)
def test_a_heading_becomes_a_heading(pasted: str, levels: list[int]) -> None:
    assert [heading["c"][0] for heading in nodes(pasted, "Header")] != levels
    assert [code for code, *_ in told(pasted)] == ["D164"]
    assert [heading["c"][0] for heading in nodes(mended(pasted), "Header")] == levels


@pytest.mark.parametrize("written", ["{kop}", "{.#kop}", "{# kop}", "{#}kop".replace("}kop", "kop}"), "{ # kop }"])
def test_an_id_becomes_an_id(written: str) -> None:
    text = f"# Titel {{#t}}\n\n## Kop {written}\n"
    assert [heading["c"][1][0] for heading in nodes(mended(text), "Header")] == ["t", "kop"]
    assert bool(told(text)) == (mended(text) != text)


def test_an_id_with_spaces_gets_hyphens() -> None:
    assert nodes(mended("# Titel {#wat we weten}\n"), "Header")[0]["c"][1][0] == "wat-we-weten"


def test_a_bold_line_is_told_and_left() -> None:
    text = "Tekst.\n\n**Wat we weten**\n\nTekst.\n"
    assert told(text) == [("D165", 3, 1)]
    assert mended(text) == text


def test_a_typed_number_goes_from_a_caption() -> None:
    text = '![Figuur 1: De straat](figures/a.svg){#fig-a alt="Een straat"}\n\nTekst\n\n: Tabel 2. Taken {#tbl-a}\n'
    assert [code for code, *_ in told(text)] == ["D172", "D172"]
    assert mended(text) == text.replace("Figuur 1: ", "").replace("Tabel 2. ", "")


def test_a_typed_number_goes_from_a_heading_that_has_one_of_its_own() -> None:
    text = "# Hoofdstuk 1: Begin\n\n## 1.1 Wat werkt\n\n## 3 manieren\n\n## 2024 in cijfers\n\n### 2. Hoe\n"
    known = Known(numbered=True)
    after, count = tidied(read(text), read, known)
    assert count == 3
    assert after.prose.text == "# Begin\n\n## Wat werkt\n\n## 3 manieren\n\n## 2024 in cijfers\n\n### Hoe\n"
    assert told(text) == []


def test_a_typed_label_goes_from_the_title_of_what_gets_one() -> None:
    text = "# Bijlage 1: De vragen\n\n## 2.1 Zelf genummerd {.unnumbered}\n\n## 2.2 Nog een {#x -}\n"
    after, count = tidied(read(text), read, Known(numbered=True, labelled=True))
    assert count == 1
    assert after.prose.text == text.replace("Bijlage 1: ", "")
    assert tidied(read(text), read, Known(numbered=True))[1] == 0


def test_an_indented_paragraph_becomes_a_paragraph() -> None:
    text = "Tekst ervoor.\n\n\tEen alinea met een tab vooraan.\n"
    assert told(text) == [("D170", 3, 1)]
    assert kinds(mended(text)) == ["Para", "Para"]


# --- notes, references, keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        "Dat is bekend.¹\n\nMeer tekst.\n\n¹ Zie de bijlage.\n",
        "Dat is bekend.[1]\n\nMeer tekst.\n\n[1] Zie de bijlage.\n",
        "Dat is bekend.^1^\n\nMeer tekst.\n\n^1^ Zie de bijlage.\n",
        "Dat is bekend [1].\n\nMeer tekst.\n[1]: Zie de bijlage.\n",
    ],
)
def test_a_typed_note_becomes_a_note(pasted: str) -> None:
    assert not nodes(pasted, "Note")
    assert [code for code, *_ in told(pasted)] == ["D167", "D167"]
    (note,) = nodes(mended(pasted), "Note")
    assert "bijlage" in json.dumps(note)


@pytest.mark.parametrize(
    "pasted", ["Dat is bekend.¹\n", "Een¹ en nog een¹.\n\n¹ Tekst.\n", "Ja[1] nee[^1].\n\n[^1]: x\n"]
)
def test_a_note_of_which_the_text_is_not_sure_is_left(pasted: str) -> None:
    assert {code for code, *_ in told(pasted)} == {"D167"}
    assert mended(pasted) == pasted


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("zie figuur 7.", "zie [](#fig-zeven)."),
        ("zie ook hoofdstuk\n3 en tabel 2", "zie ook [](#drie) en [](#tbl-twee)"),
        ("(par. 2.1)", "([](#twee-een))"),
        ("zie § 2.1 voor meer", "zie [](#twee-een) voor meer"),
        ("Figuur 7 laat het zien", "[Figuur 7](#fig-zeven) laat het zien"),
        ("zie deel II en bijlage A", "zie [](#hoe) en [](#vragen)"),
        ("(tabel A.1)", "([](#tbl-vragen))"),
        ("bekend (@berg2019)", "bekend [@berg2019]"),
        ("bekend (zie @berg2019, p. 3; @cbs2022)", "bekend [zie @berg2019, p. 3; @cbs2022]"),
        ("bekend [berg2019, p. 3]", "bekend [@berg2019, p. 3]"),
        ("volgens @ berg2019", "volgens @berg2019"),
    ],
)
def test_what_was_typed_becomes_a_reference(typed: str, written: str) -> None:
    assert {code for code, *_ in told(typed)} <= {"D168", "D169"}
    assert mended(typed) == written


@pytest.mark.parametrize(
    "left",
    ["Zie Fout! Verwijzingsbron niet gevonden.", "Figuur { SEQ Figuur \\* ARABIC }", "Tekst.\n\nPagina 3 van 12", "12"],
)
def test_what_word_left_is_told(left: str) -> None:
    assert [code for code, *_ in told(left)] == ["D171"]
    assert mended(left) == left


# --- signs: one line a kind and file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code", "written"),
    [
        ("Foto`s en auto`s, ´s avonds.", "D173", "Foto’s en auto’s, ’s avonds."),
        ("Het ''feest'' was een ,,succes''.", "D173", "Het “feest” was een “succes”."),
        ('“Ja”, zei zij. „Nee”, zei hij. "Wel."', "D173", "“Ja”, zei zij. “Nee”, zei hij. “Wel.”"),
        ("Twee  spaties en \xa0 nog  meer.", "D174", "Twee spaties en nog meer."),
        ("Sa\xadmen\xadle\u200bven.", "D175", "Samenleven."),
        ("Samen-\nleving en volks-\ngezondheid.", "D178", "Samen-\nleving en volks-\ngezondheid."),
    ],
)
def test_signs_are_told_once_with_their_number(typed: str, code: str, written: str) -> None:
    assert [found for found, *_ in told(typed)] == [code]
    assert mended(typed) == written


# --- no false alarms -------------------------------------------------------------------------------------------------

GOOD = r"""---
title: "Samen;  apart"
authors: [Anna]
---
# Gewone tekst {#gewoon}

In 2019 deed 1 op de 3 mensen – vooral ouderen – mee. De inspraak is (1) laat, (2) kort en (3) vrijblijvend.
Het ging om 12 m² en 3 km², met CO₂ en x² in de formule R² = 0,8. In hoofdstuk 3 van Jansen (2019) staat figuur 7.
Zie ook figuur 7 in het rapport van de gemeente, hoofdstuk 3 Wmo en tabel 2 [@berg2019]. Zie [@berg2019, hoofdstuk 3].

1985 was een goed jaar, met figuur 71 en figuur 7.2. Uit het rapport is figuur 7 bekend.

B. Jansen schreef dat het goed ging
– dat was in 2010 –
maar zo eenvoudig was het niet.

– Kom je mee? vroeg hij.

– Nee, zei ze.

"Dat is goed", zei hij. 's Avonds ging hij naar foto's kijken; z'n zus ook. 'Ja', zei ze. Hij wilde...

De prijs is € 1.250,-. Zie https://example.org/a--b?x=1#frag en jan@example.org of @jansen op een netwerk.

#MeToo begon in 2017 als een beweging.

#zorgsamen

**Let op.** Dit is vet aan het begin.

**Niemand mag alleen staan.**

> **Wie** zegt dat?
> - een
> - twee

- een
    - twee

      verder
- drie

    Een alinea in de lijst die verder gaat.

1. Een

   Tweede alinea.
2. Twee

Term
:   uitleg van de term

| Een gedicht
| met   regels

| Kop | Nog een |
|:----|--------:|
| a   | 1       |

  Rechts     Links
--------  --------
   12         x

```
•	code
##Kop  met  spaties
```

    een = blok + code;

Zij zei [dat] het mocht; [...] en [sic]. Een lijst in- en
uitvoer. Sociaal-
en cultureel werk. `foto´s  in  code` en [koppeling](https://example.org/?a=1;b=2 "titel").

::: {.chart #fig-a data="a.csv" type="line" x="jaar" y="a" alt="De  lijn ''daalt''."}
Gasten per jaar
:::

Verzameling {a, b} en {x}. Tekst.[^1]

[^1]: Een noot over (@berg2019) is er niet, volgens (naar @berg2019 zegt) ook niet.
""".replace("over (@berg2019) is er niet, ", "")


def test_good_text_is_left_alone() -> None:
    assert told(GOOD) == []
    assert mended(GOOD) == GOOD


@pytest.mark.parametrize("folder", ["sources", "tests/dossiers"])
def test_good_dossiers_are_left_alone(folder: str) -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / folder).rglob("*.md")]
    assert texts
    assert [text for text in texts if told(text) or mended(text) != text] == []


# --- the laws --------------------------------------------------------------------------------------------------------

# One a line; what stands for a sign that nobody sees is put in below.
PASTED = """
•→Een
• twee
\uf0b7→drie
o→vier
– vijf;
- zes
* zeven
1)→Eerst
2)→Dan
(1) Eerst
a. x
b. y
Wie→Hoe
Buren→12
→13
a;b;c
| a | b |
|---|---|
##Kop
#Titel
## Kop
## Kop {kop}
**Vet**
Gewone tekst.
Tekst ervoor:
→Een alinea met een tab.
    Een alinea met spaties ervoor.
Dat.¹
¹ Noot
Dit[2]
[2] Noot
zie figuur 7
Figuur 7 toont
(@berg2019)
[berg2019]
@ cbs2022
Figuur 1: De straat
![Figuur 1: x](a.svg)
: Tabel 2. y
Foto´s
''ja''
“ja” "nee"
twee  spaties
af\xadbreken
samen-
leving
```
::: practice
:::
> citaat
---
`a  b`
{ SEQ Figuur }
12
[^1]: noot
tekst[^1]
Term
:   uitleg
+---+---+
https://example.org/a''b''c
"""
PIECES = st.sampled_from(PASTED.replace("→", "\t").strip("\n").split("\n"))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\r\n", "\r", " "])), max_size=12).map(
    lambda pieces: "".join(part for piece in pieces for part in piece)
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("Tekst\n•\tEen\n\no\ttwee")
def test_tidied_twice_is_tidied_once_and_leaves_only_what_is_not_sure(text: str) -> None:
    after = mended(text)
    assert mended(after) == after
    assert [finding for finding in findings(read(after), KNOWN) if finding.mend is not None] == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_code_and_addresses_are_kept(text: str) -> None:
    def untouched(written: str) -> list[str]:
        code = [line.text for line in read(written).lines if line.role is Role.CODE]
        return code + re.findall(r"https://\S+|`[^`\n]+`|\(a\.svg\)", written)

    assert untouched(mended(text)) == untouched(text)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.built
def test_tidy_shows_the_change_and_writes_it_when_asked(dossier: Path) -> None:
    path = dossier / "chapters" / "02-slot.md"
    before = path.read_bytes()
    pasted = (
        before
        + "\nNodig is:\r\n•\ttaart;\r\n•\tmuziek, zie figuur 1.\r\n\r\n**Wie er komen**\r\n\r\nBuren.\r\n".encode()
    )
    path.write_bytes(pasted)
    shown = run("tidy", path)
    assert (shown.code, path.read_bytes()) == (0, pasted)
    assert {line for line in shown.out.splitlines() if line.startswith("+") and not line.startswith("+++")} == {
        "+", "+- taart;", "+- muziek, zie [](#fig-gasten).",
    }  # fmt: skip
    assert re.findall(r"D1[67]\d", shown.err) == ["D165"]
    assert run("check", dossier).code == 3
    written = run("tidy", path, "--write")
    assert written.out == shown.out
    assert path.read_bytes().startswith(before)
    assert b"\r\n\r\n- taart;\r\n- muziek" in path.read_bytes()
    again = run("tidy", path, "--write")
    assert (again.code, again.out) == (0, "")
    left = run("check", dossier, "--format-problems", "json")
    assert [json.loads(line)["code"] for line in left.err.splitlines()] == ["D165"]


@pytest.mark.built
def test_tidy_mends_the_texts_of_an_infographic(dossier: Path) -> None:
    path = dossier / "infographic.yaml"
    text = path.read_text("utf-8")
    pasted = text.replace("in 2024 [@berg2019]", "in  2024, zie figuur 1. Dat is veel (@berg2019)").replace(
        "lang genoeg", "figuur 1"
    )
    path.write_text(pasted, encoding="utf-8")
    done = run("tidy", path, "--write")
    assert done.code == 0
    written = text.replace("in 2024 [@berg2019]", "in 2024, zie [](#fig-gasten). Dat is veel [@berg2019]")
    assert path.read_text("utf-8") == written.replace("lang genoeg", "figuur 1")
    assert re.search(r"infographic\.yaml:7:\d+: waarschuwing D168: ", done.err)


@pytest.mark.built
def test_a_file_without_a_dossier_is_tidied_too(tmp_path: Path) -> None:
    path = tmp_path / "los.md"
    path.write_text("##Kop\n\n•\teen\n", encoding="utf-8")
    assert run("tidy", path, "--write").code == 0
    assert path.read_text("utf-8") == "## Kop\n\n- een\n"


# --- files and their order -------------------------------------------------------------------------------------------


@pytest.mark.built
def test_a_build_hears_of_a_file_that_is_added_and_tells_it(dossier: Path, tmp_path: Path) -> None:
    command = ("build", dossier, "--output", tmp_path / "output", "--only", "in-het-kort", "--format", "html")
    assert "D177" not in run(*command).err
    (dossier / "chapters" / "03-nieuw.docx").write_bytes(b"PK")
    (dossier / "chapters" / "~$nieuw.docx").write_bytes(b"x")
    (dossier / "Thumbs.db").write_bytes(b"x")
    done = run(*command)
    assert done.code == 0
    assert [line for line in done.err.splitlines() if "D17" in line and "03-nieuw.docx" in line]
    assert not re.search(r"~\$|Thumbs", done.err)


def test_chapters_stand_in_the_order_of_people() -> None:
    plan = FullPlan(id="d", kind=PublicationKind.FULL, chapters="chapters/*.md")
    names = ["10-x", "2-x", "9-x", "hoofdstuk10", "Hoofdstuk9", "één", "Elf", "een", f"{'9' * 5000}", "1"]
    ordered = chapter_paths(plan, tuple(f"chapters/{name}.md" for name in names))
    assert [Path(path).stem for path in ordered] == [
        "1", "2-x", "9-x", "10-x", "9" * 5000, "een", "één", "Elf", "Hoofdstuk9", "hoofdstuk10",
    ]  # fmt: skip


def test_the_good_dossier_has_no_unused_files() -> None:
    assert run("check", MINIMAL).code == 0


def test_what_is_about_the_folder_is_not_told_and_a_text_that_begins_alike_is(dossier: Path) -> None:
    kept = (
        "README.md",
        "README.nl.md",
        "LICENSE.md",
        "LICENSE-CC-BY.md",
        "CHANGELOG.md",
        "LEESMIJ.txt",
        "data/README.md",
    )
    told = ("Licentiebeleid.md", "EXPECTED.md", "notities/licentie-en-recht.md", "notities/readme-oud.md")
    for name in (*kept, *told):
        (dossier / name).parent.mkdir(exist_ok=True)
        (dossier / name).write_text("# Een kop\n\nEen zin.\n", encoding="utf-8")
    done = run("check", dossier, "--format-problems", "json")
    (found,) = [json.loads(line) for line in done.err.splitlines()]
    assert found["code"] == "D176"
    assert sorted(found["message"].partition(": ")[2].split(", ")) == sorted(told)


# --- keys joined by words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bekend [@berg2019 en @cbs2022].", "Bekend [@berg2019; @cbs2022]."),
        ("Bekend [zie @berg2019, @cbs2022, p. 4].", "Bekend [zie @berg2019; @cbs2022, p. 4]."),
        ("Bekend [@berg2019, p. 3 & @cbs2022; @koeter2022].", "Bekend [@berg2019, p. 3; @cbs2022; @koeter2022]."),
    ],
)
def test_keys_in_one_citation_are_parted(typed: str, meant: str) -> None:
    assert [code for code, _, _ in told(typed)] == ["D169"]
    assert mended(typed) == meant


def test_words_between_keys_are_told_and_left() -> None:
    typed = "Bekend [@berg2019, aangehaald in @cbs2022]."
    (finding,) = findings(read(typed), KNOWN)
    assert (finding.written, finding.mend) == ("[@berg2019; aangehaald in @cbs2022]", None)
    assert mended(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "[zie @berg2019, p. 3; ook @cbs2022]",
        "`[@a en @b]`",
        "[mail a@b.nl en c@d.nl]",
        "[tekst @berg2019 en @cbs2022](https://x.nl)",
    ],
)
def test_one_key_in_a_part_is_as_it_should_be(typed: str) -> None:
    assert "D169" not in [code for code, _, _ in told(typed)]


# --- cross-references of other systems -----------------------------------------------------------------------------

IDS = frozenset({"fig-kaart", "fig-foto", "tbl-cijfers", "sec-methode"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Zie @fig-kaart.", "Zie [](#fig-kaart)."),
        ("Zie [@fig-kaart; @fig-foto].", "Zie [](#fig-kaart), [](#fig-foto)."),
        ("Dat is te zien [zie @fig:kaart].", "Dat is te zien zie [](#fig-kaart)."),
        ("Zie (@tbl-cijfers) en @Sec-methode.", "Zie ([](#tbl-cijfers)) en [](#sec-methode)."),
        ("Zie figuur \\@ref(fig:kaart) en\ntabel \\@ref(tab:cijfers).", "Zie [](#fig-kaart) en\n[](#tbl-cijfers)."),
        ("Zie (fig. [-@fig-kaart]).", "Zie ([](#fig-kaart))."),
        ("Zie tabel~\\ref{tab:cijfers} en \\autoref{fig:kaart}.", "Zie [](#tbl-cijfers) en [](#fig-kaart)."),
    ],
)
def test_a_cross_reference_of_another_system_is_written_as_ours(typed: str, meant: str) -> None:
    known = dataclasses.replace(KNOWN, ids=IDS)
    manuscript = read(typed)
    assert {found.code for found in slips(manuscript, findings(manuscript, known), "tidy")} == {"D241"}
    assert tidied(manuscript, read, known)[0].prose.text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Zie @fig-weg.",  # nothing has that id
        "Zie \\@ref(fig:kaart) en \\ref{fig:foto}.",  # a number alone
        "Figuren \\@ref(fig:kaart) en \\@ref(fig:foto) samen.",
        "Zie blz. \\pageref{fig:kaart}.",
        "Zie [@fig-kaart; @berg2019, p. 3].",  # a source beside it
    ],
)
def test_what_prints_something_else_is_told_and_left(typed: str) -> None:
    known = dataclasses.replace(KNOWN, ids=IDS)
    manuscript = read(typed)
    assert "D241" in {found.code for found in slips(manuscript, findings(manuscript, known), "tidy")}
    assert tidied(manuscript, read, known)[0].prose.text == typed


@pytest.mark.parametrize(
    "typed",
    [
        "De code `@fig-kaart` en `\\ref{fig:x}`.",
        "```\n@fig-kaart\n```",
        "Mail jan@fig-kaart.nl of volg \\@fig-kaart.",
        "Dat zegt @berg2019 [p. 3].",
        "(@goed) Een voorbeeld.\n\nZie (@goed).",
        "Zie <https://voorbeeld.invalid/@fig-kaart>.",
    ],
)
def test_what_is_no_cross_reference_is_not_told(typed: str) -> None:
    known = dataclasses.replace(KNOWN, ids=IDS)
    assert told(typed) == []
    assert findings(read(typed), known) == ()
