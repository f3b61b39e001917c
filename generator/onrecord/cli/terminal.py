"""How the program talks: bars on a terminal, plain lines in CI, problems as GitHub shows them."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from onrecord.errors import Level, OnRecordError, Problem
from onrecord.talk import unknown

if TYPE_CHECKING:
    from onrecord.stages.asking import Question

T = TypeVar("T")


@dataclass(frozen=True)
class Terminal:
    """Talks on standard error, so that standard output stays for results; `quiet` leaves only problems.

    With `verbose` it also names each file and entry that changed.
    """

    quiet: bool = False
    verbose: bool = False

    def say(self, line: str) -> None:
        """Show one line."""
        if not self.quiet:
            click.echo(line, err=True)

    def detail(self, line: str) -> None:
        """Show one line to whoever asked for more."""
        if self.verbose:
            self.say(line)

    def result(self, line: str) -> None:
        """Show one line of what came of it, on standard output."""
        if not self.quiet:
            click.echo(line)

    def track(self, items: Iterable[T], what: str, total: Callable[[], int | None] = unknown) -> Iterable[T]:
        """Yield the items, with a bar on a terminal."""
        if self.quiet or not sys.stderr.isatty():
            return items
        return _bar(items, what, total)

    @property
    def asks(self) -> bool:
        """Tell whether there is a person to ask."""
        return not self.quiet and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: "Question") -> str:
        """Return the answer of the person at the terminal, asked until nothing is wrong with it."""
        click.echo(question.words, err=True)
        if question.choices:
            click.echo(f"  {', '.join(question.choices)}", err=True)
        suffix = "(needed) > " if question.needed else "(Enter leaves it out) > "
        while True:
            answer: str = click.prompt("", default="", show_default=False, prompt_suffix=suffix, err=True).strip()
            if not answer and not question.needed:
                return ""
            try:
                question.attempt(answer)
            except OnRecordError as error:
                for problem in error.problems:
                    click.echo(f"  {problem.what}\n  {problem.todo}", err=True)
            else:
                if answer:
                    return answer

    def tell(self, problems: Iterable[Problem], form: str = "text") -> bool:
        """Show problems, as annotations too in GitHub Actions, and return whether any is an error."""
        shown = list(problems)
        for problem in shown:
            if form == "github" or (form == "text" and os.environ.get("GITHUB_ACTIONS") == "true"):
                click.echo(annotation(problem))
            if form == "text":
                said = click.style(f"{problem.level}: ", fg="red" if problem.level is Level.ERROR else "yellow")
                click.echo(said + str(problem), err=True)
        return any(problem.level is Level.ERROR for problem in shown)


def annotation(problem: Problem) -> str:
    """Return a problem as an annotation that GitHub shows at its line."""
    place = f"file={_escaped(problem.place.path)}"
    if problem.place.line:
        place += f",line={problem.place.line},col={max(problem.place.column, 1)}"
    return f"::{problem.level} {place}::{_escaped(f'{problem.what} – {problem.todo}')}"


def _escaped(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(sign, code)
    return text


def _bar(items: Iterable[T], what: str, total: Callable[[], int | None]) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total())
        for item in items:
            yield item
            progress.update(task, advance=1, total=total())
