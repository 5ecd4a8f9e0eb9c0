"""The pages about an edition: what was found in its files, and a statement of their accessibility to complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from dossierbuild import __version__
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import language_for
from dossierbuild.core.model import Publication, ReportJob, Verified
from dossierbuild.core.problems import Problem
from dossierbuild.core.slug import slug
from dossierbuild.core.spec import Format, PublicationKind
from dossierbuild.core.typography import format_date
from dossierbuild.stages.render.css import shown_faces, stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.html import data_address
from dossierbuild.stages.render.shell import template_texts
from dossierbuild.tools.pages import Markup, escape, render_template

STYLES = ("css/base.css", "css/screen.css", "css/index.css", "css/report.css")
VERIFICATION = "verification.html"

# The kinds of content that are counted, as the manifest calls them, in the order of the table.
_COUNTED = (
    "headings", "paragraphs", "figures", "tables", "rows", "boxes", "notes", "links", "citations", "references",
    "alternatives", "formulas",
)  # fmt: skip
# The checks of a file, as the manifest calls them, in the order of the table.
_CHECKS = (
    "opens", "title", "language", "links", "ids", "self-contained", "inactive", "parity", "order", "labels"
)  # fmt: skip
# The success criteria of WCAG that a shortcoming falls under, by its code.
_CRITERIA = MappingProxyType({
    "D110": "1.3.1", "D125": "2.4.4", "D143": "2.4.4", "D144": "3.1.2", "D155": "3.1.1, 3.1.2", "D158": "2.4.6",
    "D159": "2.4.6", "D302": "1.1.1", "D315": "1.1.1", "D330": "1.1.1", "D331": "1.1.1", "D333": "1.3.1",
    "D334": "1.3.1", "D405": "1.4.3, 1.4.11",
})  # fmt: skip

_TO_FILL_IN = re.compile(r"\[([^\[\]]*+)\]")
_NAME = re.compile(r"\{(\w+)\}")


def report_pages(terms: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Path and title of the pages."""
    return ((VERIFICATION, terms["verification"]), (statement_path(terms), terms["accessibility"]))


def statement_path(terms: Mapping[str, str]) -> str:
    """The file of the statement by its title: `accessibility-statement.html`."""
    return f"{slug(terms['statement']) or 'statement'}.html"


def write_verification(job: ReportJob) -> bytes:
    """Make the page with what was found in the files. Raises TemplateError."""
    return _page(job, "html/verification.html.j2")


def write_statement(job: ReportJob) -> bytes:
    """Make the statement of accessibility, to be completed. Raises TemplateError."""
    language = job.edition.publications[0].metadata.dossier_language
    return _page(job, _statement_template(language, template_texts(job.edition.styles, "html/")))


def _page(job: ReportJob, template: str) -> bytes:
    page = render_template(template, template_texts(job.edition.styles, "html/"), **_values(job))
    return directed(page).encode()


def _statement_template(language: str, templates: Mapping[str, str]) -> str:
    """The statement in the form that the law of the language's country asks for, where there is a template for it."""
    own = f"html/statement.{language_for(language, _forms(templates))}.html.j2"
    return own if own in templates else "html/statement.html.j2"


def _forms(templates: Mapping[str, str]) -> list[str]:
    """The languages that have a statement in a form of their own."""
    found = (re.fullmatch(r"html/statement\.(.+)\.html\.j2", name) for name in templates)
    return [match[1] for match in found if match]


def _values(job: ReportJob) -> dict[str, Any]:
    publications = job.edition.publications
    full = (publication for publication in publications if publication.kind is PublicationKind.FULL)
    meta = next(full, publications[0]).metadata
    terms = job.edition.terms
    fonts = [asset for asset in job.edition.assets if asset.path.endswith(".woff2")]
    faces = {font.path.removesuffix(".woff2"): data_address(font) for font in fonts}
    faces = shown_faces(job.edition, (), faces)
    return {
        "meta": meta,
        "date": format_date(meta.date, terms),
        "date_iso": meta.date.isoformat(),
        "terms": terms,
        "sentence": partial(_sentence, terms),
        "link": _link,
        "statement": statement_path(terms),
        "generator": f"dossierbuild {__version__}",
        "css": Markup(stylesheet(job.edition, STYLES, faces)),
        "matrices": [_matrix(publication, job.verified, terms) for publication in publications],
        "checks": [_check(name, job.verified, terms) for name in _CHECKS],
        "formats": [form for form in Format if any(file.format is form for file in job.verified)],
        "files": job.verified,
        "unmeasured": job.unmeasured,
        "measured": job.measured,
        "shortcomings": [_shortcoming(shortcoming, meta.dossier_language, terms) for shortcoming in job.shortcomings],
    }


def _sentence(terms: Mapping[str, str], key: str, **values: object) -> Markup:
    """A fixed sentence with `values` in the place of their names; `[…]` is marked, for the publisher to fill in."""
    text = _TO_FILL_IN.sub(r'<mark class="fill">[\1]</mark>', str(escape(terms[key])))
    return Markup(_NAME.sub(lambda name: str(escape(values[name[1]])), text))


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _shortcoming(shortcoming: Problem, language: str, terms: Mapping[str, str]) -> dict[str, str]:
    return {
        "place": str(shortcoming.place),
        "text": shortcoming.message(Language.of(language)),
        "criterion": _CRITERIA[shortcoming.code],
        "consequence": terms[f"consequence_{shortcoming.code}"],
    }


def _matrix(publication: Publication, verified: tuple[Verified, ...], terms: Mapping[str, str]) -> dict[str, Any]:
    """The number of each kind of content in the sources and in each file of a publication."""
    files = [file for file in verified if file.publication == publication.id]
    expected = files[0].expected if files else FrozenMap[str, int]()
    rows = [
        {"kind": terms[f"counted_{kind}"], "sources": expected[kind], "found": [file.found[kind] for file in files]}
        for kind in _COUNTED
        if kind in expected
    ]
    return {
        "id": publication.id,
        "title": publication.metadata.title,
        "language": publication.metadata.foreign_language,
        "formats": [file.format for file in files],
        "rows": rows,
    }


def _check(name: str, verified: tuple[Verified, ...], terms: Mapping[str, str]) -> dict[str, Any]:
    """A check in words, and the formats in which it was done."""
    words = terms[f"check_{name.replace('-', '_')}"]
    return {"words": words, "formats": {file.format for file in verified if name in file.checks}}
