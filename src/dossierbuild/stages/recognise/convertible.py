"""Which typed citations of a text can be written with keys: the text then cites their works, and all else as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from dossierbuild.core.ast import walk
from dossierbuild.core.model import InfographicText, TextFile
from dossierbuild.core.visible import ProseFile
from dossierbuild.stages.recognise.citations import replaced
from dossierbuild.stages.recognise.identify import Recognised


def convertible(
    prose: ProseFile,
    citations: Sequence[Recognised],
    parsed: TextFile | InfographicText,
    parse: Callable[[str], TextFile | InfographicText | None],
) -> tuple[Recognised, ...]:
    """The typed citations that can be replaced together: parsed again, the text cites what it cited and their works.

    `parsed` is the text as it stands; `parse` reads a changed text, and gives None where it cannot be parsed. A key can
    mean something else where it comes to stand: behind another key in running text, or in YAML.
    """
    count, keys = _cited(parsed)

    def is_sound(some: Sequence[Recognised]) -> bool:
        again = parse(replaced(prose.text, some))
        more = Counter(str(key) for citation in some for key in citation.keys)
        return again is not None and _cited(again) == (count + len(some), keys + more)

    return tuple(_largest([], [citation for citation in citations if citation.is_whole], is_sound))


def _largest(
    kept: list[Recognised], more: list[Recognised], is_sound: Callable[[Sequence[Recognised]], bool]
) -> list[Recognised]:
    """`kept` with as much of `more` as is sound with it, found by halves."""
    if not more or is_sound([*kept, *more]):
        return [*kept, *more]
    if len(more) == 1:
        return kept
    half = len(more) // 2
    return _largest(_largest(kept, more[:half], is_sound), more[half:], is_sound)


def _cited(parsed: TextFile | InfographicText) -> tuple[int, Counter[str]]:
    """How many citations a text has, and how often each key."""
    trees = [parsed.blocks] if isinstance(parsed, TextFile) else list(parsed.texts.values())
    cites = [node for tree in trees for node in walk(tree.nodes()) if node["t"] == "Cite"]
    return len(cites), Counter(str(citation["citationId"]) for cite in cites for citation in cite["c"][0])
