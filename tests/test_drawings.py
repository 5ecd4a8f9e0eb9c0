"""Drawings, three ways: in a browser as readers of HTML see them, in the PDF, and by resvg. All look the same.

What cannot look the same is refused, and so is what would never end.
"""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml
from command import ROOT
from PIL import Image, ImageChops

from dossierbuild.core.model import FitJob, Font, Picture, SourceFile
from dossierbuild.stages.parse.pictures import parse_picture
from dossierbuild.stages.render.pictures import Medium, fit_picture, room_for
from dossierbuild.tools.browser import find_browser, open_browser
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.resvg import draw_svg

FIGURES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "drawings.yaml").read_text("utf-8"))
FACE = 'font-family="Dossier Sans"'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200" '
    'width="300" height="200">{}</svg>'
)
WIDTH, HEIGHT = 600, 400
FONTS = tuple(
    Font(family=f"Dossier {kind}", path=f"Dossier{kind}-{face}.ttf", weight=weight, style=style,
         data=(ROOT / f"styles/fonts/Dossier{kind}-{face}.ttf").read_bytes())
    for kind, face, weight, style in (
        ("Sans", "Regular", 400, "normal"), ("Sans", "Bold", 700, "normal"), ("Sans", "Italic", 400, "italic"),
        ("Serif", "Regular", 400, "normal"),
    )
)  # fmt: skip
FAMILIES = (("serif", "Dossier Serif"), ("sans-serif", "Dossier Sans"), ("monospace", "Dossier Sans"))
# How far the squares of 16 by 16 pixels of two drawings may differ, of 255: letters are hinted in a browser.
TOLERANCE = 80


def svg_of(name: str) -> str:
    return SVG.format(FIGURES[name].replace("FACE", FACE))


def drawing(svg: str) -> Picture:
    found = parse_picture(SourceFile("figures/tekening.svg", svg.encode(), ""))
    assert found.value is not None, found.problems
    return found.value


def refusal(svg: str) -> tuple[str, str]:
    """The code with which a drawing is refused, and what is said of it."""
    found = parse_picture(SourceFile("figures/tekening.svg", svg.encode(), ""))
    assert found.value is None
    problem = found.problems[0]
    return problem.code, str(problem.words.get("feature") or problem.words.get("reason"))


def face(font: Font, address: str) -> str:
    return (
        f"@font-face{{font-family:'{font.family}';src:url({address});font-weight:{font.weight};"
        f"font-style:{font.style}}}"
    )


