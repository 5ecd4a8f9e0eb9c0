"""The formats of a publication: for each member of `Format` a row with its writer, its reader and what is checked.

A format more is a member there, a row here, and its modules in `stages/render` and `stages/verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from dossierbuild.core.model import Artifact, BindJob, LayoutJob, RenderJob, Verified
from dossierbuild.core.problems import Checked
from dossierbuild.core.spec import Format
from dossierbuild.stages import verify
from dossierbuild.stages.render import (
    ChartWidth,
    Medium,
    bind,
    lay_out,
    render_epub,
    render_html,
    sections_of,
)
from dossierbuild.stages.verify import Facts, Reader, read_back, verify_reading


class Need(Enum):
    """What a writer of flowing text gets beside the bodies of the parts."""

    WEB_FONTS = "web fonts"
    COVER = "cover"
    PAGE_STARTS = "page starts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowing:
    """A writer whose file has no pages of its own: it makes a file of a job in one step."""

    write: Callable[[RenderJob], Checked[Artifact]]
    needs: frozenset[Need]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """A writer of pages: a job is cut into sections, each is laid out by itself, and all are bound into one file."""

    cut: Callable[[RenderJob], Checked[tuple[LayoutJob, ...]]]
    lay_out: Callable[[LayoutJob, str], Checked[Any]]
    bind: Callable[[BindJob], Checked[Artifact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRow:
    """All that the order of the steps knows of a format.

    `charts` is how wide charts are in a text; the panels of an infographic have room for narrow ones only. `pictures`
    is where pictures are shown.
    """

    charts: ChartWidth
    pictures: Medium
    writer: Flowing | Paged
    reader: Reader


FORMATS: Mapping[Format, FormatRow] = MappingProxyType(
    {
        Format.PDF: FormatRow(
            charts=ChartWidth.COLUMN,
            pictures=Medium.PAPER,
            writer=Paged(cut=sections_of, lay_out=lay_out, bind=bind),
            reader=verify.PDF,
        ),
        Format.HTML: FormatRow(
            charts=ChartWidth.BOTH,
            pictures=Medium.SCREEN,
            writer=Flowing(write=render_html, needs=frozenset({Need.WEB_FONTS})),
            reader=verify.HTML,
        ),
        Format.EPUB: FormatRow(
            charts=ChartWidth.NARROW,
            pictures=Medium.SCREEN,
            writer=Flowing(write=render_epub, needs=frozenset({Need.WEB_FONTS, Need.COVER, Need.PAGE_STARTS})),
            reader=verify.EPUB,
        ),
    }
)


def readers() -> dict[Format, Reader]:
    """The reader of each format."""
    return {form: row.reader for form, row in FORMATS.items()}


def write(job: RenderJob) -> Checked[Artifact]:
    """The file of a job whose format is written in one step."""
    writer = FORMATS[job.format].writer
    assert isinstance(writer, Flowing)
    return writer.write(job)


def open_again(artifact: Artifact) -> Checked[bytes]:
    """What is in a built file, packed as it is passed on; D601 when it is not what its name says."""
    return read_back(artifact, FORMATS[artifact.format].reader)


def verify_file(expected: Facts, artifact: Artifact, opened: Checked[bytes]) -> Verified:
    """What `open_again` found in a file, held against what its publication should hold."""
    return verify_reading(expected, artifact, FORMATS[artifact.format].reader.checks, opened)
