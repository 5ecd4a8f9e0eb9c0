"""The first law: when check is content the build succeeds, and check itself never fails over what stands in a source.

Values that no editor means to write, and some that one does, are put under every key of the YAML files, into texts,
cells, references and pictures. `DOSSIERBUILD_EXAMPLES=20000` has each test try so many of them, for an hour or so.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import MINIMAL, run, use_two_fonts
from hostile import WORDS, quoted
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from inline import Inline

from dossierbuild.core.csl_fields import FIELDS
from dossierbuild.core.model import BuildOptions, Step
from dossierbuild.core.problems import ExitCode
from dossierbuild.core.spec import Author, CitationSettings, Format, Ignore, Infographic, Manifest, Panel, Plan
from dossierbuild.outcome import Outcome
from dossierbuild.pipeline import build, check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Scheduler
from dossierbuild.tools.schema import kinds
from dossierbuild.tools.store import Store

pytestmark = pytest.mark.thorough

EXAMPLES = int(os.environ.get("DOSSIERBUILD_EXAMPLES", "0"))
Where = tuple[str | int, ...]


def several(count: int) -> settings:
    """So many examples, or as many as were asked for."""
    return settings(
        max_examples=EXAMPLES or count,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),  # what fails is short as it is
        derandomize=not EXAMPLES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# --- bounds ----------------------------------------------------------------------------------------------------------


class Cramped(Inline):
    """An executor that has no memory for one function, and notes the names of all that it is asked for."""

    def __init__(self, refused: str = "") -> None:
        super().__init__()
        self.refused = refused
        self.asked: list[str] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args[0].__name__)
        if args[0].__name__ != self.refused:
            return super().submit(function, *args, **kwargs)
        future: Future[Any] = Future()
        future.set_exception(MemoryError())
        return future


def test_whatever_check_does_with_the_sources_has_bounds(tmp_path: Path) -> None:
    def checked(executor: Cramped) -> tuple[Outcome, set[str]]:
        steps: list[Step] = []
        options = BuildOptions(root=str(MINIMAL), output=str(tmp_path))
        with Scheduler(Store(None), executor, "program").run("cramped", report=steps.append) as run:
            return check(options, Path(styles_folder()), run), {step.name for step in steps}

    whole = Cramped()
    found, steps = checked(whole)
    assert found.exit_code is ExitCode.GOOD
    assert {"parse", "rules", "tidy", "typed", "recognise"} <= steps
    for function in dict.fromkeys(whole.asked):
        found, _ = checked(Cramped(function))
        assert found.exit_code is ExitCode.TOOL
        assert {told.code for told in found.problems} == {"D503"}


# --- values ----------------------------------------------------------------------------------------------------------

RAW = (
    "", "~", "[]", "{}", "[x]", "[[x]]", "{a: b}", "[{a: b}]", "[~]", "0", "-1", "1", "1.10", "1.0e+308", "1.0e+999",
    ".inf", ".nan",
    "9" * 5_000, "1.5e300", "true", "false", "no", "y", "2024-01-01", "0001-01-01", "9999-12-31", "1979-12-31",
    "12:30", "0o17",
    "&a x", "*a", "!!str x", "!x y", "{<<: {a: b}}", "{? [a] : b}", "{1: x}", "{true: x}", "{2024-01-01: x}", "'", '"',
    "[", "{", "|",
    ">", "%", "@x", "`", "x: y", "- x", "? x", "#x", '"\\0"', '"\\x07"', '"\\u2028"', '"\\ud800"', '"\\udc00x"',
    "[" * 60, "{a: " * 60, f"[{', '.join('x' * 2_000)}]",
)  # fmt: skip


TEXTS = st.sampled_from(WORDS) | st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=4).map("".join)
VALUES = st.sampled_from(RAW) | TEXTS.map(quoted)


@dataclasses.dataclass(frozen=True, slots=True)
class Bench:
    """A copy of the good dossier that is changed, looked at and put right again."""

    root: Path
    scheduler: Scheduler

    def write(self, name: str, text: str | bytes) -> None:
        (self.root / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))

    def outcome(self, step: Callable[..., Outcome]) -> Outcome:
        options = BuildOptions(
            root=str(self.root), output=str(self.root.parent / "output"), formats=(Format.HTML,), draft=True
        )
        with self.scheduler.run("hostile") as run:
            return step(options, Path(styles_folder()), run)

    def assert_lawful(self, *, built: bool = False) -> None:
        """Check tells what is wrong, each thing at its place; else the build succeeds."""
        try:
            found = self.outcome(check)
            assert all(told.place.path for told in found.problems), found.problems
            if built and found.exit_code is ExitCode.GOOD:
                done = self.outcome(build)
                assert done.exit_code is ExitCode.GOOD, done.problems
        finally:
            shutil.copytree(MINIMAL, self.root, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("hostile")
    root = Path(shutil.copytree(MINIMAL, folder / "dossier"))
    use_two_fonts(root)
    return Bench(root, Scheduler(Store(folder / "store"), Inline(), "program"))


def loaded(name: str) -> Any:
    return yaml.safe_load((MINIMAL / name).read_text("utf-8"))


def places(value: Any, here: Where = ()) -> Iterator[Where]:
    """The path of everything that stands in a document."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from places(item, (*here, step))


