"""What a text is in a report, by its heading: a foreword, a summary, an appendix, the list of references."""

from __future__ import annotations

import re
from types import MappingProxyType

FOREWORD = re.compile(r"(?:voorwoord|woord vooraf|ten geleide|foreword|preface)\b", re.IGNORECASE)
APPENDIX = re.compile(
    r"\s*(?:bijlagen?|appendix|appendices|annex)(?:[ \u00a0]+(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?![\w.]))?"
    r"(?:\s*[.:–—-]\s*|[ \u00a0]+|\Z)",
    re.IGNORECASE,
)
"""The label that a heading of appendices begins with."""
PART = re.compile(
    r"\s*(?:deel|part)[ \u00a0]+(?:\d{1,2}|[A-Z]|[IVX]{1,5})\b(?:\s*[.:–—-]\s*|[ \u00a0]+|\Z)", re.IGNORECASE
)
"""The label that the heading of a part begins with."""
REFERENCES = re.compile(
    r"(?:references?|referenties?|literatuur(?:lijst|verwijzingen|opgave)?|bibliogra(?:phy|fie)|bronnen(?:lijst)?"
    r"|bronvermelding|(?:geraadpleegde|gebruikte) (?:literatuur|bronnen)|literature|works cited"
    r"|(?:literatuur|bronnen) en (?:literatuur|bronnen))\W*\Z",
    re.IGNORECASE,
)
_SUMMARIES = MappingProxyType(
    {
        "nl": re.compile(
            r"(?:(?:publieks|management|bestuurlijke |korte )?samenvatting|in het kort)\W*\Z", re.IGNORECASE
        ),
        "en": re.compile(
            r"(?:(?:english|executive|management|short) )?(?:summary|abstract)(?: in english)?\W*\Z", re.IGNORECASE
        ),
        "fr": re.compile(r"(?:résumé|sommaire|synthèse)\W*\Z", re.IGNORECASE),
        "de": re.compile(r"zusammenfassung\W*\Z", re.IGNORECASE),
    }
)


def summary_language(heading: str) -> str:
    """The language of a summary with this heading; empty where it is none."""
    return next((tag for tag, pattern in _SUMMARIES.items() if pattern.match(heading)), "")
