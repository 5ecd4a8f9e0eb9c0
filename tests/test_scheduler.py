"""Steps are done side by side and never twice, by whatever executor there is."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from inline import Inline

from dossierbuild.core import bounds
from dossierbuild.core.model import BuildOptions, Step
from dossierbuild.core.problems import Checked, ExitCode, Place, problem
from dossierbuild.core.spec import Format
from dossierbuild.pipeline import build
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Job, OutOfBoundsError, Run, Scheduler
from dossierbuild.tools.store import Store
from dossierbuild.workers import Workers

KEY = b"k" * 32
MINIMAL = Path(__file__).parent / "dossiers" / "minimal"


def double(number: int) -> int:
    return 2 * number


def die_once(number: int, sign: str) -> int:
    """End the worker that gets 3, but not where the sign says that one died of it already."""
    if number == 3 and not Path(sign).exists():
        Path(sign).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def go_on_for_ever(number: int) -> int:
    """Be stopped by no fault of its own; 3 alone does this."""
    while number == 3:
        with contextlib.suppress(Exception):
            number = 3
    return number


def go_on_in_c(number: int) -> int:
    """Do what gives nobody a turn, also not the handler of a signal; 3 alone does this."""
    return sum(range(10**12)) if number == 3 else number


def eat(number: int) -> int:
    """Take more memory than there is for a job; 3 alone does this."""
    return len(bytes(4_000_000_000)) if number == 3 else number


def refused(number: int) -> Checked[int]:
    return Checked(None, (problem("D106", Place("a.md")),))


@pytest.fixture
def scheduler(tmp_path: Path) -> Scheduler:
    return Scheduler(Store(tmp_path / "store", KEY), Inline(), "program")


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Scheduler]:
    with Workers(2) as executor:
        yield Scheduler(Store(tmp_path / "store", KEY), executor, "program")


def jobs(*numbers: int) -> dict[int, Job]:
    return {number: Job(str(number), (number,)) for number in numbers}


def test_results_come_by_their_key_in_the_order_of_the_jobs(scheduler: Scheduler) -> None:
    with scheduler.run("here") as run:
        assert list(run.each("double", double, jobs(3, 1, 2)).items()) == [(3, 6), (1, 2), (2, 4)]


def test_the_same_step_is_not_done_twice_by_another_build(scheduler: Scheduler) -> None:
    for scope in ("here", "there"):
        with scheduler.run(scope) as run:
            assert run.each("double", double, jobs(1, 2)) == {1: 2, 2: 4}
    assert isinstance(scheduler.executor, Inline)
    assert scheduler.executor.done == 2


def test_a_result_with_errors_is_made_again(scheduler: Scheduler) -> None:
    for _ in range(2):
        with scheduler.run("here") as run:
            assert run.one("refused", refused, Job("1", (1,))).value is None
    assert isinstance(scheduler.executor, Inline)
    assert scheduler.executor.done == 2


def test_it_is_said_why_a_step_was_done(scheduler: Scheduler) -> None:
    steps: list[Step] = []
    for argument in (1, 1, 2):
        with scheduler.run("here", report=steps.append) as run:
            run.one("double", double, Job("the number", (argument,)))
    assert [(step.made, step.reason) for step in steps] == [
        (True, "first time"), (False, "unchanged"), (True, "changed: argument 1"),
    ]  # fmt: skip


def test_what_was_begun_is_known_until_it_is_asked_for(scheduler: Scheduler) -> None:
    with scheduler.run("here") as run:
        begun = run.begin("double", double, jobs(1))
        assert list(run.unasked) == ["double"]
        assert begun.result() == 2
        assert list(run.unasked) == []
        with pytest.raises(AssertionError, match="asked for before"):
            begun.result()


def test_the_jobs_of_a_worker_that_dies_are_done_again(processes: Scheduler, tmp_path: Path) -> None:
    sign = str(tmp_path / "died")
    with processes.run("here") as run:
        found = run.each("die once", die_once, {one: Job(str(one), (one, sign)) for one in range(8)})
    assert found == {one: one for one in range(8)}
    assert Path(sign).exists()


def test_a_job_whose_worker_dies_each_time_is_named_and_the_next_job_is_done(processes: Scheduler) -> None:
    with processes.run("here") as run:
        with pytest.raises(OutOfBoundsError) as died:
            run.each("die", die, {1: Job("the large picture", (1,))})
        assert [job.subject for job in died.value.jobs] == ["the large picture"]
        assert run.each("double", double, jobs(4)) == {4: 8}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system bounds all of this")
@pytest.mark.parametrize("step", [go_on_for_ever, go_on_in_c, eat])
def test_a_job_beyond_its_bounds_is_named_and_its_neighbours_are_kept(
    step: Callable[[int], int], processes: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends after its processor time, whether it heeds a signal or not, and the workers go on."""
    monkeypatch.setattr(bounds, "SECONDS", 1)
    monkeypatch.setattr(bounds, "GRACE", 1)
    with processes.run("here") as run:
        with pytest.raises(OutOfBoundsError) as beyond:
            run.each("step", step, jobs(1, 2, 3, 4))
        assert [job.subject for job in beyond.value.jobs] == ["3"]
        steps: list[Step] = []
    with processes.run("here", report=steps.append) as run:
        assert run.each("step", step, jobs(1, 2, 4)) == {1: 1, 2: 2, 4: 4}
    assert [found.made for found in steps] == [False, False, False]


