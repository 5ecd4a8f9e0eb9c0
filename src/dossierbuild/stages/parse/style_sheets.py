"""A dossier's own style sheets: they may ask a reader's program for nothing that is not in the files themselves."""

from __future__ import annotations

from collections.abc import Iterator

from dossierbuild.core.model import Files
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.tools.markup import placed_css_addresses


def style_sheet_problems(files: Files) -> Iterator[Problem]:
    """D604: an address in a style sheet of the dossier that a page would fetch, however it is written."""
    for file in files.sources:
        if file.path.startswith("styles/") and file.path.endswith(".css"):
            text = file.data.decode("utf-8", "replace")
            for at, address in placed_css_addresses(text):
                line = text.count("\n", 0, at) + 1
                yield problem("D604", Place(file.path, line), file=file.path, address=address[:200])
