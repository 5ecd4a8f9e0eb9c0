"""The look: theme.yaml, terms.yaml and fonts.yaml in styles/ to `Look`.

A theme of the dossier's own must have all that the project's has, so that nothing is without a colour; its own words
stand over the project's.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import ALL_FAMILIES, Files, Font, Look, SourceFile, Theme
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, has_errors, problem
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.pictures import parse_picture
from dossierbuild.stages.parse.terms import TERMS, merged_terms, term_problems
from dossierbuild.stages.parse.yaml_faults import yaml_problem
from dossierbuild.tools.fonts import FontError, FontNames, characters_in, described, require_font
from dossierbuild.tools.yamlfile import Path, YamlDocument, YamlError, read_yaml

# Sections of the theme that become no CSS property, and that a theme can do without; see the head of theme.yaml.
_NO_PROPERTIES = ("name", "palette", "contrast")
_OPTIONAL = ("name", "contrast")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
# What a value may hold; it goes into a style sheet, and must not get out of its declaration.
_VALUE = re.compile(r"[-\w #%.,()+*/']*\Z")
_MORE = "more"
"""What the fonts of the dossier's own stand under in theme.yaml, beside the families by their roles."""
_FONT_KEYS = ("family", "file", "weight", "style")
_LATER_FONTS = ("code",)
"""Roles of fonts that came after the others: a theme of the dossier's own without them has the project's."""


@dataclass(frozen=True, slots=True)
class _StyleFile:
    """A YAML file in styles/ as it was read."""

    path: str
    document: YamlDocument

    def place(self, key: Path) -> Place:
        return Place(f"styles/{self.path}", *self.document.place(key))


def parse_look(files: Files, theme: str | None, place: Place) -> Checked[Look]:
    """The look of a dossier; `theme` names a file in styles/themes, None is styles/theme.yaml.

    `place` is where dossier.yaml names the theme.
    """
    path = f"themes/{theme}.yaml" if theme else "theme.yaml"
    if files.style(path) is None:
        known = [PurePosixPath(file.path).stem for file in files.styles if file.path.startswith("themes/")]
        near = nearest(str(theme), known)
        return Checked(None, (problem("D410", place, theme=theme, nearest=near, known=", ".join(known)),))
    texts = [file for file in files.styles if file.path.endswith((".css", ".j2"))]
    problems = [found for file in texts for found in _decode(file).problems]
    sheets = {name: _sheet(files, name, problems) for name in (path, TERMS, "fonts/fonts.yaml")}
    look, words, fonts = (sheets[name] for name in sheets)
    if look is None or words is None or fonts is None or has_errors(problems):
        return Checked(None, tuple(problems))
    project_terms = _original(files, TERMS)
    problems += [*_lacking(look, files), *term_problems(words.document, project_terms)]
    problems += [*_font_problems(fonts, files), *_more_problems(look, files), *_icon_problems(files)]
    if not has_errors(problems):
        problems += _theme_problems(look)
    if has_errors(problems):
        return Checked(None, tuple(problems))
    terms = merged_terms(words.document, project_terms)
    values = _with_later_fonts(look.document.value, _original(files, "theme.yaml"))
    return Checked(
        Look(
            theme=_theme(values),
            properties=FrozenMap((name, value) for _, name, value in _properties(values)),
            fonts=(*_more_fonts(look, files), *_fonts(files, fonts.document.value)),
            terms=FrozenMap((tag, FrozenMap(own)) for tag, own in terms.items()),
        ),
        tuple(problems),
    )


def characters_of(look: Look) -> frozenset[str]:
    """The characters that the fonts have which can go along with an edition."""
    families = {"", ALL_FAMILIES, *look.theme.fonts.values()}
    return frozenset().union(*(characters_in(font.data) for font in look.fonts if font.behind in families))


def _decode(file: SourceFile) -> Checked[str]:
    return decode(dataclasses.replace(file, path=f"styles/{file.path}"))


def _sheet(files: Files, path: str, problems: list[Problem]) -> _StyleFile | None:
    file = files.style(path)
    assert file is not None
    text = _decode(file)
    problems.extend(text.problems)
    try:
        return _StyleFile(path, read_yaml(text.value or ""))
    except YamlError as error:
        problems.append(yaml_problem(f"styles/{path}", error))
        return None


# --- what is wrong -------------------------------------------------------------------------------------------------


def _lacking(sheet: _StyleFile, files: Files) -> Iterator[Problem]:
    """D403: what the project's theme has and this one lacks."""
    names = list(_lacks(sheet.document.value, _original(files, "theme.yaml"), ""))
    if names:
        yield problem("D403", sheet.place(()), names=", ".join(names), file="styles/theme.yaml")


def _original(files: Files, path: str) -> dict[str, Any]:
    """What a YAML file of the project's own styles says."""
    values: dict[str, Any] = read_yaml(next(file.data for file in files.originals if file.path == path).decode()).value
    return values


def _lacks(own: Any, model: dict[str, Any], above: str) -> Iterator[str]:
    for name, value in model.items():
        if (above == "" and name in _OPTIONAL) or (above == "fonts." and name in _LATER_FONTS):
            continue
        found = own.get(name) if isinstance(own, dict) else None
        if found is None or isinstance(found, dict | list) != isinstance(value, dict | list) or found == []:
            yield f"{above}{name}"
        elif isinstance(value, dict):
            yield from _lacks(found, value, f"{above}{name}.")


