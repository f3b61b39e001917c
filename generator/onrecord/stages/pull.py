"""`onrecord pull`: asks the sources what is new and keeps what they say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.contracts import Batch, Known, Source, Understood
from onrecord.errors import OnRecordError, Place, Problem, SourceFailed, did_you_mean
from onrecord.log.keep import Keeper
from onrecord.log.pulled import SourceState
from onrecord.log.read import VOICES
from onrecord.stages.gather import Folder, LastPull, PulledSource, write_last_pull
from onrecord.stages.holding import held
from onrecord.stages.vanishing import too_many
from onrecord.talk import Talk
from onrecord.web import Access, Clock, Web

Connect = Callable[[Access], Web]
"""Opens a web client for one source."""

_ODD_ROWS = 10  # are named in one pull; the rest are counted


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
    if options.full:
        state = state.model_copy(update={"held": {}})
    known = Known(
        name=name,
        now=clock.now(),
        entries=folder.log.pulled.get(name, {}),
        marks=state.marks,
        voices=folder.log.voices,
        full=options.full,
        zone=folder.settings.zone,
    )
    return Keeper(folder.root, known, state, folder.settings.privacy, folder.log.erased, options.dry_run)


def _pull_one(
    keeper: Keeper, source: Source, connect: Connect, clock: Clock, options: Options, talk: Talk
) -> SourcePull:
    requests = 0
    problems: Sequence[Problem] = ()
    failure: str | None = None
    keeper.review()
    try:
        if options.saved:
            _keep(_load(source, options.saved), keeper, source, clock, options, talk)
        else:
            with connect(source.access()) as web:
                try:
                    _keep(source.fetch(web, keeper.known, talk.say), keeper, source, clock, options, talk)
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
    batches: Iterator[Batch], keeper: Keeper, source: Source, clock: Clock, options: Options, talk: Talk
) -> None:
    odd: set[str] = set()
    began = keeper.known.marks
    for batch in talk.track(batches, f"{source.title}: answers"):
        understood = source.understand(batch, keeper.known)
        for line in understood.odd:
            if line not in odd and len(odd) < _ODD_ROWS:
                talk.say(line)
            odd.add(line)
        if not options.allow_vanishing and (problem := too_many(keeper.known, understood.vanished)):
            keeper.keep(Understood(marks=began), clock.now())  # so that it is not taken for settled
            raise SourceFailed(problem)
        keeper.keep(understood, clock.now())
    if len(odd) > _ODD_ROWS:
        talk.say(f"{source.title}: {_counted(len(odd) - _ODD_ROWS, 'more row')} could not be read and were left out")


def _load(source: Source, saved: Sequence[Path]) -> Iterator[Batch]:
    for path in saved:
        try:
            yield from source.load(path.read_text("utf-8"))
        except (ValueError, OSError) as error:
            todo = "save an answer of the service, as JSON or one JSON object a line"
            raise OnRecordError(
                Problem(Place(str(path)), f"this saved answer cannot be used: {error}", todo)
            ) from None
