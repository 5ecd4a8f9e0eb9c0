"""Every key of dossier.yaml and infographic.yaml has an effect: its value reaches a reader, or changes what comes out.

One dossier has a word of its own in each key that takes text; that word must stand in a built file. What takes no
text of its own is in CHANGES: a change to the good dossier, of which the result must differ. A key that is added to
core/spec.py without an effect fails here.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
import shutil
import types
import typing
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import MINIMAL, use_two_fonts

from dossierbuild.core import spec
from dossierbuild.core.model import BuildOptions
from dossierbuild.pipeline import build
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Run, local_scheduler

Key = tuple[str, str]
"""A type of core/spec.py and one of its fields."""

TYPES = {name: kind for name, kind in vars(spec).items() if dataclasses.is_dataclass(kind)}
KEYS = [(name, field.name) for name, kind in TYPES.items() for field in dataclasses.fields(kind)]

# A change to the good dossier: the file, the path of the value, and what is put there. None takes the key away.
Change = tuple[str, tuple[str | int, ...], Any]

_DOSSIER, _PANELS = "dossier.yaml", "infographic.yaml"
_KINDS = ("contrast", "groups", "levels", "elements", "points", "numbers", "chart")
CHANGES: dict[Key, Change] = {
    ("Author", "organisation"): (_DOSSIER, ("authors", 0, "organisation"), True),
    ("CitationSettings", "style"): (_DOSSIER, ("citations", "style"), "ieee"),
    ("CitationSettings", "order"): (_DOSSIER, ("citations", "order"), "as-written"),
    ("CitationSettings", "uncited"): (_DOSSIER, ("citations", "uncited"), "allow"),
    ("CitationSettings", "short_names"): (_DOSSIER, ("citations", "short_names"), "always"),
    ("InfographicPlan", "short_names"): (_DOSSIER, ("publications", 2, "short_names"), "always"),
    ("Publisher", "short"): (_DOSSIER, ("publisher",), {"name": "Instituut voor Feesten", "short": "LFB"}),
    ("Contributor", "short"): (_DOSSIER, ("contributors", 0, "short"), "LFB"),
    ("Funder", "short"): (_DOSSIER, ("funders", 0, "short"), "LFB"),
    ("Ignore", "code"): (_DOSSIER, ("ignore", 0, "code"), "D205"),
    ("Ignore", "at"): (_DOSSIER, ("ignore", 0, "at"), "references.yaml#bakker2021a"),
    ("Ignore", "reason"): (_DOSSIER, ("ignore", 0, "reason"), " "),
    ("FullPlan", "isbn"): (_DOSSIER, ("publications", 0, "isbn"), {"pdf": "978-90-468-0992-1"}),
    ("SummaryPlan", "isbn"): (_DOSSIER, ("publications", 1, "isbn"), {"epub": "978-90-468-0992-1"}),
    ("InfographicPlan", "isbn"): (_DOSSIER, ("publications", 2, "isbn"), {"pdf": "978-90-468-0992-1"}),
    ("Manifest", "publisher"): (_DOSSIER, ("publisher",), {"name": "Instituut voor Feesten", "place": "Zwolle"}),
    ("Manifest", "series"): (_DOSSIER, ("series",), {"title": "Feestreeks"}),
    ("Manifest", "funders"): (_DOSSIER, ("funders",), [{"name": "Taartfonds"}]),
    ("Manifest", "contributors"): (_DOSSIER, ("contributors",), None),
    ("Manifest", "subjects"): (_DOSSIER, ("subjects",), None),
    ("Manifest", "cover"): (_DOSSIER, ("cover",), None),
    ("Contributor", "role"): (_DOSSIER, ("contributors", 0, "role"), "translator"),
    ("Contributor", "organisation"): (_DOSSIER, ("contributors", 0, "organisation"), True),
    ("Subject", "scheme"): (_DOSSIER, ("subjects", 0, "scheme"), "thema"),
    ("Cover", "picture"): (_DOSSIER, ("cover", "picture"), "figures/taart.png"),
    ("FullPlan", "kind"): (_DOSSIER, ("publications", 0), {"id": "dossier", "kind": "summary"}),
    ("FullPlan", "chapters"): (_DOSSIER, ("publications", 0, "chapters"), "chapters/01*.md"),
    # in a web page, which has no pages, only a value that does not fit is seen: see test_report
    ("FullPlan", "front_pages"): (_DOSSIER, ("publications", 0, "front_pages"), "i"),
    ("SummaryPlan", "kind"): (_DOSSIER, ("publications", 1, "kind"), "infographic"),
    ("SummaryPlan", "text"): (_DOSSIER, ("publications", 1, "text"), "chapters/02-slot.md"),
    ("InfographicPlan", "kind"): (_DOSSIER, ("publications", 2), {"id": "infographic", "kind": "full"}),
    ("InfographicPlan", "spec"): (_DOSSIER, ("publications", 2, "spec"), "chapters/01-begin.md"),
    ("Manifest", "slug"): (_DOSSIER, ("slug",), None),
    ("Manifest", "language"): (_DOSSIER, ("language",), "en-GB"),
    ("Manifest", "date"): (_DOSSIER, ("date",), datetime.date(2025, 3, 6)),
    ("Manifest", "authors"): (_DOSSIER, ("authors",), None),
    ("Manifest", "references"): (_DOSSIER, ("references",), "data/gasten.csv"),
    ("Manifest", "citations"): (_DOSSIER, ("citations",), {"style": "ieee"}),
    ("Manifest", "formats"): (_DOSSIER, ("formats",), ["html", "epub"]),
    ("Manifest", "theme"): (_DOSSIER, ("theme",), "waterland"),
    ("Manifest", "publications"): (_DOSSIER, ("publications", 2), None),
    ("Manifest", "ignore"): (_DOSSIER, ("ignore",), None),
    ("TermList", "terms"): ("terms.yaml", (1,), {"term": "samenspraak", "means": "wat niemand noemt"}),
    ("TermEntry", "not_"): ("terms.yaml", (0, "not"), ["vergunning"]),
    ("PanelElement", "icon"): (_PANELS, ("panels", 3, "items", 0, "icon"), "handshake"),
    ("ChartPanel", "data"): (_PANELS, ("panels", 6, "data"), "kosten.csv"),
    ("ChartPanel", "type"): (_PANELS, ("panels", 6, "type"), "bar"),
    ("ChartPanel", "decimal"): (_PANELS, ("panels", 6, "decimal"), ","),
    ("ChartPanel", "thousands"): (_PANELS, ("panels", 6, "thousands"), "."),
    ("Infographic", "panels"): (_PANELS, ("panels", 6), None),
    **{
        (f"{kind.title()}Panel", "kind"): (_PANELS, ("panels", index, "kind"), _KINDS[index - 1])
        for index, kind in enumerate(_KINDS)
    },
    **{
        (f"{kind.title()}Panel", field): (_PANELS, ("panels", index, field), None)
        for index, kind, field in ((0, "contrast", "left"), (0, "contrast", "right"), (1, "groups", "groups"),
                                   (2, "levels", "levels"), (3, "elements", "items"), (5, "numbers", "items"))
    },
    **{
        (f"{kind.title()}Panel", "id"): (_PANELS, ("panels", index, "id"), "anders")
        for index, kind in enumerate(_KINDS[:-1])
    },
}  # fmt: skip

# Values for keys whose text must have a form. Each is of that key alone, in the whole dossier.
FORMED: dict[Key, Any] = {
    ("Author", "orcid"): "0000-0002-1825-0097",
    ("Manifest", "edition"): "7.31",
    ("Manifest", "doi"): "10.5555/manifestdoi",
    ("Manifest", "issn"): "2049-3630",
    ("Publisher", "ror"): "04pp8hn57",
    ("Contributor", "orcid"): "0000-0001-5109-3700",
    ("Contributor", "ror"): "006hf6230",
    ("Funder", "ror"): "05grdyy37",
    ("Subject", "code"): "658",
    ("Isbn", "pdf"): "978-90-468-0992-1",
    ("Isbn", "epub"): "978-90-13-14877-0",
    ("Cover", "focus"): "17% 83%",
    ("Manifest", "id"): "5b0f0e4e-6a8e-4a51-9f0c-3f6d2b1c7a90",
    ("Manifest", "website"): "https://manifestwebsite.invalid/",
    ("InfographicPlan", "short_names"): "first-use",
    ("ChartPanel", "data"): "woorden.csv",
    ("ChartPanel", "type"): "bar",
    ("ChartPanel", "decimal"): ".",
    ("ChartPanel", "thousands"): ",",
    ("PanelElement", "icon"): "table",
}


def word(key: Key) -> str:
    """A word that stands nowhere but in the value of one key; it can be an id, too."""
    return f"{key[0]}{key[1]}woord".lower()


def filled(kind: type[Any]) -> dict[str, Any]:
    """A value of a type of core/spec.py with a word of its own in each key."""
    hints = typing.get_type_hints(kind)
    keys = [(kind.__name__, field.name) for field in dataclasses.fields(kind)]
    return {key[1]: FORMED.get(key) or value_for(hints[key[1]], key) for key in keys if takes_text(hints[key[1]])}


def takes_text(hint: Any) -> bool:
    """Whether a key of this type holds text, or what holds text, or is a fixed word."""
    members = [one for one in typing.get_args(hint) if one not in (type(None), Ellipsis)]
    if dataclasses.is_dataclass(hint) or hint is str:
        return True
    return typing.get_origin(hint) is typing.Literal or any(takes_text(one) for one in members)


def value_for(hint: Any, key: Key) -> Any:
    origin, members = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, types.UnionType) and str not in members:
        (hint,) = (one for one in members if one is not type(None))
    if dataclasses.is_dataclass(hint):
        return filled(typing.cast("type[Any]", hint))
    if origin is typing.Literal:
        return str(members[0])
    if origin is tuple:
        inner = members[0]
        kinds = typing.get_args(inner) if isinstance(inner, types.UnionType) else (inner,)
        return [value_for(one, key) for one in kinds]
    return word(key)


def told(files: dict[str, bytes]) -> str:
    """All that a reader can find in the files of an edition, their names and what is packed in them included."""
    texts = [*files]
    for path, data in files.items():
        if path.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                texts += [book.read(name).decode("utf-8", errors="ignore") for name in book.namelist()]
        elif not path.endswith(".png"):
            texts.append(data.decode("utf-8"))
    return "\n".join(texts).casefold()


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """One run for all builds, so that what does not change is made once."""
    with local_scheduler(2) as scheduler, scheduler.run("test") as shared:
        yield shared


def result(dossier: Path, run: Run) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """What comes of a build: the codes of its problems, and the files, without digests of what they are made from."""
    output = dossier.parent / "output"
    outcome = build(BuildOptions(root=str(dossier), output=str(output)), Path(styles_folder()), run)
    files = {path.name: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    if files:
        del files["SHA256SUMS"]
        files["manifest.json"] = re.sub(rb'"made_from": "\w+",', b"", files["manifest.json"])
    return tuple(one.code for one in outcome.problems), files


def copied(folder: Path) -> Path:
    """A copy of the good dossier with few fonts and one format.

    A chapter cites two works out of order, nothing cites another, publisher and funder wrote one, the infographic cites
    twice one whose author has a short name, and the summary brings in every panel that can have an id.
    """
    dossier = Path(shutil.copytree(MINIMAL, folder / "dossier"))
    use_two_fonts(dossier)
    change(dossier, (_DOSSIER, ("formats",), ["html"]))
    change(dossier, (_DOSSIER, ("contributors",), [{"name": "Anna Vogel", "role": "editor"}]))
    change(dossier, (_DOSSIER, ("funders",), [{"name": "Feestfonds"}]))
    change(dossier, (_PANELS, ("lead",), "Wat helpt bij een feest [@berg2019; @feest-zd]. Zie @feest-zd."))
    change(dossier, (_DOSSIER, ("subjects",), [{"scheme": "nur", "code": "658"}]))
    change(dossier, (_DOSSIER, ("cover",), {"picture": "figures/straat.svg", "alt": "Een straat."}))
    terms = '- {term: taart, means: "iets wat helpt"}\n- {term: vergunning, means: wat de gemeente geeft}\n'
    (dossier / "terms.yaml").write_text(terms, encoding="utf-8")
    works = dossier / "references.yaml"
    idle = '  - {id: bos2020, type: book, author: [{literal: Bos}], issued: "2020", title: Taart}\n  - id: feest-zd'
    listed = works.read_text("utf-8").replace("  - id: feest-zd", idle)
    listed = listed.replace("literal: Landelijk Feestbureau", "{literal: Landelijk Feestbureau, short: Feestbureau}")
    berg = "{family: Berg, given: Karel, non-dropping-particle: van den}"
    listed = listed.replace(berg, "literal: Instituut voor Feesten\n      - literal: Feestfonds")
    works.write_text(listed, encoding="utf-8")
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nZo is het [@berg2019; @bakker2021a].\n", encoding="utf-8")
    summary = dossier / "in-het-kort.md"
    panels = [word((f"{kind.title()}Panel", "id")) for kind in _KINDS[:-1]]
    for index, name in enumerate(panels):
        change(dossier, (_PANELS, ("panels", index, "id"), name))
        summary.write_text(f'{summary.read_text("utf-8")}\n::: {{.panel from="{name}"}}\n:::\n', encoding="utf-8")
    return dossier


def change(dossier: Path, made: Change) -> None:
    """Change one value of a file; None takes it away."""
    name, path, value = made
    whole = yaml.safe_load((dossier / name).read_text("utf-8"))
    here = whole
    for step in path[:-1]:
        here = here[step]
    if value is None:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    (dossier / name).write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory, run: Run) -> tuple[tuple[str, ...], dict[str, bytes]]:
    codes, files = result(copied(tmp_path_factory.mktemp("unchanged")), run)
    assert codes == ("D203",)
    return codes, files


@pytest.fixture(scope="module")
def published_words(tmp_path_factory: pytest.TempPathFactory, run: Run) -> str:
    """All that can be read in the edition of a dossier in which each key has its own word."""
    dossier = copied(tmp_path_factory.mktemp("words"))
    whole = yaml.safe_load((dossier / _DOSSIER).read_text("utf-8"))
    manifest, panels = filled(spec.Manifest), filled(spec.Infographic)
    author = {name: value for name, value in manifest["authors"][0].items() if name not in ("literal", "short")}
    manifest |= {name: whole[name] for name in ("slug", "language", "date", "references", "citations", "ignore")}
    manifest["authors"] = [author, {name: word(("Author", name)) for name in ("literal", "short")}]
    known = manifest["contributors"][0]
    manifest["contributors"] = [
        {"role": "editor", **{key: value for key, value in known.items() if key not in left_out}}
        for left_out in (("orcid",), ("ror", "short"))
    ]
    manifest["publisher"] = filled(spec.Publisher)
    manifest["subjects"] = [{"scheme": "nur", **manifest["subjects"][0]}]
    manifest["cover"]["picture"] = "figures/straat.svg"
    manifest["formats"] = ["html", "epub"]
    del manifest["theme"]
    files = ({"chapters": "chapters/*.md"}, {"text": "in-het-kort.md"}, {"spec": _PANELS})
    manifest["publications"][1:] = [
        {key: value for key, value in plan.items() if key != "isbn"} for plan in manifest["publications"][1:]
    ]
    own = [plan | file for plan, file in zip(manifest["publications"], files, strict=True)]
    # Titles of the dossier and of the panels stand where a publication has none of its own.
    manifest["publications"] = [*own, {"id": "kaal", "kind": "full"}, {"id": "blad", "kind": "infographic"}]
    (dossier / _DOSSIER).write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    (dossier / _PANELS).write_text(yaml.safe_dump(panels, allow_unicode=True), encoding="utf-8")
    entry = {name: value for name, value in filled(spec.TermEntry).items() if name != "not_"}
    (dossier / "terms.yaml").write_text(yaml.safe_dump([entry]), encoding="utf-8")
    said = [word(("TermEntry", name)) for name in ("term", "abbr", "forms")]
    chapter = dossier / "chapters" / "02-slot.md"
    lists = "\n::: glossary\n:::\n\n::: abbreviations\n:::\n"
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{' '.join(said)}\n{lists}", encoding="utf-8")
    columns = (word(("ChartPanel", "x")), word(("ChartPanel", "y")))
    (dossier / "data" / "woorden.csv").write_text(f"{','.join(columns)}\na,1\nb,2\n", encoding="utf-8")
    codes, found = result(dossier, run)
    assert codes == ("D203",)
    return told(found)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in CHANGES], ids=".".join)
def test_what_is_written_in_a_key_reaches_a_reader(key: Key, published_words: str) -> None:
    assert str(FORMED.get(key, word(key))) in published_words


@pytest.mark.parametrize("key", CHANGES, ids=".".join)
def test_a_key_changes_what_comes_out(
    key: Key, tmp_path: Path, unchanged: tuple[tuple[str, ...], dict[str, bytes]], run: Run
) -> None:
    assert key in KEYS
    dossier = copied(tmp_path)
    change(dossier, CHANGES[key])
    assert result(dossier, run) != unchanged
