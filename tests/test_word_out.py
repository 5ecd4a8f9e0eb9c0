"""`word out`: what is in the Word documents that it makes of texts, read back."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import MINIMAL, ROOT, run

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile, TextFile
from dossierbuild.core.passages import ATOM, Kind, Passage
from dossierbuild.core.sent import (
    DIGEST_PROPERTY,
    DOSSIER_PROPERTY,
    FIXED_STYLES,
    PATH_PROPERTY,
    SENT_PROPERTY,
    TOP,
    Bookmark,
    Carrier,
    read_bookmark,
)
from dossierbuild.core.word import (
    Document,
    Field,
    Formula,
    Inline,
    Link,
    Mark,
    Note,
    Paragraph,
    Picture,
    Table,
    Text,
    inlines_of,
    paragraphs_of,
)
from dossierbuild.stages.parse import parse_text
from dossierbuild.tools.docx import read_document

DOSSIERS = ("minimal", "every-construct", "awkward", "hard-cases", "report")
# What is said of these stands in a line of the program's, or in no word of their own.
WITHOUT_WORDS = frozenset({Kind.LIST, Kind.BOX, Kind.ROW, Kind.QUOTATION, Kind.ALT, Kind.VALUE, Kind.INSERT})

MORE = """\
# Meer over muziek {#muziek}

