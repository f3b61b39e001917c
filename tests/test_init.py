"""A new site: whole, nobody's but yours, and never over what is there."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from onrecord import config, strict_yaml
from onrecord.errors import OnRecordError
from onrecord.log.read import read as read_log
from onrecord.stages import wheel
from onrecord.stages.check import check
from onrecord.stages.gather import open_folder
from onrecord.stages.init import ASIDE, DEMO, init, update
from onrecord.stages.starter import CRON, INSTALL, SCHEDULE, TEMPLATE, cron

ROOT = Path(__file__).parents[1]


def words(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "build" not in path.parts
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of this repository, as far as `--here` looks at it, with a small demo in it."""
    shutil.copytree(TEMPLATE / ".github", tmp_path / ".github")
    (tmp_path / INSTALL).write_text("-e .\n")
    (tmp_path / "content/entries").mkdir(parents=True)
    (tmp_path / DEMO).write_text("url: https://demo.example/\n")
    (tmp_path / "content/entries/made-up.md").write_text("---\nkind: incident\n---\n")
    (tmp_path / "site_config.yml").write_text("site: {title: Demo, url: https://demo.example/}\n")
    (tmp_path / "README.md").write_text("# On Record\n")
    (tmp_path / ".gitignore").write_text("/site/\n")
    return tmp_path


def test_the_settings_name_the_repository_and_the_address_that_pages_gives_the_site(tmp_path: Path) -> None:
    init(tmp_path / "my-record", "Acme-Inc/app")
    settings = config.read(tmp_path / "my-record", {})
    assert str(settings.site.url) == "https://acme-inc.github.io/my-record/"
    assert settings.sources["app"].repo == "Acme-Inc/app"
    assert "https://acme-inc.github.io/my-record/" in (tmp_path / "my-record/README.md").read_text()


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("acme.github.io", "https://acme.github.io/"),
        ("My record (2026)", "https://acme.github.io/My-record-2026-/"),
    ],
)
def test_the_address_follows_from_the_folder_as_pages_would_have_it(
    folder: str, address: str, tmp_path: Path
) -> None:
    started = init(tmp_path / folder, "acme/app")
    assert str(config.read(tmp_path / folder, {}).site.url) == address
    assert address in started.todo[-1]


def test_without_a_repository_no_stranger_is_asked(tmp_path: Path) -> None:
    started = init(tmp_path)
    settings = config.read(tmp_path, {})
    assert settings.sources == {}
    assert settings.site.tell_us is None
    assert "site_config.yml" in started.todo[-1]


def test_what_is_commented_out_is_right_when_the_marks_are_taken_away(tmp_path: Path) -> None:
    init(tmp_path)
    path = tmp_path / "site_config.yml"
    path.write_text(re.sub(r"(?m)^# ((?:sources:|  app:|  tell_us:|    ).*)", r"\1", path.read_text()))
    assert config.read(tmp_path, {}).sources["app"].repo == "owner/name"


def test_every_setting_in_the_comments_is_one_that_there_is(tmp_path: Path) -> None:
    init(tmp_path, "acme/app")
    path = tmp_path / "site_config.yml"
    text = re.sub(r"(?m)^( *)# (theme:|privacy:|builder:|  \w+:|component_labels:)", r"\1\2", path.read_text())
    path.write_text(text)
    settings = config.read(tmp_path, {})
    assert settings.theme.accent == "#1f4fd1"
    assert settings.privacy.order_numbers == ("AC-00000000",)
    assert settings.sources["app"].component_labels == {"payments": "area: payments"}


def test_the_log_of_a_new_site_is_empty_and_fine(tmp_path: Path) -> None:
    init(tmp_path, "acme/app")
    log = read_log(tmp_path, config.read(tmp_path, {}).zone)
    assert (list(log.entries), log.problems, log.demo) == ([], (), None)


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "content/voices.yml").write_text("mine")
    before = words(tmp_path)
    with pytest.raises(OnRecordError) as stopped:
        init(tmp_path, "acme/app")
    names = [problem.place.path for problem in stopped.value.problems]
    assert names == [str(tmp_path / "README.md"), str(tmp_path / "content/voices.yml")]
    assert words(tmp_path) == before


def test_a_site_is_not_started_twice(tmp_path: Path) -> None:
    init(tmp_path, "acme/app")
    before = words(tmp_path)
    with pytest.raises(OnRecordError, match="a site here already"):
        init(tmp_path, "acme/app")
    assert words(tmp_path) == before


