"""Every verb of `onrecord`: its options, one example, and a body that reads like a recipe."""

import atexit
import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.disk import in_words
from onrecord.cli.terminal import Terminal
from onrecord.cli.world import Verbs, World, moment, right_now, typed
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.config import Settings
    from onrecord.frames.builders import Program
    from onrecord.stages.built import Built, Options
    from onrecord.stages.gather import Folder

FOUND_PROBLEMS = 1
OLDER_DATA = 3
_GARBAGE = 100_000
"""Values, more than all modules have: to look through what stays takes a sixth of a build, and 0.03 s of any run."""


def _example(line: str) -> str:
    return f"Example: {line}"


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The folder of the site.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("-v", "--verbose", is_flag=True, help="Name each file and entry that changed.")
@click.version_option(package_name="onrecord", message="%(package)s %(version)s")
@click.pass_context
def main(ctx: click.Context, site: Path | None, quiet: bool, verbose: bool) -> None:
    """Publish what people told you, what you answered, and what you fixed."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # nothing shall meddle with what is read, nor be looked for
    gc.set_threshold(_GARBAGE, 20, 100)
    atexit.register(gc.freeze)  # Python ends with a look through all that there is: a third of a second for a record
    ctx.obj = World(site.resolve() if site else None, Terminal(quiet, verbose))


@main.command(epilog=_example("onrecord init my-record --repo acme/app"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--repo", metavar="OWNER/NAME", help="The GitHub repository whose issues are answered.")
@click.option("--every", metavar="TIME", help="How often CI rebuilds the site.  [default: 30m]")
@click.option("--here", is_flag=True, help="Take the demo out of a copy of On Record's repository.")
@click.option("--update", is_flag=True, help="Bring the site in FOLDER to this On Record; its content stays.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
@click.pass_obj
def init(
    world: World, folder: Path, repo: str | None, every: str | None, here: bool, update: bool, dry_run: bool
) -> None:
    """Start a new site in FOLDER."""
    from onrecord.stages import init as start

    if update and (here or repo):
        raise click.UsageError("--update goes with --every and --dry-run only.")
    target = folder.resolve()
    if update:
        started = start.update(target, every, dry_run=dry_run)
    else:
        started = start.init(target, repo, every or "30m", here=here, dry_run=dry_run)
    for path in started.files:
        world.talk.say(f"{'would write' if dry_run else 'wrote'} {path}")
    if not dry_run:
        world.talk.result("\n".join(started.todo))


@main.command(epilog=_example("onrecord pull app --full"))
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--full", is_flag=True, help="Read everything again, to find what was deleted.")
@click.option("--allow-vanishing", is_flag=True, help="With --full: withdraw what is gone, however much it is.")
@click.option(
    "--load",
    "saved",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read a saved answer instead of the network.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@click.pass_obj
def pull(
    world: World, /, sources: tuple[str, ...], full: bool, allow_vanishing: bool, dry_run: bool, **rest: Any
) -> None:
    """Ask the sources what is new and keep it in content/record/."""
    if allow_vanishing and not full:
        raise click.UsageError("--allow-vanishing goes with --full only.")
    with world.running(dry_run=dry_run):
        code = _pull(world, sources, full=full, allow_vanishing=allow_vanishing, dry_run=dry_run, **rest)
    sys.exit(code)


@main.command(epilog=_example("onrecord check --strict"))
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option("--online", is_flag=True, help="Ask the accounts in content/voices.yml whether they point back.")
@click.option("--dry-run", is_flag=True, help="With --online: keep nothing of what they answer.")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True)
@click.pass_obj
def check(world: World, strict: bool, online: bool, dry_run: bool, form: str) -> None:
    """Read everything, say all that is wrong; write nothing, but with --online what accounts answer."""
    if dry_run and not online:
        raise click.UsageError("--dry-run goes with --online only: check writes nothing else.")
    folder = _prove(world, dry_run=dry_run) if online else world.folder()
    sys.exit(_check(world, folder, strict=strict, form=form))


@main.command(epilog=_example('onrecord build --now "2026-11-21 09:12"'))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where the site goes.  [default: site/]"
)
@click.option("--now", metavar="TIME", help="Build as if it were this time.")
@click.option("--clean", is_flag=True, help="Forget what earlier builds left to save time.")
@click.option(
    "--for", "deploy_url", metavar="URL", help="Where the site will be published, to be sure it is meant to."
)
@click.option("--dry-run", is_flag=True, help="Render everything, say what would be written, write nothing.")
@click.pass_obj
def build(
    world: World, out: Path | None, now: str | None, clean: bool, deploy_url: str | None, dry_run: bool
) -> None:
    """Write the site."""
    with world.running(dry_run=dry_run):
        code = rebuild(world, out=out, now=now, clean=clean, deploy_url=deploy_url, dry_run=dry_run)
    sys.exit(code)


@main.command(epilog=_example("onrecord serve --port 8000"))
@click.option("--port", type=int, help="The port on 127.0.0.1; 0 takes a free one.  [default: 8000, or a free one]")
@click.pass_obj
def serve(world: World, port: int | None) -> None:
    """Build, serve on 127.0.0.1, and rebuild on change."""
    from onrecord.press import base_path
    from onrecord.stages.serve import serve as serve_site

    def again(*, wait: bool = True) -> None:
        with world.running(wait=wait):
            try:
                with in_words():
                    rebuild(world)
            except OnRecordError as error:
                world.talk.tell(error.problems)

    again(wait=False)
    base = base_path(world.folder().settings.site)
    serve_site(world.root, world.root / "site", base, port, again, world.talk)


@main.command(epilog=_example("onrecord run"))
@click.option("--dry-run", is_flag=True, help="Pull and check, write nothing.")
@click.pass_obj
def run(world: World, dry_run: bool) -> None:
    """Pull, check and build, for machines without GitHub Actions."""
    with world.running(dry_run=dry_run):
        pulled = _pull(world, dry_run=dry_run)
        checked = _check(world, world.folder(), strict=False, form="text")
        built = rebuild(world, dry_run=dry_run)
    sys.exit(max(checked, built) or pulled)


@main.command(epilog=_example("onrecord schema > schema.json"))
def schema() -> None:
    """Print the JSON Schema of site_config.yml and of front matter."""
    from onrecord.stages.schema import schema as describe

    click.echo(json.dumps(describe(), ensure_ascii=False, indent=2))


@main.command(epilog=_example("onrecord scan"))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The built site.  [default: site/]")
@click.pass_obj
def scan(world: World, out: Path | None) -> None:
    """Look in the built site for secrets: their values in the environment, and the shapes of tokens."""
    from onrecord.stages.scan import scan as search

    leaks = search(out or world.root / "site", world.secrets())
    sys.exit(FOUND_PROBLEMS if world.talk.tell(leaks) else 0)


def _pull(world: World, only: tuple[str, ...] = (), **options: Any) -> int:
    from onrecord.stages.pull import Options, failed, pull, summary
    from onrecord.stages.sound import refuse_links, refuse_newer, refuse_set_back
    from onrecord.web import Closed, SystemClock, Web

    clock, closed = SystemClock(), Closed()
    patience = 60 if sys.stderr.isatty() else 900
    folder, chosen = world.folder(), Options(only=only, **options)
    refuse_newer(folder)
    refuse_links(folder)
    if not chosen.full:
        refuse_set_back(folder, clock.now())
    done = pull(
        folder,
        lambda access: Web(access, clock, patience, world.talk.say, closed=closed),
        clock,
        chosen,
        world.talk,
    )
    for source in done:
        for entry in source.entries:
            world.talk.detail(f"changed {entry}")
        world.talk.result(summary(source))
        world.talk.tell(source.problems)
    return OLDER_DATA if failed(done) else 0


def _prove(world: World, *, dry_run: bool) -> "Folder":
    from onrecord.stages.prove import asker, prove_accounts

    with world.running(dry_run=dry_run):
        folder = world.folder()
        with asker(folder.settings.proofs) as ask:
            return prove_accounts(folder, ask, moment(None, folder), world.talk, dry_run=dry_run)


def _check(world: World, folder: "Folder", *, strict: bool, form: str) -> int:
    from onrecord.stages.check import check, shown_as_json

    problems = check(folder, moment(None, folder))
    if form == "json":
        click.echo(shown_as_json(problems))
    errors = world.talk.tell(problems, form)
    if not problems:
        world.talk.say("Nothing is wrong.")
    return FOUND_PROBLEMS if errors or (strict and problems) else 0


def rebuild(
    world: World, *, out: Path | None = None, now: str | None = None, deploy_url: str | None = None, **options: Any
) -> int:
    """Build the site as it lies on disk now, and return the exit code."""
    from onrecord.stages.head_start import head_start

    root, settings = world.root, world.settings()
    target = (out or root / "site").resolve()
    with head_start(root, settings.builder, afresh=any(options.values())) as builder:
        built = _rested_or_built(world, settings, target, now, builder, deploy_url=deploy_url, **options)
    errors = world.talk.tell(built.problems)
    for path in built.published.changed:
        world.talk.detail(f"{'would write' if built.dry_run else 'wrote'} {path}")
    world.talk.result(built.summary)
    return FOUND_PROBLEMS if errors else 0


def _rested_or_built(
    world: World, settings: "Settings", out: Path, now: str | None, builder: "Program | None", **options: Any
) -> "Built":
    from onrecord.stages.built import Options
    from onrecord.stages.inputs import inputs_of
    from onrecord.stages.rest import rested

    inputs = inputs_of(world.root, settings, options["deploy_url"], right_now())
    chosen = Options(secrets=world.secrets(), inputs=inputs, **options)
    at = typed(now, settings.zone) if now else right_now()
    built = rested(world.root, settings, out, at, chosen)
    if built is None:
        return _built(world, out, now, chosen, builder)
    world.talk.say("Nothing has moved since the last build: only what tells of this run is written.")
    return built


def _built(world: World, out: Path, now: str | None, options: "Options", builder: "Program | None") -> "Built":
    from onrecord.stages.build import build
    from onrecord.stages.sound import refuse_newer, refuse_set_back

    folder = world.folder(options.inputs, afresh=options.clean)
    at = moment(now, folder)
    refuse_newer(folder)
    if now is None and not folder.log.demo:
        refuse_set_back(folder, at)
    return build(folder, out, at, options, world.talk, builder)
