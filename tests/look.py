"""What is measured of pages, on paper and in a browser, and dossiers with longer and shorter texts to measure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
from rendered import rendered

from dossierbuild.core.ast import Node, Nodes, Prose, node, prose, rewrite
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Artifact, BuildOptions, PublicationId, Sources
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import Format
from dossierbuild.proof import unpacked
from dossierbuild.tools.browser import Browser

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretched:
    """The publications of a dossier with texts of another length, in every format, and what was said of them."""

    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]

    def artifact(self, name: str, form: Format) -> Artifact:
        return next(one for one in self.artifacts if one.publication == name and one.format is form)


def stretched(root: Path, times: float, only: tuple[str, ...] = ()) -> Stretched:
    """The dossier with each text twice as long (2), half as long (0.5), or as it is (1)."""
    with TemporaryDirectory() as folder:
        options = BuildOptions(
            root=str(root),
            output=folder,
            only=tuple(PublicationId(one) for one in only),
            formats=(Format.PDF, Format.HTML, Format.EPUB),
            draft=True,
        )
        built = rendered(options, lambda sources: _with_texts(sources, times))
    return Stretched(artifacts=built.artifacts, problems=built.problems)


def _with_texts(sources: Sources, times: float) -> Sources:
    manifest = dataclasses.replace(
        sources.manifest,
        title=_words(sources.manifest.title, times),
        subtitle=_words(sources.manifest.subtitle or "", times),
        description=_words(sources.manifest.description or "", times),
        publications=tuple(
            dataclasses.replace(one, title=_words(one.title, times) if one.title else None)
            for one in sources.manifest.publications
        ),
    )
    chapters, summaries = (
        tuple(
            dataclasses.replace(text, blocks=_blocks(text.blocks, times), title=_inlines(text.title, times))
            for text in texts
        )
        for texts in (sources.chapters, sources.summaries)
    )
    infographics = tuple(
        dataclasses.replace(one, texts=FrozenMap((path, _inlines(text, times)) for path, text in one.texts.items()))
        for one in sources.infographics
    )
    return dataclasses.replace(
        sources, manifest=manifest, chapters=chapters, summaries=summaries, infographics=infographics
    )


def _words(text: str, times: float) -> str:
    words = text.split()
    return " ".join(words * int(times) if times >= 1 else words[: max(1, int(len(words) * times))])


def _blocks(text: Prose, times: float) -> Prose:
    def change(one: Node) -> Node | None:
        if one["t"] in ("Para", "Plain"):
            return node(one["t"], _scaled(one["c"], times))
        if one["t"] == "Header":
            return node("Header", one["c"][0], one["c"][1], _scaled(one["c"][2], times))
        return None

    return prose(rewrite(text.nodes(), change))


def _inlines(text: Prose, times: float) -> Prose:
    return prose(_scaled(text.nodes(), times))


def _scaled(inlines: Nodes, times: float) -> Nodes:
    """Words twice, or the first half of them; what is no word stays, once."""
    words = [one for one in inlines if one["t"] in ("Str", "Space", "SoftBreak")]
    if times >= 1:
        return [*inlines, *(more for _ in range(int(times) - 1) for more in [node("Space"), *words])]
    kept = {id(one) for one in words[: max(1, int(len(words) * times))]}
    return [one for one in inlines if one["t"] not in ("Str", "Space", "SoftBreak") or id(one) in kept]


# --- paper ---------------------------------------------------------------------------------------------------------


def lines_on_paper(page: Any) -> Iterator[tuple[str, Box]]:
    """The lines of text on a page of a PDF with their boxes in points, from the top left corner."""
    text, height = page.get_textpage(), page.get_height()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        yield text.get_text_bounded(left, bottom, right, top).strip(), (left, height - top, right, height - bottom)


def faults_on_paper(data: bytes) -> list[str]:
    """Lines of text in a PDF that leave the page or run over each other."""
    faults = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            width, height = page.get_size()
            lines = [(text, box) for text, box in lines_on_paper(page) if text]
            for text, (left, top, right, bottom) in lines:
                if left < -0.5 or top < -0.5 or right > width + 0.5 or bottom > height + 0.5:
                    faults.append(f"page {number}: '{text[:40]}' leaves the page")
            faults += [f"page {number}: '{one[:40]}' and '{other[:40]}'" for one, other in overlapping(lines)]
    return faults


def overlapping(lines: list[tuple[str, Box]]) -> Iterator[tuple[str, str]]:
    """Lines that share more than a third of the height of the lower one, and more than a point of width."""
    ordered = sorted(lines, key=lambda one: one[1][1])
    for place, (text, one) in enumerate(ordered):
        for other_text, other in ordered[place + 1 :]:
            if other[1] >= one[3]:
                break
            high = min(one[3], other[3]) - max(one[1], other[1])
            wide = min(one[2], other[2]) - max(one[0], other[0])
            if wide > 1 and high > min(one[3] - one[1], other[3] - other[1]) / 3:
                yield text, other_text


# --- screen --------------------------------------------------------------------------------------------------------

_MEASURE = """(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide > width) faults.push(`the page is ${wide} pixels wide`);
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest('.visually-hidden, .skip, script, style, title, svg, math')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const scrolls = parent.closest('.table-wrap, pre, .contents');
      if (!scrolls && (box.left < -1 || box.right > width + 1)) faults.push(`'${text.data.trim()}' leaves the page`);
      if (!scrolls) lines.push([box.left, box.top, box.right, box.bottom, text.data.trim()]);
    }
  }
  lines.sort((one, other) => one[1] - other[1]);
  lines.forEach((one, place) => {
    for (const other of lines.slice(place + 1)) {
      if (other[1] >= one[3]) break;
      const high = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
      const wide = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
      const lower = Math.min(one[3] - one[1], other[3] - other[1]);
      if (wide > 2 && high > lower / 2) faults.push(`'${one[4]}' and '${other[4]}'`);
    }
  });
  const panels = [...document.querySelectorAll('.panels > .panel')].map(one => [one, one.getBoundingClientRect()]);
  panels.forEach(([one, box], place) => {
    for (const [other, next] of panels.slice(place + 1)) {
      const wide = Math.min(box.right, next.right) - Math.max(box.left, next.left);
      const high = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
      if (wide > 1 && high > 1) faults.push(`${one.id} and ${other.id}`);
    }
    if (one.scrollWidth > one.clientWidth + 1) faults.push(`${one.id} is too narrow for its text`);
  });
  return faults;
})()"""


def faults_on_screen(browser: Browser, page: Path, width: int) -> list[str]:
    """Lines of text on a web page that leave it or run over each other, and panels that do, in a window so wide."""
    browser.show(page, width)
    found: list[str] = browser.evaluate(_MEASURE)
    return found


def faults_in_book(browser: Browser, epub: bytes, folder: Path, width: int) -> list[str]:
    """The same of all parts of an e-book, as a reading system with a window so wide shows them."""
    return [fault for part in unpacked(epub, folder) for fault in faults_on_screen(browser, part, width)]
