"""Labels that somebody typed over: what the program made is held against what stands there."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from dossierbuild.core.names import read_name
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.fields.citation import Citation, Cited, Form
from dossierbuild.stages.fields.items import leaders_of, year_of

_WORD = re.compile(r"\be\.\s?a\.(?!\w)|\bet\s+al\b|\w+|[&()\[\]]", re.IGNORECASE)
_AND_OTHERS = re.compile(r"e\.\s?a\.|et\s+al", re.IGNORECASE)
_OTHERS = "et al"
_SAME = MappingProxyType(dict.fromkeys(("en", "and", "und"), "&"))
# Words that styles print beside names, years and places.
_OF_STYLES = frozenset(
    {_OTHERS, *"& ea red eds ed p pp blz pag pagina s vol deel z j d n hfst par ibid sd zd nd".split()}
)
_CODES = MappingProxyType({True: "D872", False: "D871"})
"""The codes by whether a citation can say what was typed."""
_BRACKETS = frozenset("()[]")
_LONGEST = 5_000
"""Characters of a label that is compared word by word."""
_NARRATIVE = re.compile(r"(?P<names>[^()]+)\((?P<rest>.*)\)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or bracket in the form in which it is compared, and where it stands."""

    text: str
    start: int
    end: int


def settled(citation: Citation, place: Place) -> tuple[Citation, tuple[Problem, ...]]:
    """The citation as it was typed over, as far as a citation can say that, with a problem where it was.

    Words before and behind the label become prefix and suffix, "Aarts (2018)" and "(2018)" become forms (D872).
    Anything else leaves the citation as the program made it (D871).
    """
    printed, generated = citation.printed, citation.generated or _expected(citation)
    if not citation.is_whole or _is_unprinted(citation) or _is_same(printed, generated) or _is_of_a_style(citation):
        return citation, ()
    is_short = max(len(printed), len(generated)) <= _LONGEST
    typed = (_with_form(citation, generated) or _with_additions(citation, printed, generated)) if is_short else None
    told = problem(_CODES[bool(typed)], place, text=generated, typed=printed, writer=citation.writer.value)
    return typed or citation, (told,)


def _is_unprinted(citation: Citation) -> bool:
    return all(cited.form is Form.LISTED for cited in citation.works)


def _is_same(printed: str, generated: str) -> bool:
    """Whether two labels differ in no word and no bracket; signs, accents and "&" are not compared."""
    return [token.text for token in _tokens(printed)] == [token.text for token in _tokens(generated)]


def _tokens(text: str) -> list[_Token]:
    return [_Token(_folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def _folded(word: str) -> str:
    if _AND_OTHERS.fullmatch(word):
        return _OTHERS
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign)).casefold()
    return _SAME.get(plain, plain)


def _words(text: str) -> list[str]:
    return [token.text for token in _tokens(text) if token.text not in _BRACKETS]


# --- forms -----------------------------------------------------------------------------------------------------------


def _with_form(citation: Citation, generated: str) -> Citation | None:
    """The citation with its names in the sentence, or with its year alone, where it was typed so."""
    if len(citation.works) > 1 or citation.works[0].form is not Form.BRACKETS:
        return None
    printed, cited = citation.printed, citation.works[0]
    made, typed = _words(generated), _words(printed)
    names = _NARRATIVE.match(printed)
    if names and _begins_within(made, _words(names["names"])):
        narrative = dataclasses.replace(cited, form=Form.NARRATIVE)
        joined = f"{names['names']} {names['rest']}"
        return _with_additions(dataclasses.replace(citation, works=(narrative,)), joined, generated)
    left_out = made[: len(made) - len(typed)]
    is_rest = bool(typed) and made[len(left_out) :] == typed and set(left_out) <= _name_words(cited) | _OF_STYLES
    if is_rest and left_out and printed.startswith("("):
        return dataclasses.replace(citation, works=(dataclasses.replace(cited, form=Form.YEAR),))
    return None


