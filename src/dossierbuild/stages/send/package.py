"""The file of a Word document: what pandoc wrote of the texts, with our own parts around it (ECMA-376, Open Packaging).

The same parts give the same bytes at any time and on any machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.ast import Nodes, title_text
from dossierbuild.core.model import Theme
from dossierbuild.core.sent import BOX_BEGIN_STYLE, BOX_END_STYLE
from dossierbuild.stages.send.drawings import Shown
from dossierbuild.stages.send.fields import DISPLAY, xml_text
from dossierbuild.stages.send.styles import BOX_GROUNDS, font_table_xml, style_id

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_TYPES}.wordprocessingml"
_CONTENT_TYPES = MappingProxyType(
    {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/footnotes.xml": f"{_WORD}.footnotes+xml",
        "word/numbering.xml": f"{_WORD}.numbering+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "word/footer1.xml": f"{_WORD}.footer+xml",
        "word/theme/theme1.xml": f"{_TYPES}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{_TYPES}.extended-properties+xml",
        "docProps/custom.xml": f"{_TYPES}.custom-properties+xml",
    }
)
_OWN_RELATIONS = MappingProxyType(
    {"footnotes": "footnotes.xml", "numbering": "numbering.xml", "styles": "styles.xml", "settings": "settings.xml",
     "fontTable": "fontTable.xml", "footer": "footer1.xml", "theme": "theme/theme1.xml"}
)  # fmt: skip
# A4 with the margins of Word; the numbers are twentieths of a point.
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdfooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
_FOOTER = (
    f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr><w:r><w:fldChar '
    'w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar '
    'w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself: its title as inlines, and its language (BCP 47)."""

    title: Nodes
    language: str


def package(parts: Mapping[str, bytes], properties: Mapping[str, str]) -> bytes:
    """The document of its parts, with properties of our own."""
    whole = {**parts, "docProps/custom.xml": _custom(properties).encode()}
    return _zipped({**whole, "[Content_Types].xml": _content_types(whole).encode()})


def parts_of(
    made: Mapping[str, bytes], styles: str, shown: Mapping[str, Shown], about: About, theme: Theme
) -> Mapping[str, bytes]:
    """The parts of a document by their paths: those that pandoc `made`, our styles, and pictures by their relation."""
    media = {relation: f"media/{relation[3:].lower()}.{picture.suffix}" for relation, picture in shown.items()}
    return {
        "word/document.xml": _document(made["word/document.xml"].decode(), theme).encode(),
        "word/footnotes.xml": _formulas(made["word/footnotes.xml"].decode()).encode(),
        "word/numbering.xml": made["word/numbering.xml"],
        "word/theme/theme1.xml": made["word/theme/theme1.xml"],
        "word/styles.xml": styles.encode(),
        "word/settings.xml": _settings(about.language).encode(),
        "word/fontTable.xml": font_table_xml(theme).encode(),
        "word/footer1.xml": _FOOTER.encode(),
        "docProps/core.xml": _core(about).encode(),
        "docProps/app.xml": _APP.encode(),
        "_rels/.rels": _ROOT.encode(),
        "word/_rels/document.xml.rels": _relations(made["word/_rels/document.xml.rels"], media, _OWN_RELATIONS),
        "word/_rels/footnotes.xml.rels": _relations(made["word/_rels/footnotes.xml.rels"], media, {}),
        **{f"word/{path}": shown[relation].data for relation, path in media.items()},
    }


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(parts):  # "[Content_Types].xml" comes first so
            info = zipfile.ZipInfo(path, _STAMP)
            info.create_system = 3  # as if made on Unix, on any system
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[path], compresslevel=9)
    return buffer.getvalue()


# --- the document ----------------------------------------------------------------------------------------------------

