"""A formula in words, as a person would read it aloud: "x streep is 1 gedeeld door n, maal …".

The words are those of styles/terms.yaml whose keys begin with `formula_`. What has no word is read as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.formulas.reading import FormulaError, read_formula
from dossierbuild.core.formulas.signs import Face, Role
from dossierbuild.core.formulas.tree import (
    Accent,
    Fenced,
    Fraction,
    Grid,
    Hidden,
    Limits,
    Part,
    Root,
    Row,
    Scripts,
    Sign,
    Space,
    Styled,
)

_LARGE_ROLES = (Role.LARGE, Role.INTEGRAL)


def spoken_formula(tex: str, terms: Mapping[str, str]) -> str:
    """The formula in words; one that cannot be read as it was typed."""
    speaker = _Speaker(terms, listed_words(terms["formula_signs"]), listed_words(terms["formula_marks"]))
    try:
        return " ".join(speaker.words(read_formula(tex)).replace(" ,", ",").split())
    except FormulaError:
        return " ".join(tex.split())


def listed_words(words: str) -> dict[str, str]:
    """The words of signs that stand in a list, a line for each: the sign, a space, its words.

    A brace is doubled there, as in all terms.
    """
    lines = words.replace("{{", "{").replace("}}", "}").splitlines()
    pairs = (line.strip().split(None, 1) for line in lines if line.strip())
    return {pair[0]: pair[-1] for pair in pairs}


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Reads parts aloud with the words of `terms`; `signs` and `marks` are those of single signs."""

    terms: Mapping[str, str]
    signs: Mapping[str, str]
    marks: Mapping[str, str]

    def words(self, part: Part | None) -> str:
        return "" if part is None else _READERS[type(part)](self, part).strip()

    def say(self, key: str, **words: str) -> str:
        return self.terms[f"formula_{key}"].format(**words)

    def sign(self, sign: Sign) -> str:
        if sign.role in (Role.NUMBER, Role.WORDS):
            return sign.text
        if sign.role in (Role.OPENING, Role.CLOSING, Role.FENCE) and sign.text not in self.signs:
            return sign.text
        words = self.signs.get(sign.text)
        if words is None:
            words = " ".join(self.letter(letter) for letter in sign.text) if _spelled(sign) else sign.text
        return (
            self.say("bold", letter=words) if sign.face in (Face.BOLD, Face.BOLD_ITALIC) and _spelled(sign) else words
        )

    def letter(self, letter: str) -> str:
        small = letter.lower()
        name = self.signs.get(small, letter)
        return self.say("capital", letter=name) if letter != small else name

    def row(self, row: Row) -> str:
        return " ".join(filter(None, (self.words(part) for part in row.parts)))

    def fraction(self, fraction: Fraction) -> str:
        above, below = self.words(fraction.above), self.words(fraction.below)
        if not fraction.line:
            return self.say("binomial", above=above, below=below)
        simple = _is_simple(fraction.above) and _is_simple(fraction.below)
        return self.say("over" if simple else "fraction", above=above, below=below)

    def scripts(self, scripts: Scripts) -> str:
        base, low, high = self.words(scripts.base), self.words(scripts.low), self.words(scripts.high)
        if isinstance(scripts.base, Sign) and scripts.base.role in (*_LARGE_ROLES, Role.LIMIT):
            return self.bounded(base, low, high)
        if scripts.limits is Limits.STACKED:
            return ", ".join(filter(None, (base, *(self.say("with", words=words) for words in (low, high) if words))))
        if low:
            base = self.say("index" if _is_simple(scripts.low) else "index_long", base=base, index=low)
        return self.raised(base, scripts.high, high) if high else base

    def bounded(self, base: str, low: str, high: str) -> str:
        """A sum, an integral, a limit with its bounds."""
        if low and high:
            return self.say("from_to", base=base, low=low, high=high)
        return self.say("under", base=base, low=low) if low else f"{base} {self.say('to', high=high)}" if high else base

    def raised(self, base: str, script: Part | None, words: str) -> str:
        if isinstance(script, Sign):
            if script.text in ("2", "3"):
                return self.say("squared" if script.text == "2" else "cubed", base=base)
            if script.text.strip("′") == "":
                return " ".join([base, *[self.signs["′"]] * len(script.text)])
            if script.text in ("⊤", "∗", "†", "∘"):
                return f"{base} {self.say('transposed') if script.text == '⊤' else words}"
        return self.say("power" if _is_simple(script) else "power_long", base=base, power=words)

    def root(self, root: Root) -> str:
        inside = self.words(root.inside)
        if root.degree is not None:
            return self.say("root_of_degree", degree=self.words(root.degree), inside=inside)
        return self.say("root" if _is_simple(root.inside) else "root_long", inside=inside)

    def accent(self, accent: Accent) -> str:
        mark = self.marks.get(f"{accent.mark}{'_' * accent.is_below}", self.marks.get(accent.mark, ""))
        return f"{self.words(accent.inside)} {mark}"

    def fenced(self, fenced: Fenced) -> str:
        inside = self.words(fenced.inside)
        only = fenced.inside.parts[0] if len(fenced.inside.parts) == 1 else None
        if isinstance(only, Grid):
            return self.grid(only)
        if isinstance(only, Fraction) and not only.line:
            return inside
        if fenced.opening == "|" == fenced.closing:
            return self.say("absolute", inside=inside)
        return " ".join((self.signs.get(fenced.opening, ""), inside, self.signs.get(fenced.closing, "")))

    def grid(self, grid: Grid) -> str:
        rows = [tuple(self.words(cell) for cell in row) for row in grid.rows]
        if len(grid.columns) == 1 or grid.columns.startswith("r"):
            return "; ".join(" ".join(filter(None, row)) for row in rows)
        lines = "; ".join(self.say("row", number=str(count), cells=", ".join(row)) for count, row in enumerate(rows, 1))
        if grid.kind in ("cases", "dcases", "rcases"):
            return self.say("cases", cases="; ".join(", ".join(filter(None, row)) for row in rows))
        return self.say("matrix", rows=str(len(rows)), columns=str(len(grid.columns)), cells=lines)


def _spelled(sign: Sign) -> bool:
    return sign.role is Role.LETTER


def _is_simple(part: Part | None) -> bool:
    """Whether a part is heard as one thing, so that nobody needs to be told where it ends."""
    if isinstance(part, Row):
        return len(part.parts) == 1 and _is_simple(part.parts[0])
    if isinstance(part, Accent | Styled):
        return _is_simple(part.inside)
    if isinstance(part, Scripts):
        return _is_simple(part.base) and part.high is None and _is_simple(part.low)
    return isinstance(part, Sign) or part is None


_READERS: Mapping[type, Callable[[_Speaker, Any], str]] = MappingProxyType({
    Sign: _Speaker.sign, Row: _Speaker.row, Fraction: _Speaker.fraction, Scripts: _Speaker.scripts,
    Root: _Speaker.root, Accent: _Speaker.accent, Fenced: _Speaker.fenced, Grid: _Speaker.grid,
    Space: lambda speaker, space: "", Hidden: lambda speaker, hidden: "",
    Styled: lambda speaker, styled: speaker.words(styled.inside),
})  # fmt: skip
