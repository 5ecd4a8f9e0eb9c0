"""Drives LibreOffice over UNO; run by the machine's own Python as `office_driver.py FOLDER`, for `office.py`.

Each line of standard input is a document to open, edits to make in it, and where to save it; each gets one line of
JSON, an empty text when all went well. A profile is made below FOLDER. An edit is a function below, called by its name
with the document and the words that the test gives: what an editor would do with mouse and keys.
"""

import functools
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import uno
from com.sun.star.awt.FontSlant import NONE as UPRIGHT
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK
from com.sun.star.text.TextContentAnchorType import AS_CHARACTER

BOLD = 150.0

Uno: TypeAlias = Any  # an object of LibreOffice, whose types only it knows


def setting(name: str, value: object) -> Uno:
    held = PropertyValue()
    held.Name, held.Value = name, value
    return held


# --- finding ---------------------------------------------------------------------------------------------------------


def find(document: Uno, words: str) -> Uno:
    """Where words stand; they have to stand there once."""
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found = document.findAll(search)
    if found.Count != 1:
        raise LookupError(f"{words!r} stands there {found.Count} times")
    return found.getByIndex(0)


def paragraphs(document: Uno) -> Iterator[Uno]:
    """The paragraphs of the text itself, without those of tables and notes."""
    blocks = document.Text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.Paragraph"):
            yield block


def paragraph(document: Uno, words: str) -> Uno:
    """The first paragraph with these words."""
    for block in paragraphs(document):
        if words in block.String:
            return block
    raise LookupError(f"no paragraph with {words!r}")


def taken(document: Uno, first: str, last: str) -> Uno:
    """A cursor of the view over the paragraphs from one to another, with the break behind them."""
    cursor = document.CurrentController.ViewCursor
    cursor.gotoRange(paragraph(document, first).Start, False)
    cursor.gotoRange(paragraph(document, last).End, True)
    cursor.goRight(1, True)
    return cursor


def behind(document: Uno, words: str) -> Uno:
    """A cursor at the end of a paragraph."""
    block = paragraph(document, words)
    return block.Text.createTextCursorByRange(block.End)


# --- words -----------------------------------------------------------------------------------------------------------


def replace(document: Uno, old: str, new: str) -> None:
    find(document, old).String = new


def append(document: Uno, words: str, more: str) -> None:
    behind(document, words).String = more


def delete_between(document: Uno, first: str, last: str, put: str) -> None:
    """What stands between two pieces of a paragraph is typed over, fields included."""
    cursor = document.CurrentController.ViewCursor
    cursor.gotoRange(find(document, first).End, False)
    cursor.gotoRange(find(document, last).Start, True)
    cursor.String = put


def bold(document: Uno, words: str) -> None:
    find(document, words).CharWeight = BOLD


def upright(document: Uno, words: str) -> None:
    find(document, words).CharPosture = UPRIGHT


def language(document: Uno, words: str, code: str) -> None:
    find(document, words).CharLocale = Locale(code, "", "")


def link(document: Uno, words: str, address: str) -> None:
    find(document, words).HyperLinkURL = address


# --- paragraphs ------------------------------------------------------------------------------------------------------


def delete_paragraph(document: Uno, words: str) -> None:
    block = paragraph(document, words)
    block.Text.removeTextContent(block)


def new_paragraph(document: Uno, after: str, words: str, style: str = "") -> None:
    """A paragraph behind another, in its style or one that is named."""
    cursor = behind(document, after)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    if style:
        cursor.ParaStyleName = style
    cursor.Text.insertString(cursor, words, False)


def new_item(document: Uno, after: str, words: str, style: str) -> None:
    """A paragraph with the bullet or number that a button of the program gives it."""
    new_paragraph(document, after, words, "Standard")
    paragraph(document, words).NumberingStyleName = style


def split(document: Uno, words: str) -> None:
    """A paragraph is broken before these words."""
    cursor = find(document, words)
    cursor = cursor.Text.createTextCursorByRange(cursor.Start)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)


