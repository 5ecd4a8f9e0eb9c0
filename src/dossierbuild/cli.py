"""The command line: what was typed becomes a command as a value, which is run; out comes the exit code.

Only this module knows of argparse. `SUBCOMMANDS` lists the commands; their texts stand in `commands/words.py`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NoReturn

from dossierbuild import __version__
from dossierbuild.commands import (
    build,
    cite,
    comments,
    import_,
    new,
    proof,
    references,
    source,
    tidy,
    verify,
    word_in,
    word_out,
)
from dossierbuild.commands.messages import Messages
from dossierbuild.commands.words import asked_language, has_words, words
from dossierbuild.core.catalogue import Language
from dossierbuild.core.legible import shortened
from dossierbuild.core.model import BuildOptions, PublicationId
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import NOWHERE, ExitCode, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.core.spec import Format
from dossierbuild.core.word import Changes
from dossierbuild.stages.adopt.word import Headings
from dossierbuild.stages.merge import Taken


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the command; returns the exit code (0 good, 2 usage, 3 sources, 4 verification, 5 a tool is missing)."""
    typed = tuple(sys.argv[1:] if arguments is None else arguments)
    parser = command_line(help_language(typed, os.environ))
    given, unknown = parser.parse_known_args(typed, argparse.Namespace(typed=typed))
    if unknown:
        given.parser.refuse_unknown(unknown[0])
    command: Subcommand = given.subcommand
    try:
        return command.read(given)().value
    except OSError as error:
        place = error.filename or os.curdir
        _messages(given).tell([problem("D189", NOWHERE, path=place, reason=of_system(error))])
        return ExitCode.TOOL.value


