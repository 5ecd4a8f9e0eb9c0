"""Markup is read as XML, changed as a tree and written as HTML or XHTML, and what it would fetch is found."""

from __future__ import annotations

import pytest

from dossierbuild.core.ast import prose
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, TemplateError, render_template
from dossierbuild.tools.pandoc import read_markdown, write_html

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    '<title>Lijn &amp; punt</title><linearGradient id="g"/><path d="M0 0" fill="url(#g)"/><use xlink:href="#g"/>'
    "</svg>"
)
EVERY_INLINE = """Een *zin* met **vet**, `code < 1`, H~2~O, x^2^, ~~weg~~, "aanhaling" en [zin]{lang=en}.\\
Nieuwe regel\u00a0met [koppeling](https://example.org/?a=1&b=2).

![Een < dan twee](figures/x.svg){#fig-x alt="Een & twee"}

| naam | getal |
|------|------:|
| een  |     1 |

: Bijschrift

1. een

   - twee

term

:   uitleg

---

    code
"""


def test_what_pandoc_writes_is_well_formed_xml_and_comes_back_the_same() -> None:
    blocks, _ = read_markdown(EVERY_INLINE)
    html = write_html(prose(blocks))
    root = markup.parse_fragment(html)
    assert markup.inner_xhtml(root) == html.replace("&quot;", '"')
    again = markup.parse_fragment(markup.inner_xhtml(root))
    assert markup.text_of(again) == markup.text_of(root)


def test_html_leaves_void_elements_open_and_closes_all_others() -> None:
    root = markup.parse_fragment('<p>a<br/><img src="x.svg" alt=""/><span/></p>')
    assert markup.inner_html(root) == '<p>a<br><img src="x.svg" alt=""><span></span></p>'
    assert markup.inner_xhtml(root) == '<p>a<br /><img src="x.svg" alt="" /><span></span></p>'


def test_a_drawing_keeps_the_case_of_its_names_and_its_namespaces() -> None:
    root = markup.parse_fragment(f"<figure>{DRAWING}</figure>")
    assert markup.inner_html(root) == markup.inner_xhtml(root) == f"<figure>{DRAWING}</figure>"


def test_text_behind_an_element_stays_when_the_element_goes() -> None:
    root = markup.parse_fragment("<p>een <b>twee <i>drie</i></b> vier <b>vijf</b> zes</p>")
    first, second = markup.with_tag(root, "b")
    markup.unwrap(first)
    markup.replace(second, markup.make("em", {"id": "e"}, "5"))
    assert markup.inner_html(root) == '<p>een twee <i>drie</i> vier <em id="e">5</em> zes</p>'
    markup.detach(markup.with_tag(root, "em")[0])
    assert markup.inner_html(root) == "<p>een twee <i>drie</i> vier  zes</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<p>open",
        "<p>&nbsp;</p>",
        '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/hostname">]><p>&e;</p>',
        "<p>\x0b</p>",
    ],
)
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(markup.MarkupError):
        markup.parse_fragment(text)


def test_an_entity_in_a_file_is_never_resolved() -> None:
    with pytest.raises(markup.MarkupError):
        markup.parse_xml(b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/hostname">]><svg>&e;</svg>')


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        ('<img src="https://example.org/a.png">', ("https://example.org/a.png",)),
        ('<img src="data:image/png;base64,AA" srcset="b.png 2x, c.png 3x">', ("b.png", "c.png")),
        ('<link rel="stylesheet" href="a.css"><link rel="license" href="https://example.org/">', ("a.css",)),
        ('<style>@import "x.css"; p{background:url( "y.png" )}</style>', ("x.css", "y.png")),
        ('<p style="background:url(z.png)">x</p>', ("z.png",)),
        ('<form action="https://example.org/"><button formaction="/b">x</button></form>',
         ("https://example.org/", "/b")),
        ('<svg><use xlink:href="x.svg#a"/><path fill="url(#g)"/><image href="i.png"/></svg>',
         ("x.svg#a", "i.png")),
        ('<meta http-equiv="refresh" content="1; url=https://example.org/">', ("https://example.org/",)),
        ('<iframe src="f.html"></iframe><script src="s.js"></script><video poster="p.jpg"></video>',
         ("f.html", "s.js", "p.jpg")),
        ('<a href="https://example.org/">x</a><a href="#y">y</a>', ()),
    ],
)  # fmt: skip
def test_what_a_page_fetches_is_found(page: str, addresses: tuple[str, ...]) -> None:
    root = markup.parse_html(f"<!DOCTYPE html><html><head></head><body>{page}</body></html>".encode())
    assert markup.requested_addresses(root) == addresses


def test_values_are_escaped_and_markup_is_not() -> None:
    page = render_template("a", {"a": "<p>{{ title }}{{ body }}</p>"}, title="<é & è>", body=Markup("<b/>"))
    assert page == "<p>&lt;é &amp; è&gt;<b/></p>"


@pytest.mark.parametrize(
    ("template", "line", "word"),
    [
        ("\n{{ titel }}", 2, "titel"),
        ("a\nb\n{% if %}", 3, "expression"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("\n{{ ''|onbekend }}", 2, "onbekend"),
        ("{% include 'weg' %}", 0, "weg"),
        ("{{ title.x }}", 1, "x"),
    ],
)
def test_a_template_that_fails_names_its_line_and_the_reason(template: str, line: int, word: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render_template("a", {"a": template}, title="t")
    assert (caught.value.name, caught.value.line) == ("a", line)
    assert word in caught.value.reason


def test_a_fault_in_an_included_template_is_told_of_that_template() -> None:
    with pytest.raises(TemplateError) as caught:
        render_template("a", {"a": "\n\n{% include 'b' %}", "b": "\n{{ weg }}"})
    assert (caught.value.name, caught.value.line) == ("b", 2)
