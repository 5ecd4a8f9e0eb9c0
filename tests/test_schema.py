"""The JSON Schemas that give editors completion: made from the code, named by the files, and right about them."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from command import run

from dossierbuild.starter import SCHEMAS, STARTERS, write_schemas

ROOT = Path(__file__).parent.parent
DOSSIERS = (ROOT / "sources", STARTERS / "nl", STARTERS / "en")
FILES = {"dossier.yaml": "schema/dossier.schema.json", "infographic.yaml": "schema/infographic.schema.json"}


def schema(folder: Path, name: str) -> Any:
    return json.loads((folder / FILES[name]).read_text(encoding="utf-8"))


def values(path: Path) -> Any:
    """A YAML file as JSON knows it: dates are text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schema")
    write_schemas(folder)
    return folder


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_of_the_example_are_those_of_the_code(written: Path, name: str) -> None:
    assert (ROOT / "sources" / name).read_text(encoding="utf-8") == (written / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("dossier", DOSSIERS, ids=str)
@pytest.mark.parametrize("name", FILES)
def test_the_files_name_their_schema_and_fit_it(written: Path, dossier: Path, name: str) -> None:
    first = (dossier / name).read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert named.group(1) == FILES[name]
    jsonschema.validate(values(dossier / name), schema(written, name))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("dossier.yaml", {"tilte": "x"}),
        ("dossier.yaml", {"formats": ["docx"]}),
        ("dossier.yaml", {"publications": [{"id": "x", "kind": "sumary"}]}),
        ("infographic.yaml", {"panels": [{"kind": "contrst", "title": "x"}]}),
    ],
)
def test_the_schemas_refuse_what_the_check_refuses(written: Path, name: str, change: dict[str, Any]) -> None:
    good = values(ROOT / "sources" / name)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | change, schema(written, name))


def test_each_format_that_there_is_none_of_is_told_with_those_that_there_are(dossier: Path) -> None:
    manifest = dossier / "dossier.yaml"
    text = manifest.read_text("utf-8")
    assert "formats: [pdf, html, epub]" in text
    manifest.write_text(text.replace("formats: [pdf, html, epub]", "formats: [pdf, docx, 5]"), encoding="utf-8")
    lines = run("check", dossier).err.splitlines()
    told = [(line, hint) for line, hint in itertools.pairwise(lines) if "D104" in line]
    assert [line.partition("dossier.yaml:")[2].partition(" ")[0] for line, _ in told] == ["18:16:", "18:22:"]
    assert all(re.search(r"\bpdf \| html \| epub\b", hint) for _, hint in told)


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained(written: Path, name: str) -> None:
    top = schema(written, name)
    for definition in (top, *top["$defs"].values()):
        assert definition.get("properties") or definition["enum"]
        assert definition["description"]
        for key, value in definition.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, f"{definition['title']}.{key}"
