from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workshop.content.exercises.minute_bounds import Timed
from workshop.planning.minutes.share_minutes import RoundTimes, share, share_rounds, share_steps

PROBING = (Timed(6, 6), Timed(10, 0), Timed(24, 24), Timed(5, 0), Timed(5, 5))
OPEN = (Timed(4, 3), Timed(6, 5), Timed(5, 2))


@pytest.mark.parametrize(
    ("parts", "total", "minutes"),
    [
        pytest.param(PROBING, 50, (6, 10, 24, 5, 5), id="the ideals"),
        pytest.param(PROBING, 35, (6, 0, 24, 0, 5), id="the minimums"),
        pytest.param(PROBING, 45, (6, 10, 24, 0, 5), id="the one part that is enough"),
        pytest.param(PROBING, 48, (6, 11, 26, 0, 5), id="what is left over is spread"),
        pytest.param(PROBING, 40, (6, 0, 24, 5, 5), id="one long part rather than two"),
        pytest.param(PROBING, 36, (6, 0, 25, 0, 5), id="both"),
        pytest.param(PROBING, 60, (7, 12, 29, 6, 6), id="surplus by the ideals"),
        pytest.param(OPEN, 15, (4, 6, 5), id="nothing to drop: ideals"),
        pytest.param(OPEN, 13, (3, 6, 4), id="nothing to drop: by what each can give"),
        pytest.param(OPEN, 10, (3, 5, 2), id="nothing to drop: minimums"),
        pytest.param((Timed(10, 4), Timed(9, 0), Timed(6, 3)), 20, (7, 9, 4), id="shrink first"),
        pytest.param((Timed(10, 4), Timed(9, 0), Timed(6, 3)), 15, (9, 0, 6), id="then regrow"),
        pytest.param((Timed(5, 0), Timed(5, 0), Timed(3, 3)), 8, (5, 0, 3), id="later of equals"),
        pytest.param((Timed(9, 0), Timed(8, 0)), 5, (0, 5), id="one is kept for what is there"),
        pytest.param((Timed(9, 0), Timed(8, 0)), 0, (0, 0), id="all dropped"),
        pytest.param((), 0, (), id="no parts"),
    ],
)
def test_parts_share_a_module(parts: tuple[Timed, ...], total: int, minutes: object) -> None:
    assert share(parts, total) == minutes


@pytest.mark.parametrize(("parts", "total"), [(OPEN, 9), ((), 5)])
def test_minutes_no_part_can_take_are_our_own_mistake(parts: tuple[Timed, ...], total: int) -> None:
    with pytest.raises(ValueError, match=f"{total} minutes"):
        share(parts, total)


@st.composite
def timed_parts(draw: st.DrawFn) -> tuple[Timed, ...]:
    ideals = draw(st.lists(st.integers(1, 25), min_size=1, max_size=6))
    return tuple(Timed(ideal, draw(st.just(0) | st.integers(0, ideal))) for ideal in ideals)


@settings(deadline=None)
@given(timed_parts(), st.data())
def test_parts_always_add_up_and_drop_as_few_as_possible(
    parts: tuple[Timed, ...], data: st.DataObject
) -> None:
    least, ideal = sum(part.minimum for part in parts), sum(part.ideal for part in parts)
    total = data.draw(st.integers(least, 2 * ideal))
    minutes = share(parts, total)
    assert sum(minutes) == total
    dropped = [part for part, got in zip(parts, minutes, strict=True) if not got]
    assert all(part.droppable for part in dropped)
    if total >= ideal:
        assert all(got >= part.ideal for part, got in zip(parts, minutes, strict=True))
        return
    droppable = [part.ideal for part in parts if part.droppable]
    needed = ideal - total - sum(part.ideal - part.minimum for part in parts if part.minimum)
    smaller = combinations(droppable, max(len(dropped) - 1, 0))
    assert not dropped or all(sum(ideals) < needed for ideals in smaller)


