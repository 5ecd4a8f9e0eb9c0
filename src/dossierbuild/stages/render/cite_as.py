"""How a publication is cited: as APA writes it, and for reference managers as BibTeX and RIS."""

from __future__ import annotations

import re
from types import MappingProxyType

from dossierbuild.core.model import Metadata
from dossierbuild.core.names import Name, Organisation, Person

_TEX = MappingProxyType(
    {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def apa(meta: Metadata, edition_word: str) -> str:
    """The publication as an entry of a reference list by APA 7, in plain text."""
    names = [author.name.entry for author in meta.authors]
    authors = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    who = authors or meta.publisher or meta.dossier_title
    title = f"{_full_title(meta)} ({edition_word.lower()} {meta.edition})"
    parts = [f"{who.removesuffix('.')}. ({meta.date.year})", title]
    if meta.publisher and who != meta.publisher:
        parts.append(meta.publisher)
    text = f"{'. '.join(parts)}."
    address = _address(meta)
    return f"{text} {address}" if address else text


def bibtex(meta: Metadata, edition_word: str) -> str:
    """The publication as a BibTeX entry."""
    authors = [author.name for author in meta.authors] or [Organisation(meta.publisher)]
    fields = {
        "author": " and ".join(_tex_name(name) for name in authors),
        "title": f"{{{_tex(_full_title(meta))}}}",
        "institution": _tex(meta.publisher),
        "year": str(meta.date.year),
        "note": _tex(f"{edition_word} {meta.edition}"),
        "doi": _doi(meta),
        "url": _address(meta),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@techreport{{{meta.slug}-{meta.date.year},", *lines, "}", ""])


def ris(meta: Metadata) -> str:
    """The publication as a RIS record."""
    fields = [
        ("TY", "RPRT"),
        *(("AU", author.name.record) for author in meta.authors),
        ("AU", "" if meta.authors else meta.publisher),
        ("TI", _full_title(meta)),
        ("PY", str(meta.date.year)),
        ("DA", f"{meta.date:%Y/%m/%d}"),
        ("ET", meta.edition),
        ("PB", meta.publisher),
        ("DO", _doi(meta)),
        ("UR", _address(meta)),
        ("LA", meta.language),
        ("AB", " ".join(meta.description.split())),
        *(("KW", keyword) for keyword in meta.keywords),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def _full_title(meta: Metadata) -> str:
    """Title and subtitle."""
    if not meta.subtitle:
        return meta.title
    return f"{meta.title}{'' if meta.title[-1] in '?!.' else ':'} {meta.subtitle}"


def _doi(meta: Metadata) -> str:
    found = re.search(r"10\.[0-9]{4,9}/\S+", meta.identifier)
    return found[0] if found else ""


def _address(meta: Metadata) -> str:
    return f"https://doi.org/{_doi(meta)}" if _doi(meta) else meta.website


def _tex_name(name: Name) -> str:
    """A name for BibTeX; braces keep one in one piece that it would take apart."""
    return _tex(name.record) if isinstance(name, Person) and name.given else f"{{{_tex(str(name))}}}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
