"""`dossierbuild comments`: what people put in a PDF comes back at the line and column that it is about."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from annotated import Copy, letters
from command import MINIMAL, Run, run

from dossierbuild.tools.pdf_reader import PdfError
from dossierbuild.tools.pdf_reader.comments import MAX_COMMENTS, Mark, read_comments

CHAPTERS = ("chapters/01-begin.md", "chapters/02-slot.md")
WORDS = re.compile(r"(?<![^\s*\"])[\w']+(?: [\w']+){2}(?![^\s.,*\"])")


@dataclass(frozen=True, slots=True)
class Told:
    """A comment as it is told to programs; `place` is its path in the dossier with line and column."""

    code: str
    place: str
    message: str
    hint: str


def told(pdf: Path, dossier: Path = MINIMAL) -> list[Told]:
    """What the command says of a PDF."""
    return parsed(run("comments", pdf, "--dossier", dossier, "--format-problems", "json", "--language", "en"), dossier)


def parsed(done: Run, dossier: Path) -> list[Told]:
    assert done.code == 0, done.err
    found = [json.loads(line) for line in done.err.splitlines()]
    return [Told(one["code"], _place(one, dossier), one["message"], one["hint"]) for one in found]


def _place(one: dict[str, str], dossier: Path) -> str:
    path = one["path"].removeprefix(f"{dossier}/")
    return ":".join(str(part) for part in (path, one["line"], one["column"]) if part)


def by_text(found: list[Told]) -> dict[str, Told]:
    """The comments by what was said in them."""
    return {one.message.rpartition(": ")[2]: one for one in found}


def place_of(written: str, *, path: str = "", dossier: Path = MINIMAL) -> str:
    """Where something stands in the sources, once."""
    names = [path] if path else [file.relative_to(dossier).as_posix() for file in sorted(dossier.rglob("*.md"))]
    ((name, line, column),) = [
        (name, number, text.index(written) + 1)
        for name in names
        for number, text in enumerate((dossier / name).read_text("utf-8").splitlines(), start=1)
        if written in text
    ]
    return f"{name}:{line}:{column}"


# --- places ----------------------------------------------------------------------------------------------------------


def windows() -> dict[str, str]:
    """Three words in a row that stand in the chapters once, with their places."""
    found: dict[str, list[str]] = {}
    for path in CHAPTERS:
        for number, line in enumerate((MINIMAL / path).read_text("utf-8").splitlines(), start=1):
            hidden = re.sub(
                r"\[?-?@[^\]\s]*(?: ?\[[^\]]*\])?|\{[^}]*\}|\]\([^)]*\)|<[^>]*>|^\W*\[\^\w*\]:", _blank, line
            )
            for start in range(len(hidden)):
                if match := WORDS.match(hidden, start):
                    found.setdefault(match[0], []).append(f"{path}:{number}:{start + 1}")
    return {words: places[0] for words, places in found.items() if len(places) == 1}


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


# What is marked, the so many-th time that it is in the PDF, and what stands at its place in the sources.
PRINTED = {
    "Van den Berg (2019, p. 12)": (0, "@berg2019 [p. 12]"),
    "(Van den Berg, 2019, p. 40)": (0, "@berg2019, p. 40"),
    "figuur 1, tabel 2": (0, "[](#fig-gasten), [](#tbl"),
    "tabel 2, tabel 1": (0, "[](#tbl-taken), "),
    "2.1 Taken en tijd": (1, "Taken en tijd"),
    "1 Hoe een feest begint": (1, "Hoe een feest begint"),
    "Wie er komen 3": (0, "Wie er komen {"),
    "1. Een lange tafel": (0, "1]: Een lange tafel"),
    "communal table (Van den Berg, 2019, hoofdstuk 3)": (0, "communal table"),
    "Figuur 2 De straat met drie tafels": (0, "De straat met drie tafels"),
    "Tabel 2 Taken op de dag": (0, "Taken op de dag"),
    "Tafels klaarzetten 2 buren": (0, "Tafels klaarzetten"),
    "Een bijeenkomst waar": (0, "Een bijeenkomst waar"),
    "een zoet gebak": (0, "een zoet gebak"),
    "Begin op tijd met de vergunning": (0, "Begin op tijd met de vergunning"),
}
LONG = " ".join(f"w{number}" for number in range(300))


@dataclass(frozen=True, slots=True)
class Marked:
    """What is told of the good dossier's PDF when all that is marked in it is in one copy."""

    pdf: Path
    expected: dict[str, str]
    found: list[Told]


