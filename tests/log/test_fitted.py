"""An entry whose texts grew or vanished on the way: everything still fits into its field."""

from tests.every_field import every_field

from onrecord.log.fitted import fitted
from onrecord.model.kinds import Kind
from onrecord.model.scalars import LONGEST_LINE


def test_what_is_too_long_is_cut_wherever_it_stands_and_what_is_nothing_becomes_a_sign() -> None:
    for kind in Kind:
        plain = every_field(kind, "Some words").model_dump(by_alias=True, exclude_defaults=True)
        grown = {**plain, "title": "a" * 500, "metrics": {"exclude": "b" * 500}, "author": ""}
        entry = fitted(grown)
        assert entry.title == "a" * LONGEST_LINE
        assert entry.metrics != "include"
        assert entry.metrics.exclude == "b" * LONGEST_LINE
        assert entry.author == "…"
