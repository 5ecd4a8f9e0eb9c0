"""Tables that go on at a next page, which say so there: "Tabel 3 (vervolg)" above the repeated head."""

from __future__ import annotations

import re

from dossierbuild.stages.render.pictures import Medium

_TOLD = re.compile(r' data-continued="([^"]*)" data-columns="(\d+)"')
_HEAD = "<thead>"


def tell_continued(body: str, medium: Medium) -> str:
    """The body with a row for it in the head of each table on paper, and without the words for it elsewhere.

    The row is on no page where its table begins (`tools/paper/continued.py`), and is decoration: who listens hears one
    table.
    """
    if " data-continued=" not in body:
        return body
    if medium is not Medium.PAPER:
        return _TOLD.sub("", body)
    before, *pieces = _TOLD.split(body)
    tables = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    return before + "".join(_with_row(words, columns, table) for words, columns, table in tables)


def _with_row(words: str, columns: str, table: str) -> str:
    before, head, behind = table.partition(_HEAD)
    if not head or "</table>" in before:
        return table
    row = f'<tr class="continued" aria-hidden="true"><th colspan="{columns}">{words}</th></tr>'
    return f"{before}{head}\n{row}{behind}"
