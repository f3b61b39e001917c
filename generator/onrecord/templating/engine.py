"""What the code of templates runs on: Jinja's environment, with shorter ways to what is asked for on every page."""

import operator
from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from onrecord import words
from onrecord.templating.code import Code, said


class PlainMacro(Macro):
    """A macro that makes HTML of the values that it names, and takes no others."""

    def __call__(self, *values: Any, **named: Any) -> Any:
        """Return the HTML; Jinja's own way, which looks for more, is taken where values have names."""
        left = self._argument_count - len(values)
        if named or left < 0:
            return super().__call__(*values, **named)
        return words.ours(self._func(*values, *(missing,) * left) if left else self._func(*values))


class Engine(Environment):
    """Jinja's environment, but that templates become code as `code` has it.

    And that a template's globals are one plain dict: chained ones cost a third of a page.
    """

    code_generator_class = Code
    called: Any = operator.call
    Macro = PlainMacro

    def __init__(self, **options: Any) -> None:
        """Know no template yet."""
        super().__init__(**options)
        self._known: dict[Any, Template] = {}

    def get_template(
        self,
        name: Any,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - it is Jinja's name
    ) -> Template:
        """Return a template, without the detour to Jinja's own memory if it was asked for before."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent, globals)
        return found

    def absent(self, owner: Any, name: str) -> Any:
        """Return what a template gets where there is no such attribute: an item, or what is undefined."""
        try:
            return owner[name]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=owner, name=name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: those of all, and its own."""
        return {**self.globals, **(d or {})}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        gettext: Callable[[str], Markup] = self.globals["gettext"]  # type: ignore[assignment]
        return super()._generate(said(source, gettext), name, filename, defer_init)
