"""What editors write in YAML: dossier.yaml and infographic.yaml, as types.

These types are the definition: `tools/schema.py` checks the files against them and makes the JSON Schemas from them,
with the strings below the fields as the descriptions that an editor's completion shows.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal

from dossierbuild.core import names
from dossierbuild.core.csl_fields import WorkType
from dossierbuild.core.roles import ContributorRole
from dossierbuild.core.slug import slug as slug_of

Text = str
"""Inline Markdown; may cite."""


ShortNames = Literal["first-use", "always", "never"]
"""When citations call an organisation by its short name."""


class PublicationKind(StrEnum):
    """The kinds of publication; the value is what editors write in `kind`."""

    FULL = "full"
    SUMMARY = "summary"
    INFOGRAPHIC = "infographic"


class PanelKind(StrEnum):
    """The kinds of panel; the value is what editors write in `kind`."""

    CONTRAST = "contrast"
    GROUPS = "groups"
    LEVELS = "levels"
    ELEMENTS = "elements"
    POINTS = "points"
    NUMBERS = "numbers"
    CHART = "chart"


# Files are listed in the order of the members; a value is the extension of the file.
class Format(Enum):
    """A file format of a publication."""

    media_type: str

    PDF = "pdf", "application/pdf"
    HTML = "html", "text/html"
    EPUB = "epub", "application/epub+zip"

    def __new__(cls, extension: str, media_type: str = "") -> Format:
        member = object.__new__(cls)
        member._value_ = extension
        member.media_type = media_type
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Someone who wrote the dossier, by `name` or by `literal`."""

    name: str | None = None
    """Full name as it is printed: 'Anna de Vries', 'Hogeschool Utrecht'."""
    literal: str | None = None
    """Name of an organisation, instead of name: it is printed whole wherever it stands."""
    short: str | None = None
    """Short name of an organisation, by which citations call it: CBS."""
    organisation: bool | None = None
    """Whether the name is an organisation's; by default its words decide."""
    affiliation: str | None = None
    """Organisation the author works for, or is part of."""
    orcid: str | None = None
    """ORCID of a person, for example 0000-0002-1825-0097."""

    @property
    def creator(self) -> names.Creator:
        """The author as a value; where nothing else decides, an ORCID tells a person, a short name an organisation."""
        only = False if self.orcid else True if self.short else None
        stated = only if self.organisation is None else self.organisation
        text = self.literal or self.name or ""
        name = names.name_of(text, organisation=bool(self.literal) or stated, short=self.short or "")
        return names.Creator(name=name, affiliation=self.affiliation or "", orcid=self.orcid or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The organisation that publishes the dossier, where more than its name is to be told."""

    name: str
    """Name of the organisation."""
    short: str | None = None
    """Short name, by which citations of its works call it: CBS."""
    place: str | None = None
    """Where it is: Utrecht."""
    ror: str | None = None
    """ROR of the organisation, for example https://ror.org/04pp8hn57."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Someone who helped to make the dossier, and with what."""

    name: str
    """Full name of a person or an organisation."""
    role: ContributorRole
    """What they did: editor, copy-editor, translator, photographer, illustrator, designer, reviewer, …"""
    organisation: bool | None = None
    """Whether the name is an organisation's; by default its words decide."""
    short: str | None = None
    """Short name of an organisation, by which citations of its works call it: CBS."""
    affiliation: str | None = None
    """Organisation the contributor works for."""
    orcid: str | None = None
    """ORCID of a person, for example 0000-0002-1825-0097."""
    ror: str | None = None
    """ROR of an organisation, for example https://ror.org/04pp8hn57."""

    @property
    def creator(self) -> names.Creator:
        """The contributor as a value; only a person has an ORCID, and only an organisation a ROR or a short name."""
        stated = False if self.orcid else True if self.ror or self.short else self.organisation
        name = names.name_of(self.name, organisation=stated, short=self.short or "")
        return names.Creator(name=name, affiliation=self.affiliation or "", orcid=self.orcid or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Funder:
    """An organisation that paid for the work."""

    name: str
    """Name of the organisation."""
    short: str | None = None
    """Short name, by which citations of its works call it: NWO."""
    ror: str | None = None
    """ROR of the organisation, for example https://ror.org/00yjd3n13."""
    grant: str | None = None
    """Number or name of the grant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The series that the dossier is in."""

    title: str
    """Title of the series."""
    number: str | None = None
    """Number in the series, in quotes: "12"."""


class SubjectScheme(StrEnum):
    """The lists that subjects are taken from; the value is what editors write in `scheme`."""

    THEMA = "thema"
    NUR = "nur"
    TOOI = "tooi"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the dossier is about, by a list that others use."""

    scheme: SubjectScheme
    """thema (book trade), nur (Dutch book trade), tooi (Dutch government), or keyword for a word of your own."""
    code: str | None = None
    """Code in the list: JKSN (thema), 740 (nur), an address (tooi)."""
    label: str | None = None
    """The subject in words, which readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isbn:
    """The ISBNs of a publication: each format that is sold or catalogued has its own."""

    pdf: str | None = None
    """ISBN of the PDF, with or without hyphens."""
    epub: str | None = None
    """ISBN of the e-book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The picture on the cover, beside the title and never behind it."""

    picture: str
    """A picture in the dossier: figures/cover.jpg."""
    alt: str | None = None
    """What the picture shows, for those who cannot see it; "" where it only decorates."""
    credit: str | None = None
    """Who made it: Jan Jansen / Hollandse Hoogte."""
    focus: str | None = None
    """The point of the picture that stays in view when it is cut, from the left and from the top: 40% 60%."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfKind:
    """A part of the reference list that has a heading of its own."""

    title: str
    """Heading above it: Wetgeving."""
    types: tuple[WorkType, ...]
    """Types of the works that stand in it: [legislation, bill]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationSettings:
    """How sources are cited."""

    style: str = "apa"
    """A CSL style by name (apa, ieee, …) or a .csl file in the dossier."""
    order: Literal["style", "as-written"] = "style"
    """Order of several works in one citation: by the style's rules, or as the editor wrote them."""
    uncited: Literal["note", "warn", "allow"] = "note"
    """What is said of works of the list that nothing cites: a note, a warning, or nothing."""
    short_names: ShortNames = "first-use"
    """Organisations that have a short name: full name and short name at the first citation of each publication and the
    short name from there on, the short name always, or never."""
    lists: tuple[ListOfKind, ...] = ()
    """Parts of the reference list under headings of their own; works that none of them takes come before them."""
    list_at: Literal["end", "chapter"] = "end"
    """Where the reference list stands: one at the end, or one at the end of each chapter with what it cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """A problem that is accepted, with the reason."""

    code: str
    """Code of the problem, for example D204."""
    at: str
    """The file, or file#id for one source or passage: references.yaml#spierts2000."""
    reason: str
    """Why this is accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FullPlan:
    """The full dossier: all chapters and the reference list."""

    id: str
    """Short name in file names and options: dossier."""
    kind: Literal[PublicationKind.FULL]
    """full: the whole dossier."""
    chapters: str | tuple[str, ...] = "chapters/*.md"
    """The chapters: a pattern, or a list of files in order."""
    front_pages: Literal["arabic", "roman"] = "arabic"
    """Numerals of the pages before the first chapter or part: roman gives i, ii, iii, and the text begins on page 1."""
    title: str | None = None
    """Own title; by default the dossier's title."""
    subtitle: str | None = None
    """Own subtitle; by default the dossier's subtitle."""
    isbn: Isbn | None = None
    """ISBNs of this publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPlan:
    """The summary ('in het kort')."""

    id: str
    """Short name in file names and options: in-het-kort."""
    kind: Literal[PublicationKind.SUMMARY]
    """summary: the text of one file."""
    text: str = "in-het-kort.md"
    """The file with the text."""
    title: str | None = None
    """Own title; by default the dossier's title."""
    subtitle: str | None = None
    """Own subtitle."""
    isbn: Isbn | None = None
    """ISBNs of this publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfographicPlan:
    """The infographic."""

    id: str
    """Short name in file names and options: infographic."""
    kind: Literal[PublicationKind.INFOGRAPHIC]
    """infographic: the panels of one file."""
    spec: str = "infographic.yaml"
    """The file with the panels."""
    title: str | None = None
    """Own title; by default the title in the file with the panels."""
    subtitle: str | None = None
    """Own subtitle."""
    isbn: Isbn | None = None
    """ISBNs of this publication."""
    short_names: ShortNames | None = None
    """When its citations call organisations by their short names; by default as the whole dossier does."""


Plan = FullPlan | SummaryPlan | InfographicPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """dossier.yaml: what the dossier is and which publications come from it."""

    title: str
    """Title of the dossier."""
    subtitle: str | None = None
    """Subtitle."""
    slug: str | None = None
    """Name of the output folder and files; by default made from the title."""
    id: str | None = None
    """UUID that stays with the dossier through all its editions; by default made from publisher and slug."""
    language: str = "nl-NL"
    """Language of the dossier (BCP 47): nl-NL, en-GB, …"""
    edition: str
    """Edition, in quotes: "1.0"."""
    date: datetime.date
    """Edition date (2024-11-01): the only date that appears in an output."""
    authors: tuple[Author, ...] = ()
    """Authors, in order."""
    publisher: str | Publisher | None = None
    """Organisation that publishes the dossier: its name, or name, place and ror."""
    identifier: str | None = None
    """URN, ISBN or DOI of this edition; by default the DOI, else made from slug and edition."""
    work_identifier: str | None = None
    """URN or DOI that all editions share."""
    doi: str | None = None
    """DOI of this edition: 10.1234/abc."""
    issn: str | None = None
    """ISSN of the series or periodical that the dossier is in."""
    series: Series | None = None
    """The series that the dossier is in."""
    report_number: str | None = None
    """Number that the publisher gives its reports, in quotes: "2024-07"."""
    project_number: str | None = None
    """Number of the project that the dossier comes from."""
    client: str | None = None
    """Organisation that asked for the work."""
    funders: tuple[Funder, ...] = ()
    """Organisations that paid for the work."""
    contributors: tuple[Contributor, ...] = ()
    """Who helped to make the dossier, each with a role."""
    subjects: tuple[Subject, ...] = ()
    """What the dossier is about, by lists that others use."""
    cover: Cover | None = None
    """A picture on the cover."""
    license: str | None = None
    """Licence as an SPDX identifier, for example CC-BY-4.0."""
    description: str | None = None
    """What the dossier is about, in one to three sentences."""
    audience: str | None = None
    """For whom it is."""
    contact: str | None = None
    """Where readers can turn: an e-mail address or a web address."""
    certifier: str | None = None
    """Who has evaluated the accessibility of this edition; only then an e-book says that it conforms to WCAG."""
    website: str | None = None
    """Address of the web page on which the files will stand."""
    keywords: tuple[str, ...] = ()
    """Keywords."""
    references: str = "references.yaml"
    """The reference list: .yaml (CSL-YAML), .json (CSL-JSON), .bib or .ris."""
    citations: CitationSettings = CitationSettings()
    """How sources are cited."""
    formats: tuple[Format, ...] = tuple(Format)
    """The formats to make."""
    theme: str | None = None
    """Name of a theme in styles/themes."""
    publications: tuple[Plan, ...]
    """The publications to make."""
    ignore: tuple[Ignore, ...] = ()
    """Problems that are accepted, each with the reason; one that is not needed is an error."""

    @property
    def name(self) -> str:
        """The dossier's name in folders and files: its slug as written, else made from the title."""
        return self.slug or slug_of(self.title) or "dossier"

    def identifier_of(self, plan: Plan) -> str:
        """The identifier or DOI as written for the full dossier; for the others, and without one, a UUID from the
        names and the edition."""
        if (self.identifier or self.doi) and isinstance(plan, FullPlan):
            return self.identifier or f"https://doi.org/{self.doi}"
        path = "/".join((self.identifier or self.name, self.edition, plan.id))
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, path)}"

    @property
    def identity(self) -> str:
        """What tells this dossier from others that bear its name: its id as written, else a UUID from publisher and
        name."""
        return self.id or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.publisher_name}/{self.name}"))

    def short_names_in(self, plan: Plan) -> ShortNames:
        """When the citations of a publication call organisations by their short names."""
        own = plan.short_names if isinstance(plan, InfographicPlan) else None
        return own or self.citations.short_names

    @property
    def publisher_name(self) -> str:
        """The publisher's name in either form, empty without one."""
        return self.publisher.name if isinstance(self.publisher, Publisher) else self.publisher or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """A term or an abbreviation that readers may not know."""

    term: str
    """The term in full, as it stands in a sentence: bewonersinitiatief."""
    abbr: str = ""
    """Its abbreviation: WRR."""
    forms: tuple[str, ...] = ()
    """Other forms of it: [bewonersinitiatieven]."""
    not_: tuple[str, ...] = ()
    """Words that should not be used for it: [burgerinitiatief]."""
    means: str = ""
    """What it means, in a sentence; an abbreviation may do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """terms.yaml: the terms that the dossier explains."""

    terms: tuple[TermEntry, ...]
    """The terms, in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One side of a contrast, or one group."""

    label: Text
    """Heading of the column."""
    items: tuple[Text, ...]
    """The items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One of the nested levels."""

    label: Text
    """Name of the level: micro."""
    text: Text
    """What it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelElement:
    """One element with an icon."""

    icon: str
    """Name of an icon in styles/icons."""
    label: Text
    """Name of the element."""
    text: Text = ""
    """What it is, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that counts."""

    value: str | int | float
    """The number; a decimal point, no thousands separator."""
    unit: str = ""
    """Unit behind it: %."""
    text: Text
    """What it is a number of, with its source: '… [@cbs2024]'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastPanel:
    """Two columns against each other."""

    kind: Literal[PanelKind.CONTRAST]
    """Two columns against each other: what it is and what it is not."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    left: Column
    """The left column."""
    right: Column
    """The right column."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsPanel:
    """Groups of items."""

    kind: Literal[PanelKind.GROUPS]
    """Columns beside each other, one for each group."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    groups: tuple[Column, ...]
    """The groups."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsPanel:
    """Nested levels, from the inside out."""

    kind: Literal[PanelKind.LEVELS]
    """Levels nested in each other, the first one innermost."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    levels: tuple[Level, ...]
    """The levels, from the inside out."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementsPanel:
    """Elements, each with an icon."""

    kind: Literal[PanelKind.ELEMENTS]
    """Elements beside each other, each with an icon."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    items: tuple[PanelElement, ...]
    """The elements."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsPanel:
    """A short list of points."""

    kind: Literal[PanelKind.POINTS]
    """A list of short points."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    items: tuple[Text, ...]
    """The points."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPanel:
    """Numbers that count."""

    kind: Literal[PanelKind.NUMBERS]
    """Numbers shown large, each with what it is a number of."""
    id: str = ""
    """Name with which a text brings this panel in: ::: {.panel from="name"}."""
    title: Text
    """Heading of the panel."""
    items: tuple[Number, ...]
    """The numbers."""
    text: Text = ""
    """A sentence below the heading."""
    alt: str = ""
    """The message of the panel, for those who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPanel:
    """A chart from a data file."""

    kind: Literal[PanelKind.CHART]
    """A chart drawn from a CSV file."""
    title: Text
    """Heading of the panel."""
    data: str
    """A CSV file in data/."""
    type: str
    """Kind of chart: line, bar, stacked, dot, timeline, share, multiples."""
    x: str
    """Column for the horizontal axis."""
    y: str
    """Column or columns with the numbers, with commas between them."""
    unit: str = ""
    """Unit of the numbers: %."""
    decimal: str = ""
    """Decimal sign of the numbers in the file, where they leave it open: a comma, or a point."""
    thousands: str = ""
    """Thousands sign of the numbers in the file, where they leave it open: a point, if 1.250 is 1250."""
    text: Text = ""
    """Caption, with its source."""
    alt: str = ""
    """The message of the chart, for those who cannot see it."""


Panel = ContrastPanel | GroupsPanel | LevelsPanel | ElementsPanel | PointsPanel | NumbersPanel | ChartPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class Infographic:
    """infographic.yaml: the panels of the infographic."""

    title: Text
    """Title of the infographic."""
    lead: Text = ""
    """One or two sentences below the title."""
    panels: tuple[Panel, ...]
    """The panels, in order."""
