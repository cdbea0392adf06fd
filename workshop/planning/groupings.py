"""Divide the people in the room into small groups for a kind of exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.in_a_row import in_a_row
from workshop.tailoring.cohort import USUAL_GROUP

# Larger groups have no name of their own.
LARGEST_NAMED = 3
_NAMED = ("nobody", "person", "pair", "trio")
_FIGURES = ("none", "one", "two", "three", "four", "five", "six")


def groupings(headcount: int, kind: str, largest: int = USUAL_GROUP) -> tuple[int, ...]:
    """Return the sizes of the groups for an exercise, so that nobody is left over.

    The sizes, largest first, add up to `headcount`; there are none for `individual`. `kind` is
    `individual`, `pairs`, `trios`, `coaching` (seated as trios) or `groups` (of `largest` people or
    one fewer, or else of sizes as equal as can be). Raises `ValueError` for any other kind.
    """
    if kind == "individual" or headcount < 1:
        return ()
    if headcount == 1:
        return (1,)
    if kind == "pairs":
        return _pairs(headcount)
    if kind in ("trios", "coaching"):
        return _trios(headcount)
    if kind == "groups":
        return _groups(headcount, largest)
    raise ValueError(f"no such kind of grouping: {kind!r}")


@dataclass(frozen=True)
class Seating:
    """Says how many people a day is for, and how many of them at most form a group."""

    headcount: int
    largest: int = USUAL_GROUP

    def groups(self, kind: str) -> tuple[int, ...]:
        """Return the sizes of the groups for a kind of exercise, as `groupings` does."""
        return groupings(self.headcount, kind, self.largest)


def describe(sizes: Sequence[int]) -> str:
    """Put a grouping into words: `4 trios and 1 pair`."""
    if not sizes:
        return "everyone alone"
    # Three people beside groups of four are called a group too, not a trio.
    grouped = max(sizes) > LARGEST_NAMED
    counts = sorted(Counter(sizes).items(), reverse=True)
    return in_a_row([_phrase(size, count, grouped) for size, count in counts])


def commonest(sizes: Sequence[int]) -> int:
    """Return the size that most groups have; 1 where everyone works alone."""
    return _by_frequency(sizes)[0][0] if sizes else 1


def together(sizes: Sequence[int], kind: str) -> str:
    """Say how people sit, as one tells it to them: `In trios, with one pair`.

    `sizes` are those of the groups that `groupings` returns for the kind of exercise.
    """
    if not sizes:
        return "On your own"
    words = _together(_by_frequency(sizes), max(sizes) > LARGEST_NAMED)
    if kind != "coaching":
        return words
    return f"Coaching{',' if words.startswith('All') else ''} {words[:1].lower()}{words[1:]}"


def formed(sizes: Sequence[int]) -> str:
    """Name the groups as the object of a sentence: `trios, with one pair`, `groups of four`."""
    counts = _by_frequency(sizes)
    grouped = max(sizes, default=0) > LARGEST_NAMED
    (first, times), *others = counts
    if not others:
        return _one(first, grouped) if times == 1 else _many([first], grouped)
    (second, again) = others[0]
    if times == 1:
        return f"{_one(first, grouped)} and {_one(second, grouped, again=True)}"
    if again == 1:
        return f"{_many([first], grouped)}, with {_one(second, grouped, again=True)}"
    return _many([first, second], grouped)


def sharing(sizes: Sequence[int]) -> str:
    """Say for whom each of a number of things is: `trio and pair`, `group`, `person`."""
    if max(sizes, default=1) > LARGEST_NAMED:
        return "group"
    return " and ".join(_NAMED[size] for size in sorted(set(sizes or (1,)), reverse=True))


def _by_frequency(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Return each size with its number of groups, the commonest size first, then the larger."""
    return sorted(Counter(sizes).items(), key=lambda pair: (-pair[1], -pair[0]))


def _together(counts: Sequence[tuple[int, int]], grouped: bool) -> str:
    def row(size: int) -> str:
        # As `formed` has it: only beside larger groups are three people no trio.
        return _FIGURES[size] if size > LARGEST_NAMED or (grouped and size > 2) else _NAMED[size]

    (first, times), *others = counts
    if not others:
        if times > 1:
            return f"In {row(first)}s"
        return ("Alone", "As a pair", f"All {_FIGURES[first]} together")[min(first, 3) - 1]
    (second, again) = others[0]
    if times == 1:
        return f"In one {row(first)} and one {row(second)}"
    return f"In {row(first)}s" + (
        f", with one {row(second)}" if again == 1 else f" and {row(second)}s"
    )


def _one(size: int, grouped: bool, *, again: bool = False) -> str:
    if not grouped:
        return f"one {_NAMED[size]}"
    return f"one {'' if again else 'group '}of {_FIGURES[size]}"


def _many(sizes: Sequence[int], grouped: bool) -> str:
    if not grouped:
        return " and ".join(f"{_NAMED[size]}s" for size in sizes)
    return f"groups of {' and '.join(_FIGURES[size] for size in sizes)}"


def _pairs(headcount: int) -> tuple[int, ...]:
    trio = headcount % 2
    return (3,) * trio + (2,) * ((headcount - 3 * trio) // 2)


def _trios(headcount: int) -> tuple[int, ...]:
    # A single person left over joins a trio; these four become two pairs, so that all take part.
    pairs = -headcount % 3
    return (3,) * ((headcount - 2 * pairs) // 3) + (2,) * pairs


def _groups(headcount: int, largest: int) -> tuple[int, ...]:
    count = -(-headcount // largest)
    size, larger = divmod(headcount, count)
    return (size + 1,) * larger + (size,) * (count - larger)


def _phrase(size: int, count: int, grouped: bool) -> str:
    plural = "s" if count > 1 else ""
    if size == 1:
        return f"{count} {'people' if count > 1 else 'person'} alone"
    if size in (2, 3) and not grouped:
        return f"{count} {('pair', 'trio')[size - 2]}{plural}"
    return f"{count} group{plural} of {size}"
