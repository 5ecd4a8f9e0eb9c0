"""Contrast of a theme: whether colours that the style sheets lay over each other differ enough (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from dossierbuild.core.contrast import contrast
from dossierbuild.core.model import Files, SourceFile, Theme
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.tools.yamlfile import read_yaml

LEAST = MappingProxyType({"text": 4.5, "shapes": 3.0})
"""The lowest contrast ratio of text, and of shapes that carry a meaning."""


def contrast_problems(files: Files, theme: Theme, name: str) -> Iterator[Problem]:
    """D405: the pairs of colours of the theme in file `name` that are too much alike.

    Which colours meet is a matter of the style sheets, so the pairs are those of the project's theme, together with
    any that the theme adds. The colours of charts stand on the plate.
    """
    path = f"themes/{name}.yaml" if name else "theme.yaml"
    own = read_yaml(_text(files.styles, path))
    original = read_yaml(_text(files.originals, "theme.yaml"))
    colours = theme.colours
    for use, least in LEAST.items():
        pairs = dict.fromkeys((*_pairs(original.value, use), *_pairs(own.value, use)))
        for front, ground in pairs:
            if front in colours and ground in colours:
                place = Place(f"styles/{path}", *own.place(("colours", front)))
                yield from _judged(front, colours[front], ground, colours[ground], least, place)
    for index, colour in enumerate(theme.palette):
        place = Place(f"styles/{path}", *own.place(("palette", index)))
        yield from _judged(f"palette {index + 1}", colour, "plate", colours["plate"], LEAST["shapes"], place)


def _text(files: tuple[SourceFile, ...], path: str) -> str:
    return next(file.data.decode("utf-8") for file in files if file.path == path)


def _pairs(theme: Any, use: str) -> Iterator[tuple[str, str]]:
    contrasts = theme.get("contrast") if isinstance(theme, dict) else None
    pairs = contrasts.get(use) if isinstance(contrasts, dict) else None
    for pair in pairs if isinstance(pairs, list) else ():
        if isinstance(pair, list) and len(pair) == 2:
            yield str(pair[0]), str(pair[1])


def _judged(name: str, colour: str, other: str, ground: str, least: float, place: Place) -> Iterator[Problem]:
    ratio = contrast(colour, ground)
    if ratio < least:
        # cut off, not rounded: 4.49 is not 4.5
        shown = f"{int(ratio * 100) / 100:.2f}"
        yield problem("D405", place, name, one=name, other=other, ratio=shown, least=f"{least:.1f}")
