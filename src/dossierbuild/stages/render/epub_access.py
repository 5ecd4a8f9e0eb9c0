"""What an EPUB says of its own accessibility, in terms of schema.org, read off its content.

Nothing is claimed that the content does not bear out: without a picture there is no visual mode, with one
picture that lacks a text alternative there is no `alternativeText` and no claim of conformance. The claim is
made by whoever evaluated the publication, and the metadata must name them (EPUB Accessibility 1.1, 3.5.3): without a
name there is no claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

# https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting-pub: the words of the claim are prescribed.
CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Accessibility metadata: the values of the schema.org properties.

    `conforms_to` is the claim of conformance and `certified_by` who makes it; both are empty without a claim.
    """

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    summary: str
    conforms_to: str
    certified_by: str


def access_of(bodies: Iterable[Element], terms: Mapping[str, str], *, claims: bool, certifier: str) -> Access:
    """The accessibility metadata of the content, with a summary in the sentences of `terms` (`access_…`).

    Without `claims` the sources are known to fall short, and nothing is claimed. `certifier` is who evaluated the
    publication, or an empty text.
    """
    bodies = tuple(bodies)
    pictures = [picture for body in bodies for picture in _pictures(body)]
    described = claims and all(_has_alternative(picture) for picture in pictures)
    data = any(_has_data(body, bodies) for body in bodies)
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "ARIA"]
    summary = [terms["access_text"]]
    if pictures and described:
        features.append("alternativeText")
        summary.append(terms["access_pictures"])
    if data:
        features.append("longDescription")
        summary.append(terms["access_data"])
    formulas = [formula for body in bodies for formula in markup.with_tag(body, "math")]
    if formulas:
        features.append("MathML")
        summary.append(terms["access_formulas"])
    if formulas and all(formula.get("alttext", "").strip() for formula in formulas):
        features.append("describedMath")
    if any(_has_pages(body) for body in bodies):
        features += ["pageBreakMarkers", "pageNavigation"]
        summary.append(terms["access_pages"])
    stepped = all(_headings_in_steps(body) and _headed_tables(body) for body in bodies)
    sound = bool(certifier) and described and stepped
    return Access(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=("textual",) if described else ("textual,visual",),
        features=tuple(features),
        summary=" ".join(summary),
        conforms_to=CLAIM if sound else "",
        certified_by=certifier if sound else "",
    )


def _pictures(body: Element) -> list[Element]:
    """Pictures and drawings with a meaning; an empty alt text says that a picture only decorates."""
    images = [image for image in markup.with_tag(body, "img") if image.get("alt") != ""]
    drawings = [drawing for drawing in markup.with_tag(body, "svg") if drawing.get("aria-hidden") != "true"]
    return images + drawings


def _has_alternative(picture: Element) -> bool:
    titles = [child for child in picture if markup.with_tag(child, "title")]
    texts = [picture.get("alt"), picture.get("aria-label"), *(markup.text_of(title) for title in titles)]
    return any(text and text.strip() for text in texts)


def _has_data(body: Element, bodies: tuple[Element, ...]) -> bool:
    """Whether a drawing leads to a table that is there."""
    targets = {
        link.get("href", "").partition("#")[2]
        for span in markup.with_class(body, "data-link")
        for link in markup.with_tag(span, "a")
    }
    return any(table.get("id") in targets for other in bodies for table in _tables(other))


def _has_pages(body: Element) -> bool:
    return any(span.get("role") == "doc-pagebreak" for span in markup.with_tag(body, "span"))


def _tables(body: Element) -> list[Element]:
    """Tables, and the elements that hold one under their own id."""
    return [element for element in body.iter() if element.get("id") and markup.with_tag(element, "table")]


def _headings_in_steps(body: Element) -> bool:
    levels = [int(heading.tag[1]) for heading in markup.with_tag(body, "h1", "h2", "h3", "h4", "h5", "h6")]
    return levels[:1] == [1] and all(after <= before + 1 for before, after in pairwise(levels))


def _headed_tables(body: Element) -> bool:
    return all(markup.with_tag(table, "th") for table in markup.with_tag(body, "table"))
