"""The types and variables of CSL 1.0.2, and what a work of each type needs, as data.

Sources: the CSL 1.0.2 specification, appendices III (types) and IV (variables), and the CSL-JSON schema of
the same version. What a type needs follows the reference elements of APA 7 (chapter 9), kept to what no
reader can do without.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal, get_args

WorkType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
"""What kind of work it is."""

TYPES: frozenset[str] = frozenset(get_args(WorkType))

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator
    """.split()
)

LEADERS = ("author", "editor", "director", "compiler", "host", "producer", "script-writer", "interviewer")
"""Roles of those who lead a work, in the order in which styles look for one."""

DATES = frozenset("accessed available-date event-date issued original-date submitted".split())

NUMBERS = frozenset(
    """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator
    number number-of-pages number-of-volumes page page-first part-number printing-number section
    supplement-number version volume
    """.split()
)

TEXTS = frozenset(
    """
    abstract annote archive archive_collection archive_location archive-place authority call-number
    citation-key citation-label collection-title container-title container-title-short dimensions
    division DOI event event-title event-place genre ISBN ISSN jurisdiction journalAbbreviation keyword
    language license medium note original-publisher original-publisher-place original-title part-title
    PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale shortTitle source
    status title title-short URL volume-title year-suffix
    """.split()
)

IDENTIFIERS = frozenset("call-number citation-key citation-label DOI ISBN ISSN language PMCID PMID URL".split())

PROSE = TEXTS - IDENTIFIERS
"""Fields whose text is printed as prose."""

UNPRINTED = frozenset({"categories", "custom", "citation-key"})
"""Fields of CSL-JSON that say nothing of the work; they are read over."""

FIELDS = frozenset({"id", "type"}) | NAMES | DATES | NUMBERS | TEXTS | UNPRINTED

RENAMED = MappingProxyType(
    {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
)
"""Names of CSL 1.0 and their successors in CSL 1.0.2."""

NAME_PARTS = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal", "short")
"""The parts of a name; `short` is no part of CSL: what an organisation goes by, "CBS"."""
NAME_FLAGS = frozenset({"comma-suffix", "isInstitution", "static-ordering", "parse-names", "multi"})

_PLACE = ("publisher", "URL", "DOI")
_WHOLE = ("container-title", "event-title", "collection-title")

NEEDED = MappingProxyType(
    {
        "article-journal": (("container-title",),),
        "article-magazine": (("container-title",),),
        "article-newspaper": (("container-title",),),
        "book": (("author", "editor", "translator", "publisher", "URL", "DOI", "ISBN"),),
        "chapter": (("container-title",),),
        "dataset": (("author", "editor", "compiler", "publisher"), (*_PLACE, "number")),
        "entry-dictionary": (("container-title", "publisher"),),
        "entry-encyclopedia": (("container-title", "publisher"),),
        "interview": (("author", "interviewer"),),
        "paper-conference": ((*_WHOLE, "publisher"),),
        "personal_communication": (("author",), ("issued",)),
        "post": (("URL", "container-title"),),
        "post-weblog": (("URL", "container-title"),),
        "report": (("author", "editor", "publisher"),),
        "thesis": (("author",), ("publisher", "URL")),
        "webpage": (("URL",), ("issued", "accessed")),
    }
)
"""For each type the groups of fields of which one must be there. The title is asked of every type."""

UNTITLED = frozenset({"interview", "personal_communication", "post", "review", "review-book"})
"""Types that may go without a title."""

ORDER = (
    "id",
    "type",
    "genre",
    "author",
    "editor",
    "translator",
    "issued",
    "original-date",
    "title",
    "title-short",
    "container-title",
    "collection-title",
    "collection-number",
    "volume",
    "issue",
    "number",
    "page",
    "edition",
    "event-title",
    "event-place",
    "publisher",
    "publisher-place",
    "ISBN",
    "ISSN",
    "DOI",
    "URL",
    "accessed",
    "language",
)
"""The order in which fields are written; all others follow by the alphabet."""
