"""What editors change in a Word document comes back into its text, and nothing else of the text changes."""

from __future__ import annotations

import copy
import difflib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command import MINIMAL
from word_edits import Docx, text_of, w, without_carriers

from dossierbuild.cli import main

CHAPTER = """\
---
status: final
---

# Hoe een feest begint {#begin}

Een feest begint met een tafel, 's avonds of *'s middags*, zegt @berg2019 [p. 12].
Dat vinden anderen ook [@bakker2021a, blz. 14; @feest-zd], en het "werkt" al jaren [zie @bakker2021b].
Volgens Bakker en Visser [-@bakker2021a, pp. 12-15] is de tafel lang.[^1]

[^1]: Een lange tafel heet ook wel [communal table]{lang=en} [@berg2019, hfst. 3].

## Wie er komen {#wie}

Zie [](#fig-gasten), [](#tbl-taken) en [](#slot). Meer staat op <https://feestbureau.invalid/>.
De buren komen **altijd** als eersten, en wie later komt
krijgt de laatste stoel.

De tweede alinea staat hier om verplaatst te worden, met een bron [@berg2019].
Daarna is er nog een zin.

::: {.chart #fig-gasten data="gasten.csv" type="line" x="jaar" y="gasten,buren" unit="%" alt="Het deel groeit."}
Wie er komen, in procenten [@berg2019].
:::

- eten en drinken voor iedereen
- muziek van de buren[^2]
    - een viool
    - een trom

[^2]: De muziek houdt om elf uur op.

| Taak              | Wie         |     Wanneer |
|:------------------|:------------|------------:|
| Tafels neerzetten | de overburen | om drie uur |
| Slingers ophangen | de kinderen | om vier uur |
| Opruimen          | iedereen    |      daarna |

: De taken verdeeld {#tbl-taken}

::: {.definition #wat-is-een-feest}
### Het feest

Een bijeenkomst waar mensen plezier hebben met elkaar.
:::

![De straat met slingers](figures/straat.svg){#fig-straat alt="Een straat met slingers tussen de huizen."}

## Waarom een feest werkt {#waarom}

Het slot van het hoofdstuk zegt nog iets over de *opbrengst* van een feest [@bakker2021b, p. 3].
"""
MOVED = "De tweede alinea staat hier om verplaatst te worden, met een bron [@berg2019]."


@dataclass(frozen=True, slots=True)
class Sent:
    """A dossier of which a chapter was sent, and the document."""

    dossier: Path
    data: bytes


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("word") / "dossier"))
    (dossier / "chapters" / "01-begin.md").write_text(CHAPTER, encoding="utf-8")
    (dossier / "chapters" / "02-slot.md").write_text("# Het slot {#slot}\n\nHet was voorbij.\n", encoding="utf-8")
    (dossier / "in-het-kort.md").write_text("# In het kort\n\nKort.\n", encoding="utf-8")
    manifest = (dossier / "dossier.yaml").read_text("utf-8")
    infographic = "  - {id: infographic, kind: infographic, spec: infographic.yaml}\n"
    (dossier / "dossier.yaml").write_text(manifest.replace(infographic, ""), encoding="utf-8")
    (dossier / "infographic.yaml").unlink()
    output = dossier.parent / "uit"
    assert main(["word", "out", str(dossier), "01-begin", "--output", str(output)]) == 0
    return Sent(dossier, (output / "01-begin.docx").read_bytes())


@dataclass(frozen=True, slots=True)
class Back:
    """How a document came back: the exit code, the chapter, the lines that changed, and what was said."""

    code: int
    text: str
    lost: tuple[str, ...]
    new: tuple[str, ...]
    said: str


Return = Callable[..., Back]


