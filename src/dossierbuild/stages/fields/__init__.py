"""Fields: the citations that programs keep in Word documents, as works and as Markdown.

`read_citations` reads the fields and controls of Zotero, Mendeley Desktop, Mendeley Cite, EndNote, Citavi and Word
itself into the same items of CSL-JSON, and says where a label was typed over. `join` makes works with keys of them,
`match` finds a work in a list, `written` is a citation in Markdown, and `unfound` are the entries of a printed list
that are none of the works.
"""

from dossierbuild.stages.fields.citation import Citation, Cited, Form, Found, Writer
from dossierbuild.stages.fields.documents import Entry, Reading, is_in_list, is_list, read_citations, writer_of
from dossierbuild.stages.fields.joining import Joined, join, match
from dossierbuild.stages.fields.markdown import plain, written
from dossierbuild.stages.fields.printed_lists import unfound

__all__ = [
    "Citation",
    "Cited",
    "Entry",
    "Form",
    "Found",
    "Joined",
    "Reading",
    "Writer",
    "is_in_list",
    "is_list",
    "join",
    "match",
    "plain",
    "read_citations",
    "unfound",
    "writer_of",
    "written",
]
