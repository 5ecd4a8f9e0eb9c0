"""How a publication is cited: as APA writes it, and for reference managers as BibTeX and RIS."""

from __future__ import annotations

import re
from types import MappingProxyType

from dossierbuild.core.model import Metadata

# Words with which the name of an organisation begins; a name of more than one word is else taken for a person's.
_ORGANISATIONS = re.compile(
    r"(?:redactie|werkgroep|stichting|vereniging|kennis\w*|expertise\w*|instituut|institute|universiteit|university|"
    r"hogeschool|gemeente|provincie|ministerie|ministry|centrum|centre|center|raad|council|bureau|platform|netwerk|"
    r"editors|editorial|team|the)\b",
    re.IGNORECASE,
)
_TEX = MappingProxyType(
    {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def apa(meta: Metadata, edition_word: str) -> str:
    """The publication as an entry of a reference list by APA 7, in plain text."""
    names = [_inverted(name) for name in meta.authors]
    authors = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    who = authors or meta.publisher or meta.dossier_title
    title = f"{full_title(meta)} ({edition_word.lower()} {meta.edition})"
    parts = [f"{who.removesuffix('.')}. ({meta.date.year})", title]
    if meta.publisher and who != meta.publisher:
        parts.append(meta.publisher)
    text = f"{'. '.join(parts)}."
    address = _address(meta)
    return f"{text} {address}" if address else text


def bibtex(meta: Metadata, edition_word: str) -> str:
    """The publication as a BibTeX entry."""
    authors = " and ".join(_tex(", ".join(_parts(one))) if _parts(one) else f"{{{_tex(one)}}}" for one in meta.authors)
    fields = {
        "author": authors or f"{{{_tex(meta.publisher)}}}",
        "title": f"{{{_tex(full_title(meta))}}}",
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
        *(("AU", ", ".join(_parts(name)) or name) for name in meta.authors or (meta.publisher,)),
        ("TI", full_title(meta)),
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


def full_title(meta: Metadata) -> str:
    """Title and subtitle."""
    if not meta.subtitle:
        return meta.title
    return f"{meta.title}{'' if meta.title[-1] in '?!.' else ':'} {meta.subtitle}"


def is_person(name: str) -> bool:
    """Whether an author's name is that of a person, as far as the name tells."""
    return bool(_parts(name))


def _parts(name: str) -> tuple[str, str] | tuple[()]:
    """Family name and given names of a person; nothing for an organisation."""
    words = name.split()
    if len(words) < 2 or {"&", "en", "and"} & {*words} or _ORGANISATIONS.match(name) or not words[-1][:1].isupper():
        return ()
    start = next((at for at, word in enumerate(words) if at and word[:1].islower()), len(words) - 1)
    return " ".join(words[start:]), " ".join(words[:start])


def _inverted(name: str) -> str:
    """A person as "De Vries, A. B."; an organisation as it is."""
    parts = _parts(name)
    if not parts:
        return name
    family, given = parts
    initials = " ".join("-".join(f"{piece[0]}." for piece in word.split("-") if piece) for word in given.split())
    return f"{family[:1].upper()}{family[1:]}, {initials}"


def _doi(meta: Metadata) -> str:
    found = re.search(r"10\.[0-9]{4,9}/\S+", meta.identifier)
    return found[0] if found else ""


def _address(meta: Metadata) -> str:
    return f"https://doi.org/{_doi(meta)}" if _doi(meta) else meta.website


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
