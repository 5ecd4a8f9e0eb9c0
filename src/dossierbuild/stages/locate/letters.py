"""The sources of a dossier as one run of letters, each of which knows where it stands in a file.

A page and its source differ in all but letters and digits: in marks, quotation marks, dashes, hyphens, spaces, signs
between thousands. So these alone are compared, without case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.problems import Place
from dossierbuild.core.works import Work

LONGEST_REST = 500
"""Characters behind a letter that are taken for what follows it."""
PART = "\n"
"""Stands between the letters of two sources, and is in none."""
WITHIN = "\u00ad\ufffe\u0301\u0308"
"""Signs that stand within a word: hyphens of the layout, and marks on letters."""
# The fields of a work in the order of its entry; what else it has follows.
_TITLES = ("title", "container-title", "volume", "issue", "page", "publisher", "DOI", "URL")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text, in lower case and without accents, and where in it each stands.

    `begins` has a 1 for each with which a word or a number begins.
    """

    text: str
    offsets: array[int]
    begins: bytes

    def index(self, offset: int) -> int:
        """The number of the first letter that stands at an offset or behind it."""
        return bisect_right(self.offsets, offset - 1)


def letters_of(text: str) -> Letters:
    """The letters of a text; a ligature is the letters that it stands for."""
    known: dict[str, str] = {}
    folded: list[str] = []
    offsets, begins = array("L"), bytearray()
    is_begin = True
    for offset, sign in enumerate(text):
        if (letters := known.get(sign)) is None:
            letters = known[sign] = _folded(sign)
        for letter in letters:
            is_begin = is_begin or (letter.isdecimal() and not folded[-1].isdecimal())
            folded.append(letter)
            offsets.append(offset)
            begins.append(is_begin)
            is_begin = False
        is_begin = not letters and (is_begin or sign not in WITHIN)
    return Letters("".join(folded), offsets, bytes(begins))


def _folded(sign: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", sign).casefold() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose words are printed; its lines begin at `starts`, behind a byte order mark.

    `lines` are the places of its lines where they are not those of a file: the works of a reference list, one a line.
    """

    path: str
    text: str
    starts: tuple[int, ...]
    lines: tuple[Place, ...] = ()

    def place(self, offset: int) -> Place:
        """The place of a sign of the text."""
        line = bisect_right(self.starts, offset)
        return self.lines[line - 1] if self.lines else Place(self.path, line, offset - self.starts[line - 1] + 1)


_LINE_END = re.compile(r"\r\n?|\n")


def _source(path: str, text: str, lines: tuple[Place, ...] = ()) -> Source:
    starts = (int(text.startswith("\ufeff")), *(end.end() for end in _LINE_END.finditer(text)))
    return Source(path, text, starts, lines)


def source_of(file: SourceFile) -> Source:
    """A file as it was typed; what is no UTF-8 in it is no word."""
    return _source(file.path, unicodedata.normalize("NFC", file.data.decode("utf-8", "replace")))


def source_of_works(path: str, references: Sequence[Reference]) -> Source:
    """The works of a list as their entries print them, each at its place in the list."""
    text = "\n".join(_entry(reference.work) for reference in references)
    return _source(path, text, tuple(reference.place for reference in references))


def _entry(work: Work) -> str:
    texts = dict(work.texts)
    fields = (*_TITLES, *(name for name in texts if name not in _TITLES))
    years = " ".join(map(str, work.issued.years))
    words = (*(name.entry for name in work.creators), years, *(texts.get(name, "") for name in fields))
    return " ".join(" ".join(words).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The letters of all sources, behind each other, with PART between; `sources` begin at `starts`.

    The letters before `own` are of the texts that a publication is made of; the others stand in it here and there.
    """

    sources: tuple[Source, ...]
    letters: tuple[Letters, ...]
    text: str
    begins: bytes
    starts: tuple[int, ...]
    own: int

    def source_at(self, letter: int) -> int:
        """The number of the source in which a letter stands."""
        return bisect_right(self.starts, letter) - 1

    def bounds(self, letter: int) -> tuple[int, int]:
        """From where to where the letters of the source of a letter go."""
        number = self.source_at(letter)
        return self.starts[number], self.starts[number] + len(self.letters[number].text)

    def is_of_works(self, letter: int) -> bool:
        """Whether a letter stands in a reference list."""
        return bool(self.sources[self.source_at(letter)].lines)

    def offset(self, letter: int) -> int:
        """Where a letter stands in the text of its source."""
        number = self.source_at(letter)
        return self.letters[number].offsets[letter - self.starts[number]]

    def rest(self, letter: int) -> str:
        """What is written behind a letter, as far as its paragraph can go."""
        begin = self.offset(letter) + 1
        return self.sources[self.source_at(letter)].text[begin : begin + LONGEST_REST]

    def between(self, first: int, last: int) -> str:
        """What is written behind one letter and before another of the same source."""
        return self.sources[self.source_at(first)].text[self.offset(first) + 1 : self.offset(last)]


def corpus_of(own: Iterable[Source], others: Iterable[Source]) -> Corpus:
    """All sources; `own` are those of the publication's own texts."""
    first = tuple(own)
    sources = (*first, *others)
    letters = tuple(letters_of(source.text) for source in sources)
    starts = tuple(accumulate((len(part.text) + 1 for part in letters), initial=0))
    return Corpus(
        sources=sources,
        letters=letters,
        text=PART.join(part.text for part in letters),
        begins=b"\0".join(part.begins for part in letters),
        starts=starts[: len(sources)],
        own=starts[len(first)],
    )
