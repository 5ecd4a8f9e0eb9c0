"""What stands in a drawing, in either of Word's two languages for it (DrawingML, and VML in older documents)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossierbuild.core.word import Block, Inline, Picture, TextBox, Unread
from dossierbuild.tools.docx.charts import read_chart
from dossierbuild.tools.docx.package import Element, Package, Relation
from dossierbuild.tools.docx.vocabulary import child, name, short

_MILLIMETRE = 36_000  # English Metric Units


@dataclass(frozen=True, slots=True)
class Drawings:
    """Reads drawings of one part; `read_blocks` reads what stands in a text box."""

    package: Package
    relations: dict[str, Relation]
    read_blocks: Callable[[Element], tuple[Block, ...]]

    def read(self, drawing: Element) -> Iterator[Inline]:
        """What a `w:drawing`, `w:pict` or `w:object` holds."""
        found = tuple(self._vml(drawing) if short(drawing) != "w:drawing" else self._drawing(drawing))
        yield from found or (Unread("shape"),)

    def _drawing(self, drawing: Element) -> Iterator[Inline]:
        about = next(drawing.iter(name("wp:docPr")), None)
        extent = next(drawing.iter(name("wp:extent")), None)
        size = tuple(_millimetres(extent, side) for side in ("cx", "cy"))
        for part in _outermost(drawing, _KNOWN):
            kind = short(part)
            if kind == "pic:pic":
                yield self._picture(part, about, size[0], size[1])
            elif kind == "c:chart":
                yield self._chart(part, about)
            elif kind == "dgm:relIds":
                yield Unread("smartart")
            else:
                yield TextBox(self.read_blocks(part))

    def _picture(self, picture: Element, about: Element | None, width: float, height: float) -> Picture:
        blip = next(picture.iter(name("a:blip")), None)
        drawn = next(picture.iter(name("asvg:svgBlip")), None)
        own = child(picture, "pic:nvPicPr", "pic:cNvPr")
        parts = (self._part(found) for found in (drawn, blip) if found is not None)
        return Picture(
            part=next(filter(None, parts), ""),
            alt=_said(about, "descr") or _said(own, "descr") or _said(about, "title"),
            name=_said(about, "name") or _said(own, "name"),
            width=width,
            height=height,
            is_decorative=any(mark.get("val") in ("1", "true") for mark in _marks(about)),
        )

    def _part(self, blip: Element) -> str:
        """The name of the part that a picture shows; empty for one that is fetched from elsewhere or is not there."""
        relation = self.relations.get(blip.get(name("r:embed")) or blip.get(name("r:id")) or "")
        return relation.target if relation and not relation.is_external and relation.target in self.package else ""

    def _chart(self, chart: Element, about: Element | None) -> Inline:
        relation = self.relations.get(chart.get(name("r:id"), ""))
        if relation is None or relation.is_external or relation.target not in self.package:
            return Unread("chart")
        return read_chart(self.package.tree(relation.target), _said(about, "descr") or _said(about, "title"))

    def _vml(self, shape: Element) -> Iterator[Inline]:
        if short(shape) == "w:object":
            yield Unread("object")
            return
        for part in _outermost(shape, frozenset({"v:imagedata", "w:txbxContent"})):
            if short(part) == "w:txbxContent":
                yield TextBox(self.read_blocks(part))
            else:
                around = part.getparent()
                alt = _said(around, "alt") if around is not None else ""
                yield Picture(part=self._part(part), alt=alt, name=_said(around, "id"))


_KNOWN = frozenset({"pic:pic", "c:chart", "dgm:relIds", "w:txbxContent"})


def _outermost(element: Element, kinds: frozenset[str]) -> Iterator[Element]:
    """The elements of some kinds below an element that stand in none of them; of alternatives only the first."""
    for part in element:
        if short(part) in kinds:
            yield part
        elif short(part) == "mc:AlternateContent":
            for choice in list(part)[:1]:
                yield from _outermost(choice, kinds)
        else:
            yield from _outermost(part, kinds)


def _marks(about: Element | None) -> Iterator[Element]:
    if about is not None:
        yield from about.iter(name("adec:decorative"))


def _said(element: Element | None, attribute: str) -> str:
    return " ".join(element.get(attribute, "").split()) if element is not None else ""


def _millimetres(extent: Element | None, side: str) -> float:
    written = extent.get(side, "") if extent is not None else ""
    return round(int(written) / _MILLIMETRE, 1) if written.isdecimal() and len(written) < 12 else 0.0
