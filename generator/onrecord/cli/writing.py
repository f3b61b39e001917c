"""The verbs that write for people: a new entry, and words that are added to one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.verbs import main, rebuild
from onrecord.cli.world import World, moment
from onrecord.errors import Problem
from onrecord.model.kinds import Weight

if TYPE_CHECKING:
    from onrecord.stages.asking import Ask
    from onrecord.stages.change import Change
    from onrecord.stages.gather import Folder
    from onrecord.stages.log import About

    Making = Callable[[Folder, datetime, Ask | None], Change]

Verb = Callable[..., None]


def _options(verb: Verb) -> Verb:
    """Give a verb what every verb here has."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing."),
        click.option("--at", metavar="TIME", help="When it is said, if not now."),
    ):
        verb = option(verb)
    return verb


def _said_by(verb: Verb) -> Verb:
    option = click.option("--by", metavar="WHO", default="", help="Who says it: a name from content/voices.yml.")
    return click.argument("entry", metavar="ID")(option(_options(verb)))


@main.command(epilog='Example: onrecord new incident "Cards are declined in shops" --set impact=major')
@click.argument("kind", default="", metavar="[KIND]")
@click.argument("title", default="")
@click.option("--set", "given", metavar="FIELD=VALUE", multiple=True, help="A fact, like affected.count=12.")
@_options
@click.pass_obj
def new(world: World, /, kind: str, title: str, given: tuple[str, ...], **rest: Any) -> None:
    """Start an entry from the template of its KIND; on a terminal, asks for what is left out."""
    from onrecord.stages.new import new as start

    _write(world, lambda folder, at, ask: start(folder, kind, title, given, at, ask), **rest)


@main.command(epilog='Example: onrecord log https://mastodon.social/@ana/113456789 --title "Cards are declined"')
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--entry", metavar="ID", default="", help="The entry that they are about.")
@click.option("--title", default="", help="What they are about: all of them become one entry.")
@click.option("--set", "given", metavar="FIELD=VALUE", multiple=True, help="A fact, like impact=major.")
@_options
@click.pass_obj
def log(
    world: World, /, urls: tuple[str, ...], entry: str, title: str, given: tuple[str, ...], dry_run: bool, **rest: Any
) -> None:
    """Put on record what somebody said elsewhere, by the URL of each post: never one twice."""
    from onrecord.stages.log import About

    with world.writing(dry_run=dry_run):
        _log(world, urls, About(entry, title, given), dry_run=dry_run, **rest)


def _log(world: World, urls: tuple[str, ...], about: "About", **rest: Any) -> None:
    from onrecord.stages.log import log, plan

    planned = plan(world.folder(), urls, about)
    for path in planned.unread:
        world.talk.say(f"Not looked into, because it cannot be read: {path}")
    for standing in planned.standing:
        world.talk.result(f"{standing.path}\n{standing.page}")
        world.talk.say(standing.hint)
    for matter in planned.matters:
        _put(world, partial(log, matter, about, moment(None, world.folder())), **rest)


@main.command(
    epilog='Example: onrecord update 2026-11-21-cards "We found it." --status identified --next-update 09:45'
)
@_said_by
@click.argument("text", default="")
@click.option("--status", default="", help="Where it stands now.")
@click.option("--next-update", metavar="TIME", default="", help="When you will say more, like 09:45.")
@click.pass_obj
def update(world: World, /, entry: str, text: str, status: str, next_update: str, by: str, **rest: Any) -> None:
    """Say more about an entry: TEXT, under the time of now."""
    from onrecord.stages.amend import Said, update

    said = Said(text, status, next_update, by)
    _write(world, lambda folder, at, ask: update(folder, entry, said, at, ask), **rest)


@main.command(epilog='Example: onrecord resolve 2026-11-21-cards "Every till takes cards again." --by ana')
@_said_by
@click.argument("text", default="")
@click.pass_obj
def resolve(world: World, /, entry: str, text: str, by: str, **rest: Any) -> None:
    """Say that trouble or planned work is over, and how it ended."""
    from onrecord.stages.amend import Said, resolve

    _write(world, lambda folder, at, ask: resolve(folder, entry, Said(text, by=by), at, ask), **rest)


