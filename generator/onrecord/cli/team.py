"""The verbs that keep the team in the picture: what waits for an answer, and which sources failed."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from onrecord.cli.verbs import main
from onrecord.cli.world import World, moment
from onrecord.errors import OnRecordError, Place, Problem

if TYPE_CHECKING:
    from onrecord.stages.triage import Row
    from onrecord.web import Web


@main.command(epilog="Example: onrecord triage --explain app-1423")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option(
    "--format", "form", type=click.Choice(["table", "text", "json"]), help="[default: table, or text in CI]"
)
@click.option("--explain", is_flag=True, help="Tell how each rule fared.")
@click.option("--issue", is_flag=True, help="Keep one tracking issue that lists it (in GitHub Actions).")
@click.option("--now", metavar="TIME", help="Look as if it were this time.")
@click.option("--dry-run", is_flag=True, help="With --issue: print its text, send nothing.")
@click.pass_obj
def triage(
    world: World, ids: tuple[str, ...], form: str | None, explain: bool, issue: bool, now: str | None, dry_run: bool
) -> None:
    """List what is new, unanswered, late or closed in silence, and who answers it, by content/triage.yml."""
    from onrecord.stages.triage import as_json, as_lines, rows
    from onrecord.stages.triage_issue import body, refusal, report

    if issue and (ids or form or explain):
        raise click.UsageError("--issue goes with --now and --dry-run only.")
    if dry_run and not issue:
        raise click.UsageError("--dry-run goes with --issue only: triage writes nothing else.")
    folder = world.folder()
    found = rows(folder, moment(now, folder), ids)
    form = form or ("table" if sys.stdout.isatty() else "text")
    if issue and dry_run:
        click.echo(body(found) or "Nothing waits.")
    elif issue:
        click.echo(refusal(folder) or _told(world, lambda web, api_url, repo: report(web, api_url, repo, found)))
    elif form == "json":
        click.echo(as_json(found))
    elif not found:
        world.talk.say("Nothing waits for a word of yours.")
    elif form == "table":
        _draw(found, explain=explain)
    else:
        click.echo("\n".join(as_lines(found, explain=explain)))


@main.command(epilog="Example: onrecord report")
@click.option("--dry-run", is_flag=True, help="Say what would be reported, send nothing.")
@click.pass_obj
def report(world: World, dry_run: bool) -> None:
    """Open, update or close the one tracking issue about sources that failed (in GitHub Actions)."""
    from onrecord.stages.report import failures, report

    failed = failures(world.root)
    if failed is None or dry_run:
        names = ", ".join(source.title for source in failed or ()) or "nothing"
        click.echo(f"To report: {names}.")
    else:
        click.echo(_told(world, lambda web, api_url, repo: report(web, api_url, repo, failed)))


def _told(world: World, tell: "Callable[[Web, str, str], str]") -> str:
    """Return what became of telling the repository that this run belongs to."""
    from onrecord.stages.tracking import access
    from onrecord.web import SystemClock, Web

    api_url, repo, token = (_needed(name) for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"))
    with Web(access(api_url, token), SystemClock(), patience=300, log=world.talk.say) as web:
        return tell(web, api_url, repo)


def _draw(found: Sequence["Row"], *, explain: bool) -> None:
    from rich.console import Console
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    table = Table("Waits for", "What", "Impact", "Who, and why", show_lines=True)
    for row in found:
        # Text, never markup: a title from outside must not colour or link anything.
        what = Text(f"{row.entry.title}\n").append(row.entry.id, style="dim")
        if row.venue:
            what.append("\n").append(row.venue, style=Style(dim=True, link=row.url))
        why = [row.waiting.decision.why, *(row.tried if explain else ())]
        needs = Text(row.needs, style="red" if row.waiting.is_late else "").append(f"\n{row.waited}", style="dim")
        table.add_row(needs, what, Text(row.impact or "–"), Text(f"{row.who}\n").append("\n".join(why), style="dim"))
    Console().print(table)


def _needed(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        todo = "set it, or leave this verb to the workflow, where GitHub sets it"
        raise OnRecordError(Problem(Place(name), "this is not in the environment", todo))
    return value
