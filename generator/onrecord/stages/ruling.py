"""What is wrong with `content/triage.yml`: names that nothing has, and rules that are never asked."""

from collections.abc import Iterator

from onrecord.errors import Level, OnRecordError, Problem, did_you_mean
from onrecord.log.triage import read_rules
from onrecord.model.triage import When
from onrecord.stages.gather import Folder


def ruling(folder: Folder) -> Iterator[Problem]:
    """Yield every problem of the rules."""
    try:
        rules, document = read_rules(folder.root)
    except OnRecordError as error:
        yield from error.problems
        return
    components, voices = list(folder.log.components), list(folder.log.voices)
    last = None
    for number, rule in enumerate(rules.rules):
        for place, name in enumerate(rule.when.components):
            if name not in components:
                what = f'there is no component "{name}".{did_you_mean(name, components)}'
                todo = "add it to content/components.yml, or take it out"
                yield Problem(document.place(["rules", number, "when", "components", place]), what, todo)
        if rule.then.owner and rule.then.owner not in voices:
            what = f'"{rule.then.owner}" is not one of the voices.{did_you_mean(rule.then.owner, voices)}'
            todo = "write a name from content/voices.yml"
            yield Problem(document.place(["rules", number, "then", "owner"]), what, todo, Level.WARNING)
        if last is not None:
            what = f"rule {number + 1} is never asked: rule {last} matches everything"
            yield Problem(document.place(["rules", number]), what, f"move it above rule {last}", Level.WARNING)
        elif rule.when == When():
            last = number + 1
