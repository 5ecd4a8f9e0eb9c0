"""From a plot to SVG: drawn by matplotlib, then freed of all that a picture inside a page must not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import Any, Literal
from xml.etree import ElementTree

from dossierbuild.tools.charts.plot import Anchor, Bar, Line, Mark, Plot, Point, Shape, Words

_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_STRIPE = 5.0  # points between stripes
_NO_METADATA = MappingProxyType(dict.fromkeys(("Creator", "Date", "Format", "Type")))
_ALIGNMENT: Mapping[Anchor, Literal["left", "center", "right"]] = MappingProxyType(
    {
        Anchor.START: "left",
        Anchor.MIDDLE: "center",
        Anchor.END: "right",
    }
)
# Attributes of matplotlib's that have their default value, or that the root has for all.
_NEEDLESS = frozenset({("fill", "#000000"), ("stroke-linejoin", "miter"), ("text-anchor", "start")})


def draw_plot(plot: Plot, families: Sequence[str], paper: str) -> ElementTree.Element:
    """The plot as an `svg` element that holds only paths and texts, each with its own attributes.

    Stripes and the edges of marks have the colour of the paper. The font families go to the root, with a
    generic one behind them; the size is left to the page, which knows the `viewBox`.
    """
    from matplotlib.backends.backend_svg import RendererSVG

    out = StringIO()
    new_renderer: Any = RendererSVG  # has no types
    renderer = new_renderer(plot.width, plot.height, out, metadata=dict(_NO_METADATA))
    for shape in plot.shapes:
        _draw(renderer, shape, plot.height, paper)
    renderer.finalize()
    drawn = ElementTree.fromstring(out.getvalue())
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": drawn.attrib["viewBox"],
            "font-family": ",".join(f"'{family}'" for family in families) + ", sans-serif",
        },
    )
    root.extend(_plain(element) for element in drawn.iter() if element.tag.rpartition("}")[2] in ("path", "text"))
    return root


def _plain(drawn: ElementTree.Element) -> ElementTree.Element:
    """A path or text without namespace and id, its style as attributes."""
    name = drawn.tag.rpartition("}")[2]
    kept = ("d",) if name == "path" else ("x", "y")
    attributes = {key: " ".join(drawn.attrib[key].split()) for key in kept}
    for declaration in drawn.get("style", "").split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key and key != "font-family" and (key, value) not in _NEEDLESS:
            attributes[key] = value.removesuffix("px")
    plain = ElementTree.Element(name, attributes)
    plain.text = drawn.text
    return plain


def _draw(renderer: Any, shape: Shape, height: float, paper: str) -> None:
    if isinstance(shape, Words):
        _draw_words(renderer, shape, height)
    elif isinstance(shape, Line):
        _draw_lines(renderer, (shape.points,), shape.colour, shape.width, height)
    elif isinstance(shape, Mark):
        _draw_mark(renderer, shape, height, paper)
    else:
        _draw_bar(renderer, shape, height, paper)


def _draw_words(renderer: Any, words: Words, height: float) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    font = FontProperties(family="sans-serif", size=words.size, weight=600 if words.bold else 400)
    x, y = round(words.x, 1), round(words.y, 1)
    text = Text(x, height - y, words.text, horizontalalignment=_ALIGNMENT[words.anchor])
    renderer.draw_text(_pen(renderer, words.colour), x, y, words.text, font, 0, False, text)


def _draw_lines(renderer: Any, lines: tuple[tuple[Point, ...], ...], colour: str, width: float, height: float) -> None:
    """Lines of one colour, as one path."""
    from matplotlib.path import Path

    points = [(round(x, 1), round(y, 1)) for line in lines for x, y in line]
    codes = [Path.LINETO if number else Path.MOVETO for line in lines for number in range(len(line))]
    if not points:
        return
    pen = _pen(renderer, colour)
    pen.set_linewidth(width)
    pen.set_joinstyle("round")
    renderer.draw_path(pen, Path(points, codes), _upright(height), None)


def _draw_bar(renderer: Any, bar: Bar, height: float, paper: str) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.path import Path

    left, top = round(bar.x, 1), round(bar.y, 1)
    right, bottom = round(bar.x + bar.width, 1), round(bar.y + bar.height, 1)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    pen = _pen(renderer, bar.colour)
    pen.set_linewidth(0)
    renderer.draw_path(pen, Path(corners, closed=True), _upright(height), to_rgb(bar.colour))
    if bar.stripes:
        _draw_lines(renderer, _stripes(bar), paper, 0.7, height)


def _draw_mark(renderer: Any, mark: Mark, height: float, paper: str) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import Affine2D

    style = MarkerStyle(_MARKS[mark.shape % len(_MARKS)])
    place = (
        Affine2D(style.get_transform().get_matrix())
        .scale(mark.size, -mark.size)
        .translate(round(mark.x, 1), round(mark.y, 1))
    )
    pen = _pen(renderer, paper)
    pen.set_linewidth(1.0)
    renderer.draw_path(pen, style.get_path(), place + _upright(height), to_rgb(mark.colour))


def _pen(renderer: Any, colour: str) -> Any:
    pen = renderer.new_gc()
    pen.set_foreground(colour)
    return pen


def _upright(height: float) -> Any:
    """matplotlib's y goes up, the plot's down."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1, -1).translate(0, height)


def _stripes(bar: Bar) -> tuple[tuple[Point, Point], ...]:
    """The bar's stripes, cut off at its edges: none, rising, falling, lying, standing, crossed, and again."""
    right, bottom = bar.x + bar.width, bar.y + bar.height
    lying = tuple(((bar.x, y), (right, y)) for y in _marks(bar.y, bottom))
    standing = tuple(((x, bar.y), (x, bottom)) for x in _marks(bar.x, right))
    rising = tuple(
        (
            (max(bar.x, offset - bottom), min(bottom, offset - bar.x)),
            (min(right, offset - bar.y), max(bar.y, offset - right)),
        )
        for offset in _marks(bar.x + bar.y, right + bottom, 1.5)
    )
    falling = tuple(((bar.x + right - x1, y1), (bar.x + right - x2, y2)) for (x1, y1), (x2, y2) in rising)
    return ((), rising, falling, lying, standing, rising + falling)[bar.stripes % 6]


def _marks(low: float, high: float, step: float = 1.0) -> tuple[float, ...]:
    """Even places strictly between two ends."""
    count = int((high - low) / (_STRIPE * step))
    return tuple(low + (number + 0.5) * _STRIPE * step for number in range(count))
