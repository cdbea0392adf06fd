"""How long a module and its parts can run: the least, the best and the most."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Minutes:
    """The range a module's minutes stay in; 1 <= minimum <= ideal <= maximum holds on reading."""

    minimum: int
    ideal: int
    maximum: int


@dataclass(frozen=True)
class Timed:
    """What a part of a module takes at best and at least; a minimum of 0 says it can be dropped."""

    ideal: int
    minimum: int

    @property
    def droppable(self) -> bool:
        """Whether the part may be left out when time is short."""
        return self.minimum == 0

    @property
    def room(self) -> int:
        """The minutes the part can give and still be worth running."""
        return 0 if self.droppable else self.ideal - self.minimum
