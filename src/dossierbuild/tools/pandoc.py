"""pandoc: Markdown in, citations resolved, HTML and Word out. The only importer of pypandoc, which brings the program.

pandoc runs as a process of its own on standard input and output, in its sandbox, with a bound on memory, processor
time and wall time, in an empty folder and with an empty environment: it can read no file and reach no network.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypandoc

from dossierbuild.core.ast import Node, Nodes, Prose, document, prose

MEMORY = "1G"
# Memory is taken 20 MB at a time. pandoc asks for 64 MB by itself, and to get those from the system costs a short run
# more than to tidy up twice.
_HEAP = ("-A20m", "-H1m")
# How deep a tree may be: what comes after walks it step by step.
MAX_DEPTH = 120
LEVELS = 40
SECONDS = 120
"""The processor time of a run. Where the system bounds no program that another has started it is told by the wall."""
WALL = 10
"""How many times as long a run may last where its processor time is bounded: a machine may have other work to do."""
# Words of the system in pandoc's message when it cannot write its files, which is no fault of the text.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
# One text: a long chapter takes less than a second.
READING_SECONDS = 20

# Raw HTML, raw TeX and includes stay visible as raw nodes, so that they can be refused at their place. Headings get
# their ids from us, front matter is read by us, and formulas define no commands.
MARKDOWN = (
    "markdown-native_divs-native_spans-markdown_in_html_blocks-auto_identifiers-implicit_header_references"
    "-yaml_metadata_block-pandoc_title_block-latex_macros+task_lists+autolink_bare_uris+raw_attribute"
)
# What is written has no table that is parted by spaces only, and no straight quotation mark for one that was curved.
_WRITTEN = f"{MARKDOWN}-smart-simple_tables-multiline_tables"


class PandocError(Exception):
    """pandoc did not do its work; the text is one line for a person."""


class DepthError(PandocError):
    """A text that is nested too deeply; `limit` is about the number of levels that fit."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"> {limit}")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Cited:
    """A document after the citation run, and what citeproc had to say."""

    blocks: Nodes
    log: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What pandoc remarks on a text: `kind` as pandoc calls it (UnclosedDiv, …), what it is about, and the line."""

    kind: str
    about: str
    line: int


@cache
def _program() -> str:
    return str(pypandoc.get_pandoc_path())


def pandoc_version() -> str:
    """The version of the program, as it states it: "3.9"."""
    return str(pypandoc.get_pandoc_version())


def read_markdown(text: str) -> tuple[Nodes, tuple[Remark, ...]]:
    """The blocks of a Markdown text, raw nodes included, and pandoc's remarks on it.

    Raises PandocError when it takes too long or too much.
    """
    with tempfile.TemporaryDirectory(prefix="dossierbuild-") as folder:
        here = Path(folder)
        arguments = ["-f", MARKDOWN, "-t", "json", "--log=log.json"]
        blocks: Nodes = _tree(_run(arguments, text, here, READING_SECONDS))["blocks"]
        return blocks, tuple(_remark(entry) for entry in _log(here))


def _tree(text: str) -> Node:
    """A document of pandoc's; raises DepthError when it is nested too deeply for what comes after."""
    if _depth(text) > MAX_DEPTH:
        raise DepthError(LEVELS)
    tree: Node = json.loads(text)
    return tree


def _depth(text: str) -> int:
    """How deep a JSON text is nested, at most one level more than is allowed: each round takes the innermost level."""
    outside_strings = "".join(_ESCAPED.sub("", text).split('"')[::2])
    brackets = re.sub(r"[^\[\]{}]+", "", outside_strings).replace("{", "[").replace("}", "]")
    depth = 0
    while brackets and depth <= MAX_DEPTH:
        brackets = brackets.replace("[]", "")
        depth += 1
    return depth


_ESCAPED = re.compile(r"\\.", re.DOTALL)


def _remark(entry: Node) -> Remark:
    about = entry.get("contents") or entry.get("key") or entry.get("pretty")
    line = entry.get("openpos", entry).get("line", 1)
    return Remark(kind=str(entry["type"]), about=str(about), line=int(line))


def _log(folder: Path) -> list[Node]:
    entries: list[Node] = json.loads((folder / "log.json").read_text(encoding="utf-8") or "[]")
    return entries


def read_inlines(texts: Mapping[str, str]) -> dict[str, Nodes]:
    """Each text as Markdown, all in one run; a text with several paragraphs or a list comes back as blocks.

    The texts travel as metadata, whose strings pandoc reads one by one, so none can run over into the next.
    """
    names = list(texts)
    block = json.dumps({f"t{index}": texts[name] for index, name in enumerate(names)}, ensure_ascii=False)
    arguments = ["-f", MARKDOWN + "+yaml_metadata_block", "-t", "json"]
    meta = _tree(_run(arguments, f"---\n{block}\n---\n", seconds=READING_SECONDS))["meta"]
    return {name: _meta_nodes(meta.get(f"t{index}", {})) for index, name in enumerate(names)}


