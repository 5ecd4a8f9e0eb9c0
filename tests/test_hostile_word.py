"""Word files that mean harm, given to the commands that take them: refused or told, and nothing is fetched or run.

A refusal costs little memory, as it comes before anything is parsed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from command import MINIMAL, ROOT, environment, run
from lxml import etree
from word_edits import Docx
from word_files import NAMESPACES, RELATIONS, field, paragraph, word_file, xml

MEGABYTE = 1 << 20
MOST = 300 * 1024  # KiB, with the program's start
PICTURE = (ROOT / "docs/pictures/colours.png").read_bytes()
WORD = "application/vnd.ms-word"

HEADING = paragraph("Beken", properties='<w:outlineLvl w:val="0"/>')
PLAIN = HEADING + paragraph("Een gewone alinea.")
ENTITIES = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OF_THE_MACHINE = '<!DOCTYPE d [<!ENTITY c SYSTEM "file:///etc/hostname">]>'
IN_EACH_OTHER = "<w:sdt><w:sdtContent>" * 400 + PLAIN + "</w:sdtContent></w:sdt>" * 400


def declaring(declaration: str) -> bytes:
    """A document with a declaration before its text, and an entity in that."""
    text = xml("w:document", f"<w:body>{PLAIN}<w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body>")
    return word_file("", {"word/document.xml": declaration + text})


REFUSED = {
    "a text of 50 MB in 50 kB": word_file(PLAIN + " " * 50 * MEGABYTE),
    "a picture of 50 MB in 50 kB": word_file(PLAIN, {"word/media/image1.png": bytes(50 * MEGABYTE)}),
    "more parts than a document has": word_file(PLAIN, {f"word/media/{n}.png": b"x" for n in range(2001)}),
    "entities": declaring(ENTITIES),
    "a file of the machine": declaring(OF_THE_MACHINE),
    "elements in elements": word_file(IN_EACH_OTHER),
    "a document with macros": word_file(PLAIN, main=f"{WORD}.document.macroEnabled.main+xml"),
    "a template with macros": word_file(PLAIN, main=f"{WORD}.template.macroEnabledTemplate.main+xml"),
    "an old Word file": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096),
    "half a file": word_file(PLAIN)[:-300],
    "another archive": word_file(PLAIN).replace(b"word/document.xml", b"word/documenu.xml"),
    "nothing": b"",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended, with the most memory that it held at once, in KiB."""

    code: int
    said: str
    memory: int


MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print("memory", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, flush=True)
sys.exit(code)
"""  # a small process in between: what starts as a copy of the tests' own process is measured with that


def given(data: bytes, folder: Path, *words: str) -> Ended:
    """A run of the command on this file, for `FILE` among its words."""
    file = folder / "rapport.docx"
    file.write_bytes(data)
    command = [sys.executable, "-P", "-m", "dossierbuild", *(str(file) if word == "FILE" else word for word in words)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    said, _, memory = done.stdout.rpartition("memory ")
    return Ended(code=done.returncode, said=said, memory=int(memory))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_honest_document_is_refused_before_it_costs_anything(name: str, tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "dossier")
    for words in (("import", "FILE", "new"), ("word", "in", "FILE", "--dossier", "dossier")):
        ended = given(REFUSED[name], tmp_path, *words)
        assert ended.code == 3, ended.said
        assert re.search(r"rapport\.docx(:\d+)*: fout D94[567]: ", ended.said), ended.said
        assert sys.platform != "linux" or ended.memory < MOST
        assert not (tmp_path / "new").exists()


# --- what is read ----------------------------------------------------------------------------------------------------


class Elsewhere(HTTPServer):
    """A server of this machine that keeps which paths were asked of it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Refusing)
        self.asked: list[str] = []

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Refusing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Elsewhere)
        self.server.asked.append(self.path)
        self.send_error(404)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def picture(relation: str, how: str = "embed") -> str:
    """A paragraph with the picture that a relation leads to."""
    blip = f'<pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic>'
    graphic = f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}">{blip}</a:graphicData></a:graphic>'
    size = '<wp:extent cx="360000" cy="360000"/><wp:docPr id="1" name="b" descr="Een beek."/>'
    return paragraph(f"<w:r><w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing></w:r>")


