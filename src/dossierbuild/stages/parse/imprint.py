"""What dossier.yaml says for colophon and cover: its numbers in their one form, and what is wrong with them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeVar

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import Contributor, Funder, Manifest, Publisher, SubjectScheme
from dossierbuild.stages.parse.paths import inside
from dossierbuild.tools.identifiers import printed_isbn, same_doi, same_isbn, same_issn, same_orcid, same_ror
from dossierbuild.tools.yamlfile import Path, YamlDocument

T = TypeVar("T", Publisher, Contributor, Funder)

_FOCUS = re.compile(r"(?:100|[0-9]{1,2})% (?:100|[0-9]{1,2})%\Z")
_TEN_OR_THIRTEEN = re.compile(r"(?:97[89])?[0-9]{9}[0-9X]\Z")
# What the codes of each list look like, and one of them: https://ns.editeur.org/thema, NUR, https://standaarden.overheid.nl/tooi
_CODES = MappingProxyType(
    {
        SubjectScheme.THEMA: (re.compile(r"[1-6A-Y][A-Z0-9]{0,7}(?:-[A-Z0-9-]+)?\Z"), "JKSN"),
        SubjectScheme.NUR: (re.compile(r"[0-9]{3}\Z"), '"740"'),
        SubjectScheme.TOOI: (re.compile(r"https?://\S+\Z"), "https://identifier.overheid.nl/tooi/…"),
        SubjectScheme.KEYWORD: (re.compile(r".*\Z"), ""),
    }
)

# A number: its path in the file, what it is, its text, and what gives its one form.
Numbered = tuple[Path, str, str, Callable[[str], str]]


def imprint_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """D350, D150: numbers with a wrong check digit or form; D351: an ISBN in two places; D104: values of another form;
    D302: a picture on the cover that nobody describes."""
    for key, kind, value, form in _numbers(manifest):
        place = Place(path, *document.place(key))
        if not form(value):
            yield problem("D350", place, value, kind=kind, value=value)
    yield from _orcids(path, manifest, document)
    yield from _repeated_isbns(path, manifest, document)
    yield from _subjects(path, manifest, document)
    cover = manifest.cover
    if cover and cover.alt is None:
        yield problem("D302", Place(path, *document.place(("cover",))), subject=cover.picture, path=cover.picture)
    if cover and cover.focus and not _FOCUS.match(cover.focus):
        place = Place(path, *document.place(("cover", "focus")))
        yield problem("D104", place, key="focus", value=cover.focus, expected="40% 60%")


def _numbers(manifest: Manifest) -> Iterator[Numbered]:
    """Each number that is written, in the order of the keys."""
    yield from ((key, "ISBN", number, same_isbn) for key, number in _isbns(manifest) if key[0] == "publications")
    for key, written in (("identifier", manifest.identifier), ("work_identifier", manifest.work_identifier)):
        bare = _bare_isbn(written or "")
        if bare:
            yield (key,), "ISBN", bare, same_isbn
        elif written and re.match(r"(?:https?://(?:dx\.)?doi\.org/|doi:|10\.)", written, re.IGNORECASE):
            yield (key,), "DOI", written, same_doi
    if manifest.doi:
        yield ("doi",), "DOI", manifest.doi, same_doi
    if manifest.issn:
        yield ("issn",), "ISSN", manifest.issn, same_issn
    if isinstance(manifest.publisher, Publisher) and manifest.publisher.ror:
        yield ("publisher", "ror"), "ROR", manifest.publisher.ror, same_ror
    rors = [(("funders", at, "ror"), funder.ror) for at, funder in enumerate(manifest.funders)]
    rors += [(("contributors", at, "ror"), found.ror) for at, found in enumerate(manifest.contributors)]
    yield from ((key, "ROR", ror, same_ror) for key, ror in rors if ror)


def _isbns(manifest: Manifest) -> Iterator[tuple[Path, str]]:
    """Each ISBN that is written, with its path."""
    if _bare_isbn(manifest.identifier or ""):
        yield ("identifier",), _bare_isbn(manifest.identifier or "")
    for index, plan in enumerate(manifest.publications):
        for name in ("pdf", "epub"):
            if plan.isbn and (number := getattr(plan.isbn, name)):
                yield ("publications", index, "isbn", name), number


def _bare_isbn(written: str) -> str:
    """What is written as an ISBN, without the word and without hyphens; empty for other identifiers."""
    bare = re.sub(r"^(?:urn:)?isbn[:\s]*|[\s-]", "", written.strip(), flags=re.IGNORECASE).upper()
    return bare if _TEN_OR_THIRTEEN.match(bare) else ""


def _orcids(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    for index, contributor in enumerate(manifest.contributors):
        if contributor.orcid and not same_orcid(contributor.orcid):
            place = Place(path, *document.place(("contributors", index, "orcid")))
            yield problem("D150", place, contributor.orcid, orcid=contributor.orcid, name=contributor.name)


def _repeated_isbns(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for key, number in _isbns(manifest):
        same, place = same_isbn(number), Place(path, *document.place(key))
        if same and same in first:
            yield problem("D351", place, number, related=(first[same],), isbn=printed_isbn(number))
        first.setdefault(same, place)


def _subjects(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    for index, subject in enumerate(manifest.subjects):
        key: Path = ("subjects", index)
        form, example = _CODES[subject.scheme]
        if not subject.code and not subject.label:
            wanted = "label" if subject.scheme is SubjectScheme.KEYWORD else "code"
            yield problem("D103", Place(path, *document.place(key)), f"subjects/{index}", key=wanted)
        elif subject.code and not form.match(subject.code):
            place = Place(path, *document.place((*key, "code")))
            yield problem("D104", place, key="code", value=subject.code, expected=example)


def in_one_form(manifest: Manifest) -> Manifest:
    """The manifest with each number in its one form; what is no such number is left out, and told elsewhere."""
    authors = (dataclasses.replace(author, orcid=same_orcid(author.orcid or "") or None) for author in manifest.authors)
    contributors = (
        _with_ror(dataclasses.replace(found, orcid=same_orcid(found.orcid or "") or None))
        for found in manifest.contributors
    )
    publisher, cover = manifest.publisher, manifest.cover
    return dataclasses.replace(
        manifest,
        authors=tuple(authors),
        contributors=tuple(contributors),
        funders=tuple(_with_ror(funder) for funder in manifest.funders),
        publisher=_with_ror(publisher) if isinstance(publisher, Publisher) else publisher,
        doi=same_doi(manifest.doi or "") or None,
        issn=same_issn(manifest.issn or "") or None,
        cover=cover and dataclasses.replace(cover, picture=inside(cover.picture) or cover.picture),
        publications=tuple(
            dataclasses.replace(
                plan,
                isbn=plan.isbn
                and dataclasses.replace(
                    plan.isbn,
                    pdf=printed_isbn(plan.isbn.pdf or "") or None,
                    epub=printed_isbn(plan.isbn.epub or "") or None,
                ),
            )
            for plan in manifest.publications
        ),
    )


def _with_ror(found: T) -> T:
    return dataclasses.replace(found, ror=same_ror(found.ror or "") or None)
