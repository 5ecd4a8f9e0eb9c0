"""Formulas: read, said in words, set in browsers and on paper, and none lost."""

from __future__ import annotations

import html
import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypandoc
import pytest
import yaml
from command import ROOT
from edition import every_construct

from dossierbuild.core.ast import document, plain_text, prose, walk
from dossierbuild.core.formulas.mathml import formula_signs, write_mathml
from dossierbuild.core.formulas.plain import plain_formula, rich_formula
from dossierbuild.core.formulas.reading import Fault, FormulaError, read_formula, unknown_commands
from dossierbuild.core.formulas.signs import ACCENTS, ARROWS, BINOMIALS, ENVIRONMENTS, FACES, FRACTIONS, SYMBOLS, Role
from dossierbuild.core.formulas.speech import spoken_formula
from dossierbuild.core.model import Formula
from dossierbuild.core.passages import Kind
from dossierbuild.core.spec import Format
from dossierbuild.formats import open_again, verify_file
from dossierbuild.stages.formulas import draw_formulas
from dossierbuild.stages.parse.formulas import with_formulas_told
from dossierbuild.stages.verify import expected_facts
from dossierbuild.tools import markup
from dossierbuild.tools.fonts import characters_in
from dossierbuild.tools.pandoc import read_markdown
from dossierbuild.tools.pdf_reader import read_pdf

TERMS = yaml.safe_load((ROOT / "styles/terms.yaml").read_text("utf-8"))
FONT = (ROOT / "styles/fonts/STIXTwoMath-Regular.ttf").read_bytes()


# --- reading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "numbers"),
    [
        ("0,95", ["0,95"]),
        ("0{,}95", ["0,95"]),
        ("1.250,5", ["1.250,5"]),
        ("1,000,000", ["1,000,000"]),
        ("1,2,3", ["1", "2", "3"]),
        ("1, 2", ["1", "2"]),
        ("x_{i,j}", []),
    ],
)
def test_a_comma_between_digits_is_a_decimal_comma(tex: str, numbers: list[str]) -> None:
    assert re.findall("<mn>([^<]*)</mn>", write_mathml(read_formula(tex), display=False)) == numbers


@pytest.mark.parametrize(
    ("tex", "fault", "offset"),
    [
        (r"\frac{1}", Fault.MISSING, 0),
        (r"x^", Fault.MISSING, 1),
        (r"a + \sqrt{2", Fault.UNCLOSED, 9),
        (r"\left( x", Fault.UNCLOSED, 0),
        (r"\begin{cases} a", Fault.UNCLOSED, 0),
        (r"a } b", Fault.STRAY, 2),
        (r"x_1_2", Fault.STRAY, 3),
        (r"a \right)", Fault.STRAY, 2),
        ("x^{" * 2_000 + "}" * 2_000, Fault.LENGTH, 0),
        ("x^{" * 30 + "x" + "}" * 30, Fault.DEPTH, 74),
        (r"\sqrt" * 500 + "x", Fault.DEPTH, 120),
        ("  ", Fault.EMPTY, 0),
    ],
)
def test_what_is_wrong_is_told_where_it_begins(tex: str, fault: Fault, offset: int) -> None:
    with pytest.raises(FormulaError) as told:
        read_formula(tex)
    assert (told.value.fault, told.value.offset) == (fault, offset)


def test_each_command_that_is_not_known_is_told() -> None:
    tokens = list(unknown_commands(r"\cancel{x} + \def\a{b} \begin{tikzpicture}\end{tikzpicture} \frac12"))
    assert [(token.text, token.offset) for token in tokens] == [
        (r"\cancel", 0), (r"\def", 13), (r"\a", 17), ("tikzpicture", 23),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "in_line", "on_lines"),
    [
        (r"\sum_{i=1}^{n} x_i", "msubsup", "munderover"),
        (r"\lim_{n\to\infty} a", "msub", "munder"),
        (r"\operatorname*{arg\,max}_x f", "msub", "munder"),
        (r"\mathop{\mathrm{Var}}_x f", "msub", "munder"),
        (r"\frac{\sum_i x}{n}", "msub", "msub"),
        (r"\displaystyle \sum_i x", "munder", "munder"),
        (r"\textstyle \sum_i x", "msub", "msub"),
        (r"\dfrac{\sum_i x}{n}", "msub", "msub"),
        (r"\begin{pmatrix} \sum_i x \\ 1 \end{pmatrix}", "msub", "msub"),
        (r"\begin{aligned} a &= \sum_i x \end{aligned}", "munder", "munder"),
        (r"\sum\limits_i x", "munder", "munder"),
        (r"\sum\nolimits_i x", "msub", "msub"),
        (r"{\sum}_i x", "msub", "msub"),
        (r"\int_0^1 f", "msubsup", "msubsup"),
        (r"\underset{x}{f}", "munder", "munder"),
        (r"\underbrace{a + b}_{c}", "munder", "munder"),
    ],
)
def test_what_stands_at_a_sum_stands_beside_it_in_a_line_of_text(tex: str, in_line: str, on_lines: str) -> None:
    """The rule of TeX (The TeXbook, chapter 17): limits go below and above in display style only."""
    for display, expected in ((False, in_line), (True, on_lines)):
        written = write_mathml(read_formula(tex), display=display)
        assert re.findall(r"<(m(?:sub|sup|subsup|under|over|underover))>", written)[0] == expected
    formulas = (Formula(tex, display=False), Formula(tex, display=True))
    assert set(draw_formulas(formulas)) == set(formulas)


