"""The wheel that people install: what is in it, and that it asks for the very versions that are locked."""

import ast
import configparser
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

import pytest

import dossierbuild

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def normalized(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def pinned(dependencies: list[str]) -> dict[str, str]:
    """Name to version; fails on a dependency that is not an exact pin."""
    pins = {}
    for dependency in dependencies:
        pin = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", dependency)
        assert pin, dependency
        pins[normalized(pin[1])] = pin[2]
    return pins


def files_under(folder: Path) -> set[str]:
    """The files in a folder, hidden ones aside, by their path in it."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if not re.search(r"(^|/)\.", name)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-P", "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", folder], cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_module_and_every_style(wheel: zipfile.ZipFile) -> None:
    expected = {name for name in files_under(ROOT / "src") if "__pycache__" not in name}
    expected |= {f"dossierbuild/styles/{name}" for name in files_under(ROOT / "styles")}
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == expected


def test_the_wheel_starts_dossierbuild_and_carries_its_licence(wheel: zipfile.ZipFile) -> None:
    about = f"dossierbuild-{dossierbuild.__version__}.dist-info"
    points = configparser.ConfigParser()
    points.read_string(wheel.read(f"{about}/entry_points.txt").decode())
    assert dict(points["console_scripts"]) == {"dossierbuild": "dossierbuild.__main__:start"}
    assert wheel.read(f"{about}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()


def test_the_wheel_asks_for_what_is_locked(wheel: zipfile.ZipFile) -> None:
    about = f"dossierbuild-{dossierbuild.__version__}.dist-info"
    headers = HeaderParser().parsestr(wheel.read(f"{about}/METADATA").decode())
    assert headers["Requires-Python"] == ">=3.11"
    asked = pinned(headers.get_all("Requires-Dist") or [])
    assert asked == pinned(PROJECT["project"]["dependencies"])
    assert asked.items() <= locked("requirements.txt").items()


def test_the_tests_run_with_what_is_locked() -> None:
    lock = locked("requirements-dev.txt")
    assert pinned(PROJECT["dependency-groups"]["dev"]).items() <= lock.items()
    for name in pinned(PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]):
        assert metadata.version(name) == lock[name]


def test_build_py_knows_every_command() -> None:
    usage = subprocess.run(
        [sys.executable, "-P", "-m", "dossierbuild", "--help"], check=True, capture_output=True, text=True
    ).stdout
    commands = dict.fromkeys(re.findall(r"^ {4}(\w+)", usage, re.MULTILINE))  # one of two words by its first
    assert list(commands) == list(runpy.run_path(str(ROOT / "build.py"))["COMMANDS"])


def third_parties(module: Path) -> set[str]:
    """The top-level packages that a module imports, Python's own and ours left out."""
    names = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [node.module or "dossierbuild"]
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"dossierbuild"}


def test_every_import_of_a_third_party_is_a_dependency_of_its_own() -> None:
    distributions = metadata.packages_distributions()
    direct = pinned(PROJECT["project"]["dependencies"]).keys()
    for module in (ROOT / "src").rglob("*.py"):
        for name in third_parties(module):
            owners = {normalized(owner) for owner in distributions[name]}
            assert owners & direct, f"{module.name} imports {name}"
