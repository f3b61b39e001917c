"""The Jinja environment: the site's templates before ours, everything escaped, nothing undefined."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from onrecord.language import Language

_BESIDE = Path(__file__).parent / "templates"
OURS = _BESIDE if _BESIDE.is_dir() else Path(__file__).parents[2] / "templates"
"""Our templates: beside the package in a wheel, at the top of a checkout."""


def environment(
    folders: Sequence[Path], language: Language, filters: Mapping[str, Any], values: Mapping[str, Any]
) -> Environment:
    """Return an environment in which the first folder that has a template wins.

    `{% extends "onrecord/…" %}` and `{% import "onrecord/…" %}` always mean ours. Text from outside is only
    ever a variable, and autoescape is on for every file name.
    """
    jinja = Environment(
        loader=ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"onrecord": FileSystemLoader(OURS)})]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]
    jinja.filters.update(filters)
    jinja.globals.update(values)
    return jinja
