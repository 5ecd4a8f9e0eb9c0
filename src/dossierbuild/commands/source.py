"""`dossierbuild source`: a DOI, an ISBN or a number in PubMed becomes an entry of the reference list."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dossierbuild.commands.files import change_file, dossier_of, read_named_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.citation_keys import key_for
from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, in_order, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.stages.check import check_list
from dossierbuild.stages.consult import AnswerError, Found, Question, appended, found_in, question_of
from dossierbuild.stages.parse import parse_manifest
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.web import WebError, WebFault, fetch, is_server

_FAULTS = MappingProxyType({
    WebFault.UNREACHABLE: Reason("er is geen verbinding", "there is no connection"),
    WebFault.SLOW: Reason("het antwoord bleef uit", "the answer did not come"),
    WebFault.REFUSED: Reason("de dienst weigert het antwoord", "the service refuses to answer"),
    WebFault.LARGE: Reason("het antwoord is te groot", "the answer is too large"),
    WebFault.UNSAFE: Reason("het antwoord staat op een onveilig adres", "the answer is at an unsafe address"),
})  # fmt: skip
_NOT_YAML = Reason("het is geen .yaml", "it is no .yaml")
_LAID_OUT = Reason("aan het eind is geen plaats voor een bron", "there is no room for a work at its end")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCommand:
    """Look up the work with this `number`; it is put in the list of the `dossier` only when asked to `write`.

    `server` is asked in place of the service that knows the number; without a dossier the entry is only shown.
    """

    number: str
    dossier: str = ""
    server: str = ""
    write: bool = False
    messages: Messages


def run(asked: SourceCommand) -> ExitCode:
    """Look up one work, and show it or write it down."""
    question = question_of(asked.number)
    wrong = []
    if question is None:
        wrong.append(problem("D840", Place(""), value=asked.number))
    if asked.server and not is_server(asked.server):
        wrong.append(problem("D845", Place(""), value=asked.server))
    if question is None or wrong:
        asked.messages.tell(wrong)
        return ExitCode.USAGE
    root = dossier_of("references.yaml", asked.dossier)
    if root is None and asked.write:
        return asked.messages.tell([problem("D128", Place("."), path=".", nearest="")])
    listed = _list_of(root) if root else Checked(None)
    if listed.problems:
        return asked.messages.tell(listed.problems)
    found = _look_up(question, asked)
    if found.value is None:
        asked.messages.tell(found.problems)
        return ExitCode.SOURCES if found.problems[0].code == "D841" else ExitCode.TOOL
    return _give(found.value, listed.value, asked)


def _list_of(root: Path) -> Checked[SourceFile]:
    """The reference list of a dossier."""
    manifest_file = read_named_file(str(root / "dossier.yaml"))
    if manifest_file.value is None:
        return Checked(None, (problem("D128", Place(str(root)), path=root, nearest=""),))
    parsed = parse_manifest(manifest_file.value)
    if parsed.value is None:
        return Checked(None, parsed.problems)
    return read_named_file(str(root / parsed.value[0].references))


def _look_up(question: Question, asked: SourceCommand) -> Checked[Found]:
    """What the service says of the work: D839, D841 or D842 when that is nothing."""
    place, server = Place(""), asked.server or question.service.value
    try:
        answer = fetch(question.address(asked.server), headers=question.headers, named=asked.server)
        return Checked(found_in(answer, question))
    except WebError as error:
        if error.fault is not WebFault.UNKNOWN:
            reason = _FAULTS[error.fault]
            return Checked(None, (problem("D839", place, server=server, reason=reason),))
    except AnswerError as error:
        if not error.unknown:
            return Checked(None, (problem("D842", place, server=server, number=question.number),))
    return Checked(None, (problem("D841", place, server=server, number=question.number),))


def _give(found: Found, listed: SourceFile | None, asked: SourceCommand) -> ExitCode:
    """Show the work as an entry, or as the change of the list, and write it when asked to."""
    known = parse_references(listed).value or () if listed else ()
    key = key_for(found.item, [reference.key for reference in known])
    data = json.dumps([{"id": key, **found.item}]).encode()
    made = _made(listed.path if listed else "", data)
    if not made.value:
        return asked.messages.tell(made.problems)
    entry = references_as_yaml(made.value)
    told = [*made.problems, *(problem("D844", Place(""), key, reason=reason) for reason in found.doubts)]
    if listed is None:
        print(entry, end="", flush=True)
        return asked.messages.tell(in_order(told))
    twin = [match for match in check_list((*known, *made.value)) if match.code == "D227" and match.subject == key]
    is_yaml = listed.path.lower().endswith((".yaml", ".yml"))
    text = appended(listed.data, entry) if is_yaml else None
    if text is None or twin:
        print(entry, end="", flush=True)
        reason = _LAID_OUT if is_yaml else _NOT_YAML
        unwritten = twin or [problem("D843", Place(listed.path), path=listed.path, reason=reason)]
        end = asked.messages.tell(in_order([*told, *unwritten]))
        return ExitCode.SOURCES if asked.write else end
    return _change(listed, text, told, asked)


def _made(path: str, data: bytes) -> Checked[tuple[Reference, ...]]:
    """The new work, read as one of a list in JSON; its problems stand at the list that it is for."""
    read = parse_references(SourceFile("new.json", data, ""))
    return Checked(read.value, tuple(dataclasses.replace(found, place=Place(path)) for found in read.problems))


def _change(listed: SourceFile, text: bytes, told: list[Problem], asked: SourceCommand) -> ExitCode:
    unwritten = change_file(listed.path, listed.data, text, write=asked.write)
    ending = "source written" if asked.write and not unwritten else "source shown"
    asked.messages.close(asked.messages.words(ending, file=listed.path))
    end = asked.messages.tell(in_order([*told, *unwritten]))
    return ExitCode.TOOL if unwritten else end
