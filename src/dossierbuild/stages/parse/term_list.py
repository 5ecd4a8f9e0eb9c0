"""terms.yaml: the terms and abbreviations that a dossier explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.spec import TermEntry
from dossierbuild.core.terms import Term
from dossierbuild.stages.parse.manifest import parse_term_list


def parse_terms(file: SourceFile) -> Checked[tuple[Term, ...]]:
    """The terms in the order of the file, each at its place; an entry that does not fit is left out."""
    read = parse_term_list(file)
    if read.value is None:
        return Checked(None, read.problems)
    entries, document = read.value
    every = tuple(
        _term(entry, Place(file.path, *document.place(("terms", at)))) for at, entry in enumerate(entries.terms)
    )
    terms = tuple(term for term in every if term.term)
    return Checked(terms, (*read.problems, *_without_words(every), *_written_twice(terms)))


def _term(entry: TermEntry, place: Place) -> Term:
    return Term(
        term=_one_line(entry.term),
        abbr=_one_line(entry.abbr),
        forms=tuple(filter(None, map(_one_line, entry.forms))),
        avoided=tuple(filter(None, map(_one_line, entry.not_))),
        means=_one_line(entry.means),
        place=place,
    )


def _one_line(text: str) -> str:
    """A text on one line, with apostrophes as texts have them."""
    return " ".join(text.split()).replace("'", "’")


def _without_words(terms: Sequence[Term]) -> Iterator[Problem]:
    """D103, D354: a term has a word, and a meaning or an abbreviation that it is written out for."""
    for term in terms:
        if not term.term:
            yield problem("D103", term.place, key="term")
        elif not term.means and not term.abbr:
            yield problem("D354", term.place, term.term, term=term.term)


def _written_twice(terms: Sequence[Term]) -> Iterator[Problem]:
    """D353: a word belongs to one term, and is not also one to avoid."""
    first: dict[str, Place] = {}
    for term in terms:
        for word in term.written:
            if first.setdefault(word.casefold(), term.place) != term.place:
                yield problem("D353", term.place, word, (first[word.casefold()],), word=word)
    for term in terms:
        for word in term.avoided:
            if word.casefold() in first:
                yield problem("D353", term.place, word, (first[word.casefold()],), word=word)
