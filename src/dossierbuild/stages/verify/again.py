"""Files that were built earlier, opened without their sources: held against each other, the manifest and themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dossierbuild.core.model import Artifact, Format, PublicationId, Verified
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.verify.facts import NOTHING, Facts
from dossierbuild.stages.verify.files import Reading
from dossierbuild.stages.verify.findings import held_against, reading_of, unreadable

# A web page keeps most of its sources, a PDF least.
TELLING = (Format.HTML, Format.EPUB, Format.PDF)


def verify_again(
    artifacts: Sequence[Artifact], recorded: Mapping[str, Mapping[str, int]], damaged: Collection[str] = ()
) -> tuple[Verified, ...]:
    """The files of one publication: what one has, all have.

    `recorded` holds the numbers of each file by its path, as the manifest has them. No file is measured by one that is
    known to be `damaged` where another is there; a PDF that is alone is only opened.
    """
    results: list[Verified] = []
    read: list[tuple[Artifact, Reading]] = []
    for artifact in sorted(artifacts, key=lambda one: (one.path in damaged, TELLING.index(one.format))):
        reading = reading_of(artifact)
        if reading.value:
            read.append((artifact, reading.value))
        else:
            results.append(unreadable(NOTHING, artifact, reading.problems))
    if read:
        model = _model(read, recorded, damaged)
        alone = read[0][0].format is Format.PDF
        results += [held_against(model, *one, {} if alone else recorded.get(one[0].path, {})) for one in read]
    return tuple(results)


def _model(
    read: Sequence[tuple[Artifact, Reading]], recorded: Mapping[str, Mapping[str, int]], damaged: Collection[str]
) -> Facts:
    """The facts that the files are held against: those of the web page or the e-book, whichever leaves fewer files with
    something wrong. So the one that differs is blamed, and not those that agree. A PDF has no such facts: much of its
    text can only be looked for."""
    telling = [one for one in read if one[0].format is not Format.PDF and one[0].path not in damaged] or read[:1]

    def faulty(candidate: tuple[Artifact, Reading]) -> int:
        held = (held_against(candidate[1].facts, *one, recorded.get(one[0].path, {})) for one in read)
        return sum(bool(one.problems) for one in held)

    return min(telling, key=faulty)[1].facts if len(telling) > 1 else telling[0][1].facts


def verify_page(path: str, data: bytes, beside: Collection[str]) -> tuple[Problem, ...]:
    """A page that stands with the publications: all that it shows or leads to is in it or in a file `beside` it."""
    page = Artifact(publication=PublicationId(""), format=Format.HTML, path=path, data=data, pages=0, log=())
    read = reading_of(page)
    if read.value is None:
        return read.problems
    reading = read.value
    lost = [one for one in reading.files if one not in beside]
    return (
        *(problem("D604", Place(path), file=path, address=one[:200]) for one in reading.requests if one not in beside),
        *(problem("D628", Place(path), file=path, what=one) for one in reading.running),
        *((problem("D629", Place(path), file=path),) if reading.open else ()),
        *(problem("D606", Place(path), file=path, id=one) for one in reading.repeated_ids),
        *(problem("D607", Place(path), file=path, target=one) for one in (*reading.dead_links, *lost)),
    )
