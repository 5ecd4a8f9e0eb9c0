"""Numbers that carry a check digit: ISBN and ISSN. The only importer of stdnum."""

from __future__ import annotations

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError


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
