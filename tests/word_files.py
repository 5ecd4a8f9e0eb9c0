"""Word files for tests, written part by part, so that each test shows the XML that it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

NAMESPACES = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "b": "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
        "dc": "http://purl.org/dc/elements/1.1/",
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    }
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The parts that belong to the package and not to its document, by the kind of their relation.
_OF_PACKAGE = MappingProxyType(
    {"docProps/core.xml": "metadata/core-properties", "docProps/custom.xml": "officeDocument/custom-properties"}
)


def xml(root: str, content: str) -> str:
    """An element with all namespaces: `xml("w:document", …)`."""
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
    return f"<{root} {declared}>{content}</{root}>"


def word_file(
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    related: Mapping[str, str] | None = None,
    *,
    main: str = MAIN,
) -> bytes:
    """A Word file with this body.

    `parts` are further parts by their names; those of `word/` have a relation of the kind that they are called
    ("styles.xml"). `related` are other relations of the document by id: "media/x.png", or an address out of the file.
    """
    parts = dict(parts or {})
    relations = {
        name.removeprefix("word/").removesuffix(".xml"): name.removeprefix("word/")
        for name in parts
        if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1
    }
    rows = [
        f'<Relationship Id="{kind}" Type="{NAMESPACES["r"]}/{kind}" Target="{target}"/>'
        for kind, target in relations.items()
    ]
    for identifier, target in (related or {}).items():
        outside = ' TargetMode="External"' if ":" in target else ""
        kind = "hyperlink" if outside else "chart" if "chart" in target else "image"
        kind = "image" if target.endswith((".png", ".jpg")) else kind
        rows.append(f'<Relationship Id="{identifier}" Type="{NAMESPACES["r"]}/{kind}" Target="{target}"{outside}/>')
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    own = "".join(
        f'<Relationship Id="p{number}" Type="{base}/{kind}" Target="{name}"/>'
        for number, (name, kind) in enumerate(_OF_PACKAGE.items())
        if name in parts
    )
    written = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="d" Type="{NAMESPACES["r"]}/officeDocument" '
        f'Target="word/document.xml"/>{own}</Relationships>',
        "word/document.xml": xml("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>',
        **parts,
    }
    return zipped(written)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; what is no XML yet becomes a run."""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def field(*instruction: str, printed: str, data: str = "") -> str:
    """A field whose instruction is cut into pieces."""
    begin = f'<w:fldChar w:fldCharType="begin">{f"<w:fldData>{data}</w:fldData>" if data else ""}</w:fldChar>'
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in instruction)
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    return f"<w:r>{begin}</w:r>{pieces}{separate}{printed if printed.startswith('<') else run(printed)}{end}"


def table(*rows: tuple[str, ...], properties: str = "") -> str:
    """A table of cells, each the content of a `w:tc`."""
    written = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{written}</w:tbl>"