def keys(above: Where, *targets: type[Any]) -> list[Where]:
    """The paths of all keys that there may be at a place."""
    return [(*above, field.name) for target in targets for field in dataclasses.fields(target)]


def changed(name: str, where: Where, raw: str) -> str:
    """A YAML file of the good dossier with something else at a place, as written."""
    document = loaded(name)
    if not where:
        return raw
    parent = document
    for step in where[:-1]:
        parent = parent[step]
    parent[where[-1]] = "AT-THIS-PLACE"
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10**9).replace("AT-THIS-PLACE", raw)


_DOSSIER = loaded("dossier.yaml")
_PANELS = loaded("infographic.yaml")["panels"]
KEYS = {
    "dossier.yaml": [
        *places(_DOSSIER),
        *keys((), Manifest),
        *keys(("authors", 0), Author),
        *keys(("citations",), CitationSettings),
        *keys(("ignore", 0), Ignore),
        *(path for at, plan in enumerate(_DOSSIER["publications"])
          for path in keys(("publications", at), kinds(Plan)[plan["kind"]])),
        ("onbekend",),
    ],
    "infographic.yaml": [
        *places(loaded("infographic.yaml")),
        *keys((), Infographic),
        *(path for at, panel in enumerate(_PANELS) for path in keys(("panels", at), kinds(Panel)[panel["kind"]])),
    ],
    "references.yaml": [
        *places(loaded("references.yaml")),
        *(("references", 0, field) for field in sorted(FIELDS)),
        *(("references", 0, "author", 0, part) for part in ("family", "given", "literal", "suffix", "onbekend")),
    ],
}  # fmt: skip
ANY_KEY = st.sampled_from([(name, where) for name, found in KEYS.items() for where in dict.fromkeys(found)])


@several(40)
@given(key=ANY_KEY, raw=VALUES)
@example(key=("references.yaml", ("references",)), raw="~")
@example(key=("infographic.yaml", ()), raw="panels: []")
@example(key=("dossier.yaml", ("date",)), raw="2108-01-01")
@example(key=("dossier.yaml", ("website",)), raw='"http://["')
@example(key=("dossier.yaml", ("publications", 0, "chapters")), raw='""')
@example(key=("dossier.yaml", ("publications", 0, "chapters")), raw="[., chapters/*.md]")
@example(key=("infographic.yaml", ("panels", 5, "items", 0, "value")), raw="9" * 5_000)
def test_whatever_stands_under_a_key_is_told_or_taken(key: tuple[str, Where], raw: str, bench: Bench) -> None:
    bench.write(key[0], changed(*key, raw))
    bench.assert_lawful()


# --- texts, cells, pictures and lists in other formats ---------------------------------------------------------------

BLOCKS = st.lists(TEXTS, min_size=1, max_size=6).map("\n\n".join) | st.lists(TEXTS, max_size=8).map(" ".join)
TABLES = st.lists(st.lists(TEXTS, min_size=1, max_size=3).map(",".join), max_size=4).map("\n".join)
OTHER_LISTS = {
    "bib": "@book{{berg2019, title = {{{0}}}, author = {{{0}}}, year = {{{0}}}, note = {{{0}}}, edition = {{{0}}}}}",
    "json": '[{{"id": "berg2019", "type": "book", "title": "{0}", "author": [{{"family": "{0}"}}], "issued": "{0}"}}]',
    "ris": "TY  - BOOK\nID  - berg2019\nTI  - {0}\nAU  - {0}\nPY  - {0}\nSP  - {0}\nN1  - {0}\nER  - \n",
}  # fmt: skip


PICTURES = ("straat.svg", "taart.png")
Damage = tuple[float, bytes, bool]
WHOLE: Damage = (0.0, b"", False)
DAMAGE = st.tuples(st.floats(0, 1), st.binary(max_size=9), st.booleans())


