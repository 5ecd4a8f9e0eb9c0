"""Recognise: citations that were typed or pasted as plain text, held against the works of the list.

`candidate_keys` are the works that the citations in a text may mean. With the labels under which these works would be
printed (`label_request`) `recognise` says which work each citation means: exactly one, one of several, or none. The
candidates are found without labels, because the labels depend on the works that are cited.
`convertible` are the citations that can be written with keys where they stand, and `is_faithful` says whether these
print what was typed. What is like a citation of a listed work and is read as none, `unread_problems` tell.
"""

from dossierbuild.core.visible import ProseFile, prose_of
from dossierbuild.stages.recognise.citations import (
    candidate_keys,
    label_request,
    problems_of,
    recognise,
    replaced,
    unread_problems,
)
from dossierbuild.stages.recognise.convertible import convertible, readings, text_of_each, words_of
from dossierbuild.stages.recognise.faithful import is_faithful
from dossierbuild.stages.recognise.identify import Fit, Recognised
from dossierbuild.stages.recognise.stated import with_stated_short_names
from dossierbuild.stages.recognise.works import WorkIndex

__all__ = [
    "Fit",
    "ProseFile",
    "Recognised",
    "WorkIndex",
    "candidate_keys",
    "convertible",
    "is_faithful",
    "label_request",
    "problems_of",
    "prose_of",
    "readings",
    "recognise",
    "replaced",
    "text_of_each",
    "unread_problems",
    "with_stated_short_names",
    "words_of",
]
