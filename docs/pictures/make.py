"""Makes the pictures of this folder from the example dossier: `python docs/pictures/make.py`.

Needs what a build needs, a Chromium for the web pages, and LibreOffice for the Word documents.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from office import converted  # noqa: E402

from dossierbuild.tools.browser import Browser, find_browser, open_browser  # noqa: E402
from dossierbuild.tools.pdf_reader import page_picture, read_pdf  # noqa: E402

HERE = Path(__file__).parent
GROUND, INK, EDGE = "#e9eded", "#14222c", "#c3ced1"
SANS = str(ROOT / "styles/fonts/DossierSans-Regular.ttf")
BOLD = str(ROOT / "styles/fonts/DossierSans-Semibold.ttf")


def run(*words: str) -> None:
    command = [sys.executable, "-m", "dossierbuild", *words]
    subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"})


def build(folder: Path, *options: str, dossier: str = "sources") -> Path:
    """A dossier, built below `folder`; returns the published folder."""
    run("build", dossier, "--output", str(folder), *options)
    return next(path for path in folder.iterdir() if path.is_dir())


def page(edition: Path, publication: str, number: int, width: int) -> Image.Image:
    data = (edition / f"{edition.name}-{publication}.pdf").read_bytes()
    return framed(page_picture(data, number, width))


def first_figure(edition: Path) -> int:
    """The page of the dossier on which the first figure stands."""
    facts = read_pdf((edition / f"{edition.name}-dossier.pdf").read_bytes())
    return next(one.page for one in facts.elements if one.tag == "Figure" and one.alt)


def screen(browser: Browser, path: Path, width: int, height: int, shown: int, top: int = 0) -> Image.Image:
    """A part of a web page in a window of `width` pixels, `shown` pixels wide in the picture."""
    browser.show(path, width)
    picture = Image.open(io.BytesIO(browser.picture(top, width, height)))
    return framed_picture(picture.resize((shown, round(height * shown / width)), Image.Resampling.LANCZOS))


def framed(png: bytes) -> Image.Image:
    return framed_picture(Image.open(io.BytesIO(png)))


def framed_picture(picture: Image.Image) -> Image.Image:
    picture = picture.convert("RGB")
    ImageDraw.Draw(picture).rectangle((0, 0, picture.width - 1, picture.height - 1), outline=EDGE)
    return picture


def save(picture: Image.Image, name: str) -> None:
    picture.save(HERE / name, optimize=True)


def overview(edition: Path, browser: Browser) -> None:
    """Cover, a page with a chart, the infographic, a phone and the publication page beside each other."""
    sheet = Image.new("RGB", (1600, 700), GROUND)
    publication = edition / "index.html"
    phone = edition / f"{edition.name}-dossier.html"
    for picture, place in (
        (page(edition, "dossier", 1, 360), (30, 40)),
        (page(edition, "dossier", first_figure(edition), 300), (245, 225)),
        (page(edition, "infographic", 1, 435), (580, 40)),
        (screen(browser, publication, 1180, 1060, 500), (1060, 40)),
        (screen(browser, phone, 360, 700, 190), (1375, 285)),
    ):
        shadow(sheet, place, picture.size)
        sheet.paste(picture, place)
    save(sheet, "overview.png")


def shadow(sheet: Image.Image, place: tuple[int, int], size: tuple[int, int]) -> None:
    x, y = place
    ImageDraw.Draw(sheet).rectangle((x + 5, y + 5, x + size[0] + 5, y + size[1] + 5), fill="#cfd6d7")


def themes(editions: list[Path]) -> None:
    """Cover, infographic and a page with a chart in each theme."""
    sheet = Image.new("RGB", (1200, 330), GROUND)
    x = 20
    for edition in editions:
        for picture in (
            page(edition, "dossier", 1, 180),
            page(edition, "dossier", first_figure(edition), 180),
            page(edition, "infographic", 1, 180),
        ):
            shadow(sheet, (x, 40), picture.size)
            sheet.paste(picture, (x, 40))
            x += 192
        x += 12
    save(sheet, "themes.png")


SIDE_BY_SIDE = """(() => {
  const sheet = document.createElement('div');
  sheet.style = 'columns: 2; column-gap: 50px; padding: 24px 40px; background: #fff';
  sheet.append(...document.querySelectorAll('figure.chart'));
  sheet.querySelectorAll('figcaption').forEach(one => one.remove());
  sheet.querySelectorAll('figure').forEach(one => { one.style = 'margin: 0 0 34px; break-inside: avoid'; });
  document.body.replaceChildren(sheet);
  return Math.ceil(sheet.getBoundingClientRect().height);
})()"""


def charts(edition: Path, browser: Browser) -> None:
    """All charts of the dossier with every construct, in two columns."""
    browser.show(edition / f"{edition.name}-dossier.html", 1280)
    height = browser.evaluate(SIDE_BY_SIDE)
    picture = Image.open(io.BytesIO(browser.picture(0, 1280, height)))
    save(framed_picture(picture.resize((1000, round(height / 1.28)), Image.Resampling.LANCZOS)), "charts.png")


def colours() -> None:
    """What each colour of the theme is for, as swatches with their names."""
    theme = yaml.safe_load((ROOT / "styles/theme.yaml").read_text(encoding="utf-8"))
    named = [(name, colour) for name, colour in theme["colours"].items() if not name.startswith("dark-")]
    named += [(f"palette {number}", colour) for number, colour in enumerate(theme["palette"], 1)]
    columns, wide, high = 6, 190, 74
    rows = -(-len(named) // columns)
    sheet = Image.new("RGB", (columns * wide + 20, rows * high + 20), "#ffffff")
    draw, bold, sans = ImageDraw.Draw(sheet), ImageFont.truetype(BOLD, 15), ImageFont.truetype(SANS, 14)
    for place, (name, colour) in enumerate(named):
        x, y = 20 + place % columns * wide, 20 + place // columns * high
        draw.rectangle((x, y, x + 48, y + 48), fill=colour, outline=EDGE)
        draw.text((x + 58, y + 4), name, fill=INK, font=bold)
        draw.text((x + 58, y + 25), colour, fill=INK, font=sans)
    save(sheet, "colours.png")


FONTS = """\
<fontconfig><dir>{0}/styles/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{1}</cachedir></fontconfig>
"""


def word(folder: Path) -> None:
    """The first page of two chapters as Word documents, as LibreOffice shows them with the fonts of the dossier."""
    shutil.copytree(ROOT / "sources", folder / "sources")
    (folder / "fonts.conf").write_text(FONTS.format(ROOT, folder), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    run("word", "out", str(folder / "sources"), "02-wat-is-het", "06-werkzame-elementen", "--output", str(folder))
    sheet = Image.new("RGB", (1200, 800), GROUND)
    for x, name in ((25, "02-wat-is-het"), (610, "06-werkzame-elementen")):
        paper = converted(folder / f"{name}.docx", folder / f"{name}.pdf").read_bytes()
        picture = framed_picture(Image.open(io.BytesIO(page_picture(paper, 1, 565))).crop((0, 30, 565, 770)))
        shadow(sheet, (x, 30), picture.size)
        sheet.paste(picture, (x, 30))
    save(sheet.quantize(48), "word.png")


def main() -> None:
    program = find_browser()
    if program is None:
        raise SystemExit("no Chromium found")
    with tempfile.TemporaryDirectory() as folder, open_browser(program) as browser:
        own = build(Path(folder) / "bouwstenen")
        other = build(Path(folder) / "waterland", "--theme", "waterland")
        every = build(Path(folder) / "every", dossier="tests/dossiers/every-construct")
        overview(own, browser)
        charts(every, browser)
        themes([own, other])
        word(Path(folder) / "word")
    colours()


if __name__ == "__main__":
    main()
