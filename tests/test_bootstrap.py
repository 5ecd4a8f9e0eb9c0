"""build.py on a bare machine, in real runs: a copy of it sets up its own .venv with the real venv and pip.

What it installs are tiny wheels from a folder, so that no run needs the network, and what it starts is a
program that tells how it was started. The whole set-up, with all that is locked, is what runs these tests.
"""

import ast
import hashlib
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import sysconfig
import textwrap
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from command import hearing

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")

TELL = """
    import json, os, sys
    print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
"""
WEASYPRINT = """
    import ctypes, os, pathlib
    if "PANGO" in os.environ and not pathlib.Path(os.environ["PANGO"]).exists():
        ctypes.CDLL(os.environ["PANGO"])
"""
APT_GET = """\
    #!/bin/sh
    echo "$@" >> "$PANGO"
"""
# An apt of one package, which does as ever but keeps off this machine: it can install nothing.
APT_CONFIG = """\
    Dir::Etc::Main "/dev/null";
    Dir::Etc::Parts "/dev/null";
    Dir::Etc::SourceParts "/dev/null";
    Dir::Etc::SourceList "{folder}/sources.list";
    Dir::State "{folder}";
    Dir::State::Status "{folder}/status";
    Dir::Cache "{folder}";
    Dir::Bin::dpkg "/bin/false";
    APT::Sandbox::User "root";
"""
PACKAGE = """\
    Package: libpango-1.0-0
    Version: 1.0
    Architecture: all
    Maintainer: nobody
    Description: a library
    Provides: libpangoft2-1.0-0, libharfbuzz-subset0
"""


def write_wheel(folder: Path, name: str, source: str) -> str:
    """Writes a wheel of one module; returns its line for a lock file."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": textwrap.dedent(source),
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{about}/RECORD"] = ",,\n".join([*files, f"{about}/RECORD", ""])
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(zipfile.ZipInfo(member), text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def write_program(path: Path, source: str) -> None:
    path.write_text(textwrap.dedent(source), "utf-8")
    path.chmod(0o755)


def write_package(folder: Path, library: Path) -> None:
    """Makes a folder that apt fetches packages from: the one of Pango, with this library in it."""
    control = textwrap.dedent(PACKAGE)
    (folder / "files/DEBIAN").mkdir(parents=True)
    (folder / "files/DEBIAN/control").write_text(control, "utf-8")
    (folder / "files/usr/lib").mkdir(parents=True)
    shutil.copy(library, folder / "files/usr/lib")
    package = folder / "pango.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", folder / "files", package], check=True)
    sha256 = hashlib.sha256(package.read_bytes()).hexdigest()
    index = f"{control}Filename: ./pango.deb\nSize: {package.stat().st_size}\nSHA256: {sha256}\n"
    (folder / "Packages").write_text(index, "utf-8")
    (folder / "sources.list").write_text(f"deb [trusted=yes] copy:{folder} ./\n", "utf-8")
    (folder / "status").touch()
    (folder / "apt.conf").write_text(textwrap.dedent(APT_CONFIG).format(folder=folder), "utf-8")


class Clone:
    """A folder with build.py as somebody has it after cloning, and the machine around it."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.programs = folder.parent / f"{folder.name}-programs"
        self.programs.mkdir()
        self.environment = {
            "HOME": str(folder.parent),
            "PATH": str(self.programs),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": str(wheels),
            "PIP_NO_INDEX": "1",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "build.py"), *arguments]

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=cwd or self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def lock(self, line: str) -> None:
        with (self.folder / "requirements.txt").open("a", encoding="utf-8") as lock:
            lock.write(line)

    def venv(self, pattern: str) -> Path:
        return next((self.folder / ".venv").glob(pattern))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wheels")


