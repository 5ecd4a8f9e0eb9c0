"""Sources are not trusted: whatever stands in them, nothing outside the dossier is read, nothing is requested from
anywhere, nothing runs, and a build ends. Each hostile input is a problem at its place, or is harmless text.
"""

from __future__ import annotations

import http.server
import re
import shutil
import struct
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from command import MINIMAL, run, use_two_fonts
from lxml import etree, html

from dossierbuild.core.model import BuildOptions
from dossierbuild.core.problems import ExitCode
from dossierbuild.outcome import Outcome
from dossierbuild.pipeline import check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Run, local_scheduler
from dossierbuild.tools import pandoc

SECRET = "tulpenbol-4711"
"""Stands in files beside the dossier, and may stand in nothing that is made."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A web server on this machine that only counts."""

    address: str
    requests: list[str]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    requests: list[str] = []

    class Count(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Count) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Listener(f"http://127.0.0.1:{server.server_port}", requests)
        server.shutdown()


@pytest.fixture
def hostile(dossier: Path, listener: Listener) -> Iterator[Path]:
    """A copy of the good dossier to put hostile things in, with secrets beside it; nothing may be requested."""
    put_secrets_beside(dossier)
    before = len(listener.requests)
    yield dossier
    assert listener.requests[before:] == []


