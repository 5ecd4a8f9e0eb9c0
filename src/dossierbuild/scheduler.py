"""The scheduler: steps are done side by side and never twice. The only user of the store and of an executor.

A step is a pure function of its arguments. Its result is kept under the digest of step, arguments, program and tools;
the same step with the same arguments is taken from the store. The executor and the store come from outside: processes
of this machine, a cluster, or nothing but the caller's own thread; one scheduler serves any number of builds.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from dossierbuild.core.bounds import OutOfTimeError, bounds_of
from dossierbuild.core.interruption import Interruption
from dossierbuild.core.model import Step
from dossierbuild.core.problems import Checked, has_errors
from dossierbuild.program import cache_folder, cache_key, program_digest
from dossierbuild.tools.store import Store, digest
from dossierbuild.workers import Workers, give_memory_back, timed

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Parts = tuple[tuple[str, str], ...]
"""What the arguments of a job consist of: names and digests."""

CACHE_LIMIT = 2_000_000_000


class OutOfBoundsError(Exception):
    """Jobs that took too much memory or time; the results of their neighbours are kept."""

    def __init__(self, jobs: tuple[Job, ...]) -> None:
        super().__init__(", ".join(job.subject for job in jobs))
        self.jobs = jobs


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a step: what it is about, for people, and the arguments.

    Its bounds follow from its `size`, the number of characters that it works on; `file` is the source that these stand
    in, where it is one.
    """

    subject: str
    arguments: tuple[Any, ...]
    size: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Where jobs are done and where results are kept; `program` is the digest of what does them."""

    store: Store
    executor: Executor
    program: str

    @contextlib.contextmanager
    def run(self, scope: str, *, fresh: bool = False, report: Callable[[Step], None] = lambda _: None) -> Iterator[Run]:
        """One build: what it began and nobody asked for is dropped at its end, and the store kept within its bounds.

        `scope` names what is built, so that it can be said what changed since the last time; `fresh` makes everything
        anew; `report` gets each step when it is done.
        """
        run = Run(self, scope=scope, fresh=fresh, report=report)
        try:
            yield run
        except Interruption:  # the executor drops its jobs itself, and those that it drops may not be cancelled as well
            raise
        except BaseException:
            run.close()
            raise
        run.close()


@contextlib.contextmanager
def local_scheduler(workers: int = 0) -> Iterator[Scheduler]:
    """A scheduler on this machine, with the user's cache and so many processes, or one for each core."""
    with Workers(workers) as executor:
        yield Scheduler(_store(), executor, program_digest())


@contextlib.contextmanager
def forgetful_scheduler() -> Iterator[Scheduler]:
    """A scheduler with one process of this machine that keeps nothing: for what may not be stored."""
    with Workers(1) as executor:
        yield Scheduler(Store(None), executor, program_digest())


def _store() -> Store:
    """The user's cache; one that keeps nothing where there is none that can be trusted."""
    key = cache_key()
    return Store(Path(cache_folder()), key) if key else Store(None)


class Run:
    """The steps of one build, and the keys of all results that it used."""

    def __init__(self, scheduler: Scheduler, *, scope: str, fresh: bool, report: Callable[[Step], None]) -> None:
        self._scheduler = scheduler
        self._scope = scope
        self._fresh = fresh
        self._report = report
        self._used: list[str] = []
        self._begun: list[Begun[Any, Any]] = []
        self._count = 0

    @property
    def unasked(self) -> tuple[str, ...]:
        """The steps that were begun and whose results nobody has asked for."""
        return tuple(begun.step for begun in self._begun if not begun.asked)

    def begin(self, step: str, function: Callable[..., T], jobs: Mapping[K, Job]) -> Begun[K, T]:
        """Have jobs done beside what comes next; the handle gives their results."""
        self._count += len(jobs)
        begun = Begun(self, step, function, jobs)
        self._begun.append(begun)
        return begun

    def each(self, step: str, function: Callable[..., T], jobs: Mapping[K, Job]) -> dict[K, T]:
        """The result of `function` for each job, by the job's key. Raises OutOfBoundsError."""
        return self.begin(step, function, jobs).results()

    def one(self, step: str, function: Callable[..., T], job: Job) -> T:
        """The result of one job."""
        return self.begin(step, function, {job.subject: job}).result()

    def remember(self, step: str, key: tuple[Any, ...], value: object) -> None:
        """Keep a value under a key that the caller makes."""
        self._scheduler.store.save(self._key(step, key), value)

    def recall(self, step: str, key: tuple[Any, ...]) -> Any:
        """The value that `remember` kept, or None."""
        kept = self.kept(self._key(step, key))
        return kept[0] if kept else None

    def tell(self, step: str, subject: str, what: str) -> None:
        """Report what came out of a step."""
        self._report(Step(step, subject, True, what, 0.0, self._count))

    def close(self) -> None:
        """Drop what nobody asked for, and keep the store within its bounds."""
        for begun in self._begun:
            begun.cancel()
        self._scheduler.store.prune(self._used, CACHE_LIMIT)

    def _key(self, step: str, parts: tuple[Any, ...]) -> str:
        key = digest(step, self._scheduler.program, *parts)
        self._used.append(key)
        return key

    # What handles need of their run.

    def keys(self, step: str, jobs: Mapping[K, Job]) -> dict[K, tuple[str, Parts]]:
        """The key of each job's result in the store, and what it was made from."""
        return {name: (self._key(step, (parts,)), parts) for name, parts in _parts_of(jobs).items()}

    def submit(self, function: Callable[..., T], job: Job) -> Future[tuple[T, float]]:
        return self._scheduler.executor.submit(timed, function, job.arguments, bounds_of(job.size))

    def kept(self, key: str) -> tuple[Any] | None:
        """The result under a key in a tuple of one, or None."""
        return None if self._fresh else self._scheduler.store.load(key)

    def holds(self, key: str) -> bool:
        return not self._fresh and self._scheduler.store.holds(key)

    def reused(self, step: str, job: Job) -> None:
        """Report a result that was taken from the store."""
        self._report(Step(step, job.subject, False, "unchanged", 0.0, self._count))

    def made(self, step: str, job: Job, parts: Parts, key: str, value: object, seconds: float) -> None:
        """Keep a result, unless it holds errors, and report why it was made."""
        if not (isinstance(value, Checked) and has_errors(value.problems)):
            self._scheduler.store.save(key, value)
        self._report(Step(step, job.subject, True, self._reason(step, job, parts), seconds, self._count))

    def _reason(self, step: str, job: Job, parts: Parts) -> str:
        """Why a job was done: what of its arguments differs from the last time."""
        if self._fresh:
            return "fresh"
        name = digest("reason", self._scope, step, job.subject)
        now = (("program", self._scheduler.program), *parts)
        before = self._scheduler.store.load(name)
        self._scheduler.store.save(name, now)
        self._used.append(name)
        if before is None:
            return "first time"
        changed = [part for part, value in now if dict(before[0]).get(part) != value]
        return f"changed: {', '.join(changed)}" if changed else "not kept"


