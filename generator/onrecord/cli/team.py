"""The verbs that keep the team in the picture: which sources failed."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from onrecord.cli.verbs import World, main
from onrecord.errors import OnRecordError, Place, Problem

if TYPE_CHECKING:
    from onrecord.web import Web


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


def _needed(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        todo = "set it, or leave this verb to the workflow, where GitHub sets it"
        raise OnRecordError(Problem(Place(name), "this is not in the environment", todo))
    return value
