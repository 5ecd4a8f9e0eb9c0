"""Which of the findings in a text can be written with keys, so that the text then cites them and all else as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from dossierbuild.core.ast import walk
from dossierbuild.core.model import InfographicText, TextFile
from dossierbuild.stages.recognise.findings import replaced
from dossierbuild.stages.recognise.identify import Finding
from dossierbuild.stages.recognise.visible import ProseFile


def convertible(
    prose: ProseFile,
    findings: Sequence[Finding],
    parsed: TextFile | InfographicText,
    parse: Callable[[str], TextFile | InfographicText | None],
) -> tuple[Finding, ...]:
    """The findings that can be replaced together: parsed again, the text cites what it cited and the findings.

    `parsed` is the text as it stands; `parse` reads a changed one, and gives nothing where that is no longer possible.
    A key can mean something else where it comes to stand: behind another one in running text, or in YAML.
    """
    citations, keys = _cited(parsed)

    def is_sound(some: Sequence[Finding]) -> bool:
        again = parse(replaced(prose.text, some))
        more = Counter(str(key) for finding in some for key in finding.keys)
        return again is not None and _cited(again) == (citations + len(some), keys + more)

    return tuple(_largest([], [finding for finding in findings if finding.is_whole], is_sound))


def _largest(kept: list[Finding], more: list[Finding], is_sound: Callable[[Sequence[Finding]], bool]) -> list[Finding]:
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
