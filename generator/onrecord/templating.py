"""The Jinja environment: the site's templates before ours, everything escaped, nothing undefined."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from onrecord import words
from onrecord.errors import Place, Problem
from onrecord.language import Language

_BESIDE = Path(__file__).parent / "templates"
OURS = _BESIDE if _BESIDE.is_dir() else Path(__file__).parents[2] / "templates"
"""Our templates: beside the package in a wheel, at the top of a checkout."""


def environment(
    folders: Sequence[Path],
    language: Language,
    filters: Mapping[str, Any],
    values: Mapping[str, Any],
    compiled: Path | None = None,
) -> Environment:
    """Return an environment in which the first folder that has a template wins.

    `{% extends "onrecord/…" %}` and `{% import "onrecord/…" %}` always mean ours. Text from outside is only
    ever a variable, cleaned of what moves or hides other words; autoescape is on for every file name.
    Templates that were compiled are kept in the folder `compiled`, if there is one.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    jinja = Environment(
        loader=ChoiceLoader([PrefixLoader({"onrecord": FileSystemLoader(OURS)}), FileSystemLoader(folders)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
    )
    jinja.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext"):  # what they say is Markup, which is taken for clean
        jinja.globals[name] = _of_clean_values(jinja.globals[name])
    jinja.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # a person reads it too; `<` is still escaped
    jinja.filters.update(filters)
    jinja.globals.update(values)
    return jinja


def explain(error: TemplateError, folders: Sequence[Path]) -> Problem | None:
    """Return what is wrong in a template of one of these folders, or nothing when it is in none of them."""
    spots = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        spots.append((error.filename, error.lineno))
    for file, line in reversed(spots):
        for folder in folders:
            if Path(file).is_relative_to(folder):
                place = Place(Path(file).relative_to(folder.parent).as_posix(), line)
                todo = 'mend it, or begin anew from ours: {% extends "onrecord/…" %}'
                return Problem(place, f"this template cannot be used: {error.message}", todo)
    return None


def _cleaned(value: Any) -> Any:
    return words.written_out(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _of_clean_values(say: Any) -> Callable[..., str]:
    @pass_context
    def said(context: Context, *texts: Any, **values: Any) -> str:
        words_of_ours: str = say(context, *texts, **{name: _cleaned(value) for name, value in values.items()})
        return words_of_ours

    return said