_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)" ?/>')
_KIND = re.compile(r"\(([a-z-]+)\)</w:t>")
"""What the first line of a box ends with."""
# What of a paragraph's properties stands before its shading, by the order of the schema.
_BEFORE_SHADING = re.compile(r"(?:\s*<w:(?:pStyle|keepNext|keepLines)[^>]*/>|\s*<w:numPr>.*?</w:numPr>)*", re.DOTALL)


def _document(written: str, theme: Theme) -> str:
    """The texts as pandoc wrote them, with our page, and the ground of boxes behind all that stands in them."""
    body = _formulas(written[: written.rindex("<w:sectPr")])
    before, *paragraphs = body.split("<w:p>")
    return "<w:p>".join((before, *_on_their_ground(paragraphs, theme))) + f"{_SECTION}</w:body></w:document>"


def _formulas(written: str) -> str:
    """Without the line of its own of each formula for which pandoc has no Office Math: there it writes its TeX."""
    before, *formulas = written.split(f"<{DISPLAY}>")
    kept = (
        f"<{DISPLAY}>{formula}" if formula.startswith("<m:oMath") else formula.replace(f"</{DISPLAY}>", "", 1)
        for formula in formulas
    )
    return before + "".join(kept)


def _on_their_ground(paragraphs: Iterable[str], theme: Theme) -> Iterator[str]:
    """What stands behind the beginning of each paragraph; the paragraphs of a box have its ground."""
    ground: list[str] = []
    for paragraph in paragraphs:
        has_properties = paragraph.lstrip().startswith("<w:pPr>")
        properties, _, rest = paragraph.lstrip()[7:].partition("</w:pPr>") if has_properties else ("", "", paragraph)
        style = _STYLE.search(properties)
        name = style[1] if style else ""
        if name == style_id(BOX_BEGIN_STYLE):
            kind = _KIND.search(rest)
            ground.append(theme.colour(BOX_GROUNDS.get(kind[1] if kind else "", "mist")).lstrip("#"))
        yield f"<w:pPr>{_shaded(properties, ground[-1])}</w:pPr>{rest}" if ground else paragraph
        if name == style_id(BOX_END_STYLE):
            ground.pop()


def _shaded(properties: str, fill: str) -> str:
    before = _BEFORE_SHADING.match(properties)
    end = before.end() if before else 0
    return f'{properties[:end]}<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>{properties[end:]}'


def _relations(written: bytes, media: Mapping[str, str], own: Mapping[str, str]) -> bytes:
    """The relations of a part: those of links that pandoc wrote, of pictures, and of parts of our own."""
    links = [link for link in re.findall(r"<Relationship [^>]*/>", written.decode()) if "External" in link]
    kinds = [(f"rId{kind}", kind, target) for kind, target in own.items()]
    kinds += [(relation, "image", path) for relation, path in media.items()]
    made = [f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{path}"/>' for name, kind, path in kinds]
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join((*made, *links))}</Relationships>'.encode()


# --- what stands around it -------------------------------------------------------------------------------------------


def _content_types(parts: Mapping[str, bytes]) -> str:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml",
                "png": "image/png", "jpg": "image/jpeg"}  # fmt: skip
    kinds = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults.items()]
    kinds += [
        f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in _CONTENT_TYPES.items() if path in parts
    ]
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_HEAD}<Types xmlns="{namespace}">{"".join(kinds)}</Types>'


_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    'core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
)
_APP = (
    f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>dossierbuild</Application></Properties>"
)


def _core(about: About) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml_text(title_text(about.title))}</dc:title>"
        f"<dc:language>{xml_text(about.language)}</dc:language></cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    values = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{xml_text(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{values}</Properties>'
    )


def _settings(language: str) -> str:
    comma, semicolon = (".", ",") if language.startswith("en") else (",", ";")
    return (
        f'{_HEAD}<w:settings {_W} {_R}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        '</w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{xml_text(language)}"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
        'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        f'<w:decimalSymbol w:val="{comma}"/><w:listSeparator w:val="{semicolon}"/></w:settings>'
    )
