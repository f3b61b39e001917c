"""What a site is made from, but for the clock, as one look found it: by its digest a site knows that it may rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from onrecord import our_code, plugins
from onrecord.config import FILE, Settings
from onrecord.log.looked import Looked, digests_below, look, stands

CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was looked at: settings and code in words, then the folders of content and of our templates."""

    told: bytes
    folders: Mapping[str, Looked]

    @property
    def digest(self) -> str:
        """Return a digest of all of it, wherever the site lies."""
        digest = sha256(self.told)
        for looked in self.folders.values():
            digest.update(looked.names + looked.digests)
        return digest.hexdigest()

    def below(self, root: Path) -> Mapping[str, bytes]:
        """Return a digest of each file of a site's content, by its path below the site, as far as that is known."""
        content = _content(root)
        return {f"{CONTENT}/{path}": one for path, one in digests_below(content, self.folders[content]).items()}

    def stand(self, root: Path, settings: Settings, deploy_url: str | None) -> bool:
        """Tell whether all of it is still as it was looked at."""
        told = _told(root, settings, deploy_url)
        return told == self.told and all(stands(folder, looked) for folder, looked in self.folders.items())


def inputs_of(root: Path, settings: Settings, deploy_url: str | None, now: datetime) -> Inputs | None:
    """Return what a site is made from, as it is at a moment; nothing where a build could not tell whether it moved.

    Templates of a site's own, and others' outputs, may show anywhere what moves with each run.
    """
    own = root / "templates"
    if (own.is_dir() and own != our_code.OURS) or not plugins.all_ours():
        return None
    told, folders = _told(root, settings, deploy_url), dict[str, Looked]()
    for folder in (_content(root), str(our_code.OURS)):
        looked = look(folder, now)
        if looked is None:
            return None
        folders[folder] = looked
    return Inputs(told, folders)


def _content(root: Path) -> str:
    return f"{root}/{CONTENT}"


def _told(root: Path, settings: Settings, deploy_url: str | None) -> bytes:
    told = (settings, (root / FILE).read_bytes(), deploy_url, our_code.digest(), our_code.installed())
    return repr(told).encode(errors="surrogatepass")
