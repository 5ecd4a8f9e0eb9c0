"""Validators: programs of others that judge a PDF, an EPUB or a web page, each in a process of its own.

Which of them a machine has is found out, never assumed. They run under a time limit, with a dead proxy in the place of
the network, and are asked for what they say in a form that programs read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.tools.validators import browsers, java, paper
from dossierbuild.tools.validators.process import Finding, Machine, ValidatorError

__all__ = ["VALIDATORS", "Machine", "Validator", "ValidatorError"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """One validator: its name, the files it judges by their suffix, and two functions.

    `find` gives the command that starts it on a machine, None where it is not there; `judge` runs that command over
    files and gives what it found. It raises ValidatorError when the program does not come to a result.
    """

    name: str
    suffix: str
    find: Callable[[Machine], tuple[str, ...] | None]
    judge: Callable[[tuple[str, ...], Sequence[Path]], tuple[Finding, ...]]


VALIDATORS = (
    Validator(name="veraPDF", suffix=".pdf", find=paper.find_verapdf, judge=paper.run_verapdf),
    Validator(name="page-validation", suffix=".pdf", find=paper.find_page_validation, judge=paper.run_page_validation),
    Validator(name="EPUBCheck", suffix=".epub", find=java.find_epubcheck, judge=java.run_epubcheck),
    Validator(name="Ace", suffix=".epub", find=browsers.find_ace, judge=browsers.run_ace),
    Validator(name="Nu HTML Checker", suffix=".html", find=java.find_nu, judge=java.run_nu),
    Validator(name="axe", suffix=".html", find=browsers.find_axe, judge=browsers.run_axe),
)
