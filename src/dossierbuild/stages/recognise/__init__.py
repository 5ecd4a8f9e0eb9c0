"""Recognise: citations that were typed or pasted as plain text, held against the works of the list.

`candidate_keys` are the works that may be meant by what is found in a text. With the labels under which these would be
printed (`label_request`) `recognise` says which work is meant: exactly one, one of several, or none. The first goes
without labels, because which labels there are depends on the works that are cited.
`convertible` are the findings that can be written with keys where they stand.
"""

from dossierbuild.stages.recognise.convertible import convertible
from dossierbuild.stages.recognise.findings import (
    candidate_keys,
    label_request,
    problems_of,
    recognise,
    replaced,
)
from dossierbuild.stages.recognise.identify import Finding, Outcome
from dossierbuild.stages.recognise.visible import ProseFile, prose_of
from dossierbuild.stages.recognise.works import WorkIndex

__all__ = [
    "Finding",
    "Outcome",
    "ProseFile",
    "WorkIndex",
    "candidate_keys",
    "convertible",
    "label_request",
    "problems_of",
    "prose_of",
    "recognise",
    "replaced",
]
