from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import groupby
from math import lcm

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from workshop.content.exercises.minute_bounds import Minutes
from workshop.diagnostics import Report
from workshop.planning.minutes.schedule import (
    LONGEST_STRETCH,
    AskedDay,
    Pause,
    Schedule,
    Session,
    clock,
    make_schedule,
)

Items = Sequence[Session | Pause]

MODULES = {
    "open": Minutes(10, 15, 20),
    "run-your-own-firm": Minutes(30, 40, 60),
    "customer-map": Minutes(20, 35, 50),
    "probing": Minutes(35, 50, 75),
    "outside-in": Minutes(25, 40, 60),
    "opportunity-hunt": Minutes(25, 35, 60),
    "alliances": Minutes(20, 25, 45),
    "sell-by-helping": Minutes(15, 30, 45),
    "lead-upwards": Minutes(30, 45, 75),
    "coaching-trios": Minutes(24, 30, 45),
    "plan-30-60-90": Minutes(20, 30, 40),
    "close": Minutes(10, 20, 25),
}

FULL_DAY = """
09:00 open
09:15 run-your-own-firm
09:55 customer-map
10:30 Coffee
10:45 probing
11:35 outside-in
12:15 Lunch
13:00 opportunity-hunt
13:35 alliances
14:00 sell-by-helping
14:30 Coffee
14:45 lead-upwards
15:30 coaching-trios
16:00 Short break
16:10 plan-30-60-90
16:40 close
17:00
"""

HALF_DAY = """
09:00 open
09:10 run-your-own-firm
09:40 customer-map
10:00 Coffee
10:10 probing
10:45 outside-in
11:10 opportunity-hunt
11:35 Coffee
11:45 sell-by-helping
12:00 lead-upwards
12:30 plan-30-60-90
12:50 close
13:00
"""

COFFEE = Pause("Coffee", 15)
SHORT_COFFEE = Pause("Coffee", 10)
LUNCH = Pause("Lunch", 45, at=12 * 60 + 15)
SHORT_BREAK = Pause("Short break", 10)


