"""A bookdown book as large as the largest reports of institutes, made from a seed, the same every time.

    python benchmarks/books.py FOLDER
    dossierbuild import FOLDER NEW && dossierbuild build NEW --draft --explain

It has 480 pages, 2,200 formulas, 300 references and 80 tables, and the figures, notes, cross-references and chunks that
come with them.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

from dossiers import COMMON, ENDINGS, STEMS, WORDS

FORMULAS = (
    r"\bar{{x}} = \frac{{1}}{{{n}}}\sum_{{i=1}}^{{{n}}} x_i",
    r"\hat{{p}} \pm {n}{{,}}96\sqrt{{\frac{{\hat{{p}}(1-\hat{{p}})}}{{{n}}}}}",
    r"n_{{{n}}} = 12",
    r"\alpha_{{{n}}} \leq \beta^{n}",
    r"y_{{i}} = \beta_0 + \beta_{{{n}}} x_i + \varepsilon_i",
    r"\int_0^{{{n}}} f(x)\,dx",
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="240" viewBox="0 0 480 240">'
    '<path d="M20 220 L460 {height}" stroke="#1f4e79" stroke-width="4" fill="none"/></svg>\n'
)


@dataclass(frozen=True, slots=True)
class Volume:
    """How much a book holds; formulas, tables and figures are spread over its chapters."""

    chapters: int = 40
    sections: int = 8
    paragraphs: int = 8
    formulas: int = 2200
    references: int = 300
    tables: int = 80
    figures: int = 60


LARGE = Volume()


def make_book(folder: Path, volume: Volume = LARGE) -> Path:
    """Write a book into `folder` and return the folder."""
    chance = random.Random(480)
    keys = [f"werk{number}" for number in range(volume.references)]
    made = folder / "_bookdown_files" / "boek_files" / "figure-html"
    made.mkdir(parents=True, exist_ok=True)
    (folder / "bronnen.bib").write_text("\n".join(_work(key, chance) for key in keys), encoding="utf-8")
    (folder / "_bookdown.yml").write_text("book_filename: boek\n", encoding="utf-8")
    (folder / "index.Rmd").write_text(_index(), encoding="utf-8")
    for number in range(1, volume.chapters + 1):
        text = _chapter(number, volume, keys, chance)
        (folder / f"{number:02}-hoofdstuk.Rmd").write_text(text, encoding="utf-8")
    for number in range(1, volume.figures + 1):
        picture = SVG.format(height=chance.randint(20, 200))
        (made / f"beeld{number}-1.svg").write_text(picture, encoding="utf-8")
    return folder


def _index() -> str:
    return (
        '---\ntitle: "Een groot rapport"\nauthor: "Anna de Vries"\ndate: "maart 2024"\nlang: nl\n'
        "site: bookdown::bookdown_site\nbibliography: bronnen.bib\n---\n\n"
        "# Voorwoord {-}\n\nDit rapport is gemaakt om te meten.\n\n"
        "# Samenvatting {-}\n\nEen groot boek is ook een boek, zie hoofdstuk \\@ref(deel1).\n"
    )


def _work(key: str, chance: random.Random) -> str:
    name = chance.choice(COMMON) if chance.random() < 0.3 else chance.choice(STEMS) + chance.choice(ENDINGS)
    return (
        f"@book{{{key},\n  author = {{{name}, Jan}},\n  title = {{{_words(6, chance).capitalize()}}},\n"
        f"  publisher = {{Uitgeverij Noord}},\n  year = {{{chance.randint(1990, 2023)}}}\n}}\n"
    )


def _chapter(number: int, volume: Volume, keys: list[str], chance: random.Random) -> str:
    """A chapter with its share of everything; what it numbers bears the chapter's number in its name."""
    parts = [f"# Deel {number} {{#deel{number}}}"]
    formulas = _share(volume.formulas, number, volume.chapters)
    places = volume.sections * volume.paragraphs
    for section in range(1, volume.sections + 1):
        parts.append(f"## Onderdeel {section} {{#deel{number}-{section}}}")
        for paragraph in range(volume.paragraphs):
            at = (section - 1) * volume.paragraphs + paragraph
            parts += _paragraph(_share(formulas, at + 1, places), keys, chance)
    parts += [_table(number, table, chance) for table in range(_share(volume.tables, number, volume.chapters))]
    first = sum(_share(volume.figures, before, volume.chapters) for before in range(1, number))
    for figure in range(_share(volume.figures, number, volume.chapters)):
        name = f"beeld{first + figure + 1}"
        parts.append(f"```{{r {name}, fig.cap='Beeld van {name}', fig.alt='Een stijgende lijn.'}}\nplot(x)\n```")
        parts.append(f"Zie Figuur \\@ref(fig:{name}).")
    parts.append(
        f"Zie Tabel \\@ref(tab:t{number}x0) en hoofdstuk \\@ref(deel{number % volume.chapters + 1}).[^n{number}]"
    )
    parts.append(f"[^n{number}]: {_words(12, chance).capitalize()}.")
    return "\n\n".join(parts) + "\n"


def _share(whole: int, number: int, parts: int) -> int:
    """What the part with this number, from 1, has of a whole."""
    return whole * number // parts - whole * (number - 1) // parts


def _paragraph(formulas: int, keys: list[str], chance: random.Random) -> list[str]:
    """A paragraph with formulas in its sentences, and one below it now and then."""
    sentences = [f"{_words(14, chance).capitalize()}." for _ in range(4)]
    for _ in range(formulas):
        sentences.append(f"Daarbij is ${chance.choice(FORMULAS).format(n=chance.randint(1, 90))}$ bekend.")
    sentences.append(f"{_words(8, chance).capitalize()} [@{chance.choice(keys)}, p. {chance.randint(1, 300)}].")
    return [" ".join(sentences)]


def _table(number: int, table: int, chance: random.Random) -> str:
    rows = "\n".join(f"| groep {row} | {chance.randint(1, 99)},{chance.randint(0, 9)} | {chance.randint(100, 999)} |"
                     for row in range(8))  # fmt: skip
    caption = f"Table: (\\#tab:t{number}x{table}) Groepen in deel {number}."
    return f"| Groep | Deel | Aantal |\n|:--|--:|--:|\n{rows}\n\n{caption}"


def _words(count: int, chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=count))


if __name__ == "__main__":
    make_book(Path(sys.argv[1]))