@pytest.fixture(scope="module")
def marked(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    copy = Copy(edition / "buurtfeesten-dossier.pdf")
    expected = {words: place for words, place in windows().items() if copy.count(words) == 1}
    for words in expected:
        copy.mark(words, words)
    for words, (number, _) in PRINTED.items():
        copy.mark(words, f"printed {words}", number=number)
    copy.mark("Aan tafel met de buren", "a title")
    copy.mark("Bakker, B., & Visser, N. (2021b)", "an author")
    copy.mark("Wat werkt bij", "the title of all")
    copy.mark("2015 Elk jaar een feest", "a row of data")
    copy.mark("Gemaakt met dossierbuild", "in the colophon")
    for number in range(70):
        copy.mark("Zorg voor taart", f"no {number}")
    copy.mark("Zorg voor taart", LONG)
    pdf = copy.save(tmp_path_factory.mktemp("marked") / "copy.pdf")
    return Marked(pdf, expected, told(pdf))


def test_marked_words_are_told_at_the_line_and_column_at_which_they_stand(marked: Marked) -> None:
    assert len(marked.expected) > 50
    found = by_text(marked.found)
    assert {words: found[words].place for words in marked.expected} == marked.expected
    assert not [words for words in marked.expected if "Note" in found[words].hint]
    placed = [one.place for one in marked.found if one.code == "D940"]
    assert placed == sorted(placed, key=_numbers)


def _numbers(place: str) -> tuple[str, int, int]:
    path, line, column = place.split(":")
    return path, int(line), int(column)


def test_what_the_program_prints_of_itself_is_told_where_it_was_asked_for(marked: Marked) -> None:
    found = {text: one.place for text, one in by_text(marked.found).items()}
    expected = {words: place_of(written) for words, (_, written) in PRINTED.items()}
    assert {words: found[f"printed {words}"] for words in expected} == expected
    assert found["a title"] == place_of("id: bakker2021a", path="references.yaml")
    assert found["an author"] == place_of("id: bakker2021b", path="references.yaml")
    assert found["the title of all"] == place_of("Wat werkt bij", path="dossier.yaml")
    assert found["a row of data"].startswith("data/tijdlijn.csv:4:")


def test_what_has_no_place_is_told_by_page_and_heading(marked: Marked) -> None:
    colophon = by_text(marked.found)["in the colophon"]
    assert (colophon.code, colophon.place) == ("D942", str(marked.pdf))
    assert "on page 10 below 'Colofon' at 'Gemaakt met dossierbuild'" in colophon.message


def test_every_comment_is_told_however_many_and_however_long(marked: Marked) -> None:
    assert {*(f"no {number}" for number in range(70)), LONG} <= set(by_text(marked.found))
    assert {one.code for one in marked.found} == {"D940", "D942"}


def test_a_summary_leads_to_the_chapter_and_an_infographic_to_its_panels(edition: Path, tmp_path: Path) -> None:
    summary = Copy(edition / "buurtfeesten-in-het-kort.pdf")
    summary.mark("Zorg voor taart", "from a chapter")
    summary.mark("Vraag op tijd een vergunning aan", "its own words")
    summary.mark("Een feest begint met", "both have these")
    found = by_text(told(summary.save(tmp_path / "summary.pdf")))
    assert found["from a chapter"].place == place_of("Zorg voor taart")
    assert found["its own words"].place == place_of("Vraag op tijd", path="in-het-kort.md")
    assert found["both have these"].place == place_of("Een feest begint", path="in-het-kort.md")
    panels = Copy(edition / "buurtfeesten-infographic.pdf")
    panels.mark("begin met buren", "an item")
    panels.mark("Drie niveaus", "a title", number=panels.count("Drie niveaus") - 1)
    found = by_text(told(panels.save(tmp_path / "panels.pdf")))
    assert found["an item"].place == place_of("begin met buren", path="infographic.yaml")
    assert found["a title"].place == place_of("Drie niveaus", path="infographic.yaml")


def test_the_same_words_are_told_apart_by_what_stands_around_them(dossier: Path, tmp_path: Path) -> None:
    """Here in a PDF of another program, in which the second chapter says again what the first says."""
    again = "Wie dit leest, weet genoeg.\n"
    texts = [
        f"# Eerste\n\nDe molen draait in de wind van het westen.\n{again}\n## Slot\n\nDe mulder maalt het graan.\n",
        f"# Tweede\n\nHet schip vaart over de rivier naar zee.\n{again}\n## Slot\n\nDe schipper hijst zijn zeil.\n",
    ]
    for path, text in zip(CHAPTERS, texts, strict=True):
        (dossier / path).write_text(text, encoding="utf-8")
    lines = [re.sub(r"^#+ ", "", line) for text in texts for line in text.splitlines() if line]
    copy = Copy(typed(lines, tmp_path / "typed.pdf"))
    for words in ("Wie dit leest", "Slot"):
        for number in (0, 1):
            copy.mark(words, f"{words} {number}", number=number)
    found = by_text(told(copy.save(tmp_path / "copy.pdf"), dossier))
    places = {f"{words} {at}": f"{path}:{line}:{column}" for at, path in enumerate(CHAPTERS)
              for words, line, column in (("Wie dit leest", 4, 1), ("Slot", 6, 4))}  # fmt: skip
    assert {text: one.place for text, one in found.items() if text in places} == places


def typed(lines: list[str], path: Path) -> Path:
    """A PDF with these lines on one page, that says nothing of itself."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.add_blank_page(page_size=(600, 800))
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        shown = "".join(f"1 0 0 1 50 {750 - 20 * at} Tm ({line}) Tj " for at, line in enumerate(lines))
        page.Contents = pdf.make_stream(f"BT /F 11 Tf {shown} ET".encode("latin-1"))
        pdf.save(path)
    return path


# --- kinds of comments -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kinds(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a comment of each kind, and what other programs put beside them."""
    copy = Copy(edition / "buurtfeesten-dossier.pdf")
    first = copy.mark("een tafel, ’s avonds", "highlighted")
    copy.mark("het “werkt” al jaren", "underlined", "Underline")
    copy.mark("is de tafel lang", "wavy", "Squiggly")
    copy.mark("Een feest slaagt samen", "struck out", "StrikeOut")
    caret = copy.point("Taart bakken", "put in its place", "Caret")
    copy.mark("Taart bakken", "", "StrikeOut", IRT=caret, RT=pikepdf.Name.Group)
    copy.point("Een feest is nooit", "inserted", "Caret")
    copy.point("Tafels klaarzetten", "a sticky note")
    copy.point("Huur van tafels", "typed", "FreeText")
    copy.mark("een zoet gebak", "a box", "Square", QuadPoints=pikepdf.Array())
    rich = '<body xmlns="http://www.w3.org/1999/xhtml"><p>rich <b>words</b> &amp; more</p></body>'
    copy.mark("plezier hebben", "", RC=pikepdf.String(rich), T=pikepdf.String("Els"))
    copy.mark("In de Kerkstraat", "")
    answer = copy.put(2, (0, 0, 9, 9), "first answer", T=pikepdf.String("Jan"), IRT=first)
    copy.put(2, (0, 0, 9, 9), "answer to that", IRT=answer)
    copy.put(2, (0, 0, 9, 9), "second answer", IRT=first)
    done = copy.mark("Zorg voor taart", "done")
    state: dict[str, Any] = {"StateModel": pikepdf.String("Review"), "T": pikepdf.String("Jan")}
    for at, name in enumerate(("Completed", "None", "Completed")):
        copy.put(3, (0, 0, 9, 9), "", State=pikepdf.String(name), M=pikepdf.String(f"D:2025010{at}"), IRT=done, **state)
    copy.put(3, (0, 0, 9, 9), "", State=pikepdf.String("Accepted"), M=pikepdf.String("D:2024"), IRT=first, **state)
    copy.put(3, (0, 0, 9, 9), "", State=pikepdf.String("None"), M=pikepdf.String("D:2025"), IRT=first, **state)
    copy.put(3, (0, 0, 9, 9), "", "Popup", Parent=first)
    copy.mark("Landelijk Feestbureau", "a link of ours", "Link")
    return copy.save(tmp_path_factory.mktemp("kinds") / "copy.pdf")


AT = {
    "highlighted": "highlight by Els on page 3 at 'een tafel, ’s avonds'",
    "underlined": "underline by Els on page 3 at 'het “werkt” al jaren'",
    "wavy": "wavy line by Els on page 3 at 'is de tafel lang'",
    "struck out": "strike-out by Els on page 5 at 'Een feest slaagt samen'",
    "put in its place": "replacement by Els on page 5 at 'Taart bakken'",
    "inserted": "insertion by Els on page 6 at 'Een feest is nooit af.'",
    "a sticky note": "note by Els on page 5 at 'Tafels klaarzetten 2 buren'",
    "typed": "typed text by Els on page 6 at 'Huur van tafels'",
    "a box": "drawing by Els on page 6 at 'een zoet gebak'",
    "rich words & more": "highlight by Els on page 4 at 'plezier hebben'",
    "without text": "highlight on page 5 at 'In de Kerkstraat'",
}


@pytest.fixture(scope="module")
def told_of_kinds(kinds: Path) -> list[Told]:
    return told(kinds)


def test_each_kind_of_comment_is_told_with_its_words(told_of_kinds: list[Told]) -> None:
    found = {text: one.message for text, one in by_text(told_of_kinds).items() if one.code == "D940"}
    assert found == {text: f"{message}: {text}" for text, message in AT.items()}
    places = {text: one.place for text, one in by_text(told_of_kinds).items()}
    for text, written in {
        "put in its place": "Taart bakken",
        "inserted": "Een feest is nooit",
        "a sticky note": "Tafels klaarzetten",
        "typed": "Huur van tafels",
        "a box": "een zoet gebak",
    }.items():
        assert places[text] == place_of(written)


def test_answers_stand_below_what_they_answer(told_of_kinds: list[Told]) -> None:
    at = next(number for number, one in enumerate(told_of_kinds) if one.message.endswith(": highlighted"))
    assert [(one.code, one.message) for one in told_of_kinds[at + 1 : at + 5]] == [
        ("D941", "answer by Jan: first answer"),
        ("D941", "answer by Els: answer to that"),
        ("D941", "answer by Els: second answer"),
        ("D940", "underline by Els on page 3 at 'het “werkt” al jaren': underlined"),
    ]
    assert {one.place for one in told_of_kinds[at : at + 4]} == {told_of_kinds[at].place}


def test_what_was_settled_is_counted_and_nothing_is_kept(
    kinds: Path, told_of_kinds: list[Told], dossier: Path, cache: Path
) -> None:
    """The dossier is the one around the PDF."""
    assert "done" not in by_text(told_of_kinds)
    inside = Path(shutil.copy(kinds, dossier / "copy.pdf"))
    before = {path: path.stat() for folder in (cache, dossier) for path in folder.rglob("*") if path.is_file()}
    done = run("comments", inside)
    assert done.err.splitlines()[-1] == (
        f"{inside}: 12 opmerking(en): 11 met een plaats in de bronnen, 0 zonder, 1 afgehandeld"
    )
    after = {path: path.stat() for folder in (cache, dossier) for path in folder.rglob("*") if path.is_file()}
    assert {path: (stat.st_size, stat.st_mtime_ns) for path, stat in after.items()} == {
        path: (stat.st_size, stat.st_mtime_ns) for path, stat in before.items()
    }


# --- other PDFs ------------------------------------------------------------------------------------------------------


def test_a_pdf_of_an_earlier_edition_is_told_of_and_its_words_are_sought(
    kinds: Path, told_of_kinds: list[Told], dossier: Path
) -> None:
    """The dossier is the one around the folder in which one stands."""
    settings = dossier / "dossier.yaml"
    settings.write_text(settings.read_text("utf-8").replace('edition: "2.1"', 'edition: "2.2"'), encoding="utf-8")
    chapter = dossier / CHAPTERS[0]
    chapter.write_text(chapter.read_text("utf-8").replace("Een feest begint", "Nieuw.\n\nEen feest begint", 1), "utf-8")
    done = run("comments", kinds, "--format-problems", "json", "--language", "en", cwd=dossier / "chapters")
    first, *found = parsed(done, dossier)
    assert first.code == "D943"
    assert "another edition" in first.message
    moved = {text: one.place for text, one in by_text(told_of_kinds).items()}
    path, line, column = moved["highlighted"].split(":")
    assert by_text(found)["highlighted"].place == f"{path}:{int(line) + 2}:{column}"
    assert by_text(found)["struck out"].place == moved["struck out"]


# --- what no reader writes -------------------------------------------------------------------------------------------


def test_what_steers_a_terminal_is_shown(tmp_path: Path) -> None:
    copy = Copy(typed(["Zonder taart geen feest"], tmp_path / "typed.pdf"))
    copy.mark("taart geen", "\x1b[31mred\u202e", T=pikepdf.String("\x07Els\x1b]0;x"))
    done = run("comments", copy.save(tmp_path / "copy.pdf"), "--dossier", MINIMAL)
    assert done.code == 0
    assert r"\x1b[31mred\u202e" in done.err
    assert not set(done.err) & set("\x07\x1b\u202e")


def test_answers_that_go_round_are_told_once(tmp_path: Path) -> None:
    copy = Copy(typed(["Zonder taart geen feest"], tmp_path / "typed.pdf"))
    three = [copy.mark("taart geen", f"no {number}") for number in range(3)]
    for comment, answered in zip(three, (three[1], three[2], three[0]), strict=True):
        comment.IRT = answered
    copy.mark("Zonder", "alone").IRT = pikepdf.Array()
    read = read_comments(copy.save(tmp_path / "copy.pdf").read_bytes())
    said = [comment.text for comment in read.comments] + [
        reply.text for comment in read.comments for reply in comment.replies
    ]
    assert sorted(said) == ["alone", "no 0", "no 1", "no 2"]


ODD: dict[str, dict[str, Any]] = {
    "points that are none": {"QuadPoints": pikepdf.Array([pikepdf.Name.A, 1])},
    "no box": {"Rect": pikepdf.Array([])},
    "text that is a number": {"Contents": 5, "T": pikepdf.Array([1])},
    "bytes that are no text": {"Contents": pikepdf.String(b"\xfe\xff\xd8\x00\xd8\x00")},
    "very far away": {"QuadPoints": pikepdf.Array([10**9] * 8)},
    "very much": {"Contents": pikepdf.String("x" * 1_000_000), "RC": pikepdf.String("<" * 100_000)},
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_comment_is_a_comment_and_costs_the_others_nothing(odd: str, tmp_path: Path) -> None:
    copy = Copy(typed(["Zonder taart geen feest"], tmp_path / "typed.pdf"))
    copy.mark("Zonder taart", "odd", **ODD[odd])
    copy.mark("geen feest", "sound")
    read = read_comments(copy.save(tmp_path / "copy.pdf").read_bytes())
    assert [comment.words for comment in read.comments if comment.text == "sound"] == ["geen feest"]
    assert len(read.comments) == 2


def test_what_there_is_no_room_for_is_refused(tmp_path: Path) -> None:
    copy = Copy(typed(["Zonder taart geen feest"], tmp_path / "typed.pdf"))
    for _ in range(MAX_COMMENTS + 1):
        copy.put(0, (0, 0, 9, 9), "again")
    with pytest.raises(PdfError, match="comments"):
        read_comments(copy.save(tmp_path / "many.pdf").read_bytes())
    protected = pikepdf.Encryption(owner="a", user="")
    with pytest.raises(PdfError, match="password"):
        read_comments(Copy(copy.path).save(tmp_path / "protected.pdf", encryption=protected).read_bytes())


def test_a_page_that_draws_without_end_has_no_words(tmp_path: Path) -> None:
    """Each form draws the next ten times: ten of them are ten thousand million."""
    copy = Copy(typed(["Zonder taart geen feest"], tmp_path / "typed.pdf"))
    copy.mark("Zonder taart", "here")
    form = copy.pdf.make_stream(b"BT /F 11 Tf (taart) Tj ET")
    for _ in range(10):
        below = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form), Font=copy.pdf.pages[0].obj.Resources.Font)
        form = copy.pdf.make_stream(b"/X Do " * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                    BBox=pikepdf.Array([0, 0, 9, 9]), Resources=below)  # fmt: skip
    copy.pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=form)
    copy.pdf.pages[0].obj.Contents = copy.pdf.make_stream(b"/X Do")
    (comment,) = read_comments(copy.save(tmp_path / "copy.pdf").read_bytes()).comments
    assert (comment.mark, comment.text, comment.words) == (Mark.HIGHLIGHT, "here", "")


