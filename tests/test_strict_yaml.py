"""YAML without guessing: what is written is what is read, and what is wrong has its place and its cure."""

from textwrap import dedent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OnRecordError
from onrecord.strict_yaml import decoded, read

MISFIT = 'a ": " does not fit here\n    put the whole value in "quotes", or start the field under those above'
ASKEW = (
    "this does not fit what comes before it\n    start it under the first letter of the fields above, "
    'and close every "quote" where its value ends'
)


def refused(text: str, first_line: int = 1) -> str:
    with pytest.raises(OnRecordError) as caught:
        read(text, "voices.yml", first_line)
    return str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "y",
        "12:30",
        "1.10",
        "0o7",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        "2026-11-21",
        "True",
        "=",
        "nil",
    ],
)
def test_a_value_is_the_text_that_was_written(written: str) -> None:
    assert read(f"value: {written}\n", "x.yml").plain == {"value": written}


@pytest.mark.parametrize("nothing", ["", " ", "~", "null", "Null", "NULL", '""', "''", "# a remark"])
def test_an_empty_field_is_an_absent_field(nothing: str) -> None:
    assert read(f"gone: {nothing}\nthere: x\n", "x.yml").plain == {"there": "x"}


@pytest.mark.parametrize("text", ["null", "~", "Null"])
def test_a_quoted_null_is_a_text(text: str) -> None:
    assert read(f'value: "{text}"\n', "x.yml").plain == {"value": text}


def test_an_empty_item_is_no_item_and_the_places_of_the_others_stay_right() -> None:
    document = read("names: [~, ana, '', bo]\n", "x.yml")
    assert document.plain == {"names": ["ana", "bo"]}
    assert str(document.place(["names", 0])) == "x.yml:1:12"
    assert str(document.place(["names", 1])) == "x.yml:1:21"


def test_an_empty_text_is_an_empty_group() -> None:
    assert read("", "x.yml").plain == {}
    assert read("# nothing yet\n", "x.yml").plain == {}


def test_long_texts_keep_their_lines() -> None:
    text = "folded: >\n  one\n  two\nkept: |\n  one\n  two\n"
    assert read(text, "x.yml").plain == {"folded": "one two\n", "kept": "one\ntwo\n"}


def test_a_merge_key_is_a_field_like_any_other() -> None:
    assert read("<<: {a: b}\n", "x.yml").plain == {"<<": {"a": "b"}}


def test_the_place_counts_from_the_line_where_the_text_starts() -> None:
    document = read("a: 1\nb:\n  c: 2\n", "x.md", first_line=2)
    assert str(document.place(["b", "c"])) == "x.md:4:6"
    assert str(document.place(["b", "c"], of_key=True)) == "x.md:4:3"
    assert str(document.place(["b", "no such field"])) == "x.md:4:3"
    assert str(document.place([])) == "x.md:2:1"


def test_every_field_that_is_given_twice_is_named() -> None:
    text = "name: a\nrole: b\nname: c\naccounts:\n  - handle: x\n    handle: y\n"
    todo = "\n    keep one of them; two values for one field cannot both be meant"
    assert refused(text) == (
        f'voices.yml:3:1: "name" is given twice{todo}\nvoices.yml:6:5: "handle" is given twice{todo}'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", "1:4 2:4"),
        ("a: *nobody\n", "1:4"),
        ("title: *Important* news\n", "1:18"),
        ("a: & b\n", "1:5"),
        ("a: &x [*x]\n", "1:4 1:8"),
        ("a: &x\n- &y b\n", "1:4 2:3"),
    ],
)
def test_anchors_and_aliases_are_refused_each_at_its_place(text: str, said: str) -> None:
    what = "anchors (&) and aliases (*) are not used here"
    todo = 'write the value out, or put it in "quotes" if the sign belongs to the text'
    assert refused(text) == "\n".join(f"voices.yml:{place}: {what}\n    {todo}" for place in said.split())


def test_an_alias_bomb_does_not_go_off() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert refused(bomb).count("are not used here") == 60 + 59 * 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("!ENV TOKEN", "!ENV"),
        ("!!python/object/apply:os.system [ls]", "!!python/object/apply:os.system"),
        ("!!str 5", "!!str"),
        ("!!binary aGk=", "!!binary"),
        ("! x", "!"),
        ("!!set {a, b}", "!!set"),
        ("!include secrets.yml", "!include"),
    ],
)
def test_tags_are_refused(value: str, shown: str) -> None:
    todo = 'take it out, or put the whole value in "quotes"'
    assert refused(f"a: {value}\n") == f"voices.yml:1:4: the tag {shown} is not used here\n    {todo}"


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? "])
def test_bottomless_nesting_is_refused_and_kills_nothing(piece: str) -> None:
    said = refused(piece * 200_000)
    assert said.startswith("voices.yml:1:")
    assert said.endswith(": this is nested too deeply\n    write it flatter")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\x9f", "\ufffe", "\ud800"])
