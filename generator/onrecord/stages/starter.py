"""What a new site is made of: the files of the template, filled in, and the machinery that builds and publishes."""

import re
from dataclasses import dataclass
from hashlib import sha256

from onrecord import config
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.our_code import OURS
from onrecord.stages import wheel

TEMPLATE = OURS / "init"
CRON = "17,47 * * * *"
_ADDRESS = "https://record.example/"
_REPO = "owner/name"
"""What stands in the template, to be replaced."""

SCHEDULE = ".github/workflows/schedule.yml"
INSTALL = ".github/onrecord.txt"
"""Where a site says which On Record its workflows install."""

_MACHINERY = (".github/workflows/", ".github/record.sh")
_FORM = re.compile(r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/(?P<name>[A-Za-z0-9._-]{1,100})")
_EVERY = re.compile(r"(?P<number>[1-9][0-9]?)(?P<unit>[mhd])")
_CRON_LINE = re.compile(r'(?m)^( *- cron: )"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Marks:
    """What is particular to one site: where its issues are, where Pages will publish it, when it is built."""

    repo: str | None
    address: str | None
    cron: str


def marks(repo: str | None, folder: str, every: str) -> Marks:
    """Return what is particular to a site whose own repository is named like its folder.

    Raises `OnRecordError` when `repo`, where the issues are, is no repository, or `every` no schedule.
    """
    when = cron(every)
    if repo is None:
        return Marks(None, None, when)
    found = _FORM.fullmatch(repo)
    if found is None:
        todo = "write it like acme/app: the owner and the name, as in its address on GitHub"
        raise OnRecordError(Problem(Place("--repo"), f'"{repo}" is not the name of a repository', todo))
    host = f"{found['owner'].lower()}.github.io"
    # GitHub names a repository in the same way when it is given other characters.
    own = re.sub(r"[^A-Za-z0-9._-]+", "-", folder)
    return Marks(repo, f"https://{host}/" if own.lower() == host else f"https://{host}/{own}/", when)


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


def scheduled(text: str, when: str) -> str:
    """Return the text of `schedule.yml` with another schedule in it."""
    return _CRON_LINE.sub(rf'\g<1>"{when}"', text)


def schedule_in(text: str) -> str:
    """Return the schedule that stands in the text of `schedule.yml`, or ours when there is none."""
    found = _CRON_LINE.search(text)
    return found[2] if found else CRON


def words(own: Marks) -> dict[str, bytes]:
    """Return what people make theirs: the settings and everything in `content/`."""
    return {path: text for path, text in _filled_in(own).items() if path.startswith((config.FILE, "content/"))}


def machinery(when: str) -> dict[str, bytes]:
    """Return what a site needs besides people's words: the workflows, On Record itself, its lock, the manual."""
    name, packed = wheel.pack()
    files = {path: text.encode() for path, text in _template().items() if path.startswith(_MACHINERY)}
    files[SCHEDULE] = scheduled(files[SCHEDULE].decode(), when).encode()
    files |= {path: source.read_bytes() for path, source in wheel.carried().items()}
    own = f"./vendor/{name} --hash=sha256:{sha256(packed).hexdigest()}\n".encode()
    return files | {f"vendor/{name}": packed, INSTALL: own}


def site(own: Marks) -> dict[str, bytes]:
    """Return all of a new site: people's words, the machinery, and what stands around them."""
    return _filled_in(own) | machinery(own.cron)


def _template() -> dict[str, str]:
    carried = wheel.carried().values()
    files = (path for path in sorted(TEMPLATE.rglob("*")) if path.is_file() and path not in carried)
    return {path.relative_to(TEMPLATE).as_posix(): path.read_text("utf-8") for path in files}


def _filled_in(own: Marks) -> dict[str, bytes]:
    files = _template()
    if own.repo is None:
        # A stranger's repository is never asked: what names one is left for a person to fill in.
        files[config.FILE] = re.sub(r"(?m)^(?=sources:|  app:|  tell_us:|    )", "# ", files[config.FILE])
    address, repo = own.address or _ADDRESS, own.repo or _REPO
    return {path: text.replace(_ADDRESS, address).replace(_REPO, repo).encode() for path, text in files.items()}
