"""`onrecord init`: a new site, or this repository without its demo."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from onrecord import config
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.stages import wheel
from onrecord.templating import OURS

TEMPLATE = OURS / "init"
ADDRESS = "https://record.example/"
REPO = "owner/name"
CRON = "17,47 * * * *"
"""What stands in the template, to be replaced."""

DEMO = "content/demo.yml"
ASIDE = "build/demo"
RECORD = "/content/record/"
_REPO = re.compile(r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/(?P<name>[A-Za-z0-9._-]{1,100})")
_EVERY = re.compile(r"(?P<number>[1-9][0-9]?)(?P<unit>[mhd])")


@dataclass(frozen=True, slots=True)
class Started:
    """What `init` did: the files it wrote, and the lines that say what is left for a person to do."""

    files: tuple[str, ...]
    todo: tuple[str, ...]


def init(target: Path, repo: str | None = None, every: str = "30m", *, here: bool = False) -> Started:
    """Write a new site that builds at once, without a network; with `here`, take the demo out of this copy.

    `repo` is where the issues are, `every` how often the site is published. No file is ever overwritten:
    raises `OnRecordError` with the name of each that is in the way, and nothing is written then.
    """
    marks = _marks(repo, every)
    if here:
        return _take_out_demo(target, marks, named=repo is not None)
    files = {path: _filled(path, text, marks, named=repo is not None) for path, text in _template().items()}
    name, packed = wheel.pack()
    lock = wheel.lock().read_bytes()
    own = f"./vendor/{name} --hash=sha256:{sha256(packed).hexdigest()}\n".encode()
    files |= {f"vendor/{name}": packed, "requirements.lock": lock, ".github/onrecord.txt": own}
    _write(target, files)
    return Started(tuple(sorted(files)), _todo(target, repo))


def cron(every: str) -> str:
    """Return the schedule that a length of time like `30m`, `6h` or `1d` stands for, at odd minutes.

    GitHub runs nothing more often than every 5 minutes, and a schedule must divide the hour or the day.
    """
    found = _EVERY.fullmatch(every)
    minutes = int(found["number"]) * {"m": 1, "h": 60, "d": 1440}[found["unit"]] if found else 0
    if 5 <= minutes <= 60 and 60 % minutes == 0:
        return f"{','.join(map(str, range(17 % minutes, 60, minutes)))} * * * *"
    if minutes and minutes % 60 == 0 and 1440 % minutes == 0:
        return f"17 {','.join(map(str, range(4 % (minutes // 60), 24, minutes // 60)))} * * *"
    todo = "write 5m, 10m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h or 1d"
    raise OnRecordError(Problem(Place("--every"), f'"{every}" is no schedule that GitHub can keep', todo))


def _marks(repo: str | None, every: str) -> dict[str, str]:
    """Return what to put in the place of what stands in the template."""
    marks = {CRON: cron(every)}
    if repo is None:
        return marks
    found = _REPO.fullmatch(repo)
    if found is None:
        todo = "write it like acme/app: the owner and the name, as in its address on GitHub"
        raise OnRecordError(Problem(Place("--repo"), f'"{repo}" is not the name of a repository', todo))
    host = f"{found['owner'].lower()}.github.io"
    path = "" if found["name"].lower() == host else f"{found['name']}/"
    return marks | {ADDRESS: f"https://{host}/{path}", REPO: repo}


def _template() -> dict[str, str]:
    files = (path for path in sorted(TEMPLATE.rglob("*")) if path.is_file() and path != wheel.lock())
    return {path.relative_to(TEMPLATE).as_posix(): path.read_text("utf-8") for path in files}


def _filled(path: str, text: str, marks: Mapping[str, str], *, named: bool) -> bytes:
    if path == config.FILE and not named:
        # A stranger's repository is never asked: what names one is left for a person to fill in.
        text = re.sub(r"(?m)^(?=sources:|  app:|  tell_us:|    )", "# ", text)
    for mark, word in marks.items():
        text = text.replace(mark, word)
    return text.encode()


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    if (target / config.FILE).exists():
        what, todo = "there is a site here already", "start a new one in another folder; nothing was written"
        raise OnRecordError(Problem(Place(str(target / config.FILE)), what, todo))
    there = [path for path in sorted(files) if (target / path).exists() or (target / path).is_symlink()]
    if there:
        todo = "move it away, or start the site in another folder; nothing was written"
        raise OnRecordError(Problem(Place(str(target / path)), "is there already", todo) for path in there)
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)


def _take_out_demo(root: Path, marks: Mapping[str, str], *, named: bool) -> Started:
    """Put the demo aside, where it is not published and not lost, and an empty site in its place."""
    if not (root / DEMO).is_file():
        what, todo = "there is no demo here to take out", 'for a new site: "onrecord init DIR"'
        raise OnRecordError(Problem(Place(str(root / DEMO)), what, todo))
    if (root / ASIDE).exists():
        todo = "it is where the demo is put: delete it, or move it away"
        raise OnRecordError(Problem(Place(str(root / ASIDE)), "is there already", todo))
    (root / ASIDE).mkdir(parents=True)
    shutil.move(root / "content", root / ASIDE / "content")
    shutil.move(root / config.FILE, root / ASIDE / config.FILE)
    ours = {path: text for path, text in _template().items() if path.startswith(("content/", config.FILE))}
    files = {path: _filled(path, text, marks, named=named) for path, text in ours.items()}
    _write(root, files)
    changed = _reschedule(root, marks[CRON]) + _ignore_record(root)
    repo = marks.get(REPO)
    return Started((*sorted(files), *changed), (f"The demo is in {ASIDE}/: delete it.", *_todo(root, repo)))


def _reschedule(root: Path, when: str) -> tuple[str, ...]:
    path = root / ".github/workflows/schedule.yml"
    before = path.read_text("utf-8") if path.is_file() else ""
    after = re.sub(r'(?m)^( *- cron: )"[^"]*"', rf'\g<1>"{when}"', before)
    if after == before:
        return ()
    path.write_text(after, "utf-8")
    return (path.relative_to(root).as_posix(),)


def _ignore_record(root: Path) -> tuple[str, ...]:
    path = root / ".gitignore"
    before = path.read_text("utf-8") if path.is_file() else ""
    if RECORD in before.splitlines():
        return ()
    path.write_text(f"{before}\n# Pulled entries are kept on the branch `record`.\n{RECORD}\n", "utf-8")
    return (path.name,)


def _todo(target: Path, repo: str | None) -> tuple[str, ...]:
    look = f"See it: cd {target}, then onrecord serve"
    if repo is None:
        return (f"Put your address and your repository into {config.FILE}.", look)
    return (look, "Publish it: push to main, then choose Settings, Pages, Source: GitHub Actions.")
