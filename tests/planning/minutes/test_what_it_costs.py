"""What a change of the day weighs, so that those come first that change least."""

from __future__ import annotations

import pytest

from workshop.content.exercises.minute_bounds import Minutes
from workshop.planning.minutes.remedies import MovePause, PutAfter
from workshop.planning.minutes.sections import AskedDay, Pause, Session
from workshop.planning.minutes.what_it_costs import cost_of
from workshop.tailoring.client_file.day_keys import Wishes

MODULES = [Session(name, name.title(), Minutes(10, 30, 90), 30) for name in "abcd"]
COFFEE, TEA = Pause("Coffee", 10), Pause("Coffee", 10)
DAY = AskedDay((MODULES[0], COFFEE, MODULES[1], MODULES[2], TEA, MODULES[3]), 540, 720)


@pytest.mark.parametrize(
    ("pause", "after", "passed"),
    [(COFFEE, 1, 1), (COFFEE, 2, 2), (TEA, 1, 1), (TEA, 0, 2), (TEA, 3, 1)],
)
def test_a_break_weighs_more_the_further_it_moves(pause: Pause, after: int, passed: int) -> None:
    assert cost_of(MovePause(pause, MODULES[after]), DAY, Wishes()).minutes == 10 * passed


@pytest.mark.parametrize(("module", "after", "passed"), [(0, 1, 1), (0, 3, 3), (3, 0, 2)])
def test_a_module_weighs_more_the_further_it_moves(module: int, after: int, passed: int) -> None:
    remedy = PutAfter(MODULES[module], MODULES[after])
    assert cost_of(remedy, DAY, Wishes()).minutes == 10 * passed
