"""Citations that were pasted as plain text: found in the sources, and turned into keys where one work fits."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from command import ROOT, run
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierbuild.core.ast import plain_text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationId,
    CitationRequest,
    Cluster,
    Label,
    PublicationId,
    Reference,
    SourceFile,
)
from dossierbuild.core.problems import Problem
from dossierbuild.core.spec import ShortNames
from dossierbuild.stages.cite import resolve_citations
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.stages.recognise import (
    Fit,
    Recognised,
    WorkIndex,
    candidate_keys,
    label_request,
    problems_of,
    prose_of,
    recognise,
    replaced,
    unread_problems,
    with_stated_short_names,
)
from dossierbuild.tools.csl import load_style

EXAMPLE = ROOT / "sources"
APA = load_style("apa", language="nl-NL", as_written=False)

# What the example's list does not have: namesakes, particles, papers of parliament, no date, in press.
MORE = """
- {id: jansen1, type: book, author: [{family: Jansen, given: Anna}], issued: 2021, title: A, publisher: Boom}
- {id: jansen2, type: book, author: [{family: Jansen, given: Anna}], issued: 2021, title: B, publisher: Boom}
- {id: jansen3, type: book, author: [{family: Jansen, given: Bas}], issued: 2019, title: C, publisher: Boom}
- id: vws2021
  type: report
  author: [{literal: "Ministerie van Volksgezondheid, Welzijn en Sport"}]
  issued: 2021
  title: Nota
- id: berg2018
  type: book
  author: [{family: Berg, given: K., non-dropping-particle: van den}]
  issued: 2018
  title: D
  publisher: Boom
- {id: berg2018x, type: book, author: [{family: Berg, given: L.}], issued: 2018, title: E, publisher: Boom}
- {id: hart2017, type: book, author: [{family: Hart, given: M., non-dropping-particle: ’t}], issued: 2017, title: F}
- {id: muller2016, type: book, author: [{family: Müller, given: J.}], issued: 2016, title: G, publisher: Boom}
- {id: dewitdruk, type: book, author: [{family: Wit, given: J., non-dropping-particle: de}], issued: in druk, title: H}
- id: scb2019
  type: report
  author: [{literal: Stads- en Cultuurbureau, short: SCB}]
  issued: 2019
  title: I
- id: scb2020
  type: report
  author: [{literal: Stads- en Cultuurbureau, short: SCB}, {literal: Jeugdraad}]
  issued: 2020
  title: J