def help_language(typed: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of help: the one asked for by --language, else that of the user's locale, else English."""
    if asked := asked_language(typed):
        return asked
    locale = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.of(re.split("[.@]", locale)[0])


def called(environment: Mapping[str, str]) -> str:
    """How the program was started: build.py says so of itself, which sets it up and then starts it."""
    return environment.get("DOSSIERBUILD_CALLED") or "dossierbuild"


# --- what each command takes, and the value that it becomes ----------------------------------------------------------

Add = Callable[..., None]
Start = Callable[[], ExitCode]


class Group(Enum):
    """The commands by who needs them and when; the value is the name of the group's title."""

    BUILDING = "group building"
    EDITING = "group editing"
    DISTRIBUTING = "group distributing"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A command: `takes` adds its arguments, `read` makes what was typed into a value and gives what runs it.

    A name of two words, such as "word out", is typed as two; commands with the same first word are listed by its help.
    """

    name: str
    group: Group
    takes: Callable[[Add], None]
    read: Callable[[argparse.Namespace], Start]


def _messages(given: argparse.Namespace) -> Messages:
    asked = Language(given.language) if given.language else None
    return Messages(asked=asked, json=given.format_problems == "json", called=called(os.environ))


def _take_dossiers(add: Add) -> None:
    add("dossier", metavar="DOSSIER", nargs="*")
    add("--jobs", metavar="N", type=_workers, default=0)
    add("--fresh", action="store_true")
    add("--explain", action="store_true")
    add("--draft", action="store_true")
    add("--previous", metavar="MANIFEST", default="")


def _take_check(add: Add) -> None:
    _take_dossiers(add)
    add("--retractions", metavar="FILE", default="")


def _workers(value: str) -> int:
    most = 4 * (os.cpu_count() or 1) + 32
    if not re.fullmatch(r"[0-9]{1,6}", value) or int(value) > most:
        raise argparse.ArgumentTypeError(f"not 0 to {most}: {value}")
    return int(value)


def _take_build(add: Add) -> None:
    _take_dossiers(add)
    add("--output", metavar="DIR", default="output")
    add("--only", metavar="PUBLICATION", action="append", default=[])
    add("--format", action="append", choices=[known.value for known in Format], default=[])
    add("--theme", metavar="NAME", default="")
    add("--twice", action="store_true")


def _dossiers(given: argparse.Namespace, **more: Any) -> tuple[BuildOptions, ...]:
    """What is asked for each dossier; `more` is what only a build has."""
    common = {"jobs": given.jobs, "fresh": given.fresh, "draft": given.draft, "previous": given.previous}
    return tuple(BuildOptions(root=root, **common, **more) for root in given.dossier or ["sources"])


def _read_build(given: argparse.Namespace) -> Start:
    dossiers = _dossiers(
        given,
        output=given.output,
        only=tuple(map(PublicationId, given.only)),
        formats=tuple(map(Format, given.format)),
        theme=given.theme,
    )
    command = build.BuildCommand(
        dossiers=dossiers, explain=given.explain, twice=given.twice, typed=given.typed, messages=_messages(given)
    )
    return partial(build.run_build, command)


def _read_check(given: argparse.Namespace) -> Start:
    dossiers = _dossiers(given, output="", retractions=given.retractions)
    command = build.CheckCommand(dossiers=dossiers, explain=given.explain, messages=_messages(given))
    return partial(build.run_check, command)


def _take_new(add: Add) -> None:
    add("folder", metavar="FOLDER")


def _read_new(given: argparse.Namespace) -> Start:
    return partial(new.run, new.NewCommand(folder=given.folder, messages=_messages(given)))


def _take_import(add: Add) -> None:
    add("book", metavar="BOOK")
    add("new", metavar="NEW")
    add("--changes", choices=[known.value for known in Changes])
    add("--headings", choices=[known.value for known in Headings])


def _read_import(given: argparse.Namespace) -> Start:
    command = import_.ImportCommand(
        book=given.book,
        new=given.new,
        changes=Changes(given.changes) if given.changes else None,
        headings=Headings(given.headings) if given.headings else None,
        messages=_messages(given),
    )
    return partial(import_.run, command)


def _take_cite(add: Add) -> None:
    add("file", metavar="FILE", nargs="+")
    add("--dossier", metavar="DIR", default="")
    add("--write", action="store_true")


def _read_cite(given: argparse.Namespace) -> Start:
    command = cite.CiteCommand(
        files=tuple(given.file), dossier=given.dossier, write=given.write, messages=_messages(given)
    )
    return partial(cite.run, command)


def _take_comments(add: Add) -> None:
    add("file", metavar="FILE")
    add("--dossier", metavar="DIR", default="")


def _read_comments(given: argparse.Namespace) -> Start:
    command = comments.CommentsCommand(file=given.file, dossier=given.dossier, messages=_messages(given))
    return partial(comments.run, command)


def _read_tidy(given: argparse.Namespace) -> Start:
    command = tidy.TidyCommand(
        files=tuple(given.file), dossier=given.dossier, write=given.write, messages=_messages(given)
    )
    return partial(tidy.run, command)


def _take_references(add: Add) -> None:
    add("file", metavar="FILE")
    add("--output", metavar="FILE", default="")
    add("--write", action="store_true")


def _read_references(given: argparse.Namespace) -> Start:
    command = references.ReferencesCommand(
        file=given.file, output=given.output, write=given.write, messages=_messages(given)
    )
    return partial(references.run, command)


def _take_source(add: Add) -> None:
    add("number", metavar="NUMBER")
    add("--dossier", metavar="DIR", default="")
    add("--server", metavar="ADDRESS", default="")
    add("--write", action="store_true")


def _read_source(given: argparse.Namespace) -> Start:
    command = source.SourceCommand(
        number=given.number, dossier=given.dossier, server=given.server, write=given.write, messages=_messages(given)
    )
    return partial(source.run, command)


def _take_word_out(add: Add) -> None:
    add("dossier", metavar="DOSSIER")
    add("chapter", metavar="CHAPTER", nargs="*", default=[])
    add("--output", metavar="DIR", default="output/word")
    add("--whole", action="store_true")


def _read_word_out(given: argparse.Namespace) -> Start:
    command = word_out.WordOutCommand(
        dossier=given.dossier,
        texts=tuple(given.chapter),
        output=given.output,
        whole=given.whole,
        messages=_messages(given),
    )
    return partial(word_out.run, command)


def _take_word_in(add: Add) -> None:
    add("file", metavar="FILE", nargs="+")
    add("--dossier", metavar="FOLDER", default="")
    add("--changes", choices=[known.value for known in Changes], default="")
    add("--take", metavar=("WHOSE", "BLOCK"), nargs=2, action="append", type=str, default=[])
    add("--base", metavar="FILE", default="")
    add("--force", action="store_true")
    add("--write", action="store_true")


def _read_word_in(given: argparse.Namespace) -> Start:
    whose = [known.value for known in Taken]
    for taken, _ in given.take:
        if taken not in whose:
            given.parser.error(f"argument --take: invalid choice: '{taken}' (choose from {', '.join(whose)})")
    command = word_in.WordInCommand(
        files=tuple(given.file),
        dossier=given.dossier,
        base=given.base,
        changes=Changes(given.changes) if given.changes else None,
        takes=tuple((Taken(taken), block) for taken, block in given.take),
        write=given.write,
        force=given.force,
        messages=_messages(given),
    )
    return partial(word_in.run, command)


def _take_verify(add: Add) -> None:
    add("edition", metavar="OUTPUT", nargs="+")
    add("--conformance", action="store_true")


def _read_verify(given: argparse.Namespace) -> Start:
    command = verify.VerifyCommand(
        folders=tuple(given.edition), conformance=given.conformance, messages=_messages(given)
    )
    return partial(verify.run, command)


def _take_proof(add: Add) -> None:
    add("edition", metavar="OUTPUT", nargs="+")


def _read_proof(given: argparse.Namespace) -> Start:
    return partial(proof.run, proof.ProofCommand(folders=tuple(given.edition), messages=_messages(given)))


SUBCOMMANDS = (
    Subcommand("build", Group.BUILDING, _take_build, _read_build),
    Subcommand("check", Group.BUILDING, _take_check, _read_check),
    Subcommand("new", Group.BUILDING, _take_new, _read_new),
    Subcommand("import", Group.BUILDING, _take_import, _read_import),
    Subcommand("tidy", Group.EDITING, _take_cite, _read_tidy),
    Subcommand("cite", Group.EDITING, _take_cite, _read_cite),
    Subcommand("comments", Group.EDITING, _take_comments, _read_comments),
    Subcommand("references", Group.EDITING, _take_references, _read_references),
    Subcommand("source", Group.EDITING, _take_source, _read_source),
    Subcommand("word out", Group.EDITING, _take_word_out, _read_word_out),
    Subcommand("word in", Group.EDITING, _take_word_in, _read_word_in),
    Subcommand("verify", Group.DISTRIBUTING, _take_verify, _read_verify),
    Subcommand("proof", Group.DISTRIBUTING, _take_proof, _read_proof),
)


# --- the parser, in the user's language ------------------------------------------------------------------------------


def _width() -> int:
    """Columns that help may fill: those of the terminal, up to what reads well."""
    return min(shutil.get_terminal_size().columns - 2, 100)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with the word for usage in a language; descriptions are printed as their lines stand."""

    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(width=_width(), **settings)
        self._language = language

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, words("usage", self._language) if prefix is None else prefix)


