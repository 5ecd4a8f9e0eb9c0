"""Parse: each file that the manifest asks for becomes a typed value, with the problems met in it.

`parse_manifest` reads dossier.yaml, `wanted_files` says which files it asks for, `parse_file` reads any of them by what
it is, and `gathered` puts the results together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import CitationStyle, Files, ShortName, SourceFile, Sources
from dossierbuild.core.problems import Checked
from dossierbuild.core.spec import Manifest
from dossierbuild.stages.parse.contrast import contrast_problems
from dossierbuild.stages.parse.data_tables import parse_table
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.infographic import parse_infographic
from dossierbuild.stages.parse.look import characters_of, parse_look
from dossierbuild.stages.parse.manifest import parse_manifest
from dossierbuild.stages.parse.pictures import parse_picture
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.short_names import stated_in_list, stated_in_manifest, with_short_names
from dossierbuild.stages.parse.sources import wanted_files
from dossierbuild.stages.parse.style import parse_style
from dossierbuild.stages.parse.style_sheets import style_sheet_problems
from dossierbuild.stages.parse.term_list import parse_terms
from dossierbuild.stages.parse.texts import parse_text

__all__ = [
    "FileId",
    "SourceKind",
    "characters_of",
    "contrast_problems",
    "decode",
    "files_to_parse",
    "gathered",
    "parse_file",
    "parse_infographic",
    "parse_look",
    "parse_manifest",
    "parse_picture",
    "parse_references",
    "parse_style",
    "parse_text",
    "stated_in_manifest",
    "style_sheet_problems",
    "wanted_files",
]


class SourceKind(Enum):
    """What a file of a dossier is; the value is its name in what `wanted_files` gives."""

    CHAPTER = "chapters"
    SUMMARY = "summaries"
    INFOGRAPHIC = "infographics"
    REFERENCES = "references"
    TABLE = "tables"
    PICTURE = "pictures"
    TERMS = "terms"


_PARSERS: Mapping[SourceKind, Callable[[SourceFile, Language], Checked[Any]]] = MappingProxyType(
    {
        SourceKind.CHAPTER: parse_text,
        SourceKind.SUMMARY: parse_text,
        SourceKind.INFOGRAPHIC: parse_infographic,
        SourceKind.REFERENCES: parse_references,
        SourceKind.TABLE: lambda file, language: parse_table(file),
        SourceKind.PICTURE: parse_picture,
        SourceKind.TERMS: lambda file, language: parse_terms(file),
    }
)


@dataclass(frozen=True, slots=True)
class FileId:
    """A file, and what it is read as."""

    kind: SourceKind
    path: str


def files_to_parse(wanted: Mapping[str, tuple[str, ...]], files: Files) -> dict[FileId, SourceFile]:
    """The files that are wanted and there."""
    return {
        FileId(kind, path): file
        for kind in SourceKind
        for path in wanted.get(kind.value, ())
        if (file := files.source(path))
    }


def parse_file(kind: SourceKind, file: SourceFile, language: Language) -> Checked[Any]:
    """A file as what it is; `language` is that of the dossier."""
    return _PARSERS[kind](file, language)


def gathered(
    manifest: Manifest,
    files: Files,
    parsed: Mapping[FileId, Checked[Any]],
    style: Checked[CitationStyle],
    short_names: tuple[ShortName, ...],
) -> Checked[Sources]:
    """All that the files say; what cannot be parsed is left out, with its problems.

    `short_names` are those that dossier.yaml states.
    """

    def values(kind: SourceKind) -> tuple[Any, ...]:
        return tuple(found.value for name, found in parsed.items() if name.kind is kind and found.value)

    works = tuple(work for works in values(SourceKind.REFERENCES) for work in works)
    stated = (*short_names, *stated_in_list(works))
    sources = Sources(
        manifest=manifest,
        paths=tuple(file.path for file in files.sources),
        chapters=values(SourceKind.CHAPTER),
        summaries=values(SourceKind.SUMMARY),
        infographics=values(SourceKind.INFOGRAPHIC),
        references=with_short_names(works, stated),
        short_names=stated,
        references_path=manifest.references,
        tables=values(SourceKind.TABLE),
        pictures=values(SourceKind.PICTURE),
        icons=tuple(
            file.path.removeprefix("icons/").removesuffix(".svg")
            for file in files.styles
            if file.path.startswith("icons/") and file.path.endswith(".svg")
        ),
        style=style.value or CitationStyle(name="", xml=""),
        unread=files.unread,
        terms=tuple(term for terms in values(SourceKind.TERMS) for term in terms),
    )
    return Checked(sources, tuple(problem for found in (*parsed.values(), style) for problem in found.problems))