@pytest.mark.parametrize("here", [False, True])
def test_a_dry_run_says_what_would_be_written_and_writes_nothing(here: bool, copy: Path, tmp_path: Path) -> None:
    target = copy if here else tmp_path / "new"
    before = words(tmp_path)
    said = init(target, "acme/app", here=here, dry_run=True)
    assert words(tmp_path) == before
    assert init(target, "acme/app", here=here) == said
    assert all((target / path).is_file() for path in said.files)


@pytest.mark.parametrize(
    ("every", "when"),
    [
        ("5m", "2,7,12,17,22,27,32,37,42,47,52,57 * * * *"),
        ("30m", CRON),
        ("1h", "17 * * * *"),
        ("60m", "17 * * * *"),
        ("6h", "17 4,10,16,22 * * *"),
        ("1d", "17 4 * * *"),
    ],
)
def test_how_often_becomes_a_schedule_at_odd_minutes(every: str, when: str) -> None:
    assert cron(every) == when


@pytest.mark.parametrize("every", ["", "0m", "1m", "7m", "45m", "90m", "5h", "2d", "30", "m", "30s", "-5m"])
def test_a_schedule_that_cannot_be_kept_is_refused(every: str, tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="no schedule"):
        init(tmp_path, every=every)
    assert words(tmp_path) == {}


def test_the_schedule_goes_into_its_workflow(tmp_path: Path) -> None:
    init(tmp_path, every="2h")
    schedule = yaml.safe_load((tmp_path / ".github/workflows/schedule.yml").read_text())
    assert schedule[True]["schedule"] == [{"cron": "17 0,2,4,6,8,10,12,14,16,18,20,22 * * *"}]


@pytest.mark.parametrize("repo", ["acme", "acme/", "/app", "https://github.com/acme/app", "a b/c", "a/b/c"])
def test_what_is_no_repository_is_refused(repo: str, tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="like acme/app"):
        init(tmp_path, repo)
    assert words(tmp_path) == {}


def test_a_site_carries_the_very_code_that_made_it(tmp_path: Path) -> None:
    init(tmp_path)
    carried = (tmp_path / ".github/onrecord.txt").read_text()
    name, digest = re.fullmatch(r"\./(\S+) --hash=sha256:([0-9a-f]{64})\n", carried).groups()  # type: ignore[union-attr]
    assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    for path in ("requirements.lock", "docs/writing.md", "docs/entries.md", "docs/settings.md", "docs/looks.md"):
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes()


