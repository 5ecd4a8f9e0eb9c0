"""Tables in HTML and LaTeX as those of Markdown, where they are simple: a head of one row, one cell in each place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

_ROW = re.compile(r"<tr\b[^<>]*+>(.*?)(?=<tr\b|</tr\s*>|</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(
    r"<(?P<tag>t[hd])\b(?P<said>[^<>]*+)>(?P<words>.*?)(?=<t[hd]\b|</t[hd]\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_NOT_SIMPLE = re.compile(
    r"<(?:table|img|ul|ol|dl|pre|svg|math|h[1-6]|hr|figure)\b|\b(?:row|col)span\s*=", re.IGNORECASE
)
_QUIET_TAG = re.compile(r"</?(?:p|div|span|center|font|nobr)\b[^<>]*+>|<br\b[^<>]*+>", re.IGNORECASE)
_CAPTION = re.compile(r"<caption\b.*?</caption\s*>|<caption\b[^<>]*+>", re.DOTALL | re.IGNORECASE)
_RIGHT = re.compile(r"(?:text-align:\s*|align=[\"']?)(right|center)", re.IGNORECASE)

_TABULAR = re.compile(r"\\begin\{(?P<name>tabularx?\*?|longtable)\}(?:\[[^\[\]]*+\])?")
_GROUP = re.compile(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)\}")
_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)\b(?:\[[^\[\]]*+\])?"
    r"|\\(?:cline|cmidrule)(?:\([lr]*\))?\{[^{}]*+\}"
)
_IN_ROWS = re.compile(r"\\(?:caption|label)(?:\[[^\[\]]*+\])?\{(?:[^{}]|\{[^{}]*+\})*+\}")
_NEW_ROW = re.compile(r"\\\\(?:\[[^\[\]]*+\])?|\\tabularnewline\b")
_NEW_CELL = re.compile(r"(?<!\\)&")
_NOT_SIMPLE_TEX = re.compile(r"\\(?:multicolumn|multirow|includegraphics|begin|footnote|makecell)\b")
_ALIGNMENTS = MappingProxyType({"l": ":--", "c": ":-:", "r": "--:"})


def rows_of_html(body: str) -> list[str]:
    """The lines of a table whose element holds `body`; none where it is not simple or its first row is no head."""
    plain = _CAPTION.sub("", body)
    if _NOT_SIMPLE.search(plain):
        return []
    cells = [list(_CELL.finditer(row[1])) for row in _ROW.finditer(plain)]
    if not cells or any(cell["tag"].lower() != "th" for cell in cells[0]):
        return []
    sides = [found[1][0].lower() if (found := _RIGHT.search(cell["said"])) else "" for cell in (cells[1:] or cells)[0]]
    return _lines([[_QUIET_TAG.sub(" ", cell["words"]) for cell in row] for row in cells], sides)


def rows_of_tex(body: str) -> list[str]:
    """The lines of the table that a `tabular` in LaTeX is; none where it is not simple or no rule stands below its
    first row."""
    found = _TABULAR.search(body)
    head, _, rest = body[found.end() :].partition("\n") if found else ("", "", "")
    inside, end, _ = rest.partition(f"\\end{{{found['name']}}}") if found else ("", "", "")
    columns = _GROUP.findall(head)
    if not end or not columns or _NOT_SIMPLE_TEX.search(inside):
        return []
    written = [row for row in _NEW_ROW.split(_IN_ROWS.sub("", inside)) if row.strip()]
    if len(written) < 2 or not _RULE.match(written[1].lstrip()):
        return []
    rows = [_NEW_CELL.split(plain) for row in written if (plain := _RULE.sub("", row).strip())]
    return _lines(rows, re.findall(r"[lcrpXS]", re.sub(r"\{[^{}]*+\}|@", "", columns[-1])))


def _lines(rows: Sequence[Sequence[str]], sides: Sequence[str]) -> list[str]:
    """The rows of a table with pipes; none where they have not the same number of cells."""
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        return []
    between = [_ALIGNMENTS.get(side, "---") for side in (*sides, *[""] * len(rows[0]))][: len(rows[0])]
    head, *others = (f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)
    return [head, f"|{'|'.join(between)}|", *others]


def _cell(words: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(words.split()))
