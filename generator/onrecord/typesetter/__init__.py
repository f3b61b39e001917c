"""The typesetter: sets words from outside as HTML, in workers that can be killed, and keeps what it set.

A text on which a worker dies, or that takes too long, comes back as its escaped beginning, like one that breaks a
cap of `words`; every other text is set. docs/design/typesetter.md says why.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from onrecord import words
from onrecord.typesetter.kept import Kept
from onrecord.typesetter.workers import Worker
from onrecord.words import Rendered
from onrecord.words.version import VERSION
from onrecord.worker.messages import LIMITS, Job, Limits

__all__ = ["LIMITS", "Limits", "Typesetter"]

T = TypeVar("T")

_WORKERS = min(4, os.cpu_count() or 1)
_WORTH_A_WORKER = 1_000  # texts: a second worker takes longer to start than these take to set
_AT_ONCE = 2_000  # texts in memory, whatever the record


class Typesetter:
    """Sets texts like `words.render`; what was set is kept in a folder, if there is one, for the next build.

    A forked copy of this process may use it too: it has workers of its own, and shares what is kept.
    """

    def __init__(self, folder: Path | None = None, limits: Limits = LIMITS) -> None:
        """Start nothing yet: a worker is started for the first text that was never set."""
        self._path, self._limits = folder and folder / "words.sqlite", limits
        self._inherited: tuple[object, ...] = ()
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._kept = Kept(self._path)
        self._workers = [Worker(self._limits) for _ in range(_WORKERS)]

    def __enter__(self) -> Self:
        """Return itself: leaving ends the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """End the workers, and keep what was set, however it ended."""
        self.rest()
        self._kept.close()

    def rest(self) -> None:
        """End the workers until there is work again: before this process is forked, nothing may be going on in it."""
        for worker in self._workers:
            worker.end()

    @property
    def has_killed(self) -> bool:
        """Tell whether any text could not be set, in this build or in an earlier one."""
        return bool(self._kept.killed())

    def killed(self, texts: Iterable[str]) -> set[str]:
        """Return which of some texts could not be set."""
        keys = self._kept.killed()
        return {text for text in texts if not keys.isdisjoint((_key(Job(text)), _key(Job(text, show_hosts=True))))}

    def render(self, text: str, *, show_hosts: bool = False) -> Rendered:
        """Return the safe HTML of a text; see `words.render`."""
        if os.getpid() != self._process:
            # Neither the base nor the workers may be used by two processes; nor closed, which is the other's to do.
            self._inherited = (self._kept, self._workers)
            self._begin()
        key = _key(job := Job(text, show_hosts))
        return self._kept.get(key) or self._set({key: job})[0]

    def ahead(self, whose: Mapping[str, T], texts: Callable[[T], Iterable[str]]) -> None:
        """Set many texts at once, on every processor: afterwards `render` has them at hand.

        `whose` they are comes by a digest of it: what was among them last time is not asked for its `texts`.
        """
        told = [VERSION, *whose]
        last = self._kept.last
        new = whose.keys() - last if VERSION in last else whose.keys()
        if new:
            self._set_ahead(text for digest, one in whose.items() if digest in new for text in texts(one))
        if last != {*told}:
            self._kept.last = told

    def _set_ahead(self, texts: Iterable[str]) -> None:
        jobs = map(Job, texts)
        while some := {_key(job): job for job in islice(jobs, _AT_ONCE)}:
            known = self._kept.among(some)
            if missing := {key: job for key, job in some.items() if key not in known}:
                self._set(missing)

    def _set(self, missing: Mapping[bytes, Job]) -> list[Rendered]:
        jobs = [*missing.values()]
        count = min(len(self._workers), 1 + len(jobs) // _WORTH_A_WORKER)
        with ThreadPoolExecutor(count) as threads:
            hands = [threads.submit(self._workers[hand].set, jobs[hand::count]) for hand in range(count)]
        found: list[Rendered | None] = [None] * len(jobs)
        for hand, done in enumerate(hands):
            found[hand::count] = done.result()
        whole = [set_ or words.refused(job.text) for job, set_ in zip(jobs, found, strict=True)]
        rows = zip(missing, whole, found, strict=True)
        self._kept.put((key, shown, set_ is None) for key, shown, set_ in rows)
        return whole


def _key(job: Job) -> bytes:
    told = f"{VERSION}\0{job.show_hosts}\0{job.text}".encode(errors="surrogatepass")
    return blake2b(told, digest_size=16).digest()
