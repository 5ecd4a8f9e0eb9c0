"""Texts that were sent as Word documents and saved by LibreOffice come back: what nobody touched to the byte.

One LibreOffice opens, edits and saves all documents (`office.py`); `word out` and `word in` do the rest.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command import MINIMAL, ROOT
from office import Edit, Office, converted
from word_edits import Docx, without_carriers

from dossierbuild.cli import main
from dossierbuild.core.sent import KEPT_FOLDER
from dossierbuild.core.word import paragraphs_of
from dossierbuild.tools.docx import read_document

pytestmark = [pytest.mark.thorough, pytest.mark.needs("soffice")]

DOSSIERS = [ROOT / "sources", *sorted(path for path in (ROOT / "tests/dossiers").iterdir() if path.is_dir())]
TEXT = ROOT / "tests/word/03-tuin.md"
SHOWN = ROOT / "docs/pictures/colours.png"  # a picture, of any kind


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    started = Office(tmp_path_factory.mktemp("office"))
    yield started
    started.close()


def called(*words: str | Path) -> tuple[int, str, str]:
    """A command in this process: its exit code, and what it wrote on both streams."""
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        code = main([str(word) for word in words])
    return code, out.getvalue(), errors.getvalue()


@dataclass(frozen=True, slots=True)
class Sent:
    """A dossier of which texts were sent, and the folder of their documents."""

    dossier: Path
    folder: Path

    @property
    def documents(self) -> list[Path]:
        return sorted(self.folder.glob("*.docx"))

    def texts(self) -> dict[str, str]:
        """Its texts by their names, without what it keeps of those that were sent."""
        paths = [path for path in sorted(self.dossier.rglob("*.md")) if KEPT_FOLDER not in path.parts]
        return {path.name: path.read_text("utf-8") for path in paths}

    def bring_in(self, document: Path, *options: str) -> tuple[str, ...]:
        """Writes what came back; returns the codes that were told."""
        _, _, errors = called("word", "in", document, "--dossier", self.dossier, "--write", *options)
        return tuple(re.findall(r" (D\d+): ", errors))


def sent(dossier: Path, folder: Path, *options: str) -> Sent:
    copy = Path(shutil.copytree(dossier, folder / "dossier"))
    if dossier == MINIMAL:
        shutil.copy(TEXT, copy / "chapters")
    code, _, errors = called("word", "out", copy, "--output", folder / "sent", *options)
    assert code == 0, errors
    return Sent(copy, folder / "sent")


# --- nothing was changed ---------------------------------------------------------------------------------------------


def twice(office: Office, document: Path, folder: Path) -> Path:
    """Saved as a Word document, and from there through the format of LibreOffice itself."""
    first = office.save(document, folder / "once" / document.name)
    other = office.save(first, folder / "odt" / f"{document.stem}.odt")
    return office.save(other, folder / "twice" / document.name)


def stripped(office: Office, document: Path, folder: Path) -> Path:
    """Words, headings, lists, tables, notes, links and pictures, and no more."""
    saved = office.save(document, folder / "saved" / document.name)
    saved.write_bytes(without_carriers(saved.read_bytes()))
    return saved


@pytest.mark.parametrize("saved", [twice, stripped])
@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda path: path.name)
def test_what_nobody_changed_keeps_its_bytes(
    dossier: Path, saved: Callable[[Office, Path, Path], Path], office: Office, tmp_path: Path
) -> None:
    dossier_sent = sent(dossier, tmp_path)
    before = dossier_sent.texts()
    for document in dossier_sent.documents:
        told = dossier_sent.bring_in(saved(office, document, tmp_path), "--base", str(document))
        assert set(told) <= {"D916"}
    assert dossier_sent.texts() == before


# --- one thing was changed -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor did, what of the Markdown is another, and which codes are told."""

    edits: Sequence[Edit]
    changes: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()


def part(first: str, behind: str) -> str:
    """The text from its line with some words to that with others."""
    text = TEXT.read_text("utf-8")
    return text[text.index(first) : text.index(behind)]


SECTION = part("## Wat een tuin is", "## Wie er meedoet")
SLUG = part("Het derde is de slak", "Wie aan deze drie")
STRIP = part("Wie een strook", "\n\n::: {.definition")

