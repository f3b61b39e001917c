"""Who answers what, and what waits for an answer: pure functions over what is on record."""

from onrecord.triage.decision import Decision, Trial, triage, trials
from onrecord.triage.needs import Need, Waiting, waiting

__all__ = ["Decision", "Need", "Trial", "Waiting", "triage", "trials", "waiting"]
