"""Typed reference lists in APA: each field is what it is, or is told to be unsure; no word is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT

from dossierbuild.core.ast import Nodes
from dossierbuild.core.model import SourceFile
from dossierbuild.core.names import Person
from dossierbuild.core.problems import Place
from dossierbuild.core.works import Work
from dossierbuild.stages.cite import resolve_citations
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.recognise import label_request
from dossierbuild.stages.transcribe import Transcribed, TypedEntry, same_words, transcribe, typed_list
from dossierbuild.tools.csl import load_style

TYPED = Path(__file__).parent / "references" / "typed"
PEOPLE = ("author", "editor", "translator", "director")
KINDS = {
    "book": "report",
    "article-newspaper": "webpage",
    "article-magazine": "webpage",
    "post-weblog": "webpage",
}


def read(markdown: str) -> tuple[Transcribed, ...]:
    return transcribe(typed_list("lijst.md", markdown), frozenset())


def one(markdown: str) -> Transcribed:
    (work,) = read(markdown)
    return work


def field(work: Work, name: str) -> str:
    """A field as the files of expected fields write it."""
    if name == "type":
        return work.type
    if name in PEOPLE:
        return "; ".join(
            f"{person.surname}, {person.given}" if isinstance(person, Person) else f"={person}"
            for person in work.people(name)
        )
    if name in ("issued", "accessed"):
        return "-".join(map(str, work.date(name).first))
    return work.text(name)


def folded(text: str) -> str:
    """A text by its words alone; a colon and a full stop between title and subtitle are one to it."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[’'‘]|</?i>", "", text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain)).replace(" en ", " & ")


