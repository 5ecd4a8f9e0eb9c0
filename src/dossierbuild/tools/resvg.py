"""Drawings to pixels by resvg, for what the layout engine cannot draw. The only importer of resvg.

It draws with the fonts that it is given, and with nothing of the system. A drawing comes clean and bounded: of what
reaches out of it, and of sizes that the machine cannot hold, the caller keeps it free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py

from dossierbuild.core.reasons import Reason


class DrawingError(Exception):
    """A drawing that resvg gives up on; the reason says why in one line."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.reason = Reason(f"resvg tekent het niet ('{words}')", f"resvg does not draw it ('{words}')")


def draw_svg(svg: str, width: int, height: int, fonts: Sequence[bytes], families: Mapping[str, str]) -> bytes:
    """The drawing as a PNG of this size in pixels; where nothing is drawn it is transparent.

    `families` has the family for each kind of family: `serif`, `sans-serif`, `monospace`. Raises DrawingError.
    """
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.ttf") for number in range(len(fonts))]
        for file, data in zip(files, fonts, strict=True):
            file.write_bytes(data)
        try:
            png: bytes = resvg_py.svg_to_bytes(
                svg_string=svg,
                width=width,
                height=height,
                dpi=96.0,  # of the units in a drawing: without it, those other than pixels have no length
                skip_system_fonts=True,
                font_files=[str(file) for file in files],
                font_family=families["serif"],
                serif_family=families["serif"],
                sans_serif_family=families["sans-serif"],
                monospace_family=families["monospace"],
            )
        except (MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a panic in it is no Exception
            raise DrawingError(" ".join(str(error).split())[:80]) from error
    return png
