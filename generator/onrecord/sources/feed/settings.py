"""The settings of a `feed` source: where the feed is, and what its items become."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema

from onrecord.errors import Place, Problem, SourceFailed
from onrecord.model.scalars import Line, Slug, check_url
from onrecord.sources.feed.read import LARGEST
from onrecord.sources.settings import SourceSettings

_TODO = 'write an address like "https://acme.example/news.xml", or a path inside the site like "content/news.xml"'


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file inside a site: the site's folder, and the path from there."""

    root: Path
    path: str

    def read(self) -> bytes:
        """Return the file's bytes; raises `SourceFailed` when it is not there or leads out of the site.

        Of a file that is larger than any feed may be, it is one byte too many.
        """
        place, file = Place(self.path), self.root / self.path
        todo = "check `url`: the path begins at the site's folder"
        try:
            if not file.is_file():
                raise SourceFailed(Problem(place, "there is no such file", todo))
            if not file.resolve().is_relative_to(self.root.resolve()):
                raise SourceFailed(
                    Problem(place, "this path leads out of the site by a link", "put the file itself there")
                )
            with file.open("rb") as opened:
                return opened.read(LARGEST + 1)
        except OSError as error:
            raise SourceFailed(Problem(place, f"this file cannot be read ({error.strerror})", todo)) from None


def read_place(value: object, info: ValidationInfo) -> str | SiteFile:
    """Return an address as it is, and a path as a file in `context["root"]`, the folder of the settings."""
    if isinstance(value, SiteFile):
        return value
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError(f"this is neither an address nor a path: {_TODO}")
    text = value.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        return check_url(text)
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text:
        raise ValueError(f"this path leads out of the site: {_TODO}")
    return SiteFile(Path((info.context or {}).get("root", "")), str(path))


class FeedSettings(SourceSettings):
    """Where a feed of the brand's own news is, and what its items become."""

    type: Literal["feed"] = Field("feed", description="what kind of source this is")
    url: Annotated[
        str | SiteFile,
        BeforeValidator(read_place),
        PlainSerializer(lambda place: place if isinstance(place, str) else place.path),
        WithJsonSchema({"type": "string", "examples": ["https://acme.example/news.xml", "content/news.xml"]}),
    ] = Field(description="where the feed is: a web address, or a path inside the site; RSS, Atom or JSON Feed")
    kind: Literal["announcement", "fix-note"] = Field("announcement", description="what its items become")
    fix_note_categories: tuple[Line, ...] = Field(
        (), description="any of these categories of the feed makes an item a fix note"
    )
    topics: tuple[Slug, ...] = Field((), description="what all of its items are about")
    topic_categories: dict[Slug, Line] = Field(
        {}, description="more topics, by the category of the feed that names each, like `privacy: Data protection`"
    )
    expires_after_days: Annotated[int, Field(ge=1, le=36_500)] | None = Field(
        None, description="so many days after it was published an announcement is no longer current; left out, never"
    )
    link: bool = Field(True, description="false publishes neither the feed's address nor those of its items")

    @property
    def host(self) -> str | None:
        """Return the host that is asked, with its port, or nothing for a file."""
        return urlsplit(self.url).netloc if isinstance(self.url, str) else None
