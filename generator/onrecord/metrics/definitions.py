"""What each figure means, in the words that readers get: on the page, in its data, in docs/design/scoreboard.md.

`VERSION` rises when a rule changes, so that two prints of one figure can be told apart; past months are reckoned
again by the newest rules.
"""

from dataclasses import dataclass

from onrecord.language import mark

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Definition:
    """The name of a figure, and what it says."""

    name: str
    meaning: str


DEFINITIONS = {
    "raised": Definition(
        mark("Raised"),
        mark(
            "Issues, incidents and known issues. The clock starts when it was raised in public, or the harm began. "
            "A known issue that only we have seen has nobody who waits, and is in no figure."
        ),
    ),
    "answer": Definition(
        mark("First answer"),
        mark(
            "From the start of the clock to our first public words with a fact, an action or a decision. "
            "What a program says is no answer."
        ),
    ),
    "answer_at_work": Definition(
        mark("First answer, in working hours"),
        mark("The same, with only the hours counted in which somebody works; they are printed below."),
    ),
    "answered_within_a_day": Definition(
        mark("Answered within a day"),
        mark("Of those that are at least a day old. What was closed without an answer counts as not answered."),
    ),
    "acknowledgement": Definition(
        mark("First word from us"),
        mark("To our first public words of any kind, also “we have seen it”."),
    ),
    "fix": Definition(
        mark("Fixed"),
        mark("To the last time that it was fixed: what was opened again has waited from its first day."),
    ),
    "declined": Definition(
        mark("Will not change, or not ours"),
        mark("These have an answer but no fix to wait for."),
    ),
    "answered_on_time": Definition(
        mark("Answered within our target"),
        mark("By the target that held when it was raised. Missed from the moment at which its time is past."),
    ),
    "fixed_on_time": Definition(
        mark("Fixed within our target"),
        mark("The same for the fix."),
    ),
    "promises": Definition(
        mark("Promised updates kept"),
        mark("Updates, or the end of the matter, no later than five minutes after the time that we had promised."),
    ),
    "silence": Definition(
        mark("Longest silence"),
        mark("The longest time without a public word of ours while a matter was open, from when it was raised."),
    ),
    "answered_where_raised": Definition(
        mark("Answered where it was raised"),
        mark("Of those that were raised at a place that we know, and answered."),
    ),
    "reopened": Definition(
        mark("Opened again"),
        mark("Of those that were once fixed."),
    ),
    "corrected": Definition(
        mark("We corrected ourselves"),
        mark("Of all that we published in that time, news too."),
    ),
    "steps": Definition(
        mark("Steps done by their day"),
        mark(
            "What we promised to change so that it does not happen again, of all whose day is past or that are done."
        ),
    ),
    "open_now": Definition(
        mark("Open now"),
        mark("All that is wrong now, whoever found it."),
    ),
}
"""Every figure by its name in the data, in the order in which readers get them."""

RULES = (
    mark("Hours and days are those of the calendar, nights and weekends included."),
    mark("Who still waits counts, for as long as the wait has lasted: the times are read from a Kaplan–Meier curve."),
    mark("Where too few have an answer yet to tell, we say “more than” the longest wait so far."),
    mark(
        "Up to five are a list, without a typical time; nine in ten are told from thirty on. There is never a mean."
    ),
    mark(
        "A share is “so many of so many”. From twenty on a percentage stands beside it, and in brackets the range in "
        "which the true rate lies, nineteen times in twenty."
    ),
    mark("What was withdrawn, or left out with a reason, is listed and not counted."),
    mark("A month is reckoned again on each build, by the rules of today."),
)
"""What holds for every figure."""
