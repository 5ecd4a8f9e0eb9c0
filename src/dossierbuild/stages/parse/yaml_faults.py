"""YAML that cannot be read, as a problem at its place."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.tools.yamlfile import YamlError

_CODES = MappingProxyType(
    {
        "syntax": "D101",
        "key": "D101",
        "alias": "D131",
        "duplicate": "D132",
        "character": "D137",
        "direction": "D151",
    }
)


def yaml_problem(path: str, error: YamlError, offset: int = 0) -> Problem:
    """The problem for a YAML text that cannot be read; `offset` is the number of lines before it in the file."""
    place = Place(path, error.line + offset, error.column)
    if error.kind == "size":
        return problem("D119", place, size=f"> {error.detail}", limit=error.detail)
    if error.kind == "depth":
        return problem("D138", place, limit=error.detail)
    if error.kind == "colon":
        return problem("D135", place)
    if error.kind == "tab":
        return problem("D136", place)
    return problem(_CODES[error.kind], place, reason=error.detail or error.kind)
