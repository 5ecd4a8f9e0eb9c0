"""Numbers that carry a check digit: ISBN, ISSN and ORCID. The only importer of stdnum."""

from __future__ import annotations

import re

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

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
