"""How long a module can run: the least, the best and the most."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Minutes:
    """The range a module's minutes stay in; 1 <= minimum <= ideal <= maximum holds on reading."""

    minimum: int
    ideal: int
    maximum: int
