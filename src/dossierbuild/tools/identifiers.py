"""Numbers of works, people and organisations: ISBN, ISSN, DOI, ORCID and ROR. The only importer of stdnum."""

from __future__ import annotations

import re

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?(?:www\.)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?\Z", re.IGNORECASE)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""The digits of base 32 that a ROR is written in."""
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])/?\Z")


def is_isbn(number: str) -> bool:
    """Whether a number is an ISBN of 10 or 13 digits with the right check digit; hyphens and spaces may stand
    in it.
    """
    try:
        isbn.validate(number)
    except ValidationError:
        return False
    return True


def is_issn(number: str) -> bool:
    """Whether a number is an ISSN with the right check digit."""
    try:
        issn.validate(number)
    except ValidationError:
        return False
    return True


def same_isbn(number: str) -> str:
    """The one form of an ISBN, 13 digits without hyphens, or an empty text when it is none."""
    return str(isbn.to_isbn13(isbn.compact(number))) if is_isbn(number) else ""


def same_orcid(number: str) -> str:
    """The one form of an ORCID, 0000-0002-1825-0097, or an empty text when it is none.

    It may be written as an address and without hyphens; its last sign is a check digit by ISO 7064, 11-2.
    """
    found = _ORCID.match(number.strip())
    groups = [group.upper() for group in found.groups()] if found else []
    return "-".join(groups) if groups and mod_11_2.is_valid("".join(groups)) else ""


def printed_isbn(number: str) -> str:
    """An ISBN of 13 digits with its hyphens as registered, 978-90-13-14877-0, or an empty text when it is none."""
    return str(isbn.format(same_isbn(number))) if is_isbn(number) else ""


def same_issn(number: str) -> str:
    """The one form of an ISSN, 2589-7891, or an empty text when it is none."""
    return str(issn.format(number)) if is_issn(number) else ""


def same_doi(number: str) -> str:
    """A DOI without the address or the word before it, 10.1234/abc, or an empty text when it is none.

    A DOI has no check digit, so only its form is known.
    """
    found = _DOI.match(number.strip())
    return found[1] if found else ""


def same_ror(number: str) -> str:
    """The one form of a ROR, 04pp8hn57, or an empty text when it is none; it may be written as an address.

    Its last two digits check the rest by ISO 7064, 97-10 (https://ror.readme.io/docs/identifier).
    """
    found = _ROR.match(number.strip())
    if not found:
        return ""
    value = 0
    for sign in found[1].lower()[:7]:
        value = 32 * value + _CROCKFORD.index(sign)
    return found[1].lower() if 98 - value * 100 % 97 == int(found[1][7:]) else ""
