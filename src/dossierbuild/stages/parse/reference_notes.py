"""What lists state in words: an address, the day it was read or a kind of work, in a note or in a publisher's place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dossierbuild.core.work_dates import DateError, read_date

_URL = re.compile(r"https?://[^\s\"<>\[\]]+")
_BEFORE_URL = frozenset(
    """
    : adres address at available beschikbaar via bron from geraadpleegd link on online op retrieved source te
    url van vinden website
    """.split()
)
_CONSULTED = re.compile(
    r"\[?(?:online[;,.]?\s)?(?:laatst\s|last\s)?(?:geraadpleegd|bezocht|bekeken|opgehaald|accessed|retrieved|visited|viewed)"
    r"(?:\sop|\son)?:?\s([^\]]{4,40})\]?\.?\Z",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?:ongepubliceerd|unpublished|brochure|factsheet|folder|leaflet|lezing|manuscript|poster|presentatie|presentation|"
    r"whitepaper)\b",
    re.IGNORECASE,
)
_NO_PUBLISHER = frozenset({"internet", "online", "web page", "webpage", "webpagina", "website"})
_LOOSE = frozenset({"document", "webpage", "pamphlet", "manuscript", "speech", "graphic", ""})


def stated_in_words(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that hold what the item has in words, and those that are empty without it."""
    found: dict[str, Any] = {}
    for field in ("publisher", "note"):
        text = str(item.get(field, "")).strip()
        address = _URL.search(text)
        url = address.group().rstrip(".,;)") if address else ""
        before = re.findall(r"\w+", text[: address.start()].casefold()) if address else []
        if address and item.get("URL") in (None, "", url) and _BEFORE_URL.issuperset(before):
            found |= {"URL": url, field: ""}
            text = text[address.end() :].strip(" .,;()")
        if not item.get("accessed") and (day := _day_of_reading(text)):
            found |= {"accessed": day, field: ""}
    return found | _kind(item)


def _day_of_reading(text: str) -> dict[str, Any] | None:
    consulted = _CONSULTED.match(text)
    try:
        return read_date(consulted.group(1).strip(" .,)")) if consulted else None
    except DateError:
        return None


def _kind(item: Mapping[str, Any]) -> dict[str, str]:
    """What a loose work is, where BibTeX has it in `howpublished` or in a note."""
    if item.get("type", "") not in _LOOSE:
        return {}
    for field in ("publisher", "note"):
        text = str(item.get(field, ""))
        if text.casefold() in _NO_PUBLISHER:
            return {field: ""}
        if len(text) < 60 and (_KIND.match(text) or (field == "publisher" and item.get("type") == "graphic")):
            return {"medium" if item.get("type") == "graphic" else "genre": text, field: ""}
    return {}
