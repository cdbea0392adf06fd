"""Hold a file's texts and blocks as a tree, and prune it for an audience.

Blocks that an audience may not see are pruned from the tree, so they can never come onto that
audience's pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workshop.content.audiences import AUDIENCE_SEES, RESTRICTED, Audience
from workshop.content.vocabulary import KINDS
from workshop.diagnostics import Location


@dataclass(frozen=True)
class Text:
    """Holds Markdown less the indentation of its block, and its first character's `location`."""

    source: str
    location: Location


@dataclass(frozen=True)
class Block:
    """Holds a fenced block; `location` is that of its opening colons.

    The values of its options have the types that the vocabulary gives them. Options with a fault
    were reported and are missing.
    """

    kind: str
    id: str | None
    options: Mapping[str, str | int]
    children: tuple[Node, ...]
    location: Location


Node = Text | Block


def visible(nodes: Iterable[Node], audience: Audience) -> tuple[Node, ...]:
    """Return a tree without the blocks, at any depth, that a document's audience may not see."""
    shown = KINDS.keys() - RESTRICTED | AUDIENCE_SEES[audience]
    return tuple(
        replace(node, children=visible(node.children, audience))
        if isinstance(node, Block)
        else node
        for node in nodes
        if isinstance(node, Text) or node.kind in shown
    )


def walk(nodes: Iterable[Node]) -> Iterator[Block]:
    """Yield every block at any depth, each before the blocks inside it."""
    for node in nodes:
        if isinstance(node, Block):
            yield node
            yield from walk(node.children)


def texts_of(nodes: Iterable[Node]) -> Iterator[Text]:
    """Yield every text at any depth."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        else:
            yield from texts_of(node.children)


def children_of(block: Block, kind: str) -> list[Block]:
    """Return the blocks of a kind that stand right in a block."""
    return [node for node in block.children if isinstance(node, Block) and node.kind == kind]
