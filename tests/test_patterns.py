"""Every regular expression is linear: whatever an editor pastes, no pattern takes more than moments over it.

The patterns are found in the program's own tree: those that modules keep, and those that functions write where they
need them. Each runs, in the ways in which the program calls it, over long texts of single signs and over texts made
from the pattern itself: what leads up to a repetition, the repetition drawn out, and an end that does not fit. The
bound is on processor time, which the load of the machine does not change; what is not linear exceeds it many times.
"""

from __future__ import annotations

import ast
import builtins
import dataclasses
import importlib
import re
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest

import dossierbuild

SOURCE = Path(dossierbuild.__file__).parent
LENGTH = 100_000
SECONDS = 3.0
WAYS = ("match", "fullmatch", "search", "sub", "subn", "finditer", "findall", "split")
SIGNS = (
    *" \t\n[](`aA1é{<-.*", "\"", "'", "\\", ":::", "a ", "- ", "\n ", "[a", "(a", "1.",
)  # fmt: skip
ENDS = ("", "\x00", "\nx")


@dataclass(frozen=True, slots=True)
class Use:
    """A pattern with the way in which it is called; `where` is for the reader of a failure."""

    where: str
    pattern: str | bytes
    flags: int
    way: str


def modules() -> Iterator[tuple[Path, ModuleType]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(("dossierbuild", *path.relative_to(SOURCE).with_suffix("").parts))
        if path.stem not in ("__main__", "__init__"):
            yield path, importlib.import_module(name)


class Word(str):
    """A word of an editor's, whatever is asked of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Word:
        return self


class Words(defaultdict[str, Any]):
    """The names of a module; a name of a function's own stands for a word that an editor has written."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__(lambda: Word("woord"), {**vars(builtins), **vars(module)})


def uses() -> Iterator[Use]:
    """Each call of a pattern: by a name of the module, through `re`, or by a method that looks for one in lines."""
    for path, module in modules():
        names, file = Words(module), path.relative_to(SOURCE).as_posix()
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                for pattern, flags in called(call, call.func, names):
                    way = call.func.attr if call.func.attr in WAYS else "finditer"
                    yield Use(f"{file}:{call.lineno}", pattern, flags, way)


def handed_on() -> Iterator[Use]:
    """The patterns that modules keep and call by another name, as rows of a table do; any of the ways may be theirs."""
    called = {(use.pattern, use.flags) for use in uses()}
    for path, module in modules():
        for name, kept in vars(module).items():
            if isinstance(kept, re.Pattern) and (kept.pattern, kept.flags) not in called:
                yield Use(f"{path.relative_to(SOURCE).as_posix()} {name}", kept.pattern, kept.flags, "finditer")


def called(call: ast.Call, method: ast.Attribute, names: Words) -> Iterator[tuple[str | bytes, int]]:
    """The pattern of a call and its flags, where it is a call of one."""
    of = method.value
    if method.attr == "nth":
        yield value(call.args[0], names), int(re.MULTILINE)
    elif method.attr in WAYS and ast.unparse(of) == "re":
        yield value(call.args[0], names), flags_of(call, names)
    elif method.attr in WAYS and isinstance(of, ast.Call) and ast.unparse(of.func) == "re.compile":
        yield value(of.args[0], names), flags_of(of, names)
    elif method.attr in WAYS and isinstance(of, ast.Name) and isinstance(names[of.id], re.Pattern):
        yield names[of.id].pattern, names[of.id].flags


def value(expression: ast.expr, names: Words) -> Any:
    """What an expression is; in a pattern that a function puts together, what it calls gives a word."""
    calls = [part for part in ast.walk(expression) if isinstance(part, ast.FormattedValue)]
    for part in calls:
        if isinstance(part.value, ast.Call):
            part.value = ast.Name("a word", ast.Load())
    return eval(compile(ast.fix_missing_locations(ast.Expression(expression)), "<pattern>", "eval"), {}, names)


def flags_of(call: ast.Call, names: Words) -> int:
    written = [*call.args[1:], *(word.value for word in call.keywords)]
    flags = [word for word in written if isinstance(word, ast.Attribute | ast.BinOp)]
    return sum(int(value(word, names)) for word in flags if ast.unparse(word).startswith("re."))


# --- the law -------------------------------------------------------------------------------------------------------


class LateError(Exception):
    """A pattern has used up its processor time."""


@pytest.fixture
def processor_time() -> Iterator[None]:
    """A test is stopped by a signal when it has used its processor time, also in the midst of a pattern."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise LateError

    before = signal.signal(signal.SIGPROF, stop)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def distinct() -> dict[str, Use]:
    """The uses of patterns that differ, by where the first of each is."""
    found: dict[tuple[Any, ...], Use] = {}
    for use in (*uses(), *handed_on()):
        way = use.way if use.way in ("match", "fullmatch", "search") else "finditer"
        found.setdefault((use.pattern, use.flags, way), dataclasses.replace(use, way=way))
    return {f"{number} {use.where}": use for number, use in enumerate(found.values())}


@pytest.mark.thorough
@pytest.mark.built
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("use", distinct().values(), ids=distinct())
def test_a_pattern_is_linear(use: Use, processor_time: None) -> None:
    pattern = re.compile(use.pattern, use.flags)
    texts = [sign * (LENGTH // len(sign)) for sign in SIGNS]
    texts += [text + end for text in drawn_out(use.pattern, use.flags) for end in ENDS]
    for text in dict.fromkeys(texts):
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            run(pattern, use.way, text)
        except LateError:
            pytest.fail(f"{use.where}: {use.pattern!r} goes on and on over {text[:40]!r}…{text[-3:]!r}")


def run(pattern: re.Pattern[Any], way: str, text: str) -> None:
    read = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    if way == "finditer":
        for _ in pattern.finditer(read):
            pass
    else:
        getattr(pattern, way)(read)


SLOW = r"ab(?:c|d)*abe|(?:ab)*x"


@pytest.mark.parametrize(("pattern", "texts"), [(r"\s*x", [" " * LENGTH]), (SLOW, None)])
def test_a_pattern_that_is_not_linear_is_seen(pattern: str, texts: list[str] | None, processor_time: None) -> None:
    """What takes the square of its text's length is stopped, also over a text that is made from the pattern."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    with pytest.raises(LateError):
        run_over(pattern, texts or list(drawn_out(pattern, 0)))


def run_over(pattern: str, texts: list[str]) -> None:
    for text in texts:
        run(re.compile(pattern), "finditer", text)


# --- texts made from a pattern -------------------------------------------------------------------------------------

REPEATS = frozenset({kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT})
CANDIDATES = "a 1\nA-.,:(\"'[{é_x\t"


def drawn_out(pattern: str | bytes, flags: int) -> Iterator[str]:
    """For each repetition of a pattern the text that leads up to it and that goes on and on."""
    tree = parser.parse(pattern, flags)
    for rounds in (0, 1):
        for before, unit in repetitions(tree, rounds):
            yield before + unit * (LENGTH // len(unit))
            yield (before + unit * 3) * (LENGTH // len(before + unit * 3))


def repetitions(tree: Any, rounds: int) -> Iterator[tuple[str, str]]:
    """What leads up to each repetition, others having gone so many rounds at least, and what a round of it may be."""
    before = ""
    for kind, given in tree:
        for inner in parts(kind, given):
            for led, unit in repetitions(inner, rounds):
                yield before + led, unit
        if kind in REPEATS and given[1] > LENGTH // 1000:
            yield from ((before, unit) for unit in units(given[2]))
        before += example(kind, given, rounds)


def parts(kind: Any, given: Any) -> list[Any]:
    """The patterns within a part of a pattern."""
    if kind in REPEATS:
        return [given[2]]
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [given[1]]
    if kind is kinds.BRANCH:
        return list(given[1])
    if kind is kinds.SUBPATTERN:
        return [given[3]]
    return [given] if kind is kinds.ATOMIC_GROUP else []


def units(tree: Any) -> set[str]:
    """What one round of a repetition may be."""
    if len(tree) == 1 and tree[0][0] in (kinds.IN, kinds.ANY, kinds.NOT_LITERAL):
        fitting = [sign for sign in CANDIDATES if fits(tree[0][0], tree[0][1], sign)]
        return set(fitting[:3]) or {written(tree)}
    return {written(tree)} - {""}


def written(tree: Any, rounds: int = 0) -> str:
    return "".join(example(kind, given, rounds) for kind, given in tree)


def example(kind: Any, given: Any, rounds: int = 0) -> str:
    """A short text that fits a part of a pattern."""
    if kind is kinds.LITERAL:
        return chr(int(given))
    if kind in (kinds.IN, kinds.ANY, kinds.NOT_LITERAL):
        literal = [chr(item) for of, item in given if of is kinds.LITERAL] if kind is kinds.IN else []
        fitting = [sign for sign in (*CANDIDATES, *literal) if fits(kind, given, sign)]
        return fitting[0] if fitting else "a"
    if kind in REPEATS:
        return written(given[2], rounds) * int(min(max(given[0], rounds), given[1]))
    if kind is kinds.ASSERT:
        return written(given[1], rounds) if given[0] < 0 else ""
    inner = parts(kind, given)
    return written(inner[0], rounds) if inner and kind is not kinds.ASSERT_NOT else ""


def fits(kind: Any, given: Any, sign: str) -> bool:
    if kind is kinds.ANY:
        return sign != "\n"
    if kind is kinds.NOT_LITERAL:
        return sign != chr(given)
    negated = any(of is kinds.NEGATE for of, _ in given)
    return any(holds(of, item, sign) for of, item in given if of is not kinds.NEGATE) != negated


def holds(kind: Any, item: Any, sign: str) -> bool:
    if kind is kinds.LITERAL:
        return sign == chr(item)
    if kind is kinds.RANGE:
        return bool(item[0] <= ord(sign) <= item[1])
    letter = {"CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s",
              "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W"}[str(item)]  # fmt: skip
    return bool(re.match(letter, sign))
