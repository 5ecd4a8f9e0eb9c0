"""The golden set of citations against citeproc-js, a second implementation of CSL: `python3 tests/oracle/compare.py`.

citeproc-js gets the works, the style and the citations as pandoc's citeproc gets them, and what it prints is held
against what each case expects. A difference must stand in differences.yaml, with what citeproc-js prints and why; the
command fails on one that does not, and on one that is no longer there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent / "src"), str(HERE.parent)]

from golden import GOLDEN, golden, golden_build  # noqa: E402

from dossierbuild.core.ast import Node, Nodes, node, para, plain_text, prose, text  # noqa: E402
from dossierbuild.core.catalogue import Language  # noqa: E402
from dossierbuild.core.frozen_map import FrozenMap  # noqa: E402
from dossierbuild.core.model import CitationKey, CitationRequest, Resolved  # noqa: E402
from dossierbuild.core.problems import Checked  # noqa: E402
from dossierbuild.stages.cite.organisations import (  # noqa: E402
    call_organisations,
    in_full_names,
    join_two_organisations,
    mark_short_names,
)
from dossierbuild.stages.cite.wording import remove_marks, set_upright  # noqa: E402
from dossierbuild.stages.cite.works import prepare_items  # noqa: E402
from dossierbuild.tools.csl import style_facts  # noqa: E402

DIFFERENCES = HERE / "differences.yaml"

# A locator as it goes to citeproc, "{p. 12}", and what CSL calls its label.
_LOCATOR = re.compile(r",? ?\{(?:(?P<label>\D+) (?P<value>[^}]*))?\}")
_LABELS = {
    "p.": "page", "hoofdstuk": "chapter", "chapter": "chapter", "paragraaf": "paragraph", "section": "section",
    "paragraph": "paragraph", "artikel": "article-locator", "article": "article-locator", "figuur": "figure",
    "figure": "figure", "tabel": "table", "table": "table",
}  # fmt: skip
_MODES = {"AuthorInText": "composite", "SuppressAuthor": "suppress-author", "NormalCitation": ""}


def resolve_by_citeproc_js(request: CitationRequest) -> Checked[Resolved]:
    """What `resolve_citations` does, by citeproc-js, and without what is settled after the run but short names."""
    facts = style_facts(request.style)
    citations = [
        [_citation(json.loads(one.cite), facts.note) for one in each] for each in request.publications.values()
    ]
    for number, one in enumerate(one for each in citations for one in each):
        one["citationID"] = f"c{number}"
    # Numbers are those of all publications together, positions those of each: a note style has no numbers.
    documents = citations if facts.note else [[one for each in citations for one in each]]
    items = mark_short_names(prepare_items(request.works, request.style.name, facts, Language.of(request.language)))
    if request.style.name.startswith("apa"):
        items = join_two_organisations(items)
    answer = _run({"style": request.style.xml, "items": items, "documents": documents})
    texts = iter([html for document in answer["documents"] for html in document])
    printed = {
        place: inlines
        for each in request.publications.values()
        for place, inlines in call_organisations(
            {one.place: _placed(next(texts), facts.note and not one.in_note) for one in each},
            "first-use",
            {one.place for one in each if facts.note and one.in_note},
            None if facts.numeric else ",",
        ).items()
    }
    return Checked(
        Resolved(
            printed=FrozenMap((place, prose(inlines)) for place, inlines in printed.items()),
            entries=FrozenMap(
                (CitationKey(key), prose(in_full_names(_inlines(html)))) for key, html in answer["entries"]
            ),
            labels=(),
        )
    )


def _citation(cite: Node, note: bool) -> dict[str, Any]:
    """A `Cite` node as citeproc-js has it."""
    citations = cite["c"][0]
    properties = {"noteIndex": citations[0]["citationNoteNum"] if note else 0}
    mode = _MODES[citations[0]["citationMode"]["t"]]
    if mode == "composite":
        properties["mode"] = mode
    return {"citationItems": [_item(one) for one in citations], "properties": properties}


def _item(citation: Node) -> dict[str, Any]:
    suffix = _words(citation["citationSuffix"])
    item = {"id": citation["citationId"], "prefix": _words(citation["citationPrefix"])}
    locator = _LOCATOR.match(suffix)
    if locator:
        suffix = suffix[locator.end() :]
        if locator["label"]:
            item |= {"label": _LABELS[locator["label"]], "locator": locator["value"]}
    if citation["citationMode"]["t"] == "SuppressAuthor":
        item["suppress-author"] = True
    return {**item, "suffix": suffix}


def _words(inlines: Nodes) -> str:
    """A text with the spaces at its ends, which `plain_text` takes off."""
    return plain_text([node("Str", "|"), *inlines, node("Str", "|")])[1:-1]


def _run(asked: dict[str, Any]) -> dict[str, Any]:
    if shutil.which("node") is None:
        sys.exit("node is needed; see tests/oracle/README.md")
    done = subprocess.run(
        ["node", "citeproc.mjs"], cwd=HERE, input=json.dumps(asked), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{done.stderr}\ncould not run; see tests/oracle/README.md")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _placed(html: str, in_note: bool) -> Nodes:
    inlines = _inlines(html)
    return [node("Note", [para(inlines)])] if in_note else inlines


def _inlines(html: str) -> Nodes:
    """The HTML of citeproc-js as inlines: italics and raised text, which the golden set shows."""
    parser = _Inlines()
    parser.feed(html.replace("</div><div", "</div> <div"))
    return remove_marks(set_upright(parser.open[0][1]))


class _Inlines(HTMLParser):
    """Reads inlines; `open` holds the marked-up texts that are not yet closed, the whole first."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Nodes]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        upright = ("style", "font-style:normal;") in attrs
        self.open.append(("Emph" if tag == "i" or upright else "Superscript" if tag == "sup" else "", []))

    def handle_endtag(self, tag: str) -> None:
        kind, inner = self.open.pop()
        self.open[-1][1].extend([node(kind, inner)] if kind else inner)

    def handle_data(self, data: str) -> None:
        self.open[-1][1].extend(text(data))


