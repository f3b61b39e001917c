"""`onrecord serve`: builds, serves on 127.0.0.1 at the site's own sub-path, and rebuilds on change."""

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from onrecord.config import FILE
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.talk import Talk

PORT = 8000
WATCHED = ("content", "templates")
_SETTLE = 0.2


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below the site's path, as the real host will."""

    def __init__(self, *args: Any, base: str, **kwargs: Any) -> None:
        self._base = base
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path
        if not inside.startswith(self._base):
            return str(Path(self.directory) / "404-outside-the-site")
        return super().translate_path("/" + path.removeprefix(self._base))

    def do_GET(self) -> None:
        if self.path == "/" and self._base != "/":
            self.send_response(302)
            self.send_header("Location", self._base)
            self.end_headers()
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: a line for every request would bury the problems."""


def _watch(root: Path, observer: BaseObserver, changed: threading.Event, watched: set[str]) -> None:
    """Watch the folders that are there by now, and the site's own folder for those that come later."""
    for name in (".", *WATCHED):
        if name not in watched and (root / name).exists():
            watched.add(name)
            observer.schedule(_Changes(changed, root), str(root / name), recursive=name != ".")


class _Changes(FileSystemEventHandler):
    def __init__(self, changed: threading.Event, root: Path) -> None:
        self._changed = changed
        self._root = root

    def on_any_event(self, event: FileSystemEvent) -> None:
        top = Path(str(event.src_path)).relative_to(self._root).parts[:1]
        if event.event_type not in ("opened", "closed_no_write") and top and top[0] in (*WATCHED, FILE):
            self._changed.set()


def server(out: Path, base_path: str, port: int) -> ThreadingHTTPServer:
    """Return a server for a built site, bound to 127.0.0.1; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, base=base_path, directory=str(out)))


def _opened(out: Path, base_path: str, port: int | None) -> ThreadingHTTPServer:
    try:
        return server(out, base_path, PORT if port is None else port)
    except OSError as error:
        if port is None:
            return server(out, base_path, 0)
        what = f"port {port} cannot be used: {error.strerror}"
        raise OnRecordError(
            Problem(Place("--port"), what, "choose another, or leave it out to take a free one")
        ) from None


def serve(root: Path, out: Path, base_path: str, port: int | None, rebuild: Callable[[], None], talk: Talk) -> None:
    """Serve a built site until interrupted; `rebuild` is called after each change of what it is made from."""
    changed = threading.Event()
    observer = Observer()
    watched: set[str] = set()
    _watch(root, observer, changed, watched)
    with _opened(out, base_path, port) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        observer.start()
        talk.say(f"Serving http://127.0.0.1:{http.server_port}{base_path} (Ctrl+C stops)")
        try:
            while True:
                changed.wait()
                changed.clear()
                # An editor writes a file in several steps: wait until it is quiet.
                while changed.wait(_SETTLE):
                    changed.clear()
                _watch(root, observer, changed, watched)
                rebuild()
        except KeyboardInterrupt:
            talk.say("Stopped.")
        finally:
            observer.stop()
            http.shutdown()
