"""`dossierbuild new`: a small dossier that builds at once, with the JSON Schemas that give editors completion."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.slug import slug
from dossierbuild.core.spec import Infographic, Manifest
from dossierbuild.tools.schema import json_schema

STARTERS = Path(__file__).resolve().parent / "starters"

SCHEMAS = MappingProxyType({"schema/dossier.schema.json": Manifest, "schema/infographic.schema.json": Infographic})


LONGEST_SLUG = 60
"""Letters of a slug that is made from the name of a folder."""


def start_dossier(folder: Path, language: Language) -> None:
    """Write the starter dossier of a language into `folder`, which is made.

    Its slug is the folder's name, so that dossiers beside each other are published beside each other, and its id is a
    new UUID, by which it is known from any other of that name.
    """
    shutil.copytree(STARTERS / language.value, folder, dirs_exist_ok=True)
    name = slug(folder.resolve().name)[:LONGEST_SLUG].strip("-") or "dossier"
    manifest = folder / "dossier.yaml"
    named = f"\nslug: {name}\nid: {uuid.uuid4()}\nlanguage:"
    manifest.write_text(manifest.read_text("utf-8").replace("\nlanguage:", named, 1), encoding="utf-8")
    write_schemas(folder)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas of dossier.yaml and infographic.yaml below `folder`."""
    for path, target in SCHEMAS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json_schema(target), encoding="utf-8")
