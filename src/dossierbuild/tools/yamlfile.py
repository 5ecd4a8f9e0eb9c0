"""YAML: text in, plain values and the place of every key and value out. The only importer of yaml.

Sources are not trusted: no anchors and aliases (they can unfold into gigabytes), no tags, no duplicate keys, a bound
on size and depth. Booleans are `true` and `false` only (YAML 1.2), so a title `No` or an initial `Y` stays text.
"""

from __future__ import annotations

import bisect
import datetime
import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

from dossierbuild.core.characters import loose_directions, name_of, unfit_characters
from dossierbuild.core.frozen_map import FrozenMap

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Path = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""


@dataclass(frozen=True, slots=True)
class YamlError(Exception):
    """The text is no YAML that we accept. `kind` names the fault for the message; line and column count from 1."""

    kind: str
    detail: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The values of a file; `places` has line and column of each key (for items of a list: of the item).

    `extents` has the offsets in the text between which each value is written, quotation marks included.
    """

    value: Any
    places: FrozenMap[Path, tuple[int, int]]
    extents: FrozenMap[Path, tuple[int, int]]

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of the value at `path`, or of the nearest thing above it that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def has(self, path: Path) -> bool:
        """Whether the value at `path` stands in the file."""
        return path in self.places

    def without(self, gone: Collection[Path]) -> YamlDocument:
        """The document without the keys and the items of lists at some paths; the items after these move up."""
        lost = frozenset(gone)
        indices: dict[Path, list[int]] = defaultdict(list)
        for *above, last in sorted((path for path in lost if isinstance(path[-1], int)), key=lambda path: path[-1]):
            indices[tuple(above)].append(int(last))

        def left(places: FrozenMap[Path, tuple[int, int]]) -> FrozenMap[Path, tuple[int, int]]:
            return FrozenMap((_moved_up(path, indices), at) for path, at in places.items() if not _is_in(path, lost))

        return YamlDocument(_left_of(self.value, (), lost), left(self.places), left(self.extents))


def _is_in(path: Path, lost: frozenset[Path]) -> bool:
    return any(path[:depth] in lost for depth in range(1, len(path) + 1))


def _moved_up(path: Path, gone: Mapping[Path, Sequence[int]]) -> Path:
    """The path of a place after items of lists have gone, of which the indices are known in order."""
    return tuple(
        step - bisect.bisect(gone.get(path[:depth], ()), step) if isinstance(step, int) else step
        for depth, step in enumerate(path)
    )


def _left_of(value: Any, path: Path, lost: frozenset[Path]) -> Any:
    if isinstance(value, dict):
        return {key: _left_of(item, (*path, key), lost) for key, item in value.items() if (*path, key) not in lost}
    if isinstance(value, list):
        return [_left_of(item, (*path, at), lost) for at, item in enumerate(value) if (*path, at) not in lost]
    return value


_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_CONSTANTS = MappingProxyType({"true": True, "false": False, "null": None, "~": None, "": None})


# What is wrong, by the sign at which reading stops outside all brackets: inside some, a bracket may be missing.
_FAULTS = MappingProxyType({":": "colon", "\t": "tab"})


def read_yaml(text: str, *, scalars_as_text: bool = False) -> YamlDocument:
    """Read one YAML document.

    With `scalars_as_text` every scalar stays the text that was written (for reference lists, where `1e3`, `010` and
    `2020-03-05` are titles, numbers of an issue and dates alike). Raises YamlError.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlError("size", f"{MAX_BYTES // 1_000_000} MB", 1, 1)
    places: dict[Path, tuple[int, int]] = {}
    extents: dict[Path, tuple[int, int]] = {}
    try:
        tree = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        stop = text[mark.index : mark.index + 1] if mark and not error.context_mark else ""
        raise YamlError(_FAULTS.get(stop, "syntax"), error.problem or error.context or "", line, column) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        raise YamlError("character", name_of(chr(int(error.character))), before.count("\n") + 1,
                        len(before) - before.rfind("\n")) from None  # fmt: skip
    except RecursionError:
        raise YamlError("depth", str(MAX_DEPTH), 1, 1) from None
    value = None if tree is None else _value(tree, (), places, scalars_as_text)
    if tree is not None:
        _measure(tree, (), text, extents)
    return YamlDocument(value, FrozenMap(places), FrozenMap(extents))