def put_secrets_beside(dossier: Path) -> None:
    for name in ("geheim.txt", "geheim.csv", "geheim.svg", "geheim.png", "geheim.json", "geheim.css", "geheim.md"):
        (dossier.parent / name).write_text(f"# {SECRET}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def steps() -> Iterator[Run]:
    """One run for all checks, so that processes start once."""
    with local_scheduler(2) as scheduler, scheduler.run("test") as shared:
        yield shared


def checked(dossier: Path, steps: Run) -> Outcome:
    return check(BuildOptions(root=str(dossier), output=str(dossier.parent / "output")), Path(styles_folder()), steps)


def codes_by_path(found: Outcome) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for one in found.problems:
        codes.setdefault(one.place.path, set()).add(one.code)
    return codes


# --- texts ---------------------------------------------------------------------------------------------------------

TEXTS = {
    # pictures and data from outside
    "picture above": ('![Een](../../geheim.png){#a alt="x"}', "D116"),
    "picture far above": ('![Een](../../../../etc/hostname.png){#a alt="x"}', "D116"),
    "picture encoded": ('![Een](%2e%2e/geheim.png){#a alt="x"}', "D116"),
    "picture with an encoded slash": ('![Een](..%2Fgeheim.png){#a alt="x"}', "D116"),
    "picture encoded twice": ('![Een](%252e%252e%252fgeheim.png){#a alt="x"}', "D301"),
    "picture absolute": ('![Een](/etc/hostname){#a alt="x"}', "D116"),
    "picture in a home folder": ('![Een](~/geheim.png){#a alt="x"}', "D116"),
    "picture on a share": ('![Een](\\\\\\\\server\\\\geheim.png){#a alt="x"}', "D311"),
    "picture on a drive": ('![Een](C:/geheim.png){#a alt="x"}', "D311"),
    "picture by file address": ('![Een](file:///etc/hostname){#a alt="x"}', "D311"),
    "picture from the network": ('![Een](LISTENER/x.png){#a alt="x"}', "D311"),
    "picture without a scheme": ('![Een](//127.0.0.1/x.png){#a alt="x"}', "D311"),
    "picture that is no picture": ('![Een](dossier.yaml){#a alt="x"}', "D301"),
    "picture by reference": ('![Een][p]{#a alt="x"}\n\n[p]: ../../geheim.png', "D116"),
    "chart data above": (':::{.chart #a data="../../geheim.csv" type="bar" x="a" y="b" alt="x"}\nx\n:::', "D116"),
    "chart data absolute": (':::{.chart #a data="/etc/passwd" type="bar" x="a" y="b" alt="x"}\nx\n:::', "D116"),
    "table data from the network": (':::{.table #a data="LISTENER/x.csv"}\nx\n:::', "D116"),
    # code
    "script": ("<script>alert(1)</script>", "D108"),
    "picture tag": ('Tekst <img src="LISTENER/x.png" onerror="alert(1)"> tekst.', "D108"),
    "frame": ('<iframe src="file:///etc/hostname"></iframe>', "D108"),
    "object": ('<object data="LISTENER/x"></object>', "D108"),
    "comment": ("<!-- alleen voor ons -->", "D108"),
    "raw block": ("```{=html}\n<script>alert(1)</script>\n```", "D108"),
    "raw inline": ("`<script>alert(1)</script>`{=html}", "D108"),
    "raw for the book": ("`<script/>`{=epub}", "D108"),
    "raw layout": ("```{=latex}\n\\input{/etc/hostname}\n```", "D121"),
    "tex input": ("\\input{../geheim.txt}", "D121"),
    "tex include": ("Tekst \\include{../geheim} tekst.", "D121"),
    "tex write": ("\\immediate\\write18{id}", "D108"),
    "include directive": (".. include:: ../geheim.txt", "D121"),
    "wiki transclusion": ("![[../geheim]]", "D121"),
    "jinja include": ('{% include "../geheim.txt" %}', "D121"),
    # links
    "script link": ("[klik hierop](javascript:alert(1))", "D120"),
    "script link in capitals": ("[klik hierop](JaVaScRiPt:alert(1))", "D120"),
    "script link with a tab": ("[klik hierop](java&#9;script:alert(1))", "D120"),
    "script link with a space": ("[klik hierop](<&#32;javascript:alert(1)>)", "D120"),
    "script autolink": ("<javascript:alert(1)>", "D120"),
    "script reference": ("[klik hierop][p]\n\n[p]: javascript:alert(1)", "D120"),
    "data link": ("[klik hierop](data:text/html;base64,PHNjcmlwdD4=)", "D120"),
    "vbscript link": ("[klik hierop](vbscript:x)", "D120"),
    "file link": ("[klik hierop](file:///etc/hostname)", "D120"),
    "relative link": ("[klik hierop](../geheim.txt)", "D372"),
    # attributes
    "handler on a heading": ('## Kop {#a onclick="alert(1)"}', "D127"),
    "handler on a word": ('Een [woord]{onmouseover="alert(1)"} hier.', "D127"),
    "handler on a link": ('[klik hierop](https://a.invalid/){onclick="alert(1)"}', "D127"),
    "handler on a picture": ('![Een](figures/taart.png){#a alt="x" onerror="alert(1)"}', "D127"),
    "handler on code": ('`code`{onclick="alert(1)"}', "D127"),
    "handler on a code block": ('```{onclick="alert(1)"}\nx\n```', "D127"),
    "handler on a block": ('::: {.practice onclick="alert(1)"}\nx\n:::', "D127"),
    "style": ('Een [woord]{style="background:url(LISTENER/x)"} hier.', "D127"),
    "source of a picture": ('![Een](figures/taart.png){#a alt="x" srcset="LISTENER/x"}', "D127"),
    "id of our own": ("## Kop {#refs}", "D126"),
    # front matter
    "bibliography": ("---\nbibliography: ../geheim.json\n---\n", "D109"),
    "style in front matter": ("---\ncsl: LISTENER/x.csl\n---\n", "D109"),
    "header": ("---\nheader-includes: <script>alert(1)</script>\n---\n", "D109"),
    "template": ("---\ntemplate: ../geheim.txt\n---\n", "D109"),
    "filters": ("---\nfilters: [x.lua]\n---\n", "D109"),
    "bomb in front matter": ("---\nauthors: &a [x]\ntitle: [*a, *a]\n---\n", "D131"),
    "object in front matter": ("---\ntitle: !!python/object/apply:os.system [id]\n---\n", "D131"),
    # what would take for ever
    "quotations in quotations": (">" * 20_000 + " x", "D138"),
    "brackets in brackets": ("[" * 50_000, "D138"),
    "notes in notes": ("^[a " * 5_000, "D138"),
    "links in links": ("[a](" * 5_000, "D138"),
    "citations in citations": ("[@a; " * 3_000, "D138"),
    "lists in lists": ("\n".join(f"{'  ' * depth}- x" for depth in range(300)), "D138"),
    "blocks in blocks": ("::: practice\n" * 500 + "x\n" + ":::\n" * 500, "D138"),
    "quotation marks in quotation marks": ("\"'" * 5_000, "D138"),
}


def number(name: str, names: dict[str, tuple[str, str]]) -> int:
    return 10 + list(names).index(name)


@pytest.fixture(scope="module")
def codes_of_texts(tmp_path_factory: pytest.TempPathFactory, listener: Listener, steps: Run) -> dict[str, set[str]]:
    """All hostile texts as chapters of one dossier, checked in one run."""
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("texts") / "dossier"))
    put_secrets_beside(dossier)
    for name, (written, _) in TEXTS.items():
        text = written.replace("LISTENER", listener.address)
        front, end, rest = text.rpartition("---\n") if text.startswith("---\n") else ("", "", text)
        chapter = dossier / "chapters" / f"{number(name, TEXTS)}-x.md"
        chapter.write_text(f"{front}{end}# Hoofdstuk {{#h-{number(name, TEXTS)}}}\n\nTekst.\n\n{rest}\n", "utf-8")
    found = checked(dossier, steps)
    assert found.exit_code is ExitCode.SOURCES
    assert listener.requests == []
    assert all(SECRET not in str(one.words) for one in found.problems)
    return codes_by_path(found)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_refused(name: str, codes_of_texts: dict[str, set[str]]) -> None:
    assert TEXTS[name][1] in codes_of_texts.get(f"chapters/{number(name, TEXTS)}-x.md", set())


