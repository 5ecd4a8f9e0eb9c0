"""Consult: a number of a work, the service that knows it, and what its answer says of the work."""

from __future__ import annotations

from dossierbuild.stages.consult.answers import AnswerError, Found, found_in
from dossierbuild.stages.consult.lists import appended
from dossierbuild.stages.consult.questions import Question, question_of

__all__ = ["AnswerError", "Found", "Question", "appended", "found_in", "question_of"]
