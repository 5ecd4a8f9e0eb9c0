"""`dossierbuild source`: a number becomes an entry, from answers that are served on this machine."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from answers import serving
from command import Run, run

from dossierbuild.core.model import SourceFile
from dossierbuild.stages.consult.lists import appended
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.web import WebError, WebFault, fetch, is_server

pytestmark = pytest.mark.built


def ask(number: str, dossier: Path, *more: str) -> Run:
    with serving() as server:
        return run("source", number, "--dossier", dossier, "--server", server, *more)


@pytest.mark.parametrize(
    ("number", "key", "expected"),
    [
        ("https://doi.org/10.5555/buurt.1", "meer2021", {"type": "article-journal", "page": "10-25", "language": "en"}),
        ("ISBN 978-90-13-14877-0", "meer2019", {"type": "book", "title": "Feesten: een gids", "publisher": "Noord"}),
        ("pmid:1234567", "boer2018", {"page": "123-130", "DOI": "10.5555/gezond", "title": "Feasts and health"}),
    ],
)
def test_a_number_becomes_an_entry_behind_what_stands_there(
    number: str, key: str, expected: dict[str, str], dossier: Path
) -> None:
    path = dossier / "references.yaml"
    before = b"# onze lijst\n" + path.read_bytes()
    path.write_bytes(before)
    shown = ask(number, dossier)
    assert (shown.code, path.read_bytes()) == (0, before)
    assert f"+  - id: {key}" in shown.out
    assert ask(number, dossier, "--write").code == 0
    assert path.read_bytes().startswith(before)
    works = parse_references(SourceFile("references.yaml", path.read_bytes(), "")).value or ()
    item = works[-1].work.csl()
    assert works[-1].key == key
    assert {field: item[field] for field in expected} == expected
    assert item["author"][0]["non-dropping-particle"] in ("van der", "de")
    written = path.read_bytes()
    again = ask(number, dossier, "--write")
    assert (again.code, path.read_bytes()) == (3, written)
    assert "D227" in again.err


def test_what_was_given_is_kept_and_what_is_not_sure_is_told(dossier: Path) -> None:
    shown = ask("10.5555/buurt.1", dossier)
    assert "How Neighbours Share Their Table" in shown.out
    assert "literal: Raad voor Feesten" in shown.out.replace('"', "")
    assert shown.err.count("D844") == 2


@pytest.mark.parametrize(("number", "words"), [("10.5555/elders", "onveilig"), ("10.5555/bestand", "weigert")])
def test_no_answer_leads_to_a_place_that_is_not_public(number: str, words: str, dossier: Path) -> None:
    ended = ask(number, dossier)
    assert ended.code == 5
    assert "D839" in ended.err
    assert words in ended.err


def test_only_https_or_this_machine_may_be_asked() -> None:
    assert all(map(is_server, ("https://spiegel.example", "http://127.0.0.1:80", "http://localhost:8000")))
    assert not any(map(is_server, ("http://spiegel.example", "file:///etc/passwd", "http://10.0.0.1", "https://", "x")))


def test_a_name_that_leads_elsewhere_once_it_is_asked_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answers = iter([("8.8.8.8", 443), ("127.0.0.1", port)])

        def look_up(*_: object, **__: object) -> list[object]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(WebError) as refused:
            fetch(f"https://naam.example:{port}/x", headers={})
        assert refused.value.fault is WebFault.UNSAFE
        reached, _ = server.accept()
        with reached:
            assert reached.recv(1) == b""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"references:\n  - id: a\n"),
        (b"references:\n", b"references:\n  - id: a\n"),
        (b"references:\n- id: b", b"references:\n- id: b\n\n- id: a\n"),
        (b"- id: b\r\n", b"- id: b\r\n\r\n- id: a\r\n"),
        (b"references: []\n", None),
        (b"references: [{id: b}]\n", None),
        (b"references:\n- id: b\nmore: x\n", None),
        (b"titel: x\n", None),
    ],
)
def test_a_work_is_added_only_where_it_can_simply_stand_at_the_end(before: bytes, after: bytes | None) -> None:
    assert appended(before, "references:\n  - id: a\n") == after
