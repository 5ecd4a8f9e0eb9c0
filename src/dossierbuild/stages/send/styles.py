"""The styles of a Word document in the look of the theme.

Styles that Word has itself go by Word's own names, which each Word shows in its language: "heading 1" as "Kop 1".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.model import Theme
from dossierbuild.core.sent import (
    BOX_BEGIN_STYLE,
    BOX_END_STYLE,
    BOX_STYLE,
    CELL_STYLE,
    NOTICE_STYLE,
    PICTURE_STYLE,
    SHOWN_STYLE,
    TABLE_NOTE_STYLE,
    VERSE_STYLE,
)

BOX_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "practice": "leaf-tint",
        "definition": "sky-tint",
        "attention": "signal-tint",
        "key-point": "sun-tint",
        "key-figure": "mist",
        "quote": "mist",
    }
)
"""The colour of the theme for the ground of each kind of box."""

BODY_POINTS = 10.5
_SIZES = MappingProxyType({"small": 8.5, "caption": 9.5, "body": 10.5, "h4": 11.5, "h3": 14.0, "h2": 22.0})
"""Points, for sizes that a theme does not give in `rem`."""
# Families that most machines have, for those of the theme.
_SERIF, _SANS, _MONO = "Georgia", "Arial", "Consolas"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IDS = MappingProxyType({"Normal Table": "TableNormal"})


def style_id(name: str) -> str:
    """The id of a style, as pandoc makes it of its name."""
    if name in _IDS:
        return _IDS[name]
    return (
        "".join(f"{word[:1].upper()}{word[1:]}" for word in name.split()) if name.islower() else "".join(name.split())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style. Sizes and spaces are in points, colours names of the theme, `font` a role of the theme's.

    `next` is the style of the paragraph behind it. One that is not `listed` is not among those that Word offers.
    """

    name: str
    based_on: str = "Normal"
    next: str = ""
    font: str = ""
    size: float = 0.0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    before: float = 0.0
    after: float = 6.0
    left: float = 0.0
    hanging: float = 0.0
    keep_next: bool = False
    outline: int = 0
    fill: str = ""
    rule: str = ""  # the edge with a line: "top" or "bottom"
    listed: bool = True


def _paragraph_styles(sizes: Mapping[str, float]) -> Iterator[_Style]:
    sizes = {**_SIZES, **sizes}
    body, caption, small = sizes["body"], sizes["caption"], sizes["small"]
    yield _Style(name="Body Text", after=7, next="Body Text")
    for level, (size, colour) in enumerate(
        ((sizes["h2"], "accent-deep"), (sizes["h3"] * 1.15, "accent"), (sizes["h4"] * 1.1, "accent-deep"),
         (sizes["h4"], "ink"), (body, "ink"), (body, "muted")), 1
    ):  # fmt: skip
        yield _Style(
            name=f"heading {level}", next="Body Text", font="display", size=size, colour=colour, bold=True,
            before=18 if level < 3 else 12, after=6, keep_next=True, outline=level,
        )  # fmt: skip
    yield _Style(name="List Paragraph", based_on="Body Text", after=3, left=36)
    yield _Style(name="Quote", based_on="Body Text", next="Body Text", italic=True, colour="accent-deep", left=24)
    yield _Style(name="caption", next="Body Text", font="label", size=caption, colour="muted", before=3, after=9)
    yield _Style(name="footnote text", size=small, after=2)
    yield _Style(name="footer", font="label", size=small, colour="muted", after=0)
    yield _Style(name="Definition Term", based_on="Body Text", bold=True, after=0, keep_next=True)
    yield _Style(name="Definition", based_on="Body Text", left=24)
    yield _Style(name="Source Code", font="code", size=small, fill="mist")
    yield _Style(name=VERSE_STYLE, based_on="Body Text", left=24)
    yield _Style(name=CELL_STYLE, font="label", size=caption, after=2, before=2)
    yield _Style(name=TABLE_NOTE_STYLE, font="label", size=small, colour="muted", after=2)
    yield _Style(name=PICTURE_STYLE, next="caption", after=3, before=6, keep_next=True)
    yield _Style(name=BOX_STYLE, based_on="Body Text", next=BOX_STYLE)
    for name, edge in ((BOX_BEGIN_STYLE, "top"), (BOX_END_STYLE, "bottom")):
        yield _Style(
            name=name, next=BOX_STYLE if edge == "top" else "Body Text", font="label", size=small, colour="accent",
            bold=edge == "top", before=9 if edge == "top" else 0, after=4 if edge == "top" else 12,
            keep_next=edge == "top", rule=edge, listed=False,
        )  # fmt: skip
    yield _Style(
        name=SHOWN_STYLE, next="Body Text", font="label", size=small, colour="muted", bold=True, before=9, after=2,
        keep_next=True, listed=False,
    )  # fmt: skip
    yield _Style(
        name=NOTICE_STYLE, next="Body Text", font="label", size=small, colour="ink", fill="mist", after=12, listed=False
    )


