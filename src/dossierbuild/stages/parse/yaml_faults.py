"""YAML that cannot be read, as a problem at its place."""

from __future__ import annotations

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.tools.yamlfile import YamlError


def yaml_problem(path: str, error: YamlError, offset: int = 0) -> Problem:
    """The problem for a YAML text that cannot be read; `offset` is the number of lines before it in the file."""
    place = Place(path, error.line + offset, error.column)
    if error.kind == "size":
        return problem("D119", place, size=f"> {error.detail}", limit=error.detail)
    if error.kind == "depth":
        return problem("D138", place, limit=error.detail)
    if error.detail.startswith("mapping values are not allowed"):
        return problem("D135", place)
    if "'\\t'" in error.detail:
        return problem("D136", place)
    codes = {"alias": "D131", "duplicate": "D132", "character": "D137"}
    return problem(codes.get(error.kind, "D101"), place, reason=error.detail or error.kind)
