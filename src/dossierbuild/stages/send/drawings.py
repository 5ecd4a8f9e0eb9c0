"""Pictures in a Word document, as DrawingML."""

from __future__ import annotations

from dataclasses import dataclass

from dossierbuild.core.ast import Node
from dossierbuild.stages.send.fields import raw, xml_text

EMU = 9525
"""Of the units in which DrawingML measures, so many are a CSS pixel."""
_ROOM = (595.0, 720.0)
"""CSS pixels: what a page has for a picture."""
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as it is sent; width and height are those at which it is shown, in CSS pixels."""

    data: bytes
    media_type: str
    width: float
    height: float

    @property
    def suffix(self) -> str:
        return {"image/png": "png", "image/jpeg": "jpg"}[self.media_type]


def drawing(shown: Shown, *, number: int, relation: str, name: str, alt: str, given: float = 0.0) -> Node:
    """A picture in a line; `given` is the part of the column that its width is to have, 0 where nothing is said.

    `name` is what the document calls it. One without `alt` decorates.
    """
    width, height = _size(shown, given)
    size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
    about = f'id="{number}" name="{xml_text(name)}" descr="{xml_text(alt)}"'
    own = f"<wp:docPr {about}/>" if alt else f"<wp:docPr {about}>{_DECORATIVE}</wp:docPr>"
    return raw(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>{own}'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" '
        f'name="{xml_text(name)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _size(shown: Shown, given: float) -> tuple[float, float]:
    """Width and height within the room of a page."""
    most, down = _ROOM
    width = most * given if given else min(shown.width, most)
    height = width * shown.height / shown.width
    return (width, height) if height <= down else (width * down / height, down)
