"""Built files are opened again: a good one has no problem, and every kind of damage is reported as what it
is."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from edition import every_construct, render_on_paper, with_bodies
from opened import read_facts, verified, verify

from dossierbuild.core.catalogue import CATALOGUE, Language
from dossierbuild.core.model import Artifact
from dossierbuild.core.passages import Kind
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.html import write_page
from dossierbuild.stages.verify import expected_facts, verify_together
from dossierbuild.stages.verify.facts import KINDS
from dossierbuild.stages.verify.findings import LOST

FORMATS = list(Format)
PUBLICATIONS = ["dossier", "kort", "plaat"]


def _codes(problems: tuple[Problem, ...]) -> set[str]:
    return {one.code for one in problems}


def _with(artifact: Artifact, data: bytes) -> Artifact:
    return dataclasses.replace(artifact, data=data)


def _changed(artifact: Artifact, old: str, new: str) -> Artifact:
    """An HTML or EPUB file in which a text occurs and is changed wherever it does."""
    if artifact.format is Format.HTML:
        page = artifact.data.decode()
        assert old in page
        return _with(artifact, page.replace(old, new).encode())
    buffer, found = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book, zipfile.ZipFile(buffer, "w") as changed:
        for name in book.namelist():
            data = book.read(name)
            found = found or old.encode() in data
            changed.writestr(name, data.replace(old.encode(), new.encode()))
    assert found
    return _with(artifact, buffer.getvalue())


def _page(artifact: Artifact, name: str) -> str:
    """The HTML page, or a page of the EPUB."""
    if artifact.format is Format.HTML:
        return artifact.data.decode()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book:
        return book.read(name).decode()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_a_good_file_has_no_problem(name: str, form: Format) -> None:
    edition = every_construct()
    assert verify(edition.publication(name), edition.artifact(name, form)) == ()


def test_the_dossier_has_facts_of_every_kind() -> None:
    """Else the tests below would look for nothing."""
    counts = expected_facts(every_construct().publication("dossier")).counts()
    assert all(counts[kind] >= 2 for kind in KINDS), counts


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
def test_expected_and_read_facts_are_the_same_in_number(form: Format) -> None:
    edition = every_construct()
    expected = expected_facts(edition.publication("dossier")).counts()
    found = read_facts(edition.artifact("dossier", form)).counts()
    for kind in (one for one in KINDS if one is not Kind.LINK):
        assert found[kind] == expected[kind], kind


# Each: what is changed in the page, into what, and the problem that this is.
DAMAGE = {
    "heading": ("Eerste stap</h", "</h", "D610"),
    "paragraph": ("Let op het tempo.", "", "D611"),
    "item of a list": ("een punt daaronder", "", "D611"),
    "definition": ("wat de term is", "", "D611"),
    "words in a paragraph": ("telt.", "", "D611"),
    "caption of a figure": ("Een kaart van de buurt", "Een kaart", "D612"),
    "label of a figure": ("Figuur 1", "", "D612"),
    "caption of a table": ("uit het bestand", "", "D621"),
    "cell": (">310,5<", "><", "D613"),
    "label of a box": ("Wat bedoelen we?\n", "", "D614"),
    "citation": ("Adams &amp; Ng, 2019, pp. 12–15", "", "D615"),
    "year of a citation": ("Bakker, 2020b</a>)", "Bakker, 2020</a>)", "D615"),
    "entry": ("Tweede verslag", "", "D616"),
    "note": ("Een tweede noot.", "", "D617"),
    "paragraph of a note": ("Met een tweede alinea.", "", "D617"),
    "alternative text": ('alt="Een vlak met in het midden een stip."', 'alt=""', "D618"),
    "alternative text of a drawing": ("Het aantal bewoners groeide van 1200 naar 1425.", "", "D618"),
    "link": ('href="https://example.org/straten?a=1&amp;b=2"', 'href="https://example.org/"', "D619"),
    "call of a note": ('role="doc-noteref"', "", "D611"),
    "entry that comes twice": ('role="listitem">', 'role="listitem"><p>Tweemaal.</p>', "D616"),
}


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
@pytest.mark.parametrize("case", list(DAMAGE))
def test_damage_to_a_page_is_seen(case: str, form: Format) -> None:
    old, new, code = DAMAGE[case]
    edition = every_construct()
    damaged = _changed(edition.artifact("dossier", form), old, new)
    assert code in _codes(verify(edition.publication("dossier"), damaged))


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
def test_a_row_that_comes_twice_is_seen(form: Format) -> None:
    edition = every_construct()
    row = '<tr>\n<td style="text-align: left;">Noord</td>\n<td class="number" style="text-align: right;">12</td>\n</tr>'
    damaged = _changed(edition.artifact("dossier", form), row, row + row)
    assert _codes(verify(edition.publication("dossier"), damaged)) == {"D620"}


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
def test_one_of_two_equal_citations_is_missed(form: Format) -> None:
    """The same label stands elsewhere, so only counting tells."""
    edition = every_construct()
    artifact = edition.artifact("dossier", form)
    opening = '<span class="citation" data-cites="koeter2022">'
    pattern = rf'{opening}\(<a [^>]*id="cite-koeter2022-2"[^>]*>[^<]*</a>\)</span>'
    found = re.search(pattern, _page(artifact, "EPUB/01-begin.xhtml"))
    assert found
    problems = verify(edition.publication("dossier"), _changed(artifact, found[0], ""))
    lost = [one for one in problems if one.code == "D615"]
    assert [one.words["text"] for one in lost] == ["(Koeter, 2022)"]


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
def test_two_paragraphs_in_the_wrong_order_are_seen(form: Format) -> None:
    edition = every_construct()
    first, second = "<p>Een buurt is wat bewoners een buurt noemen.</p>", "<p>Let op het tempo.</p>"
    swapped = _changed(edition.artifact("dossier", form), first, "<!-- -->")
    swapped = _changed(_changed(swapped, second, first), "<!-- -->", second)
    assert _codes(verify(edition.publication("dossier"), swapped)) == {"D602"}


PIXEL = '<img src="https://example.org/teller.png" alt="" />'
UNSOUND = [
    (Format.HTML, "</figure>", f"</figure>{PIXEL}", "D604"),
    (Format.HTML, "</style>", "p{background:url(https://example.org/x.png)}</style>", "D604"),
    (Format.HTML, 'id="fig-kaart"', 'id="fig-groei"', "D606"),
    (Format.HTML, 'href="#fn-2"', 'href="#fn-9"', "D607"),
    (Format.HTML, "<title>Alles één keer</title>", "<title>Iets anders</title>", "D608"),
    (Format.HTML, '<html lang="nl-NL"', '<html lang="de"', "D609"),
    (Format.EPUB, "</figure>", f"</figure>{PIXEL}", "D604"),
    (Format.EPUB, ".box {", "p{background:url(https://example.org/x.png)} .box {", "D604"),
    (Format.EPUB, 'id="fig-kaart"', 'id="fig-groei"', "D606"),
    (Format.EPUB, "04-literatuur.xhtml#ref-adams2019", "04-literatuur.xhtml#ref-weg", "D607"),
    (Format.EPUB, 'href="02-vervolg.xhtml#vervolg"', 'href="09-weg.xhtml#vervolg"', "D607"),
    (Format.EPUB, 'id="main-title">Alles één keer<', 'id="main-title">Iets anders<', "D608"),
    (Format.EPUB, "<dc:language>nl-NL", "<dc:language>de", "D609"),
    (Format.EPUB, ' lang="nl-NL"', ' lang="de"', "D609"),
]


@pytest.mark.parametrize(("form", "old", "new", "code"), UNSOUND)
def test_an_unsound_file_is_seen(form: Format, old: str, new: str, code: str) -> None:
    edition = every_construct()
    damaged = _changed(edition.artifact("dossier", form), old, new)
    assert code in _codes(verify(edition.publication("dossier"), damaged))


def test_a_picture_that_is_not_in_the_book_is_seen() -> None:
    edition = every_construct()
    artifact = edition.artifact("dossier", Format.EPUB)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book, zipfile.ZipFile(buffer, "w") as changed:
        for name in book.namelist():
            if not name.endswith("kaart.svg"):
                changed.writestr(name, book.read(name))
    problems = verify(edition.publication("dossier"), _with(artifact, buffer.getvalue()))
    assert [(one.code, one.words["target"]) for one in problems] == [("D607", "figures/kaart.svg")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: b"geen bestand", lambda data: data[: len(data) // 2]]
)
def test_a_broken_file_is_a_problem_and_no_crash(damage: Callable[[bytes], bytes], form: Format) -> None:
    edition = every_construct()
    artifact = edition.artifact("kort", form)
    assert verify(edition.publication("kort"), _with(artifact, damage(artifact.data)))


# --- PDF: damage before the layout, which the PDF then shows ------------------------------------------------

PAPER_DAMAGE = {name: DAMAGE[name] for name in DAMAGE if name not in ("call of a note", "entry that comes twice")} | {
    "link": ('<a href="https://example.org/straten?a=1&amp;b=2">', "<a>", "D619"),
    "citation's link": (
        '<a href="#ref-adams2019" id="cite-adams2019-2" role="doc-biblioref">',
        "<a>",
        "D619",
    ),
}


# WeasyPrint 70 leaves the file of its colour profile to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")
def _damaged_on_paper(body: str) -> str:
    for old, new, _ in PAPER_DAMAGE.values():
        body = body.replace(old, new)
    return body


def test_damage_on_paper_is_seen() -> None:
    """One layout with all damage, so that each kind shows beside the others."""
    edition = every_construct()
    job = edition.job("dossier", Format.PDF)
    for case, (old, _, _) in PAPER_DAMAGE.items():
        assert any(old in body for body in job.bodies.values()), case
    damaged = render_on_paper(with_bodies(job, _damaged_on_paper))
    problems = verify(edition.publication("dossier"), damaged)
    reported = [(one.code, str(one.words.get("text", ""))) for one in problems]
    assert {code for code, _ in reported} >= {code for _, _, code in PAPER_DAMAGE.values()}
    whole = " ".join(text for _, text in reported)
    for words in (
        "Eerste stap",
        "Let op het tempo",
        "een punt daaronder",
        "Een tweede noot",
        "310,5",
        "midden een stip",
    ):
        assert words in whole


def test_paper_with_another_title_and_language_is_seen() -> None:
    edition = every_construct()
    artifact = edition.artifact("kort", Format.PDF)
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        pdf.docinfo["/Title"] = "Iets anders"
        pdf.Root.Lang = pikepdf.String("de")
        pdf.save(buffer)
    assert _codes(verify(edition.publication("kort"), _with(artifact, buffer.getvalue()))) == {"D608", "D609"}


# --- labels -------------------------------------------------------------------------------------------------


def _labels_in(*artifacts: Artifact) -> tuple[Problem, ...]:
    """What is found wrong with the labels in files of the edition, changed or not."""
    edition = every_construct()
    files = [verified(edition.publication(one.publication), one) for one in artifacts]
    return verify_together(files, edition.resolved.labels)


def test_every_work_has_its_one_label_in_all_files() -> None:
    assert _labels_in(*every_construct().artifacts) == ()


@pytest.mark.parametrize("form", [Format.HTML, Format.EPUB])
def test_a_label_that_differs_is_seen(form: Format) -> None:
    edition = every_construct()
    wrong = _changed(edition.artifact("kort", form), "Bakker, 2020b", "Bakker, 2020")
    problems = _labels_in(wrong)
    assert [one.words["label"] for one in problems] == ["Bakker, 2020"]


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("Bakker, 2020b", True),
        ("2020b", True),
        ("Bakker, 2020b, p. 5", True),
        ("2020b, hoofdstuk 2", True),
        ("2020", False),
        ("2020a", False),
        ("Bakkers, 2020b", False),
        ("M. Bakker, 2020b", False),
    ],
)
def test_a_citation_may_leave_out_the_author_and_add_a_place(shown: str, *, right: bool) -> None:
    edition = every_construct()
    artifact = _changed(edition.artifact("kort", Format.HTML), "Bakker, 2020b", shown)
    assert (_labels_in(artifact) == ()) is right


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("Raad voor de Straten, 2021", True),
        ("RvS, 2021, p. 5", True),
        ("RvS [Raad voor de Straten], 2021", False),
        ("Raad voor Straten, 2021", False),
    ],
)
def test_an_organisation_goes_by_its_full_or_its_short_name(shown: str, *, right: bool) -> None:
    artifact = _changed(every_construct().artifact("kort", Format.HTML), "Raad voor de Straten [RvS], 2021", shown)
    assert (_labels_in(artifact) == ()) is right


# --- messages -----------------------------------------------------------------------------------------------


def test_a_problem_says_what_was_lost_and_where() -> None:
    edition = every_construct()
    damaged = _changed(edition.artifact("dossier", Format.HTML), "Let op het tempo.", "")
    (problem,) = verify(edition.publication("dossier"), damaged)
    message = problem.message(Language.NL)
    for words in ("alles-een-keer-dossier.html", "Let op het tempo.", "Begin & ‘bericht’"):
        assert words in message
    assert problem.message(Language.EN) != message


def test_every_kind_of_fact_has_its_own_message() -> None:
    messages = {CATALOGUE[LOST[kind]].message[Language.NL] for kind in KINDS}
    assert len(messages) == len(KINDS)


def test_a_loss_in_the_step_from_tree_to_html_is_seen() -> None:
    """What is expected comes from the text trees, so a body that lost something does not hide it."""
    edition = every_construct()
    job = edition.job("kort", Format.HTML)
    emptied = with_bodies(job, lambda body: re.sub(r"<p>.*?</p>", "", body))
    assert "D611" in _codes(verify(edition.publication("kort"), write_page(emptied)))