def test_a_copy_that_was_saved_behind_the_first_is_read(tmp_path: Path) -> None:
    """Programs write what was changed behind what was there."""
    path = typed(["Zonder taart geen feest"], tmp_path / "typed.pdf")
    with pikepdf.open(path) as pdf:
        number, page = len(pdf.objects) + 1, pdf.pages[0].obj
        whole = page.unparse(resolved=True).rstrip().removesuffix(b">>")
        pdf.save(tmp_path / "first.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    copy = (tmp_path / "first.pdf").read_bytes()
    before = re.findall(rb"startxref\s+(\d+)", copy)[-1]
    entries = b""
    for name, written in (
        (page.objgen[0], b"%s /Annots [%d 0 R]>>" % (whole, number)),
        (number, b"<</Subtype /Highlight /Rect [50 745 150 765] /Contents (later)>>"),
    ):
        entries += b"%d 1\n%010d 00000 n \n" % (name, len(copy))
        copy += b"%d 0 obj %s endobj\n" % (name, written)
    copy += b"xref\n%strailer <</Root 1 0 R /Size %d /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        entries, number + 1, before, len(copy),
    )  # fmt: skip
    (comment,) = read_comments(copy).comments
    assert comment.text == "later"
    assert letters(comment.words).startswith("Zonder")
