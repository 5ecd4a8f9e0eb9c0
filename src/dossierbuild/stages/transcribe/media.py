"""The words by which an entry says in brackets what its work is: "[Podcast]", "(oratie)"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dossierbuild.core.csl_fields import WorkType

_WORDS: Mapping[WorkType, str] = MappingProxyType({
    "dataset": "dataset|data set|databestand",
    "broadcast": "podcast|audio podcast|audiopodcast|podcastaflevering|podcast episode|audio podcast episode|"
    "televisieprogramma|tv-programma|tv series|televisieserie|tv-uitzending|radioprogramma|radio-uitzending",
    "motion_picture": "film|speelfilm|video|documentaire|documentary|youtube|youtube-video|videobestand|video file",
    "post-weblog": "blog|blogpost|blog post|weblog|blogbericht|web log post",
    "post": "tweet|post|facebookpost|linkedin-post|facebook-update|instagrampost",
    "speech": "lezing|oratie|keynote|conference presentation|paper presentation|presentatie|toespraak|inaugurele rede|"
    "rede|afscheidsrede|powerpoint|powerpointpresentatie|powerpoint-presentatie",
    "pamphlet": "brochure|folder",
    "software": "computersoftware|computer software|software|app|mobiele app|mobile app",
    "graphic": "foto|photograph",
    "map": "kaart",
})  # fmt: skip
MEDIA: Mapping[str, WorkType] = MappingProxyType(
    {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
)
"""The type of work by its word, in small letters."""
