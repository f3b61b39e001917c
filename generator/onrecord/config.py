"""`site_config.yml`: where the site is, what it is called, where its entries come from."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, IPvAnyAddress, SerializeAsAny, TypeAdapter

from onrecord import plugins, strict_yaml
from onrecord.checking import check
from onrecord.contracts import Source
from onrecord.contrast import ENOUGH, LIGHT, least, readable_on_light
from onrecord.errors import OnRecordError, Place, Problem, did_you_mean
from onrecord.model.parts import Part
from onrecord.model.people import Site
from onrecord.model.scalars import Colour, Line, Slug, check_contact
from onrecord.redact import Rules
from onrecord.sources.settings import Secret, SourceSettings

FILE = "site_config.yml"
"""The file that makes a folder a site."""

_RELEASES = "github-releases"


def _readable(accent: str) -> str:
    """Return an accent that can be read on every ground, or say which one could."""
    nearest = readable_on_light(accent)
    if nearest != accent:
        found = f"{int(least(accent, LIGHT) * 100) / 100}:1 where {ENOUGH}:1 is needed"
        raise ValueError(f'"{accent}" is too light for links to be read, {found}: write accent: "{nearest}"')
    return accent


def _leads(to: str) -> str:
    """Return where a link leads: a page of the site, or an address that reaches somebody."""
    return check_contact(to) if re.match(r"/?[^/?#]*:", to) else to


class NavLink(Part):
    """One link of the navigation, to a page of the site or to an address elsewhere."""

    title: Line = Field(description="what the link says")
    to: Annotated[Line, AfterValidator(_leads)] = Field(description="a page of the site, or an address elsewhere")


class Theme(Part):
    """What makes the site look like the brand's: an allow-list of Material's settings."""

    logo: Line | None = Field(None, description="a picture below content/pages/, like `assets/logo.svg`")
    favicon: Line | None = Field(None, description="a picture below content/pages/")
    accent: Annotated[Colour, AfterValidator(_readable)] | None = Field(
        None, description="the one colour of links, like `#1f4fd1`, dark enough to be read; dark pages lighten it"
    )
    nav: tuple[NavLink, ...] = Field((), description="more links in the navigation, after the site's own")
    css: tuple[Line, ...] = Field((), description="style sheets below content/pages/")
    cards: bool = Field(True, description="a picture for each page, which networks show beside a link to it")


class Proofs(SourceSettings):
    """How `onrecord check --online` asks whether the accounts of `voices.yml` point back to this site."""

    token: Secret = Field(None, description="for GitHub alone, which then may be asked more often: `$GITHUB_TOKEN`")
    allow_private: bool = Field(
        False, description="true if accounts are inside your own network: allows plain http too"
    )
    resolver: IPvAnyAddress | None = Field(None, description="the name server to ask, if not this machine's own")
    resolver_port: Annotated[int, Field(ge=1, le=65535)] = Field(53, description="its port")


class Settings(Part):
    """Everything that `site_config.yml` says."""

    site: Site = Field(description="what the site is called and where it lives")
    sources: dict[Slug, SerializeAsAny[Any]] = Field(
        {}, description="a name for each source: the first part of its ids"
    )
    theme: Theme = Field(Theme(), description="what makes it look like yours")
    privacy: Rules = Field(Rules(), description="what counts as personal data besides what always does")
    search: bool = Field(True, description="false takes the search page away, its form, and the index behind it")
    proofs: Proofs = Field(Proofs(), description="how accounts are asked whether they point back")
    builder: Literal["mkdocs", "zensical"] = Field("mkdocs", description="what makes the themed frames")

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the site's time zone."""
        return ZoneInfo(self.site.timezone)


