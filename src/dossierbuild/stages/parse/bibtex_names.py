"""Lists of names in a .bib file: those written in one line otherwise than BibTeX reads them, and names in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierbuild.core.names import OTHERS, listed_people, lists_what_it_does, says_others
from dossierbuild.stages.parse.bibtex_text import BibEntry, Edit

WholeNames = frozenset[tuple[str, str]]
"""Family names that are one piece, each with the first letter of the given name, both in small letters."""

_FIELDS = frozenset(
    """
    author editor editora editorb editorc translator bookauthor annotator commentator introduction foreword afterword
    holder director
    """.split()
)
_JOINT = re.compile(r"\\.|[{}]|(?<!\s)\s++and(?=\s)", re.IGNORECASE | re.DOTALL)
_NAMED_WHOLE = re.compile(r"\{([^\W\d_a-z][^{},]{0,80}\s[^{},]{1,80})\}\s*,\s*(\w)")
_WHOLE_LAST = re.compile(r"(\w)[^{},]{0,80}\{([^\W\d_a-z][^{},]{0,80}\s[^{},]{1,80})\}\Z")


def names_apart(entry: BibEntry, text: str) -> Iterator[Edit]:
    """Lists of names with "and" between all of them: "Bos, A., Tak, B." and "A. Bos & B. Tak" are two people each."""
    for field, pieces in entry.fields:
        if field in _FIELDS and len(pieces) == 1 and not pieces[0].bare:
            start, end = pieces[0].start, pieces[0].end
            written = _split(text[start:end])
            apart = [name for part in written for name in _apart(part)]
            if apart != written or " and ".join(written) != text[start:end]:
                yield Edit(start, end, " and ".join(apart))


def _apart(text: str) -> list[str]:
    if says_others(text):
        return [OTHERS]
    if lists_what_it_does(text):
        return [f"{{{text}}}"]
    people = listed_people(text)
    return [f"{person['family']}, {person['given']}" for person in people] if len(people) > 1 else [text]


def _split(text: str) -> list[str]:
    """The names between "and", in any case, as far as it stands outside braces."""
    parts, last, depth = [], 0, 0
    for match in _JOINT.finditer(text):
        sign = match.group()
        if sign in "{}":
            depth += 1 if sign == "{" else -1
        elif not sign.startswith("\\") and depth == 0:
            parts.append(text[last : match.start()].strip())
            last = match.end()
    return [*parts, text[last:].strip()]


def whole_names(entries: Sequence[BibEntry], text: str) -> WholeNames:
    """The names that a list has in braces somewhere, `{Van Damme}, Jan`: Flemish, with a capital anywhere."""
    return frozenset(
        found
        for entry in entries
        for field, pieces in entry.fields
        if field in _FIELDS
        for piece in pieces
        for name in _split(text[piece.start : piece.end])
        for found in _whole(name)
    )


def _whole(name: str) -> Iterator[tuple[str, str]]:
    first, last = _NAMED_WHOLE.match(name), _WHOLE_LAST.match(name)
    if first:
        yield " ".join(first[1].split()).casefold(), first[2].casefold()
    elif last:
        yield " ".join(last[2].split()).casefold(), last[1].casefold()
