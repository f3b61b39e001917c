"""What was set is kept in its order: a text is read with its neighbours, and never with large ones."""

import sqlite3
from pathlib import Path

from onrecord.typesetter.kept import Kept
from onrecord.words import Rendered


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def kept_in(folder: Path, texts: list[str]) -> Kept:
    kept = Kept(folder / "words.sqlite")
    kept.put((key(number), Rendered.again(text, True), False) for number, text in enumerate(texts))
    return kept


def forget_all(folder: Path) -> None:
    base = sqlite3.connect(folder / "words.sqlite")
    base.execute("DELETE FROM texts")
    base.commit()
    base.close()


def html_of(kept: Kept, number: int) -> str | None:
    found = kept.get(key(number))
    return found and found.html


def test_texts_that_were_set_together_are_read_together(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, [f"text {number}" for number in range(100)])
    assert html_of(kept, 50) == "text 50"
    forget_all(tmp_path)
    assert html_of(kept, 49) == "text 49", "it was read when the one after it was"
    assert html_of(kept, 51) == "text 51", "and this one with the one before it"
    assert html_of(kept, 99) is None, "whoever asks for what is not at hand asks the file"


def test_a_large_text_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, ["small", "x" * 100_000])
    assert html_of(kept, 1) == "x" * 100_000
    forget_all(tmp_path)
    assert html_of(kept, 0) == "small"
    other = kept_in(tmp_path, ["small", "x" * 100_000])
    assert html_of(other, 0) == "small"
    forget_all(tmp_path)
    assert html_of(other, 1) is None, "a small one does not bring it along"


def test_what_is_set_anew_is_read_anew(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, ["zero", "one"])
    assert html_of(kept, 0) == "zero"
    kept.put([(key(1), Rendered.again("another", True), False)])
    assert html_of(kept, 1) == "another"


def test_it_tells_which_of_some_texts_it_has(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, ["zero", "one", "two"])
    assert kept.among([key(2), key(3), key(0)]) == {key(0), key(2)}
    assert kept.among([]) == set()


def test_a_file_of_an_older_form_begins_anew(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "words.sqlite")
    columns = "key BLOB PRIMARY KEY, html TEXT, displayed INTEGER, killed INTEGER"
    base.execute(f"CREATE TABLE texts ({columns}) WITHOUT ROWID")
    base.execute("INSERT INTO texts VALUES (?, 'zero', 1, 0)", (key(0),))
    base.commit()
    base.close()
    kept = kept_in(tmp_path, [])
    assert html_of(kept, 0) is None
    kept.put([(key(0), Rendered.again("again", True), True)])
    assert (html_of(kept, 0), kept.killed()) == ("again", {key(0)})
