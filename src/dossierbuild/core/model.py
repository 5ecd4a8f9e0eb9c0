"""The values that flow through the pipeline, in flow order: read this first.

All are frozen; collections are tuples; paths are relative to the dossier's folder, with `/`; text trees travel as
`Prose`. A stage takes these and gives these, and nothing else passes between stages.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, NewType

from dossierbuild.core.ast import Prose
from dossierbuild.core.downloads import DataFormat, Download
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import language_for, named_language
from dossierbuild.core.moments import Calendar
from dossierbuild.core.names import Creator
from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.numerals import UNSTATED, Notation, Numbers, read_numbers
from dossierbuild.core.passages import Passage
from dossierbuild.core.problems import Place, Problem
from dossierbuild.core.published import Checksums
from dossierbuild.core.spec import (
    Contributor,
    Cover,
    Format,
    FullPlan,
    Funder,
    Infographic,
    Isbn,
    Manifest,
    PublicationKind,
    Publisher,
    Series,
    ShortNames,
    Subject,
)
from dossierbuild.core.table_view import TableView, rows_shown
from dossierbuild.core.terms import Term
from dossierbuild.core.works import Work

CitationKey = NewType("CitationKey", str)
PublicationId = NewType("PublicationId", str)


class PictureFormat(Enum):
    """The file format of a picture that stands with the publications; the value is the file's extension."""

    PNG = "png"

    @property
    def media_type(self) -> str:
        return f"image/{self.value}"


class Role(Enum):
    """What a file is in an edition, in the order in which they are listed."""

    PUBLICATION = "publication"
    PICTURE = "picture"
    SOCIAL_PICTURE = "social picture"
    DATA = "data"
    INDEX = "index"
    REPORT = "report"


# --- read: the disk, once ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read; `digest` is the SHA-256 of its bytes in hexadecimal."""

    path: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Files:
    """A snapshot of the dossier's folder and of the styles, sorted by path; nothing later looks at the disk.

    `sources` holds the dossier's files, `styles` the style files by their path below styles/, those of the dossier
    in place of the project's where both exist; `originals` holds all of the project's. `unread` are the paths of the
    dossier's files of other kinds, which were not opened.
    """

    sources: tuple[SourceFile, ...]
    styles: tuple[SourceFile, ...]
    originals: tuple[SourceFile, ...]
    unread: tuple[str, ...] = ()

    def source(self, path: str) -> SourceFile | None:
        return next((file for file in self.sources if file.path == path), None)

    def style(self, path: str) -> SourceFile | None:
        return next((file for file in self.styles if file.path == path), None)


# --- parse: what the files say -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CitationSite:
    """One key cited at one place; `locator` is what the editor wrote behind it: "p. 120", or nothing."""

    key: CitationKey
    place: Place
    locator: str = ""


class AnchorKind(Enum):
    """What an id names; the value of a kind that has a label is the key of its word in styles/terms.yaml."""

    CHAPTER = "chapter"
    PART = "part"
    APPENDIX = "appendix"
    SECTION = "section"
    FIGURE = "figure"
    TABLE = "table"
    BOX = "box"
    FORMULA = "formula"
    PASSAGE = "passage"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id that can be referred to, what it names, and its place."""

    id: str
    kind: AnchorKind
    place: Place


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to an id of the dossier; `labelled` when its text is empty and the label is to be printed."""

    target: str
    labelled: bool
    place: Place


class ChartKind(Enum):
    """The kinds of chart; the value is what editors write in `type`."""

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    DOT = "dot"
    TIMELINE = "timeline"
    SHARE = "share"
    MULTIPLES = "multiples"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A chart as asked for: columns of a CSV file drawn as one kind of chart. `id` names the drawing.

    `notation` is what the editor states of how the numbers in the file are written. `language` is that of a text that
    has one of its own, else empty.
    """

    id: str
    kind: ChartKind
    data: str
    x: str
    y: tuple[str, ...]
    unit: str
    alt: str
    place: Place
    notation: Notation = UNSTATED
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse:
    """A data file that a text shows as a table: the table's id, the file's path, how the editor states that its numbers
    are written, and what of it is shown."""

    id: str
    target: str
    notation: Notation
    view: TableView
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """A picture that a text shows."""

    path: str
    alt: str
    place: Place


@dataclass(frozen=True, slots=True)
class DownloadUse:
    """A data file that a text links to; `path` is from the dossier's folder."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class LinkText:
    """The words of a link."""

    text: str
    place: Place