# What argparse finds wrong, as it says it, and the name of our text for it; the first that fits.
_FAULTS = (
    (r"argument (?P<word>\S+): invalid choice: (?P<value>.*?) \(choose from (?P<known>.*)\)", "no such value"),
    (r"argument (?P<word>\S+): not 0 to (?P<most>\d+): (?P<value>.*)", "no such number"),
    (r"argument (?P<word>\S+): ignored explicit argument (?P<value>.*)", "no value wanted"),
    (r"argument (?P<word>\S+): expected (?:one|at least one) argument", "value wanted"),
    (r"the following arguments are required: (?P<word>.*)", "lacking"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose help and whose words about wrong use are in a language."""

    def __init__(self, *, language: Language, description: str, **settings: Any) -> None:
        super().__init__(
            description=textwrap.fill(description, _width()),
            formatter_class=partial(_Help, language=language),
            add_help=False,
            allow_abbrev=False,
            **settings,
        )
        self.language = language
        self._arguments = self.add_argument_group(words("arguments", language))
        self._options = self.add_argument_group(words("options", language))
        self._options.add_argument("-h", "--help", action="help", help=words("--help", language))

    def error(self, message: str) -> NoReturn:
        """Say what argparse found wrong, in the language; a fault that has no text here in the words of argparse."""
        for pattern, text in _FAULTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                self._refuse(text, match.groupdict())
        self._refuse("other", {"value": message})

    def refuse_unknown(self, word: str) -> NoReturn:
        """Say that an option is none, or that an argument is one too many."""
        if word.startswith("-"):
            option = word.partition("=")[0]
            self._refuse("no such option", {"value": option, "known": " ".join(self._option_string_actions)})
        self._refuse("one too many", {"value": word})

    def _refuse(self, text: str, said: dict[str, str]) -> NoReturn:
        """Say how the command is used, what is wrong, and what of all that is known is nearest to what was typed."""
        known, value = re.findall(r"[\w-]+", said.get("known", "")), shortened(said.get("value", "").strip("'\""))
        line = words(text, self.language, **{**said, "value": value, "known": ", ".join(known)})
        near = nearest(value, known)
        hint = f" {words('did you mean', self.language, near=near)}" if near else ""
        self.print_usage(sys.stderr)
        self.exit(ExitCode.USAGE.value, f"{self.prog}: {words('wrong use', self.language)}: {line}{hint}\n")

    def add_to(self, command: str, name: str, **settings: Any) -> None:
        """Add an argument with its help: that of the command where it has one of its own."""
        own = f"{command} {name}"
        text = words(own if has_words(own) else name, self.language)
        (self._options if name.startswith("-") else self._arguments).add_argument(name, help=text, **settings)


def command_line(language: Language) -> argparse.ArgumentParser:
    """The parser of everything that can be typed, with its help in a language."""
    program = called(os.environ)
    top = _Parser(
        language=language,
        prog=program,
        usage=f"%(prog)s {words('COMMAND', language)} ...",
        description=words("dossierbuild", language),
        epilog=words("ending", language, program=program),
    )
    version = f"dossierbuild {__version__}"
    top.add_to("", "--version", action="version", version=version)
    parsers = _parsers(top, program)
    for group in Group:
        listed = [command for command in SUBCOMMANDS if command.group is group]
        top.add_argument_group(words(group.value, language), _listed(listed, language))
    for family in dict.fromkeys(first for first, second in map(_two_words, SUBCOMMANDS) if second):
        _add_family(family, parsers, language, program)
    for command in SUBCOMMANDS:
        if not _two_words(command)[1]:
            _add_command(command, parsers, language, program)
    return top


def _two_words(command: Subcommand) -> tuple[str, str]:
    """The words of a command's name; the second is empty where it has but one."""
    first, _, second = command.name.partition(" ")
    return first, second


def _listed(commands: Sequence[Subcommand], language: Language) -> str:
    return "\n".join(f"  {command.name:<12}{words(command.name, language)}" for command in commands)


def _parsers(parser: _Parser, program: str) -> Any:
    """Where the parsers of commands go that are typed behind what a parser reads."""
    named = words("COMMAND", parser.language)
    return parser.add_subparsers(required=True, metavar=named, prog=program, help=argparse.SUPPRESS)


def _add_family(family: str, parsers: Any, language: Language, program: str) -> None:
    """Add the commands of two words that begin with the same one."""
    commands = [command for command in SUBCOMMANDS if _two_words(command)[0] == family]
    about = words(f"about {family}", language)
    usage = f"%(prog)s {words('COMMAND', language)} ..."
    parser = parsers.add_parser(family, language=language, description=about, usage=usage)
    parser.add_argument_group(words("commands", language), _listed(commands, language))
    parser.set_defaults(parser=parser)
    within = _parsers(parser, f"{program} {family}")
    for command in commands:
        _add_command(command, within, language, program)


def _add_command(command: Subcommand, parsers: Any, language: Language, program: str) -> None:
    about = words(f"about {command.name}", language)
    examples = words(f"examples {command.name}", language, program=program)
    ending = f"{words('examples', language)}:\n{examples}"
    typed = _two_words(command)[1] or command.name
    parser = parsers.add_parser(typed, language=language, description=about, epilog=ending)
    command.takes(partial(parser.add_to, command.name))
    parser.add_to(command.name, "--language", choices=[known.value for known in Language])
    parser.add_to(command.name, "--format-problems", choices=["text", "json"], default="text")
    parser.set_defaults(subcommand=command, parser=parser)
