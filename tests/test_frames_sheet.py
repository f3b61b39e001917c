"""The style sheet of generated pages: what is kept of the theme's."""

from onrecord.frames.sheet import sheet


def kept(theme: str, named: str = "") -> str:
    return sheet(theme, "", named).strip()


def test_a_rule_stays_when_one_of_its_selectors_can_match() -> None:
    assert kept(".a,.b .c,h1{color:red}", 'class="b c"') == ".b .c,h1{color:red}"
    assert kept("#x{color:red}.a:is(.b,.c){color:red}", "x a b") == "#x{color:red}"


def test_what_a_selector_excludes_need_not_be_there() -> None:
    assert kept("a:not(.x,:is(.y)){color:red}") == "a:not(.x,:is(.y)){color:red}"


def test_rules_within_a_condition_are_looked_at_one_by_one() -> None:
    theme = "@media print{.a{color:red}b{color:red}}@media(min-width:1px){.a{color:red}}"
    assert kept(theme) == "@media print{b{color:red}}"


def test_what_is_no_rule_stays() -> None:
    theme = '@charset "UTF-8";@page{margin:25mm}'
    assert kept(theme) == theme


def test_braces_and_commas_in_strings_end_nothing() -> None:
    theme = """b:before{content:"}.a{,"}.c{color:red}"""
    assert kept(theme) == """b:before{content:"}.a{,"}"""


def test_a_custom_property_stays_when_something_reads_it() -> None:
    icon = """url("data:image/svg+xml;charset=utf-8,<svg xmlns='x'/>")"""
    theme = f":root{{--icon:{icon};--one:1;--two:2}}i{{width:var(--one)}}.gone{{width:var(--icon)}}"
    assert kept(theme) == ":root{--one:1;}i{width:var(--one)}"
    assert kept(theme, "a{b:var(--two)}") == ":root{--one:1;--two:2}i{width:var(--one)}"
    assert kept(f":root{{--icon:{icon}}}") == ""


def test_ours_follows_as_it_is() -> None:
    assert sheet("b{color:red}", ".ours { --x: 1 }\n", "") == "b{color:red}\n.ours { --x: 1 }\n"
