"""Where a verb works: its site, who is there already, the clock; and what becomes of what a user can mend."""

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from onrecord.cli.disk import in_words
from onrecord.cli.terminal import Terminal
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.config import Settings
    from onrecord.stages.alone import Lock
    from onrecord.stages.gather import Folder
    from onrecord.stages.inputs import Inputs
    from onrecord.stages.scan import Secrets


class Verbs(click.Group):
    """Turns what a user can mend into its message and exit code; bugs keep their tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb."""
        try:
            with in_words():
                return super().invoke(ctx)
        except OnRecordError as error:
            (ctx.obj if isinstance(ctx.obj, World) else World(None, Terminal())).talk.tell(error.problems)
            ctx.exit(error.exit_code)


class World:
    """Where a verb works: the site's folder and the way to talk."""

    def __init__(self, site: Path | None, talk: Terminal) -> None:
        """Look nothing up yet."""
        self.site = site
        self.talk = talk

    @property
    def root(self) -> Path:
        """Return the site's folder: the one named with --site, or the nearest from here upwards."""
        from onrecord import config

        return config.site(self.site) if self.site else config.find(Path.cwd())

    def running(self, *, dry_run: bool = False, wait: bool = False) -> AbstractContextManager[None]:
        """Keep other runs out while this one writes: they say so and leave, or `wait`. A dry run writes nothing."""
        from onrecord.stages.alone import RUNS

        return nullcontext() if dry_run else self._alone(RUNS, wait=wait)

    def writing(self, *, dry_run: bool = False) -> AbstractContextManager[None]:
        """Keep others out who write for people, from reading a file to writing it."""
        from onrecord.stages.alone import WORDS

        return nullcontext() if dry_run else self._alone(WORDS)

    def settings(self) -> "Settings":
        """Return what the site's `site_config.yml` says."""
        from onrecord import config

        return config.read(self.root, os.environ)

    def folder(self, inputs: "Inputs | None" = None, *, afresh: bool = False) -> "Folder":
        """Return the site as it lies on disk, `afresh` whatever earlier runs remember of it.

        With `inputs`, what was looked at a moment ago and is remembered is not looked at again.
        """
        from onrecord.stages.gather import open_folder

        looked = inputs.below(self.root) if inputs else {}
        return open_folder(self.root, os.environ, looked, afresh=afresh)

    def secrets(self) -> "Secrets":
        """Return what must stand in no file of the site."""
        from onrecord.config import secret_names
        from onrecord.stages.scan import secrets_in

        return secrets_in(os.environ, secret_names(self.root))

    def _alone(self, lock: "Lock", *, wait: bool = False) -> AbstractContextManager[None]:
        from onrecord.stages.alone import alone

        verb = click.get_current_context().info_name or ""
        return alone(self.root, lock, verb, datetime.now(UTC), self.talk.say if wait else None)


def moment(now: str | None, folder: "Folder", option: str = "--now") -> datetime:
    """Return the moment that a person typed, or else the world's; in a demo, its story's."""
    if now is None:
        return folder.log.demo.now if folder.log.demo else right_now()
    return typed(now, folder.settings.zone, option)


def right_now() -> datetime:
    """Return the world's moment."""
    return datetime.now(UTC).replace(microsecond=0)


def typed(now: str, zone: ZoneInfo, option: str = "--now") -> datetime:
    """Return the moment that a person typed, in the site's zone if they named none."""
    from pydantic import TypeAdapter, ValidationError

    from onrecord.model.scalars import Moment

    try:
        return TypeAdapter(Moment).validate_python(now, context={"zone": zone})
    except ValidationError as error:
        raise click.BadParameter(str(error.errors()[0]["ctx"]["error"]), param_hint=option) from None