class ListKind(Enum):
    """The lists that a text can ask for; the value is the class of the block that editors write."""

    GLOSSARY = "glossary"
    ABBREVIATIONS = "abbreviations"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class ListUse:
    """A list that a text shows."""

    kind: ListKind
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark:
    """A place in a text that the index leads to, under `entry` and there under `sub` where that is not empty.

    `section` is the id of the section that it stands in. With `see` it is no place but a way to another entry.
    """

    id: str
    entry: str
    sub: str
    see: str
    section: str
    place: Place


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is written, between its dollar signs; `display` when it stands on lines of its own."""

    tex: str
    display: bool


@dataclass(frozen=True, slots=True)
class FormulaUse:
    """A formula where it stands; `language` is that with which the passage around it is marked, if it is."""

    formula: Formula
    place: Place
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFormula:
    """A formula drawn as one SVG path, all lengths in em: `width` and `height` of its box, and the `depth` of that
    below the line on which the text stands. `view` is the box in the units of the path.

    A long one in a line of text has `pieces`: what it may be broken into at the end of a line, each drawn by itself.
    """

    path: str
    view: str
    width: float
    height: float
    depth: float
    pieces: tuple[DrawnFormula, ...] = ()


@dataclass(frozen=True, slots=True)
class DataTable:
    """A CSV file: header and rows of cells as written; `rows[i]` begins on line `lines[i]` of the file.

    `decimal` is the decimal sign that goes with the way in which the file parts its columns, empty if none does.
    """

    path: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal: str = ""

    def column(self, index: int) -> tuple[str, ...]:
        """The cells of one column, from top to bottom."""
        return tuple(row[index] for row in self.rows)

    def numbers(self, index: int, notation: Notation) -> Numbers:
        """The cells of one column as numbers."""
        return read_numbers(self.column(index), notation, self.decimal)

    def rows_shown(self, use: TableUse) -> tuple[tuple[str, ...], ...]:
        """The cells as written of what a table shows, row by row; raises ValueError where a column is not there."""
        sort = use.view.sort
        numbers = self.numbers(self.columns.index(sort), use.notation).plain if sort else ()
        shown = use.view.shown(self.columns)
        return tuple(
            tuple(self.rows[at][index] for index in shown)
            for at in rows_shown(use.view, self.columns, self.rows, numbers)
        )

    def series(self, spec: ChartSpec) -> tuple[Numbers, ...]:
        """The columns of a chart's numbers; raises ValueError where there is no such column."""
        return tuple(self.numbers(self.columns.index(name), spec.notation) for name in spec.y)

    def unit(self, spec: ChartSpec) -> str:
        """The unit of a chart's numbers: as the editor wrote it, else the sign that stands at every number."""
        signs = {numbers.sign for numbers in self.series(spec)} if not spec.unit else set()
        return signs.pop() if len(signs) == 1 else spec.unit


class TextStatus(Enum):
    """How far a text is; the value is what editors write in `status`."""

    DRAFT = "draft"
    FINAL = "final"


