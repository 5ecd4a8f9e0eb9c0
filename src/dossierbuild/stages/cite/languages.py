"""Citations in the language of the text that they stand in: "and" and "n.d." in the English summary of a Dutch text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import PartId, Publication, Resolved


def in_their_languages(publications: tuple[Publication, ...], answers: Mapping[str, Resolved]) -> Resolved:
    """The first of the answers, which are by language, with each citation as the answer in the language of its part has
    it.

    All answers are about all citations, so that a work has the same number, letter and initials in each language.
    """
    own = next(iter(answers.values()))
    if len(answers) == 1:
        return own
    languages = {
        PartId(publication.id, part.id): part.language or publication.metadata.language
        for publication in publications
        for part in publication.parts
    }
    printed = (
        (place, answers.get(languages[PartId(place.publication, place.part)], own).printed[place])
        for place in own.printed
    )
    return dataclasses.replace(own, printed=FrozenMap(printed))