EDITED = {
    "nothing": Edited([]),
    "a word": Edited([("replace", "eenvoudig", "simpel")], {"eenvoudig": "simpel"}),
    "words in the place of words in italics": Edited(
        [("replace", "samen wordt gezaaid", "met elkaar wordt gezaaid")],
        {"*samen* wordt gezaaid": "met elkaar wordt gezaaid"},
    ),
    "a sentence with signs of Markdown": Edited(
        [("append", "hoe het begon.", ' Dat kost "tijd" & [geduld], *niet* geld.')],
        {"hoe het begon.": 'hoe het begon. Dat kost "tijd" & \\[geduld\\], \\*niet\\* geld.'},
    ),
    "a paragraph less": Edited(
        [("delete_paragraph", "Het derde is de slak.")],
        {
            SLUG: "",
        },
    ),
    "a heading and a paragraph more": Edited(
        [
            ("new_paragraph", "een kraan, een slot", "Tot slot van dit deel", "Heading 2"),
            ("new_paragraph", "Tot slot van dit deel", "Wie dit leest, begint te graven.", "Text body"),
        ],
        {"een emmer.\n": "een emmer.\n\n## Tot slot van dit deel\n\nWie dit leest, begint te graven.\n"},
    ),
    "a paragraph elsewhere": Edited(
        [("move", "Het derde is de slak", "Het derde is de slak", "Het eerste is water")],
        {
            SLUG: "",
            "Het eerste is water.": f"{SLUG}Het eerste is water.",
        },
    ),
    "a paragraph in two": Edited([("split", "Een slot met cijfers")], {"zoek.\nEen slot": "zoek.\n\nEen slot"}),
    "two paragraphs in one": Edited(
        [("join", "Drie dingen gaan")], {"vaak mis.\n\nHet eerste": "vaak mis. Het eerste"}
    ),
    "a word in bold": Edited(
        [("bold", "niemand die wil dragen")], {"niemand die wil dragen": "**niemand die wil dragen**"}
    ),
    "a word no longer in italics": Edited([("upright", "samen wordt gezaaid")], {"*samen* wordt": "samen wordt"}),
    "a citation less": Edited(
        [("delete_between", "de gemeente snoeien", "Wie een strook", ". ")],
        {"snoeien [@berg2019, p. 12].\nWie": "snoeien.\nWie"},
        ("D921",),
    ),
    "a citation elsewhere, with its sentence": Edited(
        [("move_words", "Wie een strook voor eigen gebruik", "niemand die wil dragen")],
        {
            f"\n{STRIP}": "",
            "niemand die wil dragen.": f"niemand die wil dragen.\n{STRIP}",
        },
    ),
    "an item more": Edited(
        [("new_paragraph", "Ouders dragen water", "Grootouders brengen koffie.")],
        {"- Ouders dragen water.\n": "- Ouders dragen water.\n- Grootouders brengen koffie.\n"},
    ),
    "words in a note": Edited(
        [("append_note", 0, " Of de buurvrouw.")],
        {"    [@feest-zd].\n": "    [@feest-zd]. Of de buurvrouw.\n"},
    ),
    "a note more": Edited(
        [("new_note", "achter een bakkerij", "Die van de hoek.")],
        {
            "bakkerij [@bakker2021a].": "bakkerij[^noot-1] [@bakker2021a].",
            "zegt men.\n": "zegt men.\n\n[^noot-1]: Die van de hoek.\n",
        },
    ),
    "words in a box and in a caption": Edited(
        [("replace", "negen, en een kruiwagen", "tien, en een kruiwagen"), ("replace", "Hoe druk het is", "De drukte")],
        {"negen, en": "tien, en", "Hoe druk het is in": "De drukte in"},
    ),
    "words in a heading": Edited(
        [("replace", "Hoe het begon", "Hoe het zo kwam")], {"### Hoe het begon": "### Hoe het zo kwam"}
    ),
    "a heading typed anew": Edited(
        [("type_anew", "Wie er meedoet", "Mensen van de tuin")], {"## Wie er meedoet": "## Mensen van de tuin"}
    ),
    "a heading of another level": Edited([("style", "Hoe het begon", "Heading 2")], {"### Hoe het": "## Hoe het"}),
    "a label typed over": Edited(
        [("replace", "Van den Berg, 2019, p. 12", "Van den Berg, 2020, p. 12")], {}, ("D907",)
    ),
    "a label typed for its field": Edited(
        [("delete_between", "de gemeente snoeien", ". Wie een strook", " (Van den Berg, 2019, p. 12)")]
    ),
    "all styles and bookmarks gone, and a word": Edited(
        [("no_styles",), ("no_bookmarks",), ("replace", "eenvoudig", "simpel")], {"eenvoudig": "simpel"}
    ),
    "a box less": Edited(
        [("delete", "▼ Kader: In de praktijk", "▲ Einde van het kader (practice)")],
        {part("::: practice", "### Hoe het begon"): ""},
    ),
    "a box without its end": Edited(
        [("delete", "▲ Einde van het kader (practice)", "▲ Einde van het kader (practice)")], {}, ("D910",)
    ),
    "words in the border of a box": Edited([("replace", "Einde van het kader (practice)", "einde")], {}, ("D909",)),
    "a paragraph of a box in two": Edited(
        [("split", "Na een maand waren")], {"één emmer.\nNa een": "één emmer.\n\nNa een"}
    ),
    "a cell": Edited([("cell", "alle kinderen", "ieder kind")], {"| alle kinderen |": "| ieder kind    |"}),
    "a cell emptied": Edited([("cell", "alle kinderen", "")], {"| alle kinderen |": "|               |"}),
    "a row more": Edited(
        [("new_row", "alle kinderen", "Oogsten", "wie er is", "2")],
        {"| 1 |\n": "| 1 |\n| Oogsten | wie er is |    2 |\n"},
    ),
    "a row less": Edited([("delete_row", "Wieden")], {"| Wieden | de oneven huisnummers | 6 |\n": ""}),
    "a column more": Edited(
        [("new_column", "alle kinderen", "Sinds", "2019", "2020", "2021")],
        {
            "| Uren |\n": "| Uren | Sinds |\n",
            "|-----:|\n": "|-----:|---|\n",
            "| 4 |\n": "| 4 | 2019 |\n",
            "| 6 |\n": "| 6 | 2020 |\n",
            "| 1 |\n": "| 1 | 2021 |\n",
        },
    ),
    "a section elsewhere": Edited(
        [("move", "Wat een tuin is", "een kraan, een slot", "Hoe het begon")],
        {SECTION: "", "### Hoe het begon": f"{SECTION}### Hoe het begon"},
    ),
    "a paragraph twice": Edited(
        [("copy", "De eerste tuin lag")],
        {
            "zegt men.\n": "zegt men.\n\n" + part("De eerste tuin", "\n\n1. Eerst").replace("\n", " ") + "\n",
        },
    ),
    "another alternative text": Edited(
        [("alternative", "drie tafels", "Een straat met een hek.")],
        {"Een straat met drie tafels en een hek.": "Een straat met een hek."},
    ),
    "another picture": Edited(
        [("replace_picture", "drie tafels", str(SHOWN))], {"figures/straat.svg": "figures/fig-56c68fe5.png"}
    ),
    "a picture more": Edited(
        [("new_picture", "De eerste tuin lag", str(SHOWN), "Vakken met kleuren.")],
        {"zegt men.\n": 'zegt men.\n\n![](figures/fig-56c68fe5.png){#fig-56c68fe5 alt="Vakken met kleuren."}\n'},
    ),
    "a section with everything": Edited(
        [
            ("new_paragraph", "Daarna kwam de bank", "Wat het kost", "Heading 2"),
            ("new_paragraph", "Wat het kost", "Het kost minder dan men denkt.", "Text body"),
            ("new_note", "minder dan men denkt", "Zegt de penningmeester."),
            ("new_item", "minder dan men denkt", "zaad voor een jaar", "List 1"),
            ("new_item", "zaad voor een jaar", "een rol touw", "List 1"),
            ("new_table", "een rol touw", ["Wat", "Euro"], ["zaad", "12"], ["touw", "3"]),
        ],
        {
            "de bank.\n": (
                "de bank.\n\n## Wat het kost\n\nHet kost minder dan men denkt[^noot-1].\n\n"
                "[^noot-1]: Zegt de penningmeester.\n\n- zaad voor een jaar\n- een rol touw\n\n"
                "| Wat  | Euro |\n|------|------|\n| zaad | 12   |\n| touw | 3    |\n"
            )
        },
    ),
}


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The good dossier with a chapter about a garden, sent."""
    return sent(MINIMAL, tmp_path_factory.mktemp("garden"))


def garden_after(garden: Sent, document: Path, *options: str) -> tuple[str, tuple[str, ...]]:
    """The chapter with what a document brings, and the codes that are told; the dossier is as it was after that."""
    chapter = garden.dossier / "chapters" / TEXT.name
    try:
        told = garden.bring_in(document, *options)
        return chapter.read_text("utf-8"), told
    finally:
        shutil.copy(TEXT, chapter)


def changed(changes: Mapping[str, str]) -> str:
    text = TEXT.read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", EDITED)
def test_what_an_editor_changes_is_all_that_changes(name: str, garden: Sent, office: Office, tmp_path: Path) -> None:
    edited = EDITED[name]
    document = office.save(garden.folder / "03-tuin.docx", tmp_path / "03-tuin.docx", edited.edits)
    text, told = garden_after(garden, document)
    assert text == changed(edited.changes)
    assert told == edited.codes


def test_tracked_changes_are_refused_taken_or_left_as_asked(garden: Sent, office: Office, tmp_path: Path) -> None:
    edits = [
        ("track", True),
        ("replace", "eenvoudig", "simpel"),
        ("delete", "Het derde is de slak.", "Het derde is de slak."),
        ("new_paragraph", "een kraan, een slot", "Wie dit leest, begint te graven."),
    ]
    document = office.save(garden.folder / "03-tuin.docx", tmp_path / "03-tuin.docx", edits)
    assert garden_after(garden, document) == (changed({}), ("D903",))
    assert garden_after(garden, document, "--changes", "reject") == (changed({}), ())
    accepted = {"eenvoudig": "simpel", SLUG: "", "een emmer.\n": "een emmer.\n\nWie dit leest, begint te graven.\n"}
    assert garden_after(garden, document, "--changes", "accept") == (changed(accepted), ())


# --- many words were changed -----------------------------------------------------------------------------------------

MARKED = re.compile(
    r"^---\n[\s\S]*?^---\n|^:::.*$|\{[^}]*\}|\[[^\]]*@[^\]]*\]|@[\w-]+|\]\([^)]*\)|<[^>]*>", re.MULTILINE
)
INSTEAD = ("", " zilver", " een paar", " blauwe én rode", " 'gewone'", " niet-zo-vlugge", " 3,5")


def single_words(texts: Mapping[str, str], document: Path) -> list[str]:
    """The words of prose that stand once in all texts, and once in their document, each with the space before it."""
    everything = "\n".join(texts.values())
    printed = "\n".join(shown.text for shown in paragraphs_of(read_document(document.read_bytes()).blocks))
    words = re.findall(r" [a-zé]{5,}(?=[ ,.;])", MARKED.sub("", everything))
    return sorted({word for word in words if everything.count(word) == printed.count(word) == 1})


def test_whichever_words_are_changed_only_these_change(office: Office, tmp_path: Path) -> None:
    whole = sent(ROOT / "sources", tmp_path, "--whole")
    [document] = whole.documents
    before = whole.texts()
    chance = random.Random(60)
    changes = {word: chance.choice(INSTEAD) for word in chance.sample(single_words(before, document), 60)}
    saved = office.save(document, tmp_path / document.name, [("replace", *change) for change in changes.items()])
    assert whole.bring_in(saved) == ()
    pattern = re.compile("|".join(map(re.escape, changes)))
    expected = {name: pattern.sub(lambda found: changes[found[0]], text) for name, text in before.items()}
    assert difference(whole.texts(), expected) == []
    assert whole.bring_in(saved) == ()
    assert difference(whole.texts(), expected) == []


def difference(found: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """The lines that are not as expected, with `-` what was expected and with `+` what is there.

    How many spaces end a cell is not looked at: a table keeps its columns where they are.
    """
    pairs = (
        tuple(re.sub(r" +\|", " |", text).splitlines() for text in (expected[name], found[name])) for name in found
    )
    lines = (line for before, after in pairs for line in difflib.unified_diff(before, after, n=0, lineterm=""))
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


# --- several things were changed -------------------------------------------------------------------------------------


def test_changes_come_back_by_their_words_alone(garden: Sent, office: Office, tmp_path: Path) -> None:
    names = ("a word", "words in a box and in a caption", "words in a heading", "an item more", "a cell", "a row less")
    edits = [edit for name in names for edit in EDITED[name].edits]
    document = office.save(garden.folder / "03-tuin.docx", tmp_path / "03-tuin.docx", edits)
    document.write_bytes(without_carriers(document.read_bytes()))
    changes = {old: new for name in names for old, new in EDITED[name].changes.items()}
    assert garden_after(garden, document) == (changed(changes), ())


def test_each_comment_is_told_at_its_line_or_counted(garden: Sent, tmp_path: Path) -> None:
    docx = Docx((garden.folder / "03-tuin.docx").read_bytes())
    lines = TEXT.read_text("utf-8").splitlines()
    places = ("eenvoudig", "Grond waarvan", "Ouders", "Hoe het begon")
    for number, words in enumerate(places):
        docx.comment(words, f"vraag {number}", "Redacteur")
    (tmp_path / "commented.docx").write_bytes(docx.data())
    document = converted(tmp_path / "commented.docx", tmp_path / "03-tuin.docx")
    _, _, errors = called("word", "in", document, "--dossier", garden.dossier)
    told = dict(re.findall(r":(\d+):\d+: \w+ D904: .*'(vraag \d)'", errors))
    expected = {next(n for n, line in enumerate(lines, 1) if words in line): words for words in places}
    assert sorted(map(int, told)) == sorted(expected)
    assert re.search(r" D906: [^\n]*: 4; [^\n]*: 4, [^\n]*: 0, [^\n]*: 0\n", errors), errors
    assert not any(b"vraag 0" in path.read_bytes() for path in garden.dossier.rglob("*.md"))