@settings(deadline=None)
@given(timed_parts(), st.data())
def test_a_part_is_at_a_useful_length_or_gone(
    parts: tuple[Timed, ...], data: st.DataObject
) -> None:
    least, ideal = sum(part.minimum for part in parts), sum(part.ideal for part in parts)
    assume(least)  # with nothing that stays, the one part kept may be cut short
    minutes = share(parts, data.draw(st.integers(least, ideal)))
    for part, got in zip(parts, minutes, strict=True):
        assert not got or got >= (part.ideal if part.droppable else part.minimum)
    assert all(got for part, got in zip(parts, minutes, strict=True) if not part.droppable)


@pytest.mark.parametrize(
    ("rounds", "each", "setup", "total", "times"),
    [
        pytest.param(3, 7, 3, 24, RoundTimes(3, 7), id="ideal"),
        pytest.param(3, 8, 0, 21, RoundTimes(0, 7), id="no set-up"),
        pytest.param(2, 5, 2, 8, RoundTimes(2, 3), id="the set-up stays"),
        pytest.param(3, 5, 3, 15, RoundTimes(3, 4), id="and does not grow"),
        pytest.param(3, 7, 3, 23, RoundTimes(2, 7), id="a minute less leaves the rounds whole"),
        pytest.param(3, 7, 3, 35, RoundTimes(5, 10), id="more time goes to the rounds"),
        pytest.param(3, 1, 10, 3, RoundTimes(0, 1), id="a minute for each round"),
    ],
)
def test_rounds_are_as_long_as_fits(
    rounds: int, each: int, setup: int, total: int, times: RoundTimes
) -> None:
    assert share_rounds(rounds, each, setup, total) == times


@given(st.integers(1, 6), st.integers(1, 20), st.integers(0, 10), st.integers(0, 120))
def test_rounds_and_set_up_add_up(rounds: int, each: int, setup: int, more: int) -> None:
    total = rounds + more
    times = share_rounds(rounds, each, setup, total)
    assert times.setup + rounds * times.each == total
    assert times.each >= 1
    assert 0 <= times.setup <= setup + rounds - 1
    assert share_rounds(rounds, each, setup, rounds * each + setup) == RoundTimes(setup, each)


def test_less_than_a_minute_for_a_round_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="2 minutes are too few for 3 rounds"):
        share_rounds(3, 7, 3, 2)


@pytest.mark.parametrize(
    ("minutes", "total", "scaled"),
    [
        pytest.param((1, 6, 3), 10, (1, 6, 3), id="ideal"),
        pytest.param((1, 6, 3), 5, (1, 3, 1), id="never less than a minute"),
        pytest.param((1, 1, 18), 10, (1, 1, 8), id="short steps stay"),
        pytest.param((1, 6, 3), 20, (2, 12, 6), id="longer"),
        pytest.param((2, 6, 3), 2, (0, 1, 1), id="the first runs together with the second"),
        pytest.param((6, 2, 3), 2, (1, 0, 1), id="the second with the third"),
        pytest.param((6, 3, 1), 1, (0, 0, 1), id="all in the last one's minute"),
        pytest.param((3,), 0, (0,), id="a set-up that is gone"),
        pytest.param((), 4, (), id="no steps"),
    ],
)
def test_steps_are_scaled(minutes: tuple[int, ...], total: int, scaled: object) -> None:
    assert share_steps(minutes, total) == scaled


@settings(deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(1, 120))
def test_steps_add_up_and_stay_close_to_their_part(minutes: list[int], total: int) -> None:
    scaled = share_steps(minutes, total)
    assert sum(scaled) == total
    assert scaled[-1] >= 1
    assert share_steps(minutes, sum(minutes)) == tuple(minutes)
    if total >= len(minutes):
        assert min(scaled) >= 1
        exact = [Fraction(total * length, sum(minutes)) for length in minutes]
        assert all(got == 1 or got < part + 1 for got, part in zip(scaled, exact, strict=True))