_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _compose(text: str) -> yaml.Node | None:
    """The text's tree. The loader written in C is ten times as fast; where it stops, the other says why and where."""
    try:
        _refuse_aliases(text, _FAST)
        tree: yaml.Node | None = yaml.compose(text, Loader=_FAST)
    except (yaml.YAMLError, YamlError):
        _refuse_aliases(text, yaml.SafeLoader)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    return tree


def _refuse_aliases(text: str, loader: Any) -> None:
    depth = 0
    for token in yaml.scan(text, Loader=loader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            excerpt = text[token.start_mark.index : token.end_mark.index]
            raise YamlError("alias", excerpt, token.start_mark.line + 1, token.start_mark.column + 1)
        if isinstance(token, yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken
                      | yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken):  # fmt: skip
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlError("depth", str(MAX_DEPTH), token.start_mark.line + 1, token.start_mark.column + 1)
        elif isinstance(token, yaml.BlockEndToken | yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken):
            depth -= 1


def _value(node: yaml.Node, path: Path, places: dict[Path, tuple[int, int]], as_text: bool) -> Any:
    places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), places, as_text) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError("key", "", line, column)
            _require_fit(key_node)
            if key_node.value in mapping:
                raise YamlError("duplicate", key_node.value, line, column)
            places[(*path, key_node.value)] = (line, column)
            mapping[key_node.value] = _value(value_node, (*path, key_node.value), places, as_text)
        return mapping
    assert isinstance(node, yaml.ScalarNode)
    _require_fit(node)
    return _scalar(node, as_text)


def _require_fit(node: yaml.ScalarNode) -> None:
    """Raise YamlError where an escape stands for a character that cannot stand in a text (`"\\ud800"`)."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    for kind, found in (("character", unfit_characters(node.value)), ("direction", loose_directions(node.value))):
        for _, character in found:
            raise YamlError(kind, name_of(character), line, column)


def _measure(node: yaml.Node, path: Path, text: str, extents: dict[Path, tuple[int, int]]) -> None:
    """Note from where to where each value is written, without white space and comments behind it."""
    begin = node.start_mark.index
    written = text[begin : node.end_mark.index].rstrip()
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _measure(item, (*path, index), text, extents)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _measure(value, (*path, key.value), text, extents)
    if not isinstance(node, yaml.ScalarNode):
        written = _without_comments(written)
    extents[path] = (begin, begin + len(written))


def _without_comments(written: str) -> str:
    """A list or mapping without the comments behind it."""
    lines = written.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return "\n".join(lines).rstrip()


def _scalar(node: yaml.ScalarNode, as_text: bool) -> Any:
    text: str = node.value
    if node.style or (as_text and text not in ("", "~", "null")):
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    if match := _DATE.match(text):
        try:
            return datetime.date(*(int(part) for part in match.groups()))
        except ValueError:
            return text
    return text


_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
# Words that YAML 1.1 reads as something else than text.
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def write_yaml(value: Any) -> str:
    """Mappings, lists, texts, whole numbers and booleans as tidy YAML, in their own order.

    Texts are quoted unless they are one plain word in every version of YAML; what lies inside a second list
    stands on one line.
    """
    text: str = yaml.serialize(_node(value, 0), Dumper=_Indented, allow_unicode=True, width=MAX_BYTES)
    return text


def _node(value: Any, lists: int) -> yaml.Node:
    if isinstance(value, dict):
        pairs = [(_node(name, lists), _node(item, lists)) for name, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=lists > 1)
    if isinstance(value, list | tuple):
        items = [_node(item, lists + 1) for item in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=lists > 1 or not items)
    if isinstance(value, int):
        kind = "bool" if isinstance(value, bool) else "int"
        return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", str(value).lower())
    plain = _PLAIN.match(value) and value.lower() not in _NOT_TEXT
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=None if plain else '"')


class _Indented(yaml.SafeDumper):
    """Lists in a mapping are indented, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
