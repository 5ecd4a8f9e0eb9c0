"""Tables as they are published: with captions, heads, numbers and notes in place, in wrappers that can scroll."""

from __future__ import annotations

from dossierbuild.core.ast import Attr, Node, Nodes, attr, cells_of, div, identifier, plain, plain_text, span
from dossierbuild.core.table_width import NARROW_SETTINGS, SETTINGS, breaks_anywhere, setting_for, texts_of_table
from dossierbuild.stages.compose.table_columns import set_columns
from dossierbuild.stages.compose.table_heads import set_heads

_WIDE = 8
"""Columns from which on a table has smaller letters on paper."""
_TALL = 300
"""Signs in a cell from which on a row may be cut at the end of a page, and a head is not repeated on the next."""
_TALL_HEAD = "tall-head"


def finish_table(
    table: Node,
    label: Nodes,
    decimal: str,
    *,
    row_headers: str = "",
    notes: Nodes | None = None,
    narrow: bool = False,
    continued: str = "",
) -> Node:
    """A table with its label before its caption, its heads marked and its numbers below each other, in a wrapper that
    can scroll, above its `notes`.

    `decimal` is the decimal mark of the publication's language, `row_headers` what the editor states of the columns
    that head the rows; a `narrow` table stands in a box, a list or a quotation. `continued` is the word behind the
    label where the table goes on at a next page. A table without caption gets neither
    label nor a named wrapper: a region without a name helps nobody.
    """
    set_heads(table, row_headers)
    set_columns(table, decimal)
    for cell in cells_of(table):
        if cell[3] == 1 and breaks_anywhere(plain_text(cell[4])):
            cell[0][1].append("breaking")
    names = _classes(table, narrow=narrow)
    repeated = "" if _TALL_HEAD in names else continued
    wrapper = div(_around(table, label, [] if notes else names, repeated), [table])
    if not notes:
        return wrapper
    return div(attr("", ["noted-table", *names]), [wrapper, div(attr("", ["table-notes"]), notes)])


def _around(table: Node, label: Nodes, names: list[str], continued: str) -> Attr:
    """The attributes of the wrapper of a table, which is named by its caption; the label is put before that.

    What stands above it on a next page, and over how many columns, is for paper only: `render` takes it.
    """
    caption = caption_of(table)
    if not caption:
        return attr("", ["table-wrap", *names], tabindex="0")
    name = f"{identifier(table)}-caption"
    caption[0] = plain([span(attr(name), [*label, *caption[0]["c"]])])
    triple = attr("", ["table-wrap", *names], role="region", aria_labelledby=name, tabindex="0")
    if label and continued:
        words = f"{plain_text(label).strip()} ({continued})"
        triple[2] += [["data-continued", words], ["data-columns", str(len(table["c"][2]))]]
    return triple


def _classes(table: Node, *, narrow: bool) -> list[str]:
    """The classes of a table by the room that its columns need beside each other, and by the height of its rows."""
    widest = (NARROW_SETTINGS if narrow else SETTINGS)[-1]
    setting = setting_for(*texts_of_table(table), narrow=narrow) or widest
    columns = len(table["c"][2])
    names = setting.classes or ("wide" if columns >= _WIDE else "")
    is_tall = any(len(plain_text(cell[4])) > _TALL for cell in cells_of(table))
    heads, _ = texts_of_table(table)
    has_tall_head = sum(max(map(len, row), default=0) for row in heads) > _TALL
    return [*names.split(), *(["tall"] if is_tall else []), *([_TALL_HEAD] if has_tall_head else [])]


def caption_of(table: Node) -> Nodes:
    """The blocks of a table's caption."""
    blocks: Nodes = table["c"][1][1]
    return blocks


def without_data(triple: Attr) -> Attr:
    """An attribute triple that keeps the id and the language only; the other attributes said how to make the block."""
    return [triple[0], [], [pair for pair in triple[2] if pair[0] == "lang"]]
