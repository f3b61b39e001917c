"""A shelf: bytes that need not be made again, kept in a folder from build to build by what decides them."""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from onrecord.whole import write_whole

_DIGEST = 16  # bytes, before what lies there


class Shelf:
    """Bytes by their keys, each a word that changes with them; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        """Look at nothing yet."""
        self._folder = folder
        self._used: set[str] = set()

    @property
    def is_new(self) -> bool:
        """Tell whether nothing was ever put there."""
        return self._folder is None or not self._folder.is_dir()

    def use(self, key: str) -> None:
        """Keep what lies there by a key from being forgotten."""
        self._used.add(key)

    def take(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what lies there by a key; if nothing does, it is made and put there."""
        self.use(key)
        if self._folder is None:
            return make()
        kept = self._folder / key
        if (found := _whole(kept)) is not None:
            return found
        made = make()
        write_whole(kept, (_digest(made), made))
        return made

    def forget_others(self) -> None:
        """Delete what nobody used since the start."""
        for kept in self._folder.glob("*") if self._folder else ():
            if kept.name not in self._used:
                kept.unlink()


def _whole(kept: Path) -> bytes | None:
    """Return what lies there as it was put; nothing where it is torn, since nobody would see it on the site."""
    try:
        lies = kept.read_bytes()
    except OSError:
        return None
    return lies[_DIGEST:] if _digest(lies[_DIGEST:]) == lies[:_DIGEST] else None


def _digest(made: bytes) -> bytes:
    return blake2b(made, digest_size=_DIGEST).digest()
