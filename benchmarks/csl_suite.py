"""The CSL test suite through the citation path of dossiers, held against pandoc's citeproc by itself.

    python benchmarks/csl_suite.py FOLDER [--write]

FOLDER has the fixtures (`processor-tests/humans` of github.com/citation-style-language/test-suite). Those that do not
print what they ask for stand in csl_suite.yaml, by reason. The command fails on one that does otherwise than the list
says, and on one for which a dossier prints a worse text than citeproc by itself and nobody gave a reason.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml
from csl_fixtures import Fixture, Grade, Printed, grade, printed_text

from dossierbuild.core.ast import Nodes, classes, number_citations, prose, walk
from dossierbuild.core.model import Metadata, Part, PartRole, Publication, PublicationId, SourceFile
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import PublicationKind
from dossierbuild.stages.cite import request_citations, resolve_citations
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools import pandoc
from dossierbuild.tools.csl import StyleError, load_style

LIST = Path(__file__).with_name("csl_suite.yaml")

REASONS = MappingProxyType({
    "other": "citeproc prints other words, or words in another order",
    "signs": "citeproc prints other capitals, punctuation or quotation marks",
    "markup": "citeproc prints other italics or bold type",
    "asked": "a citation says by itself where it stands, which in a document follows from where it stands",
    "told": "check tells of a value at its work: a date that is none, a particle that was put in its place",
    "tidied": "a value is read into its one form: '5 edition' is 5, a DOI has no address before it",
    "authors": "each publication prints its own part of one list, so no entry has a dash for the author before it",
})  # fmt: skip
"""Why a fixture may stand in the list; of the first four citeproc by itself is no better."""

BY_HAND = frozenset({"tidied", "authors"})
"""The reasons that somebody has to give; the others follow from the answers."""

UNEXPLAINED = "worse"
"""Of a fixture for which citeproc by itself prints a better text, and nobody gave a reason."""

# What check tells of a value that is printed otherwise than it stands there.
_MENDED = frozenset({"D206", "D209", "D210", "D213", "D214", "D215", "D216", "D217"})

METADATA = Metadata(
    dossier="suite", title="Suite", subtitle="", dossier_title="Suite", slug="suite", language="en-US",
    dossier_language="en-US", edition="1",
    date=datetime.date(2024, 1, 1), authors=(), publisher="", identifier="urn:x", license="", description="",
    audience="", contact="", website="", keywords=(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed, and the codes of the problems that were told."""

    printed: Printed
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How near the answers to a fixture are: of a dossier and of citeproc by itself."""

    fixture: Fixture
    dossier: Answer
    citeproc: Answer

    @property
    def grade(self) -> Grade:
        return grade(self.dossier.printed, self.fixture.wanted)

    @property
    def is_worse(self) -> bool:
        """Whether citeproc by itself comes nearer."""
        return self.grade < grade(self.citeproc.printed, self.fixture.wanted)

    @property
    def reason(self) -> str:
        """Why the fixture does not pass, as far as this follows from the answers; "" when it passes."""
        if self.grade == Grade.EQUAL:
            return ""
        if self.is_worse:
            return "told" if self.dossier.codes & _MENDED else UNEXPLAINED
        if self.fixture.asks_for_position:
            return "asked"
        return {Grade.MARKUP: "markup", Grade.SIGNS: "signs"}.get(self.grade, "other")


def run(path: Path) -> Outcome:
    """A fixture by both ways."""
    fixture = Fixture(path)
    return Outcome(fixture, dossier=_by_dossier(fixture), citeproc=_by_citeproc(fixture))


def _by_dossier(fixture: Fixture) -> Answer:
    """What a dossier prints whose list has the works, whose style is the fixture's and whose text has the citations."""
    listed = parse_references(SourceFile("references.json", json.dumps(fixture.items).encode(), ""))
    codes = _codes(listed.problems)
    language = ET.fromstring(fixture.style).get("default-locale", "en-US")
    try:
        style = load_style("suite.csl", language=language, as_written=False, own=fixture.style)
    except StyleError:
        return Answer((), codes)
    publications = (_publication(fixture.paragraphs()),)
    request = request_citations(publications, listed.value or (), style, language, False)
    resolved = resolve_citations(request)
    if resolved.value is None:
        return Answer((), codes | _codes(resolved.problems))
    texts = (resolved.value.entries if fixture.asks_for_list else resolved.value.printed).values()
    return Answer(printed_text([inline for text in texts for inline in text.nodes()]), codes)


