"""Tables that say on a next page that they go on, in a row of their head with the class `continued`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def with_continued_rows(layout: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `table_layout`, without such a row on the page where the table begins."""

    def table_layout(context: Any, table: Any, bottom_space: Any, skip_stack: Any, *further: Any) -> Any:
        if skip_stack is None and table.children and table.children[0].is_header:
            head = table.children[0]
            rows = [row for row in head.children if not _is_continued(row)]
            if len(rows) < len(head.children):
                table = table.copy_with_children([head.copy_with_children(rows), *table.children[1:]])
        return layout(context, table, bottom_space, skip_stack, *further)

    return table_layout


def _is_continued(row: Any) -> bool:
    return row.element is not None and "continued" in (row.element.get("class") or "").split()