class Begun(Generic[K, T]):
    """Jobs of one step that are under way; `asked` once their results were."""

    def __init__(self, run: Run, step: str, function: Callable[..., T], jobs: Mapping[K, Job]) -> None:
        self.step = step
        self.asked = not jobs
        self._run = run
        self._function = function
        self._jobs = dict(jobs)
        self._keys = run.keys(step, jobs)
        self._futures = {
            name: run.submit(function, job) for name, job in jobs.items() if not run.holds(self._keys[name][0])
        }

    def results(self) -> dict[K, T]:
        """The result of each job by its key, in the order of the jobs. Raises OutOfBoundsError.

        They are let go with this, so that asking a second time is a fault of the caller.
        """
        assert not (self.asked and self._keys), f"the results of '{self.step}' were asked for before"
        self.asked = True
        reused = {name: value for name in self._jobs if name not in self._futures for value in self._reused(name)}
        made = self._all_made()
        order, found = tuple(self._jobs), {**reused, **made}
        if made:
            give_memory_back()
        self._jobs, self._futures = {}, {}
        return {name: found[name] for name in order}

    def result(self) -> T:
        """The result of the only job."""
        (value,) = self.results().values()
        return value

    def cancel(self) -> None:
        """Drop the jobs that no worker has taken up yet."""
        for future in self._futures.values():
            future.cancel()

    def _reused(self, name: K) -> Iterator[T]:
        """The result that is kept; where it turns out to be damaged its job is begun now, and nothing comes."""
        kept = self._run.kept(self._keys[name][0])
        if kept is None:
            self._futures[name] = self._run.submit(self._function, self._jobs[name])
        else:
            self._run.reused(self.step, self._jobs[name])
            yield kept[0]

    def _all_made(self) -> dict[K, T]:
        """The results that had to be made. A job beyond its bounds is told of when the others are done and kept."""
        made, beyond = dict[K, T](), list[Job]()
        for name, future in self._futures.items():
            try:
                made[name] = self._made(name, future)
            except (BrokenExecutor, MemoryError, OutOfTimeError):
                beyond.append(self._jobs[name])
        if beyond:
            raise OutOfBoundsError(tuple(beyond))
        return made

    def _made(self, name: K, future: Future[tuple[T, float]]) -> T:
        job, (key, parts) = self._jobs[name], self._keys[name]
        value, seconds = future.result()
        self._run.made(self.step, job, parts, key, value, seconds)
        return value


def _parts_of(jobs: Mapping[K, Job]) -> dict[K, Parts]:
    """The parts of each job; what several jobs share, such as fonts, is digested once."""
    known: dict[int, str] = {}  # by identity: the jobs keep their values alive

    def digested(value: object) -> str:
        if id(value) not in known:
            known[id(value)] = digest(value)
        return known[id(value)]

    return {key: tuple((name, digested(value)) for name, value in _values(job.arguments)) for key, job in jobs.items()}


def _values(arguments: tuple[Any, ...]) -> Iterator[tuple[str, object]]:
    """The arguments by name; an argument with fields is looked into."""
    for index, argument in enumerate(arguments):
        if dataclasses.is_dataclass(argument):
            yield from ((field.name, getattr(argument, field.name)) for field in dataclasses.fields(argument))
        else:
            yield f"argument {index + 1}", argument
