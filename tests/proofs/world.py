"""A world in which accounts live: pages and a name service on 127.0.0.1, which answer, refuse, or say nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dnslib import QTYPE, RCODE, RR, TXT, DNSRecord
from dnslib.server import BaseResolver, DNSServer

from onrecord.proofs.asking import Asker, Way

HANG = "hang"
SERVFAIL = "servfail"


@dataclass
class World:
    """What is where: a page is its text, a status, or `HANG`; texts of a name are a list, `HANG` or `SERVFAIL`."""

    pages: dict[str, str | int] = field(default_factory=dict)
    texts: dict[str, list[str] | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    url: str = ""
    dns: tuple[str, int] = ("127.0.0.1", 0)
    over: threading.Event = field(default_factory=threading.Event)

    def asker(self, **way: Any) -> Asker:
        return Asker(Way(**{"allow_private": True, "resolver": self.dns, "deadline": 0.5, **way}))


@contextmanager
def world() -> Iterator[World]:
    here = World()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(self.path)
            here.tokens.add(self.headers.get("Authorization", ""))
            page = here.pages.get(self.path, 404)
            if page == HANG:
                here.over.wait(10)
                return
            self.send_response(page if isinstance(page, int) else 200)
            body = page.encode() if isinstance(page, str) else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
            """Say nothing."""

    class Names(BaseResolver):  # type: ignore[misc]
        def resolve(self, request: DNSRecord, handler: object) -> DNSRecord:
            name = str(request.q.qname).rstrip(".")
            here.asked.append(name)
            reply, texts = request.reply(), here.texts.get(name)
            if texts == HANG:
                here.over.wait(10)
            if texts is None:
                reply.header.rcode = RCODE.NXDOMAIN
            elif isinstance(texts, str):
                reply.header.rcode = RCODE.SERVFAIL
            else:
                for text in texts:
                    parts = [text[at : at + 200].encode() for at in range(0, len(text), 200)]
                    reply.add_answer(RR(request.q.qname, QTYPE.TXT, ttl=1, rdata=TXT(parts)))
            return reply

    names = DNSServer(Names(), address="127.0.0.1", port=0, logger=_Quiet())
    names.start_thread()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        threading.Thread(target=http.serve_forever, daemon=True).start()
        here.url = f"http://127.0.0.1:{http.server_port}"
        here.dns = ("127.0.0.1", names.server.server_address[1])
        try:
            yield here
        finally:
            here.over.set()
            http.shutdown()
            names.stop()
            names.server.server_close()


class _Quiet:
    def __getattr__(self, name: str) -> Any:
        return lambda *_: None