def test_every_link_in_a_new_site_leads_to_a_file(tmp_path: Path) -> None:
    init(tmp_path, "acme/app")
    links = [
        (page, target)
        for page in [tmp_path / "README.md", *tmp_path.glob("docs/*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    ]
    assert {target for page, target in links if page.name == "README.md"} >= {"docs/writing.md", "docs/settings.md"}
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


def test_the_carried_wheel_starts_the_same_site_again(tmp_path: Path) -> None:
    name, packed = wheel.pack()
    with ZipFile(BytesIO(packed)) as archive:
        archive.extractall(tmp_path / "installed")
    again = "import sys; from onrecord.stages import init, wheel; from pathlib import Path\n"
    again += "assert wheel.__file__.startswith(sys.argv[1]), wheel.__file__\n"
    again += "init.init(Path(sys.argv[2]), 'acme/app')"
    installed, there = str(tmp_path / "installed"), str(tmp_path / "there/acme")
    subprocess.run([sys.executable, "-c", again, installed, there], check=True, env={"PYTHONPATH": installed})
    init(tmp_path / "here/acme", "acme/app")
    assert words(tmp_path / "there/acme") == words(tmp_path / "here/acme")
    assert f"vendor/{name}" in words(tmp_path / "there/acme")


def test_the_demo_goes_aside_and_an_empty_site_takes_its_place(copy: Path) -> None:
    started = init(copy, "acme/app", "1h", here=True)
    assert not (copy / DEMO).exists()
    assert (copy / ASIDE / "content/entries/made-up.md").is_file()
    assert config.read(copy, {}).sources["app"].repo == "acme/app"
    assert "17 * * * *" in (copy / ".github/workflows/schedule.yml").read_text()
    assert (copy / ".gitignore").read_text().splitlines()[-1] == "/content/record/"
    assert (copy / "README.md").read_text() == "# On Record\n"
    assert (copy / ".github/onrecord.txt").read_text() == "-e .\n"
    assert {".gitignore", "site_config.yml", ".github/workflows/schedule.yml"} <= set(started.files)
    assert "you may delete it" in started.todo[0]


def test_a_demo_is_taken_out_once(copy: Path) -> None:
    init(copy, here=True)
    before = words(copy)
    with pytest.raises(OnRecordError, match="no demo"):
        init(copy, here=True)
    assert words(copy) == before


def test_a_demo_that_was_put_aside_before_is_not_lost(copy: Path) -> None:
    (copy / ASIDE).mkdir(parents=True)
    with pytest.raises(OnRecordError, match="there already"):
        init(copy, here=True)
    assert (copy / DEMO).is_file()


@pytest.mark.parametrize("name", ["voices.yml", "components.yml"])
def test_the_examples_in_the_lists_are_right(name: str, tmp_path: Path) -> None:
    init(tmp_path)
    path = tmp_path / "content" / name
    example = path.read_text().partition("#\n")[2]
    path.write_text(re.sub(r"(?m)^# ?", "", example))
    log = read_log(tmp_path, config.read(tmp_path, {}).zone)
    assert log.problems == ()
    assert strict_yaml.read(path.read_text(), name).plain


def test_the_example_of_an_entry_is_right(tmp_path: Path) -> None:
    init(tmp_path)
    readme = (tmp_path / "content/entries/README.txt").read_text()
    example = "".join(line[4:] or "\n" for line in readme.splitlines(keepends=True) if line[:4] in ("    ", "\n"))
    (tmp_path / "content/entries/cards.md").write_text(example.strip() + "\n")
    folder = open_folder(tmp_path, {})
    assert check(folder, datetime(2026, 11, 21, 12, 0, tzinfo=UTC)) == ()
    assert [len(entry.updates) for entry in folder.log.entries] == [2]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A site that an older On Record started, and people went on with."""
    init(tmp_path / "site", "acme/app", "1h")
    site = tmp_path / "site"
    (wheel_now,) = (site / "vendor").iterdir()
    wheel_now.rename(site / "vendor/onrecord-0.0.9-py3-none-any.whl")
    (site / INSTALL).write_text("./vendor/onrecord-0.0.9-py3-none-any.whl --hash=sha256:0\n")
    (site / "requirements.lock").write_text("older\n")
    (site / "docs/looks.md").unlink()
    (site / ".github/workflows/site.yml").write_text("older\n")
    (site / ".github/CODEOWNERS").write_text("/content/ @acme/care\n")
    (site / "README.md").write_text("ours\n")
    (site / "content/voices.yml").write_text("ana: {name: Ana}\n")
    return site


def test_an_update_brings_a_newer_on_record_and_leaves_what_is_peoples(older: Path, tmp_path: Path) -> None:
    before = words(older)
    done = update(older)
    init(tmp_path / "new" / "site", "acme/app", "1h")
    fresh, after = words(tmp_path / "new" / "site"), words(older)
    peoples = {".github/CODEOWNERS", "README.md", "content/voices.yml"}
    assert {path: after[path] for path in peoples} == {path: before[path] for path in peoples}
    assert {path: text for path, text in after.items() if path not in peoples} == {
        path: text for path, text in fresh.items() if path not in peoples
    }
    assert set(done.files) == {path for path in after if after[path] != before.get(path)}
    assert "git diff" in done.todo[0]


def test_an_update_keeps_the_schedule_unless_another_is_named(older: Path) -> None:
    update(older)
    assert "17 * * * *" in (older / SCHEDULE).read_text()
    update(older, "1d")
    assert "17 4 * * *" in (older / SCHEDULE).read_text()


def test_a_second_update_changes_no_file(older: Path) -> None:
    update(older)
    before = words(older)
    assert update(older).files == ()
    assert words(older) == before


def test_a_dry_update_writes_nothing(older: Path) -> None:
    before = words(older)
    said = update(older, dry_run=True)
    assert words(older) == before
    assert said == update(older)


def test_only_a_site_is_updated(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="no site here"):
        update(tmp_path)
    assert words(tmp_path) == {}


def test_a_copy_of_this_repository_is_updated_with_git(copy: Path) -> None:
    before = words(copy)
    with pytest.raises(OnRecordError, match="with git"):
        update(copy)
    assert words(copy) == before
