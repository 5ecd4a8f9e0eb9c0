"""WeasyPrint as it is used here: one version, with `corrections` in place, and with no fonts of the system.

The corrections lean on private functions: `require_engine` refuses any other version than the one that they were
written for and that the tests prove them with. Each holds only while a document is made, and for the whole process:
one document at a time.
"""

from __future__ import annotations

import dataclasses
import io
import shutil
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from dossierbuild.tools.paper.corrections import CORRECTIONS, TAGS, corrected, moved

ENGINE_VERSION = "70.0"

# Functions of the native libraries that WeasyPrint itself does not use.
DECLARATIONS = """
    FcConfig * FcConfigCreate (void);
    int FcGetVersion (void);
    const char * hb_version_string (void);
    const char * pango_version_string (void);
    hb_blob_t * hb_blob_create (const char *, unsigned int, int, void *, void *);
    hb_face_t * hb_face_create (hb_blob_t *, unsigned int);
"""
HB_MEMORY_MODE_DUPLICATE = 0
# Characters that fonts draw with the glyph of another one. A PDF has one text for a glyph: that of the character
# that people type and search for, whichever of the two came first in the document.
TYPED_TEXT = MappingProxyType({"\u00a0": " ", "\u00ad": "-", "\u2010": "-", "\u2011": "-"})


class PaperError(Exception):
    """The layout engine gave up, or is not there. The text is one line that says why."""


class EngineError(PaperError):
    """The layout engine is not there, or is another one than it has to be."""


def load_engine() -> Any:
    """The weasyprint module. Raises EngineError where it, or the Pango that it needs, is not installed."""
    require_engine(version("weasyprint"))
    try:
        # On import it warns of a system without fonts, of which none are used here, and it prints a page of
        # advice when a library is missing.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            import weasyprint
    except (ImportError, OSError) as error:
        raise EngineError(f"WeasyPrint can not be loaded: {str(error).strip().splitlines()[0]}") from error
    if lacking := moved():
        raise EngineError(f"WeasyPrint lacks what is relied on: {', '.join(lacking)}")
    return weasyprint


def require_engine(installed: str) -> None:
    """Raise EngineError unless the installed WeasyPrint is the version that the corrections were written for."""
    if installed != ENGINE_VERSION:
        raise EngineError(f"WeasyPrint {ENGINE_VERSION} is needed to make a PDF, not {installed}")


def engine_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of all that decides the bytes of a PDF beside its HTML and resources. Raises EngineError
    where the engine is not installed."""
    load_engine()
    library = _native()
    text = library.ffi.string
    fontconfig = library.fontconfig.FcGetVersion()
    packages = ("weasyprint", "pydyf", "fonttools", "pyphen", "pillow", "tinycss2", "tinyhtml5")
    return (
        *((package, version(package)) for package in packages),
        ("pango", text(library.pango.pango_version_string()).decode()),
        ("harfbuzz", text(library.harfbuzz.hb_version_string()).decode()),
        ("fontconfig", f"{fontconfig // 10000}.{fontconfig // 100 % 100}.{fontconfig % 100}"),
        ("zlib", zlib.ZLIB_RUNTIME_VERSION),
    )


@cache
def _native() -> Any:
    """WeasyPrint's bindings to Pango, HarfBuzz and Fontconfig, with the declarations of this module."""
    from weasyprint.text import ffi

    ffi.ffi.cdef(DECLARATIONS, override=True)
    return ffi


@contextmanager
def own_fonts() -> Iterator[Any]:
    """A WeasyPrint FontConfiguration without the fonts of the system: it has only the fonts that the CSS brings in.

    Its folder of fonts is removed at the end of the context. WeasyPrint leaves that to a finaliser, which does not run
    when a worker ends.
    """
    from weasyprint.text.fonts import FontConfiguration

    library = _native()
    config = library.fontconfig.FcConfigCreate()

    class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint is untyped
        def __init__(self) -> None:
            super().__init__()
            library.pangoft2.pango_fc_font_map_set_config(library.ffi.cast("PangoFcFontMap *", self.font_map), config)
            self._config = config
            library.fontconfig.FcConfigDestroy(config)  # the font map has a reference of its own

        @property
        def font_map(self) -> Any:
            # Without any font Pango does not complain: the process dies.
            fonts = library.fontconfig.FcConfigGetFonts(config, library.fontconfig.FcSetApplication)
            if self._config == config and (fonts == library.ffi.NULL or not fonts.nfont):
                raise PaperError("the style sheets bring in no font that can be read (@font-face)")
            return self._own_map

        @font_map.setter
        def font_map(self, font_map: Any) -> None:
            self._own_map = font_map

    fonts = OwnFonts()
    try:
        yield fonts
    finally:
        if fonts._folder:
            shutil.rmtree(fonts._folder, ignore_errors=True)


@contextmanager
def corrected_engine() -> Iterator[None]:
    """Have WeasyPrint lay out as this module wants it."""
    with corrected(CORRECTIONS):
        yield


@contextmanager
def tagging_engine(add_tags: Callable[..., None]) -> Iterator[None]:
    """Have `add_tags` take the place of WeasyPrint's own function."""
    with dataclasses.replace(TAGS, correct=lambda _: add_tags).applied():
        yield


def drawn_fonts(document: Any) -> dict[bytes, dict[bytes, str]]:
    """The text of each glyph (four hexadecimal digits) of each font (by resource name) of a drawn document, which
    from here on is the text that people type, see TYPED_TEXT."""
    fonts = [font for font in document.fonts.values() if not font.bitmap]
    for font in fonts:
        font.to_unicode = {glyph: TYPED_TEXT.get(text, text) for glyph, text in font.to_unicode.items()}
    return {font.hash.encode(): {b"%04x" % glyph: text for glyph, text in font.to_unicode.items()} for font in fonts}


def restored_font(values: Mapping[str, Any], files: Mapping[str, bytes]) -> Any:
    """A WeasyPrint Font, made from the values that `DrawnPages` keep of it; `files` are font files by their digest."""
    import weasyprint.pdf.fonts
    from weasyprint.text import ffi

    font = weasyprint.pdf.fonts.Font.__new__(weasyprint.pdf.fonts.Font)
    vars(font).update(values)
    font.file_content = files[values["digest"]]
    library = _native()
    blob = library.harfbuzz.hb_blob_create(
        font.file_content, len(font.file_content), HB_MEMORY_MODE_DUPLICATE, ffi.ffi.NULL, ffi.ffi.NULL
    )
    face = library.harfbuzz.hb_face_create(blob, font.index)
    library.harfbuzz.hb_blob_destroy(blob)
    font.hb_face = ffi.ffi.gc(face, library.harfbuzz.hb_face_destroy)
    return font