def test_a_sum_in_a_line_of_text_is_drawn_lower_than_on_a_line_of_its_own() -> None:
    tex = r"\sum_{i=1}^{n} x_i"
    line, own, asked = (
        Formula(tex, display=False),
        Formula(tex, display=True),
        Formula(rf"\displaystyle {tex}", display=False),
    )
    drawn = draw_formulas((line, own, asked))
    assert drawn[line].height < 0.7 * drawn[own].height
    assert drawn[asked].height == drawn[own].height


def test_a_long_formula_in_a_line_of_text_may_go_on_at_the_next() -> None:
    """It is parted behind relations and operators, never in a fraction or behind a sign that stands alone, and no sign
    is lost."""
    tex = r"-x = \frac{a + b}{2} + \left(c - d + \dots + z\right) + \sqrt{e + f} - \beta_{1} + \beta_{2}"
    line, own = Formula(tex, display=False), Formula(tex, display=True)
    drawn = draw_formulas((line, own))
    whole = drawn[line]
    assert len(whole.pieces) == len(["−x=", "½+", "()+", "√−", "β+", "β"])
    assert "".join(piece.path for piece in whole.pieces) == whole.path
    assert sum(piece.width for piece in whole.pieces) == pytest.approx(whole.width, abs=0.02)
    assert {piece.depth for piece in whole.pieces} == {whole.depth}
    assert not drawn[own].pieces


# --- commands ------------------------------------------------------------------------------------------------------

ARGUMENTS = {
    **{name: f"\\{name} " for name, (role, _) in SYMBOLS.items() if role not in (Role.OPENING, Role.CLOSING)},
    **{name: f"\\{name}{{x}}" for name in (*ACCENTS, *FACES, *ARROWS)},
    **{name: f"\\{name}{{x}}{{y}}" for name in (*FRACTIONS, *BINOMIALS)},
    **{name: f"\\begin{{{name}}} a \\\\ b \\end{{{name}}}" for name in ENVIRONMENTS
       if not name.startswith(("align", "array", "equation", "display", "substack", "alignedat"))},
    "array": r"\begin{array}{lr} a & b \\ c & d \end{array}",
    "aligned": r"\begin{aligned} a &= b \\ &= d \end{aligned}",
}  # fmt: skip


def test_each_command_is_drawn_with_signs_that_the_font_has() -> None:
    formulas = tuple(Formula(tex, display=True) for tex in ARGUMENTS.values())
    drawn = draw_formulas(formulas)
    assert [formula.tex for formula in formulas if formula not in drawn] == []
    known = characters_in(FONT)
    assert {tex: lacking for tex in ARGUMENTS.values() if (lacking := set(formula_signs(tex)) - known)} == {}


# What pandoc calls otherwise, and why that is as good: other signs of the same look, or space in a name.
OTHERWISE = {
    "lq", "rq", "euro", "argmax", "argmin", "limsup", "liminf", "checkmark", "bmod", "colon", "pounds", "circ", "S",
    "omicron", "lg", "degree", "dotsc", "dotsb", "bullet", "diamond", "lbrack", "rbrack", "lparen", "rparen",
}  # fmt: skip


