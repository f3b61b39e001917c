"""What is said between a build and its workers: a flag, a length, and so many bytes."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.words import Rendered

READY = b"ready"
_HEAD = struct.Struct("!?I")


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


def write_job(to: BinaryIO, job: Job) -> None:
    """Ask a worker to set a text."""
    write(to, job.show_hosts, job.text)


def read_answer(answers: BinaryIO) -> Rendered | None:
    """Return a worker's next answer, or nothing when it died."""
    message = read(answers)
    return message and Rendered.again(message[1], message[0])


def write(to: BinaryIO, flag: bool, text: str) -> None:
    """Send one message."""
    data = text.encode(errors="surrogatepass")
    to.write(_HEAD.pack(flag, len(data)) + data)
    to.flush()


def read(source: BinaryIO) -> tuple[bool, str] | None:
    """Return the next message, or nothing when the other end is gone."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    flag, length = _HEAD.unpack(head)
    data = source.read(length)
    return (flag, data.decode(errors="surrogatepass")) if len(data) == length else None
