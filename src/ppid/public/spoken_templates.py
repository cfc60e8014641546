"""Templates of one language: a sentence is looked up when a template is compiled, not on each page.

What is certain then is joined with the text around it, so that a page is made of far fewer pieces;
of a list it was a seventh of the time, of an entry a third (docs/decisions/0146).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from ppid.public.language import data_language

ASKS = frozenset({"_", "gettext"})
GAP = re.compile(r"%\((\w+)\)s")


class SpokenTemplates(Environment):
    """The templates of a folder, compiled in the language that is switched on when each is loaded.

    Whoever switches languages has an environment for each.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )

    def _generate(self, source: nodes.Template, *names: Any, **more: Any) -> str:
        return super()._generate(_Said().visit(source), *names, **more)


class _Said(NodeTransformer):
    """Puts the sentences of the language in, and the mark of what is in another one."""

    def visit_Call(self, node: nodes.Call, *_: Any) -> nodes.Node:
        node = self.generic_visit(node)
        asks = isinstance(node.node, nodes.Name) and node.node.name in ASKS
        return nodes.Const(gettext(node.args[0].value)) if asks else node

    def visit_Name(self, node: nodes.Name, *_: Any) -> nodes.Node:
        is_mark = node.name == "data_lang" and node.ctx == "load"
        return nodes.Const(data_language()) if is_mark else node

    def visit_Output(self, node: nodes.Output, *_: Any) -> nodes.Node:
        node = self.generic_visit(node)
        node.nodes = [part for one in node.nodes for part in _parts(one)]
        return node


def _parts(node: nodes.Expr) -> Iterator[nodes.Expr]:
    """Yield what a block of `trans` is made of: its text, and what stands in its gaps."""
    given: dict[str, nodes.Expr] = {}
    text = node
    if isinstance(node, nodes.Mod) and isinstance(node.right, nodes.Dict):
        given = {pair.key.value: pair.value for pair in node.right.items}
        text = node.left
    if not isinstance(text, nodes.MarkSafeIfAutoescape):
        yield node
        return
    pieces = GAP.split(text.expr.value)
    for at, piece in enumerate(pieces):
        if at % 2:
            yield given[piece]
        else:
            yield nodes.TemplateData(piece.replace("%%", "%") if given else piece)
