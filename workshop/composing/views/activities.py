"""Tell from an exercise's blocks what people do in it: what symbols stand for beside its title."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from workshop.content.block_tree import Block, Node, visible, walk
from workshop.diagnostics import Location
from workshop.planning.day import PlannedExercise, PlannedModule

# In the order in which they are printed.
ACTIVITIES = ("talk", "write", "cards", "wall")


def activities_by_place(
    planned: PlannedModule,
    documents: Collection[str],
    in_case: Callable[[Block], Iterable[Node]],
) -> dict[Location, tuple[str, ...]]:
    """Return what people do in each exercise of a module, by the place of its block.

    All audiences are told the same: what the people in the room see of it says so. `documents` are
    those that the client gets, `in_case` returns what can be read in the case that a block calls
    for.
    """
    exercises = {part.timed_part.block.location: part.exercise for part in planned.parts}
    return {
        node.location: tuple(_activities(exercise, node, documents, in_case))
        for node in visible(planned.body, "room")
        if isinstance(node, Block) and (exercise := exercises.get(node.location))
    }


def _activities(
    planned: PlannedExercise,
    seen: Block,
    documents: Collection[str],
    in_case: Callable[[Block], Iterable[Node]],
) -> Iterator[str]:
    blocks = list(_with_cases([seen], in_case))
    kinds = {block.kind for block in blocks}
    done = {
        "talk": max(planned.groups, default=1) > 1,
        "write": "space" in kinds,
        "cards": "cards" in kinds,
        "wall": "posters" in documents and not planned.own_time and any(map(_on_wall, blocks)),
    }
    return (activity for activity in ACTIVITIES if done[activity])


def _with_cases(
    nodes: Iterable[Node], in_case: Callable[[Block], Iterable[Node]]
) -> Iterator[Block]:
    for block in walk(nodes):
        yield block
        if block.kind == "case":
            yield from _with_cases(in_case(block), in_case)


def _on_wall(block: Block) -> bool:
    return block.kind == "slide" and block.options.get("on") in ("wall", "both")
