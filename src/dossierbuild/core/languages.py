"""Languages by their tags (BCP 47)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from dossierbuild.core.language_subtags import LANGUAGES, REGIONS, SCRIPTS, VARIANTS
from dossierbuild.core.nearest import nearest

FALLBACK = "en"
"""The language of the fixed words for a dossier whose own language has none."""


def language_for(tag: str, known: Iterable[str]) -> str:
    """The language of `known` that a tag names (`named_language`), and English where it names none."""
    return named_language(tag, known) or FALLBACK


def named_language(tag: str, known: Iterable[str]) -> str:
    """The language of `known` that a tag is or begins with, the longest first (RFC 4647, 3.4); empty without one."""
    by_tag = {language.lower(): language for language in known}
    subtags = tag.lower().replace("_", "-").split("-")
    beginnings = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((by_tag[beginning] for beginning in beginnings if beginning in by_tag), "")


# RFC 5646, 2.1: language, extensions of the language, script, region, variants, extensions and private use.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<extended>(?:-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
# ISO 639: several languages, none, one without a code, and one that is not known.
_NO_LANGUAGES = frozenset({"mul", "zxx", "mis", "und"})
# Languages as people and programs name them, by the tag that is meant.
_NAMES = MappingProxyType(
    {
        name: tag
        for tag, names in (
            ("nl", "dutch nederlands nederlandse nl-nl nld dut flemish vlaams"),
            ("en", "english engels engelse en-gb en-us eng"),
            ("de", "german deutsch duits duitse ngerman deu ger"),
            ("fr", "french français francais frans franse fra fre"),
            ("fy", "frisian frysk fries friese"),
            ("es", "spanish español espanol spaans spaanse spa"),
            ("it", "italian italiano italiaans italiaanse ita"),
            ("pt", "portuguese português portugees portugese por"),
            ("pl", "polish polski pools poolse pol"),
            ("tr", "turkish türkçe turkce turks turkse tur"),
            ("ar", "arabic arabisch arabische ara"),
            ("ru", "russian russisch russische rus"),
            ("uk", "ukrainian oekraïens oekraiens ukr"),
            ("zh", "chinese chinees chinese zho chi"),
            ("el", "greek grieks griekse ell gre"),
            ("la", "latin latijn latijnse lat"),
            ("da", "danish dansk deens deense dan"),
            ("sv", "swedish svenska zweeds zweedse swe"),
            ("nb", "norwegian bokmål noors noorse nor"),
            ("fi", "finnish suomi fins finse fin"),
            ("pap", "papiamentu papiamento papiaments"),
        )
        for name in names.split()
    }
)
_REGION_NAMES = MappingProxyType({"uk": "GB", "en": "GB"})


def is_known(tag: str) -> bool:
    """Whether a tag is well-formed (BCP 47) and each of its subtags is registered, in capitals or not."""
    found = _TAG.fullmatch(tag.lower())
    return found is not None and (
        LANGUAGES.issuperset((found["language"], *found["extended"].split("-")[1:]))
        and (not found["script"] or found["script"] in SCRIPTS)
        and (not found["region"] or found["region"] in REGIONS)
        and VARIANTS.issuperset(found["variants"].split("-")[1:])
    )


def is_a_language(tag: str) -> bool:
    """Whether a tag is known and names one language that a text can be read aloud in."""
    return is_known(tag) and tag.lower().split("-")[0] not in _NO_LANGUAGES


def nearest_tag(written: str) -> str:
    """The tag that was meant by what is none: "nl" for "nederlands", "nl-NL" for "nl_NL"; empty when none is near."""
    first, *others = written.strip().replace("_", "-").split("-")
    language = first.lower() if is_a_language(first) else _nearest_name(first.lower())
    regions = (_REGION_NAMES.get(other.lower(), other.upper()) for other in others if len(other) == 2)
    region = next((region for region in regions if region.lower() in REGIONS), "")
    return f"{language}-{region}" if language and region else language


def tag_of_name(name: str) -> str:
    """The tag of a language by its name in Dutch, English or itself ("duits"), in lower case; else an empty text."""
    return _NAMES.get(name, "")


def _nearest_name(name: str) -> str:
    """The tag of a language by its name, also misspelt where the name is long enough to be no other's."""
    return tag_of_name(name) or tag_of_name(nearest(name, (known for known in _NAMES if len(known) > 4)))
