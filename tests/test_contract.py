"""docs/contract.md, README.md and --help say what the program does: commands, options, exit codes, problems, fields."""

from __future__ import annotations

import argparse
import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ROOT, run

from dossierbuild.cli import command_line
from dossierbuild.core.catalogue import CATALOGUE, SEVERITY_WORDS, Language, Severity
from dossierbuild.core.problems import ExitCode

CONTRACT = (ROOT / "docs" / "contract.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
EVERYWHERE = {"--help", "--language", "--format-problems"}


def table(text: str, head: str) -> list[list[str]]:
    """The cells of the rows below a table's head, which begins with `head`."""
    rows = text.split(f"\n{head}", 1)[1].splitlines()[2:]
    end = next((at for at, row in enumerate(rows) if not row.startswith("|")), len(rows))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[:end]]


def parsers(language: Language) -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name of one word or two."""
    return dict(_within(command_line(language), ""))


def _within(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for action in inner:
        for word, below in action.choices.items():
            yield from _within(below, f"{name} {word}".strip())


def usage_of(parser: argparse.ArgumentParser, command: str) -> str:
    """A command with what it works on: `cite FILE…`."""
    ending = {"*": "[{}…]", "+": "{}…", None: "{}"}
    operands = (
        ending[action.nargs].format(action.metavar)  # type: ignore[index]
        for action in parser._actions
        if not action.option_strings
    )
    return " ".join((command, *operands))


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")}


def helped(language: Language) -> list[tuple[str, str]]:
    """Group and name of each command, in the order of `dossierbuild --help`."""
    text = run("--help", "--language", language.value).out
    found: list[tuple[str, str]] = []
    group = ""
    for line in text.splitlines():
        if title := re.fullmatch(r"(\w+):", line):
            group = title[1]
        elif command := re.match(r" {4}(\w+(?: \w+)?) {2,}\w", line):
            found.append((group, command[1]))
    return found


# --- commands and options --------------------------------------------------------------------------------------------


def test_the_contract_lists_every_option() -> None:
    listed = {
        cells[1].strip("`"): set(re.findall(r"--[a-z-]+", cells[3])) for cells in table(CONTRACT, "| group | command |")
    }
    made = {usage_of(parser, name): options_of(parser) for name, parser in parsers(Language.EN).items()}
    assert listed == {usage: options - EVERYWHERE for usage, options in made.items()}
    assert all(options >= EVERYWHERE for options in made.values())
    assert all(f"`{option}" in CONTRACT for option in EVERYWHERE)


def test_the_commands_are_grouped_alike_wherever_they_are_listed() -> None:
    contract = [(cells[0], cells[1].strip("`")) for cells in table(CONTRACT, "| group | command |")]
    assert [(cells[0], cells[1].strip("`")) for cells in table(README, "| group | command |")] == contract
    typed = [(group, re.split(r" \W*[A-Z]", usage)[0]) for group, usage in contract]
    assert helped(Language.EN) == typed
    assert [group for group, _ in dict.fromkeys(helped(Language.NL))] == [
        {"build": "bouwen", "edit": "redigeren", "distribute": "verspreiden"}[group] for group, _ in contract
    ]
    commands = runpy.run_path(str(ROOT / "build.py"))["COMMANDS"]
    assert list(commands) == list(dict.fromkeys(name.split()[0] for _, name in typed))


def test_help_is_in_both_languages_with_every_option_of_the_command() -> None:
    dutch, english = parsers(Language.NL), parsers(Language.EN)
    for name, parser in english.items():
        helps = {action.dest: action.help for action in parser._actions}
        translated = {action.dest: action.help for action in dutch[name]._actions}
        assert helps.keys() == translated.keys()
        assert all(text and text != translated[dest] for dest, text in helps.items()), name
        assert parser.description != dutch[name].description


@pytest.mark.parametrize(
    ("environment", "arguments", "word"),
    [
        ({"LC_ALL": "nl_NL.UTF-8", "LANG": "en_GB.UTF-8"}, (), "gebruik: "),
        ({"LC_ALL": "", "LC_MESSAGES": "nl_BE", "LANG": "C"}, (), "gebruik: "),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "nl.utf8"}, (), "gebruik: "),
        ({"LC_ALL": "de_DE.UTF-8", "LC_MESSAGES": "nl_NL", "LANG": "nl_NL"}, (), "usage: "),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, (), "usage: "),
        ({"LC_ALL": "nl_NL.UTF-8"}, ("--language", "en"), "usage: "),
        ({"LC_ALL": "C"}, ("--language=nl",), "gebruik: "),
    ],
)
def test_help_is_in_the_language_asked_for_else_in_that_of_the_locale(
    environment: dict[str, str], arguments: tuple[str, ...], word: str
) -> None:
    assert run("cite", *arguments, "--help", env=environment).out.startswith(word)


# --- exit codes and problems -----------------------------------------------------------------------------------------


def test_the_contract_has_every_exit_code() -> None:
    codes = [str(code.value) for code in ExitCode]
    assert [cells[0] for cells in table(CONTRACT, "| code | means |")] == codes
    for text in (README, run("--help", "--language", "en").out, run("--help", "--language", "nl").out):
        told = re.split(r"(?i)exit ?codes: ", text, maxsplit=1)[1].split("\n\n")[0]
        assert re.findall(r"(?:\A|, |,\n)(\d)", told) == codes


def test_the_contract_has_every_severity_and_range() -> None:
    told = {cells[0].strip("`"): cells[1] for cells in table(CONTRACT, "| severity |")}
    assert told == {severity.value: SEVERITY_WORDS[Language.NL][severity] for severity in Severity}
    assert {cells[0] for cells in table(CONTRACT, "| codes |")} == {code[:2] for code in CATALOGUE}


WITH_A_PROBLEM = {
    "build": ("build", "{folder}/geen", "--output", "{folder}/output"),
    "check": ("check", "{folder}/geen"),
    "new": ("new", "{folder}"),
    "import": ("import", "{folder}/geen", "{folder}/nieuw"),
    "tidy": ("tidy", "{folder}/geen.md"),
    "cite": ("cite", "{folder}/geen.md"),
    "comments": ("comments", "{folder}/geen.pdf"),
    "references": ("references", "{folder}/lijst.bib"),
    "source": ("source", "geen-nummer"),
    "word out": ("word", "out", "{folder}/geen"),
    "word in": ("word", "in", "{folder}/geen.docx"),
    "verify": ("verify", "{folder}/geen"),
    "proof": ("proof", "{folder}/geen"),
}


def test_every_command_is_tried_with_a_problem() -> None:
    assert set(WITH_A_PROBLEM) == set(parsers(Language.EN))


@pytest.mark.parametrize("command", WITH_A_PROBLEM)
def test_in_json_standard_error_holds_problems_only(command: str, tmp_path: Path) -> None:
    """ "lijst.bib" has a work of which a name looks split, which does not end with an error."""
    (tmp_path / "lijst.bib").write_text(
        "@book{raad, author={Raad van State}, title={T}, year=2020, publisher={B}}\n", encoding="utf-8"
    )
    arguments = [word.format(folder=tmp_path) for word in WITH_A_PROBLEM[command]]
    text = run(*arguments, "--language", "nl")
    lines = run(*arguments, "--language", "nl", "--format-problems", "json")
    assert (lines.code, lines.out) == (text.code, text.out)
    found = [json.loads(line) for line in lines.err.splitlines()]
    assert found
    fields = re.findall(r"`(\w+)`", CONTRACT.split("one JSON object on a line:")[1].split(". Standard error")[0])
    for problem in found:
        assert list(problem) == [field for field in fields if field != "ignore"]
        assert f"{problem['code']}: {problem['message']}" in text.err


# --- what comes out --------------------------------------------------------------------------------------------------


def test_the_contract_names_every_field_of_the_manifest(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text("utf-8"))
    rows = {cells[0]: set(re.findall(r"`(\w+)`", cells[1])) for cells in table(CONTRACT, "| field | holds |")}
    assert [name for cell in rows for name in re.findall(r"`(\w+)`", cell)] == list(manifest)
    assert rows["`files`"] == {name for file in manifest["files"] for name in file}
    of_organisations = {"short", "introduced"}  # which have no short names in this dossier; test_cite has them
    assert rows["`citations`"] == {name for work in manifest["citations"].values() for name in work} | of_organisations
    assert rows["`verification`"] - {"code", "place"} == set(manifest["verification"])
