"""The table of faults: what can go wrong between us and a source, and what must happen then.

`test_every_fault.py` runs it against every source that there is, and docs/faults.md is written from it.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.local_host import faults

from onrecord.web.client import LARGEST

PATIENCE = 900  # seconds of sleep in one pull without a person who watches
DEADLINE = 0.5  # seconds for one answer where a test has to wait for its end; 60 otherwise
ALWAYS = 10**6


@dataclass(frozen=True)
class Outcome:
    """What must happen: the seconds before each further try, and what is told when it stays without an answer.

    Nothing told means that it is read in the end. `hops` are requests to where the host sent us on.
    """

    told: str = ""
    waits: tuple[float, ...] = ()
    hops: int = 0

    @property
    def exit_code(self) -> int:
        return 3 if self.told else 0


@dataclass(frozen=True)
class Trouble:
    """One fault: how it strikes, and its outcome; `text` is that of a source that asks for no JSON, if it differs.

    It is on the `wire`, or in the `settings`, or the host is `away`. `arrives` says whether the host sees any
    request. `tls` has the host asked by https, `slow` lasts as long as an answer may take.
    """

    name: str
    outcome: Outcome
    wire: faults.Fault | None = None
    times: int = ALWAYS
    text: Outcome | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    away: bool = False
    arrives: bool = True
    tls: bool = False
    slow: bool = False

    def outcome_for(self, *, json: bool) -> Outcome:
        return self.outcome if json or self.text is None else self.text


READ = Outcome()
THREE_TIMES = (1, 2, 4)
IN_TROUBLE = "is in trouble itself (it answered {})"
WAIT = "wants us to wait (it answered {})"
NO_JSON = Outcome("answered with something that is not JSON, or with half of it", THREE_TIMES)
NO_XML = Outcome("this is not well-formed XML")
BROKE_OFF = Outcome("broke off in the middle of its answer", THREE_TIMES)
TOO_LATE = Outcome("gave no whole answer in time", THREE_TIMES)
UNREACHED = Outcome("could not be reached", THREE_TIMES)
ODD_PACKING = Outcome("the answer is packed in a way that was not asked for")
NOWHERE = "nowhere.invalid"

LIMITS = (
    Trouble("403 with `retry-after: 30`, once", Outcome(waits=(30,)), faults.secondary_limit("30"), times=1),
    Trouble("429 with `retry-after: 30`, once", Outcome(waits=(30,)), faults.secondary_limit("30", 429), times=1),
    Trouble(
        "403 with `retry-after: 30`, again and again",
        Outcome(WAIT.format(403), (30, 30, 30)),
        faults.secondary_limit("30"),
    ),
    Trouble(
        "403 that speaks of a limit and names no time",
        Outcome(WAIT.format(403), (60, 120, 240)),
        faults.secondary_limit(None),
    ),
    Trouble("429 that names no time", Outcome(WAIT.format(429), (60, 120, 240)), faults.secondary_limit(None, 429)),
    Trouble("403, none left until a reset in 10 minutes", Outcome(waits=(601,)), faults.primary_limit(600), times=1),
    Trouble(
        "429, none left until a reset in 10 minutes", Outcome(waits=(601,)), faults.primary_limit(600, 429), times=1
    ),
    Trouble("403, none left until a reset in an hour", Outcome(WAIT.format(403)), faults.primary_limit(3600)),
    Trouble("429 with `retry-after: 3600`", Outcome(WAIT.format(429)), faults.secondary_limit("3600", 429)),
    Trouble("503 with `retry-after: 120`, once", Outcome(waits=(120,)), faults.trouble(503, "120"), times=1),
)
IN_TROUBLE_ITSELF = (
    Trouble("502 with an HTML page, once", Outcome(waits=(1,)), faults.trouble(502), times=1),
    *(
        Trouble(
            f"{status} with an HTML page, again and again",
            Outcome(IN_TROUBLE.format(status), THREE_TIMES),
            faults.trouble(status),
        )
        for status in (500, 502, 503, 504)
    ),
)
BROKEN = (
    Trouble("closes without a word, once", Outcome(waits=(1,)), faults.hang_up(), times=1),
    Trouble("closes without a word, again and again", BROKE_OFF, faults.hang_up()),
    Trouble("closes in the middle of a chunk", BROKE_OFF, faults.cut_chunk()),
    Trouble("a `Content-Length` larger than what comes", BROKE_OFF, faults.promises_more()),
    Trouble(
        "a `Content-Length` smaller than what comes",
        NO_JSON,
        faults.promises_less(),
        text=NO_XML,
    ),
    Trouble("half of the answer as if it were all", NO_JSON, faults.half_json(), text=NO_XML),
    Trouble("200 with nothing in it", NO_JSON, faults.empty(), text=NO_XML),
    Trouble("a web page instead of the answer", NO_JSON, faults.web_page(), text=Outcome("this is a web page")),
    Trouble("another protocol altogether", BROKE_OFF, faults.noise()),
    Trouble("nothing comes for 30 seconds", TOO_LATE, faults.stall(), slow=True),
    Trouble("the answer comes byte by byte", TOO_LATE, faults.drip(0.05), slow=True),
    Trouble("the headers come byte by byte", TOO_LATE, faults.drip_headers(0.05), slow=True),
    Trouble("packed with gzip", READ, faults.gzip()),
    Trouble("half of what was packed with gzip", BROKE_OFF, faults.half_gzip()),
    Trouble(
        "a small packed answer that becomes huge",
        Outcome(f"the answer is larger than {LARGEST:,} bytes"),
        faults.bomb(LARGEST + 1),
    ),
    Trouble("packed with brotli, which was not asked for", ODD_PACKING, faults.packed("br")),
    Trouble("packed with deflate, which was not asked for", ODD_PACKING, faults.packed("deflate")),
)
SENT_ON = (
    *(
        Trouble(f"{status} to an address of the same host", Outcome(hops=1), faults.around(status), times=1)
        for status in (301, 302, 307, 308)
    ),
    Trouble("302 without end", Outcome("sent us on more than 3 times", hops=3), faults.around()),
    Trouble(
        "302 to another host, or into your own network", Outcome("not a host that may be asked"), faults.elsewhere()
    ),
    Trouble("301 from https to http", Outcome("the address is not https"), faults.downgraded(), tls=True),
    Trouble(
        "302 to an address with a password",
        Outcome("the address holds a name or a password"),
        faults.moved("http://me:hush@127.0.0.1/", 302),
    ),
)
REFUSED = (
    Trouble("401", Outcome("says that the token is not valid"), faults.refuses(401, "Bad credentials")),
    Trouble("403 that speaks of no limit", Outcome("does not let us"), faults.refuses(403, "Forbidden")),
    Trouble("404", Outcome("is not there, or is private and hidden from us"), faults.refuses(404, "Not Found")),
    Trouble("410", Outcome("was deleted"), faults.refuses(410, "Gone")),
    Trouble("451", Outcome("may not be shown for legal reasons"), faults.refuses(451, "No")),
    Trouble("422", Outcome("did not accept what was asked (422)"), faults.refuses(422, "Validation Failed")),
)
NO_HOST = (
    Trouble("the host refuses to connect", UNREACHED, away=True, arrives=False),
    Trouble("the host's name cannot be resolved", UNREACHED, settings={"host": NOWHERE}, arrives=False),
    Trouble(
        "a certificate that cannot be trusted",
        Outcome("its certificate is not trusted"),
        settings={"ca_file": None},
        arrives=False,
        tls=True,
    ),
    Trouble(
        "an address inside your network, without `allow_private`",
        Outcome("the host's address is not on the public internet"),
        settings={"allow_private": False},
        arrives=False,
        tls=True,
    ),
)
GROUPS = {
    "The host wants us to wait": LIMITS,
    "The host is in trouble": IN_TROUBLE_ITSELF,
    "The answer is broken": BROKEN,
    "The host sends us on": SENT_ON,
    "The host refuses": REFUSED,
    "There is no host that may be asked": NO_HOST,
}
TROUBLES = tuple(trouble for group in GROUPS.values() for trouble in group)
