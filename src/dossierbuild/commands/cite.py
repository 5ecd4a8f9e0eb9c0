"""`dossierbuild cite`: citations that were pasted as plain text become keys, where exactly one work fits."""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

from dossierbuild.commands import message_arguments, read_named_file, tell
from dossierbuild.core.ast import walk
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.model import BuildOptions, InfographicText, SourceFile, Sources, TextFile
from dossierbuild.core.problems import Checked, ExitCode, Place, has_errors, in_order, problem
from dossierbuild.pipeline import examine, index_works
from dossierbuild.program import cache_folder, program_digest, styles_folder
from dossierbuild.stages.parse.infographic import parse_infographic
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.stages.read import read_files
from dossierbuild.stages.recognise import Finding, ProseFile, problems_of, prose_of, recognise, replaced
from dossierbuild.tools.store import Store
from dossierbuild.workshop import Workshop, workshop

DESCRIPTION = (
    "Finds citations that stand in a text as plain text, and turns those that fit exactly one work of the reference "
    "list into keys. Without --write it only shows the change. What fits several works or none stays as it is and is "
    "listed with its place; nothing is guessed."
)

TEXTS = MappingProxyType(
    {
        Language.NL: {
            "written": "{file}: {count} verwijzing(en) omgezet",
            "shown": "{file}: {count} verwijzing(en) om te zetten; met --write gebeurt het",
            "none": "{file}: geen verwijzing om te zetten",
        },
        Language.EN: {
            "written": "{file}: {count} citation(s) turned into keys",
            "shown": "{file}: {count} citation(s) to turn into keys; --write does it",
            "none": "{file}: no citation to turn into a key",
        },
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", metavar="FILE", nargs="+", help="a chapter or summary (.md), or an infographic (.yaml)")
    parser.add_argument("--dossier", metavar="DIR", help="the dossier with the reference list (default: that of FILE)")
    parser.add_argument("--write", action="store_true", help="change the files, instead of showing the change")
    message_arguments(parser, "the dossier's")


def run(given: argparse.Namespace) -> ExitCode:
    """Show or write the change of each file."""
    by_dossier: dict[Path | None, list[str]] = {}
    for name in given.file:
        by_dossier.setdefault(_dossier_of(name, given.dossier), []).append(name)
    ends = [_run_in_dossier(root, names, given) for root, names in by_dossier.items()]
    return max(ends, key=lambda end: end.value)


def _dossier_of(name: str, stated: str | None) -> Path | None:
    """The dossier that was stated, else the nearest folder above the file that is one."""
    if stated:
        return Path(stated)
    above = (*Path(name).parents, *Path(name).resolve().parents)
    return next((folder for folder in above if (folder / "dossier.yaml").is_file()), None)


def _run_in_dossier(root: Path | None, names: Sequence[str], given: argparse.Namespace) -> ExitCode:
    language = Language(given.language or "nl")
    if root is None:
        return tell([problem("D128", Place(names[0]), path=Path(names[0]).parent)], given, language)
    files = read_files(root, Path(styles_folder()))
    if files.value is None:
        return tell(files.problems, given, language, str(root))
    store, options = Store(Path(cache_folder())), BuildOptions(root=str(root), output="")
    scope, program = str(root.resolve()), program_digest()
    with workshop(store, scope=scope, program=program, workers=0, fresh=False, report=lambda step: None) as shop:
        examined = examine(files, options, shop)
        language = Language(given.language) if given.language else examined.language
        if examined.sources is None or not examined.sources.references:
            stopping = [one for one in examined.problems if one.severity is Severity.ERROR]
            tell(stopping or files.problems, given, language, str(root))
            return ExitCode.SOURCES
        ends = [_cite_file(name, examined.sources, shop, language, given) for name in names]
    return max(ends, key=lambda end: end.value)


def _cite_file(name: str, sources: Sources, shop: Workshop, language: Language, given: argparse.Namespace) -> ExitCode:
    file = read_named_file(name)
    parsed = parse_prose(file.value, sources) if file.value else Checked(None, file.problems)
    panels_fail = isinstance(parsed.value, InfographicText) and has_errors(parsed.problems)
    if file.value is None or parsed.value is None or panels_fail:
        return tell(parsed.problems, given, language)
    prose = prose_of(parsed.value, file.value)
    index = index_works((prose,), (*sources.citing, parsed.value), sources, shop)
    findings = recognise(prose, index)
    sound = convertible(prose, findings, parsed.value, sources)
    _show_or_write(prose, sound, language, write=given.write)
    unsound = [one for one in findings if one.is_whole and one not in sound]
    left = [one for one in findings if not one.is_whole]
    told = [problem("D237", prose.place(one.start), one.text, text=one.text, written=one.written) for one in unsound]
    return tell(in_order([*told, *problems_of(prose, left, index, sources.references_path)]), given, language)


def parse_prose(file: SourceFile, sources: Sources) -> Checked[TextFile] | Checked[InfographicText]:
    """A file as what its name says it is."""
    if file.path.endswith(".md"):
        return parse_text(file, Language.of(sources.manifest.language))
    if file.path.endswith((".yaml", ".yml")):
        return parse_infographic(file)
    return Checked(None, (problem("D238", Place(file.path), path=file.path),))


def convertible(
    prose: ProseFile, findings: Sequence[Finding], parsed: TextFile | InfographicText, sources: Sources
) -> tuple[Finding, ...]:
    """The findings that can be replaced together: read again, the text cites just what it cited and these.

    A key can mean something else where it comes to stand: behind another one in running text, or in YAML.
    """
    clusters, keys = _cited(parsed)

    def is_sound(some: Sequence[Finding]) -> bool:
        text = replaced(prose.text, some)
        again = parse_prose(SourceFile(prose.path, text.encode("utf-8"), ""), sources)
        more = Counter(str(key) for one in some for key in one.keys)
        return again.value is not None and _cited(again.value) == (clusters + len(some), keys + more)

    return tuple(_largest([], [one for one in findings if one.is_whole], is_sound))


def _largest(kept: list[Finding], more: list[Finding], is_sound: Callable[[Sequence[Finding]], bool]) -> list[Finding]:
    """`kept` with as much of `more` as is sound with it, found by halves."""
    if not more or is_sound([*kept, *more]):
        return [*kept, *more]
    if len(more) == 1:
        return kept
    half = len(more) // 2
    return _largest(_largest(kept, more[:half], is_sound), more[half:], is_sound)


def _cited(parsed: TextFile | InfographicText) -> tuple[int, Counter[str]]:
    """How many citations a text has, and how often each key."""
    trees = [parsed.blocks] if isinstance(parsed, TextFile) else [tree for _, tree in parsed.texts]
    cites = [one for tree in trees for one in walk(tree.nodes()) if one["t"] == "Cite"]
    return len(cites), Counter(str(one["citationId"]) for cite in cites for one in cite["c"][0])


def _show_or_write(prose: ProseFile, sound: Sequence[Finding], language: Language, *, write: bool) -> None:
    text = replaced(prose.text, sound)
    print("".join(_difference(prose.path, prose.text, text)), end="", flush=True)
    if write and sound:
        _write(Path(prose.path), text.encode("utf-8"))
    ending = "none" if not sound else "written" if write else "shown"
    print(TEXTS[language][ending].format(file=prose.path, count=len(sound)), file=sys.stderr)


def _difference(path: str, before: str, after: str) -> list[str]:
    lines = [re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after)]
    found = difflib.unified_diff(lines[0], lines[1], path, path)
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found]


def _write(path: Path, data: bytes) -> None:
    """Put the file in place whole, with the rights that it had; behind a link, the file that it leads to."""
    target = path.resolve()
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".cite-", delete=False) as fresh:
        fresh.write(data)
    shutil.copymode(target, fresh.name)
    Path(fresh.name).replace(target)
