"""The processes that do the jobs, forked from a process that has imported what all of them need (`preloaded`).

The program itself has threads, and forking it could hang. This module imports nothing heavy, so that `warm_up` can be
the first thing that a build does.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

from dossierbuild.core.bounds import Bounds, OutOfTimeError
from dossierbuild.core.interruption import Interruption
from dossierbuild.temporary import TemporaryFolder

P = ParamSpec("P")
T = TypeVar("T")

LONG = 0.5
"""Seconds. After a job that took longer, a worker gives the memory that is free back to the system."""
COLLECTION = (100_000, 5, 100)
"""How many new objects there are before Python collects garbage: the layout makes millions that are all in use."""
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
PRELOADED = "dossierbuild.preloaded"
SOCKET_PATH = 103
"""Bytes of the longest path of a socket: 104 with a zero byte on macOS and BSD, and 108 on Linux (unix(7))."""
SOCKET_NAME = "/pymp-xxxxxxxx/listener-xxxxxxxx"
"""What `multiprocessing` writes behind the folder of temporary files for the socket of the fork server."""
SEMAPHORES = "/dev/shm"
"""The folder in which Linux keeps the locks of processes (shm_overview(7))."""


def warm_up() -> None:
    """Start the process that workers are forked from, where there is one: it takes as long as importing the pipeline
    does, and is ready when the pipeline is."""
    if sys.platform == "win32":
        return
    with _deaf():
        resource_tracker.ensure_running()
    if sys.platform == "linux" and _context().get_start_method() == "forkserver":
        with _deaf():
            forkserver.ensure_running()


@contextmanager
def _deaf() -> Iterator[None]:
    """Have what is started here not hear Ctrl-C nor a terminal that goes: the program itself ends it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Workers(Executor):
    """An executor with `count` processes of this machine, or as many as it has cores when `count` is 0.

    The processes start with the first job and have a folder of temporary files of their own. When a process dies, the
    jobs of its neighbours are lost too. Each lost job is done again in a process of its own when its result is asked
    for; the result is BrokenProcessPool when that process dies as well.
    """

    def __init__(self, count: int = 0) -> None:
        self._count = count or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._temporary: TemporaryFolder | None = None

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin a job. Only the future that is returned leads to its result: nothing else keeps lost jobs."""
        job = partial(function, *args, **kwargs)
        with self._lock:
            self._pool = self._pool or self._new_pool(self._count)
            pool = self._pool
        try:
            with _deaf():  # a worker may be started here
                first = pool.submit(job)
            return _SecondTry(first, partial(self._alone, pool, job))
        except BrokenProcessPool:
            return _SecondTry(None, partial(self._alone, pool, job))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes and remove their temporary files. Jobs that have not begun are always dropped, whatever
        `cancel_futures` says."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait, cancel_futures=True)
            if self._temporary:
                self._temporary.remove()
            self._pool = self._temporary = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes: at an interruption at once, with what they have started, else when their jobs are done."""
        if isinstance(error, Interruption):
            _kill([child.pid for child in multiprocessing.active_children()])
        self.shutdown()

    def _alone(self, broken: ProcessPoolExecutor, job: Callable[[], T]) -> T:
        """The result of a job in a process that does nothing else. The `broken` pool gets no more jobs."""
        with self._lock:
            self._pool = None if self._pool is broken else self._pool
            pool = self._new_pool(1)
        with pool:
            return pool.submit(job).result()

    def _new_pool(self, count: int) -> ProcessPoolExecutor:
        warm_up()
        self._temporary = self._temporary or TemporaryFolder()
        try:
            return ProcessPoolExecutor(
                max_workers=count,
                mp_context=_context(),
                initializer=_prepare,
                initargs=(str(self._temporary.path),),
            )
        except OSError as error:  # it tells no folder
            raise OSError(error.errno, error.strerror, error.filename or SEMAPHORES) from error


class _SecondTry(Future[T]):
    """The result of a job's first try, or of a second try when the worker of the first died."""

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


def timed(function: Callable[..., T], arguments: tuple[Any, ...], bounds: Bounds) -> tuple[T, float]:
    """The result of a function and the seconds that it took. In a worker, memory is freed after a long job.

    Raises OutOfTimeError and MemoryError beyond the bounds, in a worker on a system that has them.
    """
    start = time.perf_counter()
    with _within(bounds) if _is_bounded() else contextlib.nullcontext():
        result = function(*arguments)
    seconds = time.perf_counter() - start
    if seconds > LONG:
        gc.collect()
        give_memory_back()
    return result, seconds


def _is_bounded() -> bool:
    """Whether this is a worker, on a system that bounds its processes. Windows bounds neither time nor memory so, and
    macOS only time."""
    return sys.platform != "win32" and multiprocessing.parent_process() is not None


@contextmanager
def _within(bounds: Bounds) -> Iterator[None]:
    """Bounds around a job. When its time is up it is interrupted, once a second for as long as it goes on; a while
    later the system kills the process."""
    signal.signal(signal.SIGPROF, partial(_interrupt, bounds.seconds))
    _limit("RLIMIT_CPU", math.ceil(time.process_time()) + bounds.seconds + bounds.grace)
    if sys.platform == "linux":
        _limit("RLIMIT_AS", _address_space() + bounds.memory)
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _limit("RLIMIT_CPU", None)
        _limit("RLIMIT_AS", None)


def _interrupt(seconds: int, number: int, frame: FrameType | None) -> None:
    raise OutOfTimeError(seconds)


def _limit(name: str, value: int | None) -> None:
    """Set a limit of this process, or with None take it away as far as whoever started the program lets it."""
    if sys.platform != "win32":
        import resource

        kind: int = getattr(resource, name)
        _, most = resource.getrlimit(kind)
        bounded = value is not None and (most == resource.RLIM_INFINITY or value < most)
        resource.setrlimit(kind, (value if bounded and value is not None else most, most))


def _address_space() -> int:
    """Bytes that this process has mapped."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def give_memory_back() -> None:
    """Give free memory back to the system, so that a process that waits for work stays small."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # glibc has it, other C libraries have not
            ctypes.CDLL(None).malloc_trim(0)


def _kill(processes: Iterable[int | None]) -> None:
    """Kill processes and, where the system tells of them, those that they have started: programs such as pandoc."""
    for process in [below for top in processes if top for below in (top, *_below(top))]:
        with contextlib.suppress(OSError):
            os.kill(process, KILL)


def _below(process: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have; none where there is no /proc."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").splitlines():
            for child in map(int, line.split()):
                yield child
                yield from _below(child)


def _context() -> Any:
    """How processes start: forked from a server, or each by itself where the server's socket has no room for its path.

    A process that starts by itself imports the pipeline again, which takes a second or so.
    """
    path = os.fsencode(tempfile.gettempdir() + SOCKET_NAME)
    forks = sys.platform != "win32" and len(path) <= SOCKET_PATH
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if sys.platform == "linux" and forks:  # the libraries of macOS may not be used on both sides of a fork
        context.set_forkserver_preload([PRELOADED])
    return context


def _prepare(temporary: str) -> None:
    """Set the folder of a worker's temporary files, and have one that is killed leave no image of its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the program itself ends its workers
    tempfile.tempdir = temporary
    os.environ["TMPDIR"] = temporary  # for the programs that it starts: the compiler that is asked where a library is
    gc.set_threshold(*COLLECTION)
    _limit("RLIMIT_CORE", 0)
