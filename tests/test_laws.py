"""The laws: the same sources give the same bytes, a work has one label, files need nothing from elsewhere, and a
published edition is whole whatever happens. Each is proved on built files, read with the test's own eyes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from command import MINIMAL, environment, run
from lxml import html

PUBLICATIONS = ("dossier", "in-het-kort", "infographic")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- the same bytes ------------------------------------------------------------------------------------------------

WORLDS = {
    "far away, one process, all anew": (
        ("--jobs", "1", "--fresh"),
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"},
        0o077,
    ),
    "another cache, two processes": (
        ("--jobs", "2"),
        {"TZ": "America/Anchorage", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
        0o002,
    ),
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_same_sources_give_the_same_bytes(world: str, edition: Path, tmp_path: Path) -> None:
    options, variables, umask = WORLDS[world]
    folder = tmp_path / "een heel ander pad" / "é"
    folder.parent.mkdir()
    shutil.copytree(MINIMAL, folder)
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    variables = {**variables, "DOSSIERBUILD_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    before = os.umask(umask)
    try:
        done = run("build", folder, "--output", tmp_path / "uit", *options, cwd=tmp_path, env=variables)
    finally:
        os.umask(before)
    assert done.code == 0, done.err
    assert digests(tmp_path / "uit" / "buurtfeesten") == digests(edition)


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files_in(folder).items()}


# --- the set is complete and says what it is -----------------------------------------------------------------------


def test_the_edition_is_what_the_contract_says(edition: Path) -> None:
    nine = {f"buurtfeesten-{name}.{form}" for name in PUBLICATIONS for form in ("pdf", "html", "epub")}
    others = {"index.html", "buurtfeesten-infographic.png", "manifest.json", "SHA256SUMS"}
    assert files_in(edition).keys() >= nine | others
    signs = {"pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "epub": b"PK\x03\x04", "png": b"\x89PNG\r\n\x1a\n"}
    for name in nine | {"buurtfeesten-infographic.png"}:
        assert (edition / name).read_bytes().startswith(signs[name.rpartition(".")[2]])


def test_the_checksums_pass(edition: Path) -> None:
    lines = [line.split("  ", 1) for line in (edition / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: digest for name, digest in digests(edition).items() if name != "SHA256SUMS"
    }


def test_the_manifest_has_the_fields_of_the_contract(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text("utf-8"))
    stated = {name: manifest[name] for name in ("dossier", "title", "edition", "date", "language")}
    assert stated == {
        "dossier": "buurtfeesten",
        "title": "Wat werkt bij buurtfeesten?",
        "edition": "2.1",
        "date": "2025-03-05",
        "language": "nl-NL",
    }
    assert {"dossierbuild", "pandoc", "weasyprint"} <= manifest["generator"].keys()
    media = {"pdf": "application/pdf", "html": "text/html", "epub": "application/epub+zip", "png": "image/png"}
    for one in manifest["files"]:
        data = (edition / one["path"]).read_bytes()
        assert one["publication"] in PUBLICATIONS
        assert one["media_type"] == media[one["format"]]
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        if one["format"] == "pdf":
            assert one["pages"] == len(pypdfium2.PdfDocument(data))
    assert len([one for one in manifest["files"] if one["format"] != "png"]) == 9
    label = manifest["citations"]["bakker2021a"]
    assert label["parenthetical"] == "(Bakker & Visser, 2021a)"
    assert label["narrative"] == "Bakker en Visser (2021a)"
    assert label["publications"] == ["dossier", "infographic"]


def test_no_other_date_than_that_of_the_edition_stands_in_any_file(edition: Path) -> None:
    """The file's own metadata: dates that tell when it was made would differ from day to day."""
    for name, data in files_in(edition).items():
        if name.endswith(".epub"):
            with zipfile.ZipFile(edition / name) as book:
                assert {one.date_time[:3] for one in book.infolist()} <= {(2025, 3, 5), (1980, 1, 1)}
                package = next(book.read(one) for one in book.namelist() if one.endswith(".opf"))
            assert set(re.findall(rb"\d{4}-\d{2}-\d{2}", package)) == {b"2025-03-05"}
        if name.endswith(".pdf"):
            assert set(re.findall(rb"D:(\d{8})", data)) <= {b"20250305"}
            assert set(re.findall(rb"<xmp:\w+Date>(\d{4}-\d{2}-\d{2})", data)) <= {b"2025-03-05"}


# --- one label for a work ------------------------------------------------------------------------------------------


