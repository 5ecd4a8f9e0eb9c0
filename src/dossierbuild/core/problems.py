"""Problems: what is wrong with a source or an output, where, and how to mend it.

A problem is a value. Stages return problems beside their result, they never raise them, so one run reports all
of them. The texts live in `catalogue.py`; a problem only carries its code and the words to fill in.
"""

from __future__ import annotations

import dataclasses
import json
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from dossierbuild.core.catalogue import CATALOGUE, SEVERITY_WORDS, Language, Severity
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.legible import legible, legible_json, shortened
from dossierbuild.core.reasons import Reason

T = TypeVar("T")

MOST = 50
"""Problems of one code that are told one by one."""


class ExitCode(Enum):
    """How the command ends; 1 is left to Python's own crash, so a crash never looks like a finding."""

    GOOD = 0
    USAGE = 2
    SOURCES = 3
    VERIFICATION = 4
    TOOL = 5

    @staticmethod
    def worst(codes: Iterable[ExitCode]) -> ExitCode:
        """The code that a run over several things ends with: the highest of theirs."""
        return max(codes, key=lambda code: code.value)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a source. `path` is relative to the dossier's folder, with `/`; line and column count from 1."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


NOWHERE = Place("")
"""The place of a problem of the program or of the whole edition, which stands in no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem.

    `words` fill the placeholders of the code's message and hint, a `Reason` in the language of these; `subject` is the
    id or key that it is about (what stands behind `#` in an `ignore` entry); `related` are further places that the hint
    points at.
    """

    code: str
    place: Place
    words: FrozenMap[str, str | Reason]
    subject: str = ""
    related: tuple[Place, ...] = ()

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    def message(self, language: Language) -> str:
        """The message in `language`, with its words filled in."""
        return CATALOGUE[self.code].message[language].format_map(_told(self, language))

    def hint(self, language: Language) -> str:
        """How to mend it, in `language`; where it names other places, these follow in parentheses."""
        hint = _fill(CATALOGUE[self.code].hint[language], _told(self, language))
        places = ", ".join(legible(str(place)) for place in self.related)
        return f"{hint} ({places})" if places else hint


def _told(found: Problem, language: Language) -> dict[str, str]:
    """The words by name as they are shown, and "…" for any other: a message that lacks a word is still told."""
    said = {name: word.text(language) if isinstance(word, Reason) else word for name, word in found.words.items()}
    room = CATALOGUE[found.code].room
    return defaultdict(lambda: "…", {name: legible(shortened(word, room)) for name, word in said.items()})


def _fill(template: str, words: dict[str, str]) -> str:
    """The template with its words; a sentence of which a word is empty ("did you mean ''?") is left out."""
    empty = {f"{{{name}}}" for name, word in words.items() if not word}
    sentences = re.split(r"(?<=[.?!])\s+", template)
    kept = " ".join(sentence for sentence in sentences if not any(name in sentence for name in empty))
    return kept.format_map(words)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A result with the problems met on the way; `value` is None only when the problems hold an error."""

    value: T | None
    problems: tuple[Problem, ...] = ()


def problem(code: str, place: Place, subject: str = "", related: tuple[Place, ...] = (), **words: object) -> Problem:
    """Make a problem; `words` are those of the catalogue's entry for this code, no fewer and no more.

    Other words are a mistake in the program, which warns of it: in tests that is an error, and editors still get the
    message, with "…" for the word that is lacking.
    """
    if words.keys() != CATALOGUE[code].words:
        warnings.warn(f"{code} has the words {sorted(CATALOGUE[code].words)}, not {sorted(words)}", stacklevel=1)
    return Problem(
        code=code,
        place=place,
        subject=subject,
        related=related,
        words=FrozenMap((name, word if isinstance(word, Reason) else str(word)) for name, word in words.items()),
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by path, line, column and code, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=_order))


def _order(found: Problem) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
    return found.place, found.code, tuple((name, str(word)) for name, word in found.words.items())


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(found.severity is Severity.ERROR for found in problems)


def stops(problems: Iterable[Problem], *, draft: bool = False) -> bool:
    """Whether a run stops at these problems: at an error, at a warning unless it is a draft, at a note never."""
    stopping = {Severity.ERROR} if draft else {Severity.ERROR, Severity.WARNING}
    return any(found.severity in stopping for found in problems)


def count_of(problems: Iterable[Problem], severity: Severity) -> int:
    """How many of the problems have this severity."""
    return sum(found.severity is severity for found in problems)


def capped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """MOST problems of each code, and behind the last of them a note of how many more there are (D188)."""
    told = tuple(problems)
    total = Counter(found.code for found in told)
    met: Counter[str] = Counter()
    for found in told:
        met[found.code] += 1
        if met[found.code] <= MOST:
            yield found
        if met[found.code] == MOST < total[found.code]:
            rest = total[found.code] - MOST
            yield problem("D188", NOWHERE, found.code, which=found.code, count=rest)


def as_text(found: Problem, language: Language, root: str) -> str:
    """Two lines for a person: `root/path:line:column: severity CODE: message` and the hint."""
    place = dataclasses.replace(found.place, path=legible(_below(root, found.place.path)))
    word = SEVERITY_WORDS[language][found.severity]
    hint = found.hint(language)
    text = f"{f'{place}: ' if str(place) else ''}{word} {found.code}: {found.message(language)}"
    return f"{text}\n  hint: {hint}" if hint else text


def _below(root: str, path: str) -> str:
    return f"{root}/{path}" if root and path else root or path


def as_json(found: Problem, language: Language, root: str) -> str:
    """One JSON object on one line, for editors' tools; in it a path is what it is, and a message what people read."""
    value = {
        "code": found.code,
        "severity": found.severity.value,
        "path": _below(root, found.place.path),
        "line": found.place.line or None,
        "column": found.place.column or None,
        "subject": shortened(found.subject) or None,
        "message": found.message(language),
        "hint": found.hint(language),
    }
    return legible_json(json.dumps(value, ensure_ascii=False))
