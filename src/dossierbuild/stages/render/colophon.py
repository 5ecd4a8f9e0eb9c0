"""The colophon as rows: each a word, and what stands behind it as pieces of text of which some are links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.model import Metadata
from dossierbuild.core.names import Creator
from dossierbuild.core.roles import ContributorRole
from dossierbuild.core.spec import Contributor, Funder, Subject, SubjectScheme
from dossierbuild.core.typography import format_date
from dossierbuild.stages.render.licences import license_of

Terms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; one with an address is a link."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a colophon; its `name` tells templates and style sheets which it is."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


def colophon_rows(meta: Metadata, terms: Terms, how_to_cite: str) -> tuple[Row, ...]:
    """The rows of a publication's colophon, in order; a row for which there is nothing is left out."""
    rows = (
        Row("edition", terms["edition"], (Piece(f"{meta.edition}, {format_date(meta.date, terms)}"),)),
        Row("authors", terms["authors"], _listed([tuple(_creator(author)) for author in meta.authors])),
        *_contributors(meta.imprint.contributors, terms),
        *_organisations(meta, terms),
        *_numbers(meta, terms),
        *_pictures(meta, terms),
        Row("subjects", terms["subjects"], _listed([(Piece(_subject(found)),) for found in meta.imprint.subjects])),
        Row("licence", terms["licence"], _linked(*license_of(meta.license))),
        Row("contact", terms["contact"], _linked(meta.contact)),
        Row("website", terms["website"], _linked(meta.website, meta.website)),
        Row("how-to-cite", terms["how_to_cite"], _linked(how_to_cite)),
    )
    return tuple(row for row in rows if row.pieces)


def _linked(text: str, address: str = "") -> tuple[Piece, ...]:
    return (Piece(text, address),) if text else ()


def _listed(items: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Items in one row, with commas between them."""
    return tuple(piece for number, item in enumerate(items) for piece in ((Piece(", "), *item) if number else item))


def _creator(creator: Creator) -> Iterator[Piece]:
    yield Piece(str(creator))
    if creator.affiliation or creator.orcid:
        yield Piece(f" ({creator.affiliation}{', ' if creator.affiliation and creator.orcid else ''}")
        yield from _linked(creator.orcid_address, creator.orcid_address)
        yield Piece(")")


def ror_address(ror: str | None) -> str:
    """The address of an organisation in the register of research organisations; empty without one."""
    return f"https://ror.org/{ror}" if ror else ""


def _contributors(contributors: Sequence[Contributor], terms: Terms) -> Iterator[Row]:
    for role in ContributorRole:
        those = [found for found in contributors if found.role is role]
        names = [_with_address(tuple(_creator(found.creator)), ror_address(found.ror)) for found in those]
        yield Row("contributors", terms[f"role_{role.value}"], _listed(names))


def _with_address(pieces: tuple[Piece, ...], address: str) -> tuple[Piece, ...]:
    """The pieces of a name, of which the first is a link where there is an address."""
    return (Piece(pieces[0].text, address), *pieces[1:])


def _organisations(meta: Metadata, terms: Terms) -> Iterator[Row]:
    imprint = meta.imprint
    yield Row("client", terms["client"], _linked(imprint.client))
    yield Row("funders", terms["funders"], _listed([_funder(funder, terms) for funder in imprint.funders]))
    published = imprint.publisher
    place = (Piece(f", {published.place}"),) if published and published.place else ()
    yield Row(
        "publisher",
        terms["publisher"],
        (*_linked(meta.publisher, ror_address(published.ror if published else None)), *place),
    )


def _funder(funder: Funder, terms: Terms) -> tuple[Piece, ...]:
    grant = (Piece(f" ({terms['grant'].format(number=funder.grant)})"),) if funder.grant else ()
    return (Piece(funder.name, ror_address(funder.ror)), *grant)


def _numbers(meta: Metadata, terms: Terms) -> Iterator[Row]:
    imprint = meta.imprint
    series = imprint.series
    isbns = [(Piece(f"{number} ({terms[f'isbn_{form}']})"),) for form, number in isbns_of(meta)]
    yield Row(
        "series", terms["series"], _linked(" ".join(filter(None, (series.title, series.number))) if series else "")
    )
    yield Row("report-number", terms["report_number"], _linked(imprint.report_number))
    yield Row("project-number", terms["project_number"], _linked(imprint.project_number))
    yield Row("isbn", terms["isbn"], _listed(isbns))
    yield Row("issn", terms["issn"], _linked(imprint.issn))
    doi = f"https://doi.org/{imprint.doi}" if imprint.doi else ""
    yield Row("doi", terms["doi"], _linked(doi, doi))
    yield Row("identifier", terms["identifier"], _linked(meta.identifier if meta.identifier != doi else ""))
    work = imprint.work_identifier
    address = f"https://doi.org/{work}" if work.startswith("10.") else work if work.startswith("http") else ""
    yield Row("work-identifier", terms["all_editions"], _linked(address or work, address))


def isbns_of(meta: Metadata) -> tuple[tuple[str, str], ...]:
    """The ISBNs of a publication with their hyphens, each with the format that it is of."""
    isbn = meta.imprint.isbn
    return tuple((form, number) for form, number in (("pdf", isbn.pdf), ("epub", isbn.epub)) if number)


def _pictures(meta: Metadata, terms: Terms) -> Iterator[Row]:
    cover = meta.imprint.cover
    yield Row("cover-credit", terms["cover_picture"], _linked((cover.credit or "") if cover else ""))
    yield Row("credits", terms["picture_credits"], _linked("; ".join(meta.imprint.credits)))


_PRINTED = frozenset({SubjectScheme.THEMA, SubjectScheme.NUR})
"""The lists that readers of a colophon know by name."""


def _subject(subject: Subject) -> str:
    """A subject as it is printed: "Sociaal werk (NUR 752)"."""
    known = subject.scheme in _PRINTED
    name = subject.scheme.value.upper() if subject.scheme is SubjectScheme.NUR else subject.scheme.value.title()
    code = f"{name} {subject.code}" if known and subject.code else subject.code or ""
    if subject.label and known and code:
        return f"{subject.label} ({code})"
    return subject.label or code