class TextKind(Enum):
    """What a text is in a report; the value is what editors write in `kind`."""

    CHAPTER = "chapter"
    FOREWORD = "foreword"
    SUMMARY = "summary"
    PART = "part"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A text of a dossier, such as a chapter: its tree, and what it holds that rules and other stages ask after.

    `language` is the BCP 47 tag that the editor gave it, else empty. `blocks` begins with the heading of the text. Ids
    in the tree are complete: each heading has one. `quotations` are the sites where quotations are cited, together for
    each, `further_reading` names works that it lists and does not cite there, `passages` all that it says piece by
    piece, each with its lines in the file, `links` the words of all links. A text is `empty` when it is no more than
    its heading.
    """

    id: str
    path: str
    kind: TextKind
    language: str
    title: Prose
    status: TextStatus
    authors: tuple[Creator, ...]
    blocks: Prose
    empty: bool
    citations: tuple[CitationSite, ...]
    quotations: tuple[tuple[CitationSite, ...], ...]
    further_reading: tuple[CitationSite, ...] = ()
    anchors: tuple[Anchor, ...]
    cross_references: tuple[CrossReference, ...]
    key_points_from: tuple[CrossReference, ...]
    panels_from: tuple[CrossReference, ...]
    charts: tuple[ChartSpec, ...]
    pictures: tuple[PictureUse, ...]
    data_tables: tuple[TableUse, ...]
    downloads: tuple[DownloadUse, ...] = ()
    passages: tuple[Passage, ...]
    links: tuple[LinkText, ...]
    formulas: tuple[FormulaUse, ...] = ()
    lists: tuple[ListUse, ...] = ()
    index_marks: tuple[IndexMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InfographicText:
    """The infographic: its panels as written, and each of their texts as a tree.

    `texts` has the inlines of each text by its path in the YAML file (`panels/0/items/2/text`); `panels` has each
    panel's id, empty where it has none, and its place.
    """

    spec: Infographic
    path: str
    texts: FrozenMap[str, Prose]
    citations: tuple[CitationSite, ...]
    quotations: tuple[tuple[CitationSite, ...], ...]
    cross_references: tuple[CrossReference, ...]
    icons: tuple[tuple[str, Place], ...]
    charts: tuple[ChartSpec, ...]
    panels: tuple[Anchor, ...]
    passages: tuple[Passage, ...]
    links: tuple[LinkText, ...]
    formulas: tuple[FormulaUse, ...] = ()
    downloads: tuple[DownloadUse, ...] = ()

    def text(self, path: str) -> Prose:
        """The text at `path`; an empty one where the editor wrote none."""
        return self.texts.get(path, Prose())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One work of the reference list, and where it stands there."""

    work: Work
    place: Place

    @property
    def key(self) -> CitationKey:
        """The key that texts cite it by."""
        return CitationKey(self.work.key)

    def csl_item(self) -> CslItem:
        """The work for the citation run."""
        return CslItem(key=self.key, csl_json=self.work.csl_json(), place=self.place)


@dataclass(frozen=True, slots=True)
class ShortName:
    """What an organisation goes by, as it is stated at a place."""

    organisation: str
    short: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CslItem:
    """A work as the citation run gets it: one text to digest and to hand to a process, however many fields it has.

    `csl_json` is its CSL-JSON item as canonical JSON text.
    """

    key: CitationKey
    csl_json: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationStyle:
    """The CSL style that all publications share, as XML text, complete with its locale overrides."""

    name: str
    xml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture file that may be published; width and height in pixels (CSS pixels for SVG), 0 when unknown.

    `data` is the file as it is, or a cleaned SVG; `hard` names what the layout engine cannot draw of it.
    """

    path: str
    media_type: str
    data: bytes
    width: int
    height: int
    hard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that the dossier's files say; `paths` are all files that there are, less the `unread` ones of other kinds.

    `short_names` are all that are stated; the `references` have them wherever they name one of these organisations.
    `chapters` are those of all full publications, each once; which belong to which follows from the manifest by
    `chapter_paths`.
    """

    manifest: Manifest
    paths: tuple[str, ...]
    chapters: tuple[TextFile, ...]
    summaries: tuple[TextFile, ...]
    infographics: tuple[InfographicText, ...]
    references: tuple[Reference, ...]
    references_path: str
    short_names: tuple[ShortName, ...] = ()
    tables: tuple[DataTable, ...]
    pictures: tuple[Picture, ...]
    icons: tuple[str, ...]
    style: CitationStyle
    unread: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    shortcomings: tuple[Problem, ...] = ()  # why the files may not say that they are accessible
    formulas: FrozenMap[Formula, DrawnFormula] = field(default_factory=FrozenMap)  # each formula of all texts
    styles: FrozenMap[str, CitationStyle] = field(default_factory=FrozenMap)  # for texts in other languages, by tag
    unmeasured: tuple[str, ...] = ()  # own style sheets and templates: what they look like was not measured
    measured: tuple[str, ...] = ()  # those that the publisher says to have measured

    @property
    def texts(self) -> tuple[TextFile, ...]:
        """Chapters and summaries."""
        return (*self.chapters, *self.summaries)

    @property
    def citing(self) -> tuple[TextFile | InfographicText, ...]:
        """All that can cite, refer and show charts."""
        return (*self.texts, *self.infographics)

    def table(self, path: str) -> DataTable | None:
        return next((table for table in self.tables if table.path == path), None)


