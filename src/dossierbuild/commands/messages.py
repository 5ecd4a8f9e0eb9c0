"""How a command gives its messages: in which language, and as text for people or as JSON for programs."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from dossierbuild.commands.words import words
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.problems import ExitCode, Problem, as_json, as_text, capped, count_of, has_errors

# The name of the program where a command of it follows, as in "'dossierbuild new FOLDER'".
_COMMAND = re.compile(
    r"\bdossierbuild(?= (?:build|check|new|import|tidy|cite|comments|references|source|word|verify|proof)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The language that was `asked` for, else the `own` language of what a command works on; text, or `json`.

    `called` is how the program was started, as hints that name a command name it.
    """

    asked: Language | None = None
    own: Language = Language.NL
    json: bool = False
    called: str = "dossierbuild"

    @property
    def language(self) -> Language:
        return self.asked or self.own

    def of(self, own: Language) -> Messages:
        """These messages for something whose own language is `own`."""
        return dataclasses.replace(self, own=own)

    def words(self, name: str, /, **values: object) -> str:
        """A text of the commands, filled in."""
        return words(name, self.language, **values)

    def counts(self, problems: Iterable[Problem]) -> str:
        """How many errors, warnings and notes there are, for a closing line."""
        told = tuple(problems)
        return self.words("counts", **{severity.value: count_of(told, severity) for severity in Severity})

    def lines(self, problems: Iterable[Problem], root: str = "") -> str:
        """Problems as they are printed; their paths lie below the folder `root`."""
        printed = as_json if self.json else as_text
        text = "".join(f"{printed(found, self.language, root)}\n" for found in problems)
        return _COMMAND.sub(lambda _: self.called, text)

    def tell(self, problems: Iterable[Problem], root: str = "", *, all_of_them: bool = False) -> ExitCode:
        """Print problems on standard error, so many of each code or `all_of_them`; errors among them are what the run
        ends with."""
        told = tuple(problems)
        print(self.lines(told if all_of_them else capped(told), root), end="", file=sys.stderr, flush=True)
        return ExitCode.SOURCES if has_errors(told) else ExitCode.GOOD

    def close(self, line: str) -> None:
        """Print a line for people on standard error, which in JSON holds problems and nothing else."""
        if not self.json:
            print(line, file=sys.stderr)
