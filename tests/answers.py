"""A server on this machine that answers as doi.org, Open Library and PubMed do, from what is written here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWERS = {
    "/10.5555/buurt.1": json.dumps({
        "type": "journal-article", "title": "How Neighbours Share Their Table: Findings From Three Cities",
        "container-title": "Journal of Feasts", "volume": "4", "page": "10-25", "publisher": "Noord",
        "DOI": "10.5555/buurt.1", "issued": {"date-parts": [[2021, 3, 4]]}, "language": "en",
        "author": [{"family": "van der Meer", "given": "Jan"}, {"name": "Raad voor Feesten"}],
    }),
    "/10.5555/stuk": "<html>",
    "/10.5555/elders": "https://127.0.0.1:1/x",
    "/10.5555/bestand": "file:///etc/hostname",
    "/api/books?bibkeys=ISBN:9789013148770&jscmd=data&format=json": json.dumps({"ISBN:9789013148770": {
        "title": "Feesten", "subtitle": "een gids", "authors": [{"name": "Jan van der Meer"}],
        "publishers": [{"name": "Noord"}], "publish_date": "maart 2019",
    }}),
    "/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&id=1234567": json.dumps({"result": {"1234567": {
        "title": "Feasts and health.", "fulljournalname": "Journal of Feasts", "pubdate": "2018 Jun", "volume": "7",
        "pages": "123-30", "authors": [{"name": "de Boer AB", "authtype": "Author"}], "lang": ["eng"],
        "articleids": [{"idtype": "doi", "value": "10.5555/gezond"}],
    }}}),
}  # fmt: skip


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = ANSWERS.get(self.path)
        moved = answer is not None and answer.startswith(("https:", "file:"))
        self.send_response(404 if answer is None else 302 if moved else 200)
        if moved:
            self.send_header("Location", answer or "")
        self.end_headers()
        self.wfile.write((answer or "").encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is told of what was asked."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of the server, while it serves."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