def link(relation: str) -> str:
    return paragraph(f'<w:hyperlink r:id="{relation}"><w:r><w:t>een koppeling</w:t></w:r></w:hyperlink>')


def reaching_out(elsewhere: Elsewhere) -> tuple[str, dict[str, str], dict[str, str | bytes]]:
    """Paragraphs that want to have things fetched, run, and put elsewhere; with their relations, and further parts."""
    body = (
        picture("r1", "link")
        + picture("r2")
        + link("r3")
        + paragraph(field(' HYPERLINK "javascript:alert(1)" ', printed="nog een koppeling"))
        + paragraph(field(f' INCLUDEPICTURE "{elsewhere.address("veld.png")}" ', printed="een veld"))
        + paragraph(field(' INCLUDETEXT "/etc/hostname" ', printed="ingevoegd"))
        + paragraph(field(r' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" ', printed="een uitkomst"))
        + '<w:altChunk r:id="r4"/>'
    )
    related = {
        "r1": elsewhere.address("beeld.png"),
        "r2": "media/../../../../uitbraak.png",
        "r3": "javascript:alert(1)",
        "r4": "stuk.html",
    }
    template = f'Type="{NAMESPACES["r"]}/attachedTemplate" Target="{elsewhere.address("sjabloon.dotx")}"'
    parts: dict[str, str | bytes] = {
        "word/media/../../../../uitbraak.png": PICTURE,
        "../uitbraak.png": PICTURE,
        "word/stuk.html": "<script>alert(1)</script>",
        "word/settings.xml": xml("w:settings", '<w:attachedTemplate r:id="t"/>'),
        "word/_rels/settings.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="t" {template} '
        'TargetMode="External"/></Relationships>',
    }
    return body, related, parts


def returned(sent: Path, elsewhere: Elsewhere) -> bytes:
    """A document that was sent, with these paragraphs behind its title."""
    docx = Docx(sent.read_bytes())
    body, related, parts = reaching_out(elsewhere)
    docx.parts |= {name: data.encode() if isinstance(data, str) else data for name, data in parts.items()}
    kinds = {"r1": "image", "r2": "image", "r3": "hyperlink", "r4": "aFChunk"}
    for name, target in related.items():
        body = body.replace(f'"{name}"', f'"{docx.add_part(kinds[name], target, outside=":" in target)}"')
    title = docx.paragraph("Hoe een feest begint")
    for element in reversed(etree.fromstring(xml("w:body", body))):
        title.addnext(element)
    return docx.data()


def assert_kept_in(folder: Path, elsewhere: Elsewhere) -> None:
    """Nothing was asked for or put outside the folder, and no text there wants it."""
    made = [path for path in folder.rglob("*") if path.is_file() and ".word" not in path.parts]
    texts = " ".join(path.read_text("utf-8") for path in made if path.suffix in (".md", ".yaml", ".csv"))
    assert "een uitkomst" in texts
    assert not re.search(r"javascript|cmd\.exe|127\.0\.0\.1|script>|hostname", texts)
    assert elsewhere.asked == []
    assert not list(folder.parent.rglob("*uitbraak*"))


def test_nothing_is_fetched_run_or_put_elsewhere_by_an_import(elsewhere: Elsewhere, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    body, related, parts = reaching_out(elsewhere)
    ended = given(word_file(PLAIN + body, parts, related), folder, "import", "FILE", "new")
    assert_kept_in(folder, elsewhere)
    assert all(name in ended.said for name in ("INCLUDEPICTURE", "INCLUDETEXT", "DDEAUTO", "chunk", "een plaatje"))


def test_nothing_is_fetched_run_or_put_elsewhere_by_what_comes_back(elsewhere: Elsewhere, tmp_path: Path) -> None:
    dossier = shutil.copytree(MINIMAL, tmp_path / "work" / "dossier")
    assert run("word", "out", dossier, "01-begin", "--output", tmp_path).code == 0
    document = returned(tmp_path / "01-begin.docx", elsewhere)
    given(document, tmp_path / "work", "word", "in", "FILE", "--dossier", "dossier", "--write")
    assert_kept_in(tmp_path / "work", elsewhere)