@pytest.fixture(scope="module")
def cloned(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clone in which nothing has run yet."""
    if find_spec("ensurepip") is None:
        pytest.skip("this Python came without pip, which only a network gives it")
    folder = tmp_path_factory.mktemp("cloned") / "dossier build"
    (folder / "src/dossierbuild").mkdir(parents=True)
    shutil.copy(ROOT / "build.py", folder)
    (folder / "src/dossierbuild/__main__.py").write_text(textwrap.dedent(TELL), "utf-8")
    runtime = write_wheel(wheels, "weasyprint", WEASYPRINT)
    (folder / "requirements.txt").write_text(runtime, "utf-8")
    (folder / "requirements-dev.txt").write_text(runtime + write_wheel(wheels, "pytest", TELL), "utf-8")
    return folder


@pytest.fixture(scope="module")
def first_run(
    cloned: Path, wheels: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Clone, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("first") / "clone"
    clone = Clone(Path(shutil.copytree(cloned, folder)), wheels)
    return clone, clone.run()


@pytest.fixture
def fresh(cloned: Path, wheels: Path, tmp_path: Path) -> Clone:
    return Clone(Path(shutil.copytree(cloned, tmp_path / "clone")), wheels)


@pytest.fixture
def ready(first_run: tuple[Clone, subprocess.CompletedProcess[str]], wheels: Path, tmp_path: Path) -> Clone:
    """A clone that was set up and then moved."""
    folder = shutil.copytree(first_run[0].folder, tmp_path / "moved", symlinks=True)
    return Clone(Path(folder), wheels)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """How the program was started: its `arguments` and its `folder`; fails when it was not."""
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def the_line(done: subprocess.CompletedProcess[str]) -> str:
    """The line about what the machine lacks: the last one, after those about progress; never a traceback."""
    assert done.returncode == 5
    assert done.stdout == ""
    assert all(line.startswith("build.py: ") for line in done.stderr.splitlines())
    return done.stderr.splitlines()[-1]


# The first run and the next ones


def test_the_first_run_sets_up_and_builds(
    first_run: tuple[Clone, subprocess.CompletedProcess[str]],
) -> None:
    clone, done = first_run
    assert told(done) == {"arguments": ["build"], "folder": str(clone.folder)}
    assert re.findall(r"\.venv|packages", done.stderr) == [".venv", "packages"]


def test_a_second_run_needs_neither_pip_nor_a_network(ready: Clone, tmp_path: Path) -> None:
    poison = tmp_path / "pip.conf"
    poison.write_text("[", "utf-8")
    environment = ready.environment | {"PIP_CONFIG_FILE": str(poison)}
    pip = subprocess.run([ready.venv("bin/python"), "-m", "pip", "list"], env=environment, check=False)
    assert pip.returncode != 0
    done = ready.run(PIP_CONFIG_FILE=str(poison))
    assert told(done)["arguments"] == ["build"]
    assert done.stderr == ""


def test_two_first_runs_at_once_set_up_once(fresh: Clone) -> None:
    runs = [
        subprocess.Popen(
            fresh.command(), env=fresh.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    lines = "".join(run.communicate()[1] for run in runs)
    assert [run.returncode for run in runs] == [0, 0], lines
    assert lines.count("making .venv") == 1
    assert lines.count("waiting") == 1


@pytest.mark.parametrize(
    ("arguments", "expected", "here"),
    [
        ([], ["build"], True),
        (["--draft"], ["build", "--draft"], True),
        (["check"], ["check"], True),
        (["--version"], ["--version"], True),
        (["build", "--fresh"], ["build", "--fresh"], True),
        (["my-dossier"], ["build", "my-dossier"], False),
        (["check", "my-dossier"], ["check", "my-dossier"], False),
        (["--output=elsewhere"], ["build", "--output=elsewhere"], False),
        (["new", "my-dossier"], ["new", "my-dossier"], False),
    ],
)
def test_arguments_are_handed_on_and_paths_are_those_of_the_user(
    first_run: tuple[Clone, subprocess.CompletedProcess[str]],
    tmp_path: Path,
    arguments: list[str],
    expected: list[str],
    here: bool,
) -> None:
    clone = first_run[0]
    folder = str(clone.folder if here else tmp_path)
    assert told(clone.run(*arguments, cwd=tmp_path)) == {"arguments": expected, "folder": folder}


@pytest.mark.parametrize(
    ("word", "locale", "line"),
    [
        ("chekc", "nl_NL.UTF-8", "'chekc' is geen opdracht en geen map; bedoelde u 'check'?"),
        ("verfy", "C", "'verfy' is no command and no folder; did you mean 'verify'?"),
    ],
)
def test_a_mistyped_command_is_told_with_the_nearest(ready: Clone, word: str, locale: str, line: str) -> None:
    done = ready.run(word, LC_ALL=locale)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"build.py: {line}\n")
    (ready.folder / word).mkdir()
    assert told(ready.run(word, LC_ALL=locale))["arguments"] == ["build", word]


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_set_up_that_is_interrupted_says_so_and_the_next_one_is_whole(fresh: Clone, name: str, status: int) -> None:
    with subprocess.Popen(
        fresh.command(),
        env=fresh.environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hearing,  # noqa: PLW1509 no thread of the tests holds a lock then
    ) as first:
        assert first.stderr
        first.stderr.readline()  # a .venv is being made
        os.killpg(first.pid, getattr(signal, name))
        said = first.stderr.read()
    assert (first.returncode, said) == (
        status, "build.py: interrupted while setting up; the next run begins that again\n"
    )  # fmt: skip
    assert told(fresh.run())["arguments"] == ["build"]


def test_a_set_up_with_closed_streams_is_whole(fresh: Clone) -> None:
    done = subprocess.run(
        fresh.command(), env=fresh.environment, stdout=subprocess.PIPE, preexec_fn=lambda: os.close(2), check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["arguments"] == ["build"]


def test_modules_lying_about_are_not_taken_for_python_s_own(
    first_run: tuple[Clone, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('json of a stranger')", "utf-8")
    done = first_run[0].run("check", "my-dossier", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert told(done)["folder"] == str(tmp_path)


def test_the_tests_are_set_up_and_started_too(ready: Clone, tmp_path: Path) -> None:
    line = the_line(ready.run("test"))
    assert "Java" in line
    assert "apt-get install -y --no-install-recommends default-jre-headless" in line
    write_program(ready.programs / "java", "#!/bin/sh\n")
    done = ready.run("test", "-k", "word", cwd=tmp_path)
    assert told(done) == {"arguments": ["-k", "word"], "folder": str(ready.folder)}
    assert ready.run("test").stderr == ""
    assert ready.run("build").stderr == ""


def test_a_whole_suite_is_spread_over_the_cores_and_a_choice_of_tests_is_not(ready: Clone) -> None:
    write_program(ready.programs / "java", "#!/bin/sh\n")
    assert "-n" in told(ready.run("test"))["arguments"]
    quick = told(ready.run("test", "--quick"))["arguments"]
    assert {"-n", "--quick"} <= set(quick)
    assert told(ready.run("test", "--quick", "-x"))["arguments"] == ["--quick", "-x"]


def test_all_tests_ask_for_what_the_others_do_without(ready: Clone) -> None:
    write_program(ready.programs / "java", "#!/bin/sh\n")
    assert told(ready.run("test"))["arguments"]
    line = the_line(ready.run("test", "--all"))
    assert "Poppler is missing" in line
    assert "apt-get install -y --no-install-recommends poppler-utils" in line
    write_program(ready.programs / "pdfinfo", "#!/bin/sh\n")
    write_program(ready.programs / "python3", "#!/bin/sh\nexit 1\n")  # one that does not see UNO
    write_program(ready.programs / "soffice", "#!/bin/sh\n")
    line = the_line(ready.run("test", "--all"))
    assert "LibreOffice is missing" in line
    assert "apt-get install -y --no-install-recommends libreoffice-writer-nogui python3-uno" in line
    write_program(ready.programs / "python3", "#!/bin/sh\n")
    assert "--all" in told(ready.run("test", "--all"))["arguments"]


# What may be wrong with the machine


def break_python(clone: Clone) -> None:
    clone.venv("bin/python").unlink()


def replace_python(clone: Clone) -> None:
    break_python(clone)
    write_program(clone.folder / ".venv/bin/python", "#!/bin/sh\nexit 1\n")


def lose_a_package(clone: Clone) -> None:
    clone.venv("lib/*/site-packages/weasyprint.py").unlink()


def stop_halfway(clone: Clone) -> None:
    clone.venv("requirements.txt").unlink()


def come_from_another_machine(clone: Clone) -> None:
    stamp = clone.venv("requirements.txt")
    stamp.write_text(stamp.read_text("utf-8").replace(sysconfig.get_platform(), "another-machine"), "utf-8")


def make_it_a_file(clone: Clone) -> None:
    shutil.rmtree(clone.folder / ".venv")
    (clone.folder / ".venv").write_text("", "utf-8")


@pytest.mark.parametrize(
    "damage",
    [break_python, replace_python, lose_a_package, stop_halfway, come_from_another_machine, make_it_a_file],
)
def test_a_broken_venv_is_made_anew(ready: Clone, damage: Callable[[Clone], None]) -> None:
    damage(ready)
    done = ready.run()
    assert told(done)["arguments"] == ["build"]
    assert "making .venv" in done.stderr
    assert ready.run().stderr == ""


def test_a_package_more_does_no_harm(ready: Clone) -> None:
    (ready.venv("lib/*/site-packages") / "more.py").write_text("", "utf-8")
    done = ready.run()
    assert told(done)["arguments"] == ["build"]
    assert ".venv" not in done.stderr


def test_without_a_network_one_line_says_so(ready: Clone) -> None:
    ready.lock(f"absent==1.0 --hash=sha256:{'0' * 64}\n")
    ready.environment |= {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    assert "no connection to the package index" in the_line(ready.run())
    assert "geen verbinding met de pakketindex" in the_line(ready.run(LANG="nl_NL.UTF-8"))


def test_a_package_that_the_index_lacks_is_named(ready: Clone) -> None:
    ready.lock(f"absent==1.0 --hash=sha256:{'0' * 64}\n")
    assert "gave no absent==1.0 for this Python" in the_line(ready.run())


def test_a_package_that_is_not_the_locked_one_is_refused(ready: Clone, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    line = write_wheel(other, "extra", "")
    ready.lock(line)
    write_wheel(other, "extra", "changed = True")
    assert "its hash differs" in the_line(ready.run(PIP_FIND_LINKS=str(other)))
    write_wheel(other, "extra", "")
    assert told(ready.run(PIP_FIND_LINKS=str(other)))["arguments"] == ["build"]


def test_without_pango_the_command_is_said_and_what_was_done_is_kept(ready: Clone, tmp_path: Path) -> None:
    pango = tmp_path / "pango"
    ready.lock("# a lock that changed\n")
    line = the_line(ready.run(PANGO=str(pango)))
    assert "Pango" in line
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in line
    assert line.count("sudo") == (os.geteuid() != 0)
    assert "Pango ontbreekt; installeer met: " in the_line(ready.run(PANGO=str(pango), LC_ALL="nl_BE.UTF-8"))
    pango.touch()
    done = ready.run(PANGO=str(pango))
    assert told(done)["arguments"] == ["build"]
    assert ".venv" not in done.stderr


def test_root_gets_pango_installed_and_others_are_told_how(ready: Clone, tmp_path: Path) -> None:
    pango = tmp_path / "pango"
    write_program(ready.programs / "apt-get", APT_GET)
    ready.lock("# a lock that changed\n")
    done = ready.run(PANGO=str(pango))
    if os.geteuid() == 0:
        assert told(done)["arguments"] == ["build"]
        assert "libpango-1.0-0" in pango.read_text("utf-8")
    else:
        assert "sudo apt-get install" in the_line(done)
        assert not pango.exists()


@pytest.fixture
def debian(ready: Clone, tmp_path: Path) -> Path:
    """A folder for packages, and a clone on a Debian that fetches them from there with an apt that may not install."""
    programs = {name: shutil.which(name) for name in ("apt-get", "dpkg", "dpkg-deb", "tar")}
    for name, program in programs.items():
        if program is None:
            pytest.skip(f"no {name}: this is no Debian")
        (ready.programs / name).symlink_to(program)
    folder = tmp_path / "packages"
    ready.environment |= {"APT_CONFIG": str(folder / "apt.conf"), "PATH": f"{ready.programs}:/usr/bin:/bin"}
    ready.lock("# a lock that changed\n")
    return folder


@pytest.fixture(scope="module")
def library() -> Path:
    """A library of Linux with a name that no system has, and that needs no other."""
    return next(Path(sysconfig.get_path("purelib")).glob("pillow.libs/libXau-*.so.*"))


def test_who_may_not_install_gets_pango_unpacked(ready: Clone, debian: Path, library: Path) -> None:
    write_package(debian, library)
    done = ready.run(PANGO=library.name)
    assert told(done)["arguments"] == ["build"]
    assert "unpacking Pango into .venv" in done.stderr
    ready.folder = ready.folder.rename(ready.folder.with_name("moved again"))
    done = ready.run(PANGO=library.name)
    assert told(done)["arguments"] == ["build"]
    assert done.stderr == ""
    python = ready.venv("bin/python")
    subprocess.run([python, "-I", "-c", "import weasyprint"], env={"PANGO": library.name}, check=True)


def test_pango_of_another_kind_of_machine_is_not_kept(
    ready: Clone, debian: Path, library: Path, tmp_path: Path
) -> None:
    other = tmp_path / library.name
    content = bytearray(library.read_bytes())
    content[18] ^= 0xFF  # where ELF says for which processor it is
    other.write_bytes(content)
    write_package(debian, other)
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in the_line(ready.run(PANGO=library.name))
    assert told(ready.run())["arguments"] == ["build"]
    started = subprocess.run([ready.venv("bin/python"), "-c", ""], capture_output=True, check=True)
    assert started.stderr == b""


def test_without_packages_of_pango_the_command_is_said(ready: Clone, debian: Path, library: Path) -> None:
    write_package(debian, library)
    (debian / "pango.deb").write_bytes(b"another")
    line = the_line(ready.run(PANGO=library.name))
    assert "is there a network?" in line
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in line
    assert not (ready.folder / ".venv/packages").exists()


# The Python that starts build.py


def run_as_python_3_10(clone: Clone, **environment: str) -> subprocess.CompletedProcess[str]:
    pretend = (
        "import runpy, sys\n"
        "sys.version_info = (3, 10, 13, 'final', 0)\n"
        f"sys.argv = ['build.py']\nrunpy.run_path({str(clone.folder / 'build.py')!r}, run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", pretend],
        env=clone.environment | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_can_read_build_py() -> None:
    with pytest.raises(SyntaxError):
        ast.parse("(a := 1)", feature_version=(3, 7))
    assert ast.parse((ROOT / "build.py").read_text("utf-8"), feature_version=(3, 7)).body


def test_an_old_python_is_told_which_is_needed(fresh: Clone) -> None:
    done = run_as_python_3_10(fresh)
    assert "Python 3.11 or newer is needed and this is 3.10.13" in the_line(done)
    assert len(done.stderr.splitlines()) == 1
    done = run_as_python_3_10(fresh, LANG="nl_NL.UTF-8")
    assert "Python 3.11 of nieuwer is nodig en dit is 3.10.13" in the_line(done)
    assert not (fresh.folder / ".venv").exists()


def test_an_old_python_hands_over_to_a_newer_one_on_the_path(ready: Clone) -> None:
    write_program(ready.programs / "python3.13", "#!/bin/sh\nexit 127\n")  # as pyenv leaves behind
    (ready.programs / "python3.12").symlink_to(sys.executable)
    assert told(run_as_python_3_10(ready))["arguments"] == ["build"]


# The locks of this project


def requirements(lock: str) -> list[str]:
    """Each requirement of a lock file in one line, hashes included."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_exact_versions_and_hashes_and_no_address(lock: str) -> None:
    lines = requirements(lock)
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9-]+==[\w.]+ (; [^-]+ )?( *--hash=sha256:[0-9a-f]{64})+$", line), line
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_what_is_installed_is_what_the_page_about_it_lists() -> None:
    page = (ROOT / "docs/installing.md").read_text("utf-8")
    build = runpy.run_path(str(ROOT / "build.py"))
    for name in ("Pango", "Java", "Node", "Chromium", "Poppler", "LibreOffice"):
        packages = build[name.upper()]
        cells = (packages.get(manager, "") for manager in ("apt-get", "dnf", "apk", "brew", "pacman"))
        assert " ".join(f"| {name} | {' | '.join(cells)} |".split()) in page
    assert build["PANGO"]["apt-get"] in (ROOT / "Containerfile").read_text("utf-8")


def test_the_tests_run_with_the_versions_that_build() -> None:
    assert set(requirements(LOCKS[0])) <= set(requirements(LOCKS[1]))
