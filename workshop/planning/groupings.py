"""Divide the people in the room into small groups for a kind of exercise."""

from collections import Counter
from collections.abc import Sequence

LARGEST_GROUP = 5


def groupings(headcount: int, kind: str) -> tuple[int, ...]:
    """Return the sizes of the groups for an exercise, so that nobody is left over.

    The sizes, largest first, add up to `headcount`; there are none for `individual`. `kind` is
    `individual`, `pairs`, `trios`, `coaching` (seated as trios) or `groups` (of 4 or 5, or else of
    sizes as equal as can be). Raises `ValueError` for any other kind.
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
        return _groups(headcount)
    raise ValueError(f"no such kind of grouping: {kind!r}")


def describe(sizes: Sequence[int]) -> str:
    """Put a grouping into words: `4 trios and 1 pair`."""
    if not sizes:
        return "everyone alone"
    # Three people beside groups of four are called a group too, not a trio.
    grouped = max(sizes) > 3
    counts = sorted(Counter(sizes).items(), reverse=True)
    phrases = [_phrase(size, count, grouped) for size, count in counts]
    return " and ".join(filter(None, [", ".join(phrases[:-1]), phrases[-1]]))


def _pairs(headcount: int) -> tuple[int, ...]:
    trio = headcount % 2
    return (3,) * trio + (2,) * ((headcount - 3 * trio) // 2)


def _trios(headcount: int) -> tuple[int, ...]:
    # A single person left over joins a trio; these four become two pairs, so that all take part.
    pairs = -headcount % 3
    return (3,) * ((headcount - 2 * pairs) // 3) + (2,) * pairs


def _groups(headcount: int) -> tuple[int, ...]:
    count = -(-headcount // LARGEST_GROUP)
    size, larger = divmod(headcount, count)
    return (size + 1,) * larger + (size,) * (count - larger)


def _phrase(size: int, count: int, grouped: bool) -> str:
    plural = "s" if count > 1 else ""
    if size == 1:
        return f"{count} {'people' if count > 1 else 'person'} alone"
    if size in (2, 3) and not grouped:
        return f"{count} {('pair', 'trio')[size - 2]}{plural}"
    return f"{count} group{plural} of {size}"
