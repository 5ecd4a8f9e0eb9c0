"""Texts of works as programs and people write them: emphasis, and languages by their names."""

from __future__ import annotations

import re
from types import MappingProxyType

from dossierbuild.core.formulas.plain import rich_formula
from dossierbuild.core.formulas.reading import FormulaError
from dossierbuild.core.languages import is_known, tag_of_name

_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\s*])([^*]*[^\s*])\1(?![\w*])")

_FORMULA = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$]{1,200})(?<=[^\s\\])\$(?!\d)")
_SIGN = re.compile(r"\$(\\[A-Za-z]{2,20})\$")
_OF_FORMULAS = re.compile(r"[\\^_{}=<>+]")

# Of spans CSL-JSON has those that keep capitals and those that stand upright in italics.
_MEANS = re.compile(r"no(?:case|decor)\b")
_KEPT_SPAN = r"<span\b[^<>]{0,200}?no(?:case|decor)[^<>]{0,200}>"
_PLAIN_SPAN = re.compile(
    rf"(?!{_KEPT_SPAN})<span\b[^<>]{{0,400}}>((?:[^<]|<(?!/?span\b)|{_KEPT_SPAN}[^<]*+</span>)*+)</span>", re.IGNORECASE
)
_SMALL_CAPS = re.compile(r"<span\sstyle=[\"'][^\"'<>]{0,40}small-caps;?[\"']>([^<>]{0,300})</span>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z:]{0,15})((?:\s[^<>]{0,200})?)/?>")
# What each tag is in CSL-JSON; an empty text where it is nothing.
_TAGS_OF = MappingProxyType(
    {"em": "i", "i": "i", "italic": "i", "strong": "b", "b": "b", "bold": "b", "sub": "sub", "sup": "sup", "sc": "sc",
     "scp": "sc"} | dict.fromkeys(["p", "br", "div", "font", "a", "u", "title", "underline"], "")
)  # fmt: skip
_BREAKS = frozenset({"br", "p", "div"})

_LANGUAGES = MappingProxyType(
    {
        "nl-NL": "nl-nl dutch nederlands nld dut",
        "en-US": "en-us english american usenglish engels eng",
        "en-GB": "en-gb british ukenglish",
        "de-DE": "de-de german ngerman deutsch duits deu ger",
        "fr-FR": "fr-fr french français frans fra fre",
    }
)
_TAGS = MappingProxyType({name: tag for tag, names in _LANGUAGES.items() for name in names.split()})


def with_emphasis(text: str) -> str:
    """The stars of Markdown, which lists in YAML use for italic and bold, as the tags of CSL-JSON."""

    def tagged(match: re.Match[str]) -> str:
        tag = "i" if match.group(1) == "*" else "b"
        return f"<{tag}>{match.group(2)}</{tag}>"

    return _EMPHASIS.sub(tagged, text)


def with_tags(text: str) -> str:
    """The tags of web pages and of Crossref's records as those of CSL-JSON (i, b, sub, sup, sc); others go."""

    def tagged(match: re.Match[str]) -> str:
        end, name, attributes = match.groups()
        if name.lower() == "span":
            return match[0] if end or _MEANS.search(attributes) else ""
        known = _TAGS_OF.get(name.lower().removeprefix("jats:"))
        return match[0] if known is None else f"<{end}{known}>" if known else " " if name.lower() in _BREAKS else ""

    if "<" not in text:
        return text
    return _TAG.sub(tagged, _PLAIN_SPAN.sub(r"\1", _SMALL_CAPS.sub(r"<sc>\1</sc>", text)))


def with_formulas(text: str) -> str:
    """Formulas between dollar signs, as lists in LaTeX have them, as the tags of CSL-JSON; signs of money stay."""

    def tagged(match: re.Match[str]) -> str:
        if " " in match[1] and not _OF_FORMULAS.search(match[1]):
            return match[0]
        try:
            return rich_formula(match[1])
        except FormulaError:
            return match[0]

    return _FORMULA.sub(tagged, _SIGN.sub(tagged, text)) if "$" in text else text


def language_tag(text: str) -> str:
    """The BCP 47 tag for a language by its name ("dutch", "Nederlands"); a tag, and what is neither, stay as they are.

    Programs write the locale of a system too: "en_US".
    """
    tag = text.replace("_", "-")
    return _TAGS.get(tag.casefold()) or (tag if is_known(tag) else tag_of_name(tag.casefold())) or text
