"""A built PDF in Poppler, which shares no code with what builds, checks or reads it back here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from command import MINIMAL

pytestmark = [pytest.mark.conformance, pytest.mark.needs("pdfinfo")]


def told_by_poppler(edition: Path, *options: str) -> str:
    command = ["pdfinfo", *options, str(edition / "buurtfeesten-dossier.pdf")]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def headings_in_the_sources() -> list[str]:
    texts = (path.read_text("utf-8") for path in sorted(MINIMAL.glob("chapters/*.md")))
    return [heading for text in texts for heading in re.findall(r"^#+ (.*?)(?: \{#.*\})?$", text, re.MULTILINE)]


def test_another_reader_finds_title_authors_and_tags(edition: Path) -> None:
    told = dict(re.findall(r"^([\w ]+): +(.*)$", told_by_poppler(edition), re.MULTILINE))
    assert told["Title"] == "Wat werkt bij buurtfeesten?"
    assert told["Author"] == "Anna de Vries, Bas Bakker"
    assert (told["Tagged"], told["JavaScript"], told["Encrypted"]) == ("yes", "no", "no")


def test_another_reader_finds_each_heading_of_the_sources_in_the_structure(edition: Path) -> None:
    structure = told_by_poppler(edition, "-struct-text")
    blocks = re.findall(r"^( *)H[1-6] \(block\)\n((?:\1 +.*\n)+)", structure, re.MULTILINE)
    texts = ("".join(re.findall(r'"(.*?)"$', lines, re.MULTILINE)) for _, lines in blocks)
    headings = [re.sub(r"^[\d.]+", "", text).strip() for text in texts]
    sources = headings_in_the_sources()
    assert len(sources) >= 6
    assert [heading for heading in headings if heading in sources] == sources
