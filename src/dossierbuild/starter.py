"""New dossiers: a small one that builds at once, or one of files that were made, with the schemas of its YAML files.

The only writer of sources.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.interruption import in_one_go
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


def start_from(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a dossier of these files into `folder`, which must not be there; all of it is there, or nothing.

    It gets a new UUID and the schemas, as any new dossier. Raises OSError, also where the folder is there already.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".dossierbuild-") as place:
        made = Path(place) / "dossier"
        for path, data in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(data)
        manifest = made / "dossier.yaml"
        schema = "# yaml-language-server: $schema=schema/dossier.schema.json\n"
        named = f"\nid: {uuid.uuid4()}\nlanguage:"
        manifest.write_text(schema + manifest.read_text("utf-8").replace("\nlanguage:", named, 1), encoding="utf-8")
        write_schemas(made)
        with in_one_go():
            made.rename(folder)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas of dossier.yaml and infographic.yaml below `folder`."""
    for path, target in SCHEMAS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json_schema(target), encoding="utf-8")
