"""How a template becomes code: as Jinja has it, but for one language and with less to do at each word it prints.

docs/design/templates.md says what is saved, and what keeps a page the same to the byte.
"""

from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


class Code(CodeGenerator):
    """Jinja's generator, for an environment whose `finalize` escapes, and whose functions ask for no context.

    Jinja finalizes what is printed, then asks again whether it is escaped; and before it calls anything, it asks
    five questions to find out whether that wants to know the context. Here the answers are known.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._words: dict[str, str] = {}

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template, and below it what is the same whenever it is used."""
        super().visit_Template(node, frame)
        self.writeline("finalize, called, absent = environment.finalize, environment.called, environment.absent")
        for text, name in self._words.items():
            self.writeline(f"{name} = {text}")

    def visit_TemplateData(self, node: nodes.TemplateData, frame: Frame) -> None:  # noqa: N802
        """Write words that are handed on."""
        if _is_escaped(frame):
            self.write(self._words.setdefault(repr(node.as_const(frame.eval_ctx)), f"words_{len(self._words)}"))
        else:
            super().visit_TemplateData(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what makes a macro: of our kind where it takes what it names and nothing else."""
        if _is_escaped(frame) and not (
            macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        ):
            self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_escaped(frame):
            self.write("finalize(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_escaped(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call as it stands in the template."""
        self.write("called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write a look at an attribute that is a call of Python's own where there is one, and of ours where not."""
        self.write("(found if (found := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else absent(owner, {node.attr!r}))")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:  # Jinja asks each time whether one template has globals that another has not
            self.write("environment.get_template(")
            self.visit(node.template, frame)
            self.write(f", {self.name!r}).module")


def said(template: nodes.Template, gettext: Callable[[str], Markup]) -> nodes.Template:
    """Return a template in which words of ours that nothing is filled into are said in the language of the site."""
    if "gettext" in _named_by(template):
        return template  # it means something of its own by that name
    spoken: nodes.Template = _Saying(gettext).visit(template)
    return spoken


def _named_by(template: nodes.Template) -> Iterator[str]:
    """Yield every name that a template gives to something."""
    yield from (name.name for name in template.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in template.find_all(nodes.Macro))
    yield from (module.target for module in template.find_all(nodes.Import))
    for module in template.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in module.names)


class _Saying(NodeTransformer):
    def __init__(self, gettext: Callable[[str], Markup]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        is_ours = isinstance(node.node, nodes.Name) and node.node.name == "gettext"
        is_filled = node.kwargs or node.dyn_args or node.dyn_kwargs
        match node.args:
            case [nodes.Const(value=str() as text)] if is_ours and not is_filled and "%" not in text:
                return nodes.TemplateData(str(self._gettext(text)), lineno=node.lineno)
        return self.generic_visit(node)


def _is_escaped(frame: Frame) -> bool:
    """Tell whether what is printed here goes through `finalize` alone: not where a template turned escaping off."""
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
