"""The pages about an edition: what was found in its files, and a statement of their accessibility to complete."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from dossierbuild import __version__
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Format, Publication, ReportJob, Verified
from dossierbuild.core.problems import Problem
from dossierbuild.core.typography import format_date
from dossierbuild.stages.render.css import stylesheet
from dossierbuild.stages.render.html import data_address
from dossierbuild.stages.render.shell import template_texts
from dossierbuild.tools.pages import Markup, render_template

STYLES = ("css/base.css", "css/screen.css", "css/index.css", "css/report.css")
VERIFICATION = "verification.html"
STATEMENTS = MappingProxyType(
    {Language.NL: "toegankelijkheidsverklaring.html", Language.EN: "accessibility-statement.html"}
)

# What is counted and what is looked at, by the words of the manifest.
KINDS = MappingProxyType({
    Language.NL: {
        "headings": "Koppen", "paragraphs": "Alinea’s", "figures": "Figuren", "tables": "Tabellen",
        "rows": "Tabelrijen", "boxes": "Kaders", "notes": "Noten", "links": "Koppelingen",
        "citations": "Bronverwijzingen", "references": "Bronnen in de lijst", "alternatives": "Alternatieve teksten",
    },
    Language.EN: {
        "headings": "Headings", "paragraphs": "Paragraphs", "figures": "Figures", "tables": "Tables",
        "rows": "Table rows", "boxes": "Boxes", "notes": "Notes", "links": "Links", "citations": "Citations",
        "references": "References in the list", "alternatives": "Alternative texts",
    },
})  # fmt: skip
CHECKS = MappingProxyType(
    {
        Language.NL: {
            "opens": "Het bestand is te openen",
            "title": "De titel is die van de publicatie",
            "language": "De taal is die van het dossier",
            "links": "Elke koppeling in het bestand leidt ergens heen",
            "ids": "Elke plaats heeft een eigen naam",
            "self-contained": "Er wordt niets van elders opgehaald",
            "inactive": "Er wordt niets uitgevoerd: geen scripts en formulieren",
            "parity": "Alle inhoud van de bronnen staat erin, woord voor woord",
            "order": "De inhoud staat in de volgorde van de bronnen",
            "labels": "Elke bron heet overal hetzelfde",
        },
        Language.EN: {
            "opens": "The file can be opened",
            "title": "The title is that of the publication",
            "language": "The language is that of the dossier",
            "links": "Every link in the file leads somewhere",
            "ids": "Every place has a name of its own",
            "self-contained": "Nothing is fetched from elsewhere",
            "inactive": "Nothing is run: no scripts and no forms",
            "parity": "All content of the sources is in it, word for word",
            "order": "The content is in the order of the sources",
            "labels": "Every source is called the same everywhere",
        },
    }
)

# By the code of a shortcoming: the success criterion of WCAG, and what it means for readers.
CONSEQUENCES = MappingProxyType(
    {
        Language.NL: {
            "D110": ("1.3.1", "Wie van kop naar kop springt, mist een stap in de opbouw."),
            "D143": ("2.4.4", "Wie alleen de koppelingen hoort, weet niet waar deze heen leidt."),
            "D144": ("3.1.2", "Voorleessoftware leest deze passage met de verkeerde uitspraak voor."),
            "D302": ("1.1.1", "Wie de afbeelding niet ziet, weet niet wat erop staat."),
            "D315": ("1.1.1", "Wie de afbeelding niet ziet, krijgt een tekst die weinig zegt."),
            "D405": ("1.4.3, 1.4.11", "Wie minder goed ziet, kan deze tekst of vorm missen."),
        },
        Language.EN: {
            "D110": ("1.3.1", "Those who go from heading to heading miss a step in the structure."),
            "D143": ("2.4.4", "Those who hear the links alone do not know where this one leads."),
            "D144": ("3.1.2", "Screen readers pronounce this passage in the wrong language."),
            "D302": ("1.1.1", "Those who do not see the picture do not know what it shows."),
            "D315": ("1.1.1", "Those who do not see the picture get a text that says little."),
            "D405": ("1.4.3, 1.4.11", "Those who see less well may miss this text or shape."),
        },
    }
)


def report_pages(language: Language) -> tuple[tuple[str, str], ...]:
    """Path and title of the pages."""
    titles = {Language.NL: ("Verificatie", "Toegankelijkheid"), Language.EN: ("Verification", "Accessibility")}
    return tuple(zip((VERIFICATION, STATEMENTS[language]), titles[language], strict=True))


def write_reports(job: ReportJob) -> tuple[tuple[str, bytes], ...]:
    """Path and bytes of the pages. Raises TemplateError."""
    language = job.edition.publications[0].metadata.labels
    templates = {
        VERIFICATION: "html/verification.html.j2",
        STATEMENTS[language]: f"html/statement.{language.value}.html.j2",
    }
    values = _values(job, language)
    texts = template_texts(job.edition.styles, "html/")
    return tuple((path, render_template(name, texts, **values).encode()) for path, name in templates.items())


def _values(job: ReportJob, language: Language) -> dict[str, Any]:
    publications = job.edition.publications
    meta = next((one for one in publications if one.kind == "full"), publications[0]).metadata
    fonts = [one for one in job.edition.assets if one.path.endswith(".woff2")]
    faces = {one.path.removesuffix(".woff2"): data_address(one) for one in fonts}
    return {
        "meta": meta,
        "date": format_date(meta.date, meta.labels),
        "date_iso": meta.date.isoformat(),
        "terms": dict(job.edition.terms),
        "nl": language is Language.NL,
        "generator": f"dossierbuild {__version__}",
        "css": Markup(stylesheet(job.edition, STYLES, faces)),
        "matrices": [_matrix(one, job.verified, language) for one in publications],
        "checks": [_check(name, words, job.verified) for name, words in CHECKS[language].items()],
        "formats": [one for one in Format if any(file.format is one for file in job.verified)],
        "files": job.verified,
        "shortcomings": [_shortcoming(one, language) for one in job.shortcomings],
    }


def _shortcoming(one: Problem, language: Language) -> dict[str, str]:
    criterion, consequence = CONSEQUENCES[language][one.code]
    return {
        "place": str(one.place),
        "text": one.message(language),
        "criterion": criterion,
        "consequence": consequence,
    }


def _matrix(publication: Publication, verified: tuple[Verified, ...], language: Language) -> dict[str, Any]:
    """How many of each kind the sources and the files of a publication have."""
    files = [one for one in verified if one.publication == publication.id]
    expected = dict(files[0].expected) if files else {}
    found = [dict(one.found) for one in files]
    rows = [
        {"kind": words, "sources": expected[kind], "found": [one[kind] for one in found]}
        for kind, words in KINDS[language].items()
        if kind in expected
    ]
    return {
        "id": publication.id,
        "title": publication.metadata.title,
        "formats": [one.format for one in files],
        "rows": rows,
        "earlier": [one.format for one in files if one.problems],
    }


def _check(name: str, words: str, verified: tuple[Verified, ...]) -> dict[str, Any]:
    """In which formats something was looked at."""
    return {"words": words, "formats": {one.format for one in verified if name in one.checks}}
