"""The citation style: a CSL style by name, or the dossier's own .csl file."""

from __future__ import annotations

from dossierbuild.core.model import CitationStyle, SourceFile
from dossierbuild.core.problems import Checked, Place, problem
from dossierbuild.core.spec import CitationSettings
from dossierbuild.stages.parse.data import decode
from dossierbuild.tools.csl import StyleError, load_style


def parse_style(settings: CitationSettings, language: str, own: SourceFile | None) -> Checked[CitationStyle]:
    """The style that dossier.yaml names, for the dossier's language; `own` is its file where it is one."""
    xml = None
    if own is not None:
        text = decode(own)
        if text.value is None:
            return Checked(None, text.problems)
        xml = text.value
    try:
        style = load_style(settings.style, language=language, as_written=settings.order == "as-written", own=xml)
    except StyleError as error:
        place = Place(own.path if own else "dossier.yaml")
        return Checked(None, (problem("D207", place, style=settings.style, nearest=error.nearest),))
    return Checked(style)
