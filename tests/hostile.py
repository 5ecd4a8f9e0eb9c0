"""Hostile values: texts that no editor means to write, and some that one does; and dossiers that hold them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

from command import MINIMAL, use_two_fonts
from inline import Inline

from dossierbuild.core.model import BuildOptions
from dossierbuild.core.problems import ExitCode
from dossierbuild.pipeline import check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Scheduler
from dossierbuild.tools.store import Store

WORDS = (
    "", " ", "\t", "\n", "a\nb", "a\n\nb", "\u00a0", "\u200b", "\u202e", "\u2066", "\u0301", "\ufeff", "\x0b",
    "\x7f", "\x85", "\u2028", "{}", "{0}", "{name}", "{{ 7 * 7 }}", "{% raw %}", "%s", "%", "$x$", "\\", "\\n",
    "<b>x</b>", "</title>", "]]>", "<!--", "&amp;", "&", "'", '"', "`", "``", "```", "*", "**", "_", "[", "]", "[]",
    "[x](y)", "[x](#y)", "![](x)", "[^1]", "^[", "^[x]", "@berg2019", "[@berg2019]", "[@nergens]",
    "[-@berg2019, p. 3]", "#", "# x", "## ", "- x", "1. x", "> x", "| a |", ":::", "::: {.x}", "::: {.practice}",
    "---", "...", "http://[", "https://a.nl:x/", "https://a.nl/ b", "javascript:alert(1)", "mailto:", "10.1/x",
    "doi:10.", "ISBN 0", "../x", "/etc/passwd", "C:\\x", "CON", ".", "..", "*.md", "**", "chapters/*.md", "[a-",
    "x.csl", "apa", "APA", "en", "nl", "x-y", "zz-ZZ", "9"* 5_000, "-0", "1e999", "nan", "inf", "½", "²", "٣",
    "0x10", "1_000", "00", "1.", ".5", "1,5", "2024", "0000", "9999", "2024-13-45", "a"* 5_000, "a "* 5_000, "🎉",
    "é", "ﷺ", "日本", "\U0010ffff", "ß", "ı", "İ",
)  # fmt: skip


# Words of the good dossier that stand for the place of a value: in YAML a scalar, elsewhere a part of a text.
PLACES = (
    ("dossier.yaml", "Wat werkt bij buurtfeesten?"), ("dossier.yaml", "Een klein dossier met alles erin"),
    ("dossier.yaml", "Bas Bakker"), ("dossier.yaml", "Dit dossier vertelt wat helpt bij het maken van een buurtfeest."),
    ("dossier.yaml", "Voor wie een feest organiseert."), ("dossier.yaml", "redactie@voorbeeld.invalid"),
    ("dossier.yaml", "CC-BY-4.0"), ("references.yaml", "Slingers in de straat"), ("references.yaml", "Karel"),
    ("references.yaml", "Landelijk Feestbureau"), ("references.yaml", "Tijdschrift voor Feesten"),
    ("infographic.yaml", "Een feest in één oogopslag"), ("infographic.yaml", "samen eten"),
    ("infographic.yaml", "Gemeente"), ("infographic.yaml", "wie er woont"), ("infographic.yaml", "lang genoeg"),
    ("infographic.yaml", "Het deel dat komt groeit."), ("chapters/01-begin.md", "is de tafel lang."),
    ("chapters/01-begin.md", "Wie er komen {"), ("chapters/01-begin.md", "in procenten"),
    ("chapters/01-begin.md", "heet ook wel"), ("chapters/01-begin.md", "hapjes"),
    ("chapters/01-begin.md", "Zonder taart geen feest"), ("chapters/02-slot.md", "Hoe een feest slaagt"),
    ("chapters/02-slot.md", "Tafels klaarzetten"), ("chapters/02-slot.md", "Taken op de dag"),
    ("chapters/02-slot.md", "Een ronde taart met een kaars."), ("chapters/02-slot.md", "De Kerkstraat"),
    ("chapters/02-slot.md", "een zoet gebak"), ("in-het-kort.md", "Taart helpt altijd."),
    ("data/tijdlijn.csv", "Eerste feest"),
)  # fmt: skip


def quoted(words: str) -> str:
    """A text as a scalar of YAML."""
    return json.dumps(words, ensure_ascii=False)


def hostile_dossiers(folder: Path, count: int = 1) -> list[Path]:
    """So many copies of the good dossier, each with other values in all places where check is content with them."""
    return [_hostile(folder / f"vijandig-{seed}", Random(seed)) for seed in range(count)]


def _hostile(root: Path, chance: Random) -> Path:
    shutil.copytree(MINIMAL, root)
    use_two_fonts(root)
    manifest = root / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("slug: buurtfeesten", f"slug: {root.name}"), "utf-8")
    taken = sum(_is_taken(root, name, words, chance.choice(WORDS)) for name, words in PLACES)
    assert taken > len(PLACES) / 3
    return root


def _is_taken(root: Path, name: str, words: str, value: str) -> bool:
    """Put a value in the place of words; whether check is content with it, else the words are put back."""
    path = root / name
    before = path.read_bytes()
    assert words.encode() in before
    written = quoted(value) if name.endswith(".yaml") else value
    path.write_bytes(before.replace(words.encode(), written.encode("utf-8", "surrogatepass"), 1))
    if _is_content(root):
        return True
    path.write_bytes(before)
    return False


def _is_content(root: Path) -> bool:
    options = BuildOptions(root=str(root), output=str(root.parent / "output"), draft=True)
    with Scheduler(Store(None), Inline(), "program").run("hostile") as run:
        return check(options, Path(styles_folder()), run).exit_code is ExitCode.GOOD
