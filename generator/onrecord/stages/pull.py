"""`onrecord pull`: asks the sources what is new and keeps what they say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from onrecord.contracts import Batch, Known, Say, Source, Understood
from onrecord.errors import OnRecordError, Place, Problem, SourceFailed, did_you_mean
from onrecord.log.keep import Keeper
from onrecord.log.pulled import SourceState
from onrecord.log.read import VOICES
from onrecord.stages.ahead import ahead
from onrecord.stages.gather import Folder
from onrecord.stages.holding import held
from onrecord.stages.last_pull import LastPull, PulledSource, write_last_pull
from onrecord.stages.vanishing import too_many
from onrecord.talk import Talk
from onrecord.web import Access, Clock, Web

Connect = Callable[[Access], Web]
"""Opens a web client for one source."""

_ODD_ROWS = 10  # are named in one pull; the rest are counted
_SAVED_EVERY = timedelta(seconds=30)
"""So much of a pull is lost at most when it is killed: an entry that many answers are about is written seldom."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to pull: only some sources, everything again, with many gone, from saved answers, or without writing."""

    only: tuple[str, ...] = ()
    full: bool = False
    allow_vanishing: bool = False
    saved: tuple[Path, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class SourcePull:
    """What the pull of one source did; `entries` are the ids that changed.

    `redacted` counts kinds of personal data, `held` says why an entry is held for review.
    """

    source: PulledSource
    entries: tuple[str, ...]
    requests: int
    redacted: dict[str, int]
    held: dict[str, str]
    problems: tuple[Problem, ...] = ()


def pull(folder: Folder, connect: Connect, clock: Clock, options: Options, talk: Talk) -> tuple[SourcePull, ...]:
    """Return what each source's pull did; a source that fails keeps what it has and stops no other."""
    if folder.log.demo:
        talk.say("This is the demo: its record is made up, so there is nothing to pull.")
        return ()
    _refuse_unknown_voices(folder)
    sources = _chosen(folder, options)
    if not sources:
        talk.say("No sources are set in site_config.yml, so there is nothing to pull.")
    done = tuple(
        _pull_one(_keeper(name, folder, clock, options), source, connect, clock, options, talk)
        for name, source in sources.items()
    )
    if not options.dry_run:
        write_last_pull(folder.root, LastPull(at=clock.now(), sources=tuple(pulled.source for pulled in done)))
        if changed := {entry for pulled in done for entry in pulled.entries}:
            folder.pack.forget(changed)  # what was taken out of the record may not stay in it
    return done


def failed(done: Sequence[SourcePull]) -> bool:
    """Tell whether any source could not be read."""
    return any(pulled.source.failed for pulled in done)


def summary(pulled: SourcePull) -> str:
    """Return one line for people about the pull of one source; counts kinds of personal data, never values."""
    said = [_counted(len(pulled.entries), "file", " changed"), _counted(pulled.requests, "request")]
    if pulled.redacted:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(pulled.redacted.items()))
        said.append(f"redacted: {kinds}")
    if pulled.held:
        said.append(f"held for review: {', '.join(sorted(pulled.held))}")
    return f"{pulled.source.name}: {'; '.join(said)}"


def _counted(number: int, noun: str, rest: str = "") -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}{rest}"


def _refuse_unknown_voices(folder: Folder) -> None:
    # Whoever is missing would not count as official, and what was read then is not read again.
    broken = [problem for problem in folder.log.problems if problem.place.path == VOICES]
    if broken:
        raise OnRecordError(broken)


def _chosen(folder: Folder, options: Options) -> dict[str, Source]:
    known: dict[str, Source] = folder.settings.sources
    wrong = [name for name in options.only if name not in known]
    if wrong:
        what = f'there is no source "{wrong[0]}".{did_you_mean(wrong[0], list(known))}'
        raise OnRecordError(Problem(Place("site_config.yml"), what, f"known here: {', '.join(known)}"))
    chosen = {name: source for name, source in known.items() if not options.only or name in options.only}
    if options.saved and len(chosen) > 1:
        what = f"saved answers are of one source, and there are {len(chosen)} here: {', '.join(chosen)}"
        todo = f"name theirs: onrecord pull {next(iter(chosen))} --load {options.saved[0].name}"
        raise OnRecordError(Problem(Place("site_config.yml"), what, todo))
    return chosen


