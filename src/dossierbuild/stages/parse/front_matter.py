"""What stands above a text between two lines of hyphens: how far it is, what it is in the report, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dossierbuild.core.ids import is_free
from dossierbuild.core.languages import is_a_language, nearest_tag
from dossierbuild.core.model import TextKind, TextStatus
from dossierbuild.core.names import Creator, name_of
from dossierbuild.core.problems import Place, Problem, has_errors, problem
from dossierbuild.core.spec import Author
from dossierbuild.stages.parse.inspect import id_problem
from dossierbuild.stages.parse.yaml_faults import yaml_problem
from dossierbuild.tools.identifiers import same_orcid
from dossierbuild.tools.yamlfile import YamlError, read_yaml

KEYS = ("id", "title", "kind", "lang", "authors", "status")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the front matter of a text says; `id` and `language` are empty where it says nothing of them."""

    id: str = ""
    kind: TextKind = TextKind.CHAPTER
    language: str = ""
    authors: tuple[Creator, ...] = ()
    status: TextStatus = TextStatus.FINAL


def read_front_matter(path: str, whole: str) -> tuple[FrontMatter, str, tuple[Problem, ...]]:
    """What the front matter says, the text with it blanked out, and what is wrong with it.

    A value that does not fit is told, and left out.
    """
    match = _FRONT_MATTER.match(whole)
    if not match:
        return FrontMatter(), whole, ()
    rest = re.sub(r"[^\n]", "", match.group()) + whole[match.end() :]
    try:
        document = read_yaml(match.group(1))
    except YamlError as error:
        return FrontMatter(), rest, (yaml_problem(path, error, offset=1),)
    if not isinstance(document.value, dict):
        return FrontMatter(), rest, (problem("D104", Place(path, 1, 1), key="---", value="…", expected="id: …"),)
    problems: list[Problem] = []
    fitting: dict[str, Any] = {}
    for key, value in document.value.items():
        line, column = document.place((key,))
        found = tuple(_problems(key, value, Place(path, line + 1, column)))
        problems += found
        if not has_errors(found):
            fitting[key] = value
    return _values(fitting), rest, tuple(problems)


def _values(fitting: dict[str, Any]) -> FrontMatter:
    return FrontMatter(
        id=str(fitting.get("id") or ""),
        kind=TextKind(fitting.get("kind", TextKind.CHAPTER)),
        language=fitting.get("lang", ""),
        authors=tuple(_creator(author) for author in fitting.get("authors", ())),
        status=TextStatus(fitting.get("status", TextStatus.FINAL)),
    )


def _creator(author: Any) -> Creator:
    """An author, who is a name or has keys."""
    if isinstance(author, str):
        return Creator(name_of(author))
    return Author(**{**author, "orcid": same_orcid(author.get("orcid") or "") or None}).creator


def _problems(key: str, value: Any, place: Place) -> Iterator[Problem]:
    """D104, D109, D124, D126, D150, D155: what is wrong with a key and its value."""
    if key not in KEYS:
        yield problem("D109", place, key=key, known=", ".join(KEYS))
    elif key == "id" and not is_free(str(value)):
        yield id_problem(str(value), place)
    elif key == "kind":
        yield from _choice(key, value, TextKind, place)
    elif key == "status":
        yield from _choice(key, value, TextStatus, place)
        if value == TextStatus.DRAFT.value:
            yield problem("D124", place)
    elif key == "lang" and not is_a_language(str(value)):
        yield problem("D155", place, tag=value, nearest=nearest_tag(str(value)))
    elif key == "authors":
        yield from _author_problems(value, place)


def _author_problems(value: Any, place: Place) -> Iterator[Problem]:
    """D104, D150: authors that are no names, and ORCIDs that cannot be right."""
    authors: list[Any] = value if isinstance(value, list) else [value]
    if not isinstance(value, list) or not all(isinstance(author, str) or _is_author(author) for author in authors):
        yield problem("D104", place, key="authors", value=value, expected=_AUTHORS)
        return
    for author in authors:
        orcid = "" if isinstance(author, str) else author.get("orcid", "")
        if orcid and not same_orcid(orcid):
            yield problem("D150", place, orcid, orcid=orcid, name=author["name"])


_AUTHORS = "[Anna de Vries, …] | [{name: Anna de Vries, affiliation: …, orcid: …}, …]"


def _is_author(author: Any) -> bool:
    """Whether keys say who somebody is: a name, whom they work for, an ORCID."""
    if not isinstance(author, dict) or not author.get("name") or not author.keys() <= _OF_AUTHORS:
        return False
    return all(isinstance(value, str) for key, value in author.items() if key != "organisation") and isinstance(
        author.get("organisation", False), bool
    )


_OF_AUTHORS = frozenset({"name", "organisation", "affiliation", "orcid"})


def _choice(key: str, value: Any, choices: type[Enum], place: Place) -> Iterator[Problem]:
    known = [choice.value for choice in choices]
    if value not in known:
        yield problem("D104", place, key=key, value=value, expected=" | ".join(known))