def test_pandoc_knows_the_same_sign_by_the_same_name() -> None:
    """An oracle: pandoc's own reader of LaTeX."""
    asked = {name: sign for name, (role, sign) in SYMBOLS.items() if name not in OTHERWISE and name.isalpha()}
    blocks: list[dict[str, object]] = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, f"\\{name}"]}]} for name in asked
    ]
    command = [str(pypandoc.get_pandoc_path()), "-f", "json", "-t", "html5", "--mathml", "--wrap=none"]
    shown = subprocess.run(command, input=document(prose(blocks)), capture_output=True, text=True, check=True).stdout
    signs = ["".join(html.unescape(TAGS.sub("", line)).split()) for line in shown.splitlines()]
    theirs = dict(zip(asked, signs, strict=True))
    told = {name: (sign, theirs[name]) for name, sign in asked.items() if not alike(sign, theirs[name])}
    assert told == {}


TAGS = re.compile(r"<annotation.*?</annotation>|<[^<>]*>")


def alike(sign: str, other: str) -> bool:
    """Whether two signs are the same one, or look the same."""
    pairs = (
        "∣| ∥‖ ⟂⊥ ⟨〈 ⟩〉 ⋅· ∖\\ φϕ ϵε ℏħ ⋆☆ □◻ □▫ ⟼↦ △▵ ∅⌀ ∗* ı𝚤 ȷ𝚥 ⟺⇔ ⟹⇒ ⟸⇐ ϱ𝜚 ς𝜍 ⨿∐ ⩽≤ ⩾≥ ⪯≼ ⪰≽ ‖∥ ⟶→ ⟵← ⟷↔".split()
    )
    other = other.replace("\N{FUNCTION APPLICATION}", "")
    return sign == other or f"{sign}{other}" in pairs


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "dutch", "english"),
    [
        (r"p < 0{,}05", "p is kleiner dan 0,05", "p is less than 0,05"),
        (r"\bar{x}", "x streep", "x bar"),
        (r"\hat{\beta}_1", "bèta dakje index 1", "beta hat sub 1"),
        (r"R^2", "hoofdletter R kwadraat", "capital R squared"),
        (r"\frac{1}{n}", "1 gedeeld door n", "1 over n"),
        (
            r"\frac{a+b}{n}",
            "de breuk a plus b, gedeeld door n, einde breuk",
            "the fraction a plus b, over n, end fraction",
        ),
        (r"\sqrt{x+1}", "de wortel van x plus 1, einde wortel", "the square root of x plus 1, end root"),
        (
            r"\sum_{i=1}^{n} x_i",
            "de som van i is 1 tot en met n, van x index i",
            "the sum from i equals 1 to n, of x sub i",
        ),
        (r"\int_0^1 f", "de integraal van 0 tot en met 1, van f", "the integral from 0 to 1, of f"),
        (
            r"\begin{cases} 1 & \text{als } x > 0 \\ 0 & \text{anders} \end{cases}",
            "per geval: 1, als x is groter dan 0; 0, anders; einde gevallen",
            "by case: 1, als x is greater than 0; 0, anders; end cases",
        ),
        (
            r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
            "de matrix van 2 bij 2: rij 1: 1, 2; rij 2: 3, 4; einde matrix",
            "the 2 by 2 matrix: row 1: 1, 2; row 2: 3, 4; end matrix",
        ),
        (r"\cancel{x}", r"\cancel{x}", r"\cancel{x}"),
    ],
)
def test_a_formula_is_said_in_words(tex: str, dutch: str, english: str) -> None:
    assert spoken_formula(tex, TERMS["nl"]) == dutch
    assert spoken_formula(tex, TERMS["en"]) == english


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("R^2", "R²"),
        (r"\bar{x} = \frac{1}{n}", "x̄ = 1/n"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        ("x_{ij}^{10}", "x_ij¹⁰"),
        (r"\mathrm{CO_2}", "CO₂"),
        (r"r = -0{,}31", "r = −0,31"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\cancel{x}", r"\cancel{x}"),
    ],
)
def test_a_formula_is_a_line_of_text_where_only_text_stands(tex: str, plain: str) -> None:
    assert plain_formula(tex) == plain
    assert plain_text([{"t": "Math", "c": [{"t": "InlineMath"}, tex]}]) == plain


def test_a_formula_in_a_title_is_set_in_italics_and_raised() -> None:
    assert rich_formula("I^2") == "<i>I</i><sup>2</sup>"
    assert rich_formula("p < .05") == "<i>p</i> < .05"


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("van $5 naar $10", []),
        ("US$ 5 en A$7", []),
        ("(van $5) of ($10).", []),
        ("$5 miljoen bij $n = 5$ en $5$", ["n = 5", "5"]),
        ("`$5 en` $2 n$", ["2 n"]),
        ("$$x$$ {#eq-x}", ["x"]),
    ],
)
def test_a_sign_of_money_is_no_formula(text: str, formulas: list[str]) -> None:
    blocks, _ = read_markdown(with_formulas_told(text))
    assert [found["c"][1] for found in walk(blocks) if found["t"] == "Math"] == formulas


