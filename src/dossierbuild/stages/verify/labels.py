"""Whether a work is called the same in all files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierbuild.core.model import Label, Verified
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.slug import anchor
from dossierbuild.stages.verify.findings import REFERENCE


def verify_together(files: Iterable[Verified], labels: Iterable[Label]) -> tuple[Problem, ...]:
    """D603 for each citation that calls a work by something else than its label.

    Only files that keep the targets of their links take part.
    """
    known = {f"{REFERENCE}{anchor(label.key)}": label for label in labels if _is_label(label)}
    problems: list[Problem] = []
    for file in files:
        for target, text in file.called:
            label = known.get(target)
            if label and not _is_called(text, label):
                shown = label.parenthetical.strip("()")
                problems.append(
                    problem("D603", Place(file.path), file=file.path, key=label.key, label=text, other=shown)
                )
    return tuple(problems)


def _is_called(text: str, label: Label) -> bool:
    """Whether the text of a citation is the label, or the end of it ("2022" without the author), with or
    without a place in the work behind it. Organisations are compared by their short names."""
    for full, short in label.short_names:
        text = re.sub(rf"{re.escape(full)}(?: \[{re.escape(short)}\]| \({re.escape(short)}\))?", short, text)
    words = _words(text)
    if words[:1] in (["ibid"], ["ibidem"], ["idem"]):
        return True
    called = label.short or label
    names = [_words(called.parenthetical), _words(called.narrative)]
    if words[:1] and words[0].isdecimal() and not re.search(r"\d", label.parenthetical):
        return True  # a label without digits: only the place in the work was printed
    return any(words[: len(name) - start] == name[start:] for name in names for start in range(len(name)))


def _is_label(label: Label) -> bool:
    """Whether works have labels at all: "(Koeter, 2022)", "[3]", "3". A style with notes prints whole
    references, in full at first and then in short."""
    return bool(re.match(r"[(\[]|\d+\Z", label.parenthetical))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", text.casefold())
