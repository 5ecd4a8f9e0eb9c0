"""Files that were built earlier, opened without their sources: held against each other, the manifest and themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.model import Artifact, PublicationId, Verified
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import Format
from dossierbuild.stages.verify.facts import NOTHING, Facts
from dossierbuild.stages.verify.files import HTML, Reader, Reading
from dossierbuild.stages.verify.findings import held_against, reading_of, unreadable

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = 4, 4  # bytes of a chunk's length before it and of its checksum behind it (PNG, 5.3)


def verify_again(
    artifacts: Sequence[Artifact],
    readers: Mapping[Format, Reader],
    recorded: Mapping[str, Mapping[str, int]],
    damaged: Collection[str] = (),
) -> tuple[Verified, ...]:
    """The files of one publication, held against the facts of the file among them that the others agree with most.

    `recorded` holds the numbers of each file by its path, as the manifest has them. A file whose path is among the
    `damaged` is the measure only where there is no other; a PDF that is alone is only opened.
    """
    results: list[Verified] = []
    opened: list[_Opened] = []
    for artifact in artifacts:
        reader = readers[artifact.format]
        reading = reading_of(artifact, reader)
        if reading.value:
            opened.append(_Opened(artifact, reading.value, reader.checks))
        else:
            results.append(unreadable(NOTHING, artifact, reader.checks, reading.problems))
    opened.sort(key=lambda file: (file.artifact.path in damaged, bool(file.reading.facts.stream)))
    if opened:
        model = _model(opened, recorded, damaged)
        alone = opened[0].reading.facts.stream
        results += [file.held_against(model, {} if alone else recorded) for file in opened]
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file as it was read, and the names of the checks that are done on it."""

    artifact: Artifact
    reading: Reading
    checks: tuple[str, ...]

    def held_against(self, model: Facts, recorded: Mapping[str, Mapping[str, int]]) -> Verified:
        return held_against(model, self.artifact, self.reading, self.checks, recorded.get(self.artifact.path, {}))


def _model(opened: Sequence[_Opened], recorded: Mapping[str, Mapping[str, int]], damaged: Collection[str]) -> Facts:
    """The facts that the files are held against: those of the web page or of the e-book, whichever leaves fewer files
    with problems.

    So the file that differs is blamed, and not the files that agree. A PDF is no measure, because much of its text can
    only be searched.
    """
    whole = [file for file in opened if not file.reading.facts.stream and file.artifact.path not in damaged]
    candidates = whole or opened[:1]

    def faulty(candidate: _Opened) -> int:
        return sum(bool(file.held_against(candidate.reading.facts, recorded).problems) for file in opened)

    return (min(candidates, key=faulty) if len(candidates) > 1 else candidates[0]).reading.facts


def verify_page(path: str, data: bytes, beside: Collection[str]) -> tuple[Problem, ...]:
    """The problems of a page that stands with the publications and may need only itself and the files `beside` it."""
    page = Artifact(publication=PublicationId(""), format=Format.HTML, path=path, data=data, pages=0, log=())
    read = reading_of(page, HTML)
    if read.value is None:
        return read.problems
    reading = read.value
    lost = [file for file in reading.files if file not in beside]
    return (
        *(
            problem("D604", Place(path), file=path, address=address[:200])
            for address in reading.requests
            if address not in beside
        ),
        *(problem("D628", Place(path), file=path, what=found) for found in reading.running),
        *((problem("D629", Place(path), file=path),) if reading.open else ()),
        *(problem("D606", Place(path), file=path, id=name) for name in reading.repeated_ids),
        *(problem("D607", Place(path), file=path, target=target) for target in (*reading.dead_links, *lost)),
    )


def verify_picture(path: str, data: bytes) -> tuple[Problem, ...]:
    """D624 for a picture beside the publications that is no PNG, or not from its first byte to its last."""
    return () if _is_png(data) else (problem("D624", Place(path), file=path),)


def _is_png(data: bytes) -> bool:
    """Whether bytes are a PNG's chunks, a header first and an end last, with nothing before, between or behind them."""
    kinds, at = [], len(_PNG)
    while len(data) - at >= sum(_SIZES) + 4:
        kinds.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4], "big") + sum(_SIZES) + 4
    whole = data.startswith(_PNG) and at == len(data)
    return whole and kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and kinds.count(b"IEND") == 1