Zij schrijft "mooi" & \\<luid>, zie [](#tbl-muziek) en [de tabel](#tbl-muziek). Ook @berg2019 [p. 12, noot 3] vindt dat,
[vgl. @bakker2021a, hoofdstuk 2; -@feest-zd], en de som is $a^2 + b^2$ in de zin.[^1]

$$\\sum_{i=1}^n v_i$$

Weer een zin met die noot.[^1] [All *play*]{lang=en} samen.\\
Een nieuwe regel.

![](figures/taart.png){alt=""}

| Lied | Wie |
|:-----|:----|
| Volkslied |  |

: Wat er klonk {#tbl-muziek}

3. drie
4. vier

    nog bij vier

    - dieper

```
trommel  =  1

fluit = 2
```

| regel een
|   regel twee

::: {lang=fr}
Un refrain.
:::

[^1]: De noot, met *nadruk*.

    Tweede alinea van de noot.
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a dossier: the command's folder, the documents by name, and the dossier."""

    dossier: Path
    folder: Path
    documents: Mapping[str, bytes]


def send(dossier: Path, folder: Path, *arguments: str) -> Sent:
    done = run("word", "out", dossier, *arguments, "--output", folder)
    assert done.code == 0, done.err
    return Sent(dossier, folder, {path.name: path.read_bytes() for path in sorted(folder.glob("*.docx"))})


@pytest.fixture(scope="module", params=DOSSIERS)
def sent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Each dossier of the tests, all of its texts sent."""
    folder = tmp_path_factory.mktemp("sent")
    shutil.copytree(ROOT / "tests" / "dossiers" / request.param, folder / "dossier")
    return send(folder / "dossier", folder / "word")


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The chapter of this file."""
    folder = tmp_path_factory.mktemp("music")
    shutil.copytree(MINIMAL, folder / "dossier")
    (folder / "dossier" / "chapters" / "03-muziek.md").write_text(MORE, encoding="utf-8")
    return send(folder / "dossier", folder / "word", "03-muziek")


@pytest.fixture(scope="module")
def chapter(music: Sent) -> Document:
    return read_document(music.documents["03-muziek.docx"])


def text_kept(dossier: Path, document: Document) -> TextFile:
    """The text that a document was made of, as the dossier keeps it."""
    (kept,) = (dossier / ".word").glob(f"*-{document.stated[SENT_PROPERTY]}.md")
    file = SourceFile(document.stated[f"{PATH_PROPERTY}1"], kept.read_bytes(), "")
    assert file.data == (dossier / file.path).read_bytes()
    parsed = parse_text(file, Language.NL).value
    assert parsed is not None
    return parsed


def marked(document: Document) -> dict[tuple[Carrier, int], list[Paragraph]]:
    """The paragraphs that begin with a bookmark, by what it stands around and its number."""
    found: dict[tuple[Carrier, int], list[Paragraph]] = {}
    for paragraph in paragraphs_of(document.blocks):
        for mark in (inline for inline in paragraph.content if isinstance(inline, Mark) and inline.is_start):
            bookmark = read_bookmark(mark.name)
            if bookmark:
                found.setdefault((bookmark.carrier, bookmark.number), []).append(paragraph)
    return found


def words(content: tuple[Inline, ...]) -> str:
    """The words of a paragraph on one line, with the sign of an atom for each field and note, and none for formulas."""
    pieces: list[str] = []
    for inline in content:
        if isinstance(inline, Field | Note):
            pieces.append(ATOM)
        elif isinstance(inline, Link):
            pieces.append(words(inline.content))
        elif not isinstance(inline, Mark):
            pieces.append(inline.words if isinstance(inline, Text) else " ")
    return " ".join("".join(pieces).split())


def without_formulas(passage: Passage, paragraph: Paragraph) -> str:
    """The words of a passage, without those that no language is marked for where a formula stands in its paragraph."""
    text = passage.text
    if any(isinstance(inline, Formula) for inline in paragraph.content):
        for run_ in reversed(passage.runs):
            if run_.language == "zxx":
                text = f"{text[: run_.start]} {text[run_.end :]}"
    return " ".join(text.split())


def within_further_reading(passages: tuple[Passage, ...], text: TextFile) -> set[str]:
    """The ids of passages that name works to read further, which a document names in one line."""
    places = {site.place.line for site in text.further_reading}
    named = {passage.id for passage in passages if passage.lines.first in places and passage.kind is not Kind.BOX}
    for passage in passages:
        named |= {passage.id} if passage.within in named else set()
    return named


# --- all texts of all dossiers ---------------------------------------------------------------------------------------


def test_every_passage_is_in_its_document_with_its_words(sent: Sent) -> None:
    assert sent.documents
    for data in sent.documents.values():
        document = read_document(data)
        text = text_kept(sent.dossier, document)
        found, apart = marked(document), within_further_reading(text.passages, text)
        for number, passage in enumerate(text.passages):
            if passage.kind in WITHOUT_WORDS or passage.id in apart or not passage.text:
                continue
            carrier = Carrier.NOTE if passage.kind is Kind.NOTE else Carrier.WORDS
            (paragraph, *_) = found[carrier, number]
            assert words(paragraph.content) == without_formulas(passage, paragraph), passage


def test_what_stands_in_no_text_is_told_by_its_style(sent: Sent) -> None:
    """All other paragraphs are around a passage, go on in a passage that a bookmark begins, or hold a picture."""
    for data in sent.documents.values():
        document = read_document(data)
        bookmarks = [inline.name for inline in walked(document) if isinstance(inline, Mark) and inline.is_start]
        assert len(bookmarks) == len(set(bookmarks))
        assert bookmarks[0] == TOP
        for paragraph in paragraphs_of(document.blocks):
            carriers = {
                bookmark.carrier
                for inline in paragraph.content
                if isinstance(inline, Mark) and (bookmark := read_bookmark(inline.name))
            }
            fixed = {Carrier.BOX_BEGIN, Carrier.BOX_END, Carrier.SHOWN}
            is_fixed = paragraph.style in {style.lower() for style in FIXED_STYLES}
            assert not (is_fixed and carriers - fixed)
            assert is_fixed or not (carriers & fixed) or any(isinstance(one, Picture) for one in paragraph.content)


def walked(document: Document) -> Iterator[Inline]:
    for paragraph in paragraphs_of(document.blocks):
        yield from inlines_of(paragraph.content)


def test_the_parts_of_a_document_are_whole(sent: Sent) -> None:
    for data in sent.documents.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert names == sorted(names)
            parts = {
                name: ElementTree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))
            }
        for name in (name for name in names if name.startswith("word/_rels/")):
            targets = [one for one in parts[name] if one.get("TargetMode") != "External"]
            assert {f"word/{one.get('Target')}" for one in targets} <= set(names)
        types = parts["[Content_Types].xml"]
        assert {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")} <= set(names)
        ids = [one.get(f"{W}id") for one in parts["word/document.xml"].iter(f"{W}bookmarkStart")]
        assert len(ids) == len(set(ids))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_twice_the_same_dossier_gives_the_same_bytes(sent: Sent, tmp_path: Path) -> None:
    shutil.copytree(sent.dossier, tmp_path / "elders", ignore=shutil.ignore_patterns(".word"))
    assert send(tmp_path / "elders", tmp_path / "word").documents == sent.documents


def test_the_dossier_keeps_what_was_sent(sent: Sent) -> None:
    kept = {path.read_bytes() for path in (sent.dossier / ".word").glob("*.docx")}
    assert kept == set(sent.documents.values())


def test_a_bookmark_is_known_by_the_name_that_libreoffice_gives_it() -> None:
    assert read_bookmark("_dbn_70_1_Copy_1") == Bookmark(Carrier.NOTE, 70)
    assert read_bookmark("_dbelders") is None


# --- one chapter -----------------------------------------------------------------------------------------------------


def citations(document: Document) -> list[tuple[dict, str]]:  # type: ignore[type-arg]
    """The JSON of each citation, and what its field prints."""
    fields = (inline for inline in walked(document) if isinstance(inline, Field))
    return [
        (json.loads(field.instruction.partition("CSL_CITATION ")[2]), words(field.content))
        for field in fields
        if "CSL_CITATION" in field.instruction
    ]


def test_a_citation_is_a_field_of_zotero_with_the_label_of_the_dossier(chapter: Document) -> None:
    (narrative, in_sentence), (pair, in_brackets) = citations(chapter)
    assert in_sentence == narrative["properties"]["plainCitation"] == "Van den Berg (2019, p. 12, noot 3)"
    assert narrative["properties"]["dontUpdate"]
    (item,) = narrative["citationItems"]
    assert (item["id"], item["label"], item["locator"], item["suffix"]) == ("berg2019", "page", "12", ", noot 3")
    assert item["itemData"]["title"] == "Slingers in de straat"
    assert in_brackets == "(vgl. Bakker & Visser, 2021a, hoofdstuk 2; z.d.)"
    first, second = pair["citationItems"]
    assert (first["prefix"], first["label"], first["locator"]) == ("vgl. ", "chapter", "2")
    assert second["suppress-author"]
    assert (narrative["citationID"], pair["citationID"]) == ("1", "2")


def test_a_cross_reference_is_a_field_with_its_label_and_a_link_leads_to_its_passage(chapter: Document) -> None:
    fields = [
        inline for inline in walked(chapter) if isinstance(inline, Field) and "DOSSIERBUILD" in inline.instruction
    ]
    assert [(field.instruction.split(" ", 2)[2], words(field.content)) for field in fields] == [
        ('{"ref":"tbl-muziek"}', "tabel 3")
    ]
    (link,) = (inline for inline in walked(chapter) if isinstance(inline, Link))
    (paragraph,) = (found for found in paragraphs_of(chapter.blocks) if words(found.content) == "Wat er klonk")
    assert link.target.removeprefix("#") in {one.name for one in paragraph.content if isinstance(one, Mark)}


def test_words_look_and_speak_as_they_are_marked(chapter: Document) -> None:
    looks = {inline.words.strip(): inline.look for inline in walked(chapter) if isinstance(inline, Text)}
    assert looks["play"].italic
    assert looks["play"].language == "en"
    assert looks["Un refrain."].language == "fr"
    assert "Zij schrijft “mooi” & <luid>, zie" in looks
    assert chapter.language == "nl-NL"


def test_a_list_goes_on_with_its_numbers_and_a_table_repeats_its_head(chapter: Document) -> None:
    items = {words(one.content): one.item for one in paragraphs_of(chapter.blocks) if one.item}
    three, deeper = items["drie"], items["dieper"]
    assert three
    assert deeper
    assert (three.start, three.format, deeper.level) == (3, "decimal", 1)
    (table,) = (block for block in chapter.blocks if isinstance(block, Table))
    assert [row.is_header for row in table.rows] == [True, False]
    assert [one.style for one in paragraphs_of(table.rows[1].cells[1].blocks)] == ["tabeltekst"]


def test_styles_are_those_of_word_by_name(chapter: Document) -> None:
    styles = {words(one.content): one.style for one in paragraphs_of(chapter.blocks)}
    assert styles["Meer over muziek"] == "heading 1"
    assert styles["drie"] == "list paragraph"
    assert styles["De noot, met nadruk."] == "footnote text"
    assert styles["Wat er klonk"] == "caption"
    assert styles["Volkslied"] == "tabeltekst"


def test_formulas_stand_in_their_paragraphs_as_formulas(chapter: Document) -> None:
    formulas = [inline for inline in walked(chapter) if isinstance(inline, Formula)]
    assert [formula.is_display for formula in formulas] == [False, True]
    (alone,) = (one for one in paragraphs_of(chapter.blocks) if formulas[1] in one.content)
    marks = [one.name for one in alone.content if isinstance(one, Mark) and one.is_start]
    assert [found.carrier for found in map(read_bookmark, marks) if found] == [Carrier.WORDS, Carrier.FORMULA]


def test_a_picture_that_decorates_says_so(chapter: Document) -> None:
    (picture,) = (inline for inline in walked(chapter) if isinstance(inline, Picture))
    assert (picture.is_decorative, picture.alt, picture.name) == (True, "", "figures/taart.png")


def test_what_is_kept_is_no_source(music: Sent) -> None:
    checked = run("check", music.dossier, "--draft")
    assert checked.code == 0
    assert ".word" not in checked.err


def test_a_document_says_what_it_is_of(music: Sent, chapter: Document) -> None:
    assert chapter.stated[f"{PATH_PROPERTY}1"] == "chapters/03-muziek.md"
    assert len(chapter.stated[f"{DIGEST_PROPERTY}1"]) == 64
    assert chapter.stated[DOSSIER_PROPERTY]
    assert chapter.properties["title"] == "Meer over muziek"
    (notice, *_) = chapter.blocks
    assert isinstance(notice, Paragraph)
    assert "Wat werkt bij buurtfeesten?" in notice.text


# --- boxes, charts and what is asked for ------------------------------------------------------------------------------


def test_a_box_stands_between_two_lines_and_a_chart_is_a_picture(tmp_path: Path) -> None:
    made = send(Path(shutil.copytree(MINIMAL, tmp_path / "dossier")), tmp_path / "word", "01-begin.md")
    document = read_document(made.documents["01-begin.docx"])
    lines = [one.text for one in paragraphs_of(document.blocks)]
    begin = next(at for at, line in enumerate(lines) if line.startswith("▼") and "definition" in line)
    end = next(at for at, line in enumerate(lines) if at > begin and line.startswith("▲"))
    assert lines[begin + 1 : end] == [
        "Feest", "Een bijeenkomst waar mensen plezier hebben.", "eten", "hapjes", "taart", "drinken"
    ]  # fmt: skip
    (chart,) = (inline for inline in walked(document) if isinstance(inline, Picture))
    assert chart.alt == "Het deel van de straat dat komt groeit van 20 naar 41,5 procent."
    assert document.media[chart.part].startswith(b"\x89PNG")
    assert any(line.startswith("Figuur 1 ") and "gasten.csv" in line for line in lines)


def test_what_somebody_worked_in_is_not_overwritten(tmp_path: Path) -> None:
    dossier = Path(shutil.copytree(MINIMAL, tmp_path / "dossier"))
    first = send(dossier, tmp_path / "word", "slot")
    assert list(first.documents) == ["02-slot.docx"]
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8").replace("met **taart**", "met *taart*"), encoding="utf-8")
    second = send(dossier, tmp_path / "word", str(chapter))
    assert second.documents != first.documents
    (tmp_path / "word" / "02-slot.docx").write_bytes(b"hier is in gewerkt")
    refused = run("word", "out", dossier, "02-slot", "--output", tmp_path / "word")
    assert refused.code == 3
    assert "D931" in refused.err
    assert (tmp_path / "word" / "02-slot.docx").read_bytes() == b"hier is in gewerkt"
    assert len(list((dossier / ".word").glob("*.docx"))) == 2


def test_all_texts_go_into_one_document(tmp_path: Path) -> None:
    made = send(Path(shutil.copytree(MINIMAL, tmp_path / "dossier")), tmp_path / "word", "--whole")
    document = read_document(made.documents["buurtfeesten.docx"])
    numbers = [number for carrier, number in marked(document) if carrier is Carrier.TEXT]
    assert numbers == [1, 2, 3]
    paths = [document.stated[f"{PATH_PROPERTY}{number}"] for number in numbers]
    assert paths == ["chapters/01-begin.md", "chapters/02-slot.md", "in-het-kort.md"]
    assert len(list((made.dossier / ".word").glob(f"*-{document.stated[SENT_PROPERTY]}.md"))) == 3


def test_nothing_is_kept_where_a_link_leads(tmp_path: Path) -> None:
    dossier = Path(shutil.copytree(MINIMAL, tmp_path / "dossier"))
    (tmp_path / "elders").mkdir()
    (dossier / ".word").symlink_to(tmp_path / "elders")
    done = run("word", "out", dossier, "02-slot", "--output", tmp_path / "word")
    assert done.code == 5
    assert "D149" in done.err
    assert list((tmp_path / "elders").iterdir()) == []
