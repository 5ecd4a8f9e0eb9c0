"""Cite: the citations of all publications are resolved in one run, so that a work has one label.

`request_citations` gathers what the run depends on, `resolve_citations` asks citeproc, `insert_citations`
puts the answer into the publications and makes each its own reference list. Only `resolve_citations` costs time, and
its result can be kept: an edit of prose that leaves the citations alone leaves the request as it was. The insertion
into a part depends on that part alone (`insertions`, `insert_into_part`). What texts list as further reading is a
request of its own (`request_further_reading`). `request_alone` and `printed_alone` do the same for texts outside of
publications.
"""

from dossierbuild.stages.cite.alone import printed_alone, request_alone
from dossierbuild.stages.cite.insert import insert_citations, insert_into_part, insertions
from dossierbuild.stages.cite.languages import in_their_languages
from dossierbuild.stages.cite.request import request_citations, request_further_reading
from dossierbuild.stages.cite.resolve import resolve_citations

__all__ = [
    "in_their_languages",
    "insert_citations",
    "insert_into_part",
    "insertions",
    "printed_alone",
    "request_alone",
    "request_citations",
    "request_further_reading",
    "resolve_citations",
]
