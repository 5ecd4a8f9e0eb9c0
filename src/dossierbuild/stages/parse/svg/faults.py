"""Why a drawing is refused."""

from __future__ import annotations


class SvgError(Exception):
    """A drawing that may not or cannot be shown; the text is what in it is at fault."""


class UndrawnError(Exception):
    """A feature of a drawing that not every renderer has; the text is its name."""
