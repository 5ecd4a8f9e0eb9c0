"""Write docs/problems.nl.md and docs/problems.en.md from the catalogue, and docs/formules.md from the signs of
formulas: `python docs/generate.py`."""

from __future__ import annotations

import re
from pathlib import Path

from dossierbuild.core.catalogue import CATALOGUE, SEVERITY_WORDS, Language
from dossierbuild.core.formulas.reading import MAX_DEPTH, MAX_LENGTH
from dossierbuild.core.formulas.signs import (
    ACCENTS,
    ARROWS,
    BINOMIALS,
    ENVIRONMENTS,
    FACES,
    FRACTIONS,
    SIZES,
    SPACES,
    STACKS,
    STYLES,
    SYMBOLS,
    TEXTS,
    UNDERS,
    Role,
)

HERE = Path(__file__).resolve().parent

TITLES = {Language.NL: "Wat dossierbuild kan melden", Language.EN: "What dossierbuild can report"}

HEADS = {
    Language.NL: "| Code | Soort | Melding | Zo lost u het op |",
    Language.EN: "| Code | Kind | Message | How to mend it |",
}

RANGES = {
    Language.NL: {
        "D1": "Opbouw van het dossier",
        "D2": "Verwijzingen en bronnen",
        "D3": "Figuren, gegevens en plaatjes",
        "D4": "Stijlen en sjablonen",
        "D5": "Opmaak",
        "D6": "Controle van de gemaakte bestanden",
        "D8": "Boeken en bronnen van elders overnemen",
        "D9": "Word-documenten en opmerkingen",
    },
    Language.EN: {
        "D1": "Structure of the dossier",
        "D2": "Citations and references",
        "D3": "Figures, data and pictures",
        "D4": "Styles and templates",
        "D5": "Rendering",
        "D6": "Verification of the files that were made",
        "D8": "Bringing in books and sources from elsewhere",
        "D9": "Word documents and comments",
    },
}

LEADS = {
    Language.NL: """\
Elke melding noemt het bestand, de regel en de kolom, en zegt eronder hoe u het oplost:

```
sources/chapters/03-wie-doen-het.md:41:12: fout D201: bron 'cbs2023' staat niet in references.yaml
  hint: bedoelde u 'cbs2022'? (references.yaml:88)
```

Een fout houdt de bouw tegen. Een waarschuwing ook, behalve met `--draft`. Een opmerking nooit: zij meldt wat u
misschien wilt weten en wat geen fout is. Wat u bewust zo laat, neemt u in `dossier.yaml` op onder `ignore`, met de
reden; een uitzondering die niet meer nodig is, is zelf een fout:

```yaml
ignore:
  - {code: D204, at: references.yaml#spierts2000, reason: De titel is niet te achterhalen.}
```

De code van een melding verandert nooit. In de tabellen staat … waar de melding een woord uit uw dossier noemt.
""",
    Language.EN: """\
Each message names the file, the line and the column, and says below how to mend it:

```
sources/chapters/03-who-does-it.md:41:12: error D201: source 'cbs2023' is not in references.yaml
  hint: did you mean 'cbs2022'? (references.yaml:88)
```

An error stops the build. So does a warning, except with `--draft`. A note never does: it tells what you may want to
know and what is no fault. What you leave as it is on purpose goes into `dossier.yaml` under `ignore`, with the
reason; an exception that is no longer needed is an error itself:

```yaml
ignore:
  - {code: D204, at: references.yaml#spierts2000, reason: The title cannot be found.}
```

The code of a message never changes. In the tables … stands where the message names a word from your dossier.
""",
}


def page(language: Language) -> str:
    """The page of a language: a table for each range of codes."""
    parts = [f"# {TITLES[language]}", LEADS[language].rstrip()]
    for start, title in RANGES[language].items():
        rows = [_row(code, language) for code in sorted(CATALOGUE) if code.startswith(start)]
        parts += [f"## {start}: {title}", "\n".join([HEADS[language], "|---|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _row(code: str, language: Language) -> str:
    entry = CATALOGUE[code]
    cells = (SEVERITY_WORDS[language][entry.severity], _cell(entry.message[language]), _cell(entry.hint[language]))
    return f"| {code} | {' | '.join(cells)} |"


def _cell(template: str) -> str:
    """A text of the catalogue as a table's cell: literal, with … for the words that are filled in."""
    words = re.sub(r"(?<!\{)\{\w+\}(?!\})|(?<=\{\{)\{\w+\}|\{\w+\}(?=\}\})", "…", template)
    literal = words.replace("{{", "{").replace("}}", "}")
    return re.sub(r"([\\*_<>\[\]|`])", r"\\\1", literal)


FORMULAS = f"""\
# Wat in een formule kan

Een formule staat tussen dollartekens, in de notatie van LaTeX: `$x^2$` in een zin, `$$x^2$$` op een eigen regel. Wat
hieronder staat, kan; wat er niet staat, meldt `check` met zijn naam (D340). Eigen opdrachten (`\\newcommand`) kunnen
niet. Een formule heeft hoogstens {MAX_LENGTH} tekens en {MAX_DEPTH} niveaus.
"""

ROLES = {
    Role.LETTER: "Letters",
    Role.OPERATOR: "Bewerkingen",
    Role.RELATION: "Relaties en pijlen",
    Role.LARGE: "Grote tekens",
    Role.INTEGRAL: "Integralen",
    Role.OPENING: "Haakjes openen",
    Role.CLOSING: "Haakjes sluiten",
    Role.FENCE: "Strepen",
    Role.FUNCTION: "Functies",
    Role.LIMIT: "Functies met grenzen",
    Role.PLAIN: "Andere tekens",
    Role.PUNCTUATION: "Leestekens",
}


def formulas_page() -> str:
    """The page of what formulas can have: a list of commands for each kind of sign, then those that take something."""
    parts = [FORMULAS.rstrip()]
    for role, title in ROLES.items():
        signs = {name: sign for name, (of, sign) in SYMBOLS.items() if of is role}
        parts += [f"## {title}", ", ".join(_command(name, sign) for name, sign in signs.items())]
    taking = {
        "Breuken en wortels": (*sorted(FRACTIONS), *sorted(BINOMIALS), "sqrt"),
        "Boven en onder een deel": (*ACCENTS, *UNDERS, *sorted(STACKS), *ARROWS, "substack"),
        "Lettersoorten en woorden": (*FACES, *sorted(TEXTS), "operatorname"),
        "Haakjes die meegroeien": ("left", "middle", "right", *sorted(SIZES)),
        "Ruimte": tuple(SPACES),
        "Met of zonder de ruimte van een eigen regel": ("displaystyle", "textstyle"),
        "Zonder gevolg": tuple(sorted(STYLES)),
        "Overige": ("not", "phantom", "pmod", "mod", "pod"),
    }
    for title, names in taking.items():
        parts += [f"## {title}", ", ".join(f"`\\{name}`" for name in names)]
    parts += ["## Omgevingen (`\\begin{…}` … `\\end{…}`)", ", ".join(f"`{name}`" for name in ENVIRONMENTS)]
    return "\n\n".join(parts) + "\n"


def _command(name: str, sign: str) -> str:
    shown = "" if sign == name or len(sign) > 1 else f" {sign}"
    return f"`\\{name}`{shown}" if shown.strip() not in ("|", "_", "*", "<", "[", "]") else f"`\\{name}`"


def main() -> None:
    (HERE / "formules.md").write_text(formulas_page(), encoding="utf-8")
    for language in Language:
        (HERE / f"problems.{language.value}.md").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
