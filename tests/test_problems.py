"""Every problem that is made has the words that its texts ask for: read from all calls in the program's source."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from dossierbuild.core.catalogue import CATALOGUE, Language
from dossierbuild.core.problems import Place, Problem, as_text, problem
from dossierbuild.core.reasons import of_system

PACKAGE = Path(__file__).parent.parent / "src" / "dossierbuild"
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}

# What `problem` takes beside words.
PARAMETERS = {"code", "place", "subject", "related"}
# What English tells and Dutch leaves out: the words of a library, which has them in English only.
ENGLISH_ONLY = {"D101": {"reason"}, "D308": {"reason"}, "D944": {"reason"}}


def codes_in(code: ast.expr, tree: ast.Module) -> list[str]:
    """The codes that the first argument of a call can be: a code, or a row of a table in the same module."""
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        return [code.value]
    assert isinstance(code, ast.Subscript), f"a code or a row of a table, not {ast.unparse(code)}"
    (table,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == ast.unparse(code.value)
    ]
    assert isinstance(table, ast.Call)
    assert isinstance(table.args[0], ast.Dict)
    return [ast.literal_eval(value) for value in table.args[0].values]


def wrong_words(tree: ast.Module) -> Iterator[str]:
    """A line for each call of `problem` with other words than those of the entry of its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "problem":
            given = {keyword.arg for keyword in node.keywords} - PARAMETERS
            for code in codes_in(node.args[0], tree):
                if given != CATALOGUE[code].words:
                    yield f"{node.lineno}: {code} has {sorted(CATALOGUE[code].words)}, not {sorted(map(str, given))}"


@pytest.mark.parametrize("module", sorted(TREES))
def test_each_call_has_the_words_of_its_code(module: str) -> None:
    assert list(wrong_words(TREES[module])) == []


@pytest.mark.parametrize(
    "call",
    [
        "problem('D119', place, what=size, limit=limit)",
        "problem('D119', place, size=size)",
        "problem('D119', place, size=size, limit=limit, path=path)",
        "problem('D119', place, **words)",
        "T = MappingProxyType({1: 'D106', 2: 'D119'})\nproblem(T[kind], place)",
    ],
)
def test_wrong_words_are_seen(call: str) -> None:
    assert list(wrong_words(ast.parse(call)))


@pytest.mark.parametrize("module", sorted(set(TREES) - {"core/problems.py"}))
def test_problems_are_made_by_problem_only(module: str) -> None:
    """Else nobody would look at their words, nor at those of a call by another name."""
    nodes = list(ast.walk(TREES[module]))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    assert not [call.lineno for call in calls if ast.unparse(call).rpartition(".")[2] == "Problem"]
    imported = {name.name: name.asname for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    assert imported.get("problem") is None
    if "problem" in imported:
        assert [node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "problem"
                if not any(node is call for call in calls)] == []  # fmt: skip


# Reasons that are said in the language of the message, and what stands in a source.
IN_BOTH = re.compile(r"of_system\(|\breason\b|name_of\(|\blines?\b|error\.detail")


def bare_reasons(tree: ast.Module) -> Iterator[str]:
    """A line for each reason that only English has, and that stands in a Dutch message as if it were Dutch."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "problem":
            reason = next((ast.unparse(word.value) for word in node.keywords if word.arg == "reason"), "")
            for code in codes_in(node.args[0], tree) if reason and not IN_BOTH.search(reason) else ():
                bare = CATALOGUE[code].message[Language.NL].replace("'{reason}'", "")
                if "{reason}" in bare:
                    yield f"{node.lineno}: {code} says {reason}"


@pytest.mark.parametrize("module", sorted(TREES))
def test_the_words_of_others_are_quoted_in_a_dutch_message(module: str) -> None:
    assert list(bare_reasons(TREES[module])) == []


def test_a_reason_in_english_only_is_seen() -> None:
    assert list(bare_reasons(ast.parse("problem('D149', place, path=path, reason=error.strerror)")))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EISDIR, errno.EROFS])
def test_what_the_system_refuses_is_told_in_the_language_of_the_message(number: int) -> None:
    english = os.strerror(number)
    told = problem("D149", Place("x"), path="x", reason=of_system(OSError(number, english)))
    assert english in told.message(Language.EN)
    assert english not in told.message(Language.NL)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_both_languages_tell_the_same_words(code: str) -> None:
    entry = CATALOGUE[code]
    told = {
        language: {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        for language in Language
        for texts in [(entry.message[language], entry.hint[language])]
    }
    assert told[Language.NL] | ENGLISH_ONLY.get(code, set()) == told[Language.EN]


def test_a_wrong_word_is_a_warning_and_the_message_is_told_all_the_same() -> None:
    with pytest.warns(UserWarning, match="D119"):
        lacking = problem("D119", Place("big.bib"), what="51 MB", limit="50 MB")
    assert as_text(lacking, Language.NL, "").startswith("big.bib: fout D119: ")
    assert "50 MB" in lacking.message(Language.EN) + lacking.hint(Language.EN)
    assert isinstance(lacking, Problem)
