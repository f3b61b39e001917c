"""What is said between a build and its workers: texts, each with a flag.

They are handed over many at a time. A message is read whole before any of it is worked on, and answered whole, so
neither end ever writes while the other does.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.words import Rendered

READY = b"ready"
_HEAD = struct.Struct("!II")  # how many texts, and how many bytes they are together
_MARK = struct.Struct("!I")  # of a text: how many characters, twice, and one more for its flag

Message = list[tuple[bool, str]]
"""Texts, each with a flag."""


@dataclass(frozen=True, slots=True)
class Job:
    """A text to be set, and whether its links show their hosts."""

    text: str
    show_hosts: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may cost: seconds of the processor, seconds on the clock, bytes of the worker's memory.

    The processor's seconds decide: they are the same on a busy machine. Those on the clock are for what waits
    without working, and for systems that cannot count the others.
    """

    processor: float = 2
    clock: float = 60
    memory: int = 2 * 1024**3


LIMITS = Limits()


def write_jobs(to: BinaryIO, jobs: Sequence[Job]) -> None:
    """Ask a worker to set texts."""
    write(to, [(job.show_hosts, job.text) for job in jobs])


def read_answers(answers: BinaryIO, count: int) -> list[Rendered] | None:
    """Return a worker's answers to so many texts, or nothing when it died."""
    message = read(answers)
    if message is None or len(message) != count:
        return None
    return [Rendered.again(html, displayed) for displayed, html in message]


def write(to: BinaryIO, message: Message) -> None:
    """Send one message."""
    marks = [len(text) << 1 | flag for flag, text in message]
    data = "".join([text for _, text in message]).encode(errors="surrogatepass")
    to.write(_HEAD.pack(len(marks), len(data)) + struct.pack(f"!{len(marks)}I", *marks) + data)
    to.flush()


def read(source: BinaryIO) -> Message | None:
    """Return the next message, or nothing when the other end is gone."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    count, size = _HEAD.unpack(head)
    marks, data = source.read(count * _MARK.size), source.read(size)
    if len(marks) < count * _MARK.size or len(data) < size:
        return None
    text, message, begin = data.decode(errors="surrogatepass"), [], 0
    for (mark,) in _MARK.iter_unpack(marks):
        end = begin + (mark >> 1)
        message.append((bool(mark & 1), text[begin:end]))
        begin = end
    return message
