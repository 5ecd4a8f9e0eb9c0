"""What WeasyPrint has no option for, done just before a file is written: its metadata and its links."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from dossierbuild.tools.paper.reading import BASE_URL, Log

COMPRESSION = 7
"""With 9 a file is one or two hundredths smaller, and takes three times as long."""


def finish(pdf: Any, identifier: str, both: bool, log: Log, properties: Mapping[str, Sequence[str]]) -> None:
    """Complete a PDF; `both` tells that it is PDF/A and PDF/UA at once. `properties` are more of its XMP."""
    for item in pdf.objects:
        extra = getattr(item, "extra", None) or {}
        if "Interpolate" in extra:
            extra["Interpolate"] = "false"  # PDF/A-2, 6.2.8
        lines = getattr(item, "stream", None) or []
        if b"begincmap" in lines:
            # The second of two glyphs that stand for one letter has no text of its own; ISO 19005-2, 6.2.11.7.2,
            # wants one for each, so it is a word joiner, which is none.
            lines[:] = [line.removesuffix(b"<>") + b"<2060>" if line.endswith(b" <>") else line for line in lines]
        address = _link_address(item)
        if address.startswith(BASE_URL) and not _lead_aside(item, address.removeprefix(BASE_URL)):
            log.error(f"link to {address.removeprefix(BASE_URL)}: there is no such place in this document")
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # so that any program finds it, as PDF/A asks of version 1
    metadata.stream[0] = metadata.stream[0].replace(
        b"</rdf:RDF>", _more_metadata(identifier, both, properties) + b"</rdf:RDF>"
    )
    for item in pdf.objects:
        if getattr(item, "compress", False):
            _compress(item)


def _compress(stream: Any) -> None:
    """Compress a stream, which pydyf would do twice: once more for the file's ID."""
    import pydyf

    content = b"\n".join(pydyf._to_bytes(line) for line in stream.stream)
    stream.stream, stream.compress = [zlib.compress(content, COMPRESSION)], False
    stream.extra["Filter"] = "/FlateDecode"


def _link_address(item: Any) -> str:
    """The address that an object of a PDF leads to, empty when it is no link to the outside."""
    if not isinstance(item, dict) or item.get("Subtype") != "/Link" or "A" not in item:
        return ""
    return str(item["A"]["URI"].string)


def _lead_aside(link: Any, address: str) -> bool:
    """Have a link to `other.pdf#place` open that place in the PDF beside this one (ISO 32000-1, 12.6.4.3); False
    for any other address."""
    import pydyf

    path, _, place = address.partition("#")
    if "/" in path or not path.endswith(".pdf"):
        return False
    name = pydyf.String(unquote(path))
    file = pydyf.Dictionary({"Type": "/Filespec", "F": name, "UF": name})
    where = pydyf.String(unquote(place)) if place else pydyf.Array([0, "/Fit"])
    link["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/GoToR", "F": file, "D": where})
    return True


def file_identifier(identifier: str) -> bytes:
    """The first part of the file's ID (ISO 32000-1, 14.4): the same for all files of one document."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:32].encode()


def _more_metadata(identifier: str, both: bool, properties: Mapping[str, Sequence[str]]) -> bytes:
    """XMP that WeasyPrint does not write: the document's identifier and properties, and in an archival file that it is
    PDF/UA too, with the declaration of that property which PDF/A asks for (ISO 19005-2, 6.6.2.3)."""
    parts = [
        f"""<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier>{escape(identifier)}</dc:identifier></rdf:Description>"""
    ]
    parts += [_property(name, values) for name, values in properties.items()]
    if both:
        parts.append(PDF_UA_METADATA)
    return "\n".join(parts).encode()


_NAMESPACES = MappingProxyType({"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/"})


def _property(name: str, values: Sequence[str]) -> str:
    """A property of XMP that is an unordered list of texts, as `dc:publisher` and `xmp:Identifier` are."""
    prefix = name.partition(":")[0]
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"""<rdf:Description rdf:about="" xmlns:{prefix}="{_NAMESPACES[prefix]}">
<{name}><rdf:Bag>{items}</rdf:Bag></{name}></rdf:Description>"""


PDF_UA_METADATA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