def at(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def ideal(module: str) -> Session:
    return Session(module, module, MODULES[module], MODULES[module].ideal, module == "close")


def brief(module: str) -> Session:
    return Session(module, module, MODULES[module], MODULES[module].minimum, module == "close")


def full_day() -> list[Session | Pause]:
    names = iter(MODULES)
    pauses = {3: COFFEE, 6: LUNCH, 10: COFFEE, 13: SHORT_BREAK}
    return [pauses.get(line) or ideal(next(names)) for line in range(16)]


def half_day() -> list[Session | Pause]:
    names = iter([name for name in MODULES if name not in ("alliances", "coaching-trios")])
    return [SHORT_COFFEE if line in (3, 7) else brief(next(names)) for line in range(12)]


def session(title: str, least: int, target: int, most: int, keep: bool = False) -> Session:
    return Session(title.lower(), title, Minutes(least, target, most), target, keep)


def fixed(title: str, minutes: int) -> Session:
    return session(title, minutes, minutes, minutes)


def schedule_of(items: Items, start: str, finish: str) -> Schedule:
    report = Report()
    schedule = make_schedule(AskedDay(tuple(items), at(start), at(finish)), report)
    assert schedule is not None, list(map(str, report))
    assert not list(report)
    return schedule


def printed(schedule: Schedule) -> str:
    lines = [f"{clock(entry.start)} {entry.module or entry.title}" for entry in schedule.entries]
    return "\n".join(["", *lines, clock(schedule.finish), ""])


def test_a_time_of_day_has_four_digits() -> None:
    assert [clock(0), clock(9 * 60 + 5), clock(25 * 60)] == ["00:00", "09:05", "01:00"]


@pytest.mark.parametrize(
    ("items", "finish", "expected"),
    [
        pytest.param(full_day, "17:00", FULL_DAY, id="full day"),
        pytest.param(half_day, "13:00", HALF_DAY, id="half day"),
    ],
)
def test_the_programme_runs_by_its_clock(
    items: Callable[[], Items], finish: str, expected: str
) -> None:
    assert printed(schedule_of(items(), "09:00", finish)) == expected


def minutes(schedule: Schedule) -> dict[str, int]:
    """Return what each module gets."""
    return {entry.module: entry.minutes for entry in schedule.entries if entry.module}


def test_a_schedule_answers_for_its_stretches() -> None:
    schedule = schedule_of(full_day(), "09:00", "17:00")
    assert [sum(entry.minutes for entry in run) for run in schedule.stretches()] == [
        90, 90, 90, 75, 50,
    ]  # fmt: skip
    assert (schedule.start, schedule.finish) == (at("09:00"), at("17:00"))


def test_need_is_spread_by_what_each_module_can_give() -> None:
    items: Items = [session("A", 20, 40, 60), session("B", 30, 40, 60), session("C", 10, 10, 10)]
    schedule = schedule_of(items, "09:00", "10:15")
    assert list(minutes(schedule).values()) == [30, 35, 10]


def test_surplus_is_spread_by_what_each_module_can_take() -> None:
    items: Items = [session("A", 5, 20, 50), session("B", 5, 20, 30), session("C", 5, 10, 10)]
    schedule = schedule_of(items, "09:00", "10:06")
    assert list(minutes(schedule).values()) == [32, 24, 10]


def test_the_earlier_module_wins_a_tie() -> None:
    items: Items = [session("A", 5, 20, 40), session("B", 5, 20, 40)]
    assert minutes(schedule_of(items, "09:00", "09:41"))["a"] == 21
    assert minutes(schedule_of(items, "09:00", "09:39"))["a"] == 20


@pytest.mark.parametrize(
    ("finish", "minutes"),
    [("09:35", [15, 20]), ("09:28", [10, 18]), ("10:00", [40, 20]), ("10:03", [40, 23])],
)
def test_the_close_is_kept_until_nothing_else_can_give_or_take(
    finish: str, minutes: list[int]
) -> None:
    items: Items = [session("A", 10, 20, 40), session("Close", 10, 20, 25, keep=True)]
    schedule = schedule_of(items, "09:00", finish)
    assert [entry.minutes for entry in schedule.entries] == minutes


def test_a_stretch_that_is_full_passes_its_surplus_on() -> None:
    items: Items = [
        session("A", 10, 50, 60),
        session("B", 10, 50, 60),
        COFFEE,
        session("C", 10, 50, 80),
    ]
    schedule = schedule_of(items, "09:00", "11:45")
    assert list(minutes(schedule).values()) == [45, 45, 60]


def test_a_pinned_pause_divides_need_from_surplus() -> None:
    items: Items = [session("A", 20, 60, 90), LUNCH, session("B", 20, 60, 90)]
    schedule = schedule_of(items, "11:35", "14:15")
    assert [entry.minutes for entry in schedule.entries] == [40, 45, 75]
    assert schedule.entries[1].start == at("12:15")


def test_pauses_may_stand_anywhere() -> None:
    items: Items = [
        Pause("Arrival", 20),
        fixed("A", 60),
        COFFEE,
        SHORT_BREAK,
        fixed("B", 60),
        LUNCH,
    ]
    schedule = schedule_of(items, "09:30", "13:00")
    assert [clock(entry.start) for entry in schedule.entries] == [
        "09:30", "09:50", "10:50", "11:05", "11:15", "12:15",
    ]  # fmt: skip
    assert [len(run) for run in schedule.stretches()] == [1, 1]


def test_a_day_may_start_with_a_pinned_pause() -> None:
    items: Items = [Pause("Breakfast", 30, at("08:30")), fixed("A", 30)]
    assert minutes(schedule_of(items, "08:30", "09:30"))["a"] == 30


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    least, target, most = sorted(draw(st.tuples(*[st.integers(1, 60)] * 3)))
    return session("A", least, target, most, keep=draw(st.booleans()))


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Session | Pause], int, int]:
    """A day that starts at 09:00: often one that can be, with no, one or two pinned pauses."""
    items: list[Session | Pause] = []
    now = 9 * 60
    for number in range(draw(st.integers(1, 8))):
        if draw(st.integers(0, 2)):
            session = draw(sessions())
            items.append(
                Session(f"m{number}", f"M{number}", session.minutes, session.target, session.keep)
            )
            now += draw(st.integers(session.minutes.minimum, session.minutes.maximum))
        else:
            minutes = draw(st.integers(1, 45))
            items.append(Pause(f"P{number}", minutes, now if draw(st.booleans()) else None))
            now += minutes
    return items, 9 * 60, now + draw(st.integers(-20, 20) | st.just(0))


