"""Further reading, lists by kind and lists by chapter, from the sources of a dossier to its publications."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from edition import every_construct

from dossierbuild.citing import cite, compose, number
from dossierbuild.core.model import PartRole, Publication, Resolved
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import Format
from dossierbuild.examination import examine
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Run, local_scheduler
from dossierbuild.stages.read import read_files
from dossierbuild.tools import markup
from dossierbuild.tools.pandoc import write_html
from dossierbuild.tools.pdf_reader import read_pdf

MORE = """\
  - {id: anders2020, type: book, author: [{family: Anders, given: Q.}], issued: "2020", title: Een ander boek}
  - {id: bakker2021z, type: book, author: [{family: Bakker, given: Bas}, {family: Visser, given: Nel}], issued: "2021",
     title: Alle buren bijeen}
  - {id: awb, type: legislation, title: Algemene wet bestuursrecht, issued: "1992"}
  - {id: arrest, type: legal_case, title: "ECLI:NL:HR:2019:2006", authority: Hoge Raad, issued: "2019-12-20"}
  - {id: praat, type: personal_communication, author: [{family: Peters, given: J.}], issued: "2024-05-01"}
"""
READING = """

## Om verder te lezen

::: {.further-reading #meer}
- @berg2019
- @bakker2021z: Ook over *muziek*, anders dan @onbekend2011.[^r]

  En over taart.
- @anders2020
:::

[^r]: Met een noot.
"""
KINDS = [
    {"title": "Wetten & regels", "types": ["bill", "legislation"]},
    {"title": "Uitspraken", "types": ["legal_case"]},
]


@dataclass(frozen=True, slots=True)
class Cited:
    """The publications of a dossier with their lists, how works are called in them, and the problems on the way."""

    publications: tuple[Publication, ...]
    resolved: Resolved
    problems: tuple[Problem, ...]

    def page(self, index: int = 0) -> markup.Element:
        """The parts of a publication as one page."""
        html = "".join(write_html(part.blocks) for part in self.publications[index].parts)
        return markup.parse_html(f"<!DOCTYPE html><html lang='nl'><body>{html}</body></html>".encode())


@pytest.fixture(scope="module")
def steps() -> Iterator[Run]:
    with local_scheduler() as scheduler, scheduler.run("lists") as run:
        yield run


@pytest.fixture
def cited(dossier: Path, steps: Run) -> Callable[..., Cited]:
    """What comes of the good dossier with more works in its list, and `chapter` and `summary` behind its texts."""
    (dossier / "references.yaml").write_text((dossier / "references.yaml").read_text("utf-8") + MORE, encoding="utf-8")

    def result(chapter: str = "", summary: str = "", **citations: object) -> Cited:
        for path, more in (("chapters/02-slot.md", chapter), ("in-het-kort.md", summary)):
            (dossier / path).write_text((dossier / path).read_text("utf-8") + more, encoding="utf-8")
        manifest = yaml.safe_load((dossier / "dossier.yaml").read_text("utf-8"))
        manifest["citations"] |= {"uncited": "allow", **citations}
        (dossier / "dossier.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
        examined = examine(read_files(dossier, Path(styles_folder())), "", steps)
        assert examined.sources
        assert examined.look
        run = compose(examined.sources, examined.look, steps, draft=False)
        done = cite(run, steps)
        assert done.value
        publications = number(done.value[0], run.terms, steps)
        return Cited(publications, done.value[1], (*examined.problems, *done.problems))

    return result


def by_id(root: markup.Element, name: str) -> markup.Element:
    found = markup.by_id(root, name)
    assert found is not None
    return found


def entries(root: markup.Element) -> list[str]:
    """The texts of the entries in an element, without the links back."""
    return [re.sub(r"\s*↩.*", "", markup.text_of(found)).strip() for found in markup.with_class(root, "entry")]


def test_further_reading_has_whole_entries_in_the_order_of_the_list(cited: Callable[..., Cited]) -> None:
    page = cited(READING).page()
    (block,) = markup.with_class(page, "further-reading")
    assert (block.get("id"), block.get("role")) == ("meer", "list")
    assert {entry.get("role") for entry in block} == {"listitem"}
    anders, bakker, berg = entries(block)
    assert anders == "Anders, Q. (2020). Een ander boek."
    assert bakker.startswith("Bakker, B., & Visser, N. (2021). Alle buren bijeen.")
    assert "Ook over muziek, anders dan Smit (2011)." in bakker
    assert bakker.endswith("En over taart.")
    assert berg == "Van den Berg, K. (2019). Slingers in de straat. Uitgeverij Noord."
    listed = entries(by_id(page, "refs"))
    assert berg in listed
    assert anders not in listed
    ids = markup.ids(page)
    assert len(ids) == len(set(ids))


def test_what_is_only_read_further_changes_no_label(cited: Callable[..., Cited]) -> None:
    before = cited()
    after = cited(READING, "\n\n::: further-reading\n@anders2020; @bakker2021z\n:::\n")
    assert after.resolved.labels == before.resolved.labels
    assert [found.cited for found in after.publications] == [found.cited for found in before.publications]
    (block,) = markup.with_class(after.page(1), "further-reading")
    assert entries(block) == [
        "Anders, Q. (2020). Een ander boek.", "Bakker, B., & Visser, N. (2021). Alle buren bijeen.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "first"),
    [
        ("ieee", "K. van den Berg, Slingers in de straat. Uitgeverij Noord, 2019."),
        ("chicago-notes", "Q. Anders, Een ander boek (2020)."),
    ],
)
def test_further_reading_in_styles_of_numbers_and_of_notes(style: str, first: str, cited: Callable[..., Cited]) -> None:
    page = cited(READING, style=style).page()
    (block,) = markup.with_class(page, "further-reading")
    assert entries(block)[0] == first
    assert len(entries(block)) == 3


def test_a_work_that_nobody_names_elsewhere_is_used_when_it_is_read_further(cited: Callable[..., Cited]) -> None:
    told = cited("\n\n::: further-reading\n@anders2020, @awb, @arrest, @bakker2021z\n:::\n", uncited="warn").problems
    assert [found.subject for found in told] == ["praat"]


def test_the_list_has_parts_under_headings_in_contents(cited: Callable[..., Cited]) -> None:
    found = cited("\n\nDe wet [@awb], en de rechter [@arrest].\n", lists=KINDS)
    page = found.page()
    part = by_id(page, "literatuur")
    assert [markup.text_of(heading) for heading in markup.with_tag(part, "h2", "h3")] == [
        "Literatuur", "Wetten & regels", "Uitspraken",
    ]  # fmt: skip
    lists = [entries(listed) for listed in markup.with_class(part, "references")]
    assert [len(listed) for listed in lists] == [5, 1, 1]
    assert lists[1] == ["Algemene wet bestuursrecht. (1992)."]
    below = [(heading.level, heading.title) for heading in found.publications[0].contents]
    at = below.index((1, "Literatuur"))
    assert below[at + 1 : at + 3] == [(2, "Wetten & regels"), (2, "Uitspraken")]
    assert not [heading for heading in found.publications[1].contents if heading.title == "Uitspraken"]
    assert not found.problems


def test_each_chapter_lists_what_it_cites(cited: Callable[..., Cited]) -> None:
    found = cited("\n\nDe wet [@awb], en [@berg2019].[^n]\n\n[^n]: Een noot.\n", lists=KINDS, list_at="chapter")
    for index, publication in enumerate(found.publications[:2]):
        assert PartRole.BIBLIOGRAPHY not in {part.role for part in publication.parts}
        page = found.page(index)
        ids = markup.ids(page)
        assert len(ids) == len(set(ids))
        for part in publication.parts:
            root = by_id(page, part.id)
            inside = set(markup.ids(root))
            links = [link for link in markup.with_tag(root, "a") if link.get("role") == "doc-biblioref"]
            back = [link for link in markup.with_tag(root, "a") if link.get("role") == "doc-backlink"]
            assert {link.get("href", "")[1:] for link in (*links, *back)} <= inside
            keys = {key for cited in markup.with_class(root, "citation") for key in cited.get("data-cites", "").split()}
            assert len(keys) == len(entries(root))
    last = by_id(found.page(), "slot")[-1]
    assert last.get("class") == "own-references"
    assert (last.get("role"), last.get("aria-labelledby")) == ("doc-bibliography", "refs-at-slot slot-title")
    assert [markup.text_of(heading) for heading in markup.with_tag(last, "h3", "h4")] == [
        "Literatuur",
        "Wetten & regels",
    ]
    contents = [(heading.level, heading.title) for heading in found.publications[0].contents]
    assert contents.count((2, "Literatuur")) == 2
    assert PartRole.BIBLIOGRAPHY in {part.role for part in found.publications[2].parts}


def test_numbers_are_those_of_the_one_list(cited: Callable[..., Cited]) -> None:
    one = cited(style="ieee", lists=[{"title": "Boeken", "types": ["book"]}])
    apart = cited(style="ieee", list_at="chapter")
    numbered = [
        {(match[1], match[2]) for entry in entries(found.page()) if (match := re.match(r"\[(\d+)\]\s*(.*)", entry))}
        for found in (one, apart)
    ]
    assert numbered[0] == numbered[1]
    assert {int(shown) for shown, _ in numbered[0]} == set(range(1, len(numbered[0]) + 1))


def test_a_list_without_entries_is_left_out_and_told(cited: Callable[..., Cited], dossier: Path) -> None:
    (dossier / "in-het-kort.md").write_text("# Kort {#kort}\n\nZo is het [@praat].\n", encoding="utf-8")
    found = cited("\n\nEn zo [@praat].\n")
    assert [(told.code, told.subject) for told in found.problems] == [("D255", "personal_communication")]
    summary = found.publications[1]
    assert [part.role for part in summary.parts] == [PartRole.CHAPTER]
    assert [heading.title for heading in summary.contents] == ["Kort"]


@pytest.mark.built
def test_lists_are_lists_in_every_format() -> None:
    edition = every_construct()
    web = markup.parse_html(edition.artifact("dossier", Format.HTML).data)
    with zipfile.ZipFile(io.BytesIO(edition.artifact("dossier", Format.EPUB).data)) as packed:
        book = [markup.parse_xml(packed.read(name)) for name in packed.namelist() if name.endswith(".xhtml")]
    blocks = [block for page in (web, *book) for block in markup.with_class(page, "further-reading")]
    assert [(block.get("id"), block.get("role"), len(block)) for block in blocks] == [("leesvoer", "list", 2)] * 2
    assert entries(blocks[0]) == entries(blocks[1])
    paper = read_pdf(edition.artifact("dossier", Format.PDF).data)
    items = [element.text for element in paper.elements if element.tag == "LI"]
    assert [text for text in items if text.startswith("Dekker, I. (2015). Straten voor beginners.")]
    titles = paper.outline[paper.outline.index((2, "Literatuur")) :]
    assert titles[1] == (3, "Verslagen & rapporten")
    (brief,) = markup.with_class(markup.parse_html(edition.artifact("kort", Format.HTML).data), "further-reading")
    assert [entry.split(",")[0] for entry in entries(brief)] == ["Adams", "Dekker"]
