"""Licences by their SPDX identifier."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)\Z")


def license_of(identifier: str) -> tuple[str, str]:
    """Name and address of a licence by its SPDX identifier; without an address unless it is of Creative Commons."""
    if found := _CREATIVE_COMMONS.match(identifier):
        terms, version = found[1], found[2]
        return f"CC {terms} {version}", f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    if identifier == "CC0-1.0":
        return "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
    return identifier, ""