def _keeper(name: str, folder: Folder, clock: Clock, options: Options) -> Keeper:
    state = folder.log.states.get(name, SourceState())
    known = Known(
        name=name,
        now=clock.now(),
        entries=folder.log.pulled.get(name, {}),
        marks=state.marks,
        voices=folder.log.voices,
        full=options.full,
        zone=folder.settings.zone,
    )
    return Keeper(folder.root, known, state, folder.settings.privacy, folder.log.erased, dry_run=options.dry_run)


def _pull_one(
    keeper: Keeper, source: Source, connect: Connect, clock: Clock, options: Options, talk: Talk
) -> SourcePull:
    requests = 0
    problems: Sequence[Problem] = ()
    failure: str | None = None
    keeper.review()
    try:
        if options.saved:
            _keep(lambda _: _load(source, options.saved), keeper, source, clock, options, talk)
        else:
            with connect(source.access()) as web:
                try:
                    # Of what is on record as it was: it is read while the answers are joined to it.
                    known = replace(keeper.known, entries=dict(keeper.known.entries))
                    _keep(partial(source.fetch, web, known), keeper, source, clock, options, talk)
                finally:
                    requests = web.requests
    except SourceFailed as error:
        problems, failure = error.problems, error.problems[0].what
    report = PulledSource(
        name=keeper.known.name,
        title=source.title,
        read_at=keeper.state.read_at if failure else clock.now(),
        failed=failure,
    )
    return SourcePull(
        report,
        tuple(sorted(keeper.changed)),
        requests,
        dict(keeper.redacted),
        dict(keeper.state.held),
        (*problems, *held(keeper.known.name, keeper.state)),
    )


def _keep(
    batches: Callable[[Say], Iterator[Batch]],
    keeper: Keeper,
    source: Source,
    clock: Clock,
    options: Options,
    talk: Talk,
) -> None:
    """Join the batches to what is known, while the next are on their way; at last, and now and then, it is saved.

    However it ends, what was understood until then is on disk.
    """
    odd = _Odd(f"{source.title}: ", talk.say)
    began, saved, read_at = keeper.known.marks, clock.now(), clock.now()
    with closing(ahead(lambda say: ((batch, clock.now()) for batch in batches(say)), talk.say)) as timed:
        try:
            expected: list[int] = []
            tracked = talk.track(timed, f"{source.title}: answers", lambda: max(expected, default=None))
            for number, (batch, read_at) in enumerate(tracked, 1):
                understood = source.understand(batch, keeper.known)
                odd.tell(understood.odd)
                if understood.to_come is not None:
                    expected.append(number + understood.to_come)
                if not options.allow_vanishing and (problem := too_many(keeper.known, understood.vanished)):
                    keeper.keep(Understood(marks=began))  # so that it is not taken for settled
                    raise SourceFailed(problem)
                keeper.keep(understood)
                if read_at - saved >= _SAVED_EVERY:
                    keeper.save(read_at)
                    saved = read_at
        finally:
            keeper.save(read_at)
    odd.tell_of_others()


class _Odd:
    """Names the rows that cannot be read, each once, and counts the rest where there are many."""

    def __init__(self, title: str, say: Say) -> None:
        self._title, self._say = title, say
        self._known: set[str] = set()

    def tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            if line not in self._known and len(self._known) < _ODD_ROWS:
                self._say(line)
            self._known.add(line)

    def tell_of_others(self) -> None:
        if (others := len(self._known) - _ODD_ROWS) > 0:
            self._say(f"{self._title}{_counted(others, 'more row')} could not be read and were left out")


def _load(source: Source, saved: Sequence[Path]) -> Iterator[Batch]:
    for path in saved:
        try:
            yield from source.load(path.read_text("utf-8"))
        except (ValueError, OSError) as error:
            todo = "save an answer of the service, as JSON or one JSON object a line"
            raise OnRecordError(
                Problem(Place(str(path)), f"this saved answer cannot be used: {error}", todo)
            ) from None
