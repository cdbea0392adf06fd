"""Hold what stands where on a laid-out page, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.diagnostics import Location
from workshop.typesetting.laid_out import Leaf

# The words of a picture that is a slot begin so.
SLOT = "slot:"
# How far ink reaches above and below the base line, as parts of the type size: a capital and a
# descender, whatever the line height. Nobody misses what is cut off beyond that.
ABOVE, BELOW = 0.72, 0.22
DESCENT = BELOW / (ABOVE + BELOW)
_LONGEST = 60


@dataclass(frozen=True)
class Area:
    """Describes a rectangle on a page, in points from the upper left corner of the paper."""

    left: float
    top: float
    right: float
    bottom: float

    def sticks_out_of(self, box: Area, by: float) -> bool:
        """Tell whether it reaches further over an edge of a box than this."""
        return (
            self.left < box.left - by
            or self.top < box.top - by
            or self.right > box.right + by
            or self.bottom > box.bottom + by
        )

    def share_of(self, box: Area) -> float:
        """Return which part of a box this is, from 0 to 1; it lies within the box."""
        width, height = max(0, self.right - self.left), max(0, self.bottom - self.top)
        whole = (box.right - box.left) * (box.bottom - box.top)
        return width * height / whole if whole else 1


@dataclass(frozen=True)
class PrintedWords:
    """Describes a piece of a line of text, with the area of its ink.

    `place` is that area on the paper; it differs from `area` where a box around the text is turned
    or scaled. `cut_by` is the visible area of the boxes around the text, where they hide the rest.
    `held_by` is the box of fixed height that the text flows in. `column` is the block that the line
    belongs to; `ends_left` says that its lines end on the left. `flows` says that pages are broken
    for the text: it is neither positioned by itself nor a part of the foot. `heads` says that it is
    part of a heading. `ids` are those of the elements around it, the nearest first.
    """

    text: str
    area: Area
    place: Area
    column: Area
    cut_by: Area | None
    held_by: Area | None
    ends_left: bool
    flows: bool
    heads: bool
    ids: tuple[str, ...]

    def runs_out_of_box(self, by: float) -> bool:
        """Tell whether it stands further below its box of fixed height than this."""
        return self.held_by is not None and self.area.bottom > self.held_by.bottom + by

    def runs_out_of_column(self, by: float) -> bool:
        """Tell whether it reaches further over the end of its lines than this.

        The beginning of a line may stick out: that is how a hanging indent is set.
        """
        if self.ends_left:
            return self.area.left < self.column.left - by
        return self.area.right > self.column.right + by


@dataclass(frozen=True)
class UnseenWords:
    """Describes words on the paper that nobody can see.

    `why` is what hides them, as CSS or in words; `rule` is where that is set, if it is known.
    """

    text: str
    why: str
    rule: Location | None
    ids: tuple[str, ...]


@dataclass(frozen=True)
class DoubtfulWords:
    """Holds words over which something is painted that may be opaque.

    `unseen` returns what is told if it is: to find the rule that is to blame takes a while.
    """

    words: PrintedWords
    unseen: Callable[[], UnseenWords]


@dataclass(frozen=True)
class DrawnWords:
    """Holds words of a drawing, where they stand on the paper, and the address of the drawing."""

    text: str
    place: Area
    address: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """Describes a picture or a slot; `words` are read out in its place, and empty for an ornament.

    `dots` are its pixels per inch in the direction that has fewer, None for a drawing. `flows` says
    that it stands in the text, and is not positioned by itself.
    """

    address: str
    words: str
    area: Area
    dots: float | None
    flows: bool
    ids: tuple[str, ...]

    @property
    def called(self) -> str:
        """What a message calls it, at the beginning of a sentence."""
        return called(self.address, self.words)


@dataclass(frozen=True)
class UnseenPicture:
    """Describes a picture or a slot that nobody can see; `why` and `rule` are as for words."""

    picture: Picture
    why: str
    rule: Location | None


@dataclass(frozen=True)
class DoubtfulSlot:
    """Holds a slot over which something is painted, as `DoubtfulWords` hold words."""

    picture: Picture
    unseen: Callable[[], UnseenPicture]


@dataclass(frozen=True)
class Space:
    """Describes the part of a writing space that stands on one page.

    `number` is that of its element, which is the same on every page. `asked` is the height that CSS
    gives the whole space, in points. `parts` says that the space may be split between pages.
    """

    number: int
    kind: str
    area: Area
    asked: float | None
    parts: bool
    flows: bool
    ids: tuple[str, ...]


@dataclass(frozen=True)
class LastLine:
    """Holds the last line of a text in display type, and the whole text, of two lines or more."""

    line: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Describes a page: its paper, the area that text flows into, and what stands on it.

    `blank` says that the page was left blank to get to the other side; `bare` says that nothing is
    drawn on it outside its margins. `runs_on` says that it begins where the page before had no more
    room, and not at a page break; `ruled` says that the rest of it has lines for notes. `kept_to`
    is how far down it, in points, style sheets keep room: where a block of a set height ends. What
    words can be seen is `judged_by_look` where one colour is the client's and another is not; some
    of them are `doubtful`, and so are words `drawn_in_doubt` and
    `slots_in_doubt`. `last_lines` are those of display type; `leaf` says what is cut out of it.
    """

    paper: Area
    body: Area
    blank: bool
    bare: bool
    runs_on: bool
    ruled: bool
    kept_to: float
    judged_by_look: bool
    words: tuple[PrintedWords, ...]
    unseen: tuple[UnseenWords, ...]
    doubtful: tuple[DoubtfulWords, ...]
    drawn_in_doubt: tuple[DrawnWords, ...]
    unseen_drawn: tuple[DrawnWords, ...]
    unseen_pictures: tuple[UnseenPicture, ...]
    slots_in_doubt: tuple[DoubtfulSlot, ...]
    pictures: tuple[Picture, ...]
    spaces: tuple[Space, ...]
    last_lines: tuple[LastLine, ...]
    leaf: Leaf

    @property
    def text(self) -> str:
        """All words of the page."""
        return " ".join(words.text for words in self.words)


def called(address: str, words: str) -> str:
    """Return what a message calls a picture or a slot, by its address and words."""
    if words.startswith(SLOT):
        return f"The place “{words.removeprefix(SLOT)}”"
    name = address.rpartition("/")[2]
    if not name or address.startswith("data:"):
        return f"The picture “{shortened(words)}”" if words else "A picture"
    return f"The picture {shortened(name)}"


def shortened(text: str) -> str:
    """Return a text in one line, as long as a message can take."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
