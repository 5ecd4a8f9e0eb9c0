"""Which typed citations of a text can be written with keys: the text then cites their works, and all else as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dossierbuild.core.ast import Nodes, Prose, number_citations, plain_text, prose, walk
from dossierbuild.core.model import InfographicText, TextFile
from dossierbuild.core.visible import ProseFile
from dossierbuild.stages.recognise.citations import replaced
from dossierbuild.stages.recognise.identify import Recognised

_LEAD = "x"  # a word before each citation, so that none begins a list or a heading

Cited = tuple[str, str, str, str]
"""A key as a text cites it: the key, the form, and the words before and behind it."""


def text_of_each(citations: Iterable[Recognised]) -> str:
    """A text in which each citation stands with its keys in a paragraph of its own."""
    return "\n\n".join([f"# {_LEAD}", *(f"{_LEAD} {citation.written}" for citation in citations)]) + "\n"


def readings(citations: Sequence[Recognised], parsed: TextFile) -> Mapping[Recognised, Prose]:
    """What each citation is with its keys, numbered and in one paragraph; `parsed` is the text of `text_of_each`.

    A citation that is not read as one paragraph has none.
    """
    paragraphs = parsed.blocks.nodes()[1:]
    if len(paragraphs) != len(citations):
        return {}
    numbered = (prose(number_citations([paragraph])) for paragraph in paragraphs)
    return dict(zip(citations, numbered, strict=True))


def words_of(reading: Nodes) -> str:
    """The text of a citation that was read alone."""
    return plain_text(reading).removeprefix(_LEAD).strip()


def convertible(
    prose_file: ProseFile,
    citations: Mapping[Recognised, Prose],
    parsed: TextFile | InfographicText,
    parse: Callable[[str], TextFile | InfographicText | None],
) -> tuple[Recognised, ...]:
    """The typed citations that can be replaced together: parsed again, the text cites what it cited and their works.

    `citations` has the reading of each; `parsed` is the text as it stands, and `parse` reads a changed text, or gives
    None where it cannot be parsed. A key can mean something else where it comes to stand: behind another key in running
    text, or in YAML.
    """
    before = _cited(_trees(parsed))

    def is_sound(some: Sequence[Recognised]) -> bool:
        again = parse(replaced(prose_file.text, some))
        with_more = before + _cited([citations[citation] for citation in some])
        return again is not None and _cited(_trees(again)) == with_more

    return tuple(_largest([], list(citations), is_sound))


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


def _trees(parsed: TextFile | InfographicText) -> list[Prose]:
    return [parsed.blocks] if isinstance(parsed, TextFile) else list(parsed.texts.values())


def _cited(trees: Iterable[Prose]) -> Counter[tuple[Cited, ...]]:
    """How often texts have each citation, by what it cites."""
    cites = (node for tree in trees for node in walk(tree.nodes()) if node["t"] == "Cite")
    return Counter(
        tuple(
            (
                citation["citationId"],
                citation["citationMode"]["t"],
                plain_text(citation["citationPrefix"]),
                plain_text(citation["citationSuffix"]),
            )
            for citation in cite["c"][0]
        )
        for cite in cites
    )