def same(name: str, found: str, expected: str) -> bool:
    """Whether a field is right; what the text cannot tell apart (book or report, page or newspaper) is one kind."""
    if name == "type":
        return KINDS.get(found, found) == KINDS.get(expected, expected)
    return folded(found) == folded(expected)


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted(TYPED.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            yield case["typed"], {name: str(value) for name, value in case["is"].items()}


def upright(entry: str) -> str:
    return entry.replace("*", "")


HABITS: dict[str, Callable[[str], str]] = {
    "as typed": str,
    "without italics": upright,
    "all in italics": lambda entry: f"*{upright(entry)}*",
    "no full stop behind the date": lambda entry: re.sub(r"\)\. ", ") ", entry, count=1),
    "a comma behind the date": lambda entry: re.sub(r"\)\. ", "), ", entry, count=1),
    "blanks that do not break": lambda entry: entry.replace(". ", ".\u00a0"),
    "initials without blanks": lambda entry: re.sub(r"(?<=[A-Z]\.) (?=[A-Z]\.)", "", entry),
    "hyphens for dashes": lambda entry: entry.replace("–", "-").replace(", & ", " & "),
    "the stop within the italics": lambda entry: re.sub(r"([a-z])\*\.", r"\1.*", entry),
    "a title in quotation marks": lambda entry: re.sub(
        r"(\(\d{4}[^)]*\)\.?) ([^*“]{20,}?)\. ", r'\1 "\2." ', entry, count=1
    ),
    "a subtitle behind a full stop": lambda entry: re.sub(r"\*([^*]{25,}?): ([^*]+)\*", r"*\1*. \2", entry),
    "no stop at the end": lambda entry: entry.rstrip("."),
}


@pytest.mark.parametrize("habit", HABITS)
def test_no_field_is_wrong_that_calls_itself_sure(habit: str) -> None:
    wrong = []
    for typed, expected in cases():
        work = one(HABITS[habit](typed))
        wrong += [
            f"{name} is {field(work.work, name)!r}, not {value!r}: {typed}"
            for name, value in expected.items()
            if work.apa and name not in work.unsure and folded(field(work.work, name)) != folded(value)
        ]
    assert wrong == []


@pytest.mark.parametrize("habit", ["as typed", "without italics"])
def test_nineteen_of_twenty_fields_are_right(habit: str) -> None:
    fields = [
        same(name, field(one(HABITS[habit](typed)).work, name), value)
        for typed, expected in cases()
        for name, value in expected.items()
    ]
    assert len(fields) > 500
    assert sum(fields) >= 0.95 * len(fields)


def test_most_entries_with_italics_are_sure() -> None:
    """Caution is no virtue where the text decides: more than half of all entries ask for no look."""
    sure = [one(typed).is_sure for typed, _ in cases()]
    assert sum(sure) > len(sure) / 2


STRANGE = "Kwetterbos"


def test_a_word_that_is_put_in_anywhere_stands_in_a_field_or_is_told() -> None:
    lost = []
    for typed, _ in cases():
        gaps = [gap.end() for gap in re.finditer(" ", typed)]
        for at in gaps[1 :: max(1, len(gaps) // 6)]:
            changed = f"{typed[:at]}{STRANGE} {typed[at:]}"
            works = read(changed)
            texts = [text for work in works for name, text in work.work.texts if name != "note"]
            people = [field(work.work, role) for work in works for role, _ in work.work.names]
            left = [word for work in works for word in work.left]
            if STRANGE.casefold() not in folded(" ".join((*texts, *people, *left))):
                lost.append(changed)
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Jansen, J.P. & Vries, A. de (2019).", "Jansen, J.P.; de Vries, A."),
        ("Van den Bergh, E., Bos, C. en De Wit, A. (2019).", "van den Bergh, E.; Bos, C.; de Wit, A."),
        ("Berg, van den, K. (2019).", "van den Berg, K."),
        ("Jansen, J.; Bakker, P. (2019).", "Jansen, J.; Bakker, P."),
        ("’t Hart, P., & In ’t Veld, R. J. (2019).", "’t Hart, P.; in ’t Veld, R. J."),
        ("Jansen, J., & Movisie. (2019).", "Jansen, J.; =Movisie"),
        ("Ministerie van Onderwijs, Cultuur en Wetenschap (2019).", "=Ministerie van Onderwijs, Cultuur en Wetenschap"),
        ("CBS (2019).", "=CBS"),
        ("Th. M. Jansen, A. Bos & C. de Wit (2019).", "Jansen, Th. M.; Bos, A.; de Wit, C."),
    ],
)
def test_who_made_a_work_is_read_as_it_is_typed(typed: str, names: str) -> None:
    work = one(f"{typed} *Straten tellen*. Utrecht: Boom.")
    assert field(work.work, "author") == names
    assert "author" not in work.unsure


@pytest.mark.parametrize(
    "typed",
    [
        "Jansen, J., et al. (2019).",
        "Jansen, J., Bos, A., . . . Wit, C. (2019).",
        "Ewijk, Hans van (2019).",
        "Spierts, M., Kuiper (2019).",
    ],
)
def test_who_else_made_a_work_is_unsure(typed: str) -> None:
    assert "author" in one(f"{typed} *Straten tellen*. Utrecht: Boom.").unsure


def test_an_organisation_keeps_its_short_name() -> None:
    author = one("Raad voor de Straten [RvS]. (2019). *Straten tellen*. RvS.").item["author"]
    assert author == [{"literal": "Raad voor de Straten", "short": "RvS"}]


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2019", "2019"),
        ("2019b", "2019"),
        ("2019, 3 mei", "2019-5-3"),
        ("2019, mei 3", "2019-5-3"),
        ("2019, May 3", "2019-5-3"),
        ("3 mei 2019", "2019-5-3"),
        ("2019, mei", "2019-5"),
        ("z.d.", ""),
        ("n.d.-a", ""),
        ("1959/1993", "1993"),
        ("2010-2015", "2010"),
    ],
)
def test_a_date_is_read_in_each_of_its_forms(date: str, issued: str) -> None:
    assert field(one(f"Bos, A. ({date}). *Straten tellen*. Utrecht: Boom.").work, "issued") == issued


