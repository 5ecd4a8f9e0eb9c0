"""A dossier as schema.org describes works, for search engines: JSON-LD in its publication page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from dossierbuild.core.model import IndexJob, Metadata
from dossierbuild.core.names import Creator
from dossierbuild.core.roles import ContributorRole
from dossierbuild.core.spec import Contributor, Funder, Subject, SubjectScheme
from dossierbuild.stages.render.colophon import isbns_of, ror_address

Value = dict[str, Any]

# What schema.org has a word of its own for; others are contributors.
_PROPERTIES = MappingProxyType(
    {
        ContributorRole.EDITOR: "editor",
        ContributorRole.TRANSLATOR: "translator",
        ContributorRole.ILLUSTRATOR: "illustrator",
    }
)


def structured_data(meta: Metadata, job: IndexJob, license_url: str) -> str:
    """The dossier as a schema.org Report in JSON-LD, of the known fields; safe to stand in a script element."""
    site = f"{meta.website.rstrip('/')}/" if meta.website else ""
    imprint = meta.imprint
    data = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": meta.title,
        "alternativeHeadline": meta.subtitle,
        "description": meta.description,
        "version": meta.edition,
        "datePublished": meta.date.isoformat(),
        "inLanguage": meta.language,
        "identifier": meta.identifier,
        "author": [_creator(author) for author in meta.authors],
        **_contributors(imprint.contributors),
        "publisher": _publisher(meta),
        "sponsor": _organisation(imprint.client),
        "funder": [_organisation(funder.name, ror_address(funder.ror)) for funder in imprint.funders],
        "funding": [_grant(funder) for funder in imprint.funders if funder.grant],
        "reportNumber": imprint.report_number,
        "isbn": [number for _, number in isbns_of(meta)],
        "sameAs": f"https://doi.org/{imprint.doi}" if imprint.doi else "",
        "isPartOf": _series(meta),
        "exampleOfWork": {"@type": "CreativeWork", "identifier": imprint.work_identifier}
        if imprint.work_identifier
        else "",
        "about": [_subject(subject) for subject in imprint.subjects],
        "keywords": ", ".join(meta.keywords),
        "audience": {"@type": "Audience", "audienceType": meta.audience} if meta.audience else "",
        "license": license_url,
        "url": meta.website,
        "image": f"{site}{job.picture}" if job.picture else "",
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{site}{file.path}",
                "encodingFormat": file.format.media_type,
                "contentSize": file.size,
            }
            for file in job.files
        ],
    }
    known = _known(data)
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")


def _creator(author: Creator) -> Value:
    """An author as a schema.org Person, known by the ORCID's address, or as an Organization."""
    known: Value = {
        "@type": "Person" if author.is_person else "Organization",
        "@id": author.orcid_address,
        "name": str(author),
        "sameAs": author.orcid_address,
    }
    if author.affiliation:
        relation = "affiliation" if author.is_person else "parentOrganization"
        known[relation] = {"@type": "Organization", "name": author.affiliation}
    return _known(known)


def _known(fields: Value) -> Value:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value}


def _organisation(name: str, address: str = "") -> Value:
    """An organisation, known by its address in a register; an empty value for an empty name."""
    return _known({"@type": "Organization", "@id": address, "name": name}) if name else {}


def _publisher(meta: Metadata) -> Value:
    publisher = meta.imprint.publisher
    if publisher is None:
        return _organisation(meta.publisher)
    return _organisation(publisher.name, ror_address(publisher.ror)) | _known({"location": publisher.place})


def _contributors(contributors: Iterable[Contributor]) -> dict[str, list[Value]]:
    """Those who helped, by the property that schema.org has for what they did."""
    found: dict[str, list[Value]] = {}
    for contributor in contributors:
        known = _creator(contributor.creator)
        if contributor.ror:
            known["@id"] = ror_address(contributor.ror)
        found.setdefault(_PROPERTIES.get(contributor.role, "contributor"), []).append(known)
    return found


def _grant(funder: Funder) -> Value:
    return {
        "@type": "Grant",
        "identifier": funder.grant,
        "funder": _organisation(funder.name, ror_address(funder.ror)),
    }


def _series(meta: Metadata) -> Value:
    """The series that the dossier is in; an ISSN alone is that of a periodical."""
    series, issn = meta.imprint.series, meta.imprint.issn
    if series is None:
        return {"@type": "Periodical", "issn": issn} if issn else {}
    return _known({"@type": "CreativeWorkSeries", "name": series.title, "issn": issn, "position": series.number})


def _subject(subject: Subject) -> Value:
    scheme = "" if subject.scheme is SubjectScheme.KEYWORD else subject.scheme.value
    return _known({"@type": "DefinedTerm", "name": subject.label, "termCode": subject.code, "inDefinedTermSet": scheme})