def texts(edition: Path, name: str) -> Iterator[tuple[str, str]]:
    """The text of a publication in each of its formats, white space as single spaces."""
    page: Any = html.document_fromstring((edition / f"{name}.html").read_bytes())
    yield "html", " ".join(page.text_content().split())
    with zipfile.ZipFile(edition / f"{name}.epub") as book:
        parts = [book.read(one) for one in sorted(book.namelist()) if one.endswith(".xhtml")]
    yield "epub", " ".join(" ".join("".join(ElementTree.fromstring(one).itertext()) for one in parts).split())
    document = pypdfium2.PdfDocument(edition / f"{name}.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    # A hyphen at the end of a line is U+FFFE in what PDFium tells.
    yield "pdf", " ".join(re.sub("\ufffe\\s*|\u00ad", "", " ".join(pages)).split())


def label_of(edition: Path, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((edition / "manifest.json").read_text("utf-8"))["citations"][key]
    return found


@pytest.mark.parametrize("key", ["berg2019", "bakker2021a", "bakker2021b", "feest-zd", "onbekend2011"])
def test_a_work_has_the_same_label_in_every_file(key: str, edition: Path) -> None:
    """Two works of one year and the same authors are the hard case: a and b must not depend on what else is cited."""
    label = label_of(edition, key)
    name = label["parenthetical"].strip("()")
    years = re.sub(r".*?(\d{4}[a-z]?|z\.d\.)$", r"\1", name)
    authors = name.removesuffix(years).rstrip(", ")
    seen = set()
    for publication in label["publications"]:
        for form, text in texts(edition, f"buurtfeesten-{publication}"):
            # The authors with their year, in parentheses or in a sentence, wherever this work is cited.
            forms = rf"{re.escape(authors)}, ({re.escape(years)}|\d{{4}}[a-z]?)"
            found = set(re.findall(forms, text)) - others(edition, key, authors)
            assert years in found or label["narrative"] in text, (publication, form)
            seen |= found
    assert seen <= {years}


def others(edition: Path, key: str, authors: str) -> set[str]:
    """The years of other works of the same authors."""
    labels = json.loads((edition / "manifest.json").read_text("utf-8"))["citations"]
    names = [one["parenthetical"].strip("()") for other, one in labels.items() if other != key]
    return {name.removeprefix(authors).lstrip(", ") for name in names if name.startswith(f"{authors},")}


def test_each_publication_lists_exactly_what_it_cites(edition: Path) -> None:
    labels = json.loads((edition / "manifest.json").read_text("utf-8"))["citations"]
    for publication in PUBLICATIONS:
        page: Any = html.document_fromstring((edition / f"buurtfeesten-{publication}.html").read_bytes())
        listed = {one.get("id").removeprefix("ref-") for one in page.xpath('//*[starts-with(@id, "ref-")]')}
        assert listed == {key for key, one in labels.items() if publication in one["publications"]}


# --- a picture is told in words ------------------------------------------------------------------------------------


def test_the_page_says_what_the_picture_of_the_infographic_says(edition: Path) -> None:
    infographic: Any = html.document_fromstring((edition / "buurtfeesten-infographic.html").read_bytes())
    page: Any = html.document_fromstring((edition / "index.html").read_bytes())
    (told,) = page.xpath('//*[@class="picture-text-body"]')
    (panels,) = infographic.xpath('//*[@id="panels"]')
    alternatives = panels.xpath(".//*[local-name()='svg']/*[local-name()='title']/text()")
    assert alternatives
    for drawing in panels.xpath(".//*[local-name()='svg'] | .//*[@class='data-link']"):
        drawing.drop_tree()
    words = " ".join(told.text_content().split())
    for alternative in alternatives:
        assert alternative in words
        words = words.replace(alternative, "", 1)
    assert words.split() == panels.text_content().split()
    assert told.xpath(".//img | .//@id | .//a[starts-with(@href, '#')]") == []


# --- nothing from elsewhere ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["index.html", *(f"buurtfeesten-{one}.html" for one in PUBLICATIONS)])
def test_a_page_runs_nothing_and_requests_nothing(name: str, edition: Path) -> None:
    page: Any = html.document_fromstring((edition / name).read_bytes())
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*|unsafe-eval|script-src", policy)
    assert {one.get("type") for one in page.iter("script")} <= {"application/ld+json"}
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    for element in page.xpath("//*[@src or @srcset or @poster or @data]"):
        for attribute in ("src", "srcset", "poster", "data"):
            address = element.get(attribute, "data:")
            assert address.startswith("data:") or (edition / address.split()[0]).is_file()
    assert page.xpath('//link[@href][not(contains("alternate license", @rel))]') == []
    for sheet in [*page.xpath("//style/text()"), *page.xpath("//@style")]:
        assert "@import" not in sheet
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]*)", sheet)
        assert [one for one in addresses if not one.startswith(("data:", "#"))] == []
    assert page.xpath("//iframe | //object | //embed | //base | //form") == []


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_a_book_requests_nothing(publication: str, edition: Path) -> None:
    with zipfile.ZipFile(edition / f"buurtfeesten-{publication}.epub") as book:
        names = set(book.namelist())
        for name in names:
            data = book.read(name)
            if name.endswith((".xhtml", ".svg")):
                root = ElementTree.fromstring(data)
                for element in root.iter():
                    tag = element.tag.rpartition("}")[2]
                    assert tag not in ("script", "iframe", "object", "embed", "base")
                    for attribute, value in element.attrib.items():
                        local = attribute.rpartition("}")[2]
                        assert not local.startswith("on")
                        if local == "src" or (local == "href" and tag != "a"):
                            assert not re.match(r"[a-z][a-z0-9+.-]*:|//", value), value
            if name.endswith((".css", ".xhtml")):
                assert b"@import" not in data
                addresses = re.findall(r"url\(\s*[\"']?([^\"')]*)", data.decode("utf-8"))
                assert [one for one in addresses if re.match(r"(?!data:)[a-z]+:|//", one)] == []


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_a_pdf_runs_nothing_and_carries_its_fonts(publication: str, edition: Path) -> None:
    import pikepdf

    with pikepdf.open(edition / f"buurtfeesten-{publication}.pdf") as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/AA" not in pdf.Root
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                assert item.get("/S") not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR")
                if item.get("/Type") == "/FontDescriptor":
                    assert any(name in item for name in ("/FontFile", "/FontFile2", "/FontFile3"))
                if item.get("/Type") == "/Filespec":
                    assert "/EF" in item