def styles_xml(theme: Theme, sizes: Mapping[str, float], language: str) -> str:
    """The part with the styles; `sizes` are in points by their names in the theme, `language` is that of proofing."""
    look = f"{_fonts(theme, 'text')}{_colour(theme, 'ink')}{_size(sizes.get('body', BODY_POINTS))}"
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{look}"
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    paragraphs = "".join(_paragraph(style, theme) for style in _paragraph_styles(sizes))
    return f"{_HEAD}<w:styles {_W}>{defaults}{_NORMAL}{paragraphs}{_characters(theme)}{_tables(theme)}</w:styles>"


_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name '
    'w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
)


def _paragraph(style: _Style, theme: Theme) -> str:
    following = f'<w:next w:val="{style_id(style.next)}"/>' if style.next else ""
    place = "<w:qFormat/>" if style.listed else '<w:uiPriority w:val="99"/>'
    return (
        f'<w:style w:type="paragraph"{_own(style.name)} w:styleId="{style_id(style.name)}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="{style_id(style.based_on)}"/>{following}{place}'
        f"<w:pPr>{_layout(style, theme)}</w:pPr><w:rPr>{_look(style, theme)}</w:rPr></w:style>"
    )


_OF_WORD = frozenset({"Body Text", "List Paragraph", "Quote", "Hyperlink"})


def _own(name: str) -> str:
    """What says of a style that Word has none of this name; its own begin with a small letter, or are these."""
    return ' w:customStyle="1"' if name[:1].isupper() and name not in _OF_WORD else ""


def _layout(style: _Style, theme: Theme) -> str:
    """The properties of a style's paragraphs, in the order of the schema."""
    rule = f'<w:pBdr><w:{style.rule} w:val="single" w:sz="12" w:space="4" w:color="{_hex(theme, "accent")}"/></w:pBdr>'
    return "".join(
        (
            "<w:keepNext/>" if style.keep_next else "",
            rule if style.rule else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(theme, style.fill)}"/>' if style.fill else "",
            f'<w:spacing w:before="{_twentieths(style.before)}" w:after="{_twentieths(style.after)}"/>',
            f'<w:ind w:left="{_twentieths(style.left)}"/>' if style.left else "",
            f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else "",
        )
    )


def _look(style: _Style, theme: Theme) -> str:
    """The properties of a style's words, in the order of the schema."""
    return "".join(
        (
            _fonts(theme, style.font) if style.font else "",
            "<w:b/><w:bCs/>" if style.bold else "",
            "<w:i/><w:iCs/>" if style.italic else "",
            _colour(theme, style.colour) if style.colour else "",
            _size(style.size) if style.size else "",
        )
    )


def _characters(theme: Theme) -> str:
    looks = {
        "Hyperlink": f'{_colour(theme, "accent")}<w:u w:val="single"/>',
        "footnote reference": '<w:vertAlign w:val="superscript"/>',
        "Verbatim Char": _fonts(theme, "code"),
    }
    return "".join(
        f'<w:style w:type="character"{_own(name)} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{look}</w:rPr></w:style>'
        for name, look in looks.items()
    )


def _tables(theme: Theme) -> str:
    line = _hex(theme, "line")
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{line}"/>' for edge in ("top", "bottom", "insideH")
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" '
        'w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '</w:style><w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" '
        f'w:sz="12" w:space="0" w:color="{_hex(theme, "accent")}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    )


def font_table_xml(theme: Theme) -> str:
    """The part that says which family is like one of the theme's, where a machine does not have it."""
    fonts = {theme.font(role): _like(role, theme) for role in ("text", "display", "label", "code")}
    kinds = {_SERIF: "roman", _SANS: "swiss", _MONO: "modern"}
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{like}"/><w:family w:val="{kinds[like]}"/></w:font>'
        for name, like in fonts.items()
    )
    return f"{_HEAD}<w:fonts {_W}>{listed}</w:fonts>"


def _like(role: str, theme: Theme) -> str:
    if role == "code":
        return _MONO
    return _SANS if role == "label" or "sans" in theme.font(role).lower() else _SERIF


def _fonts(theme: Theme, role: str) -> str:
    name = theme.font(role)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _hex(theme: Theme, colour: str) -> str:
    return theme.colour(colour).lstrip("#")


def _colour(theme: Theme, colour: str) -> str:
    return f'<w:color w:val="{_hex(theme, colour)}"/>'


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _twentieths(points: float) -> int:
    return round(points * 20)
