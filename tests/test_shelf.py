"""A shelf: what lies on it is not made again, what nobody used is forgotten."""

from pathlib import Path

from onrecord.shelf import Shelf


def unmade() -> bytes:
    raise AssertionError("this lies on the shelf")


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "shelf").take("a1", lambda: b"made") == b"made"
    assert Shelf(tmp_path / "shelf").take("a1", unmade) == b"made"


def test_a_shelf_is_new_until_something_lies_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.is_new
    shelf.take("a1", lambda: b"made")
    assert not Shelf(tmp_path / "shelf").is_new
    assert Shelf().is_new


def test_another_key_is_another_thing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert [shelf.take(key, key.encode) for key in ("a1", "a2")] == [b"a1", b"a2"]


def test_what_is_torn_is_made_again(tmp_path: Path) -> None:
    first = Shelf(tmp_path).take("a1", lambda: b"many rows")
    for torn in (b"", (tmp_path / "a1").read_bytes()[:-3], b"other"):
        (tmp_path / "a1").write_bytes(torn)
        assert Shelf(tmp_path).take("a1", lambda: b"many rows") == first
        assert Shelf(tmp_path).take("a1", unmade) == first


def test_what_nobody_used_is_forgotten(tmp_path: Path) -> None:
    first = Shelf(tmp_path)
    for key in ("taken", "used", "old"):
        first.take(key, lambda: b"made")
    second = Shelf(tmp_path)
    second.take("taken", unmade)
    second.use("used")
    second.forget_others()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken", "used"]


def test_without_a_folder_everything_is_made_each_time() -> None:
    shelf, made = Shelf(), list[bytes]()
    for word in (b"one", b"two"):
        made.append(shelf.take("a1", lambda word=word: word))  # type: ignore[misc]
    shelf.forget_others()
    assert made == [b"one", b"two"]
