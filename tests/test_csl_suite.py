"""The runner for the CSL test suite, on fixtures of our own in the form of the suite."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, environment

FIXTURE = """>>== MODE ==>>
{mode}
<<== MODE ==<<
>>== RESULT ==>>
{result}
<<== RESULT ==<<
>>== CSL ==>>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="(" suffix=")" delimiter="; "><text variable="title" font-style="italic"/></layout>
  </citation>
  <bibliography><layout suffix="."><text variable="title"/></layout></bibliography>
</style>
<<== CSL ==<<
>>== INPUT ==>>
{works}
<<== INPUT ==<<
"""
WORKS = json.dumps([{"id": f"http://example.org/{name}", "type": "book", "title": name} for name in ("Buurt", "Wijk")])
CITATIONS = "(<i>Buurt</i>; <i>Wijk</i>)"
LISTED = '<div class="csl-bib-body"><div class="csl-entry">Buurt.</div><div class="csl-entry">Wijk.</div></div>'


@pytest.mark.parametrize(
    ("citation", "listed", "said"),
    [
        (CITATIONS, "", []),
        ("(Buurt; Wijk)", "markup: [citation_Own]", []),
        ("(Buurt; Wijk)", "", ["citation_Own: markup, where the list has: passes"]),
        ("(<i>Wijk</i>; <i>Buurt</i>)", "", ["citation_Own: other, where the list has: passes"]),
        (CITATIONS, "other: [bibliography_Own]", ["bibliography_Own: passes, where the list has: other"]),
    ],
)
def test_what_does_otherwise_than_the_list_says_is_told(
    tmp_path: Path, citation: str, listed: str, said: list[str]
) -> None:
    suite, ratchet = tmp_path / "humans", tmp_path / "list.yaml"
    suite.mkdir()
    for name, mode, result in (("citation", "citation", citation), ("bibliography", "bibliography", LISTED)):
        text = FIXTURE.format(mode=mode, result=result, works=WORKS)
        (suite / f"{name}_Own.txt").write_text(text, encoding="utf-8")
    ratchet.write_text(listed, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "csl_suite.py", suite, "--list", ratchet],
        env=environment(), capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert [line for line in done.stdout.splitlines() if "_Own" in line] == said, done.stderr
    assert done.returncode == bool(said)
