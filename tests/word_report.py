"""A report as Dutch Word writes it, with all that such reports hold, for tests that bring it in."""

from __future__ import annotations

import io

from PIL import Image
from word_files import field, paragraph, run, table, word_file, xml


def png(width: int = 60, height: int = 40) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (20, 120, 90)).save(data, "PNG")
    return data.getvalue()


def style(identifier: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'


STYLES = xml(
    "w:styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    + '<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>'
    + "".join(style(f"Kop{level}", f"heading {level}", f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>')
              for level in (1, 2, 3))
    + style("Titel", "Title")
    + style("Ondertitel", "Subtitle", '<w:basedOn w:val="Titel"/>')
    + style("Bijschrift", "caption")
    + style("Kopvaninhoudsopgave", "TOC Heading")
    + style("Inhopg1", "toc 1")
    + style("Citaat", "Quote")
    + style("Nadruk", "Emphasis", "<w:rPr><w:i/></w:rPr>", "character"),
)  # fmt: skip
NUMBERING = xml(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>',
)


def item(words: str, number: int = 1, level: int = 0) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, properties=listed)


def bookmark(name: str, inner: str) -> str:
    return f'<w:bookmarkStart w:id="{name}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{name}"/>'


def caption(label: str, number: int, words: str, name: str = "") -> str:
    """A caption as Word makes it: a label and a field that counts, within a bookmark when something refers to it."""
    counted = run(f"{label} ") + field(f" SEQ {label} \\* ARABIC ", printed=str(number))
    return paragraph(bookmark(name, counted) if name else counted, run(f". {words}"), style="Bijschrift")


def drawing(inner: str, about: str = 'name="Afbeelding 1"', height: int = 1_800_000) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="{height}"/><wp:docPr id="1" {about}/>'
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture(identifier: str = "i1") -> str:
    return f'<pic:pic><pic:blipFill><a:blip r:embed="{identifier}"/></pic:blipFill></pic:pic>'


def text_box(*inner: str) -> str:
    words = f"<w:txbxContent>{''.join(inner)}</w:txbxContent>"
    return (
        "<w:r><w:drawing><wp:anchor><wp:docPr id='1' name='v'/><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def chart(kind: str, *series: tuple[str, dict[str, str]], title: str = "", grouping: str = "clustered") -> str:
    """A chart's part: each series with its name and its values by category."""

    def points(values: list[str]) -> str:
        return "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))

    drawn = "".join(
        f"<c:ser><c:tx><c:strRef><c:strCache>{points([name])}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points(list(values))}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points(list(values.values()))}</c:numCache></c:numRef></c:val></c:ser>"
        for name, values in series
    )
    named = f"<c:title><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:title>" if title else ""
    plot = f'<c:{kind}><c:grouping val="{grouping}"/>{drawn}</c:{kind}>'
    return xml("c:chartSpace", f"<c:chart>{named}<c:plotArea>{plot}</c:plotArea></c:chart>")


FORMULA = "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
CROSS = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
DOWN = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
GOES_ON = "<w:tcPr><w:vMerge/></w:tcPr>"
BOLD = "<w:b/>"
YELLOW = '<w:highlight w:val="yellow"/>'
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'

BODY = "".join([
    paragraph("Bomen in de stad", style="Titel"),
    paragraph("Een verkenning", style="Ondertitel"),
    paragraph("Auteurs: Anna de Vries en Bart Smit"),
    paragraph("Utrecht, 12 maart 2024"),
    paragraph("Inhoudsopgave", style="Kopvaninhoudsopgave"),
    paragraph(field(' TOC \\o "1-3" ', printed="Samenvatting\t2"), style="Inhopg1"),
    paragraph("Inleiding\t3", style="Inhopg1"),
    paragraph("Samenvatting", style="Kop1"),
    paragraph("Bomen maken de stad koeler."),
    paragraph(bookmark("_Ref10", run("1 Inleiding")), style="Kop1"),
    paragraph("Zie figuur ", field(" REF _Ref11 \\h ", printed="2"), ", ", field(" REF _Ref12 \\h ", printed="Tabel 1"),
              " en pagina ", field(" PAGEREF _Ref11 \\h ", printed="7"), ". Water", NOTE, " en ",
              run("urban forestry", '<w:lang w:val="en-US"/>'), "."),
    item("eik"), item("zomereik", level=1), item("beuk"),
    paragraph("1.1 Waar zij staan", style="Kop2"),
    paragraph(drawing(picture(), 'name="x" descr="Een rij bomen langs een gracht."')),
    caption("Figuur", 1, "Bomen aan het water"),
    paragraph(run("Bij elke boom hoort een verhaal. "), drawing(picture(), 'name="y" descr="Een zieke boom."'),
              run("Dat vertellen wij hier.")),
    caption("Figuur", 2, "De zieke iep", "_Ref11"),
    caption("Tabel", 1, "Bomen per wijk", "_Ref12"),
    table((paragraph(run("Wijk", BOLD)), paragraph(run("Bomen", BOLD))), (paragraph("Oost"), paragraph("1.200")),
          (paragraph("West"), paragraph("800"))),
    paragraph("Tussen de tabellen."),
    table((CROSS + paragraph(run("Soorten", BOLD)), paragraph(run("Aantal", BOLD))),
          (DOWN + paragraph("Loof"), paragraph("eik"), paragraph("3")),
          (GOES_ON + paragraph(""), paragraph("beuk"), paragraph("4"))),
    paragraph("2 Uitkomsten", style="Kop1"),
    paragraph(drawing('<c:chart r:id="c1"/>', 'name="g" descr="Het aantal bomen stijgt elk jaar."')),
    caption("Grafiek", 1, "Bomen per jaar"),
    paragraph(drawing('<c:chart r:id="c2"/>', 'name="h"')),
    paragraph("Een punt.", text_box(paragraph(run("Let op", BOLD)), paragraph("Snoei alleen in de winter."))),
    paragraph("De oppervlakte is ", FORMULA, "."),
    f"<w:p><m:oMathPara>{FORMULA}</m:oMathPara></w:p>",
    paragraph("Wie een boom plant, plant hoop.", style="Citaat"),
    item("eerst", 2), paragraph("En dan:"), item("daarna", 2),
    paragraph(run("niet voor lezers", "<w:vanish/>"), "Wel voor lezers, ", run("nog nakijken", YELLOW), ", zie ",
              field(" REF _Weg \\h ", printed="Figuur 9"), "."),
    paragraph(drawing('<dgm:relIds r:dm="x"/>')),
    paragraph("Bijlage A: Vragenlijst", style="Kop1"),
    paragraph("Vraag een."),
])  # fmt: skip

FOOTNOTES = xml(
    "w:footnotes",
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Uit de grond.</w:t></w:r>'
    "</w:p></w:footnote>",
)


def report(body: str = BODY, **parts: str | bytes) -> bytes:
    """The report, or another body with its styles, lists, pictures and charts."""
    held: dict[str, str | bytes] = {
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": FOOTNOTES,
        "word/media/image1.png": png(),
        "word/media/image2.png": b"geen plaatje",
        "word/charts/chart1.xml": chart("barChart", ("Bomen", {"2021": "41", "2022": "0.30000000000000004"})),
        "word/charts/chart2.xml": chart("radarChart", ("A", {"x": "1"}), title="Een web"),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    related = {"i1": "media/image1.png", "i2": "media/image2.png", "c1": "charts/chart1.xml", "c2": "charts/chart2.xml"}
    return word_file(body, held, related)
