"""A built site as a host of static files serves it: below its path, packed, with its own 404 page."""

import gzip
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Turn = Callable[[bytes], bytes]


@contextmanager
def served(out: Path, base: str = "/", turn: Turn = bytes) -> Iterator[str]:
    """Serve a folder at `base` of 127.0.0.1; yields its address. `turn` has the last word on each page of HTML."""
    handler = partial(_Handler, out=out.resolve(), base=base, turn=turn)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{http.server_port}{base}"
        finally:
            http.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, out: Path, base: str, turn: Turn) -> None:
        self._out = out
        self._base = base
        self._turn = turn
        super().__init__(*args)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a browser that goes on before it has everything
            super().handle()

    def do_GET(self) -> None:
        found = self._file(unquote(urlsplit(self.path).path))
        file = found or self._out / "404.html"
        self.send_response(200 if found else 404)
        content = file.read_bytes() if file.is_file() else b"Nothing is here."
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/html":
            content = self._turn(content)
        if "gzip" in self.headers.get("Accept-Encoding", "") and (
            kind.startswith("text/") or kind.endswith(("xml", "json"))
        ):
            content = gzip.compress(content, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says
        self.end_headers()
        self.wfile.write(content)

    def _file(self, path: str) -> Path | None:
        if not path.startswith(self._base):
            return None
        file = (self._out / path.removeprefix(self._base)).resolve()
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_file() and file.is_relative_to(self._out) else None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""
