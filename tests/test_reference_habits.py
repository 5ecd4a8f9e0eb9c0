"""What programs and people put into reference lists, printed as APA has it: the lists in tests/references/habits."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from golden import build, markdown

from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.stages.parse.references import parse_references

HABITS = Path(__file__).parent / "references" / "habits"
EXPECTED: dict[str, str] = yaml.safe_load((HABITS / "expected.yaml").read_text("utf-8"))
LISTS = ("list.bib", "list.ris", "list.json")


def read(name: str) -> tuple[Reference, ...]:
    parsed = parse_references(SourceFile(name, (HABITS / name).read_bytes(), ""))
    assert parsed.value is not None, parsed.problems
    return parsed.value


@pytest.mark.parametrize("name", LISTS)
def test_a_list_prints_as_apa_has_it(name: str) -> None:
    works = read(name)
    cited = "; ".join(f"@{work.key}" for work in works)
    printed = build([markdown(f"[{cited}]")], works).entries(0)
    assert printed == {work.key: EXPECTED[work.key] for work in works}


def test_each_expected_entry_is_of_a_work() -> None:
    assert {str(work.key) for name in LISTS for work in read(name)} == EXPECTED.keys()
