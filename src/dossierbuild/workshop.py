"""The workshop: where steps are done, side by side and never twice. The only user of the store and of processes.

A step is a pure function of its arguments. Its result is kept under the digest of step, arguments, program and tools;
the same step with the same arguments is taken from the store. Results come back in the order of the jobs, whatever
the number of workers.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from dossierbuild.core.model import Step
from dossierbuild.core.problems import Checked, has_errors
from dossierbuild.temporary import TemporaryFolder
from dossierbuild.tools.store import Store, digest
from dossierbuild.workers import give_memory_back, pool, timed

T = TypeVar("T")
Parts = tuple[tuple[str, str], ...]
"""What the arguments of a job consist of: names and digests."""

CACHE_LIMIT = 2_000_000_000


class WorkerDiedError(Exception):
    """A worker ended before its job did, for want of memory or time; `subject` is what it was making."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a step: what it is about, for people, and the arguments."""

    subject: str
    arguments: tuple[Any, ...]


class Workshop:
    """Does steps; keeps `steps`, what was done and why, and the keys of all results that were used."""

    def __init__(
        self,
        store: Store,
        *,
        scope: str,
        program: str,
        workers: int,
        fresh: bool,
        report: Callable[[Step], None],
    ) -> None:
        self._store = store
        self._scope = scope
        self._program = program
        self._workers = workers
        self._fresh = fresh
        self._report = report
        self._pool: ProcessPoolExecutor | None = None
        self._temporary: TemporaryFolder | None = None
        self._used: list[str] = []
        self._begun: dict[str, Future[tuple[Any, float]]] = {}

    def begin(self, step: str, function: Callable[..., Any], jobs: Sequence[Job]) -> None:
        """Have jobs done beside what comes next; `each`, asked for the same jobs later, has their results."""
        for job, parts in zip(jobs, _parts_of(jobs), strict=True):
            key = digest(step, self._program, parts)
            if key not in self._begun and (self._fresh or not self._store.holds(key)):
                self._begun[key] = self._submit(function, job)

    def each(self, step: str, function: Callable[..., T], jobs: Sequence[Job]) -> list[T]:
        """The results of `function` for each job, in order. Raises WorkerDiedError."""
        parts = _parts_of(jobs)
        keys = [digest(step, self._program, each) for each in parts]
        self._used += keys
        results: dict[int, T] = {}
        waiting: dict[int, Future[tuple[T, float]]] = {}
        for index, (job, key) in enumerate(zip(jobs, keys, strict=True)):
            if key in self._begun:
                waiting[index] = self._begun.pop(key)
                continue
            kept = None if self._fresh else self._store.load(key)
            if kept is not None:
                results[index] = kept[0]
                self._report(Step(step, job.subject, False, "unchanged", 0.0))
            else:
                waiting[index] = self._submit(function, job)
        for index, future in waiting.items():
            job = jobs[index]
            value, seconds = self._result(function, job, future)
            results[index] = value
            if not (isinstance(value, Checked) and has_errors(value.problems)):
                self._store.save(keys[index], value)
            self._report(Step(step, job.subject, True, self._reason(step, job, parts[index]), seconds))
        if waiting:
            give_memory_back()
        return [results[index] for index in range(len(jobs))]

    def one(self, step: str, function: Callable[..., T], job: Job) -> T:
        """The result of one job."""
        return self.each(step, function, [job])[0]

    def remember(self, step: str, key: tuple[Any, ...], value: Any) -> None:
        """Keep a value under a key of our own."""
        name = digest(step, self._program, *key)
        self._used.append(name)
        self._store.save(name, value)

    def recall(self, step: str, key: tuple[Any, ...]) -> Any:
        """The value kept by `remember`, or None."""
        name = digest(step, self._program, *key)
        self._used.append(name)
        kept = None if self._fresh else self._store.load(name)
        return kept[0] if kept else None

    def close(self) -> None:
        """End the workers and keep the store within its bounds."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        if self._temporary:
            self._temporary.remove()
            self._temporary = None
        self._store.prune(self._used, CACHE_LIMIT)

    def _submit(self, function: Callable[..., T], job: Job) -> Future[tuple[T, float]]:
        try:
            self._pool = self._pool or self._new_pool(self._workers)
            return self._pool.submit(timed, function, job.arguments)
        except BrokenProcessPool as error:
            failed: Future[tuple[T, float]] = Future()
            failed.set_exception(error)
            return failed

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        self._temporary = self._temporary or TemporaryFolder()
        return pool(workers, self._temporary.path)

    def _result(self, function: Callable[..., T], job: Job, future: Future[tuple[T, float]]) -> tuple[T, float]:
        """A job's result; when a worker died, its neighbours' jobs were lost too, so each is done again alone."""
        try:
            return future.result()
        except MemoryError:
            raise WorkerDiedError(job.subject) from None
        except BrokenProcessPool:
            self._pool = None
        try:
            with self._new_pool(1) as alone:
                return alone.submit(timed, function, job.arguments).result()
        except (BrokenProcessPool, MemoryError):
            raise WorkerDiedError(job.subject) from None

    def _reason(self, step: str, job: Job, parts: Parts) -> str:
        """Why a job was done: what of its arguments differs from the last time."""
        if self._fresh:
            return "fresh"
        name = digest("reason", self._scope, step, job.subject)
        now = (("program", self._program), *parts)
        before = self._store.load(name)
        self._store.save(name, now)
        self._used.append(name)
        if before is None:
            return "first time"
        changed = [part for part, value in now if dict(before[0]).get(part) != value]
        return f"changed: {', '.join(changed)}" if changed else "not kept"


@contextlib.contextmanager
def workshop(
    store: Store, *, scope: str, program: str, workers: int, fresh: bool, report: Callable[[Step], None]
) -> Iterator[Workshop]:
    """A workshop that is closed at the end, whatever happens."""
    made = Workshop(store, scope=scope, program=program, workers=workers, fresh=fresh, report=report)
    try:
        yield made
    finally:
        made.close()


def _parts_of(jobs: Sequence[Job]) -> list[Parts]:
    """The parts of each job; what several jobs share, such as fonts, is digested once."""
    known: dict[int, str] = {}  # by identity: the jobs keep their values alive

    def digested(value: object) -> str:
        if id(value) not in known:
            known[id(value)] = digest(value)
        return known[id(value)]

    return [tuple((name, digested(value)) for name, value in _values(job.arguments)) for job in jobs]


def _values(arguments: tuple[Any, ...]) -> Iterator[tuple[str, object]]:
    """The arguments by name; one that is a value of several fields is looked into."""
    for index, argument in enumerate(arguments):
        if dataclasses.is_dataclass(argument):
            yield from ((field.name, getattr(argument, field.name)) for field in dataclasses.fields(argument))
        else:
            yield f"argument {index + 1}", argument
