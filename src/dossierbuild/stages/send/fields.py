"""What stands between the words of a paragraph as OpenXML: above all fields, of citations in the form of Zotero and of
cross-references."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes, node, plain_text
from dossierbuild.core.citation_words import LOCATOR_SPELLINGS
from dossierbuild.core.sent import CITATION_FIELD, REFERENCE_FIELD

_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
DISPLAY = "m:oMathPara"
"""The element around a formula that has a line of its own."""
_KINDS = "|".join(
    f"(?P<{kind}>{'|'.join(re.escape(word) for word in words.split())})" for kind, words in LOCATOR_SPELLINGS.items()
)
_LOCATOR = re.compile(rf",? *(?:{_KINDS})\.? *(?P<where>[0-9][0-9ivxlc.,–-]*(?<![.,–-]))", re.IGNORECASE)
_NOT_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(words: str) -> str:
    """Words as they stand in XML, without what cannot stand there."""
    return escape(_NOT_OF_XML.sub("", words))


def raw(xml: str) -> Node:
    """OpenXML between the inlines of a paragraph."""
    return node("RawInline", "openxml", xml)


def field(instruction: str, printed: Nodes) -> Nodes:
    """A field with what it prints."""
    code = f'<w:r><w:instrText xml:space="preserve"> {xml_text(instruction)} </w:instrText></w:r>'
    return [raw(f"{_sign('begin')}{code}{_sign('separate')}"), *printed, raw(_sign("end"))]


def _sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def reference_field(target: str, printed: Nodes) -> Nodes:
    """A cross-reference to an id."""
    return field(f"{REFERENCE_FIELD} {_json({'ref': target})}", printed)


def citation_field(cite: Node, number: int, printed: Nodes, works: Mapping[str, str]) -> Nodes:
    """A citation; `number` is its place among those of the document, `works` has CSL-JSON by key.

    Zotero knows no citation that is part of the sentence, and is told to leave what such a one prints.
    """
    words = plain_text(printed)
    citations = cite["c"][0]
    properties: dict[str, Any] = {"formattedCitation": words, "plainCitation": words, "noteIndex": 0}
    if citations[0]["citationMode"]["t"] == "AuthorInText":
        properties["dontUpdate"] = True
    value = {
        "citationID": str(number),
        "properties": properties,
        "citationItems": [_item(citation, works) for citation in citations],
        "schema": _SCHEMA,
    }
    return field(f"{CITATION_FIELD} {_json(value)}", printed)


def _item(citation: Mapping[str, Any], works: Mapping[str, str]) -> dict[str, Any]:
    key = str(citation["citationId"])
    prefix = plain_text(citation["citationPrefix"])
    return {
        "id": key,
        "uris": [],
        "itemData": json.loads(works.get(key, "{}")) | {"id": key},
        **({"prefix": f"{prefix} "} if prefix else {}),
        **_located(plain_text(citation["citationSuffix"])),
        **({"suppress-author": True} if citation["citationMode"]["t"] == "SuppressAuthor" else {}),
    }


def _located(suffix: str) -> Mapping[str, str]:
    """What stands behind a key as CSL parts it: "p. 12, noot 3" is page 12 and more words."""
    found = _LOCATOR.match(suffix)
    if not found:
        return MappingProxyType({"suffix": suffix} if suffix else {})
    kind = next(kind for kind in LOCATOR_SPELLINGS if found[kind])
    rest = suffix[found.end() :]
    return {"locator": found["where"], "label": kind, **({"suffix": rest} if rest else {})}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
