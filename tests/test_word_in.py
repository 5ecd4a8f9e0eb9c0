"""What editors change in a Word document comes back into its text, and nothing else of the text changes."""

from __future__ import annotations

import copy
import difflib
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command import MINIMAL, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from word_edits import Docx, w, without_carriers

from dossierbuild.cli import main
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile
from dossierbuild.stages.merge import Merged, Taken, bring, exchanges, source_text, three_way
from dossierbuild.stages.merge.glyphs import glyphs, shown, written
from dossierbuild.stages.parse import parse_text
from dossierbuild.tools.docx import read_document

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

Dan de voorbereiding:

2. tafels zoeken
3. stoelen zoeken
4. alles neerzetten

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

~~~ {.python}
def tel(gasten):
    # wie er zijn

    return  len(gasten)
~~~
"""
MOVED = "De tweede alinea staat hier om verplaatst te worden, met een bron [@berg2019]."


NEW_WORK = json.dumps(
    {
        "citationID": "n1",
        "properties": {"plainCitation": "(Nieuw, 2024)"},
        "citationItems": [
            {
                "id": 12,
                "itemData": {
                    "type": "book",
                    "title": "Een heel nieuw boek",
                    "author": [{"family": "Nieuw", "given": "Jan"}],
                    "issued": {"date-parts": [[2024]]},
                    "publisher": "Uitgeverij Noord",
                },
            }
        ],
    }
)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "PNG")
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class Sent:
    """A dossier of which a chapter was sent, and the document."""

    dossier: Path
    document: Path

    @property
    def data(self) -> bytes:
        return self.document.read_bytes()


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
    return Sent(dossier, output / "01-begin.docx")


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
        lambda docx: docx.replace(
            "laatste stoel.", 'laatste stoel. Dat is "smaak" & *woorden* [nu] {#x} op www.a.nl/~b.'
        ),
        ("krijgt de laatste stoel.",),
        ('krijgt de laatste stoel. Dat is "smaak" & \\*woorden\\* \\[nu\\] \\{#x} op www.a.nl/~b.',),
    ),
    "a paragraph deleted": (
        lambda docx: docx.delete("De tweede alinea"),
        ("", MOVED, "Daarna is er nog een zin."),
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
    "a word of code": (
        lambda docx: docx.replace("wie er zijn", "wie er komen"),
        ("    # wie er zijn",),
        ("    # wie er komen",),
    ),
    "an address for words": (
        lambda docx: docx.link("de laatste stoel", "https://stoel.invalid/"),
        ("krijgt de laatste stoel.",),
        ("krijgt [de laatste stoel](https://stoel.invalid/).",),
    ),
    "a paragraph joined with the end of its box": (lambda docx: docx.join("Een bijeenkomst"), (), ()),
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
    "the first of numbered items deleted": (
        lambda docx: docx.delete("tafels zoeken"),
        ("2. tafels zoeken", "3. stoelen zoeken"),
        ("2. stoelen zoeken",),
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


def test_a_second_time_changes_nothing(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    new_section(docx)
    docx.note("Daarna is er nog", "Een verse noot.")
    docx.field("Het slot van", f"ADDIN ZOTERO_ITEM CSL_CITATION {NEW_WORK}", "(Nieuw, 2024)")
    docx.new_picture("De buren komen", png(), "Een rood vlak.")
    data = docx.data()
    found = back(data)
    assert found.code == 0
    assert "Daarna is er nog een zin.[^3]\n\n[^3]: Een verse noot.\n" in found.text
    assert "een feest [@bakker2021b, p. 3].[@nieuw2024]\n" in found.text
    assert re.search(r"!\[\]\(figures/(fig-\w+)\.png\)\{#\1 alt=\"Een rood vlak.\"\}", found.text)
    assert "D918" in found.said
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
    line = CHAPTER.splitlines().index("::: {.definition #wat-is-een-feest}") + 1
    assert f"chapters/01-begin.md:{line}: opmerking D910" in found.said


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


def test_a_document_of_all_texts_brings_each_back(sent: Sent, tmp_path: Path) -> None:
    dossier = Path(shutil.copytree(sent.dossier, tmp_path / "dossier"))
    assert main(["word", "out", str(dossier), "--whole", "--output", str(tmp_path)]) == 0
    (document,) = tmp_path.glob("*.docx")
    docx = Docx(document.read_bytes())
    docx.replace("als eersten", "als laatsten")
    docx.replace("Het was voorbij", "Het is voorbij")
    document.write_bytes(docx.data())
    assert main(["word", "in", str(document), "--dossier", str(dossier), "--write"]) == 0
    assert (dossier / "chapters/01-begin.md").read_text("utf-8") == CHAPTER.replace("als eersten", "als laatsten")
    assert (dossier / "chapters/02-slot.md").read_text("utf-8") == "# Het slot {#slot}\n\nHet is voorbij.\n"
    assert (dossier / "in-het-kort.md").read_text("utf-8") == "# In het kort\n\nKort.\n"


@pytest.mark.parametrize(("choice", "word"), [("accept", " heel"), ("reject", "")])
def test_tracked_changes_are_decided_on_as_asked(choice: str, word: str, sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.insert("Een bijeenkomst waar", word or " weg")
    assert "D903" in back(docx.data()).said
    found = back(docx.data(), "--changes", choice)
    assert found.text == CHAPTER.replace("met elkaar.", f"met elkaar.{word}")


def test_comments_are_told_at_their_words_and_all_are_counted(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.comment("als eersten", "Klopt dit?")
    docx.comment("", "Waar gaat dit over?")
    found = back(docx.data())
    assert found.text == CHAPTER
    assert "chapters/01-begin.md:16:27: opmerking D904: opmerking van Redacteur: 'Klopt dit?'" in found.said
    assert "D905" in found.said
    assert "2; met een plaats: 1, zonder plaats: 1, afgehandeld: 0" in found.said


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("in procenten", ""),
        ("De taken verdeeld", ""),
        ("de kinderen", ""),
        ("muziek van", ""),
        ("in procenten", "hele "),
    ],
)
def test_a_comment_on_a_cell_or_a_caption_is_told_at_its_words(words: str, more: str, sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.comment(words, "Weet u dat zeker?")
    if more:
        docx.replace("Wie er komen, ", f"Wie er {more}komen, ")
    found = back(docx.data())
    line = next(number for number, line in enumerate(found.text.splitlines(), 1) if words in line)
    column = found.text.splitlines()[line - 1].index(words) + 1
    assert f"chapters/01-begin.md:{line}:{column}: opmerking D904" in found.said


def test_a_new_note_in_a_caption_has_its_text(sent: Sent, back: Return) -> None:
    docx = Docx(sent.data)
    docx.note("in procenten", "Een verse noot.")
    found = back(docx.data())
    assert found.code == 0, found.said
    assert "[^3]: Een verse noot." in found.text


def brought(sent: Sent, data: bytes) -> str:
    """The chapter with the changes of a document, as they are before anything is proven."""
    parsed = parse_text(SourceFile("begin.md", CHAPTER.encode(), ""), Language.NL).value
    assert parsed is not None
    source = source_text("begin.md", CHAPTER, parsed.passages)
    (exchange,) = exchanges([source], read_document(sent.data), read_document(data))
    return bring(exchange, lambda field: "").text


def typed_words(docx: Docx) -> list[tuple[Any, re.Match[str]]]:
    """Every word of an editor's in a document: neither a label nor what the program says."""
    found = []
    for paragraph in docx.paragraphs():
        names = [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]
        depth = 0
        for element in paragraph.iter(w("fldChar"), w("t")) if any(map(OWN.match, names)) else ():
            if element.tag == w("t"):
                found += [(element, word) for word in re.finditer(r"\w+", element.text or "") if not depth]
            else:
                depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
    return found


