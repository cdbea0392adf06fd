"""Find places where a module's text has other words for days that lack what it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from jinja2 import Environment, TemplateSyntaxError, nodes

from workshop.content.block_tree import Node, Text
from workshop.content.module import Module

# Stands for what is filled in and cannot be told here.
_FILLED_IN = "…"
_MOST_LETTERS = 100
# `{#` is left to Markdown, as where the texts are filled in.
_SYNTAX = Environment(comment_start_string="{##", comment_end_string="##}", autoescape=True)
_CALLS = frozenset({"doc", "cards"})


@dataclass(frozen=True)
class OtherWords:
    """Holds a line of a module's file: what it prints there, and what else it would have printed.

    Both are empty where it cannot be told.
    """

    line: int
    phrase: str = ""
    left_out: str = ""


def other_words(
    module: Module, names: Collection[str], own_terms: Mapping[str, str]
) -> Iterator[OtherWords]:
    """Yield the places that ask for any of some exercises and modules, in the order of the file.

    `own_terms` are the client's words, by the programme's terms.
    """
    for source, line in _texts(module.body):
        if not any(name in source for name in names):
            continue
        try:
            tree = _SYNTAX.parse(source)
        except (TemplateSyntaxError, RecursionError):
            continue  # Whoever fills the text in tells what is wrong with it.
        absent = _Absent(frozenset(names), own_terms)
        for words in absent.asked_for(tree):
            yield OtherWords(line + words.line - 1, words.phrase, words.left_out)


def _texts(tree: Collection[Node]) -> Iterator[tuple[str, int]]:
    """Yield all texts, and options of blocks, with the line that each begins in."""
    for node in tree:
        if isinstance(node, Text):
            yield node.source, node.location.line or 1
            continue
        for option in node.options.values():
            yield str(option), node.location.line or 1
        yield from _texts(node.children)


@dataclass(frozen=True)
class _Absent:
    """Reads a text as it prints without some exercises and modules; all else counts as there."""

    names: frozenset[str]
    own_terms: Mapping[str, str]

    def asked_for(self, node: nodes.Node) -> Iterator[OtherWords]:
        """Yield what is printed otherwise below a node."""
        if isinstance(node, nodes.If | nodes.CondExpr) and self._decides(node):
            without, usual = self._chosen(node), _all_there(self.own_terms)._chosen(node)
            if without != usual:
                phrase, left_out = self.words(without), _all_there(self.own_terms).words(usual)
                yield OtherWords(node.lineno, phrase, left_out)
            below: Iterable[nodes.Node] = without
        elif self._is_named(node, "ref"):
            if _instead(node):
                yield OtherWords(node.lineno, self.words([node]))
            return
        elif self._is_named(node, "has"):
            yield OtherWords(node.lineno)
            return
        else:
            below = node.iter_child_nodes()
        for child in below:
            yield from self.asked_for(child)

    def words(self, printed: Iterable[nodes.Node]) -> str:
        """Return in short what nodes print, with `…` for what is filled in."""
        text = " ".join("".join(map(self._words, printed)).split())
        return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…"

    def _words(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        if isinstance(node, nodes.Const):
            return str(node.value)
        if isinstance(node, nodes.Output | nodes.Concat):
            return "".join(map(self._words, node.nodes))
        if isinstance(node, nodes.If | nodes.CondExpr):
            return "".join(map(self._words, self._chosen(node)))
        if isinstance(node, nodes.Filter) and node.node:
            words = self._words(node.node)
            return words[:1].upper() + words[1:] if node.name == "capitalize" else words
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            return self._called(node.node.name, node)
        return "" if isinstance(node, nodes.Assign) else _FILLED_IN

    def _called(self, function: str, call: nodes.Call) -> str:
        """Return the words that a function prints: the client's, those given to it, or `…`."""
        given = [word.value for word in call.args if isinstance(word, nodes.Const)]
        if function == "term" and given:
            return self.own_terms.get(given[0], given[-1])
        if function in _CALLS and given[1:]:
            return str(given[1])
        instead = _instead(call) if self._is_named(call, "ref") else []
        return "".join(map(self._words, instead)) if instead else _FILLED_IN

    def _is_named(self, node: nodes.Node, function: str) -> bool:
        """Tell whether a node calls a function with one of the names."""
        return (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name == function
            and any(
                isinstance(word, nodes.Const) and word.value in self.names for word in node.args
            )
        )

    def _decides(self, choice: nodes.If | nodes.CondExpr) -> bool:
        tests = [choice.test]
        if isinstance(choice, nodes.If):
            tests += [branch.test for branch in choice.elif_]
        calls = chain.from_iterable([test, *test.find_all(nodes.Call)] for test in tests)
        return any(self._is_named(call, "has") for call in calls)

    def _chosen(self, choice: nodes.If | nodes.CondExpr) -> list[nodes.Node]:
        """Return the branch that is printed."""
        if isinstance(choice, nodes.CondExpr):
            expression = choice.expr1 if self._holds(choice.test) else choice.expr2
            return [expression] if expression else []
        for branch in (choice, *choice.elif_):
            if self._holds(branch.test):
                return branch.body
        return choice.else_

    def _holds(self, test: nodes.Node) -> bool:
        """Tell whether a condition holds; what does not ask for one of the names counts as true."""
        if isinstance(test, nodes.Not):
            return not self._holds(test.node)
        if isinstance(test, nodes.And):
            return self._holds(test.left) and self._holds(test.right)
        if isinstance(test, nodes.Or):
            return self._holds(test.left) or self._holds(test.right)
        return not self._is_named(test, "has")


def _instead(call: nodes.Node) -> list[nodes.Node]:
    """Return what a call gives as `else`."""
    given = call.kwargs if isinstance(call, nodes.Call) else []
    return [word.value for word in given if word.key == "else"]


def _all_there(own_terms: Mapping[str, str]) -> _Absent:
    return _Absent(frozenset(), own_terms)
