"""Titles with a capital on each word: told once for a list, with the title as it would be, and never changed."""

from __future__ import annotations

import json

import pytest

from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import Problem
from dossierbuild.stages.check import check_list
from dossierbuild.stages.parse.references import parse_references

HEADLINES = {
    "Attention Is All You Need": "Attention is all you need",
    "Growing Older: The Rise and Decline of Village Halls": "Growing older: The rise and decline of village halls",
    "Using fMRI to Study Working Memory": "Using fMRI to study working memory",
    "The Impact of DNA Testing on Families in Europe": "The impact of DNA testing on families in Europe",
    "OUDER WORDEN IN DE WIJK TIJDENS COVID-19": "Ouder worden in de wijk tijdens COVID-19",
    "Samen Werken Aan Een Betere Buurt": "Samen werken aan een betere buurt",
}
NO_HEADLINES = (
    "De sociale staat van Nederland",
    "De Sociale Staat van Nederland",
    "Handboek Centrum voor Jeugd en Gezin",
    "Evaluatie Wet Zorg en Dwang",
    "Kerncijfers Wijken en Buurten",
    "Integration und Evaluation der Prävention",
    "Die Entwicklung der Kinder in Armut",
    "Gesprek met Jan Van Damme en Piet De Smet",
    "Amsterdam, Rotterdam, Den Haag en Utrecht",
    "The United Nations in New York City",
    "European Convention for the Protection of Human Rights and Fundamental Freedoms",
    "Poverty in The Hague",
    "Attention is all you need",
    "GGD GHOR Nederland",
    "Samen voor Elkaar",
)


def told(**titles: str) -> list[Problem]:
    items = [{"id": key, "type": "book", "title": title, "publisher": "Boom"} for key, title in titles.items()]
    parsed = parse_references(SourceFile("list.json", json.dumps(items).encode(), ""))
    assert parsed.value is not None
    return [problem for problem in check_list(parsed.value) if problem.code == "D251"]


@pytest.mark.parametrize("title", list(HEADLINES))
def test_a_headline_is_told_with_its_mend(title: str) -> None:
    (problem,) = told(a=title)
    assert dict(problem.words)["written"] == HEADLINES[title]


@pytest.mark.parametrize("title", NO_HEADLINES)
def test_other_titles_are_left_alone(title: str) -> None:
    assert told(a=title) == []


def test_a_list_is_told_once() -> None:
    (problem,) = told(a=NO_HEADLINES[0], **{f"b{number}": title for number, title in enumerate(HEADLINES)})
    assert dict(problem.words)["keys"] == "b0, b1, b2, b3, b4, b5"