def test_pandoc_is_stopped_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc._run, "__defaults__", (None, 1))
    with pytest.raises(pandoc.PandocError, match="> 1 s"):
        pandoc._run(["-f", pandoc.MARKDOWN, "-t", "json"], "<" * 50_000)


def test_pandoc_is_stopped_when_it_takes_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "MEMORY", "24M")
    with pytest.raises(pandoc.PandocError, match="> 24MB"):
        pandoc.read_markdown("A " * 500_000)


def test_pandoc_reads_no_file_and_no_address(tmp_path: Path, listener: Listener) -> None:
    """What would get past our own checks still finds the sandbox closed."""
    (tmp_path / "geheim.txt").write_text(SECRET, encoding="utf-8")
    before = len(listener.requests)
    text = f".. include:: {tmp_path}/geheim.txt\n\n.. csv-table:: x\n   :url: {listener.address}/x\n"
    answers = []
    for arguments in (["-f", "rst", "-t", "plain"], ["-f", "rst", "-t", "html", "--embed-resources"]):
        try:
            answers.append(pandoc._run(arguments, text))
        except pandoc.PandocError as error:
            answers.append(str(error))
    assert SECRET not in " ".join(answers)
    assert listener.requests[before:] == []


# --- pictures and data ---------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))

PICTURES: dict[str, bytes] = {
    "script": SVG.format("<script>alert(1)</script>").encode(),
    "script without a namespace": b"<svg><script>alert(1)</script></svg>",
    "handler": SVG.format('<rect onload="alert(1)"/>').encode(),
    "foreign object": SVG.format("<foreignObject><p>x</p></foreignObject>").encode(),
    "picture from the network": SVG.format('<image href="LISTENER/x.png"/>').encode(),
    "picture from the disk": SVG.format('<image xlink:href="file:///etc/hostname"/>').encode(),
    "use from elsewhere": SVG.format('<use href="LISTENER/x.svg#a"/>').encode(),
    "script link": SVG.format('<a href="javascript:alert(1)"><rect/></a>').encode(),
    "style from the network": SVG.format('<style>@import "LISTENER/x.css";</style>').encode(),
    "fill from the network": SVG.format('<rect style="fill:url(LISTENER/x#a)"/>').encode(),
    "fill in disguise": SVG.format('<rect style="fill:u\\72l(LISTENER/x#a)"/>').encode(),
    "style sheet": b'<?xml-stylesheet href="LISTENER/x.css"?>' + SVG.format("").encode(),
    "entity from the disk": b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    + SVG.format("<text>&e;</text>").encode(),
    "entity bomb": f'<!DOCTYPE svg [<!ENTITY e0 "lol">{BOMB}]>'.encode() + SVG.format("<text>&e9;</text>").encode(),
    "not well-formed": b"<svg xmlns='http://www.w3.org/2000/svg'><rect></svg>",
    "huge": b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0),
    "cut off": b"\x89PNG\r\n\x1a\n",
    "a web page": b"<!DOCTYPE html><html></html>",
    "another kind": b"GIF89a" + bytes(20),
}  # fmt: skip


