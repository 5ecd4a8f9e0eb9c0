"""Verify: the built files are opened again and held against the publications that they were made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossierbuild.core.model import Artifact, Format, Label, Publication
from dossierbuild.core.problems import Place, Problem
from dossierbuild.stages.verify.compare import lost_facts, moved_facts, surplus_facts
from dossierbuild.stages.verify.expected import expected_facts
from dossierbuild.stages.verify.facts import Fact, Facts, Kind, comparable
from dossierbuild.stages.verify.files import Reading, UnreadableError, read_file

__all__ = ["Fact", "Facts", "Kind", "expected_facts", "read_facts", "verify", "verify_together"]


def read_facts(artifact: Artifact) -> Facts:
    """The facts that a built file holds. Raises UnreadableError."""
    return read_file(artifact).facts


def verify(publication: Publication, artifact: Artifact) -> tuple[Problem, ...]:
    """What a built file lacks of its publication, or has that no file may have."""
    try:
        reading = read_file(artifact)
    except UnreadableError as error:
        return (_problem("D601", artifact, reason=str(error)),)
    expected = expected_facts(publication)
    return (
        *_soundness(expected, reading, artifact),
        *_content(expected, reading.facts, artifact),
    )


def _problem(code: str, artifact: Artifact, **words: str | int) -> Problem:
    given = {name: str(value) for name, value in words.items()}
    return Problem(code=code, place=Place(artifact.path), words=(("file", artifact.path), *given.items()))


def _soundness(expected: Facts, reading: Reading, artifact: Artifact) -> Iterator[Problem]:
    """What holds for a file as a whole: title, language, ids, links, and nothing needed from elsewhere."""
    for address in reading.requests:
        yield _problem("D604", artifact, address=address[:200])
    for identifier in reading.repeated_ids:
        yield _problem("D606", artifact, id=identifier)
    for target in reading.dead_links:
        yield _problem("D607", artifact, target=target)
    for code, found, meant in (
        ("D608", reading.facts.title, expected.title),
        ("D609", reading.facts.language, expected.language),
    ):
        if comparable(found) != comparable(meant):
            yield _problem(code, artifact, found=found, expected=meant)


def _content(expected: Facts, found: Facts, artifact: Artifact) -> Iterator[Problem]:
    """What was lost, came twice or was moved on the way."""
    for fact in lost_facts(expected, found):
        yield _problem(fact.kind.value, artifact, text=_shortened(fact.text), part=fact.part)
    for fact, there, wanted in surplus_facts(expected, found):
        yield _problem("D620", artifact, text=_shortened(fact.text), found=there, expected=wanted)
    for fact in moved_facts(expected, found):
        yield _problem("D602", artifact, text=_shortened(fact.text), part=fact.part)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


# --- across files -------------------------------------------------------------------------------------------


def verify_together(artifacts: Iterable[Artifact], labels: Iterable[Label]) -> tuple[Problem, ...]:
    """Whether every work is called by its one label in every file that keeps the targets of its links."""
    known = {f"#ref-{_anchor(one.key)}": one for one in labels if _is_label(one)}
    problems: list[Problem] = []
    for artifact in artifacts:
        if artifact.format is Format.PDF:
            continue  # it keeps no targets; that it holds the same citations is for verify to see
        try:
            links = read_facts(artifact).of(Kind.LINK)
        except UnreadableError:
            continue  # reported by verify
        for link in dict.fromkeys(links):
            label = known.get(link.key)
            if label and not _is_called(link.text, label):
                shown = label.parenthetical.strip("()")
                problems.append(_problem("D603", artifact, key=label.key, label=link.text, other=shown))
    return tuple(dict.fromkeys(problems))


def _is_called(text: str, label: Label) -> bool:
    """Whether the text of a citation is the label, or the end of it ("2022" without the author), with or
    without a place in the work behind it."""
    words = _words(text)
    if words[:1] in (["ibid"], ["ibidem"], ["idem"]):
        return True
    names = [_words(label.parenthetical), _words(label.narrative)]
    if words[:1] and words[0].isdecimal() and not re.search(r"\d", label.parenthetical):
        return True  # a label without year or number, of which only the place in the work was printed
    return any(words[: len(name) - start] == name[start:] for name in names for start in range(len(name)))


def _is_label(label: Label) -> bool:
    """Whether works have labels at all: "(Koeter, 2022)", "[3]", "3". A style with notes prints whole
    references, in full at first and then in short."""
    return bool(re.match(r"[(\[]|\d+\Z", label.parenthetical))


def _anchor(key: str) -> str:
    """A key as it stands in the ids of the reference list: other characters become their code point."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"_{ord(match[0]):x}_", key)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", text.casefold())