def join(document: Uno, words: str) -> None:
    """A paragraph and the next become one."""
    cursor = behind(document, words)
    cursor.goRight(1, True)
    cursor.String = " "


def delete(document: Uno, first: str, last: str) -> None:
    taken(document, first, last).String = ""


def move(document: Uno, first: str, last: str, before: str) -> None:
    """Paragraphs are cut and put before another."""
    controller = document.CurrentController
    cursor = taken(document, first, last)
    cut = controller.getTransferable()
    cursor.String = ""
    cursor.gotoRange(paragraph(document, before).Start, False)
    controller.insertTransferable(cut)


def copy(document: Uno, words: str) -> None:
    """A paragraph is copied, and put behind itself."""
    controller, cursor = document.CurrentController, document.CurrentController.ViewCursor
    block = paragraph(document, words)
    cursor.gotoRange(block.Start, False)
    cursor.gotoRange(block.End, True)
    copied = controller.getTransferable()
    cursor.gotoRange(block.End, False)
    document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    controller.insertTransferable(copied)


def move_words(document: Uno, first: str, words: str) -> None:
    """A sentence, from its first words to the end of its paragraph, goes to the end of another paragraph."""
    controller, cursor = document.CurrentController, document.CurrentController.ViewCursor
    cursor.gotoRange(find(document, first).Start, False)
    cursor.gotoRange(paragraph(document, first).End, True)
    cut = controller.getTransferable()
    cursor.String = ""
    cursor.gotoRange(paragraph(document, words).End, False)
    document.Text.insertString(cursor, " ", False)
    cursor.gotoRange(paragraph(document, words).End, False)
    controller.insertTransferable(cut)


def type_anew(document: Uno, old: str, new: str) -> None:
    """All words of a paragraph are typed over."""
    paragraph(document, old).String = new


def style(document: Uno, words: str, name: str) -> None:
    paragraph(document, words).ParaStyleName = name


# --- notes, tables, pictures -----------------------------------------------------------------------------------------


def append_note(document: Uno, number: int, words: str) -> None:
    note = document.Footnotes.getByIndex(number)
    cursor = note.createTextCursor()
    cursor.gotoEnd(False)
    note.insertString(cursor, words, False)


def new_note(document: Uno, after: str, words: str) -> None:
    place = find(document, after)
    note = document.createInstance("com.sun.star.text.Footnote")
    place.Text.insertTextContent(place.Text.createTextCursorByRange(place.End), note, False)
    note.insertString(note.createTextCursor(), words, False)


def table(document: Uno, words: str) -> Uno:
    """The table in which these words are a cell."""
    for number in range(document.TextTables.Count):
        found = document.TextTables.getByIndex(number)
        if any(found.getCellByName(name).String == words for name in found.CellNames):
            return found
    raise LookupError(f"no table with the cell {words!r}")


def cell(document: Uno, old: str, new: str) -> None:
    found = table(document, old)
    next(found.getCellByName(name) for name in found.CellNames if found.getCellByName(name).String == old).String = new


def new_row(document: Uno, words: str, *cells: str) -> None:
    """A row at the end of the table in which some words are a cell."""
    found = table(document, words)
    found.Rows.insertByIndex(found.Rows.Count, 1)
    for column, content in enumerate(cells):
        found.getCellByPosition(column, found.Rows.Count - 1).String = content


def delete_row(document: Uno, words: str) -> None:
    found = table(document, words)
    row = next(row for row in range(found.Rows.Count) if found.getCellByPosition(0, row).String == words)
    found.Rows.removeByIndex(row, 1)


def new_column(document: Uno, words: str, *cells: str) -> None:
    """A column at the end of the table in which some words are a cell."""
    found = table(document, words)
    found.Columns.insertByIndex(found.Columns.Count, 1)
    for row, content in enumerate(cells):
        found.getCellByPosition(found.Columns.Count - 1, row).String = content


