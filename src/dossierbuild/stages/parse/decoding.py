"""Files as text: the reading of every file of a dossier that holds text."""

from __future__ import annotations

import unicodedata

from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import Checked, Place, problem
from dossierbuild.stages.parse.characters import character_problems, place_in

MAX_TEXT = 4_000_000
"""The largest text that is read, in bytes."""

# Where a character in so many is a null, the file has two or four bytes a character.
_WIDE = 5


def decode(file: SourceFile) -> Checked[str]:
    """The text of a file in UTF-8, in NFC, with line feeds as line ends and without a byte order mark.

    D119 for a file larger than MAX_TEXT, D107 for one that is not UTF-8, D137 and D151 for characters that cannot stand
    in a text.
    """
    if len(file.data) > MAX_TEXT:
        size, limit = f"{len(file.data) / 1_000_000:.1f} MB", f"{MAX_TEXT // 1_000_000} MB"
        return Checked(None, (problem("D119", Place(file.path), size=size, limit=limit),))
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
        column = error.start - (file.data.rfind(b"\n", 0, error.start) + 1) + 1
        byte = f"0x{file.data[error.start]:02X}"
        return Checked(None, (problem("D107", Place(file.path, line, column), byte=byte, offset=error.start),))
    if text.count("\0") * _WIDE > len(text):
        return Checked(None, (problem("D107", Place(file.path, 1, 1), byte="0x00", offset=text.index("\0")),))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = character_problems(text, place_in(file.path, text))
    return Checked(None if problems else text, problems)