def _meta_nodes(value: Node) -> Nodes:
    content = value.get("c", [])
    return [{"t": "Str", "c": content}] if isinstance(content, str) and content else list(content)


def resolve_citations(blocks: Sequence[Node], meta: Node, references: str, style: str) -> Cited:
    """Run citeproc over a document.

    `references` is a CSL-JSON list, `style` the CSL style as XML. Both come as files made here, which also keeps
    any `bibliography` or `csl` in the document from being looked at.
    """
    with tempfile.TemporaryDirectory(prefix="dossierbuild-") as folder:
        here = Path(folder)
        (here / "references.json").write_text(references, encoding="utf-8")
        (here / "style.csl").write_text(style, encoding="utf-8")
        arguments = [
            "-f",
            "json",
            "-t",
            "json",
            "--citeproc",
            "--bibliography=references.json",
            "--csl=style.csl",
        ]
        answer = json.loads(_run([*arguments, "--log=log.json"], document(prose(blocks), meta), here))
        log = tuple(str(entry.get("message") or entry.get("type")) for entry in _log(here))
    return Cited(answer["blocks"], log)


def read_references(text: str, format: str) -> list[Node]:
    """The works of a reference list as CSL-JSON items; `format` is a reader of pandoc's, such as "biblatex".

    Raises PandocError with the line and column where the list cannot be read.
    """
    items: list[Node] = json.loads(_run(["-f", format, "-t", "csljson"], text))
    return items


def write_markdown(blocks: Nodes) -> str:
    """The blocks as a text in the Markdown that is read here: a paragraph a line, quotation marks as they stand.

    A table is written with pipes where its cells are a line each, else with strokes.
    """
    return _run(["-f", "json", "-t", _WRITTEN, "--wrap=none"], document(prose(blocks)))


def read_docx(data: bytes) -> Nodes:
    """The blocks of a Word document that was made here. Raises PandocError as `read_markdown` does."""
    blocks: Nodes = _tree(_run(["-f", "docx", "-t", "json"], data, seconds=READING_SECONDS))["blocks"]
    return blocks


def write_html(blocks: Prose) -> str:
    """The blocks as an HTML 5 fragment in which nothing is wrapped; code in a known language has its classes.

    A formula stays as it was typed, in a span of class `math` between `\\(` and `\\)`, or `\\[` and `\\]`.
    """
    arguments = [
        "-f",
        "json",
        "-t",
        "html5-task_lists",
        "--wrap=none",
        "--syntax-highlighting=pygments",
        "--email-obfuscation=none",
        "--mathjax",
    ]
    return _run(arguments, document(blocks))


def write_docx(blocks: Prose) -> dict[str, bytes]:
    """The parts of a Word document with the blocks, by their paths.

    A raw inline of format `openxml` stands in it as it is; a division with `custom-style` gives its paragraphs the
    style of that name. The same blocks give the same bytes.
    """
    with tempfile.TemporaryDirectory(prefix="dossierbuild-") as folder:
        here = Path(folder)
        arguments = ["-f", "json", "-t", "docx", "--syntax-highlighting=none", "-o", "text.docx"]
        _run(arguments, document(blocks), here)
        with zipfile.ZipFile(here / "text.docx") as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _run(arguments: Sequence[str], text: str | bytes, folder: Path | None = None, seconds: int = SECONDS) -> str:
    command = [_program(), "+RTS", f"-M{MEMORY}", *_HEAP, "-RTS", "--sandbox", *arguments]
    with tempfile.TemporaryDirectory(prefix="dossierbuild-") if folder is None else nullcontext(str(folder)) as here:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=here,
            env=_environment(here),
            start_new_session=True,
        )
        patience = WALL * seconds if _bound(process, seconds) else seconds
        try:
            out, err = process.communicate(text if isinstance(text, bytes) else text.encode("utf-8"), timeout=patience)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise PandocError(f"pandoc: > {patience} s") from None
    if sys.platform != "win32" and process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise PandocError(f"pandoc: > {seconds} s")
    if process.returncode == 251:
        raise PandocError(f"pandoc: > {MEMORY}B")
    if process.returncode != 0:
        lines = err.decode("utf-8", "replace").strip().splitlines()
        full = next((code for code in _NO_ROOM if os.strerror(code) in " ".join(lines)), 0)
        if full:
            raise OSError(full, os.strerror(full))
        raise PandocError(" ".join(lines[:3]) or f"pandoc: {process.returncode}")
    return out.decode("utf-8")


def _environment(here: str) -> dict[str, str]:
    # Windows programs do not start without SystemRoot.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "HOME": here, "XDG_DATA_HOME": here, "LANG": "C.UTF-8", "PATH": ""}


def _bound(process: subprocess.Popen[bytes], seconds: int) -> bool:
    """Bound the processor time of a program that has been started; False where the system has no way to do so."""
    if sys.platform != "linux":
        return False
    import resource

    with suppress(ProcessLookupError, PermissionError):  # it has ended, or has bounds that are narrower
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds + 1))
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
