"""The words that citations and reference lists print beside the terms of a CSL locale, by language.

They follow the rules of citing and not the house style, so they stand here and not in styles/terms.yaml. Another
language of citations is another row in `CITATION_WORDS`; until then its dossiers cite with English words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.catalogue import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationWords:
    """The words of one language.

    `conjunction` stands between two names in running text, `et_al` behind the first of three or more. `statuses` have
    what stands in place of a date for a work that is not yet out, by what lists write, in any language. `locators` have
    one and several of each kind of place in a work; citeproc does not know those of `beyond_citeproc`.
    """

    conjunction: str
    et_al: str
    statuses: Mapping[str, str]
    locators: Mapping[str, tuple[str, str]]
    beyond_citeproc: frozenset[str]
    dissertation: str
    masters_thesis: str
    bachelors_thesis: str


_AHEAD_OF_PRINT = (
    "advance online publication",
    "ahead of print",
    "early access",
    "early view",
    "epub ahead of print",
    "online first",
    "online voorpublicatie",
    "vooraf online",
)

CITATION_WORDS = MappingProxyType(
    {
        Language.NL: CitationWords(
            conjunction="en",
            et_al="et al.",
            statuses=MappingProxyType(
                {
                    "in druk": "in druk",
                    "in press": "in druk",
                    "ter perse": "ter perse",
                    "te verschijnen": "te verschijnen",
                    "forthcoming": "te verschijnen",
                    "in voorbereiding": "in voorbereiding",
                    "in preparation": "in voorbereiding",
                    "ingediend": "ingediend",
                    "submitted": "ingediend",
                    **dict.fromkeys(_AHEAD_OF_PRINT, "online voorpublicatie"),
                }
            ),
            locators=MappingProxyType(
                {
                    "page": ("p.", "pp."),
                    "chapter": ("hoofdstuk", "hoofdstukken"),
                    "section": ("paragraaf", "paragrafen"),
                    "paragraph": ("alinea", "alinea’s"),
                    "article": ("artikel", "artikelen"),
                    "figure": ("figuur", "figuren"),
                    "table": ("tabel", "tabellen"),
                }
            ),
            beyond_citeproc=frozenset({"paragraph"}),
            dissertation="Proefschrift",
            masters_thesis="Masterscriptie",
            bachelors_thesis="Bachelorscriptie",
        ),
        Language.EN: CitationWords(
            conjunction="and",
            et_al="et al.",
            statuses=MappingProxyType(
                {
                    "in druk": "in press",
                    "in press": "in press",
                    "ter perse": "in press",
                    "te verschijnen": "forthcoming",
                    "forthcoming": "forthcoming",
                    "in voorbereiding": "in preparation",
                    "in preparation": "in preparation",
                    "ingediend": "submitted",
                    "submitted": "submitted",
                    **dict.fromkeys(_AHEAD_OF_PRINT, "advance online publication"),
                }
            ),
            locators=MappingProxyType(
                {
                    "page": ("p.", "pp."),
                    "chapter": ("chapter", "chapters"),
                    "section": ("section", "sections"),
                    "paragraph": ("paragraph", "paragraphs"),
                    "article": ("article", "articles"),
                    "figure": ("figure", "figures"),
                    "table": ("table", "tables"),
                }
            ),
            beyond_citeproc=frozenset(),
            dissertation="Doctoral dissertation",
            masters_thesis="Master’s thesis",
            bachelors_thesis="Bachelor’s thesis",
        ),
    }
)

LOCATOR_SPELLINGS = MappingProxyType(
    {
        "page": "bladzijden bladzijde pagina's pagina’s paginas pagina pages page blzz blz pag pgs pg pp p",
        "chapter": "hoofdstukken hoofdstuk chapters chapter hfdst hfst chap ch",
        "section": "paragrafen paragraaf sections section par sec §§ §",
        "paragraph": "alinea's alinea’s alinea paragraphs paragraph paras para al",
        "article": "artikelen artikel articles article artt arts art",
        "figure": "figuren figuur figures figure figs fig",
        "table": "tabellen tabel tables table tab",
    }
)
"""Spellings of each kind of place in a work, Dutch and English, longest first; a full stop may stand behind them."""
