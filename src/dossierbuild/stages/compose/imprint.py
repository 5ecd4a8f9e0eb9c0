"""The imprint of a publication: what its colophon says of numbers, of who helped and paid, and of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from dossierbuild.core.ast import attributes, walk
from dossierbuild.core.model import Imprint, TextFile
from dossierbuild.core.spec import FullPlan, Isbn, Manifest, Plan, Publisher


def imprint_of(plan: Plan, manifest: Manifest, texts: tuple[TextFile, ...]) -> Imprint:
    """The imprint of the publication that `plan` asks for and that holds `texts`.

    The DOI of an edition is that of its full dossier.
    """
    publisher = manifest.publisher
    return Imprint(
        isbn=plan.isbn or Isbn(),
        doi=manifest.doi or "" if isinstance(plan, FullPlan) else "",
        issn=manifest.issn or "",
        work_identifier=manifest.work_identifier or "",
        series=manifest.series,
        report_number=manifest.report_number or "",
        project_number=manifest.project_number or "",
        client=manifest.client or "",
        publisher=publisher if isinstance(publisher, Publisher) else None,
        funders=manifest.funders,
        contributors=manifest.contributors,
        subjects=manifest.subjects,
        cover=manifest.cover,
        credits=tuple(dict.fromkeys(_credits(texts))),
    )


def _credits(texts: tuple[TextFile, ...]) -> Iterator[str]:
    """What each picture says of its maker in `credit`, in the order of the texts."""
    for text in texts:
        if '"credit"' in text.blocks.json:
            for node in walk(text.blocks.nodes()):
                if credit := attributes(node).get("credit", "").strip():
                    yield credit.replace("'", "’")
