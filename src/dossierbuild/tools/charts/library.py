"""matplotlib, held apart from the machine: from the settings, caches and fonts of whoever builds."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The font list that matplotlib would otherwise make by opening all fonts of the machine: an empty one. The
# name of the file holds the version of the list; under another version matplotlib makes its own, which costs
# time only, because measure is measured with the dossier's own fonts.
_FONT_LIST_VERSION = "3.11.0"
_FONT_LIST = """{
    "_version": "%s",
    "_FontManager__default_weight": "normal",
    "default_size": null,
    "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
    "afmlist": [],
    "ttflist": [],
    "__class__": "FontManager"
}"""


@contextmanager
def matplotlib_apart() -> Iterator[None]:
    """Within it matplotlib is loaded and has its own default settings and ours; for one thread only."""
    _load()
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams["svg.fonttype"] = "none"  # text stays text
        matplotlib.rcParams["svg.hashsalt"] = "dossierbuild"  # else ids are random
        matplotlib.rcParams["path.simplify"] = False
        yield


def _load() -> None:
    before = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory(prefix="dossierbuild-") as folder:
        fonts = Path(folder) / f"fontlist-v{_FONT_LIST_VERSION}.json"
        fonts.write_text(_FONT_LIST % _FONT_LIST_VERSION, encoding="utf-8")
        os.environ["MPLCONFIGDIR"] = folder
        try:
            import matplotlib.font_manager
            import matplotlib.style  # noqa: F401
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before
