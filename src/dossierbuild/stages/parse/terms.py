"""The fixed words: terms.yaml of the project, with what a dossier's own terms.yaml changes and adds."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

from dossierbuild.core.languages import FALLBACK, named_language
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.slug import slug
from dossierbuild.tools.yamlfile import YamlDocument

TERMS = "terms.yaml"

# The page that is named after its title, and what it cannot be called: other pages, and what folders have no room for.
_NAMES_A_PAGE = "statement"
_OTHER_PAGES = frozenset({"index", "verification"})
_LONGEST_NAME = 100

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")

Terms = dict[str, dict[str, str]]
"""The words of each language by its BCP 47 tag."""


def merged_terms(own: YamlDocument, project: Terms) -> Terms:
    """The words of each language: those of the project, and over them the dossier's own.

    `own` is without problems. A variant of a language (`en-US`) has the words of that language where it has none.
    """
    return project | {tag: _base(tag, project) | words for tag, words in own.value.items()}


def _base(tag: str, project: Terms) -> dict[str, str]:
    return project.get(named_language(tag, project), {})


def term_problems(own: YamlDocument, project: Terms) -> Iterator[Problem]:
    """D402: what is no word, has other names in braces than the project's or cannot name its page; D403: words that a
    language lacks."""
    if not isinstance(own.value, dict):
        yield _lacking(own, (), project)
        return
    for tag, words in own.value.items():
        if not isinstance(tag, str) or not _TAG.match(tag):
            yield problem("D402", _place(own, (tag,)), str(tag), name=tag, value=tag, expected=FALLBACK)
        elif not isinstance(words, dict):
            yield _lacking(own, (tag,), project[FALLBACK])
        else:
            yield from _word_problems(own, tag, words, _base(tag, project), project[FALLBACK])


def _word_problems(
    own: YamlDocument, tag: str, words: dict[str, Any], base: Mapping[str, str], english: Mapping[str, str]
) -> Iterator[Problem]:
    lacking = [name for name in english if name not in words and name not in base]
    if lacking:
        yield _lacking(own, (tag,), lacking)
    for name, word in words.items():
        model = base.get(name, english.get(name))
        fits = isinstance(word, str) and (model is None or _blanks(word) == _blanks(model))
        if not fits or (name == _NAMES_A_PAGE and not _can_name_a_page(word)):
            yield problem("D402", _place(own, (tag, name)), name, name=name, value=word, expected=model or "…")


def _can_name_a_page(title: str) -> bool:
    name = slug(title)
    return name not in _OTHER_PAGES and len(name) <= _LONGEST_NAME and any(map(str.isalpha, title))


def _blanks(word: str) -> set[tuple[str | None, str | None, str | None]] | None:
    """What stands in braces in a text: names, formats and conversions; None when its braces do not match."""
    try:
        parsed = string.Formatter().parse(word)
        return {(name, form, conversion) for _, name, form, conversion in parsed if name is not None}
    except ValueError:
        return None


def _lacking(own: YamlDocument, path: tuple[str, ...], names: Any) -> Problem:
    return problem("D403", _place(own, path), names=", ".join(names), file=f"styles/{TERMS}")


def _place(own: YamlDocument, path: tuple[Any, ...]) -> Place:
    return Place(f"styles/{TERMS}", *own.place(path))
