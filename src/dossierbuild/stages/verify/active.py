"""Active content: elements, attributes and actions that run in a reader's program. No file may hold any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element
from dossierbuild.tools.pdf_reader import PdfFacts

_ELEMENTS = frozenset({"applet", "base", "embed", "foreignobject", "form", "frame", "iframe", "object", "script"})
# A block of data is a script element too (HTML, 4.12.1), and runs nothing.
_DATA_BLOCKS = frozenset({"application/ld+json"})
# What leads elsewhere in a PDF and runs nothing: to a place in the file, in another file, or an address.
_LEADING = frozenset({"/GoTo", "/GoToR", "/URI"})
_RUNNING = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)


def active_content(root: Element) -> Iterator[str]:
    """The elements and attributes of a page or drawing that run, as they are written: `<script>`, `onclick`."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].rpartition(":")[2]
        if name.lower() in _ELEMENTS and element.get("type") not in _DATA_BLOCKS:
            yield f"<{name}>"
        if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "<meta http-equiv=refresh>"
        for key, value in markup.attributes(element):
            attribute = key.rpartition("}")[2]
            if attribute.startswith("on") or (_RUNNING.match(value) and attribute in ("href", "src", "action")):
                yield f"{attribute}={value[:60]}"


def active_in_paper(pdf: PdfFacts) -> Iterator[str]:
    """What a PDF holds that runs, plays, asks for input or is unpacked, as ISO 32000 names it: `/JavaScript`."""
    yield from (action for action in pdf.actions if action not in _LEADING)
    yield from (link.uri[:60] for link in pdf.links if link.uri and _RUNNING.match(link.uri))
    yield from (annotation for annotation in pdf.annotations if annotation != "/Link")
    yield from (f"/EmbeddedFiles {name[:60]}" for name in pdf.attachments)


def lacks_policy(root: Element) -> bool:
    """Whether a web page has no content security policy that forbids everything but what it names."""
    policies = [
        element.get("content", "")
        for element in markup.with_tag(root, "meta")
        if element.get("http-equiv", "").lower() == "content-security-policy"
    ]
    return not any("default-src 'none'" in policy for policy in policies)