def test_an_invisible_character_is_named_with_its_place(character: str) -> None:
    assert refused(f"a: b\nc: d{character}e\n") == (
        f"voices.yml:2:5: there is an invisible character here (U+{ord(character):04X})"
        "\n    delete it and type the line anew"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "title: Mail: late\n",
            f"1:12: {MISFIT}",
        ),
        (
            "a: b\n  c: d\n",
            f"2:4: {MISFIT}",
        ),
        (
            "a:\n\tb: c\n",
            '2:1: nothing starts with this character\n    put the whole value in "quotes"; write a tab as spaces',
        ),
        (
            "a: @ana\n",
            '1:4: nothing starts with this character\n    put the whole value in "quotes"; write a tab as spaces',
        ),
        ("a: b\nc: 'd\ne: f\n", "2:4: this quote is never closed\n    put the same quote where the value ends"),
        (
            "a: [b, c\nd: e\n",
            '1:4: this list is never closed\n    put a "]" where it ends, and a comma between its values',
        ),
        (
            "a: {b: c\n",
            '1:4: this group is never closed\n    put a "}" where it ends, and a comma between its fields',
        ),
        ("a: b\nhello\nc: d\n", '2:1: this line is not a field\n    write "name: value"'),
        (
            "a: 'it's'\n",
            f"1:8: {ASKEW}",
        ),
        (
            "a:\n  - b\n  c: d\n",
            '3:3: this does not fit the list above it\n    begin it with "- ", or start it further left',
        ),
        ("a: - b\n", '1:4: a list cannot start here\n    write each "- value" on a line of its own'),
        ("a: >b\n", '1:5: a value cannot start with > or |\n    put the whole value in "quotes"'),
        ('a: "C:\\q"\n', '1:7: a "\\" means something else in "double quotes"\n    use \'single quotes\''),
        ("a: b\n---\nc: d\n", '2:1: there is a second "---" here\n    take it out'),
        ("- a\n- b\n", '1: this is not a group of fields\n    write each field as "name: value"'),
        ("hello\n", '1: this is not a group of fields\n    write each field as "name: value"'),
        ("? [a]\n: b\n", '1:3: the name of a field is one word\n    write "name: value"'),
    ],
)
def test_broken_yaml_is_said_in_plain_words(text: str, said: str) -> None:
    assert refused(text) == f"voices.yml:{said}"


def test_what_was_wrong_before_the_yaml_broke_is_said_too() -> None:
    assert refused("a: &x 1\nb: 'c\n").count("\n    ") == 2


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble() -> None:
    text = decoded("\ufeffa: b\r\nc:\r\n  - d\r\n".encode(), "x.yml")
    assert read(text, "x.yml").plain == {"a": "b", "c": ["d"]}


def test_a_file_that_is_not_utf_8_says_its_line() -> None:
    with pytest.raises(OnRecordError) as caught:
        decoded("name: ok\nrole: Käufer\n".encode("latin-1"), "voices.yml")
    assert str(caught.value) == (
        "voices.yml:2: there is a character here that is not UTF-8\n    save the file as UTF-8"
    )


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
_FIELDS = st.recursive(
    _WORDS.filter(bool),
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(_WORDS, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_WORDS, _FIELDS, max_size=6))
def test_any_texts_that_a_program_writes_are_read_back(fields: dict[str, object]) -> None:
    # Every text in quotes, as careful programs write them.
    written = yaml.safe_dump(fields, allow_unicode=True, default_style='"')
    assert read(written, "x.yml").plain == fields


@given(st.text(alphabet="ab:-#'\"[]{}&*!|>%@`,?~ \n\t0\\", max_size=60) | st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read(text, "x.yml")
    except OnRecordError as error:
        assert all(problem.place.path == "x.yml" and problem.todo for problem in error.problems)


def test_settings_as_people_write_them_are_read() -> None:
    text = """
        site:
          title: Acme on record        # a remark
        sources:
          app:
            component_labels: {payments: "area: payments"}
    """
    assert read(dedent(text), "x.yml").plain == {
        "site": {"title": "Acme on record"},
        "sources": {"app": {"component_labels": {"payments": "area: payments"}}},
    }


def test_a_missing_space_after_a_colon_is_told_where_it_is() -> None:
    with pytest.raises(OnRecordError) as caught:
        read("title: Late\nkind:incident\nopened: 2026-11-21\n", "late-mail.md")
    assert str(caught.value) == 'late-mail.md:2:1: "kind:" is no field yet\n    put a space after the colon'