def new_table(document: Uno, after: str, *rows: list[str]) -> None:
    new_paragraph(document, after, "")
    made = document.createInstance("com.sun.star.text.TextTable")
    made.initialize(len(rows), len(rows[0]))
    cursor = behind(document, after)
    cursor.goRight(1, False)
    cursor.Text.insertTextContent(cursor, made, False)
    for row, cells in enumerate(rows):
        for column, content in enumerate(cells):
            made.getCellByPosition(column, row).String = content


def pictures(document: Uno) -> list[Uno]:
    objects = document.GraphicObjects
    return [objects.getByIndex(number) for number in range(objects.Count)]


def alternative(document: Uno, old: str, new: str) -> None:
    next(picture for picture in pictures(document) if old in picture.Description).Description = new


def graphic(path: str) -> Uno:
    provider = services().createInstance("com.sun.star.graphic.GraphicProvider")
    return provider.queryGraphic((setting("URL", Path(path).as_uri()),))


def replace_picture(document: Uno, described: str, path: str) -> None:
    next(picture for picture in pictures(document) if described in picture.Description).Graphic = graphic(path)


def new_picture(document: Uno, after: str, path: str, alternative_text: str) -> None:
    new_paragraph(document, after, "")
    made = document.createInstance("com.sun.star.text.TextGraphicObject")
    made.Graphic, made.AnchorType, made.Description = graphic(path), AS_CHARACTER, alternative_text
    cursor = behind(document, after)
    cursor.goRight(1, False)
    cursor.Text.insertTextContent(cursor, made, False)


# --- reviewing -------------------------------------------------------------------------------------------------------


def track(document: Uno, is_on: bool) -> None:
    document.RecordChanges = is_on


# --- what other programs drop ----------------------------------------------------------------------------------------


def no_bookmarks(document: Uno) -> None:
    for name in list(document.Bookmarks.ElementNames):
        document.Bookmarks.getByName(name).dispose()


def no_styles(document: Uno) -> None:
    for block in paragraphs(document):
        if not block.ParaStyleName.startswith("Heading"):
            block.ParaStyleName = "Standard"


EDITS: dict[str, Callable[..., None]] = {
    made.__name__: made
    for made in (
        replace, append, delete_between, bold, upright, language, link, delete_paragraph, new_paragraph, new_item,
        split, join, delete, move, copy, move_words, type_anew, style, append_note, new_note, cell, new_row, delete_row,
        new_column, new_table, alternative, replace_picture, new_picture, track, no_bookmarks, no_styles
    )
}  # fmt: skip


# --- the process -----------------------------------------------------------------------------------------------------


@functools.cache
def services() -> Uno:
    """What makes the objects of a LibreOffice, which is started here and heard of once it hears."""
    profile = (Path(sys.argv[1]) / "profile").as_uri()
    pipe = f"dossierbuild{os.getpid()}"
    subprocess.Popen(
        [
            "soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--nologo", f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL, stdout=sys.stderr, stderr=sys.stderr,
    )  # fmt: skip
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:  # whoever waits for the answer has patience, and ends this process
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ServiceManager")
        except NoConnectException:
            time.sleep(0.1)


def serve(desktop: Uno, asked: dict[str, Any]) -> None:
    hidden = setting("Hidden", True)
    document = desktop.loadComponentFromURL(Path(asked["source"]).as_uri(), "_blank", 0, (hidden,))
    try:
        for name, *given in asked["edits"]:
            EDITS[name](document, *given)
        document.storeToURL(Path(asked["target"]).as_uri(), (setting("FilterName", asked["filter"]),))
    finally:
        document.close(True)


def told(desktop: Uno, line: str) -> str:
    try:
        serve(desktop, json.loads(line))
    except Exception:  # noqa: BLE001 whatever it is, the test is to be told
        return traceback.format_exc()
    return ""


def answer(text: str) -> None:
    sys.stdout.write(json.dumps(text) + "\n")
    sys.stdout.flush()


def main() -> None:
    desktop = services().createInstance("com.sun.star.frame.Desktop")
    answer("")
    for line in sys.stdin:
        answer(told(desktop, line))


if __name__ == "__main__":
    main()
