"""Write the cards of an exercise, in sets that are cut out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from workshop.composing.language.text_writer import TextWriter
from workshop.composing.views.records import CardSet, CardView
from workshop.content.block_tree import Block, Node, Text, children_of, walk
from workshop.diagnostics import ContentError
from workshop.planning.groupings import Seating, sharing
from workshop.planning.materials import count_of, groups_for

# Headings in a card: its title is h2.
_IN_CARD = 3


class CardWriter:
    """Writes sets of cards for so many people.

    `written` writes what blocks hold, and `in_case` returns what is shown of a case.
    """

    def __init__(
        self,
        texts: TextWriter,
        seating: Seating,
        written: Callable[[Iterable[Block], int], Markup],
        in_case: Callable[[Block], tuple[Node, ...]],
    ) -> None:
        self._texts = texts
        self._seating = seating
        self._written = written
        self._in_case = in_case

    def sets_in(self, nodes: Iterable[Node], spare: int = 0) -> Iterator[CardSet]:
        """Yield the sets of cards that blocks hold, those of their cases too.

        So many sets to spare are printed of each.
        """
        for node in nodes:
            if not isinstance(node, Block):
                continue
            if node.kind == "cards":
                yield self._card_set(node, spare)
            elif node.kind == "case":
                yield from self.sets_in(self._in_case(node), spare)
            else:
                yield from self.sets_in(node.children, spare)

    def _card_set(self, block: Block, spare: int) -> CardSet:
        for node in block.children:
            if isinstance(node, Text) and node.source.strip():
                message = "Nothing is printed of what stands beside the cards of a set"
                hint = "Put it into a card, or above the set."
                raise ContentError.single("stray-text", message, node.location, hint)
        each = str(block.options.get("each", "room"))
        cards = tuple(
            CardView(
                title=self._texts.plain(str(card.options.get("title", "")), card.location),
                body=self._written([card], _IN_CARD),
            )
            for card in children_of(block, "card")
        )
        title = self._texts.plain(str(block.options.get("title", "")), block.location)
        groups = groups_for(each, self._seating)
        shared_by = each if groups is None else sharing(groups)
        return CardSet(title, shared_by, count_of(each, self._seating), spare, cards)

    def check_none_in(self, nodes: Iterable[Node]) -> None:
        """Raise `ContentError` for cards that stand in no exercise: only its sheet prints cards."""
        for block in walk(nodes):
            if block.kind == "case":
                self.check_none_in(self._in_case(block))
            elif block.kind == "cards":
                message = "These cards stand in no exercise, so no sheet would print them"
                hint = "Move them, or the case they come from, into an exercise."
                raise ContentError.single("stray-cards", message, block.location, hint)
