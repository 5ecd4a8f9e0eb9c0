"""Texts of works as programs and people write them: emphasis, and languages by their names."""

from __future__ import annotations

import re
from types import MappingProxyType

from dossierbuild.core.languages import is_known, tag_of_name

_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\s*])([^*]*[^\s*])\1(?![\w*])")

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


def language_tag(text: str) -> str:
    """The BCP 47 tag for a language by its name ("dutch", "Nederlands"); a tag, and what is neither, stay as they are.

    Programs write the locale of a system too: "en_US".
    """
    tag = text.replace("_", "-")
    return _TAGS.get(tag.casefold()) or (tag if is_known(tag) else tag_of_name(tag.casefold())) or text
