"""dossier.yaml and infographic.yaml: YAML to the types of core/spec.py."""

from __future__ import annotations

from typing import TypeVar

from dossierbuild.core.model import SourceFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.spec import Infographic, Manifest
from dossierbuild.stages.parse.data import decode
from dossierbuild.stages.parse.texts import yaml_problem
from dossierbuild.tools.schema import Fault, read_as
from dossierbuild.tools.yamlfile import YamlDocument, YamlError, read_yaml

T = TypeVar("T", Manifest, Infographic)


def parse_manifest(file: SourceFile) -> Checked[tuple[Manifest, YamlDocument]]:
    """dossier.yaml, with the places of its keys."""
    return _parse(file, Manifest)


def parse_spec(file: SourceFile) -> Checked[tuple[Infographic, YamlDocument]]:
    """infographic.yaml, with the places of its keys."""
    return _parse(file, Infographic)


def _parse(file: SourceFile, target: type[T]) -> Checked[tuple[T, YamlDocument]]:
    text = decode(file)
    if text.value is None:
        return Checked(None, text.problems)
    try:
        document = read_yaml(text.value)
    except YamlError as error:
        return Checked(None, (yaml_problem(file.path, error),))
    if document.value is None:
        return Checked(None, (problem("D106", Place(file.path)),))
    value, faults = read_as(target, document.value)
    if value is None:
        return Checked(None, tuple(_problem(file.path, document, fault) for fault in faults))
    return Checked((value, document))


def _problem(path: str, document: YamlDocument, fault: Fault) -> Problem:
    place = Place(path, *document.place(fault.path))
    known = ", ".join(fault.known)
    if fault.kind == "unknown":
        return problem("D102", place, key=fault.key, nearest=nearest(fault.key, fault.known), known=known)
    if fault.kind == "missing":
        return problem("D103", place, key=fault.key)
    if fault.kind == "text":
        return problem("D130", place, key=fault.key, value=fault.value)
    if fault.kind == "choice":
        near = nearest(fault.value, fault.known)
        if fault.path[0] == "panels":
            return problem("D122", place, kind=fault.value, nearest=near, known=known)
        return problem("D104", place, key=fault.key, value=fault.value, expected=" | ".join(fault.known))
    return problem("D104", place, key=fault.key, value=fault.value, expected=fault.expected)
