"""Asking over HTTP, politely: one request at a time, and by the host's own rules on when to come again."""

import json as plain_json
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Self

import httpx
from pydantic import SecretStr
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from onrecord.our_code import VERSION
from onrecord.web.limits import Clock, Closed, Pause, pause
from onrecord.web.refusals import refusal
from onrecord.web.values import Access, Reply, WaitTooLong, WebError, show
from onrecord.web.wire import Ask, Broken, Wire

ATTEMPTS = 4
REDIRECTS = 3
DEADLINE = 60.0  # seconds for one answer
LARGEST = 32 * 2**20  # bytes, decoded: a page of 100 issues with the longest bodies has 26 MB
_CONDITIONS = {"if-none-match", "if-modified-since"}
USER_AGENT = f"onrecord/{VERSION} (+https://onrecord.example/)"


class Web:
    """A polite client for the hosts of one access, to be used in a `with` block.

    `patience` is how many seconds it may sleep in all. `log` gets plain lines about waits and moved
    addresses, which are shown without their query. `deadline` is in seconds for one answer, `largest` in
    decoded bytes. Clients that share `closed` keep the waits that a host asked of any of them.
    """

    def __init__(
        self,
        access: Access,
        clock: Clock,
        patience: float,
        log: Callable[[str], None],
        *,
        deadline: float = DEADLINE,
        largest: int = LARGEST,
        closed: Closed | None = None,
    ) -> None:
        """Get ready to ask; nothing is sent yet.

        Raises `WebError` when the token, `ca_file` or proxy cannot be used.
        """
        self._wire = Wire(access, deadline, largest)
        self._access = access
        self._clock = clock
        self._patience = patience
        self._log = log
        self._closed = {} if closed is None else closed
        self._slept = 0.0

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._wire.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, with repeated and redirected ones."""
        return self._wire.requests

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Return the answer: 2xx or 304.

        Who asks for JSON (the `Accept` when `headers` has none) gets JSON; half of it is asked for again.
        Raises `WebError` for any other answer or none, `WaitTooLong` when the host wants more patience.
        """
        return self._send(_ask("GET", url, params, headers))

    def post(self, url: str, json: object, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Return the answer to a POST, which is sent again only when the host said that it did nothing.

        Raises as `get` does.
        """
        return self._send(_ask("POST", url, None, headers, json))

    def patch(self, url: str, json: object, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Return the answer to a PATCH.

        Raises as `get` does.
        """
        return self._send(_ask("PATCH", url, None, headers, json))

    def _send(self, ask: Ask) -> Reply:
        patiently = Retrying(
            retry=retry_if_exception_type(_Again),
            wait=lambda state: _again(state).pause.wait(state.attempt_number),
            stop=stop_after_attempt(ATTEMPTS),
            before_sleep=self._before_sleep,
            sleep=self._clock.sleep,
            reraise=True,
        )
        try:
            return patiently(self._try, ask)
        except _Again as last:
            raise self._given_up(last, ask, patiently.statistics["attempt_number"]) from last.__cause__

    def _try(self, ask: Ask) -> Reply:
        self._heed(ask)
        try:
            reply = self._follow(ask)
            if "json" in ask.headers["accept"] and _whole(reply):
                _check_json(reply)
        except Broken as broken:
            self._wire.close()  # what is left on the connection is no answer to the next question
            if ask.method == "POST":
                raise broken.error from broken.__cause__
            raise _Again(broken.error, Pause()) from broken.__cause__
        if _whole(reply) or reply.status in (204, 205) or (reply.status == 304 and _CONDITIONS & ask.headers.keys()):
            return reply
        again = pause(reply.status, reply.headers, reply.body, self._clock.now())
        error = refusal(reply, self._access.token, limited=bool(again and again.asked))
        if again and (again.asked or ask.method != "POST"):
            raise _Again(error, again)
        raise error

    def _heed(self, ask: Ask) -> None:
        """Raise `_Again` when the host wants to be left alone still, as it told another client of this run."""
        until = self._closed.get(self._door(ask))
        if until and (left := (until - self._clock.now()).total_seconds()) > 0:
            told = WebError(show(ask.url), "has asked us to wait", "Go on later.")
            raise _Again(told, Pause(left, asked=True))

    def _door(self, ask: Ask) -> tuple[str, SecretStr | None]:
        return ask.url.netloc.decode(), self._access.token

    def _follow(self, ask: Ask) -> Reply:
        url = ask.url
        for _ in range(1 + REDIRECTS):
            reply = self._wire.exchange(ask, url)
            if reply.status not in (301, 302, 307, 308):
                return reply
            there = _address(reply.headers.get("location", ""), url)
            if reply.status in (301, 308):
                self._log(f"{show(url)} has moved to {show(there)}: change the address in the settings")
            url = there
        raise WebError(show(ask.url), f"sent us on more than {REDIRECTS} times", "Check the address in the settings.")

    def _before_sleep(self, state: RetryCallState) -> None:
        again, seconds = _again(state), state.upcoming_sleep
        if self._slept + seconds > self._patience:
            raise again
        self._slept += seconds
        self._log(f"{again.where} {again.what}; asking again in {seconds:.0f} s")

    def _given_up(self, last: "_Again", ask: Ask, attempts: int) -> WebError:
        if not last.pause.asked:
            return last.error
        until = self._clock.now() + timedelta(seconds=last.pause.wait(attempts))
        self._closed[self._door(ask)] = until
        return WaitTooLong(last.where, last.what, until, status=last.error.status)


class _Again(Exception):
    """Asking again may help, after a pause; carries the error to tell if it does not."""

    def __init__(self, error: WebError, pause: Pause) -> None:
        super().__init__(error, pause)
        self.error = error
        self.pause = pause
        self.where = error.problems[0].place.path
        self.what = error.problems[0].what


def _again(state: RetryCallState) -> _Again:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, _Again):
        raise TypeError("only _Again is tried again")
    return error


def _whole(reply: Reply) -> bool:
    return 200 <= reply.status < 300 and reply.status not in (204, 205)


def _check_json(reply: Reply) -> None:
    try:
        reply.json()
    except WebError as error:
        raise Broken(error) from None


def _ask(
    method: str,
    url: str,
    params: Mapping[str, str | int] | None,
    headers: Mapping[str, str] | None,
    json: object = None,
) -> Ask:
    sent = httpx.Headers({"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"})
    body = b"" if json is None else plain_json.dumps(json).encode()
    if body:
        sent["Content-Type"] = "application/json"
    sent.update(headers)
    address = _address(url)
    return Ask(method, address.copy_merge_params(params) if params else address, sent, body)


def _address(url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        return base.join(url) if base else httpx.URL(url)
    except httpx.InvalidURL:
        where = show(base) if base else "the address"
        raise WebError(where, "is or leads to something that is no address", "Check it in the settings.") from None
