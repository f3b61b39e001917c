"""`onrecord init`: a new site, this repository without its demo, or a site with a newer On Record."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord import config
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.stages import starter

DEMO = "content/demo.yml"
ASIDE = "build/demo"
RECORD = "/content/record/"


@dataclass(frozen=True, slots=True)
class Started:
    """What `init` did: the files it wrote, and the lines that say what is left for a person to do."""

    files: tuple[str, ...]
    todo: tuple[str, ...]


def init(
    target: Path, repo: str | None = None, every: str = "30m", *, here: bool = False, dry_run: bool = False
) -> Started:
    """Write a new site that builds at once, without a network; with `here`, take the demo out of this copy.

    `repo` is where the issues are, `every` how often the site is published; the name of the folder is taken for
    that of the site's own repository. No file is ever overwritten: raises `OnRecordError` with the name of each
    that is in the way, and nothing is written then. Nor is with `dry_run`.
    """
    own = starter.marks(repo, target.name, every)
    if here:
        return _take_out_demo(target, own, dry_run=dry_run)
    files = starter.site(own)
    _must_be_new(target, files)
    if not dry_run:
        _write(target, files)
    return Started(tuple(sorted(files)), (f"See it: cd {target}, then onrecord serve", *_todo(own)))


def update(target: Path, every: str | None = None, *, dry_run: bool = False) -> Started:
    """Bring a site to this On Record: its workflows, `vendor/`, `requirements.lock` and `docs/` become ours.

    Its schedule stays unless `every` says another; settings, content and all else stay as they are. Returns the files
    that differed. Raises `OnRecordError` where there is no site that carries an On Record of its own.
    """
    _must_carry_its_own(target)
    schedule = target / starter.SCHEDULE
    kept = schedule.read_text("utf-8") if schedule.is_file() else ""
    files = starter.machinery(starter.cron(every) if every else starter.schedule_in(kept))
    changed = {path: content for path, content in files.items() if not _holds(target / path, content)}
    older = [path for path in (target / "vendor").glob("onrecord-*.whl") if f"vendor/{path.name}" not in files]
    if not dry_run:
        _write(target, changed)
        for path in older:
            path.unlink()
    if not changed:
        return Started((), ("This site has this very On Record already.",))
    return Started(tuple(sorted(changed)), ("Look at what is different before you commit it: git diff",))


def _must_be_new(target: Path, files: Mapping[str, bytes]) -> None:
    if (target / config.FILE).exists():
        what = "there is a site here already"
        todo = 'start a new one in another folder, or bring this one to a newer On Record: "onrecord init --update"'
        raise OnRecordError(Problem(Place(str(target / config.FILE)), what, f"{todo}; nothing was written"))
    there = [path for path in sorted(files) if (target / path).exists() or (target / path).is_symlink()]
    if there:
        todo = "move it away, or start the site in another folder; nothing was written"
        raise OnRecordError(Problem(Place(str(target / path)), "is there already", todo) for path in there)


def _must_carry_its_own(target: Path) -> None:
    if not (target / config.FILE).is_file():
        what, todo = "there is no site here to update", f"name the folder that has a {config.FILE}"
        raise OnRecordError(Problem(Place(str(target)), what, todo))
    if _holds(target / starter.INSTALL, b"-e .\n"):
        what = "this site is a copy of On Record's own repository, and builds with the code beside it"
        raise OnRecordError(Problem(Place(str(target)), what, "merge a newer On Record with git"))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)


def _take_out_demo(root: Path, own: starter.Marks, *, dry_run: bool) -> Started:
    """Put the demo aside, where it is not published and not lost, and an empty site in its place."""
    if not (root / DEMO).is_file():
        what, todo = "there is no demo here to take out", 'for a new site: "onrecord init DIR"'
        raise OnRecordError(Problem(Place(str(root / DEMO)), what, todo))
    if (root / ASIDE).exists():
        todo = "it is where the demo is put: delete it, or move it away"
        raise OnRecordError(Problem(Place(str(root / ASIDE)), "is there already", todo))
    files = starter.words(own) | _rescheduled(root, own.cron) | _record_ignored(root)
    if not dry_run:
        (root / ASIDE).mkdir(parents=True)
        shutil.move(root / "content", root / ASIDE / "content")
        shutil.move(root / config.FILE, root / ASIDE / config.FILE)
        _write(root, files)
    kept = f"The demo is kept in {ASIDE}/ in case you want it back; you may delete it."
    return Started(tuple(sorted(files)), (kept, "See it: onrecord serve", *_todo(own)))


def _rescheduled(root: Path, when: str) -> dict[str, bytes]:
    path = root / starter.SCHEDULE
    before = path.read_text("utf-8") if path.is_file() else ""
    after = starter.scheduled(before, when)
    return {starter.SCHEDULE: after.encode()} if after != before else {}


def _record_ignored(root: Path) -> dict[str, bytes]:
    path = root / ".gitignore"
    before = path.read_text("utf-8") if path.is_file() else ""
    if RECORD in before.splitlines():
        return {}
    return {path.name: f"{before}\n# Pulled entries are kept on the branch `record`.\n{RECORD}\n".encode()}


def _todo(own: starter.Marks) -> tuple[str, ...]:
    if own.address is None:
        return (f"Put your address and your repository into {config.FILE}.",)
    return (f"If it will not be published at {own.address}, put its address into {config.FILE}.",)