# --- whole after a kill --------------------------------------------------------------------------------------------


def is_whole(folder: Path) -> bool:
    """Every file of the checksums is there with the sum that it should have, and no other file is."""
    if not folder.exists():
        return True
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    return sums == {name: digest for name, digest in digests(folder).items() if name != "SHA256SUMS"}


def signs_of(output: Path, count: int) -> bool:
    """Whether a running build has come so far that `count` files stand in its folder beside the published one."""
    with contextlib.suppress(OSError):
        return any(len(list(one.iterdir())) >= count for one in output.glob(".dossierbuild-*"))
    return False


def killed_when(arguments: list[str], output: Path, count: int, cache: Path) -> None:
    """Start a build and kill it as soon as so many files stand in its folder."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dossierbuild", *arguments],
        env=environment({"DOSSIERBUILD_CACHE": str(cache)}), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    kill_when(process, lambda: signs_of(output, count))


def kill_when(process: subprocess.Popen[bytes], is_time: Callable[[], bool]) -> None:
    """Kill a process and all that it started as soon as it is time; it may be done before that."""
    while process.poll() is None and not is_time():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.001)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_build_leaves_the_old_edition_or_the_new_one(seed: int, edition: Path, tmp_path: Path) -> None:
    """Killed while its files are being written, from the first to the last one, and while they change places."""
    output = tmp_path / "output"
    folder = Path(shutil.copytree(edition, output / "buurtfeesten"))
    dossier = Path(shutil.copytree(MINIMAL, tmp_path / "dossier"))
    manifest = dossier / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace('edition: "2.1"', 'edition: "2.2"'), encoding="utf-8")
    arguments = ["build", str(dossier), "--output", str(output), "--format", "html"]
    cache = Path(os.environ["DOSSIERBUILD_CACHE"])
    moments = [1, 4, 8, 12, len(files_in(edition)), len(files_in(edition))]
    killed_when(arguments, output, moments[seed] if seed < 5 else random.Random(seed).randint(1, 13), cache)
    assert is_whole(folder)
    assert (folder / "SHA256SUMS").exists()
    stated = json.loads((folder / "manifest.json").read_text("utf-8"))["edition"]
    if stated == "2.1":
        assert digests(folder) == digests(edition)
    else:
        assert stated == "2.2"
    done = run(*arguments)
    assert done.code == 0, done.err
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["edition"] == "2.2"
    assert is_whole(folder)
    assert [path.name for path in output.iterdir() if path.name.startswith(".dossierbuild-")] == []


def test_a_build_that_is_killed_at_its_work_leaves_nothing_published(plain: Path, tmp_path: Path) -> None:
    """Killed in the middle of the work, when the first results are in the cache: the next build goes on from there."""
    output, cache = tmp_path / "output", tmp_path / "cache"
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dossierbuild", "build", plain, "--output", output, "--format", "html"],
        env=environment({"DOSSIERBUILD_CACHE": str(cache)}), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    kill_when(process, lambda: len(list(cache.glob("*/*"))) >= 12)
    assert not (output / "buurtfeesten").exists()
    done = run("build", plain, "--output", output, "--format", "html", env={"DOSSIERBUILD_CACHE": str(cache)})
    assert done.code == 0, done.err
    assert is_whole(output / "buurtfeesten")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for the temporary files of builds; workers speak through a socket in it, whose path has 107 bytes."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_what_a_killed_build_left_in_temporary_files_goes_with_the_next(
    plain: Path, tmp_path: Path, temporary: Path
) -> None:
    surroundings = {"DOSSIERBUILD_CACHE": str(tmp_path / "cache"), "TMPDIR": str(temporary)}
    arguments = ["build", str(plain), "--output", str(tmp_path / "uit"), "--format", "html"]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dossierbuild", *arguments], env=environment(surroundings), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    kill_when(process, lambda: bool(list(temporary.glob("*/*/*"))))
    assert [one for one in temporary.rglob("*") if one.is_file()]
    done = run(*arguments, env=surroundings)
    assert done.code == 0, done.err
    assert [one for one in temporary.rglob("*") if one.is_file()] == []  # Python's own socket is none


def test_a_step_that_cannot_write_is_told_and_not_blamed_on_the_text(plain: Path, tmp_path: Path) -> None:
    """No file may become larger than 8 kB: temporary files of pandoc and of the layout end before they are whole."""
    command = f"ulimit -f 8; exec '{sys.executable}' -P -m dossierbuild build '{plain}' --output '{tmp_path / 'uit'}'"
    surroundings = environment({"DOSSIERBUILD_CACHE": str(tmp_path / "cache")})
    # A process that measures its coverage could not write that down either.
    unmeasured = {name: value for name, value in surroundings.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        ["bash", "-c", command], env=unmeasured, capture_output=True, check=False, encoding="utf-8"
    )  # fmt: skip
    assert done.returncode == 5, done.stderr
    assert " D605: " in done.stderr
    assert "dossierbuild-work" not in done.stderr  # a folder that is gone by now
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "uit" / "buurtfeesten").exists()


@pytest.mark.parametrize("command", ["cite", "tidy"])
def test_a_command_that_has_no_room_to_work_says_so(command: str, plain: Path, tmp_path: Path) -> None:
    """No file may have a byte: neither temporary files nor the locks of processes, which the system keeps as files."""
    text = plain / "chapters" / "02-slot.md"
    started = f"ulimit -f 0; exec '{sys.executable}' -P -m dossierbuild {command} '{text}' --language en"
    surroundings = environment({"DOSSIERBUILD_CACHE": str(tmp_path / "cache")})
    unmeasured = {name: value for name, value in surroundings.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(["bash", "-c", started], env=unmeasured, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 5, done.stderr
    assert "cannot be written to: there is no room for temporary files anywhere" in done.stderr


def test_a_build_leaves_no_temporary_files(plain: Path, tmp_path: Path, temporary: Path) -> None:
    """The layout engine has its fonts in a folder that goes with their document: a megabyte for each chapter."""
    surroundings = {"DOSSIERBUILD_CACHE": str(tmp_path / "cache"), "TMPDIR": str(temporary)}
    done = run("build", plain, "--output", tmp_path / "uit", env=surroundings)
    assert done.code == 0, done.err
    assert list(temporary.iterdir()) == []


def test_two_dossiers_can_be_built_at_once_into_one_folder(tmp_path: Path) -> None:
    """A build takes away what an earlier one of its own dossier left, and nothing of another that is at work."""
    output = tmp_path / "output"
    left = [output / name for name in (".dossierbuild-buurtfeesten.oud", ".dossierbuild-buurtfeesten-2.nieuw")]
    for folder in left:
        folder.mkdir(parents=True)
    assert run("build", MINIMAL, "--output", output, "--format", "html").code == 0
    assert [folder.exists() for folder in left] == [False, True]


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    output = tmp_path / "output"
    dossiers = []
    for number in ("3.1", "3.2"):
        dossier = Path(shutil.copytree(MINIMAL, tmp_path / number))
        manifest = dossier / "dossier.yaml"
        manifest.write_text(manifest.read_text("utf-8").replace('edition: "2.1"', f'edition: "{number}"'), "utf-8")
        dossiers.append(dossier)
    processes = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", "dossierbuild", "build", one, "--output", output, "--format", "html"],
            env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for one in dossiers
    ]  # fmt: skip
    assert [process.wait() for process in processes] == [0, 0]
    assert is_whole(output / "buurtfeesten")
    edition = json.loads((output / "buurtfeesten" / "manifest.json").read_text("utf-8"))["edition"]
    page = (output / "buurtfeesten" / "buurtfeesten-dossier.html").read_text("utf-8")
    assert edition in page
