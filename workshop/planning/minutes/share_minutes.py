"""Share a module's minutes among its parts, rounds and steps, so that they add up exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.content.exercises.minute_bounds import Timed


@dataclass(frozen=True)
class RoundTimes:
    """Holds the minutes of an exercise's set-up and those of each of its rounds."""

    setup: int
    each: int


def share(parts: Sequence[Timed], total: int) -> tuple[int, ...]:
    """Divide a module's minutes among its parts.

    Minutes beyond the sum of the ideals are spread in proportion to the ideals. If there are fewer
    minutes, the parts that cannot be dropped shrink towards their minimums, each by the same share.
    If that is not enough, as few droppable parts as possible are dropped, each entirely: a part
    runs for a useful length or not at all. If dropping them frees more than is needed, the rest is
    spread over the parts that stay. Raises `ValueError` if `total` is less than the minimums or
    there is no part to take it.
    """
    spare = total - sum(part.ideal for part in parts)
    if total < sum(part.minimum for part in parts):
        raise ValueError(f"{total} minutes are less than the parts' minimums")
    if spare >= 0:
        longer = _apportion(spare, [part.ideal for part in parts])
        return tuple(part.ideal + more for part, more in zip(parts, longer, strict=True))
    dropped = _dropped(parts, -spare - sum(part.room for part in parts))
    running = [index for index in range(len(parts)) if index not in dropped]
    minutes = [0] * len(parts)
    if not running and total:
        # All parts can be dropped, and none fits at its ideal: cutting the shortest harms least.
        shortest = min(range(len(parts)), key=lambda index: parts[index].ideal)
        minutes[shortest] = total
        return tuple(minutes)
    short = sum(parts[index].ideal for index in running) - total
    shorter = _apportion(max(short, 0), [parts[index].room for index in running])
    longer = _apportion(max(-short, 0), [parts[index].ideal for index in running])
    for index, less, more in zip(running, shorter, longer, strict=True):
        minutes[index] = parts[index].ideal - less + more
    return tuple(minutes)


def share_rounds(rounds: int, each: int, setup: int, total: int) -> RoundTimes:
    """Divide an exercise's minutes between its set-up and equal rounds.

    `each` and `setup` are the ideals. Extra time makes the rounds longer; missing time is taken
    from the set-up only in proportion. Minutes that do not divide by the rounds go to the set-up.
    Raises `ValueError` if there is not a minute for each round.
    """
    if total < rounds:
        raise ValueError(f"{total} minutes are too few for {rounds} rounds")
    least_setup = min(setup, setup * total // (rounds * each + setup))
    length = max(1, (total - least_setup) // rounds)
    return RoundTimes(setup=total - rounds * length, each=length)


def share_steps(minutes: Sequence[int], total: int) -> tuple[int, ...]:
    """Divide `total` minutes among steps in proportion to `minutes`; what is printed adds up.

    Each step has at least a minute. If there are fewer minutes than steps, the last step and the
    longest ones have a minute each, and the others 0: such a step is printed without minutes and
    runs together with the step after it. With a `total` of 0 (a set-up that shrank to nothing) all
    steps run together with the next. Without steps, the result is empty.
    """
    if total < len(minutes):
        by_length = sorted(range(len(minutes) - 1), key=lambda index: -minutes[index])
        timed = {len(minutes) - 1, *by_length[: total - 1]} if total else set()
        return tuple(int(index in timed) for index in range(len(minutes)))
    scaled = [1] * len(minutes)
    longer = list(range(len(minutes)))
    while longer:
        weights = [max(minutes[index], 1) for index in longer]
        shares = _apportion(total - len(minutes) + len(longer), weights)
        if min(shares) > 0:
            for index, length in zip(longer, shares, strict=True):
                scaled[index] = length
            break
        longer = [index for index, length in zip(longer, shares, strict=True) if length > 0]
    return tuple(scaled)


def _dropped(parts: Sequence[Timed], short: int) -> frozenset[int]:
    """Choose the fewest droppable parts that free `short` minutes, and of those the shortest."""
    freed: dict[int, tuple[int, ...]] = {0: ()}
    droppable = [index for index, part in enumerate(parts) if part.droppable]
    for index in reversed(droppable):  # of equal parts drop the later: parts build on earlier ones
        for minutes, chosen in list(freed.items()):
            more = minutes + parts[index].ideal
            if more not in freed or len(chosen) + 1 < len(freed[more]):
                freed[more] = (*chosen, index)
    enough = [(len(chosen), minutes) for minutes, chosen in freed.items() if minutes >= short]
    return frozenset(freed[min(enough)[1]])


def _apportion(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide `amount` in proportion to the weights by largest remainder; the earlier wins a tie."""
    if not amount:
        return [0] * len(weights)
    whole = sum(weights)
    if not whole:
        raise ValueError(f"nothing to take {amount} minutes")
    shares = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(amount * weights[index] % whole))
    for index in by_remainder[: amount - sum(shares)]:
        shares[index] += 1
    return shares
