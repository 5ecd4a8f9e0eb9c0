"""What an EPUB's package document says of the imprint: identifiers, who helped and paid, series and subjects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossierbuild.core.model import Metadata
from dossierbuild.core.names import Creator, Organisation
from dossierbuild.core.roles import ROLE_CODES
from dossierbuild.core.spec import SubjectScheme
from dossierbuild.stages.render.colophon import ror_address

Values = dict[str, Any]

_AUTHORITIES = frozenset({SubjectScheme.THEMA, SubjectScheme.NUR, SubjectScheme.TOOI})
_POSITION = re.compile(r"[0-9]+(?:\.[0-9]+)*\Z")
"""What EPUB 3.3 takes for a place in a collection (D.4.4)."""


def package_identifier(identifier: str) -> str:
    """A publication's identifier as a URI: `urn:isbn:…` for an ISBN, `https://doi.org/…` for a DOI."""
    bare = re.sub(r"^(?:ISBN|DOI)[:\s]*", "", identifier.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", bare)
    if re.fullmatch(r"97[89][0-9]{10}|[0-9]{9}[0-9Xx]", digits):
        return f"urn:isbn:{digits.upper()}"
    return f"https://doi.org/{bare}" if re.match(r"10\.[0-9]{4,9}/", bare) else bare


def package_imprint(meta: Metadata) -> Values:
    """The values of the template for the package document that come from the imprint."""
    imprint = meta.imprint
    number = imprint.series.number or "" if imprint.series else ""
    return {
        "other_identifiers": tuple(_others(meta)),
        "contributors": tuple(_contributors(meta)),
        "series_position": number if _POSITION.match(number) else "",
        "series_identifier": f"urn:issn:{imprint.issn}" if imprint.issn else "",
        "subjects": [
            {
                "label": subject.label,
                "code": subject.code if subject.scheme in _AUTHORITIES else "",
                "authority": subject.scheme.value.upper(),
            }
            for subject in imprint.subjects
        ],
    }


def _others(meta: Metadata) -> Iterator[str]:
    """The identifiers of the e-book besides that of its package."""
    first = package_identifier(meta.identifier)
    written = (meta.imprint.isbn.epub or "", meta.imprint.doi)
    yield from (found for found in (package_identifier(number) for number in written if number) if found != first)


def _contributors(meta: Metadata) -> Iterator[Values]:
    """Who helped, who asked for the work and who paid for it, each with the MARC relator of the role."""
    for found in meta.imprint.contributors:
        address = found.creator.orcid_address or ror_address(found.ror)
        yield _contributor(found.creator, ROLE_CODES[found.role].marc, address)
    if meta.imprint.client:
        yield _contributor(Creator(Organisation(meta.imprint.client)), "pat", "")
    for funder in meta.imprint.funders:
        yield _contributor(Creator(Organisation(funder.name)), "fnd", ror_address(funder.ror))


def _contributor(creator: Creator, relator: str, address: str) -> Values:
    return {
        "name": str(creator),
        "sorting": creator.name.sorting if creator.is_person else "",
        "relator": relator,
        "address": address,
    }