def differences() -> Iterator[tuple[str, str, str]]:
    """Each text that citeproc-js prints otherwise: the case, what is expected, and what it prints."""
    for path in GOLDEN:
        built = golden_build(path, resolve_by_citeproc_js)
        for index, case in enumerate(golden(path)["gevallen"]):
            name = f"{path.stem}: {case['regel']}"
            if "tekst" in case and built.text(index) != case["tekst"]:
                yield f"{name} (tekst)", case["tekst"], built.text(index)
            if "lijst" in case and built.entries(index).get(case["werk"]) != case["lijst"]:
                yield f"{name} (lijst)", case["lijst"], built.entries(index).get(case["werk"], "")
            if "volgorde" in case and list(built.entries(index)) != case["volgorde"]:
                yield f"{name} (volgorde)", " ".join(case["volgorde"]), " ".join(built.entries(index))


def main() -> int:
    explained: dict[str, str] = {}
    for group in yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8")):
        explained |= group["cases"]
    found = {name: (expected, printed) for name, expected, printed in differences()}
    unexplained = {name: both for name, both in found.items() if explained.get(name) != both[1]}
    needless = [name for name in explained if name not in found]
    lines = []
    for name, (expected, printed) in unexplained.items():
        lines += [name, f"  expected:    {expected}", f"  citeproc-js: {printed}"]
        lines += [f"  explained:   {explained[name]}"] if name in explained else []
    lines += [f"{name}\n  explained, but there is no difference" for name in needless]
    cases = sum(len(golden(path)["gevallen"]) for path in GOLDEN)
    lines.append(f"{cases} cases, {len(found)} differences, {len(unexplained)} not explained, {len(needless)} needless")
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if unexplained or needless else 0


if __name__ == "__main__":
    sys.exit(main())
