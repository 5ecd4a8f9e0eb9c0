"""`dossierbuild references`: a reference list in any of four formats, or typed in APA, becomes tidy CSL-YAML."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.files import change_file, read_named_file, write_file
from dossierbuild.commands.messages import Messages
from dossierbuild.commands.typed_lists import is_typed_list, read_typed_list
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.problems import NOWHERE, Checked, ExitCode, Place, Problem, in_order, problem
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.stages.check import check_list
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.short_names import stated_in_list
from dossierbuild.streams import lost_output


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesCommand:
    """Turn the list in `file` into CSL-YAML, in the file `output` or else on standard output.

    An output that is there already is changed only when asked to `write`.
    """

    file: str
    output: str = ""
    write: bool = False
    messages: Messages


def run(asked: ReferencesCommand) -> ExitCode:
    """Convert one list."""
    messages = asked.messages
    if asked.output and os.path.realpath(asked.output) == os.path.realpath(asked.file):
        messages.tell([problem("D244", Place(asked.output), path=asked.output)])
        return ExitCode.USAGE
    file = read_named_file(asked.file)
    language = messages.language
    try:
        listed = _read(file.value, language) if file.value else Checked(None, file.problems)
    except LACKS as error:
        messages.tell(lacking(error))
        return ExitCode.TOOL
    if listed.value is None:
        return messages.tell(listed.problems)
    problems = in_order((*listed.problems, *check_list(listed.value, tuple(stated_in_list(listed.value)))))
    unwritten = _give(references_as_yaml(listed.value).encode("utf-8"), asked)
    end = messages.tell((*problems, *unwritten))
    counts = messages.counts((*problems, *unwritten))
    messages.close(messages.words("converted", file=asked.file, count=len(listed.value), counts=counts))
    return ExitCode.TOOL if unwritten else end


def _read(file: SourceFile, language: Language) -> Checked[tuple[Reference, ...]]:
    """The works of a list, which is typed or what a program wrote."""
    typed = is_typed_list(file.path)
    return read_typed_list(file, language) if typed else parse_references(file, language, tell_mended=True)


def _give(text: bytes, asked: ReferencesCommand) -> tuple[Problem, ...]:
    """Put the list where it was asked for: D149 when it cannot be."""
    if not asked.output:
        return _print(text)
    if not Path(asked.output).exists():
        return write_file(asked.output, text)
    there = read_named_file(asked.output)
    if there.value is None:
        return there.problems
    changed = there.value.data != text
    found = change_file(asked.output, there.value.data, text, write=asked.write)
    if changed and not asked.write:
        asked.messages.close(asked.messages.words("standing", file=asked.output))
    return found


def _print(text: bytes) -> tuple[Problem, ...]:
    """Print the list: to a person as lines that steer no terminal, to a program as its bytes."""
    if sys.stdout.isatty():
        print(text.decode("utf-8"), end="")
    else:
        sys.stdout.buffer.write(text)
    reason = lost_output()
    return (problem("D149", NOWHERE, path="stdout", reason=reason),) if reason else ()
