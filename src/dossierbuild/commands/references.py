"""`dossierbuild references`: a reference list in any of four formats becomes tidy CSL-YAML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import MappingProxyType

from dossierbuild.commands import message_arguments, read_named_file, tell
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.problems import Checked, ExitCode, in_order
from dossierbuild.stages.check import check_list
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.parse.references import parse_references

DESCRIPTION = (
    "Turns a reference list (.yaml, .json, .bib or .ris) into tidy CSL-YAML on standard output, and tells on standard "
    "error what it was unsure of: particles it moved, organisations that look split, dates it could not read, fields "
    "that lack, numbers and addresses that cannot be right, works that stand there twice. Exit code 3: something is "
    "lacking in the result, because it could not be read."
)

TEXTS = MappingProxyType(
    {
        Language.NL: "{file}: {count} bron(nen) overgenomen, {errors} fout(en), {warnings} waarschuwing(en)",
        Language.EN: "{file}: {count} source(s) taken over, {errors} error(s), {warnings} warning(s)",
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="a reference list: .yaml, .json, .bib or .ris")
    parser.add_argument("--output", metavar="FILE", help="write to this file instead of standard output")
    message_arguments(parser, "nl")


def run(given: argparse.Namespace) -> ExitCode:
    """Convert one list."""
    language = Language(given.language or "nl")
    if given.output and Path(given.output).resolve() == Path(given.file).resolve():
        print(f"dossierbuild references: --output {given.output} = FILE", file=sys.stderr)
        return ExitCode.USAGE
    file = read_named_file(given.file)
    listed = parse_references(file.value, language, tell_mended=True) if file.value else Checked(None, file.problems)
    if listed.value is None:
        return tell(listed.problems, given, language)
    problems = in_order((*listed.problems, *check_list(listed.value)))
    text = references_as_yaml(listed.value)
    if given.output:
        Path(given.output).write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
    end = tell(problems, given, language)
    errors = sum(one.severity is Severity.ERROR for one in problems)
    counts = {"file": given.file, "count": len(listed.value), "errors": errors, "warnings": len(problems) - errors}
    print(TEXTS[language].format(**counts), file=sys.stderr)
    return end
