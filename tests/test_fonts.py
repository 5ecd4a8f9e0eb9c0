"""Fonts: those that come with the project, and the smaller ones that pages carry inside."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from fontTools.ttLib import TTFont

from dossierbuild.core.characters import is_drawn
from dossierbuild.tools.fonts import characters_in, subset_font

FOLDER = Path(__file__).resolve().parent.parent / "styles" / "fonts"
LISTED = yaml.safe_load((FOLDER / "fonts.yaml").read_text("utf-8"))
FACES = [face for face in LISTED if "behind" not in face]
FALLBACKS = [face for face in LISTED if face.get("behind", "formulas") != "formulas"]
TEXT = "Samenlevingsopbouw: één op de vijf, ‘wat werkt’ …"

LATIN = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)]))
SIGNS = "‘’“”‚„–—…€≠≤≥×−·•→←↩²³½‰✓\u00a0\u2009\u202f\u2011"
NAMES = "ŞşȘșȚțẞNguyễn Łódź Ātman"


@pytest.fixture(params=[face["file"] for face in FACES])
def data(request: pytest.FixtureRequest) -> bytes:
    return (FOLDER / str(request.param)).read_bytes()


def read(data: bytes) -> TTFont:
    return TTFont(BytesIO(data))


@pytest.mark.parametrize("face", LISTED, ids=[face["file"] for face in LISTED])
def test_each_font_is_what_the_list_says(face: dict[str, str | int]) -> None:
    font = read((FOLDER / str(face["file"])).read_bytes())
    assert font["name"].getBestFamilyName() == face["family"]
    assert font["OS/2"].usWeightClass == face["weight"]
    assert bool(font["head"].macStyle & 2) == (face["style"] == "italic")


def test_the_list_names_every_font_file() -> None:
    assert {face["file"] for face in LISTED} == {path.name for path in FOLDER.glob("*.ttf")}


def test_fonts_have_the_characters_of_dutch_text_and_of_names(data: bytes) -> None:
    font = read(data)
    wanted = {*map(ord, LATIN + SIGNS + NAMES)} - ({ord("↩")} if font["post"].isFixedPitch else set())
    assert wanted <= font.getBestCmap().keys()


def test_each_letter_of_code_is_as_wide_as_any_other() -> None:
    mono = [face["file"] for face in FACES if read((FOLDER / face["file"]).read_bytes())["post"].isFixedPitch]
    widths = [
        {width for width, _ in read((FOLDER / name).read_bytes())["hmtx"].metrics.values() if width} for name in mono
    ]
    assert mono
    assert widths == [{600}] * len(mono)


# Names and words as they come in Dutch texts, by the script that they are in.
WRITTEN = {
    "Latin": "ƏəƆɔȦȧꞒḂ ǺǻĠġŊŋ Ḥasan Ṭāhā Ǫǫ",
    "phonetic": "ɣrɔnɪŋə ʃəˈʁɛ ɑːʒθðɲɬ",
    "Greek": "Αθήνα ήταν Ἑλλάς ὦ ᾧ Ῥόδος",
    "Cyrillic": "Київ Шевченко Ґґ Ӏ Ўў Ћћ Ѓѓ Ққ Өө Ѣ",
    "Arabic": "محمد الأمين پژوهش گچ ٹھیک ڈ ۴۵۶ ١٢٣ ؟ ، ﷺ مُحَمَّد",
    "Hebrew": "שָׁלוֹם עֲלֵיכֶם ״׳־",
    "signs": "→⇒↦⟶➜↔≥≤×½⅓∑∫∞√∈ℝ𝑥✓✔✗☐☑•★☎⚠①℃№☺♀♂♪†‡§¶©™■□▲●◆┌─┐█░",
    "emoji": "🙂👍🏽👨👩👧🇳🇱🎉❤🔥🚲🌍🧀🫶",
}


@pytest.mark.parametrize("script", WRITTEN)
def test_the_fonts_have_what_is_written_in_a_script(script: str) -> None:
    shown = frozenset().union(*(characters_in((FOLDER / face["file"]).read_bytes()) for face in LISTED))
    assert {letter for letter in WRITTEN[script] if is_drawn(letter)} <= shown


def test_the_font_of_formulas_has_its_table_and_carries_its_licence() -> None:
    (face,) = (face for face in LISTED if face.get("behind") == "formulas")
    font = read((FOLDER / face["file"]).read_bytes())
    assert "MATH" in font
    assert "Open Font License" in str(font["name"].getName(13, 3, 1))
    assert "STIX" in (FOLDER / "OFL-STIX.txt").read_text("utf-8")


@pytest.mark.parametrize("face", FALLBACKS, ids=[face["file"] for face in FALLBACKS])
def test_a_fallback_can_stand_in_a_text_and_carries_its_licence(face: dict[str, str]) -> None:
    font = read((FOLDER / face["file"]).read_bytes())
    assert 0x20 in font.getBestCmap()  # the space within a run of words is the font's own
    assert not {*map(ord, "aA1")} & font.getBestCmap().keys()  # which the families that it stands behind have
    assert "Open Font License" in str(font["name"].getName(13, 3, 1))
    assert "Source" not in str(font["name"].getName(1, 3, 1))


def test_fonts_are_small_and_carry_their_licence(data: bytes) -> None:
    names = {record.nameID: str(record) for record in read(data)["name"].names}
    assert len(data) < 150_000
    assert "Open Font License" in names[13]
    assert "Adobe" in names[0]
    assert "Source" not in names[1] + names[4] + names[6]  # a reserved name: a changed font must not have it


def test_a_subset_has_the_asked_characters_only(data: bytes) -> None:
    small = subset_font(data, TEXT)
    assert small[:4] == b"wOF2"
    assert {chr(code) for code in read(small).getBestCmap()} == set(TEXT)
    assert len(small) < len(data) / 3


def test_a_subset_keeps_licence_metrics_and_layout(data: bytes) -> None:
    whole, small = read(data), read(subset_font(data, TEXT))
    for number in (0, 1, 13):
        assert str(small["name"].getName(number, 3, 1)) == str(whole["name"].getName(number, 3, 1))
    for letter in "Saé":
        advance = small["hmtx"][small.getBestCmap()[ord(letter)]]
        assert advance == whole["hmtx"][whole.getBestCmap()[ord(letter)]]
    features = {record.FeatureTag for record in small["GPOS"].table.FeatureList.FeatureRecord}
    assert whole["post"].isFixedPitch or "kern" in features


def test_a_subset_passes_over_what_the_font_lacks(data: bytes) -> None:
    assert set(read(subset_font(data, "a漢")).getBestCmap()) == {ord("a")}


def test_a_subset_has_the_same_bytes_in_any_process() -> None:
    path = FOLDER / FACES[0]["file"]
    program = (
        "import sys, hashlib; from pathlib import Path; from dossierbuild.tools.fonts import subset_font;"
        "print(hashlib.sha256(subset_font(Path(sys.argv[1]).read_bytes(), frozenset(sys.argv[2]))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(path), TEXT],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1
    assert subset_font(path.read_bytes(), TEXT) == subset_font(path.read_bytes(), frozenset(TEXT))