def on_white(png: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB").resize((WIDTH, HEIGHT))


@cache
def in_a_browser() -> dict[str, Image.Image]:
    """The drawings as they were delivered, with the fonts of the dossier."""
    program = find_browser()
    assert program
    faces = "".join(face(font, f"data:font/ttf;base64,{base64.b64encode(font.data).decode()}") for font in FONTS)
    page = "<style>body{margin:0;background:#fff}img{display:block;width:600px;height:400px}</style>"
    for name in FIGURES:
        whole = svg_of(name).replace(">", f"><style>{faces}</style>", 1)
        page += f'<img src="data:image/svg+xml;base64,{base64.b64encode(whole.encode()).decode()}">'
    with open_browser(program) as browser:
        path = Path(os.environ["DOSSIERBUILD_CACHE"]) / "drawings.html"
        path.write_text(page, encoding="utf-8")
        browser.show(path, WIDTH, HEIGHT)
        return {name: on_white(browser.picture(at * HEIGHT, WIDTH, HEIGHT)) for at, name in enumerate(FIGURES)}


@cache
def on_paper() -> dict[str, Image.Image]:
    """The drawings as they are printed, each on a page of its own."""
    faces = "".join(face(font, font.path) for font in FONTS)
    page = f"@page{{size:{WIDTH}px {HEIGHT}px;margin:0}}body{{margin:0;font-family:'Dossier Sans'}}"
    page += f"img{{display:block;width:{WIDTH}px;height:{HEIGHT}px}}"
    resources: dict[str, bytes] = {font.path: font.data for font in FONTS}
    images = ""
    for at, name in enumerate(FIGURES):
        picture = drawing(svg_of(name))
        data, kind = picture.data, "svg"
        if picture.hard:
            width, height = room_for(picture, 0.0, Medium.PAPER)
            fitted = fit_picture(FitJob(picture=picture, width=width, height=height, fonts=FONTS, families=FAMILIES))
            data, kind = fitted.asset.data, "png"
        resources[f"{at}.{kind}"] = data
        images += f'<img src="{at}.{kind}" alt="x">'
    html = f'<html lang="nl"><head><title>x</title><style>{faces}{page}</style></head><body>{images}</body></html>'
    pdf = write_pdf(html, resources, identifier="urn:x")
    assert pdf.log == ()
    folder = Path(os.environ["DOSSIERBUILD_CACHE"])
    (folder / "drawings.pdf").write_bytes(pdf.data)
    subprocess.run(["pdftoppm", "-r", "96", "-png", folder / "drawings.pdf", folder / "drawing"], check=True)
    pages = sorted(folder.glob("drawing-*.png"))
    return {name: on_white(path.read_bytes()) for name, path in zip(FIGURES, pages, strict=True)}


def by_resvg(name: str) -> Image.Image:
    svg = drawing(svg_of(name)).data.decode()
    return on_white(draw_svg(svg, WIDTH, HEIGHT, [font.data for font in FONTS], dict(FAMILIES)))


def difference(first: Image.Image, second: Image.Image) -> int:
    """How far the squares that differ most are apart, from 0 to 255."""
    found = ImageChops.difference(first.reduce(16), second.reduce(16)).getextrema()
    return max(int(extremes[1]) for extremes in found if isinstance(extremes, tuple))


@pytest.mark.thorough
@pytest.mark.built
@pytest.mark.needs("chromium")
@pytest.mark.needs("pdftoppm")
@pytest.mark.parametrize("name", FIGURES)
def test_a_drawing_looks_the_same_in_a_browser_and_on_paper(name: str) -> None:
    assert difference(in_a_browser()[name], Image.new("RGB", (WIDTH, HEIGHT), "white")) > TOLERANCE, "nothing is drawn"
    assert difference(in_a_browser()[name], on_paper()[name]) <= TOLERANCE


@pytest.mark.thorough
@pytest.mark.built
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("name", [name for name in FIGURES if name != "underlined text"])
def test_resvg_draws_what_a_browser_draws(name: str) -> None:
    assert difference(in_a_browser()[name], by_resvg(name)) <= TOLERANCE


def test_the_same_drawing_gives_the_same_pixels() -> None:
    svg = drawing(svg_of("a blur")).data.decode()
    fonts = [font.data for font in FONTS]
    assert draw_svg(svg, 90, 60, fonts, dict(FAMILIES)) == draw_svg(svg, 90, 60, fonts, dict(FAMILIES))


def test_the_layout_engine_draws_what_it_can() -> None:
    """So that its text stays text, and its lines are sharp."""
    soft = {name for name in FIGURES if not drawing(svg_of(name)).hard}
    assert {"text", "lines of text", "shapes", "arrows", "what is used again", "rules by class, id and place"} <= soft
    assert not {"a mask", "a blur", "blending", "a pattern", "text on a path", "text in text in text"} & soft


def test_what_drawing_programs_write_is_no_reason_to_leave_the_layout_engine() -> None:
    """Properties of their own, defaults written out, links, and units of paper."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="99mm" viewBox="0 0 210 99" '
        'style="enable-background:new 0 0 9 9;background:light-dark(#fff, var(--x, #000))"><style>.a:hover{fill:red}'
        "@media (prefers-color-scheme:dark){.a{fill:white}}</style><a href='https://example.org'>"
        '<path class="a" d="M1 1h9z" style="paint-order:markers fill stroke;mix-blend-mode:normal;isolation:auto;'
        '-inkscape-stroke:none;vector-effect:none;block-progression:tb;solid-color:#000"/></a><switch><foreignObject/>'
        '<text style="white-space:pre;line-height:1.2;font-variant-ligatures:normal">a  b</text></switch></svg>'
    )
    found = drawing(svg)
    assert (found.width, found.height, found.hard) == (794, 375, ())
    assert b"example.org" not in found.data


def test_a_drawing_measured_in_points_is_drawn_by_resvg() -> None:
    svg = svg_of("a mask").replace('width="300" height="200"', 'width="225pt" height="150pt"')
    found = drawing(svg)
    assert (found.width, found.height) == (300, 200)
    png = draw_svg(found.data.decode(), WIDTH, HEIGHT, (), dict(FAMILIES))
    assert difference(on_white(png), by_resvg("a mask")) == 0


UNDRAWN = {
    "<foreignObject>": "<foreignObject><p>x</p></foreignObject>",
    "<animate>": '<rect><animate attributeName="x" to="9"/></rect>',
    "<set>": '<rect><set attributeName="opacity" to="0"/></rect>',
    "animation": '<rect style="animation: a 2s"/>',
    "var(--niet)": '<rect fill="var(--niet)"/>',
    "calc()": '<rect width="calc(1px + 2px)"/>',
    "clip-path": '<rect clip-path="circle(5px)"/>',
    "vector-effect": '<path d="M0 0h9" vector-effect="non-scaling-stroke"/>',
    "color-mix()": '<rect fill="color-mix(in srgb, red, blue)"/>',
    "rotate3d()": '<rect style="transform: rotate3d(1, 0, 0, 9deg)"/>',
    "text-transform": '<text style="text-transform: uppercase">x</text>',
}


@pytest.mark.parametrize("feature", UNDRAWN)
def test_what_not_every_renderer_draws_is_refused_by_its_name(feature: str) -> None:
    assert refusal(SVG.format(UNDRAWN[feature])) == ("D317", feature)


def nested(tag: str, times: int = 6) -> str:
    """A thing that stands ten times in each of the next."""
    levels = "".join(f'<g id="a{n + 1}">{f"<use href={chr(34)}#a{n}{chr(34)}/>" * 10}</g>' for n in range(times))
    return f'<g id="a0">{tag}</g>{levels}<use href="#a{times}"/>'


ENDLESS = {
    "uses in uses": nested("<path d='M0 0h1'/>", 9),
    "a use of itself": '<g id="a"><use href="#a"/></g>',
    "uses of each other": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "a pattern of itself": '<pattern id="p" width="9" height="9"><rect width="9" height="9" fill="url(#p)"/></pattern>',
    "a mask of itself by a rule": "<style>.m{mask:url(#m)}</style><mask id='m'><rect class='m'/></mask>",
    "thousands of filters": "<filter id='f'><feGaussianBlur stdDeviation='9'/></filter>"
    + "<rect filter='url(#f)'/>" * 3000,
    "a wide erosion": "<filter id='f'><feMorphology radius='100000'/></filter><rect filter='url(#f)'/>",
    "many elements": "<rect/>" * 60_000,
    "deep": "<g>" * 5000 + "</g>" * 5000,
    "no number": '<rect width="inf" height="nan"/>',
    "a huge number": '<rect width="1e300" height="9"/>',
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_drawing_without_end_is_refused(name: str) -> None:
    assert refusal(SVG.format(ENDLESS[name]))[0] == "D307"


@pytest.mark.parametrize("box", ["0 0 inf 100", "0 0 nan 9", "0 0 0 9", "0 0 -5 9", "0 0 1e9 1e9", "0 0 5", "a b c d"])
def test_a_drawing_without_a_size_is_refused(box: str) -> None:
    assert refusal(SVG.replace("0 0 300 200", box).format("<rect/>"))[0] == "D307"


def test_properties_that_unfold_are_refused() -> None:
    rules = "".join(f"--a{n + 1}: {f'var(--a{n}) ' * 10};" for n in range(9))
    svg = SVG.format(f"<style>:root{{--a0: red;{rules}}}</style><rect fill='var(--a9)'/>")
    assert refusal(svg)[0] == "D317"


def test_what_editors_of_drawings_keep_goes() -> None:
    inside = (
        '<metadata>geheim</metadata><!-- geheim --><g xmlns:i="urn:i" i:label="geheim" data-naam="geheim">'
        '<i:view>geheim</i:view><rect id="r" width="9" height="9"/></g>'
    )
    plain = drawing(SVG.format(inside)).data.decode()
    assert "geheim" not in plain
    assert re.findall(r"<(\w+)", plain) == ["svg", "g", "rect"]


# --- letters of other scripts ----------------------------------------------------------------------------------------


def with_blur(text: str, family: str, weight: str = "normal") -> Picture:
    """A drawing of a text that the layout engine leaves to resvg."""
    blur = '<filter id="f"><feGaussianBlur stdDeviation="0.01"/></filter>'
    style = f'font-family="\'{family}\', sans-serif" font-size="24" font-weight="{weight}"'
    return drawing(SVG.format(f'{blur}<g filter="url(#f)"><text x="10" y="90" {style}>{text}</text></g>'))


@cache
def all_fonts() -> tuple[Font, ...]:
    listed = yaml.safe_load((ROOT / "styles" / "fonts" / "fonts.yaml").read_text("utf-8"))
    return tuple(
        Font(family=row["family"], path=row["file"], weight=row["weight"], style=row["style"],
             behind=row.get("behind", ""), data=(ROOT / "styles" / "fonts" / row["file"]).read_bytes())
        for row in listed
    )  # fmt: skip


def fitted_text(text: str, family: str, weight: str = "normal") -> Image.Image:
    picture = with_blur(text, family, weight)
    job = FitJob(picture=picture, width=WIDTH, height=HEIGHT, fonts=all_fonts(), families=FAMILIES)
    return on_white(fit_picture(job).asset.data)


@pytest.mark.parametrize(
    ("text", "weight", "family"),
    [
        ("Кириллица", "bold", "Dossier Sans Extended"),
        ("مرحبا", "normal", "Noto Naskh Arabic"),
        ("שלום", "bold", "Noto Serif Hebrew"),
        ("🚲", "normal", "Noto Emoji"),
    ],
)
def test_a_letter_that_a_drawings_family_lacks_is_drawn_in_the_family_behind_it(
    text: str, weight: str, family: str
) -> None:
    alone = fitted_text(text, family, weight)
    assert ImageChops.difference(fitted_text(text, "Arial", weight), alone).getbbox() is None
    assert ImageChops.difference(fitted_text("\ue000" * len(text), "Arial", weight), alone).getbbox() is not None


@pytest.mark.parametrize(("sign", "parts"), [("👍🏽", "👍"), ("👨‍👩‍👧", "👨👩👧")])
def test_an_emoji_of_several_signs_is_drawn_beside_letters_by_its_parts(sign: str, parts: str) -> None:
    drawn, expected = fitted_text(f"zo: {sign} ja", "Arial"), fitted_text(f"zo: {parts} ja", "Arial")
    assert ImageChops.difference(drawn, expected).getbbox() is None
