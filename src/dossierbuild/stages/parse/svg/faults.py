"""Why a drawing is refused."""

from __future__ import annotations

from dossierbuild.core.reasons import Reason


class SvgError(Exception):
    """A drawing that may not or cannot be shown; the reason is what in it is at fault."""

    def __init__(self, reason: Reason | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


class UndrawnError(Exception):
    """A feature of a drawing that not every renderer has; the text is its name."""
