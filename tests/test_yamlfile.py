"""YAML as editors write it: values, places, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dossierbuild.tools import yamlfile
from dossierbuild.tools.yamlfile import YamlError, read_yaml

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("sources/*.yaml"), *ROOT.glob("styles/**/*.yaml"), *ROOT.glob("tests/dossiers/*/*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
@pytest.mark.parametrize("as_text", [False, True])
def test_both_loaders_read_the_same(path: Path, as_text: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader in C is not on every machine, so what it reads must be what the other one reads."""
    text = path.read_text(encoding="utf-8")
    fast = read_yaml(text, scalars_as_text=as_text)
    monkeypatch.setattr(yamlfile, "_FAST", yaml.SafeLoader)
    assert read_yaml(text, scalars_as_text=as_text) == fast


def test_words_stay_words() -> None:
    """YAML 1.1 would make booleans, octal and sexagesimal numbers of these."""
    found = read_yaml("a: No\nb: Y\nc: 010\nd: 12:30\ne: on\nf: 1_000\n").value
    assert found == {"a": "No", "b": "Y", "c": "010", "d": "12:30", "e": "on", "f": "1_000"}


def test_places_are_those_of_the_keys() -> None:
    document = read_yaml("titel: x\nlijst:\n  - a: 1\n    é: 2\n  - b\n")
    assert document.place(("lijst", 0, "é")) == (4, 5)
    assert document.place(("lijst", 1)) == (5, 5)
    assert document.place(("lijst", 0, "onbekend")) == (3, 5)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("a: &x 1\nb: *x\n", "alias", 1),
        ("a: !!python/object:os.system x\n", "alias", 1),
        ("a: 1\nb: 2\na: 3\n", "duplicate", 3),
        ("? [a]\n: 1\n", "key", 1),
        ("a: b: c\n", "colon", 1),
        ("a:\n\t- b\n", "tab", 2),
        ("a: [b\nc: d\n", "syntax", 2),
        ("a: \x07\n", "character", 1),
        ("[" * 50, "depth", 1),
        ("a: " + "x" * 4_000_001, "size", 1),
    ],
)
def test_what_is_refused_is_refused_at_its_line(text: str, kind: str, line: int) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    assert (caught.value.kind, caught.value.line) == (kind, line)


def test_aliases_cannot_unfold() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(YamlError):
        read_yaml(bomb)
