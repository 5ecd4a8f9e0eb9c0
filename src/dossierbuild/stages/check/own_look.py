"""An own look: style sheets and templates of a dossier, which nobody has measured as the project's are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from dossierbuild.core.model import Files
from dossierbuild.core.problems import Place, Problem, problem

_MARK = 12
"""Digits of the SHA-256 of a file that tell what was measured from what it became later."""


def own_look(files: Files) -> Iterator[Problem]:
    """D408: what a style sheet or template makes of contrast, focus, size and reflow is not known until it is measured.

    The subject is a mark of its content, so that an exception holds for what was measured and not for a later change.
    """
    originals = {file.path: file.digest for file in files.originals}
    for file in files.styles:
        if file.path.endswith((".css", ".j2")) and originals.get(file.path) != file.digest:
            path, mark = f"styles/{file.path}", hashlib.sha256(file.data).hexdigest()[:_MARK]
            yield problem("D408", Place(path), mark, path=path, mark=mark)


def unmeasured(accepted: Iterable[Problem]) -> tuple[str, ...]:
    """The style sheets and templates that no exception says to be measured."""
    return tuple(found.place.path for found in accepted if found.code == "D408")


def measured(found: Iterable[Problem], accepted: Iterable[Problem]) -> tuple[str, ...]:
    """The style sheets and templates that exceptions say to be measured."""
    own, left = (unmeasured(problems) for problems in (found, accepted))
    return tuple(path for path in own if path not in left)
