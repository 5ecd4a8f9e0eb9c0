"""The look: theme.yaml, terms.yaml and fonts.yaml in styles/ to `Look`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Files, Font, Look, SourceFile, Theme
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.parse.data import decode
from dossierbuild.stages.parse.texts import yaml_problem
from dossierbuild.tools.yamlfile import YamlError, read_yaml

# Sections of the theme that become no CSS property; see the head of styles/theme.yaml.
_NO_PROPERTIES = ("name", "palette", "contrast")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
# What a value may hold; it goes into a style sheet, and must not get out of its declaration.
_VALUE = re.compile(r"[-\w #%.,()+*/'\"]*\Z")


def parse_look(files: Files, theme: str | None) -> Checked[Look]:
    """The look of a dossier; `theme` names a file in styles/themes, None is styles/theme.yaml."""
    path = f"themes/{theme}.yaml" if theme else "theme.yaml"
    problems: list[Problem] = []
    values = {name: _values(files, name, problems) for name in (path, "terms.yaml", "fonts/fonts.yaml")}
    if problems:
        return Checked(None, tuple(problems))
    problems = list(_theme_problems(path, values[path]))
    if problems:
        return Checked(None, tuple(problems))
    return Checked(
        Look(
            theme=_theme(values[path]),
            properties=tuple(_properties(values[path])),
            fonts=tuple(_fonts(files, values["fonts/fonts.yaml"])),
            terms=tuple(
                (
                    language,
                    tuple((key, str(word)) for key, word in values["terms.yaml"][language.value].items()),
                )
                for language in Language
            ),
        )
    )


def _values(files: Files, path: str, problems: list[Problem]) -> Any:
    file = files.style(path)
    if file is None:
        problems.append(problem("D402", Place(f"styles/{path}"), reason="…"))
        return {}
    text = decode(SourceFile(f"styles/{path}", file.data, file.digest))
    problems.extend(text.problems)
    try:
        return read_yaml(text.value or "").value
    except YamlError as error:
        problems.append(yaml_problem(f"styles/{path}", error))
        return {}


def _theme_problems(path: str, values: Any) -> Iterator[Problem]:
    place = Place(f"styles/{path}")
    if not isinstance(values, dict) or not {"colours", "fonts", "palette"} <= values.keys():
        yield problem("D402", place, reason="colours, fonts, palette")
        return
    for name, colour in [*values["colours"].items(), *(("palette", one) for one in values["palette"])]:
        if not isinstance(colour, str) or not _COLOUR.match(colour):
            yield problem("D402", place, str(name), reason=f"{name}: {colour}")
    for name, value in _properties(values):
        if not _VALUE.match(value):
            yield problem("D402", place, name, reason=f"{name}: {value}")


def _theme(values: dict[str, Any]) -> Theme:
    return Theme(
        name=str(values.get("name", "")),
        colours=tuple((name, str(colour)) for name, colour in values["colours"].items()),
        palette=tuple(str(colour) for colour in values["palette"]),
        fonts=tuple((role, str(family)) for role, family in values["fonts"].items()),
    )


def _properties(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for section, entries in values.items():
        if isinstance(entries, dict) and section not in _NO_PROPERTIES:
            for name, value in entries.items():
                yield (
                    f"--{section.removesuffix('s')}-{name}",
                    f'"{value}"' if section == "fonts" else str(value),
                )
    for number, colour in enumerate(values["palette"], 1):
        yield f"--palette-{number}", str(colour)


def _fonts(files: Files, entries: list[dict[str, Any]]) -> Iterator[Font]:
    for entry in entries:
        path = f"fonts/{entry['file']}"
        file = files.style(path)
        if file is not None:
            yield Font(
                family=str(entry["family"]),
                path=path,
                weight=int(entry["weight"]),
                style=str(entry["style"]),
                data=file.data,
            )
