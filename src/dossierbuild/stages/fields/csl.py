"""Citations in CSL-JSON, as Zotero, Mendeley Desktop and Mendeley Cite keep them.

After the schema csl-citation.json of citation-style-language/schema and what each of these programs adds to it.
"""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.stages.fields.citation import Citation, Cited, Form, Writer
from dossierbuild.stages.fields.items import tidied
from dossierbuild.stages.fields.payload import PayloadError, elements, is_true, line, members, read_object, words

_FORMS = (("suppress-author", Form.YEAR), ("author-only", Form.NAMES), ("composite", Form.NARRATIVE))
_RTF = re.compile(r"\\u(\d{2,5})(?:\{\}|\s)?|\\[a-z]+-?\d*\s?|[{}]|<[^<>]*>", re.IGNORECASE)


def read_csl(payload: str, writer: Writer, printed: str) -> Citation:
    """The citation in a JSON text; raises PayloadError where it holds none."""
    stated = read_object(payload)
    mode = line(members(stated.get("properties")).get("mode"))
    works = tuple(_cited(members(entry), mode) for entry in elements(stated.get("citationItems")))
    if not works:
        raise PayloadError
    return Citation(writer=writer, works=works, generated=_generated(stated), printed=printed)


def _cited(entry: dict[str, Any], mode: str) -> Cited:
    item = members(entry.get("itemData") or entry.get("item"))
    locator = line(entry.get("locator"))
    forms = [form for name, form in _FORMS if is_true(entry.get(name)) or mode == name]
    return Cited(
        item=tidied(item),
        name=line(item.get("title")) or line(entry.get("id")),
        locator=locator,
        label=(line(entry.get("label")).lower() or "page") if locator else "",
        prefix=words(entry.get("prefix")),
        suffix=words(entry.get("suffix")),
        form=forms[0] if forms else Form.BRACKETS,
    )


def _generated(stated: dict[str, Any]) -> str:
    """The label as the program made it, wherever it keeps that."""
    properties, mendeley, override = (
        members(stated.get(name)) for name in ("properties", "mendeley", "manualOverride")
    )
    plain = (properties.get("plainCitation"), mendeley.get("plainTextFormattedCitation"), override.get("citeprocText"))
    formatted = (properties.get("formattedCitation"), mendeley.get("formattedCitation"))
    return next(filter(None, map(line, plain)), "") or next((_without_rtf(text) for text in formatted if text), "")


def _without_rtf(text: Any) -> str:
    """A label without the marks of RTF and of web pages in which it is printed."""
    return line(_RTF.sub(lambda mark: _letter(int(mark[1])) if mark[1] else "", words(text)))


def _letter(code: int) -> str:
    return chr(code) if 31 < code < 0xD800 else ""
