"""Style sheets: the theme's properties and fonts before the files in styles/css."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dossierbuild.core.model import FORMULAS, IndexJob, Publication, RenderJob, SourceFile


def stylesheet(job: RenderJob | IndexJob, names: Sequence[str], faces: Mapping[str, str]) -> str:
    """The style sheet of a page: the theme's properties, the fonts, and the files `names` below styles/, in order.

    `faces` gives the address of each font by its path below styles/.
    """
    properties = ";".join(f"{name}:{value}" for name, value in job.properties.items())
    rules = [_face(job, path, address) for path, address in faces.items()]
    return "\n".join([f":root{{{properties}}}", *rules, *(style_text(job.styles, name) for name in names)])


def shown_faces(job: RenderJob | IndexJob, texts: Iterable[str], faces: Mapping[str, str]) -> dict[str, str]:
    """The faces that a page of these texts needs: that of formulas only where there are some."""
    formulas = {font.path for font in job.fonts if font.behind == FORMULAS}
    needed = any("<math" in text for text in texts)
    return {path: address for path, address in faces.items() if needed or path not in formulas}


def own_styles(publication: Publication) -> tuple[str, ...]:
    """The style sheets that a publication needs besides those of its format: one for panels where it shows any."""
    return ("css/infographic.css",) if publication.shows_panels else ()


def style_text(styles: Sequence[SourceFile], path: str) -> str:
    """The text of a style file; empty when it is not there."""
    return next((file.data.decode("utf-8") for file in styles if file.path == path), "")


def _face(job: RenderJob | IndexJob, path: str, address: str) -> str:
    font = next(font for font in job.fonts if font.path == path)
    return (
        f'@font-face{{font-family:"{font.family}";src:url("{address}");'
        f"font-weight:{font.weight};font-style:{font.style};font-display:swap}}"
    )