Cost = tuple[int, int]
# Costs are counted in such parts of one, as all rooms divide it: whole numbers are added faster.
PARTS = lcm(*range(1, 61))


def cost_of(session: Session, minutes: int) -> Cost:
    """Deviation² by the room on its side; for a module that is kept, any deviation comes first."""
    deviation = minutes - session.target
    if not deviation:
        return (0, 0)
    edge = session.minutes.maximum if deviation > 0 else session.minutes.minimum
    return (session.keep * abs(deviation), deviation**2 * PARTS // abs(edge - session.target))


def best_costs(items: Items, stretch: int) -> dict[int, Cost]:
    """The least cost at which items without a pin last so many minutes, all ways tried.

    No stretch is longer than `stretch`, unless its modules cannot be shorter.
    """
    best: dict[int, Cost] = {0: (0, 0)}
    for is_pause, run in groupby(items, key=lambda item: isinstance(item, Pause)):
        ways = best if is_pause else {0: (0, 0)}
        together = list(run)
        least = sum(item.minutes.minimum for item in together if isinstance(item, Session))
        for item in together:
            if isinstance(item, Pause):
                ways = {minutes + item.minutes: cost for minutes, cost in ways.items()}
            else:
                spans = range(item.minutes.minimum, item.minutes.maximum + 1)
                most = max(stretch, least)
                ways = summed(ways, {span: cost_of(item, span) for span in spans}, most)
        best = ways if is_pause else summed(best, ways, 10**6)
    return best


def summed(first: dict[int, Cost], second: dict[int, Cost], most: int) -> dict[int, Cost]:
    sums: dict[int, Cost] = {}
    for minutes, (held, cost) in first.items():
        for more_minutes, (more_held, more_cost) in second.items():
            both = (held + more_held, cost + more_cost)
            if minutes + more_minutes <= most and (
                minutes + more_minutes not in sums or both < sums[minutes + more_minutes]
            ):
                sums[minutes + more_minutes] = both
    return sums


def shortest_sitting(items: Items, minutes: int) -> Cost | None:
    """The least cost of a section, with the shortest stretches that fill it, from the limit on."""
    if minutes in (best := best_costs(items, LONGEST_STRETCH)):
        return best[minutes]
    if minutes not in best_costs(items, 24 * 60):
        return None
    limits = range(LONGEST_STRETCH, 24 * 60)
    limit = limits[bisect_left(limits, True, key=lambda most: minutes in best_costs(items, most))]
    return best_costs(items, limit)[minutes]


def best_cost(items: Items, start: int, finish: int) -> Cost | None:
    """The least cost of a day, None if there is none: by trying, section by section."""
    total: Cost = (0, 0)
    since: list[Session | Pause] = []
    for item in [*items, Pause("finish", 0, finish)]:
        if isinstance(item, Session) or item.at is None:
            since.append(item)
            continue
        cost = shortest_sitting(since, item.at - start)
        if cost is None or item.at + item.minutes > finish:
            return None
        total = (total[0] + cost[0], total[1] + cost[1])
        start, since = item.at + item.minutes, []
    return total


@pytest.mark.slow
@settings(deadline=None, max_examples=120)
@given(days())
def test_a_schedule_is_found_exactly_when_there_is_one_and_is_the_best(
    day: tuple[Items, int, int],
) -> None:
    items, start, finish = day
    report = Report()
    schedule = make_schedule(AskedDay(tuple(items), start, finish), report)
    best = best_cost(items, start, finish) if start < finish else None
    event("a day that can be" if best else "a day that cannot be")
    assert (schedule is None) == (best is None)
    assert (schedule is None) == bool(report.errors)
    if schedule:
        costs = [
            cost_of(item, entry.minutes)
            for item, entry in zip(items, schedule.entries, strict=True)
            if isinstance(item, Session)
        ]
        assert best == (sum(held for held, _ in costs), sum(cost for _, cost in costs))


@settings(deadline=None)
@given(days())
@pytest.mark.slow
def test_a_schedule_keeps_every_rule(day: tuple[Items, int, int]) -> None:
    items, start, finish = day
    report = Report()
    schedule = make_schedule(AskedDay(tuple(items), start, finish), report)
    if schedule is None:
        return
    assert schedule == make_schedule(AskedDay(tuple(items), start, finish), Report())
    assert (schedule.start, schedule.finish) == (start, finish)
    now = start
    for item, entry in zip(items, schedule.entries, strict=True):
        assert (entry.start, entry.title) == (now, item.title)
        now = entry.finish
        if isinstance(item, Pause):
            assert (entry.minutes, entry.module) == (item.minutes, None)
            assert item.at in (None, entry.start)
        else:
            assert item.minutes.minimum <= entry.minutes <= item.minutes.maximum
            assert entry.module == item.module
    stretches = [sum(entry.minutes for entry in stretch) for stretch in schedule.stretches()]
    is_told = any(fault.code == "stretch-too-long" for fault in report)
    assert (max(stretches, default=0) > LONGEST_STRETCH) == is_told


TALK = Pause("Talk", 20, back=False)


def test_an_item_that_is_no_break_parts_no_stretch() -> None:
    items: Items = [session("A", 10, 50, 90), TALK, session("B", 10, 50, 90), Pause("Tea", 10)]
    schedule = schedule_of([*items, session("C", 10, 20, 90)], "09:00", "11:30")
    assert minutes(schedule) == {"a": 35, "b": 35, "c": 50}
    assert [sum(entry.minutes for entry in run) for run in schedule.stretches()] == [90, 50]


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (TALK, "From 09:00 to 10:50, “A”, “Talk” and “B” run 110 minutes without a break"),
        (Pause("Talk", 20, at("09:45"), back=False), "From 09:00 to 10:50 people sit for 110 min"),
        (Pause("Tea", 20, at("09:45")), ""),
        (Pause("Tea", 20), ""),
    ],
)
def test_a_talk_counts_to_the_minutes_that_people_sit(talk: Pause, told: str) -> None:
    report = Report()
    items = (session("A", 30, 45, 60), talk, session("B", 30, 45, 60))
    assert make_schedule(AskedDay(items, at("09:00"), at("10:50")), report)
    codes = [fault.code for fault in report]
    assert codes == (["stretch-too-long"] if told else [])
    assert all(fault.message.startswith(told) for fault in report)


def test_a_new_break_is_proposed_behind_a_module_and_not_behind_a_talk() -> None:
    report = Report()
    items = (session("A", 40, 45, 60), TALK, session("B", 40, 45, 60))
    assert make_schedule(AskedDay(items, at("09:00"), at("11:00")), report)
    [fault] = report
    lines = [line for proposal in fault.proposals for line in proposal.lines]
    assert any("after: a}" in line for line in lines)
