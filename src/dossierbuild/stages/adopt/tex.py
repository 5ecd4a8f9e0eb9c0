"""LaTeX within lines, as Markdown where that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from urllib.parse import quote

from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.adopt.attributes import written
from dossierbuild.stages.adopt.lines import AS_TYPED, Spot, Taken, edited, excerpt_of, outside_code

_COMMAND = re.compile(
    AS_TYPED + r"\\(?P<name>(?!@)[A-Za-z]+)\*?(?P<options>(?:\[[^\[\]{}\n]*+\])*+)"
    r"(?P<arguments>(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+)",
    re.DOTALL,
)
_ARGUMENT = re.compile(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)\}")
_OPTION = re.compile(r"\[([^\[\]]*+)\]")
_FRAMES = MappingProxyType(
    {"textbf": "**", "bf": "**", "emph": "*", "textit": "*", "textsl": "*", "underline": "*", "uline": "*",
     "texttt": "`", "textsuperscript": "^", "textsubscript": "~", "sout": "~~"}
)  # fmt: skip
_LAYOUT = frozenset(
    "newpage clearpage pagebreak cleardoublepage vspace hspace noindent indent bigskip medskip smallskip "
    "centering raggedright small footnotesize scriptsize tiny normalsize large Large LARGE huge Huge hfill "
    "vfill appendix mainmatter frontmatter backmatter tableofcontents listoffigures listoftables "
    "printbibliography bibliography bibliographystyle setcounter addtocounter pagenumbering thispagestyle "
    "pagestyle markboth markright addcontentsline addtocontents linebreak nolinebreak newline par "
    "onehalfspacing doublespacing singlespacing blandscape elandscape landscape endlandscape maketitle "
    "FloatBarrier pagecolor protect phantomsection hypersetup setlength renewcommand newcommand "
    "providecommand definecolor usepackage color textcolor selectlanguage sloppy fussy rowcolors arraystretch "
    "balance clearforchapter".split()
)
_KEEPS_WORDS = frozenset({"textcolor"})
_SIGNS_OF_TEX = MappingProxyType(
    {"ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX", "textbackslash": "\\\\", "textasciitilde": "\\~",
     "textless": "\\<", "textgreater": "\\>", "euro": "€", "texteuro": "€", "textdegree": "°", "degree": "°",
     "copyright": "©", "textregistered": "®", "texttrademark": "™", "S": "§", "P": "¶", "textendash": "–",
     "textemdash": "—", "ss": "ß", "textquoteright": "’", "textbar": "|", "quad": " ", "qquad": " ", "textmu": "µ",
     "checkmark": "✓", "newline": "\\\n"}
)  # fmt: skip
_CITED = MappingProxyType(
    dict.fromkeys("cite citep parencite autocite footcite citealp supercite".split(), "[{}]")
    | dict.fromkeys("citet textcite citealt".split(), "{}") | dict.fromkeys(["citeyear", "citeyearpar"], "[-{}]")
)  # fmt: skip
_REFERS = frozenset("ref eqref autoref cref Cref vref pageref nameref".split())


_INDEXED = re.compile(
    AS_TYPED + r"(?<![\w-])(?P<word>[\w-]++) ?\\index\{(?P<entry>[^{}|]++)(?:\|[^{}]*+)?\}", re.DOTALL
)


def without_tex(taken: Iterable[Taken]) -> Iterator[Taken]:
    """The lines with Markdown in the place of LaTeX.

    D817: a command that is not known is left out and the words in its braces stay. D818: so is one that lays out. D838:
    an entry of the index that stands at no word.
    """
    return edited(edited(taken, outside_code(_INDEXED), _indexed), outside_code(_COMMAND), _command)


def _indexed(found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    """A word of the index; an entry may have one part below it, and a key for sorting before its words."""
    entry = "!".join(part.rpartition("@")[2].strip() for part in found["entry"].split("!")[:2])
    own = "" if entry.lower() == found["word"].lower() else entry
    yield f"[{found['word']}]{written(classes=['index'], entry=own)}"


def _command(found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    name, arguments = found["name"], _ARGUMENT.findall(found["arguments"])
    last = arguments[-1] if arguments else ""
    options = _OPTION.findall(found["options"])
    if name in _REFERS:
        yield found[0]  # the pass of cross-references reads it
    elif name in _CITED:
        yield _citation(name, options, last)
    elif name in _FRAMES and arguments:
        words = last.replace(" ", "\\ ") if _FRAMES[name] in "^~" else last
        yield f"{_FRAMES[name]}{words}{_FRAMES[name]}" if words else ""
    elif name == "footnote" and arguments:
        yield f"^[{last}]"
    elif name == "href" and len(arguments) > 1:
        yield f"[{arguments[1]}](<{arguments[0]}>)"
    elif name == "url" and arguments:
        yield f"<{last}>"
    elif name == "includegraphics" and arguments:
        yield f"![]({quote(last, safe='/:%')})"
    elif name == "label" and arguments:
        yield f"[]{{#{last}}}"
    elif name == "index" and arguments:
        yield problem("D838", spot.place(found[0]), word=last)
    elif name in _SIGNS_OF_TEX:
        yield _SIGNS_OF_TEX[name] + "".join(arguments)
    elif name in _LAYOUT:
        yield problem("D818", spot.place(found[0]), excerpt=excerpt_of(found[0]))
        yield last if name in _KEEPS_WORDS else ""
    else:
        yield problem("D817", spot.place(found[0]), excerpt=excerpt_of(found[0]))
        yield last


def _citation(name: str, options: list[str], keys: str) -> str:
    """A citation by its keys, with the words before and behind it: one option is what stands behind."""
    before, behind = ("", options[0]) if len(options) == 1 else (options[0], options[1]) if options else ("", "")
    cited = [f"@{key.strip()}" for key in keys.split(",") if key.strip()]
    if _CITED[name] == "{}":
        words = f" [{behind}]" if behind else ""
        return f"{' en '.join(cited)}{words}" if len(cited) == 1 else f"{'; '.join(cited)}{words}"
    sign = "-" if "-" in _CITED[name] else ""
    return f"[{f'{before} ' if before else ''}{sign}{'; '.join(cited)}{f', {behind}' if behind else ''}]"