def chapter_paths(plan: FullPlan, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The chapters of a full publication in order: as listed; where the manifest gives a pattern, in natural order."""
    patterns = (plan.chapters,) if isinstance(plan.chapters, str) else plan.chapters
    ordered = sorted(paths, key=natural_order)
    found = [path for pattern in patterns for path in ordered if _matches(path, pattern)]
    return tuple(dict.fromkeys(found))


def _matches(path: str, pattern: str) -> bool:
    """Whether a pattern, which may be empty or a dot, stands for the path, folder by folder."""
    names = PurePosixPath(pattern).parts
    return bool(names) and path.count("/") == pattern.count("/") and PurePosixPath(path).match(pattern)


# --- compose: publications -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands in a colophon besides who wrote the publication and when; numbers are in their one form.

    `isbn` has the numbers of this publication, `doi` that of the edition where it is this publication's. `credits` say
    who made the pictures in the text, each once.
    """

    isbn: Isbn = field(default_factory=Isbn)
    doi: str = ""
    issn: str = ""
    work_identifier: str = ""
    series: Series | None = None
    report_number: str = ""
    project_number: str = ""
    client: str = ""
    publisher: Publisher | None = None
    funders: tuple[Funder, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    subjects: tuple[Subject, ...] = ()
    cover: Cover | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a publication says of itself; texts are plain. `dossier` is the dossier's slug, and `dossier_id` its id.

    `language` is that of the publication, which a summary may have of its own beside `dossier_language`.
    `authors_of_texts` wrote some of its texts, and are not among the authors of the whole.
    """

    dossier: str
    dossier_id: str = ""
    title: str
    subtitle: str
    dossier_title: str
    slug: str
    language: str
    dossier_language: str
    edition: str
    date: datetime.date
    authors: tuple[Creator, ...]
    authors_of_texts: tuple[Creator, ...] = ()
    publisher: str
    identifier: str
    license: str
    description: str
    audience: str
    contact: str
    certifier: str = ""
    website: str
    keywords: tuple[str, ...]
    imprint: Imprint = Imprint()

    @property
    def foreign_language(self) -> str:
        """The language of the publication where that is another one than the dossier's; else empty."""
        return self.language if self.language != self.dossier_language else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the contents: `level` 1 stands at the top; `number` is "2.1" or "Bijlage A", or empty without one.

    `language` is that of a title in another language than the publication, else empty.
    """

    id: str
    level: int
    number: str
    title: str
    language: str = ""


class PartRole(Enum):
    """What a part is in its publication; all but panels are DPUB-ARIA roles, there with `doc-` before the value."""

    FOREWORD = "foreword"
    SUMMARY = "abstract"
    PART = "part"
    CHAPTER = "chapter"
    BIBLIOGRAPHY = "bibliography"
    APPENDIX = "appendix"
    INDEX = "index"
    PANELS = "panels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a publication: one chapter or foreword, the panels, the reference list, an appendix.

    `language` is that of a part in another language than the publication, else empty. With `own_list` what it cites is
    listed at its end.
    """

    id: str
    role: PartRole
    title: str
    blocks: Prose
    language: str = ""
    own_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication: parts with ids, numbers, labels and figures in place.

    Between compose and cite its `Cite` nodes still hold what the editor wrote; after cite they hold the printed
    labels, the reference list is there, and `cited` holds its keys in order of the list. `panels` are the places in
    infographic.yaml where the panels of an infographic were written; a text `shows_panels` when it brings one in.
    `body` is the id of the part at which the pages of paper are counted anew, with Roman numerals before it; it is
    empty where they are counted through.
    """

    id: PublicationId
    kind: PublicationKind
    metadata: Metadata
    parts: tuple[Part, ...]
    contents: tuple[Heading, ...]
    charts: tuple[ChartSpec, ...]
    pictures: tuple[str, ...]
    icons: tuple[str, ...]
    panels: tuple[Place, ...] = ()
    shows_panels: bool = False
    body: str = ""
    downloads: tuple[Download, ...] = ()
    cited: tuple[CitationKey, ...] = ()


# --- cite: labels and reference list -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartId:
    """A part among all parts of all publications."""

    publication: PublicationId
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationId:
    """Where a citation stands: its part, and its number among the citations of that part."""

    publication: PublicationId
    part: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One citation as written: its place, a `Cite` node as JSON text, and whether it is in a note or in a heading."""

    place: CitationId
    cite: str
    in_note: bool
    in_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRequest:
    """All citations of all publications in order, with the works and the style: what the citation run depends on.

    `short_names` says when those of a publication call organisations by their short names; else it is at first use.
    """

    publications: FrozenMap[PublicationId, tuple[Cluster, ...]]
    works: tuple[CslItem, ...]
    style: CitationStyle
    language: str
    as_written: bool
    short_names: FrozenMap[PublicationId, ShortNames] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class Called:
    """What a citation of a work prints, in parentheses and in running text: "(Koeter, 2022)" and "Koeter (2022)"."""

    parenthetical: str
    narrative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksOfKind:
    """A part of the reference list under its own heading, and the works that stand in it where they are cited."""

    title: str
    keys: frozenset[CitationKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How a work is called: "(Koeter, 2022)" and "Koeter (2022)".

    These are in full. A work of organisations that have short names is also called by these (`short`) and by both
    together (`introduced`), where citations of the dossier are; `short_names` pairs the full names with the short ones.
    """

    key: CitationKey
    parenthetical: str
    narrative: str
    short: Called | None = None
    introduced: Called | None = None
    short_names: tuple[tuple[str, str], ...] = ()

    @property
    def parentheticals(self) -> tuple[str, ...]:
        """All that a citation in parentheses prints, in full first."""
        others = (called.parenthetical for called in (self.introduced, self.short) if called)
        return tuple(dict.fromkeys((self.parenthetical, *others)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The answer: the printed inlines of each citation by its place.

    `entries` are the reference list's entries in list order (all works cited anywhere), as inlines. `unintroduced` has
    the full and short names of organisations for each publication whose citations have the short ones only.
    """

    printed: FrozenMap[CitationId, Prose]
    entries: FrozenMap[CitationKey, Prose]
    labels: tuple[Label, ...]
    unintroduced: FrozenMap[PublicationId, tuple[tuple[str, str], ...]] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """The printed citations to put into a part, by their numbers, in the place of those that the editor wrote.

    `counts` has how often earlier parts cite each key that is cited in this one and is in the reference list. `number`
    is that of the part in its publication, from 1; with `own_list` its citations lead to the list at its end. `further`
    has the entries of further reading in list order, where the part shows any.
    """

    blocks: Prose
    printed: FrozenMap[int, Prose]
    counts: FrozenMap[str, int]
    number: int = 1
    own_list: bool = False
    further: FrozenMap[CitationKey, Prose] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """A part with its citations printed.

    `keys` are those of the reference list, as often as they are cited; `titles` has, by the id of each heading that
    cites, its title where it is named elsewhere.
    """

    blocks: Prose
    keys: tuple[str, ...]
    titles: FrozenMap[str, str]


# --- render: files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asset:
    """A file inside a publication: a picture, a drawing, a font, a style sheet; `path` is its relative address."""

    path: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The look, from styles/theme.yaml: colours by name as #rrggbb, the chart palette, font families by role.

    `behind` has the families to look through, in order, for characters that a family lacks, by that family.
    """

    name: str
    colours: FrozenMap[str, str]
    palette: tuple[str, ...]
    fonts: FrozenMap[str, str]
    behind: FrozenMap[str, tuple[str, ...]] = field(default_factory=FrozenMap)

    def colour(self, name: str) -> str:
        return self.colours[name]

    def font(self, role: str) -> str:
        return self.fonts[role]

    def families(self, role: str) -> tuple[str, ...]:
        """The family of a role, and those behind it."""
        family = self.fonts[role]
        return (family, *self.behind.get(family, ()))


ALL_FAMILIES = "all"
"""What a font stands behind that is there for every family that the theme names."""
FORMULAS = "formulas"
"""What the font stands behind in which pages set formulas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """One face of a font family; `path` is the file below styles/, `style` normal or italic.

    A fallback stands `behind` one family by its name, or behind ALL_FAMILIES, for characters that these lack; the font
    of formulas stands behind FORMULAS, and other fonts behind none.
    """

    family: str
    path: str
    weight: int
    style: str
    data: bytes
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How everything looks and is called: theme, CSS properties made from it, fonts, and the fixed words by language.

    `properties` has the values of CSS properties by their names (`--colour-ink`), `terms` the words by their keys, for
    each language in styles/terms.yaml by its tag.
    """

    theme: Theme
    properties: FrozenMap[str, str]
    fonts: tuple[Font, ...]
    terms: FrozenMap[str, FrozenMap[str, str]]

    def words(self, tag: str) -> FrozenMap[str, str]:
        """The fixed words for a dossier in the language of a BCP 47 tag; English ones for a language that has none."""
        return self.terms[language_for(tag, self.terms)]

    def words_within(self, tag: str, around: str) -> FrozenMap[str, str]:
        """The fixed words for a text in a dossier in the language `around`: those of its own language where they exist,
        else those of the dossier. `tag` is empty for a text that has none of its own."""
        return self.words(tag if tag and named_language(tag, self.terms) else around)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """How numbers are printed: decimal and thousands separator."""

    decimal: str
    thousands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart to draw: all that the picture depends on; `width` is in points.

    `no_data` are the words for an empty cell, and `continued` those above what is drawn on a next sheet.
    """

    spec: ChartSpec
    table: DataTable
    theme: Theme
    numbers: NumberFormat
    calendar: Calendar
    no_data: str
    continued: str
    fonts: tuple[Asset, ...]
    width: float

    @property
    def unit(self) -> str:
        """The unit of the numbers, empty without one."""
        return self.table.unit(self.spec)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitJob:
    """A picture to make ready for a place: `width` and `height` are the most pixels that it may have there.

    A drawing becomes pixels, with these fonts; `families` has theirs by kind.
    """

    picture: Picture
    width: int
    height: int
    fonts: tuple[Font, ...] = ()
    families: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A file of the edition to which a publication may lead; `path` is its name."""

    publication: PublicationId
    title: str
    format: Format
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """One file to make: all that a writer may know."""

    publication: Publication
    format: Format
    claims: bool  # whether the file may say that it is accessible, as far as that does not depend on its look
    is_measured: bool  # whether it looks as was measured, so that it may also say what depends on that
    bodies: FrozenMap[str, str]  # the HTML fragment of each part, by the part's id
    assets: tuple[Asset, ...]
    styles: tuple[SourceFile, ...]
    theme: Theme
    terms: FrozenMap[str, str]  # the fixed words, by their key in styles/terms.yaml
    properties: FrozenMap[str, str]  # the theme's CSS properties, by their names: `--colour-ink`
    fonts: tuple[Font, ...]
    siblings: tuple[Sibling, ...]
    page_starts: tuple[str, ...] = ()  # in an e-book: the words with which each page of its PDF begins
    front_pages: int = 0  # how many of these come before the body, and have Roman numerals
    cover: str = ""  # the path of the asset that is the picture on the cover; empty without one

    @property
    def path(self) -> str:
        """The name of the file."""
        return f"{self.publication.metadata.slug}.{self.format.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutJob:
    """A section of a publication on paper, to be laid out apart: a whole HTML page and what it may show.

    With `panels`, their places in infographic.yaml, it is an infographic, which is fitted to one sheet. `body` is that
    of the publication.
    """

    html: str
    resources: tuple[Asset, ...]
    body: str = ""
    panels: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BindJob:
    """A PDF to be made of the laid out sections of a publication; `sections` has the `DrawnPages` of each."""

    publication: PublicationId
    path: str
    identifier: str
    claims: bool  # whether the file may say that it is accessible
    fonts: tuple[Font, ...]
    sections: tuple[Any, ...]
    properties: FrozenMap[str, tuple[str, ...]] = field(default_factory=FrozenMap)  # of its XMP: `dc:publisher`


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that is shown large, with its unit, and what it is a number of; both are plain text."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexJob:
    """The publication page to make: the publications, their files, and the infographic's panels, figures and pictures.

    `panels` is the HTML of the panels as text. `picture` and `social` are the paths of the infographic's picture and of
    the one for social media. Each is empty where there is none.
    """

    publications: tuple[Publication, ...]
    files: tuple[PublishedFile, ...]
    panels: str
    figures: tuple[KeyFigure, ...]
    picture: str
    social: str
    assets: tuple[Asset, ...]
    styles: tuple[SourceFile, ...]
    theme: Theme
    terms: FrozenMap[str, str]
    properties: FrozenMap[str, str]
    fonts: tuple[Font, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file as the publication page and the manifest list it; `pages` is 0 where the format has none.

    `conforms_to` are the standards that the file says it conforms to, and `checks` what was looked at when it was
    opened again; a picture and data have neither.
    """

    role: Role
    publication: PublicationId
    format: Format | PictureFormat | DataFormat
    path: str
    size: int
    sha256: str
    pages: int = 0
    conforms_to: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file that was made; `pages` is 0 where the format has none, `page_starts` has the first words of each page."""

    publication: PublicationId
    format: Format
    path: str
    data: bytes
    pages: int
    log: tuple[str, ...]
    page_starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A built file as it was opened again.

    `expected` and `found` have the number of each kind of content (headings, tables, citations, …) in the sources and
    in the file; `claims` are the standards that the file itself says it conforms to, `checks` what was looked at.
    `called` pairs the targets in the reference list that it has links to with the text of the link, each pair once; a
    PDF keeps no targets.
    """

    publication: PublicationId
    format: Format
    path: str
    expected: FrozenMap[str, int]
    found: FrozenMap[str, int]
    claims: tuple[str, ...]
    checks: tuple[str, ...]
    called: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportJob:
    """The pages about an edition to make: what was found in its files, and the statement of their accessibility."""

    edition: IndexJob
    verified: tuple[Verified, ...]
    shortcomings: tuple[Problem, ...]
    unmeasured: tuple[str, ...]
    measured: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierName:
    """How a dossier is called: the slug that names its folder, its id, and its title for people."""

    slug: str
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The set that is put in place together: the bytes of each file by its path, manifest.json and SHA256SUMS last.

    `dossier` is the dossier that it is of, and `checksums` what SHA256SUMS says.
    """

    dossier: DossierName
    files: FrozenMap[str, bytes]
    checksums: Checksums


# --- options and progress ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What was asked on the command line.

    `previous` is the path of the previous edition's manifest.json, `retractions` that of data about retracted works,
    which only a check looks at.
    """

    root: str
    output: str
    only: tuple[PublicationId, ...] = ()
    formats: tuple[Format, ...] = ()
    jobs: int = 0
    fresh: bool = False
    draft: bool = False
    theme: str = ""
    previous: str = ""
    retractions: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was done: its name, what it was about, whether it was made or reused, why, and the seconds.

    `begun` is how many steps the run had begun by then.
    """

    name: str
    subject: str
    made: bool
    reason: str
    seconds: float
    begun: int