@pytest.fixture(scope="module")
def codes_of_pictures(tmp_path_factory: pytest.TempPathFactory, listener: Listener, steps: Run) -> dict[str, set[str]]:
    """All hostile pictures in one dossier, checked in one run."""
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("pictures") / "dossier"))
    for name, data in PICTURES.items():
        (dossier / "figures" / f"{name}.svg").write_bytes(data.replace(b"LISTENER", listener.address.encode()))
    found = checked(dossier, steps)
    assert listener.requests == []
    return codes_by_path(found)


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_picture_is_refused(name: str, codes_of_pictures: dict[str, set[str]]) -> None:
    assert codes_of_pictures.get(f"figures/{name}.svg", set()) & {"D307", "D313", "D317"}


def test_links_out_of_the_dossier_are_not_followed(hostile: Path, steps: Run) -> None:
    (hostile / "figures" / "los.svg").symlink_to("../../geheim.svg")
    (hostile / "data" / "los.csv").symlink_to("/etc/passwd")
    (hostile / "map").symlink_to(hostile.parent, target_is_directory=True)
    (hostile / "figures" / "dood.png").symlink_to("nergens.png")
    (hostile / "kring").symlink_to(".", target_is_directory=True)
    found = codes_by_path(checked(hostile, steps))
    assert found["figures/los.svg"] == found["data/los.csv"] == found["map"] == {"D116"}


def test_a_table_has_a_bound(hostile: Path, steps: Run) -> None:
    (hostile / "data" / "lang.csv").write_text("a,b\n" + "1,2\n" * 200_000, encoding="utf-8")
    (hostile / "data" / "breed.csv").write_text("a," * 200_000 + "\n" + "1," * 200_000 + "\n", encoding="utf-8")
    (hostile / "data" / "groot.csv").write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)
    (hostile / "data" / "cel.csv").write_text('a,b\n"' + "x" * 1_000_000 + '",2\n', encoding="utf-8")
    (hostile / "data" / "nul.csv").write_bytes(b"a,b\n1,\x00\n")
    found = codes_by_path(checked(hostile, steps))
    expected = {"lang": "D119", "breed": "D119", "groot": "D119", "cel": "D308", "nul": "D137"}
    unused = {"D179"}  # no chart shows them
    assert {name: found[f"data/{name}.csv"] - unused for name in expected} == {
        name: {code} for name, code in expected.items()
    }


# --- YAML ----------------------------------------------------------------------------------------------------------

ALIASES = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)

