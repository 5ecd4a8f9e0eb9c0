"""Short names that the texts themselves state: "Centraal Bureau voor de Statistiek (CBS)", where the list has none."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from dossierbuild.core.model import Reference
from dossierbuild.core.names import Name, Organisation
from dossierbuild.core.visible import ProseFile
from dossierbuild.stages.recognise.called import comparable_head

# A short name that explains the words before it has two capitals at least: "Movisie (Utrecht)" is no such.
_SHORT = re.compile(r"\s[\[(](?P<short>[A-Z][\w&.-]{0,10}[A-Z][\w&.-]{0,6})(?=[\])]|,\s?(?:\d{4}|[zn]\.\s?d))")
_LONGEST = 200


def with_stated_short_names(references: tuple[Reference, ...], files: Iterable[ProseFile]) -> tuple[Reference, ...]:
    """The works with the short names that the texts state for their organisations; those of the list stay.

    Where texts state two for one organisation, or one for two, nothing is known.
    """
    creators = (name for reference in references for name in reference.work.creators)
    names = {name.name for name in creators if isinstance(name, Organisation) and not name.short}
    stated = _stated(names, files)
    return tuple(_with_short_names(reference, stated) for reference in references) if stated else references


def _stated(names: Iterable[str], files: Iterable[ProseFile]) -> Mapping[str, str]:
    """The short names by the full ones, among these."""
    called = {comparable_head(name): name for name in names}
    shorts, fulls = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for text in (file.visible for file in files):
        for found in _SHORT.finditer(text) if called else ():
            words = comparable_head(text[max(0, found.start() - _LONGEST) : found.start()]).split(" ")
            full = next((name for start in range(len(words)) if (name := called.get(" ".join(words[start:])))), "")
            if full:
                shorts[full].add(found["short"])
                fulls[found["short"]].add(full)
    return {full: short for full, stated in shorts.items() for short in stated if len(stated) == len(fulls[short]) == 1}


def _with_short_names(reference: Reference, stated: Mapping[str, str]) -> Reference:
    names = tuple(
        (role, tuple(_with_short_name(name, stated) for name in people)) for role, people in reference.work.names
    )
    return dataclasses.replace(reference, work=dataclasses.replace(reference.work, names=names))


def _with_short_name(name: Name, stated: Mapping[str, str]) -> Name:
    if isinstance(name, Organisation) and not name.short and name.name in stated:
        return dataclasses.replace(name, short=stated[name.name])
    return name
