"""The processes that jobs are done in. They start from one that has what all of them need, see `preloaded`.

Forking the program itself could hang: it has threads. This module imports nothing of ours, so that `warm_up` can be
the first thing that a build does.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

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


def pool(workers: int, temporary: Path) -> ProcessPoolExecutor:
    """A pool of so many workers, or one for each core, whose temporary files are in the folder `temporary`."""
    count = workers or os.cpu_count() or 1
    return ProcessPoolExecutor(
        max_workers=count, mp_context=_context(), initializer=_prepare, initargs=(str(temporary),)
    )


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
