"""A formula as it was typed, read into its parts.

The notation is that of LaTeX and amsmath, without definitions of commands: each command is one of `signs.COMMANDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from dossierbuild.core.formulas.signs import (
    ACCENTS,
    ALIGNED,
    ARROWS,
    BINOMIALS,
    CHARACTERS,
    CHOICES,
    COMMANDS,
    DELIMITERS,
    DISPLAYED,
    ENVIRONMENTS,
    FACES,
    FRACTIONS,
    NEGATED,
    SIZES,
    SPACES,
    STACKS,
    STYLES,
    SYMBOLS,
    TEXTS,
    UNDERS,
    WIDE_ACCENTS,
    Face,
    Role,
)
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

MAX_LENGTH = 3_000
"""Characters of a formula: about a page of it."""
MAX_DEPTH = 24
"""How deep a formula may be nested; what is deeper cannot be read by people either."""


class Fault(Enum):
    """What can be wrong with a formula."""

    COMMAND = "a command that cannot be set"
    ENVIRONMENT = "an environment that cannot be set"
    UNCLOSED = "something that is not closed"
    MISSING = "a command without what should stand behind it"
    STRAY = "a sign that does not belong there"
    LENGTH = "too many characters"
    DEPTH = "nested too deeply"
    EMPTY = "nothing in it"


class FormulaError(Exception):
    """A formula that cannot be read: the fault, the piece of the formula that it is about, and where that begins."""

    def __init__(self, fault: Fault, about: str, offset: int) -> None:
        super().__init__(f"{fault.value}: {about}")
        self.fault = fault
        self.about = about
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula; `offset` is where it begins in the text."""

    text: str
    offset: int


_TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*)|(?P<space>\s+)|(?P<command>\\(?:[A-Za-z]+\*?|.))"
    r"|(?P<number>\d++(?:(?:[.,]|\{[.,]\})\d++)*+)|(?P<sign>.)",
    re.DOTALL,
)
_PLAIN_COMMA = re.compile(r"(?<!\{),")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}\Z")
_NAME = re.compile(r"\{([A-Za-z]+\*?)\}")
_SHORT = 30


def read_formula(tex: str) -> Row:
    """The parts of a formula. Raises FormulaError at the first fault."""
    tokens = tokens_of(tex)
    if not tokens:
        raise FormulaError(Fault.EMPTY, tex.strip(), 0)
    return _Reader(tex, tokens).whole()


def tokens_of(tex: str) -> tuple[Token, ...]:
    """The pieces of a formula without its spaces and comments. Raises FormulaError when it is too long."""
    if len(tex) > MAX_LENGTH:
        raise FormulaError(Fault.LENGTH, str(MAX_LENGTH), 0)
    return tuple(_tokens(tex))