def test_a_status_stands_in_place_of_a_date() -> None:
    work = one("Bos, A. (in druk). Straten tellen. *Tijdschrift voor Buurten*.")
    assert work.item["issued"] == {"literal": "in druk"}


@pytest.mark.parametrize(
    ("link", "name", "value"),
    [
        ("https://doi.org/10.1000/abc.1", "DOI", "10.1000/abc.1"),
        ("doi:10.1000/abc.1", "DOI", "10.1000/abc.1"),
        ("DOI: 10.1000/abc(1).", "DOI", "10.1000/abc(1)"),
        ("http://dx.doi.org/10.1000/abc", "DOI", "10.1000/abc"),
        ("Geraadpleegd op 3 mei 2021, van https://example.org/a_b_c", "URL", "https://example.org/a_b_c"),
        ("Retrieved May 3, 2021, from https://example.org/a.", "URL", "https://example.org/a"),
        ("Beschikbaar via: https://example.org/a (geraadpleegd 3 mei 2021)", "URL", "https://example.org/a"),
        ("Geraadpleegd van https://example.org/a/(b)", "URL", "https://example.org/a/(b)"),
    ],
)
def test_an_address_is_read_in_each_of_its_forms(link: str, name: str, value: str) -> None:
    work = one(f"Bos, A. (2019). *Straten tellen*. Utrecht: Boom. {link}")
    assert field(work.work, name) == value
    assert field(work.work, "accessed") == ("2021-5-3" if "2021" in link else "")
    assert work.left == ()


def test_the_numbers_of_a_journal_are_read_in_each_of_their_forms() -> None:
    for numbers in ("31(2), 115–130", "31 (2): 115-130", "jrg. 31, nr. 2, p. 115-130", "31(nr. 2), pp. 115-130"):
        work = one(f"Bos, A. (2019). Straten tellen. *Tijdschrift voor Buurten*, {numbers}.")
        assert [field(work.work, name) for name in ("volume", "issue", "page")] == ["31", "2", "115-130"], numbers
        assert work.is_sure, numbers


def test_dashes_stand_for_the_authors_before() -> None:
    works = read(
        "Bos, A., & Tak, P. (2018). *Straten tellen*. Utrecht: Boom.\n\n"
        "——— (2019a). *Straten meten*. Utrecht: Boom.\n\n--- (2019b). *Straten wegen*. Utrecht: Boom."
    )
    assert {field(work.work, "author") for work in works} == {"Bos, A.; Tak, P."}
    assert [work.key for work in works] == ["bos2018", "bos2019a", "bos2019b"]


@pytest.mark.parametrize(
    "typed",
    [
        "Jansen J, Bakker P. Effect van buurtwerk. Ned Tijdschr Geneeskd. 2019;163:D123.",
        "Jansen, J. 2019. Straten tellen. Utrecht: Boom.",
        "Jansen, Jan. “Straten tellen.” Tijdschrift voor Buurten 31, no. 2 (2019): 115–130.",
        "Jansen, J. (2019) ‘Straten tellen’, *Tijdschrift voor Buurten*, 31(2), pp. 115–130.",
        "Kamerstukken II 2018/19, 35 000, nr. 4.",
        "Ibid., p. 12.",
        "Jansen, *Straten tellen*, Utrecht 2019.",
        "——— (2019). *Straten tellen*. Utrecht: Boom.",
    ],
)
def test_an_entry_that_is_not_in_apa_is_kept_whole(typed: str) -> None:
    work = one(typed)
    assert not work.apa
    assert work.work.title == upright(typed) == work.work.text("note")