def damaged(name: str, damage: Damage) -> bytes:
    """A picture of the good dossier with other bytes at a place, and cut off behind them or not."""
    at, bytes_in, cut = damage
    data = (MINIMAL / "figures" / name).read_bytes()
    place = int(at * len(data))
    return data[:place] + bytes_in + (b"" if cut else data[place + len(bytes_in) :])


@several(15)
@given(text=BLOCKS, name=st.sampled_from(["chapters/01-begin.md", "in-het-kort.md"]))
def test_whatever_stands_in_a_text_is_told_or_taken(text: str, name: str, bench: Bench) -> None:
    bench.write(name, f"{(MINIMAL / name).read_text('utf-8')}\n{text}\n")
    bench.assert_lawful()


@several(10)
@given(rows=TABLES, head=st.sampled_from(["jaar,gasten\n2020,1\n", "", "jaar;gasten\n", "\ufeffjaar,gasten\n"]))
def test_whatever_stands_in_a_table_is_told_or_taken(rows: str, head: str, bench: Bench) -> None:
    bench.write("data/gasten.csv", head + rows)
    bench.assert_lawful()


@several(10)
@given(text=TEXTS, form=st.sampled_from(sorted(OTHER_LISTS)))
def test_whatever_stands_in_another_list_is_told_or_taken(text: str, form: str, bench: Bench) -> None:
    bench.write(f"lijst.{form}", OTHER_LISTS[form].format(text))
    bench.write("dossier.yaml", changed("dossier.yaml", ("references",), f"lijst.{form}"))
    bench.assert_lawful()


@several(30)
@given(name=st.sampled_from(PICTURES), damage=DAMAGE)
def test_whatever_a_picture_holds_is_told_or_taken(name: str, damage: Damage, bench: Bench) -> None:
    bench.write(f"figures/{name}", damaged(name, damage))
    bench.assert_lawful()


SHEETS = st.lists(TEXTS, max_size=6).map(" ".join) | st.tuples(TEXTS, TEXTS, TEXTS).map(
    lambda rule: f".content {rule[0]} {{ {rule[1]}: {rule[2]} }}"
)


@several(10)
@given(text=SHEETS, name=st.sampled_from(["css/print.css", "css/screen.css", "theme.yaml", "html/publication.html.j2"]))
def test_whatever_stands_in_an_own_style_is_told_or_taken(text: str, name: str, bench: Bench) -> None:
    place = bench.root / "styles" / name
    before = place.read_bytes() if place.exists() else None
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        bench.write(f"styles/{name}", f"{(Path(styles_folder()) / name).read_text('utf-8')}\n{text}\n")
        bench.assert_lawful()
    finally:
        place.unlink() if before is None else place.write_bytes(before)


_TITLE: tuple[str, Where] = ("dossier.yaml", ("title",))


@pytest.mark.built
@several(4)
@given(
    key=ANY_KEY,
    word=TEXTS,
    text=BLOCKS,
    rows=st.just("") | TABLES,
    picture=st.sampled_from(PICTURES),
    damage=st.just(WHOLE) | DAMAGE,
)
@example(key=_TITLE, word="w" * 999, text="v" * 999, rows="2031,9", picture="straat.svg", damage=WHOLE)
def test_what_check_is_content_with_is_built(
    key: tuple[str, Where], word: str, text: str, rows: str, picture: str, damage: Damage, bench: Bench
) -> None:
    bench.write(key[0], changed(*key, quoted(word)))
    bench.write("data/gasten.csv", f"{(MINIMAL / 'data' / 'gasten.csv').read_text('utf-8')}{rows}")
    bench.write(f"figures/{picture}", damaged(picture, damage))
    name = "in-het-kort.md"
    bench.write(name, f"{(MINIMAL / name).read_text('utf-8')}\n{text}\n")
    bench.assert_lawful(built=True)


LONG = {
    "code": "```\n" + f"{'x' * 999}\n" * 60 + "```",
    "head": f"| Taak {'met de buren ' * 300}| Uren |\n|:--|--:|\n| a | 2 |\n| b | 3 |\n\n: Taken {{#tbl-a}}",
    "figure": f'::: {{.key-figure value="12" unit="%"}}\n{"kwam met de buren " * 550}\n:::',
}


@pytest.mark.built
def test_what_is_as_long_as_check_lets_it_be_is_built_within_the_bounds(plain: Path, tmp_path: Path) -> None:
    for name, text in LONG.items():
        (plain / "chapters" / f"03-{name}.md").write_text(f"# Lang {{#lang-{name}}}\n\nEen tekst.\n\n{text}\n", "utf-8")
    built = run("build", plain, "--output", tmp_path / "output", "--only", "dossier", "--format", "pdf")
    assert built.code == 0, built.err
