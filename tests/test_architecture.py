"""The house: floors, homes of third parties, the order of the pipeline, and what ARCHITECTURE.md promises."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dossierbuild

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dossierbuild"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

# What each floor may import of ours. A stage may import its own modules, no other stage.
FLOORS = {
    "core": {"core"},
    "tools": {"core", "own"},
    "stages": {"core", "tools", "own"},
    "temporary": {"core"},
    "workers": {"core", "temporary"},
    "program": {"core"},
    "scheduler": {"core", "tools", "workers", "program"},
    "current": {"core", "program"},
    "companions": {"core", "stages"},
    "twice": {"core"},
    "console": {"core"},
    "starter": {"core", "tools"},
    "formats": {"core", "stages"},
    "examination": {"core", "tools", "stages", "scheduler"},
    "citing": {"core", "tools", "stages", "scheduler"},
    "rendering": {"core", "stages", "scheduler", "formats"},
    "release": {"core", "tools", "stages", "scheduler", "formats", "companions", "program"},
    "verification": {"core", "tools", "stages", "formats", "companions"},
    "proof": {"core", "tools", "stages", "program"},
    "preloaded": {"pipeline"},
    "pipeline": {
        "core",
        "tools",
        "stages",
        "scheduler",
        "temporary",
        "current",
        "examination",
        "citing",
        "release",
        "rendering",
    },
}

# Each third party has one home.
HOMES = {
    "pypandoc": "tools/pandoc.py",
    "yaml": "tools/yamlfile.py",
    "pydantic": "tools/schema.py",
    "jinja2": "tools/pages.py",
    "markupsafe": "tools/pages.py",
    "weasyprint": "tools/paper",
    "pydyf": "tools/paper",
    "pikepdf": "tools/pdf_reader.py",
    "pypdfium2": "tools/pdf_reader.py",
    "PIL": "tools/pictures.py",
    "matplotlib": "tools/charts",
    "fontTools": "tools/fonts.py",
    "uharfbuzz": "tools/fonts.py",
    "stdnum": "tools/identifiers.py",
    "filelock": "stages/distribute.py",
    "rich": "console.py",
}


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, wherever in the file, with the indentation of the statement."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.col_offset) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.col_offset


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def floor_of(module: str) -> str:
    return module.partition("/")[0].removesuffix(".py")


def room_of(module: str) -> str:
    """The stage or tool that a module belongs to: `stages/parse`, `tools/paper`, `tools/pandoc.py`."""
    parts = module.split("/")
    name = parts[1] if len(parts) > 1 else parts[0]
    return f"{parts[0]}/{re.split(r'[_.]', name)[0]}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_the_floors(path: Path) -> None:
    module = name_of(path)
    allowed = FLOORS.get(floor_of(module))
    for imported, indent in imports_of(path):
        if not imported.startswith("dossierbuild."):
            continue
        assert indent == 0, f"{module} imports {imported} inside a function"
        target = imported.removeprefix("dossierbuild.").replace(".", "/")
        if allowed is None:  # the command line and what it starts may use everything
            continue
        own = "own" in allowed and room_of(target) == room_of(module)
        assert (
            floor_of(target) in allowed - {"own"} - {floor_of(module)}
            or own
            or (floor_of(module) == floor_of(target) == "core")
        ), f"{module} imports {imported}"


def test_each_third_party_has_one_home() -> None:
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for imported, _ in imports_of(path):
            top = imported.split(".")[0]
            if top in HOMES:
                found.setdefault(top, set()).add(name_of(path))
    strangers = {
        top: modules for top, modules in found.items() if any(not one.startswith(HOMES[top]) for one in modules)
    }
    assert strangers == {}
    assert set(found) == set(HOMES), "a home that nobody lives in"


def test_core_needs_only_the_standard_library() -> None:
    for path in PACKAGE.glob("core/*.py"):
        for imported, _ in imports_of(path):
            top = imported.split(".")[0]
            assert top in sys.stdlib_module_names or top == "dossierbuild", f"{path.name} imports {imported}"


def test_the_docstring_names_the_stages_in_the_order_of_the_pipeline() -> None:
    assert dossierbuild.__doc__ is not None
    order = re.search(r"^    (read -> .*)$", dossierbuild.__doc__, re.MULTILINE)
    assert order
    verbs = order.group(1).split(" -> ")
    stages = {path.stem for path in (PACKAGE / "stages").iterdir() if path.stem != "__init__" and "_" not in path.stem}
    assert set(verbs) <= stages
    pipeline = (PACKAGE / "pipeline.py").read_text(encoding="utf-8")
    assert pipeline.startswith(f'"""The pipeline: {order.group(1)}.')


def test_no_module_looks_at_the_clock_or_keeps_state() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(datetime\.now|date\.today|time\.time)\b", text), path
        tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and "__all__" not in ast.dump(node):
                assert not isinstance(node.value, ast.List | ast.Set), f"{path}:{node.lineno} is changeable state"


def test_only_the_reader_and_the_distributor_touch_the_dossier_and_the_output() -> None:
    """Files are opened in few places; everything else works on values."""
    allowed = {
        "core/folder.py", "stages/read.py", "stages/distribute.py", "tools/store.py", "tools/pandoc.py", "starter.py",
    }  # fmt: skip
    opening = re.compile(r"\.(?:read_text|read_bytes|write_text|write_bytes|open)\(|\bopen\(")
    users = {name_of(path) for path in MODULES if opening.search(path.read_text(encoding="utf-8"))}
    outside = {one for one in users - allowed if one.startswith(("core/", "stages/"))}
    assert outside == set()


def test_architecture_names_a_test_for_each_invariant() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## Invariants", 1)[1].split("\n## ", 1)[0]
    items = re.findall(r"^- (.*(?:\n  .*)*)", section, re.MULTILINE)
    assert len(items) >= 10
    tests = {
        node.name
        for path in (ROOT / "tests").glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    for item in items:
        named = re.findall(r"`(test_\w+)`", item)
        assert named, f"no test named: {item[:60]}"
        assert set(named) <= tests, f"no such test: {set(named) - tests}"
