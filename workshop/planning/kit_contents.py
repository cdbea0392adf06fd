"""List by their names what a cohort's kit and its day have, and what they could have had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from workshop.content.block_tree import Block, walk
from workshop.content.case import Case
from workshop.content.module import Module
from workshop.planning.day import Day
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored

# The document on which cards are printed; no other prints any.
CARD_SHEETS = "exercises"


@dataclass(frozen=True)
class KitContents:
    """Says of papers, modules, parts of modules and sets of cards whether a cohort has them.

    Each maps all names there are. Papers go by the names of documents, parts by the ids of
    exercises and inputs: a part is there if it runs on the day.
    """

    papers: Mapping[str, bool]
    modules: Mapping[str, bool]
    parts: Mapping[str, bool]
    cards: Mapping[str, bool]

    @property
    def names(self) -> frozenset[str]:
        """The names of all papers, modules and parts there are."""
        return frozenset(chain(self.papers, self.modules, self.parts))

    def has(self, name: str) -> bool:
        """Tell whether everything that has this name is there."""
        kinds = (self.papers, self.modules, self.parts)
        return all(kind[name] for kind in kinds if name in kind)


def documents_of(tailored: Tailored, day: Day) -> tuple[Document, ...]:
    """Return the client's documents for which a day has something to print."""
    has_exercises = any(module.exercises for module in day.modules)
    return tuple(
        document for document in tailored.documents if document.file.needs is None or has_exercises
    )


def kit_contents(tailored: Tailored, day: Day) -> KitContents:
    """Return what a cohort's whole kit and its day have."""
    papers = set(_papers(tailored, day))
    planned = {module.module.name: module for module in day.modules}
    running = frozenset(chain.from_iterable(module.running for module in day.modules))
    printed = {exercise.exercise.id for module in day.modules for exercise in module.exercises}
    modules = {**tailored.left_out, **tailored.modules}
    cards: dict[str, bool] = {}
    for exercise, name in _card_sets(modules.values(), tailored.cases):
        is_there = CARD_SHEETS in papers and exercise in printed
        cards[name] = cards.get(name, False) or is_there
    return KitContents(
        papers={name: name in papers for name in tailored.every_document},
        modules={name: name in planned for name in modules},
        parts={part: part in running for module in modules.values() for part in module.part_ids},
        cards=cards,
    )


def _papers(tailored: Tailored, day: Day) -> Iterator[str]:
    """Yield the names of the documents of which the kit has a copy at least."""
    roster = day.cohort.roster
    for document in documents_of(tailored, day):
        if document.file.per != "manager" or roster is None or roster.managers():
            yield document.name


def _card_sets(modules: Iterable[Module], cases: Mapping[str, Case]) -> Iterator[tuple[str, str]]:
    """Yield the id of an exercise with the name of each set of cards in it and in its cases."""
    for module in modules:
        for exercise in module.exercises:
            for block in walk([exercise.block]):
                if block.kind == "cards":
                    yield exercise.id, name_of_cards(block)
                elif block.kind == "case" and (case := cases.get(str(block.options["name"]))):
                    for inner in walk(case.body):
                        if inner.kind == "cards":
                            yield exercise.id, name_of_cards(inner)


def name_of_cards(block: Block) -> str:
    """Return the name of a set of cards: its id, or else its title as an id would have it."""
    return block.id or "-".join(re.findall(r"[^\W_]+", str(block.options.get("title", "")).lower()))
