"""How each status is said and drawn: one word, one tone, one icon, the same everywhere."""

from dataclasses import dataclass

from onrecord.language import mark
from onrecord.model.entry import Entry
from onrecord.model.kinds import FIXED, ComponentState, Fault, Impact, Kind, Status
from onrecord.model.proof import Standing


@dataclass(frozen=True, slots=True)
class State:
    """The words for a status, and the tone and icon that always go with them."""

    words: str
    tone: str
    icon: str


STATES = {
    Status.REPORTED: State(mark("Reported"), "warn", "clock"),
    Status.INVESTIGATING: State(mark("Looking into it"), "warn", "clock"),
    Status.IDENTIFIED: State(mark("Cause found"), "bad", "triangle"),
    Status.WORKAROUND: State(mark("Workaround available"), "watch", "arrow"),
    Status.MONITORING: State(mark("Fix in place, watching"), "watch", "eye"),
    Status.FIXED_UNRELEASED: State(mark("Fixed, not yet released"), "watch", "box"),
    Status.RESOLVED: State(mark("Fixed"), "ok", "check"),
    Status.POSTMORTEM: State(mark("Fixed, with what we learned"), "ok", "check"),
    Status.WONT_FIX: State(mark("Will not change"), "mute", "minus"),
    Status.EXTERNAL: State(mark("Not ours to fix"), "mute", "minus"),
    Status.WITHDRAWN: State(mark("Withdrawn"), "mute", "minus"),
    Status.SCHEDULED: State(mark("Planned"), "watch", "clock"),
    Status.IN_PROGRESS: State(mark("Under way"), "warn", "clock"),
    Status.VERIFYING: State(mark("Done, checking"), "watch", "eye"),
    Status.COMPLETED: State(mark("Done"), "ok", "check"),
    Status.CANCELLED: State(mark("Called off"), "mute", "minus"),
    Status.PUBLISHED: State("", "mute", "page"),
    Status.EXPIRED: State(mark("No longer current"), "mute", "minus"),
}

COMPONENT_STATES = {
    ComponentState.OPERATIONAL: State(mark("Works"), "ok", "check"),
    ComponentState.DEGRADED_PERFORMANCE: State(mark("Slow or unreliable"), "warn", "clock"),
    ComponentState.PARTIAL_OUTAGE: State(mark("Fails for some"), "bad", "triangle"),
    ComponentState.MAJOR_OUTAGE: State(mark("Does not work"), "bad", "triangle"),
    ComponentState.UNDER_MAINTENANCE: State(mark("Being worked on"), "watch", "clock"),
}

STANDINGS = {
    Standing.BOTH_WAYS: State(mark("Confirmed both ways"), "ok", "check"),
    Standing.WE_SAY_SO: State(mark("We say so"), "mute", "minus"),
    Standing.BROKEN: State(mark("Broken"), "bad", "triangle"),
}

WORKS_WITH_FLAWS = State(mark("Works, with known issues"), "watch", "eye")
"""A component that is operational while a known issue on it is open."""


def component_state(state: ComponentState, *, flawed: bool) -> State:
    """Return how a component's state is said; `flawed` is one that works while a known issue on it is open."""
    return WORKS_WITH_FLAWS if flawed and state is ComponentState.OPERATIONAL else COMPONENT_STATES[state]


def advice(entry: Entry) -> str:
    """Return what readers are told to do, as it was written; nothing where that surely holds no longer.

    What is withdrawn asks nothing of anybody, nor does work that is over, and what is fixed needs no way round. Else
    only a person knows: what one still has to do after a fix is advice too (docs/design/do-now.md).
    """
    said: str = getattr(entry, "do_now", None) or ""
    over = entry.status is Status.WITHDRAWN or (entry.kind is Kind.MAINTENANCE and not entry.is_open)
    return "" if over or (entry.status in FIXED and _nothing_yet(said)) else said


def no_way_round(entry: Entry) -> bool:
    """Tell whether an entry says that there is nothing to be done about it yet, which pages say in a sentence."""
    return _nothing_yet(advice(entry))


def _nothing_yet(said: str) -> bool:
    return said.strip().lower().rstrip(".") in ("none", "none yet")


KIND_WORDS = {
    Kind.ISSUE: mark("Issue"),
    Kind.KNOWN_ISSUE: mark("Known issue"),
    Kind.INCIDENT: mark("Incident"),
    Kind.MAINTENANCE: mark("Maintenance"),
    Kind.ANNOUNCEMENT: mark("Announcement"),
    Kind.APOLOGY: mark("Apology"),
    Kind.FIX_NOTE: mark("Fix note"),
}

FAULT_WORDS = {
    Fault.OURS: mark("Ours"),
    Fault.SHARED: mark("Partly ours"),
    Fault.SUPPLIER: mark("A supplier's"),
    Fault.NOT_OURS: mark("Not ours"),
    Fault.UNKNOWN: mark("We do not know yet"),
}

IMPACT_WORDS = {
    Impact.NONE: "",
    Impact.MINOR: mark("minor"),
    Impact.MAJOR: mark("major"),
    Impact.CRITICAL: mark("critical"),
}
