"""What stands where on a laid-out page, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A rectangle on a page, in points from the upper left corner of the paper."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PrintedWords:
    """A piece of a line of text, with the area of its ink, and where that is on the paper.

    These differ where it is turned round with what is around it: `cut_by` is what can be seen of
    the boxes around it, where they hide the rest; `held_by` the box of fixed height it flows in;
    `column` the block it is a line of, where `ends_left` says that lines end on the left. `flows`
    says that pages are broken for it: that it is neither positioned by itself nor a part of the
    foot. Ids are those around it, the nearest first.
    """

    text: str
    area: Area
    place: Area
    column: Area
    cut_by: Area | None
    held_by: Area | None
    ends_left: bool
    flows: bool
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A picture or a slot; `words` are read out in its place, and lacking where it is ornament.

    `dots` are the fewest pixels an inch has of it, None where it is drawn and has none.
    """

    address: str
    words: str
    area: Area
    dots: float | None
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Space:
    """What stands on one page of a place to write, by the number of its element.

    `asked` is the height that CSS gives the whole of it, in points. `parts` says that it may be
    parted between two pages.
    """

    number: int
    kind: str
    area: Area
    asked: float | None
    parts: bool
    flows: bool
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page: its paper, the area that text flows into, and what stands on it.

    `blank` says that it was left blank to get to the other side; `bare` that nothing is drawn on
    it but what stands in its margins.
    """

    paper: Area
    body: Area
    blank: bool
    bare: bool
    words: tuple[PrintedWords, ...]
    pictures: tuple[Picture, ...]
    spaces: tuple[Space, ...]

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(one.text for one in self.words)
