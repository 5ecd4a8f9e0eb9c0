"""Locators: the ways in which editors write a place in a work ("blz. 5", "p.120", "§ 2.1"), in one form.

citeproc knows the labels of one language and one spelling each. What is recognised here goes to it in braces,
`{p. 12–15}`, which it reads without guessing; anything else stays the text that the editor wrote.

APA 8.13 and its Dutch restatement (libguides.uvt.nl/apa-handleiding/specifieke-onderdelen): "p. 5" with a
space, "pp. 12–15" with an en dash, other parts by their name in full.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from dossierbuild.core.ast import Nodes, node, text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import CITATION_WORDS, LOCATOR_SPELLINGS

# In English "par." is a paragraph, in Dutch a "paragraaf", which is a section.
_ENGLISH_PARAGRAPHS = frozenset({"par"})

# A number ends before a letter, but for the "e.v." and "ff." that editors write against it.
_NUMBER = (
    r"(?:\d+(?:(?!ev|e\.|f)[a-z])?|[ivxlc]+(?![\w’'])|[IVXLC]+(?![\w’']))"
    r"(?:[.:]\d+[a-z]?)*(?:(?!\w)|(?=e\.?\s?v\b|ff?\b))"
)
_LABEL = "|".join(re.escape(word) for words in LOCATOR_SPELLINGS.values() for word in words.split())
# "p.4-p.6": the label may come again; "4 tot 6", "12 t/m 15", "4 tot en met 6" are ranges as well.
_TO = rf"(?:\s*[-–—]\s*(?:(?:{_LABEL})\.?\s*)?|\s+(?:tot en met|t/m|tot|to)\s+)"
_VALUE = rf"{_NUMBER}(?:{_TO}{_NUMBER}|,\s*{_NUMBER}|\s+(?:en|and|&)\s+{_NUMBER})*"
# What narrows the article of a law belongs to it: "artikel 2.3.5 lid 3 onder a".
_WITHIN = r"(?:\s+(?:lid|leden|onder|onderdeel|sub)\s+(?:\d+|[a-z])(?!\w))*"
_ARTICLE = "|".join(re.escape(word) for word in LOCATOR_SPELLINGS["article"].split())
_LOCATOR = re.compile(
    rf"(?:(?P<article>{_ARTICLE})\.?\s*(?P<place>{_VALUE}{_WITHIN})|(?P<label>{_LABEL})\.?\s*(?P<value>{_VALUE}))",
    re.IGNORECASE,
)
_BARE_PAGES = re.compile(rf"(?P<value>\d+(?:{_TO}\d+|,\s*\d+)*)(?=\s*(?:$|[,;]|e\.?v|ff?\b))")
# ": 4" stands for a page, as behind a year in "2019: 4".
_AFTER_YEAR = re.compile(r"^\s*:\s*(?=\d)")
_RANGE = re.compile(
    rf"(?:(?<!\s)\s++)?+[-–—]\s*+(?:(?:{_LABEL})\.?\s*+(?=[\divxlc]))?|(?<!\s)\s++(?:tot en met|t/m|tot|to)\s++",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"(?:(?<!\s)\s++)?+(?:e\.\s?v\.?|ev\.?)(?!\w)", re.IGNORECASE)
_PRINTED_BY_CITEPROC = re.compile(r",? ?\{[^{}]++\}[^,;]*")
_KIND_OF = MappingProxyType({word: kind for kind, words in LOCATOR_SPELLINGS.items() for word in words.split()})
_SEVERAL = re.compile(r"[–,&]|\s(?:en|and)\s")


def normalise_suffix(suffix: Nodes, tag: str) -> Nodes:
    """What stands behind a key, with its first locator in braces and later ones as they are printed.

    `tag` is the dossier's language; only Dutch and English labels are known, others stay as written.
    """
    if tag.lower().split("-")[0].split("_")[0] not in ("nl", "en"):
        return suffix
    words, rest = _leading_text(suffix)
    stripped = _AFTER_YEAR.sub("", words).lstrip(" ,")
    if not stripped or stripped.startswith("{"):
        return suffix
    language = Language.of(tag)
    first = _LOCATOR.match(stripped) or _BARE_PAGES.match(stripped)
    if first is None:
        # `{}` keeps citeproc from reading a number in free text as a page.
        return [node("Str", "{}"), *text(_rewrite_later(words, language)), *rest]
    kind = _kind(first, language)
    value = _value(first)
    printed = _printed(kind, value, language)
    tail = _rewrite_later(stripped[first.end() :].rstrip(), language)
    tail = "" if tail == "." else tail
    if kind in CITATION_WORDS[language].beyond_citeproc:
        return [node("Str", "{}"), *text(f", {printed}{tail}"), *rest]
    label = CITATION_WORDS[language].locators[kind][0]
    return [*text(f", {{{label} {_tidy_value(value)}}}{tail}"), *rest]


def without_locator(suffix: Nodes) -> Nodes:
    """A normalised suffix without its locator and the words of it ("p. 12 e.v."), for a style that prints none."""
    words, rest = _leading_text(suffix)
    return [*text(_PRINTED_BY_CITEPROC.sub("", words)), *rest]


def _leading_text(suffix: Nodes) -> tuple[str, Nodes]:
    """The plain text that a suffix begins with, and the nodes behind it."""
    words = []
    for index, inline in enumerate(suffix):
        if inline["t"] == "Str":
            words.append(inline["c"])
        elif inline["t"] in ("Space", "SoftBreak"):
            words.append(" ")
        else:
            return "".join(words).replace("\u00a0", " "), suffix[index:]
    return "".join(words).replace("\u00a0", " "), []


def _rewrite_later(words: str, language: Language) -> str:
    """Further locators behind a comma as they are printed, and "e.v." in one spelling."""

    def printed(match: re.Match[str]) -> str:
        return match["comma"] + _printed(_kind(match, language), _value(match), language)

    later = re.sub(rf"(?P<comma>^,?\s*|,\s*){_LOCATOR.pattern}", printed, words, flags=re.IGNORECASE)
    return _FOLLOWING.sub(" e.v.", later) if language is Language.NL else later


def _kind(match: re.Match[str], language: Language) -> str:
    groups = match.groupdict()
    label = groups.get("article") or groups.get("label")
    if label is None:
        return "page"
    if language is Language.EN and label.lower() in _ENGLISH_PARAGRAPHS:
        return "paragraph"
    return _KIND_OF[label.lower()]


def _value(match: re.Match[str]) -> str:
    return str(match.groupdict().get("place") or match["value"])


def _printed(kind: str, value: str, language: Language) -> str:
    tidy = _tidy_value(value)
    return f"{CITATION_WORDS[language].locators[kind][bool(_SEVERAL.search(tidy))]} {tidy}"


def _tidy_value(value: str) -> str:
    """Ranges with an en dash and no spaces around it."""
    return _RANGE.sub("–", value)