def _begins_within(made: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the words before a bracket end with the first words of a label, and not with all of them."""
    return any(list(names[-count:]) == list(made[:count]) for count in range(1, min(len(names) + 1, len(made))))


# --- additions -------------------------------------------------------------------------------------------------------


def _with_additions(citation: Citation, printed: str, generated: str) -> Citation | None:
    """The citation with what was typed around each label as prefix and suffix; None where that is not all."""
    text, parts = _inner(printed), _inner(generated).split(";")
    whole = len(parts) != len(citation.works)
    works = [citation.works[0]] if whole else _in_printed_order(citation.works, parts)
    spans = list(_spans(text, [_inner(generated)] if whole else parts))
    if len(works) != len(spans) or (whole and len(citation.works) > 1):
        return None
    between = [text[before[1] : after[0]].split(";") for before, after in pairwise(spans)]
    if any(len(pieces) != 2 for pieces in between):
        return None
    prefixes = [text[: spans[0][0]], *(pieces[1] for pieces in between)]
    suffixes = [*(pieces[0] for pieces in between), text[spans[-1][1] :]]
    typed = {
        id(cited): dataclasses.replace(cited, prefix=_before(prefix, cited), suffix=_behind(cited, suffix))
        for cited, prefix, suffix in zip(works, prefixes, suffixes, strict=True)
    }
    return dataclasses.replace(citation, works=tuple(typed[id(cited)] for cited in citation.works))


def _before(typed: str, cited: Cited) -> str:
    return f"{typed.lstrip()}{cited.prefix}" if typed.strip() else cited.prefix


def _behind(cited: Cited, typed: str) -> str:
    added = typed.rstrip()
    return f"{cited.suffix}{added}" if re.search(r"\w", added) else cited.suffix


def _inner(label: str) -> str:
    """A label without the brackets around it."""
    bare = label.strip()
    return bare[1:-1] if bare[:1] + bare[-1:] in ("()", "[]") else bare


def _spans(text: str, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where each part stands in a text, one behind the other; ends at the first that does not."""
    tokens, at = [token for token in _tokens(text) if token.text not in _BRACKETS], 0
    for part in parts:
        sought = _words(part)
        found = [
            start
            for start in range(at, len(tokens) - len(sought) + 1)
            if sought and [token.text for token in tokens[start : start + len(sought)]] == sought
        ]
        if not found:
            return
        at = found[0] + len(sought)
        yield tokens[found[0]].start, tokens[at - 1].end


def _in_printed_order(works: Sequence[Cited], parts: Sequence[str]) -> list[Cited]:
    """The works in the order in which a style prints them: each with the part that has its names and year."""
    rest, ordered = list(works), list[Cited]()
    for part in parts:
        words = set(_words(part))
        fitting = [cited for cited in rest if _is_called(cited, words)]
        if fitting:
            rest.remove(fitting[0])
            ordered.append(fitting[0])
    return ordered


def _is_called(cited: Cited, words: set[str]) -> bool:
    year, names = year_of(cited.item), _first_name(cited)
    return (not year or any(word.startswith(year) for word in words)) and (not names or names <= words)


# --- labels that no program keeps ------------------------------------------------------------------------------------


def _expected(citation: Citation) -> str:
    """The label that APA has for a citation, where the field keeps none."""
    return f"({'; '.join(map(_label, citation.works))})" if citation.works else ""


def _label(cited: Cited) -> str:
    surnames = [name.surname for parts in leaders_of(cited.item) if (name := read_name(parts))]
    names = " & ".join(surnames) if len(surnames) < 3 else f"{surnames[0]} et al."
    called = "" if cited.form is Form.YEAR else names or str(cited.item.get("title", ""))
    year = "" if cited.form is Form.NAMES else year_of(cited.item) or "z.d."
    place = f"{'' if cited.label == 'volume' else 'p. '}{cited.locator}" if cited.locator else ""
    return f"{cited.prefix}{', '.join(part for part in (called, year, place) if part)}{cited.suffix}"


def _is_of_a_style(citation: Citation) -> bool:
    """Whether a label that no program keeps is a number, or has in brackets what another style prints of its works."""
    typed = set(_words(citation.printed))
    if citation.generated or not typed:
        return False
    if not any(re.search(r"[^\W\d_]", word) for word in typed):
        return not typed <= {year_of(cited.item) for cited in citation.works}
    named = [cited for cited in citation.works if cited.form is not Form.YEAR]
    known = _OF_STYLES.union(*map(_printable_words, citation.works))
    is_named = all(_first_name(cited) <= typed for cited in named)
    return citation.printed[:1] in _BRACKETS and typed <= known and is_named


def _printable_words(cited: Cited) -> set[str]:
    texts = (cited.item.get("title", ""), year_of(cited.item), cited.prefix, cited.locator, cited.suffix)
    return _name_words(cited) | {word for text in texts for word in _words(str(text))}


def _first_name(cited: Cited) -> set[str]:
    names = [name for parts in leaders_of(cited.item)[:1] if (name := read_name(parts))]
    return {word for name in names for word in _words(name.head)}


def _name_words(cited: Cited) -> set[str]:
    names = [name for parts in leaders_of(cited.item) if (name := read_name(parts))]
    return {word for name in names for text in (name.surname, name.initials) for word in _words(text)}
