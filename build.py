#!/usr/bin/env python3
"""Makes a bare machine ready and starts dossierbuild; Python 3.11 or newer is all that it needs.

    python3 build.py               builds this folder's sources/ into output/
    python3 build.py check ...     any command of dossierbuild with its arguments; without a command: build
    python3 build.py test ...      the tests, with the arguments of pytest
    python3 build.py test --quick  those of single modules only, for a verdict within a minute
    python3 build.py test --all    also the thorough ones, and those whose programs plain `test` does not install

The first run makes .venv, installs the locked requirements in it and sees to what no wheel brings: Pango and,
for the tests, Java, Node with its locked packages, and Chromium. Root gets these installed; on Debian and Ubuntu
anybody else gets Pango, and pip where Python came without, unpacked into .venv. Later runs compare one file and
start. Exit code 5: the machine lacks something and one line says what; 2: a mistyped command; 130, 143, 129:
interrupted while setting up. Any other code is that of the program started.
Python 3.6 can read this file too, to say that it is too old.
"""

import contextlib
import difflib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "setup.log"
UNPACKED_PANGO = VENV / "pango"
LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"
MODULES = ROOT / "tests/conformance/package-lock.json"
COMMANDS = (
    "build", "check", "new", "import", "tidy", "cite", "comments", "references", "source", "word", "verify", "proof"
)  # fmt: skip

# English and Dutch; {0} and {1} are filled in.
MESSAGES = {
    "python": (
        "Python 3.11 or newer is needed and this is {0}; install a newer one and start build.py with it",
        "Python 3.11 of nieuwer is nodig en dit is {0}; installeer een nieuwere en start build.py daarmee",
    ),
    "waiting": ("waiting: another run sets this folder up", "even wachten: een andere run richt deze map in"),
    "venv": ("making .venv (once)", ".venv wordt gemaakt (eenmalig)"),
    "packages": ("installing {0} packages (once)", "{0} pakketten worden geïnstalleerd (eenmalig)"),
    "system": ("installing {0}: {1}", "{0} wordt geïnstalleerd: {1}"),
    "unpacking": ("unpacking {0} into .venv (once)", "{0} wordt uitgepakt in .venv (eenmalig)"),
    "lacking": ("{0} is missing; install it with: {1}", "{0} ontbreekt; installeer met: {1}"),
    "unfetched": (
        "{0} is missing and unpacking it did not help (is there a network? see {2}); install it with: {1}",
        "{0} ontbreekt en uitpakken hielp niet (is er een netwerk? zie {2}); installeer met: {1}",
    ),
    "partly": (
        "{0} (only a small part of it; the build goes on and its PDF files have other bytes than elsewhere)",
        "{0} (maar een klein deel; het bouwen gaat door en de pdf-bestanden hebben andere bytes dan elders)",
    ),
    "hashes": (
        "a downloaded package is not the one that was locked (its hash differs); see {0}",
        "een opgehaald pakket is niet het vastgelegde (de hash verschilt); zie {0}",
    ),
    "disk": ("the disk is full; see {0}", "de schijf is vol; zie {0}"),
    "network": (
        "the packages could not be fetched: no connection to the package index; see {0}",
        "de pakketten zijn niet op te halen: geen verbinding met de pakketindex; zie {0}",
    ),
    "wheel": (
        "the package index gave no {1} for this Python and system (is there a network?); see {0}",
        "de pakketindex gaf geen {1} voor deze Python en dit systeem (is er een netwerk?); zie {0}",
    ),
    "pip": ("installing the packages failed: {1}; see {0}", "pakketten installeren is mislukt: {1}; zie {0}"),
    "modules": ("installing validators (once)", "keuringsprogramma's worden geïnstalleerd (eenmalig)"),
    "npm": ("npm could not install the validators: {1}; see {0}", "npm kon ze niet installeren: {1}; zie {0}"),
    "word": (
        "'{0}' is no command and no folder; did you mean '{1}'?",
        "'{0}' is geen opdracht en geen map; bedoelde u '{1}'?",
    ),
    "interrupted": (
        "interrupted while setting up; the next run begins that again",
        "afgebroken bij het inrichten; de volgende keer begint dat opnieuw",
    ),
    "broken": ("setting up failed: {0}", "inrichten is mislukt: {0}"),
}

# What pip says when it fails, and the message that tells it; the first that fits.
PIP_FAILURES = (
    ("hashes", r"DO NOT MATCH THE HASHES"),
    ("disk", r"No space left on device|disk quota"),
    ("network", r"(?i)connection|timed? ?out|name resolution|getaddrinfo|unreachable|proxy|certificate"),
    ("wheel", r"No matching distribution found for ([^\s;(]+)"),
)

