"""Dossiers of any size for measuring: chapters, references, charts and tables made from a seed, the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

WORDS = (
    "de buurt een bewoner het netwerk samen werken aan vertrouwen professional gemeente initiatief straat voor en met "
    "ontmoeting steun beleid tijd ruimte groep mensen vaak soms altijd weten doen leren organiseren verbinden "
    "onderzoek laat zien dat meer minder kans verschil wijk dorp stad opbouwwerker vrijwilliger organisatie praktijk "
    "voorbeeld"
).split()
# As in real lists, some surnames are common and most are not.
COMMON = "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kok Maas Post".split()
STEMS = "Hoek Wold Veen Broek Linde Eken Elzen Berken Rijn Maas Amstel Zaan Drie Zeven Noord Zuid Ooster Wester".split()
ENDINGS = "man stra sma huis kamp veld berg dijk horst laar hof burg".split()
PARTICLES = ("", "", "", "van der", "de", "van den")


@dataclass(frozen=True, slots=True)
class Size:
    """A dossier of about so many pages."""

    pages: int
    chapters: int
    sections: int
    references: int


SIZES = (Size(15, 4, 3, 200), Size(120, 16, 7, 500), Size(600, 60, 9, 2000))


def make_dossier(folder: Path, size: Size) -> Path:
    """Write a dossier of `size` into `folder` and return the folder."""
    chance = random.Random(size.pages)
    keys = [f"werk{number}" for number in range(size.references)]
    for name in ("chapters", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "references.yaml").write_text(_references(keys, chance), encoding="utf-8")
    unused = iter(keys)
    per_chapter = -(-len(keys) // size.chapters)
    for number in range(1, size.chapters + 1):
        due = [key for _, key in zip(range(per_chapter), unused, strict=False)]
        text = _chapter(number, size.sections, due, keys, chance)
        (folder / "chapters" / f"{number:02}-deel.md").write_text(text, encoding="utf-8")
        rows = "".join(f"{year},{chance.randint(20, 80)},{chance.randint(5, 40)}\n" for year in range(2012, 2025))
        (folder / "data" / f"reeks{number}.csv").write_text(f"jaar,deel,rest\n{rows}", encoding="utf-8")
    (folder / "in-het-kort.md").write_text(_summary(size, keys, chance), encoding="utf-8")
    (folder / "infographic.yaml").write_text(INFOGRAPHIC, encoding="utf-8")
    (folder / "dossier.yaml").write_text(MANIFEST, encoding="utf-8")
    return folder


MANIFEST = """title: Wat werkt bij meten?
language: nl-NL
edition: "1.0"
date: 2025-01-01
references: references.yaml
publications:
  - {id: dossier, kind: full}
  - {id: in-het-kort, kind: summary, title: In het kort}
  - {id: infographic, kind: infographic}
"""
INFOGRAPHIC = """title: Meten in beeld
panels:
  - {kind: contrast, title: Wel en niet, left: {label: Wel, items: [meten]}, right: {label: Niet, items: [raden]}}
  - {kind: points, title: Let op, items: ["vergelijk eerlijk [@werk0]", meet vaker]}
  - {kind: chart, title: Reeks, data: reeks1.csv, type: line, x: jaar, y: deel, unit: "%", alt: Een reeks.}
"""


def _surname(chance: random.Random) -> str:
    return chance.choice(COMMON) if chance.random() < 0.25 else chance.choice(STEMS) + chance.choice(ENDINGS)


def _references(keys: list[str], chance: random.Random) -> str:
    lines = ["references:"]
    for key in keys:
        authors = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            particle = chance.choice(PARTICLES)
            more = f", non-dropping-particle: {particle}" if particle else ""
            authors.append(f"{{family: {_surname(chance)}, given: {chance.choice('ABCDEFGH')}.{more}}}")
        title = " ".join(chance.choices(WORDS, k=7)).capitalize()
        lines += [f"  - id: {key}", "    type: book", f"    author: [{', '.join(authors)}]"]
        lines += [
            f'    issued: "{chance.randint(1990, 2024)}"',
            f"    title: {title} {key}",
            "    publisher: Uitgeverij",
        ]
    return "\n".join(lines) + "\n"


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(9, 18))).capitalize()


def _paragraph(chance: random.Random, cite: list[str]) -> str:
    sentences = []
    for number in range(chance.randint(4, 7)):
        source = f" [@{cite.pop()}, p. {chance.randint(1, 90)}]" if cite and number % 2 else ""
        sentences.append(f"{_sentence(chance)}{source}.")
    return "\n".join(sentences)


def _chapter(number: int, sections: int, due: list[str], keys: list[str], chance: random.Random) -> str:
    cite = list(due)
    blocks = [f"# Deel {number} {{#deel-{number}}}", _paragraph(chance, cite)]
    for section in range(1, sections + 1):
        blocks.append(f"## Paragraaf {section} {{#deel-{number}-{section}}}")
        blocks += [_paragraph(chance, cite) for _ in range(5)]
        again = " ".join(f"[@{key}]" for key in chance.sample(keys, 2))
        blocks.append(
            f"{_sentence(chance)} {again}, zie [](#fig-{number}).[^{section}]\n\n[^{section}]: {_sentence(chance)}."
        )
    alt = "De reeks verandert van jaar tot jaar."
    chart = (
        f'::: {{.chart #fig-{number} data="reeks{number}.csv" type="line" x="jaar" y="deel,rest" unit="%" alt="{alt}"}}'
    )
    blocks += [f"{chart}\nReeks {number}.\n:::", _table(number, chance)]
    while cite:
        blocks.append(_paragraph(chance, cite))
    blocks.append(f"::: {{.key-point #punt-{number}}}\n{_sentence(chance)}.\n:::")
    return "\n\n".join(blocks) + "\n"


def _table(number: int, chance: random.Random) -> str:
    rows = "\n".join(f"| {' '.join(chance.choices(WORDS, k=3))} | {chance.randint(1, 999)} |" for _ in range(8))
    return f"| Wat | Aantal |\n|:----|-------:|\n{rows}\n\n: Aantallen {number} {{#tbl-{number}}}"


def _summary(size: Size, keys: list[str], chance: random.Random) -> str:
    parts = []
    for number in range(1, 5):
        source = f"[@{chance.choice(keys)}]"
        imported = f'::: {{.key-points from="deel-{min(number, size.chapters)}"}}\n:::'
        parts.append(f"# Kort {number} {{#kort-{number}}}\n\n{_sentence(chance)} {source}.\n\n{imported}")
    return "\n\n".join(parts) + "\n"
