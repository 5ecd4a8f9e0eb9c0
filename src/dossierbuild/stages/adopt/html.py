"""HTML within lines, as Markdown where that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from urllib.parse import quote

from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.adopt.attributes import written
from dossierbuild.stages.adopt.lines import AS_TYPED, Spot, Taken, edited, excerpt_of, outside_code

_TAGS = (
    "a abbr b big blockquote br button center cite code col dd del details div dl dt em figcaption figure "
    "font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p pre q s section small span strike "
    "strong sub summary sup u ul var"
)
_PAIR = re.compile(
    AS_TYPED + r"<(?P<tag>sup|sub|a|code|kbd)\b(?P<said>[^<>]*+)>(?P<words>[^<>]*+)</(?P=tag)[ \t]*+>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    AS_TYPED + rf"(?<!\]\()<(?P<end>/?)(?P<tag>{'|'.join(_TAGS.split())})(?P<said>(?:[\s/][^<>]*+)?)>",
    re.DOTALL | re.IGNORECASE,
)
_OTHER_TAG = re.compile(
    AS_TYPED + r"(?<!\]\()<(?=[/!?A-Za-z])(?![A-Za-z][\w.+-]*[@:])(?P<inside>[^<>\s][^<>]*+)>",
    re.DOTALL,
)
_SAID = re.compile(
    r"(?<![\w-])(?P<name>[\w-]++)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>]++))"
)
_SIGNS = MappingProxyType(
    {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "del": "~~", "s": "~~", "strike": "~~"}
)
_QUIET = frozenset("p div span center section figure figcaption small big font header footer nav".split())


def without_html(taken: Iterable[Taken]) -> Iterator[Taken]:
    """The lines with Markdown in the place of HTML. D816: a tag that has none is left out; its words stay."""
    pairs = edited(taken, outside_code(_PAIR), _pair)
    tags = edited(pairs, outside_code(_TAG), _tag)
    return edited(tags, outside_code(_OTHER_TAG), _other_tag)


def _attributes(text: str) -> dict[str, str]:
    return {
        match["name"].lower(): next(said for said in match.group("double", "single", "bare") if said is not None)
        for match in _SAID.finditer(text)
    }


def _pair(found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    """An element with words only."""
    tag, words, said = found["tag"].lower(), found["words"], _attributes(found["said"])
    if tag in ("sup", "sub"):
        sign = "^" if tag == "sup" else "~"
        joined = "\\ ".join(words.split())
        yield f"{sign}{joined}{sign}" if joined else ""
    elif tag in ("code", "kbd"):
        yield f"`{words}`" if words else ""
    elif said.get("href"):
        address = said["href"] if said["href"].startswith("#") else f"<{said['href']}>"
        yield f"[{words}]({address})" if words.strip() else f"<{said['href']}>"
    else:
        name = said.get("id") or said.get("name")
        yield f"[{words}]{{#{name}}}" if name else words


def _tag(found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    tag, said = found["tag"].lower(), _attributes(found["said"])
    if tag == "br":
        yield "\\\n"
    elif tag == "hr":
        yield "\n\n------\n\n"
    elif tag == "img":
        width = said.get("width", "")
        kept = written(said.get("id", ""), alt=said.get("alt", ""), width=width if width.endswith("%") else "")
        yield f"![]({quote(said.get('src', ''), safe='/:%')}){kept}"
    elif tag in _SIGNS:
        yield _SIGNS[tag]
    elif tag in ("u", "mark"):
        yield "*"
    elif tag == "q":
        yield '"'
    elif tag == "summary":
        yield "**" if not found["end"] else "**\n\n"
    else:
        if not found["end"] and tag not in _QUIET:
            yield problem("D816", spot.place(found[0]), excerpt=excerpt_of(found[0]))
        yield {"li": "\n- ", "p": "\n\n", "h1": "\n\n"}.get(tag, "") if not found["end"] else ""


def _other_tag(found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    """What looks like a tag and is none that is known: it is printed as it stands."""
    yield problem("D816", spot.place(found[0]), excerpt=excerpt_of(found[0]))
    yield f"\\<{found['inside']}\\>"
