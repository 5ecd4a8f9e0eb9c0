"""Files that were built earlier, opened without their sources: held against each other, the manifest and themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from dossierbuild.core.model import Artifact, Format, PublicationId, Verified
from dossierbuild.core.problems import Problem
from dossierbuild.stages.verify.compare import counts
from dossierbuild.stages.verify.facts import Facts, Kind
from dossierbuild.stages.verify.files import UnreadableError, read_file
from dossierbuild.stages.verify.findings import content, problem_in, soundness, verified

NOTHING = Facts(title="", language="", items=())
# A web page keeps most of its sources, a PDF least.
TELLING = (Format.HTML, Format.EPUB, Format.PDF)


def verify_again(
    artifacts: Sequence[Artifact], recorded: Mapping[str, Mapping[str, int]], damaged: Collection[str] = ()
) -> tuple[Verified, ...]:
    """The files of one publication: what one has, all have.

    The most telling format is what the others are measured by, and none that is known to be `damaged` where another is
    there; a PDF that is alone is only opened. `recorded` holds the numbers of each file by its path, as the manifest
    has them.
    """
    results: list[Verified] = []
    model: Facts | None = None
    for artifact in sorted(artifacts, key=lambda one: (one.path in damaged, TELLING.index(one.format))):
        try:
            reading = read_file(artifact)
        except UnreadableError as error:
            found = problem_in("D601", artifact, reason=str(error))
            results.append(verified(artifact, NOTHING, {}, (), (found,)))
            continue
        alone = model is None and artifact.format is Format.PDF
        model = model or reading.facts
        numbers = counts(model, reading.facts)
        problems = [*soundness(model, reading, artifact), *content(model, reading.facts, artifact)]
        if not alone:
            problems += _differences(artifact, numbers, recorded.get(artifact.path, {}))
        results.append(verified(artifact, model, numbers, reading.claims, tuple(problems)))
    return tuple(results)


def _differences(artifact: Artifact, found: Mapping[Kind, int], recorded: Mapping[str, int]) -> Iterator[Problem]:
    for kind, number in found.items():
        if number != recorded.get(kind.value, number):
            yield problem_in("D623", artifact, kind=kind.value, found=number, expected=recorded[kind.value])


def verify_page(path: str, data: bytes, beside: Collection[str]) -> tuple[Problem, ...]:
    """A page that stands with the publications: all that it shows or leads to is in it or in a file `beside` it."""
    page = Artifact(publication=PublicationId(""), format=Format.HTML, path=path, data=data, pages=0, log=())
    try:
        reading = read_file(page)
    except UnreadableError as error:
        return (problem_in("D601", page, reason=str(error)),)
    lost = [one for one in reading.files if one not in beside]
    return (
        *(problem_in("D604", page, address=one[:200]) for one in reading.requests if one not in beside),
        *(problem_in("D606", page, id=one) for one in reading.repeated_ids),
        *(problem_in("D607", page, target=one) for one in (*reading.dead_links, *lost)),
    )
