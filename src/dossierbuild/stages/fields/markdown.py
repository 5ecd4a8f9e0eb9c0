"""A citation in Markdown, as editors write it: `[zie @aarts2018, p. 12; -@bos2019]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import LOCATOR_SPELLINGS
from dossierbuild.stages.fields.citation import Citation, Cited, Form

_ABBREVIATIONS = MappingProxyType({
    Language.NL: MappingProxyType({
        "act": "akte", "appendix": "bijlage", "article": "art.", "article-locator": "art.", "book": "boek",
        "canon": "canon", "chapter": "hfst.", "column": "kolom", "elocation": "locatie", "equation": "vergelijking",
        "figure": "fig.", "folio": "fol.", "issue": "nr.", "line": "regel", "note": "noot", "opus": "op.", "page": "p.",
        "paragraph": "al.", "part": "deel", "rule": "regel", "scene": "scène", "section": "par.", "sub verbo": "s.v.",
        "sub-verbo": "s.v.", "supplement": "supplement", "surah": "soera", "table": "tabel", "timestamp": "",
        "title": "titel", "title-locator": "titel", "verse": "vers", "volume": "deel",
    }),
    Language.EN: MappingProxyType({
        "act": "act", "appendix": "appendix", "article": "art.", "article-locator": "art.", "book": "book",
        "canon": "canon", "chapter": "ch.", "column": "col.", "elocation": "loc.", "equation": "eq.", "figure": "fig.",
        "folio": "fol.", "issue": "no.", "line": "line", "note": "note", "opus": "op.", "page": "p.",
        "paragraph": "para", "part": "part", "rule": "rule", "scene": "scene", "section": "sec.", "sub verbo": "s.v.",
        "sub-verbo": "s.v.", "supplement": "supplement", "surah": "surah", "table": "table", "timestamp": "",
        "title": "title", "title-locator": "title", "verse": "verse", "volume": "vol.",
    }),
})  # fmt: skip
"""How editors write each kind of place in a work, by CSL's name for it."""
_SEVERAL_PAGES = re.compile(r"\d\s*(?:[-–—,]|en|and|&)\s*\d")
_LABELS = "|".join(re.escape(word) for words in LOCATOR_SPELLINGS.values() for word in words.split())
_OWN_LABEL = re.compile(rf"(?:{_LABELS})(?!\w)|[^\W\d]{{5,}}", re.IGNORECASE)
_AGAINST_KEY = re.compile(r"\A([.:])(?=\w)")  # a key goes on behind these
_SIGNS = re.compile(r"[\\`*_\[\]{}<>@;~^$|#]")
_TAG = re.compile(r"<(/?)(i|b|em|strong|sub|sup)>|</?(?:span|sc)\b[^<>]*>", re.IGNORECASE)
_MARKS = MappingProxyType({"i": "*", "em": "*", "b": "**", "strong": "**", "sub": "~", "sup": "^"})


def written(citation: Citation, language: Language = Language.NL) -> str:
    """The citation in Markdown; where a work has no key, or only names are printed, what stands there as typed."""
    shown = [cited for cited in citation.works if cited.form is not Form.LISTED]
    if not all(cited.key for cited in citation.works) or any(cited.form is Form.NAMES for cited in shown):
        return plain(citation.printed)
    if all(cited.form is Form.NARRATIVE for cited in shown):
        return "; ".join(_narrative(cited, language) for cited in shown)
    return f"[{'; '.join(_in_brackets(cited, language) for cited in shown)}]"


def plain(text: str) -> str:
    """A text in which no sign means anything in Markdown."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


def _in_brackets(cited: Cited, language: Language) -> str:
    dash = "-" if cited.form is Form.YEAR else ""
    return f"{_prefix(cited)}{dash}@{cited.key}{_behind(cited, language)}"


def _narrative(cited: Cited, language: Language) -> str:
    behind = _behind(cited, language).lstrip(", ")
    return f"{_prefix(cited)}@{cited.key}{f' [{behind}]' if behind else ''}"


def _prefix(cited: Cited) -> str:
    text = _marked(cited.prefix).strip()
    return f"{text} " if text else ""


def _behind(cited: Cited, language: Language) -> str:
    """What stands behind the key: the place in the work, and the suffix with the sign that it begins with."""
    place = f", {_place(cited, language)}" if cited.locator else ""
    suffix = _AGAINST_KEY.sub(r"\1 ", _marked(cited.suffix).rstrip())
    apart = "" if not suffix or suffix[0] in ",.:) " else " "
    return f"{place}{apart}{suffix}"


def _place(cited: Cited, language: Language) -> str:
    """A place with the word for it; as it was typed where it brings a word of its own."""
    label = _ABBREVIATIONS[language].get(cited.label, "")
    if cited.label == "page" and _SEVERAL_PAGES.search(cited.locator):
        label = "pp."
    locator = plain(cited.locator)
    return locator if not label or _OWN_LABEL.match(cited.locator) else f"{label} {locator}"


def _marked(text: str) -> str:
    """A prefix or suffix with the slant that its tags say."""
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for tag in _TAG.finditer(text):
        yield plain(text[at : tag.start()])
        yield _MARKS.get((tag[2] or "").lower(), "")
        at = tag.end()
    yield plain(text[at:])
