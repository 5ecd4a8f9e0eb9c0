"""How much room words take, and how they are broken into lines. Sizes and widths are in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from dossierbuild.core.model import Asset
from dossierbuild.tools.charts.plot import CAP, SIZE, Anchor, Words

_MEASURE = 100.0  # points: measured at one large size, unhinted, so that widths grow evenly with the size

_SLACK = 0.1  # points: what was measured as the widest word fits in its own width


class TextMeasure:
    """The chart's font family, to measure with, and the fonts behind it; needs matplotlib loaded."""

    def __init__(self, fonts: Iterable[Asset], family: str) -> None:
        from matplotlib import get_data_path

        files = [asset.data for asset in fonts if not asset.data.startswith(b"wOF2")]
        every = [_face(data) for data in files]
        faces = [face for face in every if face.family_name == family]
        if not faces:  # a family without a file: the font that comes with matplotlib is near enough to any
            faces = [_face((Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf").read_bytes())]
        self._regular = (_first(faces, ("Regular", "Book")), *every)
        self._bold = (_first(faces, ("Semibold", "SemiBold", "Bold")), *every)
        self._known: dict[tuple[str, bool], float] = {}  # widths at size 1 of what was measured before

    def width(self, text: str, size: float = SIZE, bold: bool = False) -> float:
        """The width of one line; what the family lacks is measured in the first font that has it."""
        known = self._known.get((text, bold))
        if known is None:
            known = self._known[text, bold] = _width(text, self._bold if bold else self._regular)
        return known * size

    def widest(self, texts: Iterable[str], size: float = SIZE, bold: bool = False) -> float:
        """The width of the widest line; 0 without lines."""
        return max((self.width(text, size, bold) for text in texts), default=0.0)

    def wrapped(self, text: str, room: float, size: float = SIZE, bold: bool = False) -> tuple[str, ...]:
        """The text in lines of at most `room`; a word that is wider is broken with a hyphen."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, bold) <= room + _SLACK:
                lines[-1] = longer
            else:
                lines.extend(self._broken(word, room, size, bold))
        return tuple(lines)

    def box(self, words: Words) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of words: from the top of capitals to the baseline."""
        width = self.width(words.text, words.size, words.bold)
        left = {Anchor.START: words.x, Anchor.MIDDLE: words.x - width / 2, Anchor.END: words.x - width}[words.anchor]
        return left, words.y - 2 * CAP * words.size, left + width, words.y

    def _broken(self, word: str, room: float, size: float, bold: bool) -> list[str]:
        if len(word) < 2 or self.width(word, size, bold) <= room + _SLACK:
            return [word]
        end = next((n for n in range(len(word) - 1, 1, -1) if self.width(word[:n] + "-", size, bold) <= room), 1)
        head = word[:end] if word[end - 1] in "-–/" else word[:end] + "-"
        return [head, *self._broken(word[end:], room, size, bold)]


def _width(text: str, faces: Sequence[Any]) -> float:
    """The width of a line at size 1, each of its characters in the first of the faces that has it."""
    runs = groupby(text, lambda character: _face_of(character, faces))
    return sum(_run_width(face, "".join(run)) for face, run in runs if face) / 64 / _MEASURE


def _face(data: bytes) -> Any:
    from matplotlib.ft2font import FT2Font

    return FT2Font(BytesIO(data))


def _face_of(character: str, faces: Sequence[Any]) -> Any:
    """The first face that has a character; none for a character that is in no face, which takes no room."""
    return next((face for face in faces if face.get_char_index(ord(character))), None)


def _run_width(face: Any, text: str) -> float:
    from matplotlib.ft2font import LoadFlags

    face.set_size(_MEASURE, 72)
    face.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0])


def _first(faces: Sequence[Any], styles: Sequence[str]) -> Any:
    return next((face for style in styles for face in faces if face.style_name == style), faces[0])
