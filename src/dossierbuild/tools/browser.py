"""A Chromium of this machine, to see and measure web pages as their readers do.

It is spoken to over two pipes, in the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/),
so nothing is installed for it and no port is opened; it has no network. Only where processes get pipes by number,
which is everywhere but on Windows.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
TIME_LIMIT = 60
"""Seconds to wait for an answer."""

_ARGUMENTS = (
    "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb", "--font-render-hinting=none",
)  # fmt: skip


class BrowserError(Exception):
    """A browser that failed to carry out a command; the text is one line."""


def find_browser() -> str | None:
    """The path of a Chromium on this machine."""
    if sys.platform == "win32":
        return None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """A browser with one page open."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to = to_browser
        self._from = from_browser
        self._count = 0
        self._read = b""
        self._session = ""

    def show(self, page: Path, width: int, height: int = 900) -> int:
        """Open a page in a window of so many pixels; returns how high the page is, the window at least."""
        if not self._session:
            target = self._ask("Target.createTarget", url="about:blank")["targetId"]
            self._session = str(self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
            self._ask("Page.enable")
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._ask("Page.navigate", url=page.resolve().as_uri())
        self._await("Page.loadEventFired")
        self.evaluate("document.fonts.ready.then(() => true)")
        return int(self.evaluate("document.documentElement.scrollHeight"))

    def evaluate(self, script: str) -> Any:
        """What a script in the page comes to; the page's own security policy does not hold for it."""
        answer = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"].get("text", "")))
        return answer["result"].get("value")

    def picture(self, top: int, width: int, height: int) -> bytes:
        """A PNG of a part of the page."""
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        answer = self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(answer["data"])

    def close(self) -> None:
        with contextlib.suppress(BrowserError, OSError):
            self._session = ""
            self._ask("Browser.close")

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message', '')}")
                result: dict[str, Any] = answer["result"]
                return result

    def _await(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        """The next message, answer or event."""
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._from], [], [], TIME_LIMIT)
            piece = os.read(self._from, 1 << 20) if ready else b""
            if not piece:
                raise BrowserError("no answer")
            self._read += piece
        message, _, self._read = self._read.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def open_browser(program: str) -> Iterator[Browser]:
    """Start a browser, and end it with all that it started. Raises BrowserError."""
    with tempfile.TemporaryDirectory(prefix="dossierbuild-", ignore_cleanup_errors=True) as profile:
        their_in, our_out = os.pipe()
        our_in, their_out = os.pipe()
        command = [program, *_ARGUMENTS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        try:
            process = os.posix_spawn(
                program,
                command,
                {**os.environ, "HOME": profile},
                file_actions=_pipes(their_in, their_out),
                setpgroup=0,
            )
        except OSError as error:
            raise BrowserError(error.strerror or str(error)) from None
        finally:
            os.close(their_in)
            os.close(their_out)
        browser = Browser(our_out, our_in)
        try:
            yield browser
        finally:
            browser.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(our_out)
            os.close(our_in)


def _pipes(read: int, written: int) -> list[tuple[Any, ...]]:
    """What the browser gets: commands on 3, answers on 4, and nothing else. The numbers go by way of high ones, which
    cannot be 3 or 4 already."""
    return [
        (os.POSIX_SPAWN_DUP2, read, 103),
        (os.POSIX_SPAWN_DUP2, written, 104),
        (os.POSIX_SPAWN_DUP2, 103, 3),
        (os.POSIX_SPAWN_DUP2, 104, 4),
        *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)),
        (os.POSIX_SPAWN_CLOSE, 103),
        (os.POSIX_SPAWN_CLOSE, 104),
    ]