def test_lines_and_paragraphs_that_go_on_are_one_entry_and_those_that_run_together_are_two() -> None:
    works = read(
        "# Literatuur\n\n"
        "Bos, A. (2018). *Straten tellen in de\nstad*. Utrecht: Boom.\n\n"
        "Tak, P. (2019). *Straten meten*.\n\nhttps://example.org/meten\n\n"
        "Vis, C. (2020). *Straten wegen*. Utrecht: Boom. Wit, D. de (2021). *Straten lopen*. Utrecht: Boom.\n"
    )
    assert [(work.key, work.place.line, work.parted) for work in works] == [
        ("bos2018", 3, False),
        ("tak2019", 6, False),
        ("vis2020", 10, False),
        ("wit2021", 10, True),
    ]
    assert works[0].work.title == "Straten tellen in de stad"
    assert works[1].work.text("URL") == "https://example.org/meten"


def test_a_list_without_blank_lines_has_an_entry_a_line_whatever_their_form() -> None:
    works = read(
        "Bos, A. (2019). Wijken tellen. Tijdschrift voor Buurten, 4(2), 10-25.\n"
        "Visser N, Tak P. Buren aan tafel. Tijdschr Buurt. 2020;12:4-9.\n"
    )
    assert [(work.key, work.apa) for work in works] == [("bos2019", True), ("visser2020", False)]


def test_an_entry_of_runs_keeps_underscores_and_stars() -> None:
    runs = (("Bos, A. (2019). ", False), ("Straten * tellen", True), (". https://example.org/a_b_c", False))
    (work,) = transcribe([TypedEntry(runs, Place("a.docx", 4))], frozenset({"bos2019"}))
    assert (work.key, work.work.title) == ("bos2019a", "Straten * tellen")
    assert work.work.text("URL") == "https://example.org/a_b_c"


def test_a_key_is_free() -> None:
    works = transcribe(typed_list("l.md", "Bos, A. (2019). *Een*. Boom.\n\nBos, A. (2019). *Twee*. Boom."), frozenset())
    assert [work.key for work in works] == ["bos2019", "bos2019a"]


def test_what_is_printed_in_apa_reads_back() -> None:
    """The list of the example, as it is printed: each name, title and number is the same work's, or is unsure."""
    references = parse_references(SourceFile("r.yaml", (ROOT / "sources" / "references.yaml").read_bytes(), "")).value
    assert references is not None
    style = load_style("apa", language="nl", as_written=False)
    labels = label_request(references, [reference.key for reference in references], style, "nl")
    printed = resolve_citations(labels).value
    assert printed is not None
    wrong = []
    for reference in references:
        runs = tuple(runs_of(printed.entries[reference.key].nodes()))
        (work,) = transcribe([TypedEntry(runs, Place("lijst.docx", 1))], frozenset())
        wrong += [
            f"{name} is {field(work.work, name)!r}, not {field(reference.work, name)!r}"
            for name in ("author", "editor", "title", "container-title", "volume", "issue", "page", "DOI", "URL")
            if name not in work.unsure and folded(field(work.work, name)) != folded(field(reference.work, name))
        ]
    assert len(references) > 50
    assert wrong == []


def runs_of(nodes: Nodes, *, italic: bool = False) -> Iterator[tuple[str, bool]]:
    """The words of a printed entry, as a word processor has them."""
    for found in nodes:
        content: Any = found.get("c")
        match found["t"]:
            case "Str":
                yield content, italic
            case "Space" | "SoftBreak":
                yield " ", italic
            case "Emph":
                yield from runs_of(content, italic=True)
            case "Link" | "Span" | "Quoted":
                yield from runs_of(content[1], italic=italic)
            case "Para" | "Strong" | "Superscript" | "Subscript" | "SmallCaps":
                yield from runs_of(content, italic=italic)


def test_same_words_sees_a_word_that_is_not_printed() -> None:
    work = one("Bos, A. (2019, 3 mei). *Straten tellen*. Utrecht: Boom.")
    assert same_words(work.typed, "Bos, A. (2019). Straten tellen. Boom.", work.work)
    assert not same_words(work.typed, "Bos, A. (2019). Straten. Boom.", work.work)