MANIFESTS = {
    "alias bomb": (ALIASES, "D131"),
    "object": ("x: !!python/object/apply:os.system [id]\n", "D131"),
    "merge": ("x: {<<: *a}\n", "D131"),
    "depth": (f"keywords: {'[' * 5_000}{']' * 5_000}\n", "D138"),
    "mappings in mappings": ("".join(f"{' ' * depth}a:\n" for depth in range(2_000)), "D138"),
    "slug that leaves": ("slug: ../../weg\n", "D104"),
    "slug that is absolute": ("slug: /weg\n", "D104"),
    "slug that is a parent": ("slug: ..\n", "D104"),
    "empty slug": ('slug: ""\n', "D104"),
    "website that runs": ("website: javascript:alert(1)\n", "D104"),
    "language that leaves": ("language: ../../x\n", "D155"),
    "theme that leaves": ("theme: ../../../geheim\n", "D410"),
    "references above": ("references: ../geheim.json\n", "D116"),
    "references absolute": ("references: /etc/passwd\n", "D116"),
    "references from the network": ("references: LISTENER/x.yaml\n", "D116"),
    "style above": ("citations: {style: ../geheim.csl}\n", "D116"),
    "style from the network": ("citations: {style: LISTENER/x.csl}\n", "D116"),
    "style by path": ("citations: {style: ../../../etc/passwd}\n", "D207"),
    "chapters above": ("publications: [{id: a, kind: full, chapters: ../*.md}]\n", "D116"),
    "chapters absolute": ("publications: [{id: a, kind: full, chapters: [/etc/hostname]}]\n", "D116"),
    "summary above": ("publications: [{id: a, kind: summary, text: ../geheim.md}]\n", "D116"),
    "panels above": ("publications: [{id: a, kind: infographic, spec: ../geheim.yaml}]\n", "D116"),
    "id that leaves": ("publications: [{id: ../weg, kind: full}]\n", "D104"),
    "no publications": ("publications: []\n", "D104"),
    "no formats": ("formats: []\n", "D104"),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_hostile_manifest_is_refused(name: str, hostile: Path, listener: Listener, steps: Run) -> None:
    text, code = MANIFESTS[name]
    manifest = hostile / "dossier.yaml"
    key = text.partition(":")[0]
    kept = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", manifest.read_text("utf-8"), flags=re.MULTILINE)
    manifest.write_text(kept + text.replace("LISTENER", listener.address), encoding="utf-8")
    assert code in codes_by_path(checked(hostile, steps))["dossier.yaml"]


INFOGRAPHICS = {
    "script": ('"<script>alert(1)</script>"', "D108"),
    "script link": ('"[klik hierop](javascript:alert(1))"', "D120"),
    "handler": ("'[woord]{onclick=\"x\"}'", "D127"),
    "brackets": ('"' + "[" * 5_000 + '"', "D138"),
    "steering": ('"---\\nbibliography: x\\n---"', "D133"),
}


@pytest.mark.parametrize("name", INFOGRAPHICS)
def test_a_hostile_panel_is_refused(name: str, hostile: Path, steps: Run) -> None:
    text, code = INFOGRAPHICS[name]
    panels = hostile / "infographic.yaml"
    changed = panels.read_text("utf-8").replace("op, items: [vergunning", f"op, items: [{text}")
    panels.write_text(changed, encoding="utf-8")
    assert code in codes_by_path(checked(hostile, steps))["infographic.yaml"]


LISTS = {
    "bomb.yaml": ALIASES,
    "object.yaml": "references: [!!python/object/apply:os.system [id]]\n",
    "deep.json": "[" * 100_000 + "]" * 100_000,
    "huge number.json": '[{"id": "a", "type": "book", "title": "x", "issued": ' + "9" * 5_000 + "}]",
    "input.bib": "@book{a, title={\\input{/etc/hostname}}, author={A}, date={2020}}\n",
    "deep.bib": "@book{a, title={" + "{" * 50_000 + "}" * 50_000 + "}, author={A}, date={2020}}\n",
    "no end.bib": "@book{" * 20_000,
    "no end.ris": "TY  - BOOK\n" * 5_000,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_hostile_reference_list_ends_in_a_problem(name: str, hostile: Path, steps: Run) -> None:
    manifest = hostile / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("references.yaml\n", f"'{name}'\n", 1), encoding="utf-8")
    (hostile / name).write_text(LISTS[name], encoding="utf-8")
    found = checked(hostile, steps)
    assert found.exit_code is ExitCode.SOURCES
    host = Path("/etc/hostname").read_text("utf-8").strip()
    assert not re.search(rf"\b{re.escape(host)}\b", str([one.words for one in found.problems]))


def test_a_citation_style_does_not_reach_out(hostile: Path, listener: Listener, steps: Run) -> None:
    manifest = hostile / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("style: apa", "style: eigen.csl"), encoding="utf-8")
    for text in (
        f'<!DOCTYPE style SYSTEM "{listener.address}/x.dtd"><style xmlns="http://purl.org/net/xbiblio/csl"/>',
        f'<!DOCTYPE style [<!ENTITY e0 "x">{BOMB}]><style xmlns="http://purl.org/net/xbiblio/csl">&e9;</style>',
        '<style xmlns="http://purl.org/net/xbiblio/csl"/>',
        "<" * 100_000,
    ):
        (hostile / "eigen.csl").write_text(text, encoding="utf-8")
        assert codes_by_path(checked(hostile, steps))["eigen.csl"] == {"D240"}


