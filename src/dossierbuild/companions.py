"""The files that stand with the publications of an edition, a row for each: where, what, how made and how checked.

A record that is exported has its row here and its module in stages/render. The files that the manifest lists come from
the render step, and manifest.json and SHA256SUMS, which tell of all others, are written last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from dossierbuild.core.model import ReportJob, Role
from dossierbuild.core.problems import Checked, Problem
from dossierbuild.core.published import INDEX
from dossierbuild.stages.render import VERIFICATION, render_index, render_statement, render_verification, statement_path
from dossierbuild.stages.verify import verify_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A file that stands with the publications.

    `path` names it, by the fixed words of the edition's language. `make` gives its bytes from what is known of
    the edition. `check` opens it again by its path and its bytes, with the names of all files that stand beside it.
    """

    role: Role
    path: Callable[[Mapping[str, str]], str]
    make: Callable[[ReportJob], Checked[bytes]]
    check: Callable[[str, bytes, Collection[str]], tuple[Problem, ...]]


COMPANIONS = (
    Companion(
        role=Role.INDEX,
        path=lambda _: INDEX,
        make=lambda job: render_index(job.edition),
        check=verify_page,
    ),
    Companion(
        role=Role.REPORT,
        path=lambda _: VERIFICATION,
        make=render_verification,
        check=verify_page,
    ),
    Companion(
        role=Role.REPORT,
        path=statement_path,
        make=render_statement,
        check=verify_page,
    ),
)
"""In the order in which they are made and listed."""


def make_companions(job: ReportJob) -> tuple[Checked[bytes], ...]:
    """The bytes of each file that stands with the publications, in the order of the rows."""
    return tuple(row.make(job) for row in COMPANIONS)