# System packages by package manager: what no wheel brings.
PANGO = {
    "apt-get": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "pango",
    "apk": "so:libgobject-2.0.so.0 so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz.so.0 "
    "so:libharfbuzz-subset.so.0 so:libfontconfig.so.1",
    "brew": "pango",
    "pacman": "mingw-w64-ucrt-x86_64-pango",
}
JAVA = {
    "apt-get": "default-jre-headless",
    "dnf": "java-headless",
    "apk": "openjdk17-jre-headless",
    "brew": "--cask temurin",
    "pacman": "mingw-w64-ucrt-x86_64-openjdk",
}
NODE = {
    "apt-get": "nodejs npm",
    "dnf": "nodejs npm",
    "apk": "nodejs npm",
    "brew": "node",
    "pacman": "mingw-w64-ucrt-x86_64-nodejs",
}
POPPLER = {
    "apt-get": "poppler-utils",
    "dnf": "poppler-utils",
    "apk": "poppler-utils",
    "brew": "poppler",
    "pacman": "mingw-w64-ucrt-x86_64-poppler",
}
LIBREOFFICE = {
    "apt-get": "libreoffice-writer-nogui python3-uno",
    "dnf": "libreoffice-writer libreoffice-pyuno",
    "apk": "libreoffice-writer py3-uno",
    "brew": "--cask libreoffice",
}
CHROMIUM = {"apt-get": "chromium", "dnf": "chromium", "apk": "chromium", "brew": "--cask chromium"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
VENV_MODULE = {"apt-get": f"python3.{sys.version_info[1]}-venv"}
PIP_WHEEL = "python3-pip-whl"  # what Debian's python3-venv takes pip from
OFFICE_PYTHON = "/Applications/LibreOffice.app/Contents/Resources/python"  # macOS: LibreOffice brings one of its own
INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "brew": "brew install",
    "pacman": "pacman -S --noconfirm",
}

# Apt as anybody may use it: it keeps its lists and packages in a folder, {0}, and checks signatures as ever.
APT_GET = "apt-get -o Dir::State::Lists={0}/lists -o Dir::Cache={0} -o Debug::NoLocking=true"
# Prints the libraries of a folder, each after those that it needs, as it cannot be loaded before them.
LOAD_ORDER = """
import ctypes, pathlib, sys
waiting = sorted(pathlib.Path(sys.argv[1]).iterdir())
for _ in list(waiting):
    for library in list(waiting):
        try:
            ctypes.CDLL(str(library))
        except OSError:
            continue
        print(library.name)
        waiting.remove(library)
"""
# Runs whenever a Python of .venv starts. Whoever asks for one of these by its name later gets the one that is loaded.
LOAD_PANGO = """\
import ctypes, os, sys
folder = os.path.join(sys.prefix, "pango")
for name in {0}:
    ctypes.CDLL(os.path.join(folder, name))
if not os.path.exists("/etc/fonts/fonts.conf"):
    os.environ.setdefault("FONTCONFIG_FILE", os.path.join(folder, "fonts.conf"))
"""

# Exit code 9: a library of the system is missing, or the newer one that cuts fonts down.
IMPORT_WEASYPRINT = """
import sys
try:
    import weasyprint
except (OSError, DeprecationWarning) as error:
    print(error)
    sys.exit(9)
"""


class SetupError(Exception):
    """The machine lacks something that build.py cannot put right; its text is the one line that says so."""


def text(name: str, *values: object) -> str:
    """The message in the language of the user's locale: Dutch or else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return MESSAGES[name][locale.startswith("nl")].format(*values)


def say(line: str) -> None:
    with contextlib.suppress(OSError, AttributeError):  # the stream is full, closed, or read by nobody
        sys.stderr.write(f"build.py: {line}\n")
        sys.stderr.flush()


def environment() -> "dict[str, str]":
    """The user's environment, with its settings of proxies and pip, less what would bend another Python."""
    variables = {name: os.environ[name] for name in os.environ if name not in ("PYTHONHOME", "PYTHONPATH")}
    brew = shutil.which("brew") if sys.platform == "darwin" else None
    if brew:  # macOS does not look for libraries where Homebrew puts them
        variables.setdefault("DYLD_FALLBACK_LIBRARY_PATH", str(Path(brew).parent.parent / "lib"))
    return variables


