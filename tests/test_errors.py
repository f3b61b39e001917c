"""What is wrong, where, and what to do: problems read like help and come in the order of the file."""

import pytest

from onrecord.errors import OnRecordError, Place, Problem, SourceFailed, did_you_mean


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(Place("content/voices.yml", 3, 7), "this is wrong", "do that")
    assert str(problem) == "content/voices.yml:3:7: this is wrong\n    do that"


@pytest.mark.parametrize(("place", "shown"), [(Place("a.md"), "a.md"), (Place("a.md", 4), "a.md:4")])
def test_a_place_shows_only_what_is_known(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_problems_stand_in_the_order_of_their_places() -> None:
    places = [Place("b.md", 1), Place("a.md", 10, 2), Place("a.md", 9), Place("a.md", 10, 1)]
    error = OnRecordError(Problem(place, "x", "y") for place in places)
    assert [str(problem.place) for problem in error.problems] == ["a.md:9", "a.md:10:1", "a.md:10:2", "b.md:1"]
    assert str(error).count("\n    y") == 4


def test_a_failed_source_ends_differently_from_what_the_user_can_mend() -> None:
    assert (OnRecordError.exit_code, SourceFailed.exit_code) == (1, 3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("resolvd", ' Did you mean "resolved"?'), ("RESOLVED", ' Did you mean "resolved"?'), ("banana", ""), ("", "")],
)
def test_the_nearest_word_is_offered_if_there_is_one(wrong: str, said: str) -> None:
    assert did_you_mean(wrong, ["investigating", "resolved"]) == said


def test_what_a_problem_quotes_begins_no_line_and_moves_no_terminal() -> None:
    hostile = "a\n::add-mask::x\r\x1b[2J\x9b1m\u2028b\u202ec"
    said = str(Problem(Place(f"content/{hostile}.md", 1), f'no "{hostile}"', f"no {hostile}"))
    assert len(said.splitlines()) == 2
    assert said.replace("\n", "").isprintable()