def _theme_problems(sheet: _StyleFile) -> Iterator[Problem]:
    """D402: colours are #rrggbb, and no value gets out of its declaration in the style sheet."""
    values = sheet.document.value
    colours: list[tuple[Path, object]] = [(("colours", name), colour) for name, colour in values["colours"].items()]
    colours += [(("palette", index), colour) for index, colour in enumerate(values["palette"])]
    for key, colour in colours:
        if not isinstance(colour, str) or not _COLOUR.match(colour):
            yield problem("D402", sheet.place(key), str(key[-1]), name=key[-1], value=colour, expected="#0b5a63")
    for key, _, value in _properties(values):
        if not _VALUE.match(value.strip('"')):
            yield problem("D402", sheet.place(key), str(key[-1]), name=key[-1], value=value, expected="1.2rem")


def _font_problems(sheet: _StyleFile, files: Files) -> Iterator[Problem]:
    entries = sheet.document.value
    if not isinstance(entries, list) or not entries:
        yield problem("D403", sheet.place(()), names=", ".join(_FONT_KEYS), file="styles/fonts/fonts.yaml")
        return
    for index, entry in enumerate(entries):
        names = [name for name in _FONT_KEYS if not isinstance(entry, dict) or not entry.get(name)]
        if names:
            yield problem("D403", sheet.place((index,)), names=", ".join(names), file="styles/fonts/fonts.yaml")
            continue
        if not isinstance(entry["weight"], int) or entry["style"] not in ("normal", "italic"):
            value = f"{entry['weight']}, {entry['style']}"
            yield problem("D402", sheet.place((index,)), name="weight, style", value=value, expected="400, normal")
        path = f"fonts/{entry['file']}"
        file = files.style(path)
        if file is None:
            near = nearest(path, [other.path for other in files.styles])
            yield problem("D117", sheet.place((index, "file")), path=f"styles/{path}", nearest=near)
        elif file not in files.originals:
            try:
                require_font(file.data)
            except FontError:
                yield problem("D404", sheet.place((index, "file")), path=f"styles/{path}")


def _more_problems(sheet: _StyleFile, files: Files) -> Iterator[Problem]:
    """D117, D406: the fonts of the dossier's own that theme.yaml names are there, and are fonts."""
    names = sheet.document.value["fonts"].get(_MORE, ())
    if not isinstance(names, list | tuple):
        yield problem("D406", sheet.place(("fonts", _MORE)), path=names)
        return
    for index, name in enumerate(names):
        place, path = sheet.place(("fonts", _MORE, index)), f"fonts/{name}"
        file = files.style(path)
        if file is None:
            near = nearest(path, [other.path for other in files.styles if other.path.startswith("fonts/")])
            yield problem("D117", place, path=f"styles/{path}", nearest=near)
        elif not _described(file):
            yield problem("D406", place, path=f"styles/{path}")


def _described(file: SourceFile) -> FontNames | None:
    """What a font says of itself; None where it is none, or has no letters."""
    try:
        return described(file.data) if characters_in(file.data) else None
    except FontError:
        return None


def _icon_problems(files: Files) -> Iterator[Problem]:
    """D307, D313: an icon of the dossier's own is a picture that runs and requests nothing."""
    for file in files.styles:
        if file.path.startswith("icons/") and file.path.endswith(".svg") and file not in files.originals:
            yield from parse_picture(dataclasses.replace(file, path=f"styles/{file.path}")).problems


# --- what they say -------------------------------------------------------------------------------------------------


def _with_later_fonts(values: dict[str, Any], model: dict[str, Any]) -> dict[str, Any]:
    """The theme with the project's fonts for the roles that it may lack."""
    later = {role: model["fonts"][role] for role in _LATER_FONTS}
    return {**values, "fonts": {**later, **values["fonts"]}}


def _theme(values: dict[str, Any]) -> Theme:
    return Theme(
        name=str(values.get("name", "")),
        colours=FrozenMap(values["colours"]),
        palette=tuple(values["palette"]),
        fonts=FrozenMap((role, str(family)) for role, family in values["fonts"].items() if role != _MORE),
    )


def _properties(values: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """The CSS properties that the theme's entries become: path of the entry, name of the property, value."""
    for section, entries in values.items():
        if isinstance(entries, dict) and section not in _NO_PROPERTIES:
            for name, value in entries.items():
                if (section, name) == ("fonts", _MORE):
                    continue
                text = f'"{value}"' if section == "fonts" else str(value)
                yield (section, name), f"--{section.removesuffix('s')}-{name}", text
    for number, colour in enumerate(values["palette"], 1):
        yield ("palette", number - 1), f"--palette-{number}", str(colour)


def _more_fonts(sheet: _StyleFile, files: Files) -> Iterator[Font]:
    """The fonts of the dossier's own, which stand behind all families that the theme names."""
    for name in sheet.document.value["fonts"].get(_MORE, ()):
        file = files.style(f"fonts/{name}")
        names = _described(file) if file else None
        assert file is not None
        assert names is not None
        yield Font(
            family=names.family,
            path=file.path,
            weight=names.weight,
            style="italic" if names.italic else "normal",
            data=file.data,
            behind=ALL_FAMILIES,
        )


def _fonts(files: Files, entries: list[dict[str, Any]]) -> Iterator[Font]:
    for entry in entries:
        path = f"fonts/{entry['file']}"
        file = files.style(path)
        assert file is not None
        family = str(entry["family"])
        yield Font(
            family=family,
            path=path,
            weight=entry["weight"],
            style=entry["style"],
            data=file.data,
            behind=str(entry.get("behind", "")),
        )