@pytest.mark.built
def test_one_scheduler_serves_several_builds_at_a_time(processes: Scheduler, tmp_path: Path) -> None:
    """Builds that are open at once share the processes and the store, and each has the files of its own dossier."""

    def built(name: str, run: Run) -> tuple[ExitCode, bytes]:
        root = tmp_path / name
        shutil.copytree(MINIMAL, root)
        with (root / "dossier.yaml").open("a", encoding="utf-8") as file:
            file.write(f"website: https://example.org/{name}/\n")
        options = BuildOptions(root=str(root), output=str(tmp_path / f"{name}-output"), formats=(Format.HTML,))
        outcome = build(options, Path(styles_folder()), run)
        assert run.unasked == ()
        return outcome.exit_code, (outcome.published[0].parent / "index.html").read_bytes()

    with processes.run("een") as outer, processes.run("twee") as inner:
        second, other = built("twee", inner)
        first, one = built("een", outer)
    assert (first, second) == (ExitCode.GOOD, ExitCode.GOOD)
    assert b"example.org/een/" in one
    assert b"example.org/twee/" in other
    assert b"example.org/twee/" not in one


@pytest.mark.built
@pytest.mark.parametrize("letter", ["e", "ł"])
@pytest.mark.parametrize("formats", [(), (Format.PDF,), (Format.HTML,), (Format.EPUB,)])
def test_a_build_begins_nothing_that_nobody_asks_for(
    processes: Scheduler, tmp_path: Path, letter: str, formats: tuple[Format, ...]
) -> None:
    """Also where a letter outside Latin-1 makes the fonts other ones than those that most dossiers have."""
    root = tmp_path / "dossier"
    shutil.copytree(MINIMAL, root)
    for chapter in (root / "chapters").glob("*.md"):
        chapter.write_text(f"{chapter.read_text('utf-8')}\n\nKo{letter}o.\n", encoding="utf-8")
    steps: list[Step] = []
    options = BuildOptions(root=str(root), output=str(tmp_path / "output"), formats=formats)
    with processes.run("here", report=steps.append) as run:
        outcome = build(options, Path(styles_folder()), run)
        assert run.unasked == ()
    assert outcome.exit_code is ExitCode.GOOD, outcome.problems
    faces = {step.subject for step in steps if step.name == "subset"}
    assert len([step for step in steps if step.name == "subset"]) == len(faces), "a font was cut twice"
    assert faces  # the pages beside the publications carry them too
