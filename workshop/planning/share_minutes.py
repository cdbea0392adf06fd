"""A module's minutes into the minutes of its parts, rounds and steps, adding up to the minute."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.content.minute_bounds import Timed


@dataclass(frozen=True)
class RoundTimes:
    """Minutes before (and around) the rounds, and of each round."""

    setup: int
    each: int


def share(parts: Sequence[Timed], total: int) -> tuple[int, ...]:
    """Divide a module's minutes among its parts.

    Minutes beyond the ideals are spread in proportion to them. Short of the ideals, the parts that
    stay shrink fairly towards their minimums; where that is not enough, as few droppable parts as
    possible go, each whole: a part is at a useful length or gone. What a dropped part leaves over
    beyond the others' ideals is spread over them in proportion. Raises `ValueError`
    where `total` is less than the minimums or there is no part to take it.
    """
    spare = total - sum(part.ideal for part in parts)
    if total < sum(part.minimum for part in parts):
        raise ValueError(f"{total} minutes are less than the parts' minimums")
    if spare >= 0:
        longer = _apportion(spare, [part.ideal for part in parts])
        return tuple(part.ideal + more for part, more in zip(parts, longer, strict=True))
    dropped = _dropped(parts, -spare - sum(part.room for part in parts))
    kept = [index for index in range(len(parts)) if index not in dropped]
    if not kept and total:
        # Every part can go, and none fits whole: the shortest is hurt least by being cut.
        kept = [min(range(len(parts)), key=lambda index: parts[index].ideal)]
        return tuple(total if index in kept else 0 for index in range(len(parts)))
    short = sum(parts[index].ideal for index in kept) - total
    shorter = _apportion(max(short, 0), [parts[index].room for index in kept])
    minutes = [0] * len(parts)
    for index, less in zip(kept, shorter, strict=True):
        minutes[index] = parts[index].ideal - less
    longer = _apportion(max(-short, 0), [parts[index].ideal for index in kept])
    return tuple(
        given + (longer[kept.index(index)] if index in kept else 0)
        for index, given in enumerate(minutes)
    )


def share_rounds(rounds: int, each: int, setup: int, total: int) -> RoundTimes:
    """Divide an exercise's minutes between its set-up and equal rounds.

    `each` and `setup` are the ideals. More time makes the rounds longer; less takes from the
    set-up no more than its share. What does not divide by the rounds goes to the set-up. Raises
    `ValueError` where there is not a minute for each round.
    """
    if total < rounds:
        raise ValueError(f"{total} minutes are too few for {rounds} rounds")
    least_setup = min(setup, setup * total // (rounds * each + setup))
    length = max(1, (total - least_setup) // rounds)
    return RoundTimes(setup=total - rounds * length, each=length)


def share_steps(minutes: Sequence[int], total: int) -> tuple[int, ...]:
    """Scale the minutes of steps so that what is printed adds up to `total`.

    Each step has at least a minute. Where there are fewer minutes than steps, the longest steps
    and the last have one each, and 0 says that a step runs together with the step after it: it is
    printed without minutes. With a `total` of 0 (a set-up that shrank to nothing) all of them run
    together with what follows. No steps take no minutes.
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
    """Choose the fewest droppable parts, and of those the least minutes, that free `short`."""
    freed: dict[int, tuple[int, ...]] = {0: ()}
    droppable = [index for index, part in enumerate(parts) if part.droppable]
    for index in reversed(droppable):  # of equal parts the later goes: earlier ones are built on
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
