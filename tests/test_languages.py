"""Tags of languages: which are known, and which is meant by what is none."""

from __future__ import annotations

import pytest

from dossierbuild.core.languages import is_a_language, is_known, nearest_tag
from dossierbuild.stages.parse.reference_texts import language_tag

KNOWN = (
    "nl", "nl-BE", "NL-nl", "en-GB-oxendict", "fy-NL", "vls", "zea", "zh-Hant-TW", "zh-yue", "es-419", "de-1996",
    "sl-rozaj-biske", "de-u-co-phonebk", "nl-x-taalb1", "zxx",
)  # fmt: skip
# What is written in place of a tag, and the tag that is meant.
MEANT = {
    "dutch": "nl", "Nederlands": "nl", "nederlans": "nl", "nl_NL": "nl-NL", "nl-XX": "nl", "en-UK": "en-GB",
    "engels": "en", "eng": "en", "english-uk": "en-GB", "Duits": "de", "fries": "fy", "zh-Xxxx": "zh", "nl-": "nl",
    "n": "", "x-eigen": "", "qaa": "", "": "", "nl nl": "nl", "i-klingon": "",
}  # fmt: skip


@pytest.mark.parametrize("tag", KNOWN)
def test_a_tag_of_registered_subtags_is_known(tag: str) -> None:
    assert is_known(tag)


@pytest.mark.parametrize(("written", "meant"), MEANT.items())
def test_what_is_no_tag_is_not_known_and_the_nearest_is(written: str, meant: str) -> None:
    assert not is_known(written)
    assert nearest_tag(written) == meant
    assert not meant or is_known(meant)


def test_a_dossier_is_in_a_language_and_not_in_several_or_none() -> None:
    assert [tag for tag in ("nl", "mul", "und", "zxx", "und-NL") if is_a_language(tag)] == ["nl"]


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("English", "en-US"), ("nl_NL", "nl-NL"), ("de_AT", "de-AT"), ("Spaans", "es"), ("nl; en", "nl; en")],
)
def test_the_language_of_a_work_is_read_as_programs_state_it(stated: str, tag: str) -> None:
    assert language_tag(stated) == tag
