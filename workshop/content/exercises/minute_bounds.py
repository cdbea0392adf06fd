"""Describe how many minutes a module and its parts can run: at least, ideally, at most."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Minutes:
    """Holds the range of a module's minutes; 1 <= minimum <= ideal <= maximum is checked before."""

    minimum: int
    ideal: int
    maximum: int


@dataclass(frozen=True)
class Timed:
    """Says how many minutes a part of a module takes; a minimum of 0 says it can be dropped."""

    ideal: int
    minimum: int

    @property
    def droppable(self) -> bool:
        """Tell whether the part may be left out when time is short."""
        return self.minimum == 0

    @property
    def room(self) -> int:
        """The minutes the part can give and still be worth running."""
        return 0 if self.droppable else self.ideal - self.minimum