def run(*command: "str | Path") -> "subprocess.CompletedProcess[str]":
    """Runs a command out of sight; all that it writes is in `stdout` and, once there is a .venv, in LOG."""
    done = subprocess.run(
        [str(word) for word in command],
        env={**environment(), "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if VENV.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(done.args)}\n{done.stdout}")
    return done


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    return done.stdout.strip().rpartition("\n")[2]


def start(*command: "str | Path") -> int:
    """Puts the command in the place of this program; Windows cannot, so there this program waits for it."""
    words = [str(word) for word in command]
    if sys.platform == "win32":
        return subprocess.call(words, env=environment())
    os.execve(words[0], words, environment())


def base_python() -> str:
    """The Python of the machine, also when a .venv's Python runs this file."""
    return getattr(sys, "_base_executable", "") or sys.executable


def site_packages() -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))


def stamp(lock: Path) -> str:
    """What a set-up with this lock rests on, line by line: the Python, what is installed, the lock itself."""
    python = PYTHON.stat()
    first = f"{sys.implementation.cache_tag} {python.st_size} {python.st_mtime_ns}"
    folders = filter(Path.is_dir, (site_packages(), UNPACKED_PANGO))
    installed = sorted(entry.name for folder in folders for entry in folder.iterdir())
    modules = []
    if lock == TEST_LOCK and MODULES.is_file():
        is_there = (MODULES.parent / "node_modules").is_dir()
        modules = [f"node_modules: {is_there}", MODULES.read_text("utf-8")]
    return "\n".join([first, sysconfig.get_platform(), *installed, lock.read_text("utf-8"), *modules])


def is_ready(lock: Path) -> bool:
    """A set-up with this lock was finished and nothing it rests on has changed since."""
    try:
        return (VENV / lock.name).read_text("utf-8") == stamp(lock)
    except (OSError, UnicodeDecodeError):
        return False


