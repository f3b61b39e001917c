"""The typesetter: sets words from outside as HTML, in workers that can be killed, and keeps what it set.

A text on which a worker dies, or that takes too long, comes back as its escaped beginning, like one that breaks a
cap of `words`; every other text is set. docs/design/typesetter.md says why.
"""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord import words
from onrecord.typesetter.kept import Kept
from onrecord.typesetter.messages import LIMITS, Job, Limits
from onrecord.typesetter.workers import Worker
from onrecord.words import Rendered

__all__ = ["LIMITS", "Limits", "Typesetter"]

_WORKERS = min(4, os.cpu_count() or 1)
_WORTH_A_WORKER = 200  # texts: a second worker takes longer to start than these take to set
_AT_ONCE = 2_000  # texts in memory, whatever the record


class Typesetter:
    """Sets texts like `words.render`; what was set is kept in a folder, if there is one, for the next build.

    `killed` lists the texts that could not be set in this build.
    """

    def __init__(self, folder: Path | None = None, limits: Limits = LIMITS) -> None:
        """Start nothing yet: a worker is started for the first text that was never set."""
        self.killed: list[str] = []
        self._kept = Kept(folder and folder / "words.sqlite")
        self._workers = [Worker(limits) for _ in range(_WORKERS)]

    def __enter__(self) -> Self:
        """Return itself: leaving ends the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """End the workers, and keep what was set, however it ended."""
        for worker in self._workers:
            worker.end()
        self._kept.close()

    def render(self, text: str, *, show_hosts: bool = False) -> Rendered:
        """Return the safe HTML of a text; see `words.render`."""
        job = Job(text, show_hosts)
        kept = self._kept.get(_key(job))
        return kept or self._set([job])[0]

    def ahead(self, texts: Iterable[str]) -> None:
        """Set many texts at once, on every processor: afterwards `render` has them at hand."""
        known = self._kept.keys()
        missing: list[Job] = []
        for text in texts:
            job = Job(text)
            if (key := _key(job)) not in known:
                known.add(key)
                missing.append(job)
            if len(missing) == _AT_ONCE:
                self._set(missing)
                missing = []
        if missing:
            self._set(missing)

    def _set(self, jobs: list[Job]) -> list[Rendered]:
        count = min(len(self._workers), 1 + len(jobs) // _WORTH_A_WORKER)
        with ThreadPoolExecutor(count) as threads:
            hands = [threads.submit(self._workers[hand].set, jobs[hand::count]) for hand in range(count)]
        found: list[Rendered | None] = [None] * len(jobs)
        for hand, done in enumerate(hands):
            found[hand::count] = done.result()
        self.killed += [job.text for job, set_ in zip(jobs, found, strict=True) if set_ is None]
        whole = [set_ or words.refused(job.text) for job, set_ in zip(jobs, found, strict=True)]
        self._kept.put((_key(job), set_) for job, set_ in zip(jobs, whole, strict=True))
        return whole


def _key(job: Job) -> bytes:
    told = f"{words.VERSION}\0{job.show_hosts}\0{job.text}".encode(errors="surrogatepass")
    return blake2b(told, digest_size=16).digest()
