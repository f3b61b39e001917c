"""Finds erased words and addresses again by their digests, in any text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from onrecord.model.erased import Erasure

MARK = "[erased on request]"
"""Stands where the words were."""

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\])}]{1,2000}")
_END = ".,;:!?"  # belongs to the sentence, not to the address


def words_in(text: str) -> tuple[str, ...]:
    """Return the words that a phrase is known by: without case, signs and spaces."""
    return tuple(_folded(found[0]) for found in _WORD.finditer(text))


def phrase_digest(salt: str, words: Sequence[str]) -> str:
    """Return what remains of a phrase."""
    return sha256(f"{salt}\nphrase\n{' '.join(words)}".encode()).hexdigest()


def address_digest(salt: str, address: str) -> str:
    """Return what remains of an address."""
    plain = address.strip().rstrip("/").removeprefix("http://").removeprefix("https://")
    host, slash, path = plain.partition("/")
    return sha256(f"{salt}\naddress\n{host.casefold()}{slash}{path}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Knows again what is to be forgotten."""

    salt: str
    erasures: tuple[Erasure, ...]

    def without(self, text: str) -> str:
        """Return a text in which `[erased on request]` stands in place of each erased phrase and address."""
        return MARK.join(self._rest(part) for part in text.split(MARK))

    def is_in(self, address: str) -> bool:
        """Tell whether an address is erased, or holds an erased phrase, like the name of an account."""
        return self._erased(address) or next(self._phrases(address), None) is not None

    def _rest(self, text: str) -> str:
        finds = sorted({*self._addresses(text), *self._phrases(text)})
        parts: list[str] = []
        done = 0
        for begin, end in finds:
            if begin >= done:
                parts += [text[done:begin], MARK]
                done = end
        return "".join([*parts, text[done:]])

    def _addresses(self, text: str) -> Iterator[tuple[int, int]]:
        for found in _ADDRESS.finditer(text):
            address = found[0].rstrip(_END)
            if self.is_in(address):
                yield found.start(), found.start() + len(address)

    def _phrases(self, text: str) -> Iterator[tuple[int, int]]:
        wanted = _by_length(self.erasures)
        if not wanted:
            return
        places = list(_WORD.finditer(text))
        words = [_folded(place[0]) for place in places]
        for length, digests in wanted.items():
            for at in range(len(words) - length + 1):
                if phrase_digest(self.salt, words[at : at + length]) in digests:
                    yield places[at].start(), places[at + length - 1].end()

    def _erased(self, address: str) -> bool:
        wanted = {erasure.address for erasure in self.erasures if erasure.address}
        return bool(wanted) and address_digest(self.salt, address) in wanted


def _by_length(erasures: Iterable[Erasure]) -> dict[int, set[str]]:
    wanted: dict[int, set[str]] = {}
    for erasure in erasures:
        if erasure.phrase:
            wanted.setdefault(erasure.length, set()).add(erasure.phrase)
    return wanted


def _folded(word: str) -> str:
    return normalize("NFKC", word).casefold()
