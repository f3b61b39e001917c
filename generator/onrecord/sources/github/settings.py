"""Which repository is read, and where it is."""

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from onrecord.model.people import Voice
from onrecord.model.scalars import Url
from onrecord.sources.settings import SourceSettings

if TYPE_CHECKING:
    from onrecord.web import Access

_HOW = {"token", "allow_private", "ca_file", "proxy"}


def _check_repo(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+/(?!\.\.?$)[A-Za-z0-9._-]+", value, re.ASCII):
        raise ValueError('this is not a repository: write "owner/name", like "acme/app"')
    return value


Repo = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_check_repo)]


class RepositorySettings(SourceSettings):
    """One GitHub repository; each kind of source adds what it reads there."""

    repo: Repo = Field(description="the repository, as `owner/name`")
    api_url: Url = Field(
        "https://api.github.com",
        description="where GitHub's REST API is; for GitHub Enterprise `https://HOST/api/v3`",
    )
    link: bool = Field(
        True,
        description="false for a private repository: no address of it is published, but what members write still is",
    )

    @property
    def api(self) -> str:
        """Return where the repository is in the API."""
        return f"{self.api_url.rstrip('/')}/repos/{self.repo}"

    @property
    def web(self) -> str:
        """Return where people find the repository."""
        parts = urlsplit(self.api_url)
        host = "github.com" if parts.netloc == "api.github.com" else parts.netloc
        return f"{parts.scheme}://{host}/{self.repo}"

    def access(self) -> "Access":
        """Return what the web client may do: ask the API's host."""
        return self.access_to(self.api_url)


_READING = "4"  # another number when the same answers come to mean other entries, so that they are read anew


def fingerprint(settings: RepositorySettings, voices: Mapping[str, Voice]) -> str:
    """Return a name for what decides what goes on record: if it changes, everything is read anew."""
    what = _READING + settings.model_dump_json(exclude=_HOW)
    for name, voice in voices.items():
        if any(account.platform == "github" for account in voice.accounts):
            what += name + voice.model_dump_json(include={"accounts", "from_", "until"})
    return hashlib.sha256(what.encode()).hexdigest()[:16]
