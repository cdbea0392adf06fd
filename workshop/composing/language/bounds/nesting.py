"""Read a template's source into code that counts its steps, and refuse what is nested too deep.

Jinja's parser and Python's compiler call themselves for each level, so that deep nesting would end
in an error of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.parser import Parser

from workshop.limits import TEMPLATE_DEPTH, TEMPLATE_LOOPS, Limit

# Codes that end a text or steer a terminal, and halves of characters: none can be printed.
UNPRINTABLE = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# What begins anew for the compiler.
_FUNCTIONS = (nodes.Macro, nodes.CallBlock, nodes.Block)


def read(
    environment: Environment, source: str, name: str | None, file: str | None
) -> nodes.Template:
    """Return a template's tree; raises `TemplateSyntaxError` with the line of what is too deep."""
    if code := UNPRINTABLE.search(source):
        line = source.count("\n", 0, code.start()) + 1
        raise TemplateSyntaxError(_unprintable(code[0]), line, name, file)
    parser = Parser(environment, source, name, file)
    try:
        tree = parser.parse()
    except RecursionError:
        raise _too_deep(TEMPLATE_DEPTH, parser.stream.current.lineno, name, file) from None
    except ValueError as error:  # a number of thousands of digits
        raise TemplateSyntaxError(str(error), parser.stream.current.lineno, name, file) from None
    for node, depth, loops in _walk(tree):
        if isinstance(node, nodes.Macro | nodes.CallBlock) and (twice := _twice(node)):
            raise TemplateSyntaxError(f"“{twice}” is given twice", node.lineno, name, file)
        for count, limit in ((depth, TEMPLATE_DEPTH), (loops, TEMPLATE_LOOPS)):
            if count > limit.most:
                raise _too_deep(limit, node.lineno, name, file)
    return tree


def to_code(source: str, file: str) -> CodeType:
    """Compile Python code that Jinja made of a template."""
    try:
        return compile(source, file, "exec")
    except (SyntaxError, RecursionError, MemoryError, OverflowError, ValueError) as error:
        message = "This is nested too deep, or too long, to be run"
        raise TemplateSyntaxError(message, 1, None, file) from error


class CountingCode(CodeGenerator):
    """Writes code in which loops and joined texts are counted."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  # the library's name
        """Have the environment count a loop's items."""
        counted = nodes.EnvironmentAttribute("counted", lineno=node.lineno)
        node.iter = nodes.Call(counted, [node.iter], [], None, None, lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Have the environment join texts."""
        self.write("environment.joined(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _walk(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int, int]]:
    """Yield all nodes, each with its depth and the number of loops it stands in."""
    rest: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while rest:
        node, depth, loops = rest.pop()
        loops = 0 if isinstance(node, _FUNCTIONS) else loops + isinstance(node, nodes.For)
        yield node, depth, loops
        rest += [(child, depth + 1, loops) for child in node.iter_child_nodes()]


def _twice(node: nodes.Macro | nodes.CallBlock) -> str | None:
    """Return a word that a macro takes twice, which Python's compiler refuses without a place."""
    words = [argument.name for argument in node.args]
    return next((word for word in words if words.count(word) > 1), None)


def _too_deep(limit: Limit, line: int, name: str | None, file: str | None) -> TemplateSyntaxError:
    message = f"{limit.subject} may have at most {limit}"
    return TemplateSyntaxError(message, line, name, file)


def _unprintable(code: str) -> str:
    return f"the character U+{ord(code):04X} cannot be printed; take it out"
