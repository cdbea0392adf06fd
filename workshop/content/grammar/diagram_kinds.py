"""List the kinds of diagrams, and how many items each of them can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DiagramKind:
    """Describes a kind of diagram: its bounds, and how it is read out.

    It shows `least` to `most` items, and below each of them at most `inner` items. `spoken` begins
    its alternative text; “{}” stands for the number of items as a word. Not all have a `caption`.
    """

    least: int
    most: int
    spoken: str
    inner: int = 0
    caption: bool = True

    @property
    def bounds(self) -> str:
        """The numbers of items that it can show, as a sentence has them."""
        if self.least == self.most:
            return f"{self.least} items"
        return f"{self.least} to {self.most} items"


DIAGRAM_KINDS: Mapping[str, DiagramKind] = {
    "stairs": DiagramKind(2, 7, "Stairs of {} steps, leading down"),
    "ladder": DiagramKind(2, 7, "A ladder of {} rungs, from the top"),
    "bridge": DiagramKind(3, 8, "A bridge, read from bank to bank", caption=False),
    "timeline": DiagramKind(2, 7, "A line of time with {} marks", inner=1),
    "rings": DiagramKind(2, 4, "Rings around a centre, {} of them, from the inside", inner=4),
    "wheel": DiagramKind(3, 8, "A wheel of {} sectors"),
    "loop": DiagramKind(2, 6, "A loop of {} stages"),
    "compass": DiagramKind(2, 4, "A compass with {} directions, clockwise", caption=False),
    "gauge": DiagramKind(2, 5, "A gauge with {} ranges, from the left"),
    "scales": DiagramKind(2, 2, "A balance with {} pans", inner=4),
    "overlap": DiagramKind(2, 3, "Circles that overlap", inner=4),
    "queue-and-desk": DiagramKind(2, 2, "A queue at a closed door, and two at a desk", inner=4),
}
