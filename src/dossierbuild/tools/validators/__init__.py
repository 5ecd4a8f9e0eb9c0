"""Validators: programs of others that judge a PDF, an EPUB or a web page, each in a process of its own.

Each machine is searched for them. They run under a time limit and with a dead proxy instead of the network, and print
their findings in a form that programs read.
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

    `find` gives the command that starts the validator on a machine, None where the machine has none; `judge` runs the
    command over files and gives its findings, and raises ValidatorError when the program comes to no result.
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
