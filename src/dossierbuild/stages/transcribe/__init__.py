"""Transcribe: a reference list that was typed in APA becomes works, and what its text does not decide is told.

Nothing is invented: every word of an entry stands in a field or is told. Which kind of work it is, and where its title
ends, follow from the italics first; where there are none, from numbers, places and brackets, else they are unsure.
"""

from dossierbuild.stages.transcribe.accounting import same_words
from dossierbuild.stages.transcribe.entry import Transcribed, TypedEntry
from dossierbuild.stages.transcribe.lists import typed_list
from dossierbuild.stages.transcribe.whole import problems_of, proved, transcribe

__all__ = ["Transcribed", "TypedEntry", "problems_of", "proved", "same_words", "transcribe", "typed_list"]