def _codes(problems: Iterable[Problem]) -> frozenset[str]:
    return frozenset(problem.code for problem in problems)


def _publication(paragraphs: Nodes) -> Publication:
    chapter = Part(id="c", role=PartRole.CHAPTER, title="C", blocks=prose(number_citations(paragraphs)))
    return Publication(
        id=PublicationId("p"), kind=PublicationKind.FULL, metadata=METADATA, parts=(chapter,),
        contents=(), charts=(), pictures=(), icons=(),
    )  # fmt: skip


def _by_citeproc(fixture: Fixture) -> Answer:
    """What citeproc prints with the works, the style and the citations as they stand in the fixture."""
    try:
        cited = pandoc.resolve_citations(fixture.paragraphs(), {}, json.dumps(fixture.items), fixture.style)
    except pandoc.PandocError:
        return Answer(())

    def asked(block: dict[str, object]) -> bool:
        if fixture.asks_for_list:
            return block["t"] == "Div" and "csl-entry" in classes(block)
        return block["t"] == "Cite"

    return Answer(printed_text([found for found in walk(cited.blocks) if asked(found)]))


def reasons(outcomes: Sequence[Outcome], listed: Mapping[str, str]) -> dict[str, str]:
    """Why each fixture does not pass, "" for those that do; a reason that was given by hand stays."""
    given = {name: reason for name, reason in listed.items() if reason in BY_HAND}
    return {
        outcome.fixture.name: given.get(outcome.fixture.name, outcome.reason) if outcome.is_worse else outcome.reason
        for outcome in outcomes
    }


def complaints(outcomes: Sequence[Outcome], found: Mapping[str, str], listed: Mapping[str, str]) -> Iterator[str]:
    """A line for each fixture that does otherwise than the list says, and what is printed."""
    for outcome in outcomes:
        name = outcome.fixture.name
        reason, known = found[name] or "passes", listed.get(name, "passes")
        if reason != known or reason == UNEXPLAINED:
            yield f"{name}: {reason}, where the list has: {known}\n{_texts(outcome)}"


def _texts(outcome: Outcome) -> str:
    texts = {
        "asked": outcome.fixture.wanted,
        "citeproc": outcome.citeproc.printed,
        "dossier": outcome.dossier.printed,
    }
    return "\n".join(f"  {name:9}{''.join(letter.sign for letter in text)}" for name, text in texts.items())


def read_list(path: Path) -> dict[str, str]:
    """The reason of each fixture in the list."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {name: reason for reason, names in listed.items() for name in names}


def write_list(path: Path, found: Mapping[str, str]) -> None:
    """Write the fixtures that do not pass, by reason."""
    names = {reason: sorted(name for name in found if found[name] == reason) for reason in (*REASONS, UNEXPLAINED)}
    head = "# Written by csl_suite.py --write. What each reason means stands in REASONS there.\n"
    body = yaml.safe_dump({reason: held for reason, held in names.items() if held}, sort_keys=False)
    path.write_text(head + body, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="the CSL test suite through the citation path of dossiers")
    parser.add_argument("folder", type=Path, help="with the fixtures, one a file")
    parser.add_argument("--list", type=Path, default=LIST, help="the fixtures that do not pass, by reason")
    parser.add_argument("--write", action="store_true", help="write the list anew")
    asked = parser.parse_args(arguments)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, sorted(asked.folder.glob("*.txt"))))
    listed = read_list(asked.list)
    found = reasons(outcomes, listed)
    if asked.write:
        write_list(asked.list, found)
        listed = {name: reason for name, reason in found.items() if reason}
    told = list(complaints(outcomes, found, listed))
    alone = sum(grade(outcome.citeproc.printed, outcome.fixture.wanted) == Grade.EQUAL for outcome in outcomes)
    counts = Counter(found.values())
    summary = "".join(f", {counts[reason]} {reason}" for reason in (*REASONS, UNEXPLAINED) if counts[reason])
    print("\n".join([*told, f"{len(outcomes)} fixtures: {counts['']} pass (citeproc by itself: {alone}){summary}"]))
    return 1 if told or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
