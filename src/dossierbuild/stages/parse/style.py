"""The citation style: a CSL style by name, or the dossier's own .csl file."""

from __future__ import annotations

from dossierbuild.core.model import CitationStyle, SourceFile
from dossierbuild.core.problems import Checked, Place, problem
from dossierbuild.core.spec import CitationSettings
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.tools.csl import StyleError, load_style


def parse_style(
    settings: CitationSettings, language: str, own: SourceFile | None, place: Place
) -> Checked[CitationStyle]:
    """The style that dossier.yaml names, for the dossier's language.

    `own` is its file where it is one, `place` is where dossier.yaml names it.
    """
    xml = None
    if own is not None:
        text = decode(own)
        if text.value is None:
            return Checked(None, text.problems)
        xml = text.value
    try:
        style = load_style(settings.style, language=language, as_written=settings.order == "as-written", own=xml)
    except StyleError as error:
        if own:
            return Checked(None, (problem("D240", Place(own.path), reason=error.reason),))
        return Checked(None, (problem("D207", place, style=settings.style, nearest=error.nearest),))
    return Checked(style)
