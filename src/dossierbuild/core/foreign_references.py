"""Cross-references in the forms of Quarto, pandoc-crossref, bookdown and LaTeX.

These are `@fig-x`, `@fig:x`, `\\@ref(fig:x)` and `\\ref{fig:x}`. A text is searched as it was typed.
Whether what is found stands in code is for whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_KEY = r"(?:[Ff]ig|[Tt]bl|[Tt]ab|[Ss]ec|[Ee]qn?|[Ll]st|[Tt]hm|[Aa]lg)[-:]\w++(?:[-.:/]++\w++)*+"
# The words that stand before a number, which the label has itself.
_WORD = (
    r"(?:(?i:figuur|figure|afbeelding|fig\.|tabel|table|tab\.|hoofdstuk|chapter|hfst\.|paragraaf|section|sectie|par\.|"
    r"sec\.|bijlage|appendix|formule|vergelijking|equation|eq\.)[ \xa0~\n]|§[ \xa0]?)"
)
_CALL = re.compile(
    rf"(?P<word>(?<![\w\]])[(]?+{_WORD})?"
    r"(?:\\@ref\((?P<bookdown>[^()\s]{1,200})\)"
    r"|(?<![\w\\])@ref\((?P<bare>[^()\s]{1,200})\)"
    r"|\\(?P<macro>ref|eqref|autoref|[cC]ref|vref|pageref|nameref)\{(?P<latex>[^{}\s]{1,200})\}"
    rf"|\[-@(?P<number>{_KEY})\](?![(\[]))"
)
_BRACKET = re.compile(r"(?<![\]\\!])\[(?P<inside>[^\[\]\n]{0,100}@[^\[\]]{1,600})\](?![(\[])")
_CITED = re.compile(rf"(?P<before>[^@]*?)-?@\{{?(?P<key>{_KEY})\}}?(?P<after>[^@]*)\Z", re.DOTALL)
_KEY_ALONE = re.compile(rf"(?<![\w@\\/.:-])@\{{?(?P<key>{_KEY})\}}?")
_HAS_WORD = frozenset({"autoref", "cref", "Cref"})
"""Commands of LaTeX that print the word before the number."""
_HAS_NO_LABEL = frozenset({"pageref", "nameref"})
_OWN_KINDS = MappingProxyType({"tab": "tbl", "eqn": "eq"})
_ID = re.compile(r"(?P<kind>[A-Za-z]+)[-:](?P<name>.+)\Z", re.DOTALL)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignReference:
    """A cross-reference of another system, from offset `start` up to `end` of the text.

    `targets` are the ids that it names, as they are written there; `before` and `after` are words within its brackets.
    It is `labelled` when the label of what it names can stand in its place; else it prints a number or a page only, or
    stands among sources.
    """

    start: int
    end: int
    targets: tuple[str, ...]
    labelled: bool
    before: str = ""
    after: str = ""

    def written(self, ids: Mapping[str, str]) -> str:
        """How it is written here; `ids` has the id of each target, where that is not `own_id`."""
        links = ", ".join(f"[](#{ids.get(target, own_id(target))})" for target in self.targets)
        return f"{self.before}{links}{self.after}"


def own_id(name: str) -> str:
    """The id that fits a name of another system: `fig-x` for `fig:x`, `tbl-x` for `tab:x`."""
    found = _ID.match(name)
    if found and found["kind"].lower() in _FOREIGN_KINDS:
        kind = found["kind"].lower()
        name = f"{_OWN_KINDS.get(kind, kind)}-{found['name']}"
    return _NOT_IN_IDS.sub("-", name).strip("-.")


_FOREIGN_KINDS = frozenset({"fig", "tbl", "tab", "sec", "eq", "eqn", "lst", "thm", "alg"})


def foreign_references(text: str, keys: Collection[str] = ()) -> tuple[ForeignReference, ...]:
    """The cross-references of other systems in a text, in order; what is a key of the reference list is none."""
    found = [*_calls(text), *_in_brackets(text, keys), *_alone(text, keys)]
    return tuple(_apart(sorted(found, key=lambda reference: (reference.start, -reference.end))))


def _apart(found: list[ForeignReference]) -> Iterator[ForeignReference]:
    """The references that stand in no other one."""
    end = 0
    for reference in found:
        if reference.start >= end:
            yield reference
            end = reference.end


def _calls(text: str) -> Iterator[ForeignReference]:
    """Calls by name, and keys of which only the number is asked, each with the word before it."""
    for found in _CALL.finditer(text):
        target = next(name for name in found.group("bookdown", "bare", "latex", "number") if name)
        opening = found["word"][:1] == "(" if found["word"] else False
        yield ForeignReference(
            start=found.start() + opening,
            end=found.end(),
            targets=tuple(target.split(",")) if found["latex"] else (target,),
            labelled=_is_labelled(found),
        )


def _is_labelled(call: re.Match[str]) -> bool:
    macro = call["macro"] or ""
    return macro not in _HAS_NO_LABEL and bool(call["word"]) != (macro in _HAS_WORD)


def _in_brackets(text: str, keys: Collection[str]) -> Iterator[ForeignReference]:
    """Brackets that name nothing else, with the words in them."""
    for found in _BRACKET.finditer(text):
        parts = [_CITED.match(part) for part in found["inside"].split(";")]
        if not all(part and part["key"] not in keys for part in parts):
            continue
        cited = [part for part in parts if part]
        yield ForeignReference(
            start=found.start(),
            end=found.end(),
            targets=tuple(part["key"] for part in cited),
            labelled=not any(part["before"].strip() for part in cited[1:])
            and not any(part["after"].strip() for part in cited[:-1]),
            before=cited[0]["before"].lstrip(),
            after=cited[-1]["after"].rstrip(),
        )


def _alone(text: str, keys: Collection[str]) -> Iterator[ForeignReference]:
    """Keys without brackets, and those in brackets that name sources as well."""
    insides = [(found.start(), found.end()) for found in _BRACKET.finditer(text)]
    for found in _KEY_ALONE.finditer(text):
        if found["key"] not in keys:
            is_inside = any(start < found.start() < end for start, end in insides)
            yield ForeignReference(
                start=found.start(), end=found.end(), targets=(found["key"],), labelled=not is_inside
            )
