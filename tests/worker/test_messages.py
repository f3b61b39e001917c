"""What is said between a build and its workers arrives as it was said, whatever it is, or not at all."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from onrecord.worker.messages import Job, Message, read, read_answers, write, write_jobs

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(["\ud83d", "\ude00", "\0", "\r\n", "😀"])
MESSAGES = st.lists(st.tuples(st.booleans(), ANY_TEXT), min_size=1, max_size=8)


def said(message: Message) -> bytes:
    pipe = BytesIO()
    write(pipe, message)
    return pipe.getvalue()


@given(st.lists(MESSAGES, max_size=3))
def test_messages_arrive_one_by_one_as_they_were_sent(messages: list[Message]) -> None:
    pipe = BytesIO(b"".join(map(said, messages)))
    assert [read(pipe) for _ in messages] == messages
    assert read(pipe) is None


@given(MESSAGES, st.data())
def test_what_was_cut_off_is_nothing(message: Message, data: st.DataObject) -> None:
    whole = said(message)
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    assert read(BytesIO(part)) is None


def test_texts_without_a_sign_are_nothing_when_they_are_cut_off() -> None:
    whole = said([(False, ""), (True, "")])
    assert [read(BytesIO(whole[:length])) for length in range(len(whole))] == [None] * len(whole)


def test_halves_of_a_sign_that_two_texts_end_and_begin_with_stay_apart() -> None:
    message = [(False, "a\ud83d"), (True, "\ude00b")]
    assert read(BytesIO(said(message))) == message


def test_a_worker_that_answers_another_number_of_texts_has_not_answered() -> None:
    pipe = BytesIO()
    write_jobs(pipe, [Job("One"), Job("Two", show_hosts=True)])
    assert read_answers(BytesIO(pipe.getvalue()), 1) is None
    assert [answer.html for answer in read_answers(BytesIO(pipe.getvalue()), 2) or []] == ["One", "Two"]
