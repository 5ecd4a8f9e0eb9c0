"""Small Word documents around a formula or a drawing, for programs that read these in documents only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="emf" ContentType="image/x-emf"/><Default Extension="wmf" ContentType="image/x-wmf"/>'
    '<Default Extension="svg" ContentType="image/svg+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": _OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }
)
_EMU = 36_000
"""Units of a drawing in a millimetre."""


def document_of_formulas(formulas: Sequence[str]) -> bytes:
    """A document with a paragraph for each formula: its number, and the formula, which is an `m:oMath` element."""
    paragraphs = (f"<w:p><w:r><w:t>{at}</w:t></w:r>{xml}</w:p>" for at, xml in enumerate(formulas))
    return _document("".join(paragraphs), {})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as the bytes of a file with this suffix (".emf"), and how large it is to be, in millimetres."""

    suffix: str
    data: bytes
    width: float
    height: float


def document_of_drawings(drawings: Sequence[Drawing]) -> bytes:
    """A document with a paragraph for each drawing, which is named by its number: "d0", "d1", …"""
    parts = {f"word/media/{at}{drawing.suffix}": drawing.data for at, drawing in enumerate(drawings)}
    return _document("".join(_drawing(at, drawing) for at, drawing in enumerate(drawings)), parts)


def _drawing(at: int, drawing: Drawing) -> str:
    size = f'cx="{round(drawing.width * _EMU)}" cy="{round(drawing.height * _EMU)}"'
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="{at + 1}" name="d{at}"/><a:graphic>'
        f'<a:graphicData uri="{_NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="d{at}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="i{at}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _document(body: str, media: Mapping[str, bytes]) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _NAMESPACES.items())
    shown = "".join(
        f'<Relationship Id="i{at}" Type="{_OFFICE}/image" Target="{name.removeprefix("word/")}"/>'
        for at, name in enumerate(media)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGED}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGED}">{shown}</Relationships>',
        **media,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()