OWN = re.compile(r"_dbn?_?\d")
NEW = ["appel", "BOOM", "één", "x1", "fiets-pad", "a & b", "1.", "(nu)", "'t"]


@given(edits=st.lists(st.tuples(st.integers(0, 500), st.sampled_from(NEW)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_whichever_words_are_typed_only_these_change(sent: Sent, edits: list[tuple[int, str]]) -> None:
    docx = Docx(sent.data)
    places = typed_words(docx)
    chosen = {at % len(places): fresh for at, fresh in edits}
    counted = Counter(tokens(CHAPTER))
    for at in sorted(chosen, reverse=True):
        element, word = places[at]
        element.text = element.text[: word.start()] + chosen[at] + element.text[word.end() :]
        counted.subtract([word[0]])
        counted.update(tokens(chosen[at]))
    assert Counter(tokens(brought(sent, docx.data()))) == +counted


def tokens(text: str) -> list[str]:
    """Words and signs, whatever the spaces that fill a cell and the form of an apostrophe."""
    return re.findall(r"\w+|[^\w\s\\]", text.replace("’", "'"))


# --- with what was changed at home -----------------------------------------------------------------------------------

BASE = "Een zin staat hier. Een tweede zin ook.\n\nEen andere alinea.\n\nDe laatste.\n"
THREE = [
    ("Een zin stond hier.", "Een zin staat hier.", "Een andere alinea.", "Nog een alinea."),
    ("Een zin staat hier.", "Eén zin staat hier.", "Een tweede zin ook.", "Een tweede zin niet."),
    ("De laatste.", "De laatste.\n\nThuis erbij.", "De laatste.", "De laatste.\n\nIn Word erbij."),
]


@pytest.mark.parametrize(("ours_old", "ours_new", "word_old", "word_new"), THREE)
def test_what_both_changed_apart_is_all_there(ours_old: str, ours_new: str, word_old: str, word_new: str) -> None:
    ours, theirs = BASE.replace(ours_old, ours_new), BASE.replace(word_old, word_new)
    merged = three_way(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert all(word in merged.text for word in (*ours_new.split(), *word_new.split()))
    assert three_way(BASE, merged.text, theirs).text == merged.text


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (BASE.replace("tweede", "derde"), BASE.replace("tweede", "vierde")),
        (BASE.replace("Een andere alinea.\n\n", ""), BASE.replace("andere", "nieuwe")),
        (BASE.replace("andere", "nieuwe"), BASE.replace("Een andere alinea.\n\n", "")),
    ],
)
def test_what_contradicts_stays_ours_until_it_is_chosen(ours: str, theirs: str) -> None:
    kept = three_way(BASE, ours, theirs)
    assert kept.text == ours
    assert len(kept.conflicts) == 1
    chosen = three_way(BASE, ours, theirs, lambda offset: Taken.WORD)
    assert (chosen.text, chosen.conflicts) == (theirs, ())
    assert three_way(BASE, ours, theirs, lambda offset: Taken.OURS) == Merged(ours, ())


# --- the signs of a source -------------------------------------------------------------------------------------------


@given(text=st.text(alphabet="ab *_`[](){}@#^~$\\<>!-.'\"\n&;:1", max_size=60))
def test_signs_are_written_as_they_were_read(text: str) -> None:
    assert written(glyphs(text)) == text


TEXTS = sorted(path for folder in (ROOT / "sources", *MINIMAL.parent.iterdir()) for path in folder.rglob("*.md"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_the_pieces_of_a_text_are_the_text_and_say_what_its_passages_say(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    parsed = parse_text(SourceFile(path.name, data, ""), Language.NL).value
    assert parsed is not None
    source = source_text(path.name, text, parsed.passages)
    lines = (segment.text for segment in source.segments)
    assert "".join(piece for pair in zip(source.gaps, (*lines, ""), strict=True) for piece in pair) == text
    parts = [(segment, part) for segment in source.segments for part in segment.parts]
    assert all(segment.text[part.start : part.end] == part.source for segment, part in parts)
    passages = {part: parsed.passages[part.passage].text for _, part in parts if not part.is_fixed}
    differ = [part.source for part, text in passages.items() if words(shown(part.glyphs)) != words(text)]
    assert all("$" in text or "\\begin" in text or "(@" in text for text in differ)  # formulas, numbered examples


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
