"""`dossierbuild new`: a small dossier that builds at once, with the JSON Schemas that give editors completion."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.spec import Infographic, Manifest
from dossierbuild.tools.schema import json_schema

STARTERS = Path(__file__).resolve().parent / "starters"

SCHEMAS = MappingProxyType({"schema/dossier.schema.json": Manifest, "schema/infographic.schema.json": Infographic})


def start_dossier(folder: Path, language: Language) -> None:
    """Write the starter dossier of a language into `folder`, which is made."""
    shutil.copytree(STARTERS / language.value, folder, dirs_exist_ok=True)
    write_schemas(folder)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas of dossier.yaml and infographic.yaml below `folder`."""
    for path, target in SCHEMAS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json_schema(target), encoding="utf-8")
