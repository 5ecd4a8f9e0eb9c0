"""Active content: elements, attributes and actions that run in a reader's program. No file may hold any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element
from dossierbuild.tools.pdf_reader import PdfFacts

_ELEMENTS = frozenset({"applet", "base", "embed", "foreignobject", "form", "frame", "iframe", "object", "script"})
# A block of data is a script element too (HTML, 4.12.1), and runs nothing.
_DATA_BLOCKS = frozenset({"application/ld+json"})
# What leads elsewhere in a PDF and runs nothing: to a place in the file, in another file, or an address.
_LEADING = frozenset({"/GoTo", "/GoToR", "/URI"})
_RUNNING = re.compile(
    r"(?:javascript|vbscript|livescript|mocha):"
    r"|data:(?:text/(?:html|xml|xsl|javascript|ecmascript)|application/(?:xhtml|xml|x-javascript|javascript|ecmascript))",
    re.IGNORECASE,
)
# Attributes that are texts for people, in which an address is a word like any other.
_READ = frozenset({"alt", "title", "content", "aria-label", "aria-description", "summary", "value"})
# Where a link in a PDF may lead: into the file, to a file beside it, and to the web, a mailbox or a telephone.
_OUTWARD = re.compile(r"(?:https?|mailto|tel|doi|urn|ftp):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|\.\.(?:[/\\]|$)", re.IGNORECASE)
# What a policy may allow: pictures of the page and its folder, its own styles, and what is in the page itself.
_ALLOWED = MappingProxyType(
    {
        "default-src": frozenset({"'none'"}),
        "img-src": frozenset({"'self'", "data:", "'none'"}),
        "style-src": frozenset({"'unsafe-inline'", "'none'"}),
        "font-src": frozenset({"data:", "'none'"}),
    }
)


def active_content(root: Element) -> Iterator[str]:
    """The elements and attributes of a page or drawing that run, as they are written: `<script>`, `onclick`."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].rpartition(":")[2]
        if name.lower() in _ELEMENTS and element.get("type") not in _DATA_BLOCKS:
            yield f"<{name}>"
        if name == "meta" and element.get("http-equiv", "").strip().lower() == "refresh":
            yield "<meta http-equiv=refresh>"
        for key, value in markup.attributes(element):
            attribute = key.rpartition("}")[2].rpartition(":")[2].lower()
            if attribute.startswith("on") or (attribute not in _READ and _runs(value)):
                yield f"{attribute}={value[:60]}"


def _runs(value: str) -> bool:
    """Whether an attribute has an address that runs; a reader passes over signs that do not print in it. The second and
    later values of an animation count too."""
    return any(_RUNNING.match(part) for part in re.sub(r"[\x00-\x20]+", "", value).split(";"))


def active_in_paper(pdf: PdfFacts) -> Iterator[str]:
    """What a PDF holds that runs, plays, asks for input or is unpacked, as ISO 32000 names it: `/JavaScript`."""
    yield from (action for action in pdf.actions if action not in _LEADING)
    yield from (action for action in pdf.triggered if action != "/GoTo" and action in _LEADING)
    yield from pdf.parts
    yield from (link.uri[:60] for link in pdf.links if link.uri and _leads_astray(link.uri.strip()))
    yield from (annotation for annotation in pdf.annotations if annotation != "/Link")
    yield from (f"/EmbeddedFiles {name[:60]}" for name in pdf.attachments)


def _leads_astray(address: str) -> bool:
    """Whether the address of a link is that of a program, of a file of the reader's own, or of a folder elsewhere."""
    return bool(_ELSEWHERE.match(address)) and not _OUTWARD.match(address)


def lacks_policy(root: Element) -> bool:
    """Whether a web page has no content security policy in its head that forbids all but what it holds itself."""
    return not any(
        _forbids(element.get("content", ""))
        for head in markup.with_tag(root, "head")[:1]
        for element in markup.with_tag(head, "meta")
        if element.get("http-equiv", "").strip().lower() == "content-security-policy"
    )


def _forbids(policy: str) -> bool:
    """Whether a policy begins with nothing and allows no more than is known here (CSP 3, 2.2); for each directive the
    first one counts."""
    directives: dict[str, frozenset[str]] = {}
    for name, *sources in (words for part in policy.split(";") if (words := part.lower().split())):
        directives.setdefault(name, frozenset(sources))
    fetching = {name: sources for name, sources in directives.items() if re.search(r"-src(?:-|$)", name)}
    return "default-src" in fetching and all(
        sources <= _ALLOWED.get(name, frozenset({"'none'"})) for name, sources in fetching.items()
    )
