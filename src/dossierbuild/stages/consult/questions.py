"""Which service knows a number, and the address at which to ask it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.tools.identifiers import same_doi, same_isbn

_PMID = re.compile(r"(?:pmid[:\s]\s*|https://pubmed\.ncbi\.nlm\.nih\.gov/)?([1-9][0-9]{0,8})/?\Z", re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn(?:-1[03])?:?\s*)?(.*)\Z", re.IGNORECASE)


class Service(Enum):
    """The services; the value is the server of each."""

    DOI = "https://doi.org"
    OPEN_LIBRARY = "https://openlibrary.org"
    PUBMED = "https://eutils.ncbi.nlm.nih.gov"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for a service about the work with a `number`: the path to ask for, and the headers with it."""

    service: Service
    number: str
    path: str
    headers: FrozenMap[str, str]

    def address(self, server: str = "") -> str:
        """The address to ask, at another server where one is named."""
        return f"{(server or self.service.value).rstrip('/')}{self.path}"


def question_of(typed: str) -> Question | None:
    """The question about a DOI, an ISBN or a number in PubMed, however it was typed; None when it is none of these."""
    text = typed.strip()
    if doi := same_doi(text):
        return _question(Service.DOI, doi, f"/{quote(doi, safe='/')}", "application/vnd.citationstyles.csl+json")
    isbn = _ISBN.match(text)
    if isbn and (number := same_isbn(isbn[1])):
        path = f"/api/books?bibkeys=ISBN:{number}&jscmd=data&format=json"
        return _question(Service.OPEN_LIBRARY, number, path, "application/json")
    if pmid := _PMID.match(text):
        path = f"/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&id={pmid[1]}"
        return _question(Service.PUBMED, pmid[1], path, "application/json")
    return None


def _question(service: Service, number: str, path: str, accept: str) -> Question:
    headers = FrozenMap((("Accept", accept), ("User-Agent", "dossierbuild")))
    return Question(service=service, number=number, path=path, headers=headers)