- {id: jrn2017, type: report, author: [{literal: Jeugdraad van Noord}], issued: 2017, title: K}
- {id: kamer2019, type: bill, title: "Kamerstukken II, 32793, nr. 459", issued: 2019-05-03}
"""


@cache
def works() -> tuple[Reference, ...]:
    example = (EXAMPLE / "references.yaml").read_bytes()
    listed = parse_references(SourceFile("references.yaml", example + MORE.replace("\n", "\n  ").encode(), ""))
    assert listed.value
    return listed.value


@cache
def labels(keys: frozenset[str] | None = None) -> tuple[Label, ...]:
    """The labels of the works with these keys, or of all."""
    wanted = [work.key for work in works() if keys is None or work.key in keys]
    resolved = resolve_citations(label_request(works(), wanted, APA, "nl-NL"))
    assert resolved.value
    return resolved.value.labels


@cache
def found(text: str, path: str = "a.md") -> tuple[Recognised, ...]:
    """What is found in a text below a heading, with labels as the pipeline asks for them."""
    file = SourceFile(path, f"# Kop\n\n{text}\n".encode(), "")
    parsed = parse_text(file, Language.NL)
    assert parsed.value
    prose = prose_of(parsed.value, file)
    keys = frozenset(str(key) for key in candidate_keys(prose, WorkIndex(works())))
    return recognise(prose, WorkIndex(works(), labels(keys) if keys else ()))


def written(text: str) -> str:
    """The text with keys, as `cite` would write it."""
    whole = f"# Kop\n\n{text}\n"
    return replaced(whole, [citation for citation in found(text) if citation.is_whole])[len("# Kop\n\n") : -1]


# --- what is recognised ------------------------------------------------------------------------------------------

SEED = [
    ("(Spierts & Van der Sterren, 2000, p.120; Hofman, 2020)", ("spierts2000", "hofman2020")),
    ("(Koeter, 2022)", ("koeter2022",)),
    ("(Gerrits & Vlaar, 2010)", ("gerrits2010",)),
]


@pytest.mark.parametrize(("typed", "keys"), SEED)
def test_the_seed_s_citations_have_one_work(typed: str, keys: tuple[str, ...]) -> None:
    (citation,) = found(f"De buurt doet mee {typed}, en dat helpt.")
    assert (citation.fit, citation.keys, citation.text) == (Fit.ONE, keys, typed)


def test_of_the_seed_s_works_only_engbersen_stays_open_because_the_list_has_two() -> None:
    several, single = found("Bewoners doen het zelf (Engbersen et al., 2021; Gerrits & Vlaar, 2010).")
    assert (several.fit, several.keys, several.text) == (
        Fit.SEVERAL,
        ("engbersen2021", "engbersen2021g"),
        "Engbersen et al., 2021",
    )
    assert (single.fit, single.keys) == (Fit.ONE, ("gerrits2010",))
    assert not any(each.is_whole for each in (single, several))


@pytest.mark.parametrize(
    ("typed", "with_keys"),
    [
        ("Zo (Spierts & Van der Sterren, 2000, p.120; Hofman, 2020).", "Zo [@spierts2000, p. 120; @hofman2020]."),
        ("Volgens Gerrits en Vlaar (2010) is het zo.", "Volgens @gerrits2010 is het zo."),
        ("Gerrits & Vlaar (2010, blz. 5) is het zo.", "@gerrits2010 [blz. 5] is het zo."),
        ("Dat blijkt (zie ook Gerrits en Vlaar, 2010, pp. 12-15).", "Dat blijkt [zie ook @gerrits2010, pp. 12-15]."),
        ("(R. Engbersen et al., 2021)", "[@engbersen2021]"),
        ("(G. Engbersen e.a., 2021)", "[@engbersen2021g]"),
        ("Chetty *et al.* (2022b) rekenen.", "@chetty2022b rekenen."),
        ("(Chetty e.a., 2022a, 2022b)", "[@chetty2022a; @chetty2022b]"),
        ("Tonkens en De Wilde (2013a, 2013b)", "Tonkens en De Wilde [-@tonkens2013a; -@tonkens2013b]"),
        ("(Spierts and van der Sterren, 2000: 12)", "[@spierts2000, p. 12]"),
        ("(SPIERTS & VAN DER STERREN, 2000)", "[@spierts2000]"),
        ("(Spierts \\& van Der sterren, 2000)", "[@spierts2000]"),
        ("Spierts en Van\nder Sterren (2000)", "@spierts2000"),
        ("(Ministerie van Volksgezondheid, Welzijn en Sport, 2021)", "[@vws2021]"),
        ("Het Ministerie van Volksgezondheid, Welzijn en Sport (2021)", "Het @vws2021"),
        ("(Rijksinstituut voor Volksgezondheid & Milieu, z.d.)", "[@rivm-zd]"),
        ("(Centraal Bureau voor de Statistiek, z.d.-b)", "[@cbs-85146-zd]"),
        (
            "(Raad voor Volksgezondheid & Samenleving & College van Rijksadviseurs, 2022)",
            "[@rvs2022]",
        ),
        ("Raad voor Volksgezondheid & Samenleving en College van Rijksadviseurs (2022)", "@rvs2022"),
        ("De Wetenschappelijke Raad voor het Regeringsbeleid (2012)", "De @wrr2012"),
        ("(“We vertrouwen elkaar meer”, 2023)", "[@trouw2023]"),
        ("(Jansen, 2021b)", "[@jansen2]"),
        ("(A. Jansen, 2021a; B. Jansen, 2019)", "[@jansen1; @jansen3]"),
        ("Van den Berg (2018) en (Berg, 2018)", "@berg2018 en [@berg2018x]"),
        ("Muller (2016)", "@muller2016"),
        ("'t Hart (2017)", "@hart2017"),
        ("(De Wit, in druk)", "[@dewitdruk]"),
        ("(Kamerstukken II, 32793, nr. 459, 2019)", "[@kamer2019]"),
        ("(Sennett, 2012/2016)", "[@sennett2016]"),
        ("(Hofman 2020)", "[@hofman2020]"),
        ("(Koeter, 2022, en Hofman, 2020)", "[@koeter2022; @hofman2020]"),
        ("(het rapport van Koeter, 2022)", "[het rapport van @koeter2022]"),
        ("(Freud, 1900, aangehaald in Koeter, 2022)", "[Freud, 1900, aangehaald in @koeter2022]"),
        ("(zie voor een overzicht Koeter, 2022, en de bijlage)", "[zie voor een overzicht @koeter2022, en de bijlage]"),
        ("Gerrits en Vlaar (2010; zie ook Koeter, 2022)", "@gerrits2010 [; zie ook @koeter2022]"),
        ("Koeter (2022) en Hofman (2020)", "@koeter2022 en @hofman2020"),
        ("Koeter (2022)-model", "@{koeter2022}-model"),
        ("Koeter (2022) [sic]", "Koeter [-@koeter2022] [sic]"),
        ("| Koeter (2022) | (Koeter, 2022) |", "| @koeter2022 | [@koeter2022] |"),
        ("> Zegt Spierts en Van\n> der Sterren (2000).", "> Zegt @spierts2000."),
        ("Zo is het.^[Zie Koeter (2022).]", "Zo is het.^[Zie @koeter2022.]"),
        ("Wet maatschappelijke ondersteuning 2015 (2014)", "@wmo2015"),
        ("'Koeter (2022)' en \"Hofman (2020)\"", "'@koeter2022' en \"@hofman2020\""),
        ("**Koeter (2022)** en *Hofman* (2020)", "**@koeter2022** en @hofman2020"),
        ("(Gerrits &amp; Vlaar, 2010)", "[@gerrits2010]"),
        ("(Welschen et. al., 2019)", "[@welschen2019]"),
        ("(Koeter, L., 2022)", "[@koeter2022]"),
    ],
)  # fmt: skip
def test_a_typed_citation_with_one_work_becomes_a_key(typed: str, with_keys: str) -> None:
    assert written(typed) == with_keys


@pytest.mark.parametrize(
    ("typed", "with_keys"),
    [
        ("(Jansen, 2021a, b)", "[@jansen1; @jansen2]"),
        ("(Jansen, 2021a,b, p. 3)", "[@jansen1; @jansen2, p. 3]"),
        ("(Jansen, 2021a en b)", "[@jansen1; @jansen2]"),
        ("(Jansen, 2021a/b)", "[@jansen1; @jansen2]"),
        ("(Jansen, 2021a–b)", "[@jansen1; @jansen2]"),
        ("Müllers (2016) boek", "Müllers [-@muller2016] boek"),
        ("Müller’s (2016) boek", "Müller’s [-@muller2016] boek"),
        ("(‘t Hart, 2017)", "[@hart2017]"),
        ("[Müller, 2016]", "[@muller2016]"),
        ("(Müller; 2016)", "[@muller2016]"),
        ("(müller, 2016)", "[@muller2016]"),
        ("(Müller, 2016, pagina 4 tot 6)", "[@muller2016, p. 4-6]"),
        ("(Müller, 2016, p.4-p.6)", "[@muller2016, p. 4-6]"),
        ("(Müller, 2016, 12 t/m 15)", "[@muller2016, p. 12-15]"),
        ("(Müller, 2016: 4)", "[@muller2016, p. 4]"),
    ],
)
def test_a_citation_as_word_people_paste_it_names_the_same_works(typed: str, with_keys: str) -> None:
    assert written(f"Dat is zo.\n\n{typed}.\n") == f"Dat is zo.\n\n{with_keys}.\n"


@pytest.mark.parametrize("typed", ["(Jansen, 2021a, c)", "(A. Jansen, 2021a–d)"])
def test_a_letter_that_no_work_has_is_never_written_as_a_suffix(typed: str) -> None:
    assert written(typed) == typed
    assert [citation.fit for citation in found(typed)] == [Fit.NONE]


@pytest.mark.parametrize(
    "text", ["Volgens Jansen (1953) kan het.", "Jansen (1953) stelt dat.", "Jansen (2012) woont er."]
)
def test_a_year_that_may_be_one_of_birth_is_told_where_words_say_that_it_is_of_a_work(text: str) -> None:
    assert [citation.fit for citation in found(text)] == [Fit.NONE]


@pytest.mark.parametrize(
    "text",
    [
        "Wethouder Müller was er van 2014 tot 2018.",
        "Opbouwwerker Jansen (1953) woont er zijn hele leven.",
        "[Zie bijlage 3] en [link](https://voorbeeld.invalid/2016) en [wijk 2016]{.index}.",
        "De kosten (€ 2015 tot 2016) en het jaar [2016].",
        "Elk jaar (2015a, b) is goed; versie [1.2, 2016].",
    ],
)
def test_other_brackets_and_years_are_no_citations(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    "text",
    [
        "(vanaf 2020)", "(2019)", "(mei 2021)", "In 2020 (Amsterdam)", "(Wet maatschappelijke ondersteuning 2015)",
        "(zie hoofdstuk 3)", "(N = 1200, 2019)", "(actieve) inwoners", "(Den Haag, 2021)", "(Breda en Utrecht, 2020)",
        "In Amsterdam (2019) waren er meer.", "De Wmo (2015) geldt.", "De Participatiewet (2015) stelt eisen.",
        "(Tabel 3, 2019)", "(Zomer, 2020)", "(in Nederland, 2020)", "(sinds Utrecht, 2019)", "(Utrecht: Movisie, 2019)",
        "(Foto: Jan de Vries, 2019)", "(J. Bos, persoonlijke communicatie, 3 maart 2021)", "(van 1990 tot 2020)",
        "Het Dorpsfeest (2019) trok veel mensen.", "(p. 5)", "(Koeter)", "Bos, J. (2018). *Titel*. Boom.",
        "(1959–1993)", "(tussen 2012, 2014 en 2016)", "(69 procent, 2020)", "In Rotterdam en Den Haag (2021) niet.",
        "`(Koeter, 2022)`", "```\nKoeter (2022)\n```", "<!-- (Koeter, 2022) -->", "[@koeter2022; zie Koeter, 2022]",
        "@koeter2022 (2022)", "https://voorbeeld.nl/(Koeter,2022)", "[tekst](https://voorbeeld.nl/Koeter(2022))",
        "Het bos (2020) groeit.", "(nieuw lub, 2017)", "Jane Addams (1860–1935) schreef veel.",
        "De Nota Wonen (2015) noemt dat.", '[tekst]{lang="Koeter (2022)"}', "[a]: https://voorbeeld.nl (Koeter, 2022)",
    ],
)  # fmt: skip
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "typed", "similar"),
    [
        ("Zo is het (Pietersen, 2018).", "Pietersen, 2018", ()),
        ("(Pietersen & Bos, 2018, p. 5)", "Pietersen & Bos, 2018, p. 5", ()),
        ("Pietersen e.a. (2018) zeggen het.", "Pietersen e.a. (2018)", ()),
        ("Volgens Pietersen (2018) kan het.", "Pietersen (2018)", ()),
        ("Volgens het SCP (2018) kan het.", "SCP (2018)", ()),
        ("Bos & Van der Meer (2011: 45) kan het.", "Bos & Van der Meer (2011: 45)", ()),
        ("(Wetenschappelijke Raad voor het Regeringsbeleid [WRR], 2012)",
         "Wetenschappelijke Raad voor het Regeringsbeleid [WRR], 2012", ("wrr2012",)),
        ("Pietersen en Bos (2018) laten zien dat het kan.", "Pietersen en Bos (2018)", ()),
        ("Sociaal Werk Nederland (2018) stelt dat.", "Sociaal Werk Nederland (2018)", ()),
        ("Hofman (2019) zag het.", "Hofman (2019)", ("hofman2020",)),
        ("Jan Hofman (2020) zag het.", "Jan Hofman (2020)", ("hofman2020",)),
        ("Movisie en Hofman (2020) zagen het.", "Movisie en Hofman (2020)", ("hofman2020",)),
        ("(Bos & Hofman, 2020)", "Bos & Hofman, 2020", ("hofman2020",)),
        ("(RIVM, z.d.)", "RIVM, z.d.", ("rivm-zd",)),
        ("(Hofman, 2020a)", "Hofman, 2020a", ("hofman2020",)),
        ("Gerrits et al. (2010)", "Gerrits et al. (2010)", ("gerrits2010",)),
    ],
)  # fmt: skip
def test_a_citation_without_a_work_is_reported_with_what_is_like_it(
    text: str, typed: str, similar: tuple[str, ...]
) -> None:
    (citation,) = found(text)
    assert (citation.fit, citation.text, citation.keys, citation.is_whole) == (Fit.NONE, typed, similar, False)


def test_a_surname_with_de_is_not_the_one_without() -> None:
    (citation,) = found("De Berg (2018) schrijft.")
    assert (citation.fit, citation.text) == (Fit.NONE, "De Berg (2018)")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Jansen, 2021)", ("jansen1", "jansen2")),
        ("Volgens Jansen (2021)", ("jansen1", "jansen2")),
        ("(Centraal Bureau voor de Statistiek, z.d.)", ("cbs-85146-zd", "cbs-85147-zd", "cbs-85541-zd")),
        ("het boek van den Berg (2018)", ("berg2018", "berg2018x")),
    ],
)
def test_a_citation_that_fits_several_works_is_left_open(text: str, keys: tuple[str, ...]) -> None:
    (citation,) = found(text)
    assert (citation.fit, citation.keys) == (Fit.SEVERAL, keys)
    assert written(text) == text


def test_a_citation_with_one_work_unknown_stays_as_a_whole_and_each_is_told() -> None:
    text = "Zo is het (Koeter, 2022; Pietersen, 2018; zie hoofdstuk 3)."
    assert [(citation.fit, citation.text) for citation in found(text)] == [
        (Fit.ONE, "Koeter, 2022"),
        (Fit.NONE, "Pietersen, 2018"),
    ]
    assert written(text) == text


def test_the_example_has_no_typed_citation() -> None:
    for path in sorted(EXAMPLE.glob("**/*.md")):
        assert found(path.read_text("utf-8")) == (), path.name


@pytest.mark.parametrize(
    ("typed", "with_keys"),
    [
        ("(SCB, 2019)", "[@scb2019]"),
        ("het SCB (2019) meldt", "het @scb2019 meldt"),
        ("(Stads- en Cultuurbureau [SCB], 2019, p. 3)", "[@scb2019, p. 3]"),
        ("het Stads- en Cultuurbureau (SCB, 2019, p. 3)", "het @scb2019 [p. 3]"),
        ("(SCB en Jeugdraad, 2020)", "[@scb2020]"),
        ("(S.C.B., 2019)", "[@scb2019]"),
        ("(Jansen B, 2019)", "[@jansen3]"),
        ("Bas Jansen (2019) zegt", "Bas Jansen [-@jansen3] zegt"),
        ("(v.d. Berg, 2018)", "[@berg2018]"),
        ("(Gerrits/Vlaar 2010)", "[@gerrits2010]"),
        ("Gerrits en collega’s (2010) zien", "Gerrits en collega’s [-@gerrits2010] zien"),
        ("(Koeter, 2022, p. 5, en Hofman, 2020)", "[@koeter2022, p. 5; @hofman2020]"),
        ("(Koeter 2022, Hofman 2020)", "[@koeter2022; @hofman2020]"),
        ("(Jansen, 2021a, p. 3; 2021b, p. 4)", "[@jansen1, p. 3; @jansen2, p. 4]"),
        ("Jansen (2021a, p. 3; 2021b)", "@jansen1 [p. 3; -@jansen2]"),
        ("Koeter [2022, p. 3] zegt", "@koeter2022 [p. 3] zegt"),
        ("(Sennett, 2016 [2012])", "[@sennett2016]"),
        ("(Müller: 2016)", "[@muller2016]"),
        ("Freud (1900, geciteerd in Koeter, 2022)", "Freud [1900, geciteerd in @koeter2022]"),
        ("(zie Koeter (2022))", "(zie @koeter2022)"),
        ("(Wet maatschappelijke ondersteuning 2015, 2014)", "[@wmo2015]"),
    ],
)
def test_other_forms_of_names_and_years_mean_the_same_works(typed: str, with_keys: str) -> None:
    assert written(f"Zo is het {typed}.") == f"Zo is het {with_keys}."


def unread_in(text: str) -> list[str]:
    """What D247 tells of a text."""
    return [each.subject for each in told(f"# Kop\n\n{text}\n") if each.code == "D247"]


@pytest.mark.parametrize(
    ("text", "found_there"),
    [
        ("Bron: Koeter, 2022.", "Koeter, 2022"),
        ("Het rapport van Koeter uit 2022 zegt dat.", "Koeter uit 2022"),
        ("Gerrits en zijn team (2010) zien dat.", "Gerrits en zijn team (2010"),
        ("(Gerrits & Vlaar, red., 2010)", "Gerrits & Vlaar, red., 2010"),
        ("Koeter, L. (2022). *Beroepsprofiel*.", "Koeter, L. (2022"),
        ("Dat is zo (2022, Koeter).", "2022, Koeter"),
    ],
)
def test_names_and_year_that_stand_together_in_another_way_are_a_note(text: str, found_there: str) -> None:
    assert unread_in(text) == [found_there]


@pytest.mark.parametrize(
    "text",
    [
        "Koeter was er tot 2022, en Jansen sinds 2019.",
        "Het rapport van Koeter uit 2022 [@koeter2022] zegt dat.",
        "Hart 2017 is een wandeltocht; Gerrits 2010 ook.",
        "Wijk Müller: 2016 woningen. Koeter had € 2022 en 2022% meer.",
        "Koeter sprak daarover. 2022 was een goed jaar.",
        "De koeter 2022 en het jaar van Koeter, 2021.",
        "SCB 2019-2023 is een programma.",
    ],
)
def test_names_and_years_of_other_things_are_no_notes(text: str) -> None:
    assert unread_in(text) == []


def test_a_short_name_that_the_text_states_is_known_there() -> None:
    file = SourceFile("a.md", b"# Kop\n\nDe Jeugdraad van Noord (JRN) telt. Ook (JRN, 2017).\n", "")
    parsed = parse_text(file, Language.NL)
    assert parsed.value
    prose = prose_of(parsed.value, file)
    (citation,) = recognise(prose, WorkIndex(with_stated_short_names(works(), [prose])))
    assert (citation.text, citation.keys, citation.is_whole) == ("(JRN, 2017)", ("jrn2017",), True)


# --- laws ----------------------------------------------------------------------------------------------------------


def shown(text: str) -> str:
    """A label in the form in which typed and printed ones are compared."""
    plain = text.replace("&", "en").replace("e.a.", "et al.").casefold()
    return " ".join(re.sub(r"[“”\"]", "", plain).split())


def test_what_takes_the_place_of_a_label_prints_that_label() -> None:
    """Every label of the list, typed in both forms, becomes a citation that prints it again."""
    typed = [form for label in labels() for form in (label.parenthetical, label.narrative.replace("et al.", "e.a."))]
    text = "\n\n".join(f"Dus {form}, zeker." for form in typed)
    parsed = parse_text(SourceFile("a.md", f"# Kop\n\n{written(text)}".encode(), ""), Language.NL)
    assert parsed.value
    assert [str(site.key) for site in parsed.value.citations] == [
        str(label.key) for label in labels() for _ in range(2)
    ]
    paragraphs = parsed.value.blocks.nodes()[1:]
    cites = [inline for block in paragraphs for inline in block["c"] if inline["t"] == "Cite"]
    clusters = tuple(
        Cluster(
            place=CitationId(publication=PublicationId("p"), part="a", number=number),
            cite=json.dumps(cite, ensure_ascii=False),
            in_note=False,
        )
        for number, cite in enumerate(cites)
    )
    asked = FrozenMap({PublicationId("p"): clusters})
    cited = tuple(reference.csl_item() for reference in works())
    in_full: ShortNames = "never"  # as the labels are
    request = CitationRequest(
        publications=asked,
        works=cited,
        style=APA,
        language="nl-NL",
        as_written=False,
        short_names=FrozenMap({PublicationId("p"): in_full}),
    )
    resolved = resolve_citations(request).value
    assert resolved
    printed = [plain_text(resolved.printed[cluster.place].nodes()) for cluster in clusters]
    assert [shown(cite) for cite in printed] == [shown(cite) for cite in typed]


PIECES = st.sampled_from(
    [
        "(Koeter, 2022)", "Gerrits en Vlaar (2010)", "(Engbersen et al., 2021; Koeter, 2022)", "Hofman (2020, p. 3)",
        "(zie Hofman, 2020)", "[@koeter2022]", "@hofman2020", "(2020)", "woord", "en", "Volgens", "van", "[", "]", "(",
        ")", "*", "`", "\n", "\n\n", "- ", "> ", "|", ".", ",", "«é»", "Jansen (2021)", "(Bos, 2019)", "{.x}", "\\",
    ]
)  # fmt: skip


@settings(derandomize=True, max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=14), glue=st.sampled_from([" ", ""]))
def test_a_second_time_changes_nothing_and_all_else_stays_byte_for_byte(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    citations = [citation for citation in found(text) if citation.is_whole]
    whole = f"# Kop\n\n{text}\n"
    kept, last = [], 0
    for citation in citations:
        assert last <= citation.start < citation.end
        kept.append(whole[last : citation.start])
        last = citation.end
    again = replaced(whole, citations)
    assert (
        again
        == "".join(before + citation.written for before, citation in zip(kept, citations, strict=True)) + whole[last:]
    )
    assert [citation for citation in found(written(text)) if citation.is_whole] == []


# --- problems ------------------------------------------------------------------------------------------------------


def told(text: str) -> list[Problem]:
    file = SourceFile("a.md", text.encode(), "")
    parsed = parse_text(file, Language.NL)
    assert parsed.value
    prose = prose_of(parsed.value, file)
    index = WorkIndex(works(), labels(frozenset(str(key) for key in candidate_keys(prose, WorkIndex(works())))))
    citations = recognise(prose, index)
    return [*problems_of(prose, citations, index, "references.yaml"), *unread_problems(prose, citations, index)]


def test_a_typed_citation_is_told_at_its_place_with_what_to_write() -> None:
    single, several, none = told("# Kop\n\nEerst\ndit (Koeter, 2022, p.5).\n\nJansen (2021) en (Pietersen, 2018)\n")
    assert [(each.code, each.place.line, each.place.column) for each in (single, several, none)] == [
        ("D232", 4, 5),
        ("D233", 6, 1),
        ("D234", 6, 19),
    ]
    assert "[@koeter2022, p. 5]" in single.hint(Language.NL)
    assert "dossierbuild cite" in single.hint(Language.EN)
    assert "@jansen1, @jansen2" in several.hint(Language.NL)
    assert [place.path for place in several.related] == ["references.yaml"] * 2
    assert none.subject == "Pietersen, 2018"
    assert "ignore" in none.hint(Language.NL)


def test_a_citation_that_is_none_can_be_accepted_by_its_text(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8").replace("vergunning aan.", "vergunning aan (Kerkstraat, 2018).", 1))
    assert run("check", dossier).code == 3
    manifest = dossier / "dossier.yaml"
    accepted = '\n  - {code: D234, at: "chapters/02-slot.md#Kerkstraat, 2018", reason: Dit is een straat.}\n'
    manifest.write_text(manifest.read_text("utf-8").rstrip() + accepted)
    assert run("check", dossier).code == 0


@pytest.mark.parametrize("style", ["ieee", "chicago-notes"])
def test_people_type_names_and_years_also_where_the_style_prints_numbers_or_notes(dossier: Path, style: str) -> None:
    manifest, chapter = dossier / "dossier.yaml", dossier / "chapters" / "02-slot.md"
    manifest.write_text(manifest.read_text("utf-8").replace("style: apa", f"style: {style}"))
    pasted = "vergunning aan (Bakker & Visser, 2021a)."
    chapter.write_text(chapter.read_text("utf-8").replace("vergunning aan.", pasted, 1), "utf-8")
    ended = run("check", dossier)
    assert "chapters/02-slot.md:25:34: waarschuwing D232" in ended.err
    assert "[@bakker2021a]" in ended.err


# --- the command ---------------------------------------------------------------------------------------------------


def test_cite_shows_the_change_and_writes_only_when_asked(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    pasted = "Dat weet men (van den Berg, 2019, p.4; Bakker & Visser, 2021a), zegt Bakker en Visser (2021b).\n"
    chapter.write_text(chapter.read_text("utf-8") + "\n" + pasted, encoding="utf-8")
    before = chapter.read_bytes()
    shown_only = run("cite", chapter)
    assert shown_only.code == 0
    assert f"\n-{pasted}+Dat weet men [@berg2019, p. 4; @bakker2021a], zegt @bakker2021b.\n" in shown_only.out
    assert chapter.read_bytes() == before
    assert run("cite", chapter, "--write").code == 0
    assert chapter.read_bytes() == before.replace(
        pasted.encode(), b"Dat weet men [@berg2019, p. 4; @bakker2021a], zegt @bakker2021b.\n"
    )
    again = run("cite", chapter, "--write")
    assert (again.code, again.out) == (0, "")
    assert run("check", dossier).code == 0


def test_cite_lists_what_it_leaves_with_place_and_reason(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    before = chapter.read_text("utf-8") + "\nZo (Bakker & Visser, 2021) en zo (Jansen, 2018).\n"
    chapter.write_text(before, encoding="utf-8")
    ended = run("cite", chapter, "--write", "--language", "en")
    line = before.count("\n")
    assert ended.code == 0
    assert ended.out == ""
    assert f"{chapter}:{line}:5: warning D233" in ended.err
    assert "[@bakker2021a], [@bakker2021b]" in ended.err
    assert f"{chapter}:{line}:35: warning D234" in ended.err
    assert chapter.read_text("utf-8") == before


def test_cite_keeps_line_ends_a_byte_order_mark_and_a_missing_last_line_end(dossier: Path, tmp_path: Path) -> None:
    pasted = tmp_path / "geplakt.md"
    pasted.write_bytes("\ufeff# Kop\r\n\r\nAlles (Van\r\nden Berg, 2019)\r\nen Bakker en Visser (2021a)".encode())
    ended = run("cite", pasted, "--dossier", dossier, "--write")
    assert ended.code == 0, ended.err
    assert pasted.read_bytes() == "\ufeff# Kop\r\n\r\nAlles [@berg2019]\r\nen @bakker2021a".encode()


def test_cite_in_an_infographic_changes_texts_only_and_leaves_what_would_be_no_yaml(dossier: Path) -> None:
    panels = dossier / "infographic.yaml"
    text = panels.read_text("utf-8")
    text = text.replace("lead: Wat helpt bij een buurtfeest [@berg2019].", "lead: Van den Berg (2019) weet wat helpt.")
    text = text.replace("kwam in 2024 [@berg2019]", "kwam in 2024 (Van den Berg, 2019)")
    text = text.replace("alt: Het deel dat komt groeit.", "alt: Het deel groeit volgens Van den Berg (2019).")
    panels.write_text(text, encoding="utf-8")
    ended = run("cite", panels, "--write")
    assert panels.read_text("utf-8") == text.replace("kwam in 2024 (Van den Berg, 2019)", "kwam in 2024 [@berg2019]")
    assert f"{panels}:2:7: opmerking D237" in ended.err
    assert ended.code == 0


def test_cite_leaves_alone_what_would_become_part_of_the_citation_before_it(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    before = chapter.read_text("utf-8")
    chapter.write_text(before + "\nZegt @berg2019 (Bakker & Visser, 2021a).\n", encoding="utf-8")
    ended = run("cite", chapter, "--write")
    assert chapter.read_text("utf-8") == before + "\nZegt @berg2019 (Bakker & Visser, 2021a).\n"
    assert "D237" in ended.err


@pytest.mark.parametrize(
    ("name", "code"), [("nergens.md", "D117"), ("data/gasten.csv", "D238"), ("dossier.yaml", "D102")]
)
def test_cite_refuses_what_it_cannot_read(dossier: Path, name: str, code: str) -> None:
    ended = run("cite", dossier / name)
    assert ended.code == 3
    assert code in ended.err
    assert "Traceback" not in ended.err


def test_cite_without_a_dossier_or_with_an_unreadable_list_says_so(dossier: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alleen" / "a.md"
    alone.parent.mkdir()
    shutil.copy(dossier / "chapters" / "02-slot.md", alone)
    assert "D128" in run("cite", alone).err
    (dossier / "references.yaml").write_text("references: [", encoding="utf-8")
    ended = run("cite", dossier / "in-het-kort.md")
    assert ended.code == 3
    assert "references.yaml" in ended.err
