"""How a publication is cited: as APA writes it, and for reference managers as BibTeX, RIS and tags of a web page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dossierbuild.core.model import Metadata
from dossierbuild.core.names import Name, Organisation, Person
from dossierbuild.core.roles import ContributorRole

_TEX = MappingProxyType(
    {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def apa(meta: Metadata, terms: Mapping[str, str]) -> str:
    """The publication as an entry of a reference list by APA 7, in plain text."""
    names = [author.name.entry for author in meta.authors]
    authors = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    who = authors or meta.publisher or meta.dossier_title
    imprint = meta.imprint
    described = [f"{terms['edition'].lower()} {meta.edition}"]
    if imprint.report_number:
        described.append(f"{terms['report_number'].lower()} {imprint.report_number}")
    title = f"{_full_title(meta)} ({', '.join(described)})"
    parts = [f"{who.removesuffix('.')}. ({meta.date.year})", title]
    if meta.publisher and who != meta.publisher:
        parts.append(meta.publisher)
    text = f"{'. '.join(parts)}."
    address = _address(meta)
    return f"{text} {address}" if address else text


def bibtex(meta: Metadata, edition_word: str) -> str:
    """The publication as a BibTeX entry."""
    imprint = meta.imprint
    authors = [author.name for author in meta.authors] or [_publisher(meta)]
    fields = {
        "author": " and ".join(_tex_name(name) for name in authors),
        "shortauthor": _short_authors(authors),
        "title": f"{{{_tex(_full_title(meta))}}}",
        "institution": _tex(meta.publisher),
        "address": _tex(_place(meta)),
        "series": _tex(imprint.series.title if imprint.series else ""),
        "number": _tex(imprint.report_number or (imprint.series.number or "" if imprint.series else "")),
        "isbn": _isbn(meta),
        "issn": imprint.issn,
        "year": str(meta.date.year),
        "note": _tex(f"{edition_word} {meta.edition}"),
        "doi": _doi(meta),
        "url": _address(meta),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@techreport{{{meta.slug}-{meta.date.year},", *lines, "}", ""])


def ris(meta: Metadata) -> str:
    """The publication as a RIS record."""
    imprint = meta.imprint
    fields = [
        ("TY", "RPRT"),
        *(("AU", author.name.record) for author in meta.authors),
        *(
            ("A2", editor.creator.name.record)
            for editor in imprint.contributors
            if editor.role is ContributorRole.EDITOR
        ),
        ("AU", "" if meta.authors else meta.publisher),
        ("TI", _full_title(meta)),
        ("PY", str(meta.date.year)),
        ("DA", f"{meta.date:%Y/%m/%d}"),
        ("ET", meta.edition),
        ("PB", meta.publisher),
        ("CY", _place(meta)),
        ("T2", imprint.series.title if imprint.series else ""),
        ("M1", imprint.report_number or (imprint.series.number or "" if imprint.series else "")),
        ("SN", _isbn(meta) or imprint.issn),
        ("DO", _doi(meta)),
        ("UR", _address(meta)),
        ("LA", meta.language),
        ("AB", " ".join(meta.description.split())),
        *(("KW", keyword) for keyword in meta.keywords),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def _full_title(meta: Metadata) -> str:
    """Title and subtitle."""
    if not meta.subtitle:
        return meta.title
    return f"{meta.title}{'' if meta.title[-1] in '?!.' else ':'} {meta.subtitle}"


def citation_tags(meta: Metadata) -> tuple[tuple[str, str], ...]:
    """Names and contents of the `meta` elements by which reference managers know a page; empty ones are left out.

    The names are those of Highwire Press that Google Scholar and Zotero read. A file has an address only where the
    website is known.
    """
    imprint = meta.imprint
    tags = [
        ("citation_title", _full_title(meta)),
        *(("citation_author", author.name.record) for author in meta.authors),
        ("citation_publication_date", f"{meta.date:%Y/%m/%d}"),
        ("citation_technical_report_institution", meta.publisher),
        ("citation_technical_report_number", imprint.report_number),
        ("citation_publisher", meta.publisher),
        ("citation_series_title", imprint.series.title if imprint.series else ""),
        ("citation_doi", _doi(meta)),
        ("citation_isbn", _isbn(meta)),
        ("citation_issn", imprint.issn),
        ("citation_language", meta.language),
        ("citation_keywords", "; ".join(meta.keywords)),
        ("citation_public_url", meta.website),
    ]
    return tuple((name, content) for name, content in tags if content)


def _place(meta: Metadata) -> str:
    """The publisher's place."""
    return (meta.imprint.publisher.place or "") if meta.imprint.publisher else ""


def _isbn(meta: Metadata) -> str:
    """The ISBN by which the publication is cited: that of its PDF, else of its e-book."""
    return meta.imprint.isbn.pdf or meta.imprint.isbn.epub or ""


def _doi(meta: Metadata) -> str:
    found = re.search(r"10\.[0-9]{4,9}/\S+", meta.identifier)
    return meta.imprint.doi or (found[0] if found else "")


def _address(meta: Metadata) -> str:
    return f"https://doi.org/{_doi(meta)}" if _doi(meta) else meta.website


def _tex_name(name: Name) -> str:
    """A name for BibTeX; braces keep one in one piece that it would take apart."""
    return _tex(name.record) if isinstance(name, Person) and name.given else f"{{{_tex(str(name))}}}"


def _publisher(meta: Metadata) -> Organisation:
    publisher = meta.imprint.publisher
    return Organisation(meta.publisher, (publisher.short or "") if publisher else "")


def _short_authors(authors: Sequence[Name]) -> str:
    """The names with the short ones of organisations, as BibLaTeX has them; "" where there are none."""
    short = [name.short if isinstance(name, Organisation) else "" for name in authors]
    names = [f"{{{_tex(own)}}}" if own else _tex_name(name) for own, name in zip(short, authors, strict=True)]
    return " and ".join(names) if any(short) else ""


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
