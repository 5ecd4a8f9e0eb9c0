"""The pages whose look is approved. `python tests/approve.py` makes their pictures anew, for a person to look at."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from command import MINIMAL, run
from pictures import scaled

from dossierbuild.tools.pdf_reader import page_picture

APPROVED = Path(__file__).parent / "approved"
PAGES = {
    "cover": ("dossier", 1),
    "contents": ("dossier", 2),
    "chapter": ("dossier", 3),
    "chart": ("dossier", 6),
    "brochure": ("in-het-kort", 2),
    "infographic": ("infographic", 1),
}
"""Name of the picture: publication and page."""

WIDTH = 360


def picture_of(name: str, edition: Path) -> bytes:
    """The page as it looks in a built edition."""
    publication, page = PAGES[name]
    paper = edition / f"{edition.name}-{publication}.pdf"
    return scaled(page_picture(paper.read_bytes(), page, 2 * WIDTH), WIDTH)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DOSSIERBUILD_CACHE"] = f"{folder}/cache"
        built = run("build", MINIMAL, "--output", folder)
        if built.code:
            raise SystemExit(built.err)
        for one in PAGES:
            (APPROVED / f"{one}.png").write_bytes(picture_of(one, Path(folder) / "buurtfeesten"))
