"""The pages in docs/ that are made from the code say what the code says, and what pages link to is there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from command import ROOT

from dossierbuild.core.catalogue import CATALOGUE, Language

DOCS = ROOT / "docs"


@pytest.mark.parametrize("language", Language)
def test_the_page_of_problems_is_up_to_date(language: Language) -> None:
    """Written anew by `python docs/generate.py`."""
    made = runpy.run_path(str(DOCS / "generate.py"))["page"](language)
    assert (DOCS / f"problems.{language.value}.md").read_text("utf-8") == made


def test_the_page_of_formulas_is_up_to_date() -> None:
    """Written anew by `python docs/generate.py`."""
    made = runpy.run_path(str(DOCS / "generate.py"))["formulas_page"]()
    assert (DOCS / "formules.md").read_text("utf-8") == made


@pytest.mark.parametrize("language", Language)
def test_every_problem_has_one_row_with_four_cells(language: Language) -> None:
    lines = (DOCS / f"problems.{language.value}.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| D")]
    assert [row.split("|")[1].strip() for row in rows] == sorted(CATALOGUE)
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
        assert "{{" not in row


def test_every_page_of_problems_exists_in_both_languages() -> None:
    pages = {path.name for path in Path(DOCS).glob("problems.*.md")}
    assert pages == {f"problems.{language.value}.md" for language in Language}


@pytest.mark.parametrize("page", sorted({*ROOT.glob("*.md"), *DOCS.glob("*.md")}), ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)\)", text)
    assert [target for target in targets if not (page.parent / target).exists()] == []