@main.command("hand-off", epilog="Example: onrecord hand-off 2026-11-21-cards Refunds --ref R-4711")
@_said_by
@click.argument("team", default="")
@click.argument("text", default="")
@click.option("--ref", metavar="NUMBER", default="", help="The team's own number for it; nothing private.")
@click.pass_obj
def hand_off(world: World, /, entry: str, team: str, text: str, ref: str, by: str, **rest: Any) -> None:
    """Say that an entry was passed to a TEAM: by the rules' choice, and in plain words, if none are given."""
    from onrecord.stages.hand_off import HandedOff, hand_off

    handed = HandedOff(team, text, ref, by)
    _write(world, lambda folder, at, ask: hand_off(folder, entry, handed, at, ask), **rest)


@main.command(epilog='Example: onrecord withdraw 2026-11-21-cards "It was one shop, not ours."')
@_said_by
@click.argument("text", default="")
@click.pass_obj
def withdraw(world: World, /, entry: str, text: str, by: str, **rest: Any) -> None:
    """Take an entry back, and say why; its page stays."""
    from onrecord.stages.amend import Said, withdraw

    _write(world, lambda folder, at, ask: withdraw(folder, entry, Said(text, by=by), at, ask), **rest)


@main.command(
    epilog='Example: onrecord correct 2026-11-21-cards --was "All cards" --now "Debit cards" --why "We asked."'
)
@_said_by
@click.option("--was", metavar="TEXT", default="", help="What it said.")
@click.option("--now", metavar="TEXT", default="", help="What it says instead.")
@click.option("--why", metavar="TEXT", default="", help="Why it was wrong.")
@click.option("--weight", type=click.Choice([weight.value for weight in Weight]), default="fact", show_default=True)
@click.pass_obj
def correct(world: World, /, entry: str, by: str, was: str, now: str, why: str, weight: str, **rest: Any) -> None:
    """Tell openly what an entry said, what it says instead, and why."""
    from onrecord.stages.correct import Corrected, correct

    said = Corrected(by, was, now, why, weight)
    _write(world, lambda folder, at, ask: correct(folder, entry, said, at, ask), **rest)


@main.command(epilog="Example: onrecord erase https://mastodon.social/@ana/113456789 @ana --dry-run")
@click.argument("what", nargs=-1, required=True, metavar="WHAT…")
@click.option(
    "--in", "only", metavar="ID", multiple=True, help="In this entry only; for words that stand elsewhere too."
)
@click.option("--dry-run", is_flag=True, help="Say where it stands, write nothing.")
@click.pass_obj
def erase(world: World, what: tuple[str, ...], only: tuple[str, ...], dry_run: bool) -> None:
    """Take a person's words out of record, caches and site, because they asked, and for good.

    WHAT is the address of a post, the id or page of an entry (all that its customer said), the name of an account,
    or words in quotes. No pull brings it back: content/erased.yml remembers it, as digests.
    """
    from secrets import token_hex

    from onrecord.stages.erase import HISTORY, plan, still_in

    with world.writing(dry_run=dry_run), world.running(dry_run=dry_run):
        folder = world.folder()
        erasing = plan(folder, what, only, moment(None, folder).date(), token_hex(16))
        for path in erasing.paths:
            world.talk.result(f"{'would change' if dry_run else 'changed'} {path}")
        if not dry_run:
            erasing.write(folder)
        if not dry_run and (world.root / "site").is_dir():
            rebuild(world)
    if not dry_run:
        for found in still_in([world.root / "site", world.root / "build", world.root / "content/record"], what):
            world.talk.say(f"It still stands in {found}: look into that file.")
    world.talk.tell(erasing.left)
    world.talk.say(HISTORY)


def _write(world: World, making: "Making", *, at: str | None, dry_run: bool) -> None:
    with world.writing(dry_run=dry_run):
        _put(world, making, at=at, dry_run=dry_run)


def _put(world: World, making: "Making", *, at: str | None, dry_run: bool) -> None:
    folder = world.folder()
    change = making(folder, moment(at, folder, "--at"), world.talk.ask if world.talk.asks else None)
    if dry_run:
        world.talk.result(change.diff)
        return
    change.write(folder.root)
    world.talk.result(f"{change.path}\n{change.address}")
    world.talk.tell([*_wrong_with(world, change.path), *change.left])
    if change.hint:
        world.talk.say(change.hint)


def _wrong_with(world: World, path: str) -> list[Problem]:
    from onrecord.stages.check import check

    folder = world.folder()
    return [problem for problem in check(folder, moment(None, folder)) if problem.place.path == path]
