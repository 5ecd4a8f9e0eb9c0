"""Word documents read: what an editor sees in Word is what comes out, and nothing of it vanishes uncounted."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import MAIN, field, paragraph, run, table, word_file, xml, zipped

from dossierbuild.core.word import (
    Break,
    BreakKind,
    Changes,
    Chart,
    Control,
    Document,
    Field,
    Formula,
    Inline,
    Link,
    Mark,
    MarkKind,
    Note,
    Paragraph,
    Picture,
    Table,
    Text,
    TextBox,
    Unread,
    paragraphs_of,
)
from dossierbuild.tools.docx import DocxError, DocxFault, read_document

STYLES = xml(
    "w:styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:basedOn w:val="Standaard"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Eigenkop"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="K3"><w:name w:val="Kop 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Opsom"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Nadruk"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Intern"><w:name w:val="Intern"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kring"><w:name w:val="Kring"/><w:basedOn w:val="Kring"/></w:style>',
)
NUMBERING = xml(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
    '</w:lvlOverride></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>',
)
PNG = b"\x89PNG of a test"


def read(body: str, changes: Changes = Changes.ACCEPT, **more: object) -> Document:
    return read_document(word_file(body, **more), changes)  # type: ignore[arg-type]


def content(body: str, **more: object) -> tuple[Inline, ...]:
    """What stands in the only paragraph of a document."""
    (block,) = read(body, **more).blocks  # type: ignore[arg-type]
    assert isinstance(block, Paragraph)
    return block.content


def texts(document: Document) -> list[str]:
    return [block.text for block in paragraphs_of(document.blocks)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def numbered(level: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


# --- words and looks -------------------------------------------------------------------------------------------------


def test_words_have_the_looks_that_they_have_besides_their_paragraph() -> None:
    body = paragraph("Een ", run("vet", "<w:b/>"), run(" niet", '<w:b w:val="0"/>'), style="Kop1")
    document = read(body, parts={"word/styles.xml": STYLES})
    (heading,) = document.blocks
    assert isinstance(heading, Paragraph)
    assert heading.is_bold
    assert [(part.words, part.look.bold) for part in heading.content if isinstance(part, Text)] == [
        ("Een ", False), ("vet", True), (" niet", False),
    ]  # fmt: skip


def test_neighbours_that_look_alike_are_in_one_piece() -> None:
    (text,) = content(paragraph(run("ver"), run("ga"), '<w:proofErr w:type="spellEnd"/>', run("dering")))
    assert isinstance(text, Text)
    assert text.words == "vergadering"


@pytest.mark.parametrize(
    ("properties", "look"),
    [
        ("<w:b/>", "bold"),
        ('<w:i w:val="1"/>', "italic"),
        ('<w:u w:val="single"/>', "underline"),
        ("<w:strike/>", "strike"),
        ("<w:dstrike/>", "strike"),
        ('<w:vertAlign w:val="superscript"/>', "superscript"),
        ('<w:vertAlign w:val="subscript"/>', "subscript"),
        ("<w:smallCaps/>", "small_caps"),
        ('<w:highlight w:val="yellow"/>', "highlight"),
        ('<w:rStyle w:val="Nadruk"/>', "italic"),
    ],
)
def test_each_look_is_read(properties: str, look: str) -> None:
    (text,) = content(paragraph(run("woord", properties)), parts={"word/styles.xml": STYLES})
    assert isinstance(text, Text)
    assert getattr(text.look, look) is True


def test_sizes_come_through_all_styles() -> None:
    document = read(
        paragraph("kop", style="Eigenkop") + paragraph("tekst") + paragraph(run("groot", '<w:sz w:val="40"/>')),
        parts={"word/styles.xml": STYLES},
    )
    found = [
        part.look.size for block in paragraphs_of(document.blocks) for part in block.content if isinstance(part, Text)
    ]
    assert found == [16.0, 11.0, 20.0]


def test_signs_and_breaks_are_characters_and_breaks() -> None:
    inner = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/><w:br/>"
        '<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0E0"/><w:br w:type="page"/>'
        '<w:sym w:font="Onbekend" w:char="F0FF"/></w:r>'
    )
    found = content(paragraph(inner))
    assert [part.words if isinstance(part, Text) else part for part in found] == [
        "a\tb\u2011\u00ad", Break(BreakKind.LINE), "α→", Break(BreakKind.PAGE), Unread("symbol"),
    ]  # fmt: skip


def test_letters_in_a_font_of_signs_are_the_signs() -> None:
    (text,) = content(paragraph(run("\uf0b7 \uf06d", '<w:rFonts w:ascii="Symbol"/>')))
    assert isinstance(text, Text)
    assert text.words == "• µ".replace("µ", "μ")


@pytest.mark.parametrize(
    "hidden",
    [
        run(" geheim woord", "<w:vanish/>"),
        run(" geheim woord", '<w:rStyle w:val="Intern"/>'),
    ],
)
def test_hidden_words_stay_out_and_are_counted(hidden: str) -> None:
    document = read(paragraph("Zichtbaar.", hidden), parts={"word/styles.xml": STYLES})
    assert texts(document) == ["Zichtbaar."]
    assert document.held.hidden_words == 2


def test_an_instruction_is_no_hidden_text() -> None:
    entry = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    entry += '<w:r><w:rPr><w:vanish/></w:rPr><w:instrText> XE "buurt" </w:instrText></w:r>'
    entry += '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
    document = read(paragraph("De buurt", entry))
    assert document.held.hidden_words == 0
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert [part.instruction for part in block.content if isinstance(part, Field)] == ['XE "buurt"']


# --- styles and lists ------------------------------------------------------------------------------------------------


def test_headings_are_known_by_style_name_base_and_outline() -> None:
    body = "".join(
        [
            paragraph("a", style="Kop1"),
            paragraph("b", style="Eigenkop"),
            paragraph("c", style="K3"),
            paragraph("d", properties='<w:outlineLvl w:val="1"/>'),
            paragraph("e", style="Kop1", properties='<w:outlineLvl w:val="9"/>'),
            paragraph("f", style="Kring"),
            paragraph("g"),
        ]
    )
    document = read(body, parts={"word/styles.xml": STYLES})
    found = list(paragraphs_of(document.blocks))
    assert [block.outline for block in found] == [1, 1, 3, 2, 0, 0, 0]
    assert [block.style for block in found][:3] == ["heading 1", "eigen kop", "kop 3"]
    assert found[1].styles == ("eigen kop", "heading 1", "normal")
    assert document.language == "nl-NL"


def test_items_know_their_list_level_format_and_start() -> None:
    body = "".join(
        [
            paragraph("vier", properties=numbered()),
            paragraph("letter", properties=numbered(level=1)),
            paragraph("punt", style="Opsom"),
            paragraph("geen", style="Opsom", properties=numbered(number=0)),
        ]
    )
    parts = {"word/styles.xml": STYLES, "word/numbering.xml": NUMBERING}
    items = [block.item for block in paragraphs_of(read(body, parts=parts).blocks)]
    assert [(one.level, one.format, one.start, one.is_ordered) if one else None for one in items] == [
        (0, "decimal", 4, True), (1, "lowerLetter", 1, True), (0, "bullet", 1, False), None,
    ]  # fmt: skip


# --- fields ----------------------------------------------------------------------------------------------------------


def test_an_instruction_that_was_cut_is_whole() -> None:
    found = content(paragraph("Zie ", field(" ADDIN ZO", "TERO_ITEM CSL", "_CITATION {} ", printed="(Bos)"), "."))
    assert [type(part) for part in found] == [Text, Field, Text]
    cited = found[1]
    assert isinstance(cited, Field)
    assert cited.instruction == "ADDIN ZOTERO_ITEM CSL_CITATION {}"
    assert [part.words for part in cited.content if isinstance(part, Text)] == ["(Bos)"]


def test_data_of_a_field_within_an_instruction_is_that_of_the_field() -> None:
    inner = field(" ADDIN EN.CITE.DATA ", printed="", data="QUJD\nREVG")
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>'
        f'{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("(Cox)")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    (cited,) = content(paragraph(outer))
    assert isinstance(cited, Field)
    assert (cited.instruction, cited.data) == ("ADDIN EN.CITE", "QUJDREVG")


def test_a_bookmark_that_begins_within_an_instruction_is_not_lost() -> None:
    start = '<w:bookmarkStart w:id="1" w:name="_db18_1"/>'
    (known,) = content(paragraph(field(f" QUOTE </w:instrText></w:r>{start}<w:r><w:instrText>x", printed="label")))
    assert isinstance(known, Field)
    assert known.instruction == "QUOTE x"
    assert [part.name for part in known.content if isinstance(part, Mark)] == ["_db18_1"]


def test_a_field_within_what_another_prints_stands_in_it() -> None:
    (outer,) = content(paragraph(field(" QUOTE ", printed=run("a ") + field(" REF x ", printed="figuur 1"))))
    assert isinstance(outer, Field)
    assert [part.instruction for part in outer.content if isinstance(part, Field)] == ["REF x"]


def test_paragraphs_within_a_field_know_it() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read(
        paragraph(start + run("Een 1")) + paragraph("Twee 2") + paragraph(end) + paragraph("Na de inhoudsopgave")
    )
    first, second, third, last = paragraphs_of(document.blocks)
    assert [type(part) for part in first.content] == [Field]
    assert isinstance(first.content[0], Field)
    assert not first.content[0].is_whole
    assert [second.in_field, third.in_field, last.in_field] == ["TOC \\o", "TOC \\o", ""]
    assert second.text == "Twee 2"


def test_words_behind_a_field_that_ends_in_their_paragraph_are_not_in_it() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read(paragraph(start + run("Een 1")) + paragraph(end, "Gewone tekst"))
    assert [block.in_field for block in paragraphs_of(document.blocks)] == ["", ""]


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<w:hyperlink r:id="h1">' + run("hier") + "</w:hyperlink>", "https://example.org/a"),
        ('<w:hyperlink r:id="h1" w:anchor="b">' + run("hier") + "</w:hyperlink>", "https://example.org/a#b"),
        ('<w:hyperlink w:anchor="kop">' + run("hier") + "</w:hyperlink>", "#kop"),
        (field(' HYPERLINK "https://example.org/a" ', printed="hier"), "https://example.org/a"),
        (field(' HYPERLINK \\l "kop" ', printed="hier"), "#kop"),
        ('<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org/a&quot; ">' + run("hier") + "</w:fldSimple>",
         "https://example.org/a"),
    ],
)  # fmt: skip
def test_a_link_is_a_link_however_it_is_written(body: str, target: str) -> None:
    (link,) = content(paragraph(body), related={"h1": "https://example.org/a"})
    assert isinstance(link, Link)
    assert link.target == target
    assert [part.words for part in link.content if isinstance(part, Text)] == ["hier"]


def test_a_control_has_its_tag() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="Bron"/><w:tag w:val="MENDELEY_CITATION_v3_e30="/></w:sdtPr>'
        f"<w:sdtContent>{run('(Dekker, 2021)')}</w:sdtContent></w:sdt>"
    )
    (found,) = content(paragraph(control))
    assert isinstance(found, Control)
    assert (found.tag, found.title) == ("MENDELEY_CITATION_v3_e30=", "Bron")


def test_paragraphs_in_a_control_know_it() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Inhoud')}</w:sdtContent></w:sdt>"
    )
    first, second = paragraphs_of(read(control + paragraph("Tekst")).blocks)
    assert (first.in_control, second.in_control) == ("Table of Contents", "")


# --- notes, marks and comments ---------------------------------------------------------------------------------------


def test_notes_stand_where_they_are_called() -> None:
    notes = xml(
        "w:footnotes",
        '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="3">{paragraph("<w:r><w:footnoteRef/></w:r>", " Een noot.")}'
        f"{paragraph('Nog een.')}</w:footnote>",
    )
    document = read(
        paragraph(
            "Tekst", '<w:r><w:footnoteReference w:id="3"/></w:r>', '<w:r><w:footnoteReference w:id="9"/></w:r>', "."
        ),
        parts={"word/footnotes.xml": notes},
    )
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    (note,) = (part for part in block.content if isinstance(part, Note))
    assert (note.name, note.is_endnote) == ("3", False)
    assert [inner.text for inner in paragraphs_of(note.blocks)] == [" Een noot.", "Nog een."]
    assert document.held.notes == 2
    assert [paragraph.number for paragraph in paragraphs_of(document.blocks)] == [1, 2, 3]


def test_bookmarks_say_where_they_begin_and_end_also_between_paragraphs() -> None:
    start, end = '<w:bookmarkStart w:id="4" w:name="_db1_0"/>', '<w:bookmarkEnd w:id="4"/>'
    around = content(start + paragraph("woorden", end))
    within = content(paragraph(start, "woorden", end))
    mark = [(part.name, part.is_start) for part in around if isinstance(part, Mark)]
    assert mark == [("_db1_0", True), ("_db1_0", False)]
    assert [type(part) for part in around] == [type(part) for part in within] == [Mark, Text, Mark]


def test_comments_have_their_words_their_place_and_their_state() -> None:
    comments = xml(
        "w:comments",
        '<w:comment w:id="1" w:author="Noor"><w:p w14:paraId="A1"><w:r><w:t>Klopt</w:t><w:br/><w:t>dit?</w:t>'
        '</w:r></w:p></w:comment><w:comment w:id="2" w:author="Ko"><w:p w14:paraId="B2"><w:r><w:t>Ja.</w:t></w:r></w:p>'
        "</w:comment>",
    )
    extended = xml(
        "w15:commentsEx",
        '<w15:commentEx w15:paraId="A1" w15:done="1"/>'
        '<w15:commentEx w15:paraId="B2" w15:paraIdParent="A1" w15:done="0"/>',
    )
    body = paragraph(
        "Een ", '<w:commentRangeStart w:id="1"/>', "open deur", '<w:commentRangeEnd w:id="1"/>',
        '<w:r><w:commentReference w:id="1"/></w:r>', '<w:r><w:commentReference w:id="2"/></w:r>',
    )  # fmt: skip
    document = read(body, parts={"word/comments.xml": comments, "word/commentsExtended.xml": extended})
    assert [(one.author, one.text, one.is_resolved, one.replies_to) for one in document.comments] == [
        ("Noor", "Klopt dit?", True, ""), ("Ko", "Ja.", False, "1"),
    ]  # fmt: skip
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    marks = [(part.name, part.is_start) for part in block.content if isinstance(part, Mark)]
    assert marks == [("1", True), ("1", False), ("2", True), ("2", False)]
    assert all(part.kind is MarkKind.COMMENT for part in block.content if isinstance(part, Mark))


# --- tracked changes -------------------------------------------------------------------------------------------------

INSERTED = '<w:ins w:id="1" w:author="x">{}</w:ins>'
DELETED = '<w:del w:id="2" w:author="x">{}</w:del>'


def gone(words: str) -> str:
    return DELETED.format(f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>')


def new(words: str) -> str:
    return INSERTED.format(run(words))


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (paragraph("Een ", gone("oud "), new("nieuw "), "woord"), ["Een nieuw woord"], ["Een oud woord"]),
        (
            paragraph("Eerst", properties='<w:rPr><w:ins w:id="1" w:author="x"/></w:rPr>') + paragraph(new(" en dan")),
            ["Eerst", " en dan"],
            ["Eerst"],
        ),
        (
            paragraph("Eerst", properties='<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>') + paragraph(" en dan"),
            ["Eerst en dan"],
            ["Eerst", " en dan"],
        ),
        (
            paragraph("A")
            + paragraph(gone("weg"), properties='<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>')
            + paragraph("B"),
            ["A", "B"],
            ["A", "weg", "B"],
        ),
        (
            '<w:p><w:moveFrom w:id="1" w:author="x">' + run("mee") + "</w:moveFrom></w:p>"
            '<w:p>' + run("hier ") + '<w:moveTo w:id="2" w:author="x">' + run("mee") + "</w:moveTo></w:p>",
            ["", "hier mee"],
            ["mee", "hier "],
        ),
    ],
)  # fmt: skip
def test_changes_are_accepted_or_rejected(body: str, accepted: list[str], rejected: list[str]) -> None:
    assert texts(read(body, Changes.ACCEPT)) == accepted
    assert texts(read(body, Changes.REJECT)) == rejected


def test_a_look_that_was_changed_is_as_it_was_when_rejected() -> None:
    changed = '<w:b/><w:rPrChange w:id="1" w:author="x"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    styled = (
        '<w:pStyle w:val="Kop1"/><w:pPrChange w:id="2" w:author="x"><w:pPr><w:pStyle w:val="K3"/></w:pPr></w:pPrChange>'
    )
    body = paragraph(run("woord", changed), properties=styled)
    found = {}
    for how in Changes:
        document = read(body, how, parts={"word/styles.xml": STYLES})
        (block,) = document.blocks
        assert isinstance(block, Paragraph)
        (text,) = block.content
        assert isinstance(text, Text)
        found[how] = (text.look.bold, text.look.italic, block.style)
        assert document.held.formatting_changes == 2
    assert found == {Changes.ACCEPT: (True, False, "heading 1"), Changes.REJECT: (False, True, "kop 3")}


def test_rows_come_and_go_with_their_changes() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    body = (
        "<w:tbl>" + row.format("", paragraph("blijft"))
        + row.format('<w:ins w:id="1" w:author="x"/>', paragraph(new("erbij")))
        + row.format('<w:del w:id="2" w:author="x"/>', paragraph(gone("eruit"))) + "</w:tbl>"
    )  # fmt: skip
    assert texts(read(body, Changes.ACCEPT)) == ["blijft", "erbij"]
    assert texts(read(body, Changes.REJECT)) == ["blijft", "eruit"]


def test_changes_in_notes_count_too() -> None:
    notes = xml("w:footnotes", f'<w:footnote w:id="1">{paragraph(new("noot"))}</w:footnote>')
    document = read(
        paragraph(gone("a"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), parts={"word/footnotes.xml": notes}
    )
    assert (document.held.insertions, document.held.deletions) == (1, 1)


# --- tables ----------------------------------------------------------------------------------------------------------


def test_cells_know_how_many_columns_and_rows_they_span() -> None:
    body = table(
        (f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("breed")}', paragraph("c")),
        (f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("hoog")}', paragraph("b"), paragraph("c")),
        (f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}", paragraph("d"), paragraph("e")),
    )
    (found,) = tables(read(body))
    assert [
        [(cell.columns, cell.rows, *(block.text for block in paragraphs_of(cell.blocks))) for cell in row.cells]
        for row in found.rows
    ] == [
        [(2, 1, "breed"), (1, 1, "c")],
        [(1, 2, "hoog"), (1, 1, "b"), (1, 1, "c")],
        [(1, 1, "d"), (1, 1, "e")],
    ]


def test_a_table_knows_its_heads() -> None:
    body = (
        '<w:tbl><w:tblPr><w:tblLook w:val="04A0"/><w:tblCaption w:val="Titel"/></w:tblPr>'
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{paragraph('kop')}</w:tc></w:tr>"
        f'<w:tr><w:trPr><w:tblHeader w:val="0"/></w:trPr><w:tc>{paragraph("cel")}</w:tc></w:tr></w:tbl>'
    )
    (found,) = tables(read(body))
    assert [row.is_header for row in found.rows] == [True, False]
    assert (found.has_head, found.has_row_heads, found.title) == (True, True, "Titel")


# --- drawings --------------------------------------------------------------------------------------------------------


def drawing(inner: str, about: str = 'descr="Een tuin" name="Afbeelding 1"', more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" {about}>{more}</wp:docPr>'
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture(attribute: str = 'r:embed="i1"', more: str = "") -> str:
    return (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="tuin.png"/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip {attribute}>{more}</a:blip></pic:blipFill></pic:pic>"
    )


def test_a_picture_has_its_bytes_its_alternative_and_its_size() -> None:
    document = read(paragraph(drawing(picture())), parts={"word/media/x.png": PNG}, related={"i1": "media/x.png"})
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    (found,) = block.content
    assert isinstance(found, Picture)
    assert (found.alt, found.width, found.height) == ("Een tuin", 100.0, 50.0)
    assert document.media[found.part] == PNG
    assert document.held.drawings == 1


def test_a_decorative_picture_says_so() -> None:
    mark = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
    (found,) = content(paragraph(drawing(picture(), about='name="x"', more=mark)))
    assert isinstance(found, Picture)
    assert found.is_decorative


def test_a_picture_that_is_fetched_from_elsewhere_has_no_part() -> None:
    document = read(paragraph(drawing(picture('r:link="i1"'))), related={"i1": "https://example.org/spion.png"})
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    (found,) = block.content
    assert isinstance(found, Picture)
    assert (found.part, dict(document.media)) == ("", {})
    assert document.held.external_pictures == 1


def test_the_drawn_form_of_a_picture_is_taken_before_its_pixels() -> None:
    drawn = '<a:extLst><a:ext><asvg:svgBlip r:embed="i2"/></a:ext></a:extLst>'
    document = read(
        paragraph(drawing(picture(more=drawn))),
        parts={"word/media/x.png": PNG, "word/media/x.svg": b"<svg/>"},
        related={"i1": "media/x.png", "i2": "media/x.svg"},
    )
    assert list(document.media) == ["word/media/x.svg"]


def test_an_old_picture_is_a_picture() -> None:
    old = '<w:r><w:pict><v:shape alt="Een brug"><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>'
    (found,) = content(paragraph(old), parts={"word/media/x.png": PNG}, related={"i1": "media/x.png"})
    assert isinstance(found, Picture)
    assert (found.part, found.alt) == ("word/media/x.png", "Een brug")


CHART = xml(
    "c:chartSpace",
    "<c:chart><c:title><a:p><a:r><a:t>Bewoners </a:t></a:r><a:r><a:t>per jaar</a:t></a:r></a:p></c:title><c:plotArea>"
    '<c:barChart><c:grouping val="stacked"/><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Noord</c:v></c:pt>'
    '</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2022</c:v></c:pt>'
    '<c:pt idx="2"><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>'
    '<c:pt idx="0"><c:v>0.1</c:v></c:pt><c:pt idx="1"><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
    "</c:barChart></c:plotArea></c:chart>",
)  # fmt: skip


def test_a_chart_is_its_numbers() -> None:
    (found,) = content(
        paragraph(drawing('<c:chart r:id="c1"/>')),
        parts={"word/charts/chart1.xml": CHART},
        related={"c1": "charts/chart1.xml"},
    )
    assert isinstance(found, Chart)
    assert (found.kind, found.grouping, found.title, found.alt) == (
        "barChart", "stacked", "Bewoners per jaar", "Een tuin",
    )  # fmt: skip
    (series,) = found.series
    assert (series.name, series.categories, series.values) == ("Noord", ("2022", "", "2024"), ("0.1", "7", ""))


def test_a_text_box_is_read_once() -> None:
    words = f"<w:txbxContent>{paragraph('In een vak')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' name='v'/>"
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(paragraph("Tekst", both))
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert [type(part) for part in block.content] == [Text, TextBox]
    assert texts(document) == ["Tekst", "In een vak"]
    assert document.held.text_boxes == 1


@pytest.mark.parametrize(
    ("inner", "kind", "counted"),
    [
        (drawing('<dgm:relIds r:dm="x"/>'), "smartart", "diagrams"),
        ("<w:r><w:object><v:shape><v:imagedata r:id='i1'/></v:shape></w:object></w:r>", "object", "objects"),
        (drawing("<wps:wsp/>"), "shape", ""),
    ],
)
def test_what_cannot_be_read_says_what_it_is(inner: str, kind: str, counted: str) -> None:
    document = read(paragraph(inner))
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert block.content == (Unread(kind),)
    assert not counted or getattr(document.held, counted) == 1
    assert document.held.drawings == 0


def test_a_chunk_of_another_document_is_counted_and_not_opened() -> None:
    document = read('<w:altChunk r:id="x"/>' + paragraph("Tekst"))
    assert document.blocks[0] == Unread("chunk")
    assert document.held.chunks == 1


def test_formulas_are_kept_whole() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    found = content(paragraph("Zo: ", formula, f"<m:oMathPara>{formula}</m:oMathPara>"))
    formulas = [part for part in found if isinstance(part, Formula)]
    assert [(one.is_display, one.letters) for one in formulas] == [(False, "a+b"), (True, "a+b")]


# --- about the document ----------------------------------------------------------------------------------------------


def test_properties_and_sources_are_read() -> None:
    sources = xml("b:Sources", "<b:Source><b:Tag>Eve19</b:Tag></b:Source>")
    document = read(
        paragraph("x"),
        parts={
            "docProps/core.xml": xml("cp:coreProperties", "<dc:title> Een\n titel </dc:title><dc:creator/>"),
            "docProps/custom.xml": xml("Properties", '<property name="dossier"><vt:lpwstr>tuin</vt:lpwstr></property>'),
            "customXml/item1.xml": xml("b:Sources", ""),
            "customXml/item2.xml": sources,
        },
    )
    assert dict(document.properties) == {"title": "Een titel"}
    assert dict(document.stated) == {"dossier": "tuin"}
    assert "Eve19" in document.sources


def test_a_strict_document_is_read_as_any() -> None:
    strict = word_file(paragraph("Streng", style="Kop1"), {"word/styles.xml": STYLES})
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old, new_one = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    (block,) = read_document(zipped({name: data.replace(old, new_one) for name, data in parts.items()})).blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.outline) == ("Streng", 1)


# --- what is refused -------------------------------------------------------------------------------------------------

PLAIN = paragraph("x")
MANY = {f"word/media/{number}.png": b"" for number in range(2_001)}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"gewone tekst", DocxFault.OTHER_FORMAT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DocxFault.OLD_WORD),
        (b"PK\3\4 en dan niets", DocxFault.BROKEN),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), DocxFault.OTHER_FORMAT),
        (
            word_file(PLAIN, main=MAIN.replace("openxmlformats-officedocument.wordprocessingml", "x")),
            DocxFault.OTHER_FORMAT,
        ),
        (word_file(PLAIN, main="application/vnd.ms-word.document.macroEnabled.main+xml"), DocxFault.MACROS),
        (word_file(PLAIN, {"word/vbaProject.bin": b"x"}), DocxFault.MACROS),
        (word_file(PLAIN, main=MAIN.replace("document.main", "template.main")), DocxFault.TEMPLATE),
        (word_file(PLAIN, MANY), DocxFault.PARTS),
        (word_file(PLAIN, {"word/comments.xml": b" " * 2_000_000}), DocxFault.PACKED),
        (word_file(PLAIN, {"word/document.xml": b"<w:document"}), DocxFault.BROKEN),
        (word_file(PLAIN, {"word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), DocxFault.BROKEN),
        (word_file("<w:sdt><w:sdtContent>" * 300 + PLAIN + "</w:sdtContent></w:sdt>" * 300), DocxFault.BROKEN),
    ],
)
def test_what_no_honest_document_is_is_refused(data: bytes, fault: DocxFault) -> None:
    with pytest.raises(DocxError) as refused:
        read_document(data)
    assert refused.value.fault is fault


TAGS = ("w:p", "w:r", "w:t", "w:pPr", "w:rPr", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:sdt", "w:sdtContent",
        "w:hyperlink", "w:fldChar", "w:instrText", "w:fldSimple", "w:drawing", "w:bookmarkStart", "w:vMerge", "w:tcPr",
        "m:oMath", "mc:AlternateContent", "mc:Choice", "w:numPr", "w:ilvl", "w:footnoteReference", "w:sym")  # fmt: skip
ATTRIBUTES = ("w:val", "w:id", "w:fldCharType", "w:instr", "w:char", "w:type", "r:id")
VALUES = ("", "begin", "separate", "end", "1", "-1", "99999999999999999999", "restart", "x", "HYPERLINK", "FFFFFF")
TREES: st.SearchStrategy[Any] = st.recursive(
    st.tuples(
        st.sampled_from(TAGS), st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), st.just([])
    ),
    lambda inner: st.tuples(
        st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def written(tree: Any) -> str:
    tag, attributes, inner = tree
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{tag}{said}>{''.join(map(written, inner))}</{tag}>"


@given(st.lists(TREES, max_size=4), st.sampled_from(Changes))
def test_whatever_stands_in_a_document_is_read(trees: list[Any], how: Changes) -> None:
    document = read("".join(map(written, trees)), how, parts={"word/numbering.xml": NUMBERING})
    assert isinstance(document, Document)