# --- built files ---------------------------------------------------------------------------------------------------


@pytest.mark.built
def test_formulas_are_in_every_file() -> None:
    """Each is told in words, also on paper; those with an id are numbered, and references lead to the number."""
    edition = every_construct()
    spoken = [fact.text for fact in expected_facts(edition.publication("dossier")).of(Kind.FORMULA)]
    assert "de regel van Einstein" in spoken
    assert "x streep is 1 gedeeld door n de som x index i" in spoken
    page = markup.parse_html(edition.artifact("dossier", Format.HTML).data)
    maths = markup.with_tag(page, "math")
    pdf = read_pdf(edition.artifact("dossier", Format.PDF).data)
    told = [element.alt for element in pdf.elements if element.tag == "Formula"]
    assert sorted(told) == sorted(spoken) == sorted(one.get("alttext", "") for one in maths)
    words = " ".join(markup.text_of(link) for link in markup.with_tag(page, "a") if link.get("href") == "#eq-marge")
    assert words == "formule 1"
    numbers = [markup.text_of(one) for one in markup.with_class(page, "formula-number")]
    assert numbers == ["(1)", "(2)"]
    (cell,) = (markup.text_of(cell) for cell in markup.with_tag(page, "td") if markup.with_class(cell, "formula-mark"))
    assert cell.endswith("(3)")
    assert "a is less than or equal to b" in spoken


@pytest.mark.built
def test_bookmarks_contents_and_running_heads_have_formulas_as_text() -> None:
    edition = every_construct()
    assert "Rekenen met R² en ŷ" in {heading.title for heading in edition.publication("dossier").contents}
    data = edition.artifact("dossier", Format.PDF).data
    assert any("R² en ŷ" in title for title in bookmarks(data))


def bookmarks(data: bytes) -> list[str]:
    return [title for _, title in read_pdf(data).outline]


@pytest.mark.built
def test_a_book_says_that_it_has_formulas_and_brings_their_font() -> None:
    edition = every_construct()
    with zipfile.ZipFile(BytesIO(edition.artifact("dossier", Format.EPUB).data)) as book:
        package = book.read("EPUB/package.opf").decode()
        names = book.namelist()
    assert 'properties="mathml"' in package or 'properties="svg mathml"' in package
    assert "MathML" in package
    assert "describedMath" in package
    assert [name for name in names if "Mono-Regular" in name] == ["EPUB/fonts/DossierMono-Regular.ttf.woff2"]  # of code
    assert [name for name in names if "STIX" in name] == ["EPUB/fonts/STIXTwoMath-Regular.ttf.woff2"]


@pytest.mark.built
def test_a_publication_without_formulas_brings_no_font_of_them() -> None:
    summary = every_construct().artifact("kort", Format.HTML).data
    assert b"<math" not in summary
    assert b'font-family:"STIX' not in summary


@pytest.mark.built
@pytest.mark.parametrize("form", list(Format))
def test_damage_to_a_formula_is_seen(form: Format) -> None:
    edition = every_construct()
    artifact = edition.artifact("dossier", form)
    expected = expected_facts(edition.publication("dossier"))
    assert not verify_file(expected, artifact, open_again(artifact)).problems
    damaged = replace(artifact, data=with_another_sign(artifact.data, form))
    found = verify_file(expected, damaged, open_again(damaged))
    assert "D649" in {problem.code for problem in found.problems}


def with_another_sign(data: bytes, form: Format) -> bytes:
    """The file with a sign of its last formula changed; on paper, where signs are drawn, of what is said of it."""
    if form is Format.PDF:
        return with_another_word(data)
    if form is Format.HTML:
        start = data.rindex(b"<mi>", 0, data.rindex(b"</math>"))
        return data[: start + 4] + b"q" + data[start + 5 :]
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(out, "w") as made:
        for entry in book.infolist():
            content = book.read(entry)
            if entry.filename.endswith("02-vervolg.xhtml") or "vervolg" in entry.filename:
                content = with_another_sign(content, Format.HTML)
            made.writestr(entry, content)
    return out.getvalue()


def with_another_word(data: bytes) -> bytes:
    """The PDF with a formula that is told as another."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        formulas = [
            found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Formula"
        ]
        formulas[-1]["/Alt"] = pikepdf.String("iets anders")
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