@pytest.fixture
def back(sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Return:
    """Brings an edited document back into a copy of the dossier."""
    dossier = Path(shutil.copytree(sent.dossier, tmp_path / "dossier"))
    chapter = dossier / "chapters" / "01-begin.md"

    def bring(data: bytes, *more: str) -> Back:
        before = chapter.read_text("utf-8")
        (tmp_path / "terug.docx").write_bytes(data)
        arguments = ["word", "in", str(tmp_path / "terug.docx"), "--dossier", str(dossier), "--write", *more]
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr().err.replace(f"{dossier}/", "")
        after = chapter.read_text("utf-8")
        lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
        lost = tuple(line[2:] for line in lines if line.startswith("- "))
        return Back(code, after, lost, tuple(line[2:] for line in lines if line.startswith("+ ")), said)

    return bring


Edit = Callable[[Docx], Any]


def new_row(docx: Docx) -> None:
    row = docx.paragraph("Opruimen").getparent().getparent()
    fresh = copy.deepcopy(row)
    for mark in list(fresh.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for t, words in zip(fresh.iter(w("t")), ["Afwassen", "de jarigen", "morgen"], strict=True):
        t.text = words
    row.addnext(fresh)


def delete_row(docx: Docx) -> None:
    row = docx.paragraph("Slingers").getparent().getparent()
    row.getparent().remove(row)


def new_section(docx: Docx) -> None:
    docx.after("Daarna is er nog", "Een nieuwe kop", style="Heading2")
    docx.after("Een nieuwe kop", "Een nieuwe alinea (Koeter, 2022).", like="De tweede alinea")


EDITS: dict[str, tuple[Edit, tuple[str, ...], tuple[str, ...]]] = {
    "nothing": (lambda docx: None, (), ()),
    "a word": (
        lambda docx: docx.replace("als eersten", "als laatsten"),
        ("De buren komen **altijd** als eersten, en wie later komt",),
        ("De buren komen **altijd** als laatsten, en wie later komt",),
    ),
    "a sentence with signs": (
        lambda docx: docx.replace("laatste stoel.", 'laatste stoel. Dat is "smaak" & *woorden* [nu].'),
        ("krijgt de laatste stoel.",),
        ('krijgt de laatste stoel. Dat is "smaak" & \\*woorden\\* \\[nu\\].',),
    ),
    "a paragraph deleted": (
        lambda docx: docx.delete("De tweede alinea"),
        (
            MOVED,
            "Daarna is er nog een zin.",
            "",
        ),
        (),
    ),
    "a section": (new_section, (), ("", "## Een nieuwe kop", "", "Een nieuwe alinea (Koeter, 2022).")),
    "a paragraph split": (lambda docx: docx.split("Daarna is er nog"), (), ("",)),
    "a paragraph split between two lines": (lambda docx: docx.split("De buren komen"), (), ("",)),
    "two paragraphs joined": (
        lambda docx: docx.join("Zie "),
        (
            "krijgt de laatste stoel.",
            "",
            MOVED,
        ),
        (f"krijgt de laatste stoel. {MOVED}",),
    ),
    "words made bold": (
        lambda docx: docx.look("de laatste stoel", b=True),
        ("krijgt de laatste stoel.",),
        ("krijgt **de laatste stoel**.",),
    ),
    "a word no longer italic": (
        lambda docx: docx.look("opbrengst", i=False),
        ("Het slot van het hoofdstuk zegt nog iets over de *opbrengst* van een feest [@bakker2021b, p. 3].",),
        ("Het slot van het hoofdstuk zegt nog iets over de opbrengst van een feest [@bakker2021b, p. 3].",),
    ),
    "a heading changed": (
        lambda docx: docx.replace("Wie er komen", "Wie er allemaal komen"),
        ("## Wie er komen {#wie}",),
        ("## Wie er allemaal komen {#wie}",),
    ),
    "a heading typed anew": (
        lambda docx: docx.replace("Waarom een feest werkt", "Het nut"),
        ("## Waarom een feest werkt {#waarom}",),
        ("## Het nut {#waarom}",),
    ),
    "a heading of another level": (
        lambda docx: docx.style("Waarom een feest", "Heading3"),
        ("## Waarom een feest werkt {#waarom}",),
        ("### Waarom een feest werkt {#waarom}",),
    ),
    "an item": (
        lambda docx: docx.after("eten en drinken", "een nieuw punt", like="eten en drinken"),
        (),
        ("- een nieuw punt",),
    ),
    "an item below another": (
        lambda docx: docx.after("een viool", "een fluit", like="een viool"),
        (),
        ("    - een fluit",),
    ),
    "a note": (
        lambda docx: docx.replace("om elf uur", "om twaalf uur", "word/footnotes.xml"),
        ("[^2]: De muziek houdt om elf uur op.",),
        ("[^2]: De muziek houdt om twaalf uur op.",),
    ),
    "the caption of a chart": (
        lambda docx: docx.replace("in procenten", "in hele procenten"),
        ("Wie er komen, in procenten [@berg2019].",),
        ("Wie er komen, in hele procenten [@berg2019].",),
    ),
    "the caption of a table": (
        lambda docx: docx.replace("De taken verdeeld", "De taken goed verdeeld"),
        (": De taken verdeeld {#tbl-taken}",),
        (": De taken goed verdeeld {#tbl-taken}",),
    ),
    "a cell": (
        lambda docx: docx.replace("om vier uur", "om vijf uur"),
        ("| Slingers ophangen | de kinderen | om vier uur |",),
        ("| Slingers ophangen | de kinderen | om vijf uur |",),
    ),
    "a cell emptied": (
        lambda docx: docx.replace("de kinderen", ""),
        ("| Slingers ophangen | de kinderen | om vier uur |",),
        ("| Slingers ophangen |             | om vier uur |",),
    ),
    "a row": (new_row, (), ("| Afwassen          | de jarigen  |      morgen |",)),
    "a row deleted": (delete_row, ("| Slingers ophangen | de kinderen | om vier uur |",), ()),
}


@pytest.mark.parametrize("name", EDITS)
def test_only_what_was_changed_changes(name: str, sent: Sent, back: Return) -> None:
    edit, lost, new = EDITS[name]
    docx = Docx(sent.data)
    edit(docx)
    data = docx.data()
    found = back(data)
    assert (found.code, found.lost, found.new) == (0, lost, new), found.said
    again = back(data)
    assert (again.code, again.lost, again.new) == (0, (), ())


def test_a_paragraph_that_moved_keeps_its_source(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.move("De tweede alinea", "Een feest begint met")
    moved = (
        "De tweede alinea staat hier om verplaatst te worden, met een bron [@berg2019].\nDaarna is er nog een zin.\n\n"
    )
    without = CHAPTER.replace(moved, "")
    before, behind = without.split("[^1]: ", 1)
    assert back(docx.data()).text in (f"{before}{moved}[^1]: {behind}", without.replace("## Wie", f"{moved}## Wie", 1))


@pytest.mark.parametrize("border", ["▼", "▲"])
def test_a_border_of_a_box_is_put_back(border: str, sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.delete(border)
    found = back(docx.data())
    assert found.text == CHAPTER
    assert "chapters/01-begin.md:41: opmerking D910" in found.said


def test_a_box_goes_when_all_of_it_goes(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    for words in ("▼", "Het feest", "Een bijeenkomst", "▲"):
        docx.delete(words)
    box = CHAPTER[CHAPTER.index("::: {.definition") : CHAPTER.index("![De straat")]
    assert back(docx.data()).text == CHAPTER.replace(box, "")


def test_what_is_typed_in_a_border_is_told_with_its_words(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.replace("Einde van het kader", "hier nog iets")
    found = back(docx.data())
    assert found.text == CHAPTER
    assert "D909" in found.said
    assert "hier nog iets" in found.said


def test_what_is_typed_over_a_label_is_told_and_the_citation_stays(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.replace("Landelijk Feestbureau", "LFB")
    found = back(docx.data())
    assert found.text == CHAPTER
    assert "D907" in found.said
    assert "LFB, z.d." in found.said


def test_a_document_that_lost_all_its_carriers_comes_back_by_its_words(sent: Sent, back: Return) -> None:
    assert back(without_carriers(sent.data)).text == CHAPTER
    docx = Docx(without_carriers(sent.data))
    docx.replace("als eersten", "als laatsten")
    found = back(docx.data())
    assert found.new == ("De buren komen **altijd** als laatsten, en wie later komt",)


def test_the_words_of_a_paragraph_are_those_of_its_runs(sent: Sent) -> None:
    assert any("Een bijeenkomst" in text_of(paragraph) for paragraph in Docx(sent.data).paragraphs())
