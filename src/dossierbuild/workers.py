"""The processes that jobs are done in. They start from one that has what all of them need, see `preloaded`.

Forking the program itself could hang: it has threads. This module imports nothing heavy, so that `warm_up` can be the
first thing that a build does.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import forkserver
from typing import Any, ParamSpec, TypeVar

from dossierbuild.temporary import TemporaryFolder

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 8 * 1024**3
SECONDS = 3600
"""Of processor time, in a worker's life."""
LONG = 0.5
"""Seconds after which a job has been large."""
COLLECTION = (100_000, 5, 100)
"""How many new objects there are before Python looks for rubbish: the layout makes millions that are all in use."""
PRELOADED = "dossierbuild.preloaded"


def warm_up() -> None:
    """Start the process that workers are forked from, which takes about as long as importing the pipeline does."""
    if sys.platform == "linux":
        _context()
        forkserver.ensure_running()


class Workers(Executor):
    """Processes of this machine: so many, or one for each core, with temporary files in a folder of their own.

    They start with the first job. When one of them dies, the jobs of its neighbours are lost too, so each lost job is
    done again alone, when it is asked for; it ends in BrokenProcessPool when its worker dies once more.
    """

    def __init__(self, count: int = 0) -> None:
        self._count = count or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._temporary: TemporaryFolder | None = None

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a job done; its future is the only way to its result."""
        job = partial(function, *args, **kwargs)
        with self._lock:
            self._pool = self._pool or self._new_pool(self._count)
            pool = self._pool
        try:
            return _SecondTry(pool.submit(job), partial(self._alone, pool, job))
        except BrokenProcessPool:
            return _SecondTry(None, partial(self._alone, pool, job))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, and take their temporary files away; jobs that nobody began are dropped."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait, cancel_futures=True)
            if self._temporary:
                self._temporary.remove()
            self._pool = self._temporary = None

    def _alone(self, broken: ProcessPoolExecutor, job: Callable[[], T]) -> T:
        """The result of a job in a process that does nothing else; the `broken` pool is given up."""
        with self._lock:
            self._pool = None if self._pool is broken else self._pool
            pool = self._new_pool(1)
        with pool:
            return pool.submit(job).result()

    def _new_pool(self, count: int) -> ProcessPoolExecutor:
        self._temporary = self._temporary or TemporaryFolder()
        return ProcessPoolExecutor(
            max_workers=count,
            mp_context=_context(),
            initializer=_prepare,
            initargs=(str(self._temporary.path),),
        )


class _SecondTry(Future[T]):
    """The result of a first try, or of a second one when the worker of the first died."""

    def __init__(self, first: Future[T] | None, again: Callable[[], T]) -> None:
        super().__init__()
        self._first = first
        self._again = again

    def result(self, timeout: float | None = None) -> T:
        if self._first is not None:
            try:
                return self._first.result(timeout)
            except BrokenProcessPool:
                self._first = None
        return self._again()

    def cancel(self) -> bool:
        return self._first is not None and self._first.cancel()


def timed(function: Callable[..., T], arguments: tuple[Any, ...]) -> tuple[T, float]:
    """What a function gives, and the seconds that it took; to be run in a worker."""
    start = time.perf_counter()
    result, seconds = function(*arguments), time.perf_counter() - start
    if seconds > LONG:
        gc.collect()
        give_memory_back()
    return result, seconds


def give_memory_back() -> None:
    """Give the system what is free: a process that waits, and one that only passes on, is to be small."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # glibc has it, other C libraries have not
            ctypes.CDLL(None).malloc_trim(0)


def _context() -> Any:
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform == "linux":  # the libraries of macOS may not be used on both sides of a fork
        context.set_forkserver_preload([PRELOADED])
    return context


def _prepare(temporary: str) -> None:
    """Say where temporary files go, and bound a worker's memory and processor time, where the system can."""
    tempfile.tempdir = temporary
    gc.set_threshold(*COLLECTION)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
