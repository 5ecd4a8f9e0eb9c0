"""What somebody would write instead: pandoc with citeproc to HTML and EPUB, and WeasyPrint over pandoc's HTML.

The same nine files, two processes at once. No boxes, charts, labels, checks or verification: less work, not more.
Usage: script.py DOSSIER OUTPUT STYLE.csl
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc
import yaml

PDF = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"


def main(dossier: Path, output: Path, style: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    panels = yaml.safe_load((dossier / "infographic.yaml").read_text(encoding="utf-8"))["panels"]
    poster = output / "infographic.md"
    poster.write_text("\n\n".join(f"## {one['title']}\n\n{one}" for one in panels), encoding="utf-8")
    inputs = {
        "dossier": sorted((dossier / "chapters").glob("*.md")),
        "in-het-kort": [dossier / "in-het-kort.md"],
        "infographic": [poster],
    }
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: _publication(one, inputs[one], dossier, output, style), inputs))


def _publication(name: str, texts: list[Path], dossier: Path, output: Path, style: Path) -> None:
    common = [
        pypandoc.get_pandoc_path(), *map(str, texts), "--citeproc", f"--bibliography={dossier / 'references.yaml'}",
        f"--csl={style}", "--toc", "--number-sections", "-M", "lang=nl-NL", "-M", f"title={name}", "--standalone",
    ]  # fmt: skip
    page = output / f"{name}.html"
    subprocess.run([*common, "--embed-resources", "-o", str(page)], check=True, capture_output=True)
    subprocess.run([*common, "-o", str(output / f"{name}.epub")], check=True, capture_output=True)
    paper = [sys.executable, "-c", PDF, str(page), str(output / f"{name}.pdf")]
    subprocess.run(paper, check=True, capture_output=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
