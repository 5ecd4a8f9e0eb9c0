"""Recognise: citations that were typed or pasted as plain text, held against the works of the list.

`candidate_keys` are the works that the citations in a text may mean. With the labels under which these works would be
printed (`label_request`) `recognise` says which work each citation means: exactly one, one of several, or none. The
candidates are found without labels, because the labels depend on the works that are cited.
`convertible` are the citations that can be written with keys where they stand.
"""

from dossierbuild.core.visible import ProseFile, prose_of
from dossierbuild.stages.recognise.citations import (
    candidate_keys,
    label_request,
    problems_of,
    recognise,
    replaced,
)
from dossierbuild.stages.recognise.convertible import convertible
from dossierbuild.stages.recognise.identify import Fit, Recognised
from dossierbuild.stages.recognise.works import WorkIndex

__all__ = [
    "Fit",
    "ProseFile",
    "Recognised",
    "WorkIndex",
    "candidate_keys",
    "convertible",
    "label_request",
    "problems_of",
    "prose_of",
    "recognise",
    "replaced",
]