# --- styles of the dossier's own -----------------------------------------------------------------------------------

SHEETS = [
    '@import "LISTENER/x.css";',
    "@import url(LISTENER/x.css);",
    "body { background: url(LISTENER/x.png) }",
    'body { background: url("file:///etc/hostname") }',
    '@font-face { font-family: x; src: url("LISTENER/x.ttf") } body { font-family: x }',
    "li { list-style: url(LISTENER/x.png) }",
    'p::before { content: url("../geheim.png") }',
]


@pytest.mark.parametrize("form", ["pdf", "html", "epub"])
def test_a_style_sheet_does_not_reach_out(form: str, hostile: Path, listener: Listener) -> None:
    names = {"pdf": ["print.css"], "html": ["screen.css"], "epub": ["epub.css"]}[form]
    for name in names:
        sheet = hostile / "styles" / "css" / name
        sheet.parent.mkdir(parents=True, exist_ok=True)
        original = (Path(styles_folder()) / "css" / name).read_text("utf-8")
        own = "\n".join(SHEETS).replace("LISTENER", listener.address)
        sheet.write_text(f"{own}\n{original}", encoding="utf-8")
    output = hostile.parent / "output"
    done = run("build", hostile, "--output", output, "--only", "in-het-kort", "--format", form)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert done.err.count("D604") == len(SHEETS)
    assert not output.exists()


TEMPLATES = {
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ terms.__init__.__globals__ }}",
    "include": '{% include "/etc/hostname" %}',
    "include above": '{% include "../../../geheim.txt" %}',
    "for ever": "{% for a in range(10 ** 9) %}{% endfor %}",
    "memory": '{{ "a" * 10 ** 12 }}',
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "not closed": "{% if %}",
    "division": "{{ 1 / 0 }}",
    "bytes": "{{ meta.title.encode('utf-8').hex().nonsense }}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_stays_in_its_sandbox(name: str, hostile: Path) -> None:
    template = hostile / "styles" / "html" / "publication.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text(f"<!DOCTYPE html><title>x</title>{TEMPLATES[name]}", encoding="utf-8")
    done = run("build", hostile, "--output", hostile.parent / "output", "--only", "in-het-kort", "--format", "html")
    assert done.code in (3, 5)
    assert re.search(r"D401|D503", done.err)
    assert "Traceback" not in done.err
    assert not (hostile.parent / "output").exists()


# --- what is harmless ----------------------------------------------------------------------------------------------

LITERAL = "{{ ''.__class__.__mro__ }} {% raw %} <b>vet</b> </style><script>alert(1)</script> \"&amp;' ${x} %s"