def find(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that is a site."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise _no_site(start, f"no {FILE} in this folder or above it, so this is not a site")


def site(root: Path) -> Path:
    """Return a folder that is a site; raises `OnRecordError` for any other."""
    if (root / FILE).is_file():
        return root
    raise _no_site(root, f"no {FILE} in this folder, so this is not a site")


def _no_site(folder: Path, what: str) -> OnRecordError:
    todo = 'start one with "onrecord init", or name it with --site DIR'
    return OnRecordError(Problem(Place(str(folder)), what, todo))


def read(root: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a site; `$NAME` in a secret is looked up in the environment."""
    text = strict_yaml.decoded((site(root) / FILE).read_bytes(), FILE)
    document = strict_yaml.read(text, FILE)
    context = {"env": environment, "root": root}
    problems = list(_lost_colours(text))
    plain = dict(document.plain)
    plain["sources"] = _sources(document, context, problems)
    try:
        settings = check(TypeAdapter(Settings), document, plain, context)
    except OnRecordError as error:
        raise OnRecordError([*problems, *error.problems]) from None
    if problems:
        raise OnRecordError(problems)
    return settings


def _lost_colours(text: str) -> Iterator[Problem]:
    """Yield colours without quotes, which YAML takes for comments."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\s*(\w+):\s+(#[0-9a-fA-F]{6})\b", line)
        if found:
            todo = f'write {found[1]}: "{found[2]}"'
            yield Problem(Place(FILE, number, found.start(2) + 1), "a colour needs quotes around it", todo)


def secret_names(root: Path) -> set[str]:
    """Return every `NAME` that the settings take from the environment as `$NAME`."""
    return set(re.findall(r"\$([A-Za-z_][A-Za-z0-9_]*)", (root / FILE).read_text("utf-8", "replace")))


def _sources(
    document: strict_yaml.Document, context: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Source | None]:
    listed = document.plain.get("sources", {})
    if not isinstance(listed, dict):
        todo = 'write "sources:" and below it, indented, a name for each'
        problems.append(Problem(document.place(["sources"]), '"sources" is not a group of fields', todo))
        return {}
    found: dict[str, Source | None] = {}
    for name, plain in listed.items():
        try:
            found[name] = _source(name, plain, document, context)
        except OnRecordError as error:
            problems.extend(error.problems)
            found[name] = None  # so that what is wrong with its name is said too
    problems.extend(_unknown_releasers(document, found))
    return found


def _unknown_releasers(document: strict_yaml.Document, found: Mapping[str, Source | None]) -> Iterator[Problem]:
    """Yield each `released_by` that names no source of releases."""
    known = [name for name, source in found.items() if source and source.type == _RELEASES]
    wrong_itself = [name for name, source in found.items() if source is None]
    for name, source in found.items():
        wanted = getattr(source, "released_by", None)
        if wanted and wanted not in (*known, *wrong_itself):
            what = f'there is no source "{wanted}" of type "{_RELEASES}".{did_you_mean(wanted, known)}'
            add = f'add a source "{wanted}" with "type: {_RELEASES}"'
            todo = f"use one of: {', '.join(known)}" if known else add
            yield Problem(document.place(["sources", name, "released_by"]), what, todo)


def _source(name: str, plain: Any, document: strict_yaml.Document, context: Mapping[str, Any]) -> Source:
    at = ["sources", name]
    if not isinstance(plain, dict):
        todo = 'write "name: value" lines below it, indented'
        raise OnRecordError(Problem(document.place(at), f'"{name}" is not a group of fields', todo))
    known = plugins.source_types()
    wanted = plain.get("type")
    if wanted is None:
        todo = f'add a line "type: …" below "{name}"'
        raise OnRecordError(Problem(document.place(at, of_key=True), '"type" is missing', todo))
    if wanted not in known:
        what = f'"type" cannot be "{wanted}".{did_you_mean(str(wanted), known)}'
        raise OnRecordError(Problem(document.place([*at, "type"]), what, f"use one of: {', '.join(known)}"))
    return check(TypeAdapter(plugins.source(wanted)), document, plain, context, below=at)