def _tokens(tex: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(tex):
        if found.lastgroup == "number" and _is_list(found[0]):
            offset = found.start()
            for piece in re.split("(,)", found[0]):
                yield Token(piece, offset)
                offset += len(piece)
        elif found.lastgroup == "command" and found[0].endswith("*") and found[0][1:] not in _STARRED:
            yield Token(found[0][:-1], found.start())
            yield Token("*", found.end() - 1)
        elif found.lastgroup not in ("space", "comment"):
            yield Token(found[0], found.start())


_STARRED = frozenset({"operatorname*"})


def _is_list(number: str) -> bool:
    """Whether digits with commas between them are several numbers: 1,2,3 and not 0,95 or 1,000,000."""
    return len(_PLAIN_COMMA.findall(number)) > 1 and not _THOUSANDS.match(number)


def unknown_commands(tex: str) -> Iterator[Token]:
    """The commands and environments of a formula that cannot be set, each where it stands."""
    tokens = tokens_of(tex)
    for token in tokens:
        if token.text in ("\\begin", "\\end"):
            name = _NAME.match(tex, token.offset + len(token.text))
            if name and name[1] not in ENVIRONMENTS and token.text == "\\begin":
                yield Token(name[1], token.offset)
        elif len(token.text) > 1 and token.text[0] == "\\" and token.text[1:].rstrip("*") not in COMMANDS:
            yield Token(token.text, token.offset)


class _Reader:
    """Reads tokens from left to right; `at` is the next."""

    def __init__(self, tex: str, tokens: Sequence[Token]) -> None:
        self.tex = tex
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    # --- the tokens ------------------------------------------------------------------------------------------------

    @property
    def next(self) -> str:
        """The text of the next token, empty at the end."""
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def fail(self, fault: Fault, about: Token) -> FormulaError:
        return FormulaError(fault, about.text[:_SHORT], about.offset)

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(Fault.DEPTH, str(MAX_DEPTH), token.offset)

    # --- rows ------------------------------------------------------------------------------------------------------

    def whole(self) -> Row:
        row = self.row(frozenset())
        if self.next in ("\\\\", "&"):
            self.at = 0
            return Row((self.grid("gathered" if not any(t.text == "&" for t in self.tokens) else "aligned", None),))
        if self.next:
            raise self.fail(Fault.STRAY, self.tokens[self.at])
        if not row.parts:
            raise FormulaError(Fault.EMPTY, self.tex.strip()[:_SHORT], 0)
        return row

    def row(self, ends: frozenset[str]) -> Row:
        """The parts up to a token of `ends`, or one that can only end something."""
        parts: list[Part] = []
        while self.next and self.next not in ends and self.next not in _ENDS:
            part = self.scripted(parts)
            if part is not None:
                parts.append(part)
        return Row(tuple(parts))

    def scripted(self, before: list[Part]) -> Part | None:
        """The next part with what stands at its foot and head."""
        begin = self.next
        base: Part | None = Sign(Role.PLAIN, "") if begin in _SCRIPT_SIGNS else self.atom()
        limits = _limits(begin, base)
        low = high = None
        primes = ""
        while self.next in (*_SCRIPT_SIGNS, "\\limits", "\\nolimits"):
            token = self.take()
            if token.text in ("\\limits", "\\nolimits"):
                limits = Limits.STACKED if token.text == "\\limits" else Limits.BESIDE
            elif token.text in ("'", "’"):
                primes += "′"
            elif (low if token.text == "_" else high) is not None:
                raise self.fail(Fault.STRAY, token)
            elif token.text == "_":
                low = self.argument(token)
            else:
                high = self.argument(token)
        if primes:
            prime = Sign(Role.PLAIN, primes)
            high = prime if high is None else Row((prime, high))
        if low is None and high is None:
            return base
        return Scripts(base if base is not None else Sign(Role.PLAIN, ""), low, high, limits)

    def argument(self, behind: Token) -> Part:
        """What a command or script takes: the next group, or the next part."""
        if not self.next or self.next in _ENDS or self.next in _SCRIPT_SIGNS:
            raise self.fail(Fault.MISSING, behind)
        part = self.atom()
        return Row(()) if part is None else part

    def group(self, opening: Token) -> Row:
        self.deeper(opening)
        row = self.row(frozenset("}"))
        if self.next != "}":
            raise self.fail(Fault.UNCLOSED, opening)
        self.at += 1
        self.depth -= 1
        return row

    def option(self) -> Row | None:
        """What stands between square brackets behind a command, if anything."""
        if self.next != "[":
            return None
        opening = self.take()
        row = self.row(frozenset("]"))
        if self.next != "]":
            raise self.fail(Fault.UNCLOSED, opening)
        self.at += 1
        return row

    def words(self, behind: Token) -> str:
        """What stands between braces, as it was typed."""
        if self.next != "{":
            if not self.next:
                raise self.fail(Fault.MISSING, behind)
            return self.take().text
        opening = self.take()
        depth, start = 1, opening.offset + 1
        while self.next:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if not depth:
                return _UNESCAPED.sub(r"\1", self.tex[start : token.offset]).replace("~", "\u00a0")
        raise self.fail(Fault.UNCLOSED, opening)

    # --- parts -----------------------------------------------------------------------------------------------------

    def atom(self) -> Part | None:
        """The next part without what stands at its foot and head; None for what is only a look."""
        token = self.take()
        text = token.text
        if text == "{":
            row = self.group(token)
            return row.parts[0] if len(row.parts) == 1 else row
        if text[0] == "\\" and len(text) > 1:
            return self.command(token)
        if text[0].isdigit():
            return Sign(Role.NUMBER, re.sub(r"[{}]", "", text))
        if text == "~":
            return Space(SPACES[" "])
        role, sign = CHARACTERS.get(text, (Role.LETTER if text.isalpha() else Role.PLAIN, text))
        return Sign(role, sign)

    def command(self, token: Token) -> Part | None:
        name = token.text[1:]
        if name in SYMBOLS:
            return Sign(*SYMBOLS[name])
        if name in SPACES:
            return Space(SPACES[name])
        if name in STYLES or (name in SIZES and self.next):
            return None
        reader = _READERS.get(name)
        if reader is None:
            raise self.fail(Fault.COMMAND, token)
        self.deeper(token)
        part = reader(self, token)
        self.depth -= 1
        return part

    def fraction(self, token: Token) -> Part:
        if token.text == "\\cfrac":
            self.option()
        return _styled(token, Fraction(self.argument(token), self.argument(token)))

    def binomial(self, token: Token) -> Part:
        pair = Fraction(self.argument(token), self.argument(token), line=False)
        return _styled(token, Fenced("(", Row((pair,)), ")"))

    def style(self, token: Token) -> Part | None:
        row = self.row(frozenset("]"))
        return _styled(token, row) if row.parts else None

    def root(self, token: Token) -> Part:
        degree = self.option()
        return Root(self.argument(token), degree)

    def accent(self, token: Token) -> Part:
        name = token.text[1:]
        mark = UNDERS.get(name) or ACCENTS[name]
        return Accent(self.argument(token), mark, is_below=name in UNDERS, wide=name in WIDE_ACCENTS)

    def face(self, token: Token) -> Part:
        return _in_face(self.argument(token), FACES[token.text[1:]])

    def text(self, token: Token) -> Part:
        face = {"\\textit": Face.ITALIC, "\\textbf": Face.BOLD}.get(token.text)
        return Sign(Role.WORDS, self.words(token), face)

    def function(self, token: Token) -> Part:
        name = self.words(token).replace("\u00a0", " ")
        return Sign(
            Role.LIMIT if token.text.endswith("*") else Role.FUNCTION, " ".join(re.sub(r"\\.", "", name).split())
        )

    def stack(self, token: Token) -> Part:
        first, base = self.argument(token), self.argument(token)
        low, high = (first, None) if token.text == "\\underset" else (None, first)
        return Scripts(base, low, high, Limits.STACKED)

    def arrow(self, token: Token) -> Part:
        below = self.option()
        return Scripts(Sign(Role.RELATION, ARROWS[token.text[1:]]), below, self.argument(token), Limits.STACKED)

    def negation(self, token: Token) -> Part:
        part = self.argument(token)
        if not isinstance(part, Sign) or part.text not in NEGATED:
            raise self.fail(Fault.MISSING, token)
        return Sign(Role.RELATION, NEGATED[part.text])

    def modulo(self, token: Token) -> Part:
        inside = Row((Sign(Role.FUNCTION, "mod"), self.argument(token)))
        if token.text == "\\mod":
            return inside
        closed = inside if token.text == "\\pmod" else Row(inside.parts[1:])
        return Row((Space(SPACES[";"]), Sign(Role.OPENING, "("), *closed.parts, Sign(Role.CLOSING, ")")))

    def hidden(self, token: Token) -> Part:
        return Hidden(self.argument(token))

    def transparent(self, token: Token) -> Part:
        return self.argument(token)

    def fenced(self, token: Token) -> Part:
        opening = self.delimiter(token)
        parts: list[Part] = []
        while True:
            parts += self.row(frozenset({"\\middle", "\\right"})).parts
            if self.next == "\\middle":
                parts.append(Sign(Role.FENCE, self.delimiter(self.take())))
            elif self.next == "\\right":
                return Fenced(opening, Row(tuple(parts)), self.delimiter(self.take()))
            else:
                raise self.fail(Fault.UNCLOSED, token)

    def delimiter(self, token: Token) -> str:
        if self.next not in DELIMITERS:
            raise self.fail(Fault.MISSING, token)
        return DELIMITERS[self.take().text]

    # --- rows and columns --------------------------------------------------------------------------------------------

    def environment(self, token: Token) -> Part:
        name = self.name_behind(token)
        if name not in ENVIRONMENTS:
            raise FormulaError(Fault.ENVIRONMENT, name, token.offset)
        columns = self.words(token) if name in ("array", "alignedat", "alignat", "alignat*") else ""
        grid = self.grid(name, token, re.sub(r"[^lcr]", "", columns))
        if self.next != "\\end":
            raise FormulaError(Fault.UNCLOSED, name, token.offset)
        closing = self.take()
        if self.name_behind(closing) != name:
            raise FormulaError(Fault.UNCLOSED, name, token.offset)
        opening, end = ENVIRONMENTS[name]
        if name in _OF_ONE_ROW and len(grid.rows) == 1 == len(grid.rows[0]):
            return grid.rows[0][0]
        return Fenced(opening, Row((grid,)), end) if opening or end else grid

    def name_behind(self, token: Token) -> str:
        found = _NAME.match(self.tex, token.offset + len(token.text))
        if not found:
            raise self.fail(Fault.MISSING, token)
        while self.at < len(self.tokens) and self.tokens[self.at].offset < found.end():
            self.at += 1
        return found[1]

    def substack(self, token: Token) -> Part:
        if self.next != "{":
            raise self.fail(Fault.MISSING, token)
        opening = self.take()
        grid = self.grid("substack", opening)
        if self.next != "}":
            raise self.fail(Fault.UNCLOSED, opening)
        self.at += 1
        return grid

    def grid(self, kind: str, token: Token | None, columns: str = "") -> Grid:
        rows: list[tuple[Part, ...]] = []
        cells: list[Part] = [self.row(frozenset())]
        while self.next in ("&", "\\\\"):
            if self.take().text == "&":
                cells.append(self.row(frozenset()))
            else:
                self.skip_height()
                rows.append(tuple(cells))
                cells = [self.row(frozenset())]
        if token is None and self.next:
            raise self.fail(Fault.STRAY, self.tokens[self.at])
        if len(cells) > 1 or cells[0] != Row(()):
            rows.append(tuple(cells))
        if not rows:
            raise FormulaError(Fault.EMPTY, kind, 0 if token is None else token.offset)
        width = max(len(row) for row in rows)
        return Grid(tuple(rows), _alignment(kind, columns, width), kind)

    def skip_height(self) -> None:
        """Pass over the height that a new row may ask for: `\\\\[1ex]`."""
        height = re.compile(r"\s*\[\s*-?[\d.]+\s*(?:ex|em|pt|mm|cm)\s*\]").match(
            self.tex, self.tokens[self.at - 1].offset + 2
        )
        while height and self.at < len(self.tokens) and self.tokens[self.at].offset < height.end():
            self.at += 1


_UNESCAPED = re.compile(r"\\([%$&#_{} ])")
_SCRIPT_SIGNS = frozenset({"^", "_", "'", "’"})
_ENDS = frozenset({"}", "&", "\\\\", "\\end", "\\right", "\\middle"})
_OF_ONE_ROW = frozenset({"equation", "equation*", "displaymath", "gather", "gather*", "gathered"})

_READERS = MappingProxyType({
    **dict.fromkeys(FRACTIONS, _Reader.fraction),
    **dict.fromkeys(BINOMIALS, _Reader.binomial),
    **dict.fromkeys((*ACCENTS, *UNDERS), _Reader.accent),
    **dict.fromkeys(FACES, _Reader.face),
    **dict.fromkeys(TEXTS, _Reader.text),
    **dict.fromkeys(STACKS, _Reader.stack),
    **dict.fromkeys(ARROWS, _Reader.arrow),
    **dict.fromkeys(("pmod", "mod", "pod"), _Reader.modulo),
    **dict.fromkeys(("mathop", "mathbin", "mathrel"), _Reader.transparent),
    **dict.fromkeys(("displaystyle", "textstyle"), _Reader.style),
    "sqrt": _Reader.root, "operatorname": _Reader.function, "operatorname*": _Reader.function, "not": _Reader.negation,
    "phantom": _Reader.hidden, "left": _Reader.fenced, "begin": _Reader.environment, "substack": _Reader.substack,
})  # fmt: skip


def _limits(begin: str, base: Part | None) -> Limits:
    """Where what is at the foot and head of a part stands that begins with a token: a sum in braces is a letter like
    any other."""
    if isinstance(base, Accent) and base.mark in ("⏞", "⏟"):
        return Limits.STACKED
    is_large = isinstance(base, Sign) and base.role in (Role.LARGE, Role.LIMIT)
    return Limits.MOVABLE if begin == "\\mathop" or (is_large and begin != "{") else Limits.BESIDE


def _styled(token: Token, part: Part) -> Part:
    """A part with the look that its command asks for, if it does."""
    displayed = DISPLAYED.get(token.text[1:])
    return part if displayed is None else Styled(part, displayed)


def _alignment(kind: str, columns: str, width: int) -> str:
    usual = "rl" if kind in ALIGNED else "l" if kind in CHOICES else "c"
    return (columns or usual * width)[:width].ljust(width, usual[0])


def _in_face(part: Part, face: Face) -> Part:
    """A part with its letters and digits in a face; letters of one word are one name."""
    if isinstance(part, Sign):
        return replace(part, face=face) if part.role in (Role.LETTER, Role.NUMBER, Role.PLAIN) else part
    if isinstance(part, Row):
        parts = tuple(_in_face(inner, face) for inner in part.parts)
        letters = [inner for inner in parts if isinstance(inner, Sign) and inner.role is Role.LETTER]
        if len(letters) == len(parts) > 1:
            return Sign(Role.LETTER, "".join(letter.text for letter in letters), face)
        return Row(parts)
    if isinstance(part, Scripts):
        return replace(part, base=_in_face(part.base, face))
    return replace(part, inside=_in_face(part.inside, face)) if isinstance(part, Accent | Styled) else part