@pytest.fixture(scope="module")
def literal_edition(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Path:
    """An edition of which every text that people write freely looks like code."""
    folder = tmp_path_factory.mktemp("literal")
    dossier = Path(shutil.copytree(MINIMAL, folder / "dossier"))
    use_two_fonts(dossier)
    manifest = yaml.safe_load((dossier / "dossier.yaml").read_text("utf-8"))
    for key in ("title", "subtitle", "publisher", "license", "description", "audience", "contact", "identifier"):
        manifest[key] = LITERAL
    manifest["authors"] = [{"name": LITERAL}]
    manifest["keywords"] = [LITERAL]
    manifest["publications"][1]["title"] = LITERAL
    (dossier / "dossier.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False), "utf-8")
    references = dossier / "references.yaml"
    changed = references.read_text("utf-8").replace("title: Slingers in de straat", f"title: {json_text(LITERAL)}")
    references.write_text(changed, encoding="utf-8")
    (dossier / "data" / "kosten.csv").write_text(
        'post,euro\n"=HYPERLINK(""http://a.invalid"")",300\n<script>alert(1)</script>,1250\n{{ 7 * 7 }},450\n', "utf-8"
    )
    done = run("build", dossier, "--output", folder / "output", "--draft")
    assert done.code == 0, done.err
    return folder / "output" / "buurtfeesten"


def json_text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_what_looks_like_code_is_printed_as_it_stands(literal_edition: Path) -> None:
    for name in ("index.html", "buurtfeesten-dossier.html", "buurtfeesten-in-het-kort.html"):
        page: Any = html.document_fromstring((literal_edition / name).read_bytes())
        assert page.findtext(".//title", "").strip() == LITERAL
        assert LITERAL in " ".join(page.xpath("string(//h1)").split())
        assert {one.get("type") for one in page.iter("script")} <= {"application/ld+json"}
        assert not page.xpath("//b[text()='vet']")


def test_what_looks_like_code_is_text_in_the_book_and_on_paper(literal_edition: Path) -> None:
    for publication in ("dossier", "in-het-kort", "infographic"):
        with zipfile.ZipFile(literal_edition / f"buurtfeesten-{publication}.epub") as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx", ".svg")):
                    root = etree.fromstring(book.read(name))
                    assert list(root.iter("{*}script")) == []
        with pikepdf.open(literal_edition / f"buurtfeesten-{publication}.pdf") as pdf:
            assert "/JavaScript" not in str(pdf.Root.get("/Names", ""))
    with pikepdf.open(literal_edition / "buurtfeesten-dossier.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == LITERAL


def test_cells_that_look_like_code_are_labels(literal_edition: Path) -> None:
    page: Any = html.document_fromstring((literal_edition / "buurtfeesten-dossier.html").read_bytes())
    rows = [" ".join(row.text_content().split()) for row in page.iter("tr")]
    assert any(row.startswith("<script>alert(1)</script>") for row in rows)
    assert any(row.startswith("{{ 7 * 7 }}") for row in rows)


# --- nothing gets out ----------------------------------------------------------------------------------------------


def contents(path: Path) -> Iterator[bytes]:
    """All bytes of a published file that a reader could get at: members of books, streams and text of PDFs."""
    yield path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name) for name in book.namelist())
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        yield item.read_bytes()
                    except (pikepdf.PdfError, zlib.error):
                        yield item.read_raw_bytes()
        for page in pypdfium2.PdfDocument(path):
            yield page.get_textpage().get_text_bounded().encode()


def test_nothing_of_this_machine_stands_in_an_edition(edition: Path) -> None:
    """Neither paths nor names of the machine, nor of the user, get into what is published."""
    places = (f"{Path.home()}/", str(Path(__file__).parent.parent), f"{tempfile.gettempdir()}/", "site-packages")
    marks = [place.encode() for place in places]
    for path in edition.iterdir():
        for data in contents(path):
            assert [mark for mark in marks if len(mark) > 4 and mark in data] == [], path.name


@pytest.mark.parametrize("name", ["script", "handler", "picture from the network", "entity bomb"])
def test_an_icon_of_the_dossier_is_looked_at_like_any_picture(name: str, hostile: Path, steps: Run) -> None:
    icon = hostile / "styles" / "icons" / "table.svg"
    icon.parent.mkdir(parents=True)
    icon.write_bytes(PICTURES[name])
    assert codes_by_path(checked(hostile, steps)) == {"styles/icons/table.svg": {"D307"}}