def is_sound() -> bool:
    """This .venv can be kept: it holds all that was installed, by today's lock, and its Python runs."""
    try:
        installed = (VENV / LOCK.name).read_text("utf-8").splitlines()[1:]
        tag = run(PYTHON, "-I", "-c", "import sys; print(sys.implementation.cache_tag)").stdout.strip()
        return tag == sys.implementation.cache_tag and set(installed) <= set(stamp(LOCK).splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def has_pip() -> bool:
    """The .venv has a pip of its own, got from Python where it brings one, or the machine has one that serves it."""
    return (
        (site_packages() / "pip").is_dir()
        or run(PYTHON, "-I", "-m", "ensurepip", "--default-pip").returncode == 0
        or run(base_python(), "-I", "-m", "pip", "--python", PYTHON, "--version").returncode == 0
    )


def has_pango(*, subsetter: bool = True) -> bool:
    """WeasyPrint finds its libraries; `subsetter`: also the one that cuts its fonts down."""
    strict = ["-W", "error:HarfBuzz"] if subsetter else []
    done = run(PYTHON, "-I", *strict, "-c", IMPORT_WEASYPRINT)
    if done.returncode not in (0, 9):
        raise SetupError(text("broken", last_line(done)))
    return done.returncode == 0


def has_java() -> bool:
    java = shutil.which("java")
    return java is not None and run(java, "-version").returncode == 0


def has_node() -> bool:
    programs = [shutil.which(name) for name in ("node", "npm")]
    return all(program is not None and run(program, "--version").returncode == 0 for program in programs)


def has_browser() -> bool:
    return any(map(shutil.which, BROWSERS))


def has_program(name: str) -> bool:
    return shutil.which(name) is not None


def office_python() -> "str | None":
    """A Python that can drive LibreOffice: Debian has it see UNO, and no .venv does."""
    for python in (*(shutil.which("python3", path=folder) for folder in os.get_exec_path()), OFFICE_PYTHON):
        if python and os.access(python, os.X_OK) and run(python, "-I", "-c", "import uno").returncode == 0:
            return python
    return None


def has_office() -> bool:
    return has_program("soffice") and office_python() is not None


@contextlib.contextmanager
def alone() -> "Iterator[None]":
    """One set-up at a time in this folder: a second one waits for the first."""
    with (ROOT / ".venv.lock").open("w") as held:
        if sys.platform == "win32":
            locked = False
            while not locked:
                with contextlib.suppress(OSError):  # each try gives up after ten seconds
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    locked = True
        else:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(text("waiting"))
                fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def unpacked(packages: str) -> "Iterator[Path]":
    """A folder, for as long as it is used, of what is in packages of Debian and in all that these need and the machine
    lacks; it is empty when they could not be fetched."""
    folder = VENV / "packages"
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("root", "lists/partial", "archives/partial"):
        (folder / part).mkdir(parents=True)
    apt_get = [word.format(folder) for word in APT_GET.split()]
    try:
        run(*apt_get, "update")
        run(*apt_get, "install", "-y", "--no-install-recommends", "--download-only", *packages.split())
        for package in (folder / "archives").glob("*.deb"):
            run("dpkg", "--extract", package, folder / "root")
        yield folder / "root"
    finally:
        shutil.rmtree(folder)


def unpack_pip() -> None:
    with unpacked(PIP_WHEEL) as folder:
        for wheel in folder.glob("usr/share/python-wheels/pip-*.whl"):
            shutil.unpack_archive(wheel, site_packages(), "zip")


def unpack_pango() -> None:
    """Puts the libraries of Pango that the machine lacks into .venv, and has each of its Pythons load them; where that
    is no help, Python starts as it did."""
    start_up = site_packages() / "load_pango.pth"
    start_up.unlink(missing_ok=True)
    shutil.rmtree(UNPACKED_PANGO, ignore_errors=True)
    UNPACKED_PANGO.mkdir()
    with unpacked(PANGO["apt-get"]) as folder:
        for library in folder.rglob("lib*.so.*"):
            if not library.is_symlink():
                library.rename(UNPACKED_PANGO / library.name)
    names = run(PYTHON, "-I", "-c", LOAD_ORDER, UNPACKED_PANGO).stdout.split()
    (UNPACKED_PANGO / "fonts.conf").write_text("<fontconfig/>", "utf-8")
    start_up.with_suffix(".py").write_text(LOAD_PANGO.format(names), "utf-8")
    start_up.write_text("import load_pango", "utf-8")
    if not has_pango():
        start_up.unlink()


def obtain(
    name: str, packages: "dict[str, str]", is_there: "Callable[[], bool]", unpack: "Callable[[], None] | None" = None
) -> None:
    """Sees to something of the system: installs it where that is allowed, else unpacks what can be used so, else says
    with which command to install it."""
    if is_there():
        return
    managers = {"darwin": ["brew"], "win32": ["pacman"]}.get(sys.platform, ["apt-get", "dnf", "apk"])
    manager = next(filter(shutil.which, managers), managers[0])
    command = f"{INSTALL[manager]} {packages.get(manager, name)}"
    is_root = sys.platform != "win32" and os.geteuid() == 0
    if shutil.which(manager) and (not is_root if manager == "brew" else is_root):
        say(text("system", name, command))
        if manager == "apt-get":
            run("apt-get", "update")
        run(*command.split())
        if is_there():
            return
    problem = "lacking"
    if unpack and shutil.which("apt-get") and shutil.which("dpkg"):
        problem = "unfetched"
        say(text("unpacking", name))
        unpack()
        if is_there():
            return
    sudo = "" if is_root or manager in ("brew", "pacman") else "sudo "
    raise SetupError(text(problem, name, sudo + command, LOG))


def make_venv() -> None:
    """A new .venv that sees src/, with a pip to install in it."""
    say(text("venv"))
    if VENV.is_dir() and not VENV.is_symlink():
        shutil.rmtree(VENV)
    else:
        VENV.unlink(missing_ok=True)
    done = run(base_python(), "-I", "-m", "venv", "--without-pip", VENV)
    if done.returncode:
        raise SetupError(text("broken", last_line(done)))
    (site_packages() / "dossierbuild.pth").write_text(os.path.relpath(ROOT / "src", site_packages()), "utf-8")
    obtain("python3-venv", VENV_MODULE, has_pip, unpack_pip)


def pip_failure(done: "subprocess.CompletedProcess[str]") -> str:
    """What a pip that failed has said, in one line."""
    for name, pattern in PIP_FAILURES:
        match = re.search(pattern, done.stdout)
        if match:
            return text(name, LOG, match[match.re.groups])
    return text("pip", LOG, last_line(done))


def install(lock: Path) -> None:
    """Installs what the lock names, with pip as this machine has set it up."""
    say(text("packages", len(re.findall(r"^\S+==", lock.read_text("utf-8"), re.MULTILINE))))
    has_own = (site_packages() / "pip").is_dir()
    python, target = (PYTHON, []) if has_own else (base_python(), ["--python", str(PYTHON)])
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    strict = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-user"]
    done = run(python, "-I", "-m", "pip", *target, "install", *quiet, *strict, "-r", lock)
    if done.returncode:
        raise SetupError(pip_failure(done))


def install_modules() -> None:
    """Installs the packages of Node that the tests' lock names; their own scripts, which fetch browsers, stay out."""
    say(text("modules"))
    npm = shutil.which("npm") or "npm"
    done = run(npm, "ci", "--prefix", MODULES.parent, "--ignore-scripts", "--no-audit", "--no-fund")
    if done.returncode:
        raise SetupError(text("npm", LOG, last_line(done)))


def record(lock: Path, *, finished: bool) -> None:
    """Keeps the stamp of a set-up; without its first line it is sound and not yet ready."""
    whole = stamp(lock)
    (VENV / lock.name).write_text(whole if finished else whole[whole.index("\n") :], "utf-8")


def set_up(lock: Path) -> None:
    """Makes all ready that a run with this lock needs; the lock of the tests holds all of the other."""
    if not is_sound():
        make_venv()
    install(lock)
    record(LOCK, finished=False)
    try:
        obtain("Pango", PANGO, has_pango, unpack_pango)
    except SetupError as error:
        if not has_pango(subsetter=False):
            raise
        say(text("partly", error))
    record(LOCK, finished=True)
    if lock == TEST_LOCK:
        obtain("Java", JAVA, has_java)
        if MODULES.is_file():
            obtain("Node", NODE, has_node)
            obtain("Chromium", CHROMIUM, has_browser)
            install_modules()
        record(TEST_LOCK, finished=True)


def obtain_extras() -> None:
    """What only `test --all` installs."""
    with alone():
        obtain("Poppler", POPPLER, functools.partial(has_program, "pdfinfo"))
        obtain("LibreOffice", LIBREOFFICE, has_office)


def start_newer_python(version: "tuple[int, ...]", arguments: "list[str]") -> int:
    """Starts this file again with a Python of PATH that is new enough."""
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        python = shutil.which(f"python3.{minor}")
        if python and run(python, "-c", "").returncode == 0:  # a pyenv shim may be there without its Python
            return start(python, ROOT / "build.py", *arguments)
    raise SetupError(text("python", ".".join(map(str, version))))


def start_tests(arguments: "list[str]") -> int:
    """A whole suite is spread over the cores, by groups of tests; starting processes takes longer than a few tests."""
    os.chdir(ROOT)
    spread = ["-n", "auto", "--dist", "loadgroup", "--no-loadscope-reorder"]
    usual = [] if arguments else ["-m", "not thorough"]
    chosen = set(arguments) - {"--quick", "--all"}
    return start(PYTHON, "-P", "-m", "pytest", *([] if chosen else spread), *usual, *arguments)


def start_dossierbuild(arguments: "list[str]") -> int:
    """Paths are seen from where the user stands; when no word can be one, this folder is meant."""
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        near = difflib.get_close_matches(arguments[0], COMMANDS, 1) if arguments else []
        if near and not os.path.lexists(arguments[0]):
            say(text("word", arguments[0], near[0]))
            return 2
        arguments = ["build", *arguments]
    if all(word in COMMANDS or (word.startswith("-") and "=" not in word) for word in arguments):
        os.chdir(ROOT)
    os.environ["DOSSIERBUILD_CALLED"] = " ".join(["python3", *sys.argv[:1]])  # for hints that name a command
    return start(PYTHON, "-P", "-m", "dossierbuild", *arguments)


def open_streams() -> None:
    """Leads a stream that was closed nowhere, so that no file gets its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt(number)


def main(arguments: "list[str]") -> int:
    open_streams()
    for name in ("SIGTERM", "SIGHUP"):
        if signal.getsignal(getattr(signal, name, signal.SIGTERM)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name, signal.SIGTERM), interrupt)
    testing = arguments[:1] == ["test"]
    lock = TEST_LOCK if testing else LOCK
    try:
        if sys.version_info < OLDEST_PYTHON:
            return start_newer_python(sys.version_info[:3], arguments)
        if not is_ready(lock):
            with alone():
                if not is_ready(lock):
                    set_up(lock)
        if testing and "--all" in arguments:
            obtain_extras()
        return start_tests(arguments[1:]) if testing else start_dossierbuild(arguments)
    except SetupError as error:
        say(str(error))
    except OSError as error:
        say(text("broken", error))
    except KeyboardInterrupt as met:
        say(text("interrupted"))
        return 128 + (met.args[0] if met.args else signal.SIGINT)
    return 5


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
