"""The Jinja environment: the site's templates before ours, everything escaped, nothing undefined."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

from babel.support import NullTranslations
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup, escape

from onrecord import our_code, words
from onrecord.errors import Place, Problem
from onrecord.language import Language
from onrecord.our_code import OURS
from onrecord.templating.engine import Engine

_READY = {Markup, str, int, float}
"""What can be filled in as it is: texts that are printed already, and numbers."""


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
    Templates that were compiled are kept in the folder `compiled`, if there is one: all of them, when it is new.
    """
    jinja = Engine(
        loader=ChoiceLoader([PrefixLoader({"onrecord": FileSystemLoader(OURS)}), FileSystemLoader(folders)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them: they are as many as there are files
        bytecode_cache=_kept(compiled, language) if compiled else None,
    )
    # What the extension itself would install is handed a context at each word, and makes it Markup anew each time.
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]
    gettext = _gettext(language.catalogue)
    jinja.globals.update(gettext=gettext, _=gettext, ngettext=_ngettext(language.catalogue))
    jinja.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # a person reads it too; `<` is still escaped
    jinja.filters.update(filters)
    jinja.globals.update(values)
    if compiled and not any(compiled.iterdir()):
        _compile(jinja)
    return jinja


def _compile(jinja: Environment) -> None:
    """Compile all templates at once, where none is kept: else each hand would compile those that it comes upon."""
    for path in sorted(path for folder in ("", "facts", "pages") for path in (OURS / folder).glob("*.html")):
        with suppress(TemplateError):  # it is told where a page wants it
            jinja.get_template(path.relative_to(OURS).as_posix())


def _kept(folder: Path, language: Language) -> FileSystemBytecodeCache:
    """Return where compiled templates are kept; those of another language, or of other code of ours, are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    edition = f"{language.code}-{our_code.digest()}-"
    for old in folder.iterdir():
        if not old.name.startswith(edition):
            old.unlink()
    return FileSystemBytecodeCache(str(folder), f"{edition}%s")


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


def _printed(value: Any) -> str:
    """Return a value as it is printed: text is cleaned and escaped, and what is escaped already stays as it is."""
    if type(value) is Markup:
        return value
    if isinstance(value, str) and not isinstance(value, Markup):
        return value if words.stands(value) else words.written_out(value)
    return escape(value)


def _gettext(catalogue: NullTranslations) -> Callable[..., Markup]:
    @cache
    def words_of_ours(text: str) -> Markup:
        return words.ours(catalogue.gettext(text))

    @cache
    def filled_with_nothing(text: str) -> Markup:
        return words_of_ours(text) % {}

    def gettext(text: str, **values: Any) -> Markup:
        return _filled(words_of_ours(text), values) if values else filled_with_nothing(text)

    return gettext


def _ngettext(catalogue: NullTranslations) -> Callable[..., Markup]:
    def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
        return _filled(words.ours(catalogue.ngettext(one, many, num)), {"num": num, **values})

    return ngettext


def _filled(text: Markup, values: Mapping[str, Any]) -> Markup:
    """Return words of ours with values filled in, printed as everything is."""
    printed = {name: _printed(value) if isinstance(value, str) else value for name, value in values.items()}
    if _READY.issuperset(map(type, printed.values())):
        return words.ours(str.__mod__(text, printed))  # Markup would wrap and escape each again: nine times as long
    return text % printed
