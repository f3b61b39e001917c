"""A shelf: bytes that need not be made again, kept in a folder from build to build by what decides them."""

from collections.abc import Callable
from pathlib import Path

from onrecord.whole import write_whole


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
        try:
            return kept.read_bytes()
        except OSError:
            made = make()
        write_whole(kept, made)
        return made

    def forget_others(self) -> None:
        """Delete what nobody used since the start."""
        for kept in self._folder.glob("*") if self._folder else ():
            if kept.name not in self._used:
                kept.unlink()
