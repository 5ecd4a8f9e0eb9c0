"""What each renderer can draw of SVG: a reader's browser, the layout engine of the PDF, and resvg.

An element that is in no table is refused by its name, so that nothing is drawn in one format only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

FOREIGN = frozenset("script iframe embed object audio video image handler listener".split())
"""Elements that run, or that something else than the renderer of SVG would draw."""
DROPPED = frozenset("metadata style view cursor color-profile font-face".split())
"""Elements that draw nothing."""
ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath "
    "linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComponentTransfer "
    "feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA "
    "feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
    "feSpotLight feTile feTurbulence".split()
)

COLOURS = frozenset("color fill stroke stop-color flood-color lighting-color".split())
PROPERTIES = COLOURS | frozenset(
    "alignment-baseline baseline-shift clip-path clip-rule color-interpolation color-interpolation-filters direction "
    "display dominant-baseline fill-opacity fill-rule filter flood-opacity font-family font-size font-stretch "
    "font-style font-variant font-weight letter-spacing marker-end marker-mid marker-start mask mask-type opacity "
    "overflow paint-order stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration transform transform-origin "
    "unicode-bidi vector-effect visibility word-spacing writing-mode glyph-orientation-vertical".split()
)
"""Properties that may be attributes (SVG 2, 6.6)."""
ATTRIBUTES = frozenset(
    "id lang viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height d points dx dy rotate "
    "textLength lengthAdjust pathLength href startOffset method spacing side offset gradientUnits gradientTransform "
    "spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits "
    "markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits in in2 result mode values type "
    "stdDeviation edgeMode operator k1 k2 k3 k4 tableValues slope intercept amplitude exponent scale xChannelSelector "
    "yChannelSelector surfaceScale diffuseConstant specularConstant specularExponent kernelUnitLength azimuth "
    "elevation z pointsAtX pointsAtY pointsAtZ limitingConeAngle radius order kernelMatrix divisor bias targetX "
    "targetY preserveAlpha baseFrequency numOctaves seed stitchTiles".split()
)
STYLE_ONLY = frozenset({"mix-blend-mode", "isolation"})
"""Properties without an attribute, which stay in the style."""
OF_BROWSERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(
            "animation animation-name backdrop-filter clip content mask-border mask-image offset offset-path "
            "perspective rotate scale text-shadow translate zoom".split(),
            frozenset({"none", "auto", "normal", "1"}),
        ),
        "text-transform": frozenset({"none"}),
        "font-variant-caps": frozenset({"normal"}),
        "transform-box": frozenset({"view-box", "border-box"}),
    }
)
"""Properties that only browsers heed, with the values that change nothing. Any other property has no effect at all."""

# What no renderer but a browser draws, by the attribute and how its value begins.
_BROWSERS_ONLY: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "clip-path": re.compile(r"(?!none|url|inherit)"),
        "font-variant": re.compile(r"(?!normal|inherit|none)"),
        "vector-effect": re.compile(r"(?!none|inherit)"),
        "pathLength": re.compile(""),
        "mask": re.compile(r"(?!none|url|inherit)"),
    }
)
# What the layout engine does not draw, by the element, and by the attribute and how its value begins.
_HARD_ELEMENTS = frozenset("filter linearGradient mask pattern radialGradient textPath".split())
_HARD: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "baseline-shift": re.compile(r"(?!baseline|inherit|0)"),
        "clip-rule": re.compile("evenodd"),
        "direction": re.compile("rtl"),
        "dominant-baseline": re.compile(r"(?!auto|alphabetic|middle|central|hanging|inherit)"),
        "alignment-baseline": re.compile(r"(?!auto|alphabetic|baseline|inherit)"),
        "fill": re.compile("context"),
        "filter": re.compile(r"(?!none|inherit)"),
        "paint-order": re.compile(r"(?:markers\s+)?stroke"),
        "stroke": re.compile("context"),
        "style": re.compile(""),
        "text-decoration": re.compile(r"(?!none|inherit)"),
        "textLength": re.compile(""),
        "word-spacing": re.compile(r"(?!normal|0|inherit)"),
        "writing-mode": re.compile(r"(?!horizontal|lr|inherit)"),
    }
)


def hard_features(root: Element) -> tuple[str, ...]:
    """What the layout engine cannot draw of a plain drawing, by name and in order."""
    return tuple(sorted({name for element in root.iter() for name in _hard(element)}))


def undrawn_feature(root: Element) -> str:
    """The first feature of a plain drawing that only browsers draw, or an empty text."""
    return next((name for element in root.iter() for name in _with_values(element, _BROWSERS_ONLY)), "")


def _hard(element: Element) -> Iterator[str]:
    name = local_name(element)
    in_clip = name == "text" and any(local_name(above) == "clipPath" for above in element.iterancestors())
    parent = element.getparent()
    in_span = name == "tspan" and parent is not None and local_name(parent) == "tspan"
    if name in _HARD_ELEMENTS or in_clip or in_span:
        yield f"<{name}>"
    yield from _with_values(element, _HARD)


def _with_values(element: Element, values: Mapping[str, re.Pattern[str]]) -> Iterator[str]:
    """The attributes of an element that have one of these values."""
    for name, value in markup.attributes(element):
        if name in values and values[name].match(value.strip()):
            yield name


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
