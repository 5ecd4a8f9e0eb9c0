"""What an adopted text says of its own, in the language of the book, mostly for what could not be taken."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.core.catalogue import Language

WORDS = MappingProxyType(
    {
        "table": MappingProxyType(
            {Language.NL: "Deze tabel is niet overgenomen", Language.EN: "This table was not brought in"}
        ),
        "figure": MappingProxyType(
            {Language.NL: "Deze figuur is niet overgenomen", Language.EN: "This figure was not brought in"}
        ),
        "figure alone": MappingProxyType({Language.NL: "Figuur", Language.EN: "Figure"}),
        "in short": MappingProxyType({Language.NL: "In het kort", Language.EN: "In short"}),
        "write": MappingProxyType(
            {Language.NL: "Schrijf hier de samenvatting.", Language.EN: "Write the summary here."}
        ),
        "category": MappingProxyType({Language.NL: "categorie", Language.EN: "category"}),
        "series": MappingProxyType({Language.NL: "reeks", Language.EN: "series"}),
        "chart": MappingProxyType({Language.NL: "Grafiek", Language.EN: "Chart"}),
        "numbers": MappingProxyType({Language.NL: "de cijfers", Language.EN: "the numbers"}),
        "summary": MappingProxyType({Language.NL: "Samenvatting", Language.EN: "Summary"}),
        "untitled": MappingProxyType({Language.NL: "Zonder titel", Language.EN: "Untitled"}),
        "beginning": MappingProxyType({Language.NL: "Vooraf", Language.EN: "Before you begin"}),
    }
)
