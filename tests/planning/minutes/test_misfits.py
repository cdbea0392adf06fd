from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.exercises.minute_bounds import Minutes
from workshop.diagnostics import Location, Report
from workshop.planning.minutes.mendings import mend
from workshop.planning.minutes.schedule import AskedDay, Pause, Session, make_schedule
from workshop.tailoring.client_file.day_keys import DayKeys, Wishes

Items = Sequence[Session | Pause]


def at(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


COFFEE = Pause("Coffee", 15)
LUNCH = Pause("Lunch", 45, at("12:15"))


def session(title: str, least: int, target: int, most: int, keep: bool = False) -> Session:
    return Session(title.lower(), title, Minutes(least, target, most), target, keep)


def optional(title: str, least: int, target: int) -> Session:
    return replace(session(title, least, target, 2 * target), optional=True)


def fixed(title: str, minutes: int) -> Session:
    return session(title, minutes, minutes, minutes)


def told(items: Items, start: str, finish: str) -> list[str]:
    """The faults of a day, as the trainer reads them; it is there unless one is an error."""
    report = Report()
    titles = frozenset(item.title for item in items if isinstance(item, Pause))
    day = AskedDay(tuple(items), at(start), at(finish))
    schedule = make_schedule(day, report, None, DayKeys(pauses=titles))
    assert (schedule is None) == bool(report.errors)
    return [line for fault in report for line in str(fault).splitlines()]


MEND = "  To mend it, write one of these, in place of what its keys say there."
ABOVE = "  What is proposed for the first fault of this day mends this one too."


def keep_it(minutes: int) -> str:
    """What a hint says of a stretch that may stay as long as it is."""
    return (
        f"  To keep it so, tell the client that people will sit for {minutes} minutes, and accept "
        "this warning. To change it, write one of these, in place of what its keys say there."
    )


KEEP_OR_CHANGE = (
    "  To keep it so, accept this warning. To change it, write one of these, in place of what its "
    "keys say there."
)


@pytest.mark.parametrize(
    ("items", "start", "finish", "faults"),
    [
        pytest.param(
            [
                fixed("A", 30),
                session("B", 40, 50, 60),
                COFFEE,
                fixed("C", 20),
                fixed("D", 15),
                fixed("E", 31),
                session("Close", 20, 20, 20, keep=True),
            ],
            "09:00",
            "11:30",
            [
                "error: From 09:00 to 11:30 there are 150 minutes, but the modules at"
                " their shortest and the pauses take 171: 21 minutes too many"
                " [day-too-full]",
                MEND,
                "    - finishes 21 minutes later, at 11:51:",
                '      times: {finish: "11:51"}',
                "    - starts 21 minutes earlier, at 08:39:",
                '      times: {start: "08:39"}',
                "    - drops “A” (30 min):",
                "      modules: {exclude: [a]}",
                "    - drops “E” (31 min):",
                "      modules: {exclude: [e]}",
            ],
            id="too full",
        ),
        pytest.param(
            [fixed("A", 40), fixed("B", 1), LUNCH, fixed("C", 60)],
            "11:35",
            "14:00",
            [
                "error: From 11:35 to 12:15 there are 40 minutes, but the modules at"
                " their shortest take 41: 1 minute too many [day-too-full]",
                MEND,
                "    - starts 1 minute earlier, at 11:34:",
                '      times: {start: "11:34"}',
                "    - drops “B” (1 min):",
                "      modules: {exclude: [b]}",
                "    - “Lunch” begins at 12:16 instead of 12:15; “Lunch” lasts 44 minutes"
                " instead of 45:",
                '      breaks: {Lunch: {minutes: 44, at: "12:16"}}',
                "    - “Lunch” begins at 12:16 instead of 12:15; finishes 1 minute later,"
                " at 14:01:",
                '      times: {finish: "14:01"}',
                '      breaks: {Lunch: {at: "12:16"}}',
            ],
            id="too full before a pause that what follows cannot let move",
        ),
        pytest.param(
            [fixed("A", 40), LUNCH, session("B", 30, 60, 60)],
            "11:45",
            "14:00",
            [
                "error: From 11:45 to 12:15 there are 30 minutes, but the modules at"
                " their shortest take 40: 10 minutes too many [day-too-full]",
                MEND,
                "    - “Lunch” begins at 12:25 instead of 12:15:",
                '      breaks: {Lunch: {at: "12:25"}}',
                "    - starts 10 minutes earlier, at 11:35:",
                '      times: {start: "11:35"}',
            ],
            id="too full before a pause that can move",
        ),
        pytest.param(
            [fixed("A", 60), LUNCH, fixed("B", 15), session("C", 40, 50, 60)],
            "11:00",
            "13:50",
            [
                "error: From 11:00 to 12:15 there are 75 minutes, but the modules at"
                " their longest fill 60: 15 minutes too few [day-too-empty]",
                MEND,
                "    - “Lunch” comes after “B”:",
                "      breaks: {Lunch: {after: b}}",
                "    - “Lunch” begins at 12:00 instead of 12:15:",
                '      breaks: {Lunch: {at: "12:00"}}',
                "    - starts 15 minutes later, at 11:15; “Lunch” lasts 40 minutes instead of 45:",
                '      times: {start: "11:15"}',
                "      breaks: {Lunch: {minutes: 40}}",
                "    - starts 15 minutes later, at 11:15; drops “B” (15 min):",
                '      times: {start: "11:15"}',
                "      modules: {exclude: [b]}",
                "error: From 13:00 to 13:50 there are 50 minutes, but the modules at"
                " their shortest take 55: 5 minutes too many [day-too-full]",
                ABOVE,
            ],
            id="each part of the day by itself",
        ),
        pytest.param(
            [fixed("A", 60), fixed("B", 20), LUNCH, session("C", 30, 40, 50)],
            "11:15",
            "14:10",
            [
                "error: From 11:15 to 12:15 there are 60 minutes, but the modules at"
                " their shortest take 80: 20 minutes too many [day-too-full]",
                MEND,
                "    - “Lunch” comes after “A”:",
                "      breaks: {Lunch: {after: a}}",
                "    - “Lunch” begins at 12:35 instead of 12:15:",
                '      breaks: {Lunch: {at: "12:35"}}',
                "    - drops “B” (20 min); “Lunch” lasts 65 minutes instead of 45:",
                "      breaks: {Lunch: {minutes: 65}}",
                "      modules: {exclude: [b]}",
                "    - drops “B” (20 min); finishes 20 minutes earlier, at 13:50:",
                '      times: {finish: "13:50"}',
                "      modules: {exclude: [b]}",
                "error: From 13:00 to 14:10 there are 70 minutes, but the modules at"
                " their longest fill 50: 20 minutes too few [day-too-empty]",
                ABOVE,
            ],
            id="one move that mends both",
        ),
        pytest.param(
            [
                fixed("A", 50),
                session("Close", 10, 10, 10, keep=True),
                LUNCH,
                session("B", 30, 60, 60),
            ],
            "11:25",
            "14:00",
            [
                "error: From 11:25 to 12:15 there are 50 minutes, but the modules at"
                " their shortest take 60: 10 minutes too many [day-too-full]",
                MEND,
                "    - “Lunch” comes after “A”:",
                "      breaks: {Lunch: {after: a}}",
                "    - “Lunch” begins at 12:25 instead of 12:15:",
                '      breaks: {Lunch: {at: "12:25"}}',
                "    - starts 10 minutes earlier, at 11:15:",
                '      times: {start: "11:15"}',
            ],
            id="a kept module is neither left out nor moved",
        ),
        pytest.param(
            [fixed("A", 50), session("B", 20, 30, 60), COFFEE, session("C", 30, 40, 70)],
            "09:00",
            "12:00",
            [
                "warning: From 09:00 to 12:00, “A” and “B” run 95 minutes without a"
                " break; people tire after 90 [stretch-too-long]",
                keep_it(95),
                "    - “Coffee” lasts 20 minutes instead of 15:",
                "      breaks: {Coffee: {minutes: 20}}",
                "    - finishes 5 minutes earlier, at 11:55:",
                '      times: {finish: "11:55"}',
                "    - starts 5 minutes later, at 09:05:",
                '      times: {start: "09:05"}',
                "    - adds a break of 10 minutes after “A”:",
                "      breaks: {Break: {minutes: 10, after: a}}",
            ],
            id="long enough modules, held by their stretch",
        ),
        pytest.param(
            [fixed("A", 50), fixed("B", 45), fixed("C", 15), COFFEE, fixed("D", 100)],
            "09:00",
            "12:45",
            [
                "warning: From 09:00 to 12:45, “A”, “B” and “C” take at least 110 minutes"
                " without a break; people tire after 90 [stretch-too-long]",
                keep_it(110),
                "    - adds a break of 10 minutes after “A”; finishes 10 minutes later, at 12:55:",
                '      times: {finish: "12:55"}',
                "      breaks: {Break: {minutes: 10, after: a}}",
                "    - adds a break of 10 minutes after “A”; starts 10 minutes earlier, at 08:50:",
                '      times: {start: "08:50"}',
                "      breaks: {Break: {minutes: 10, after: a}}",
                "    - drops “B” (45 min); finishes 45 minutes earlier, at 12:00:",
                '      times: {finish: "12:00"}',
                "      modules: {exclude: [b]}",
                "    - drops “B” (45 min); starts 45 minutes later, at 09:45:",
                '      times: {start: "09:45"}',
                "      modules: {exclude: [b]}",
                "warning: From 09:00 to 12:45, “D” takes at least 100 minutes without a"
                " break; people tire after 90 [stretch-too-long]",
                keep_it(100),
                "    - drops “D” (100 min); finishes 100 minutes earlier, at 11:05:",
                '      times: {finish: "11:05"}',
                "      modules: {exclude: [d]}",
                "    - drops “D” (100 min); starts 100 minutes later, at 10:40:",
                '      times: {start: "10:40"}',
                "      modules: {exclude: [d]}",
            ],
            id="stretches too long",
        ),
        pytest.param(
            [fixed("A", 60), fixed("B", 60), fixed("C", 60), fixed("D", 95)],
            "09:00",
            "13:00",
            [
                "error: From 09:00 to 13:00 there are 240 minutes, but the modules at"
                " their shortest take 275: 35 minutes too many [day-too-full]",
                MEND,
                "    - finishes 35 minutes later, at 13:35:",
                '      times: {finish: "13:35"}',
                "    - starts 35 minutes earlier, at 08:25:",
                '      times: {start: "08:25"}',
                "warning: From 09:00 to 13:00, “A”, “B”, “C” and “D” take at least 275"
                " minutes without a break; people tire after 90 [stretch-too-long]",
                "  This may be otherwise once the day adds up.",
            ],
            id="too long and too full",
        ),
        pytest.param(
            [
                session("A", 20, 30, 40),
                COFFEE,
                session("B", 20, 30, 40),
                optional("Lean", 10, 20),
                optional("Back", 15, 20),
                COFFEE,
                session("C", 20, 30, 40),
                COFFEE,
                session("Close", 20, 20, 20, keep=True),
            ],
            "09:00",
            "12:00",
            [
                "warning: “Lean” and “Back” stand in one stretch between breaks; one"
                " optional module in a stretch is enough for most groups [two-optional]",
                KEEP_OR_CHANGE,
                "    - adds a break of 10 minutes after “Lean”:",
                "      breaks: {Break: {minutes: 10, after: lean}}",
                "    - moves “Back” after “C”:",
                "      modules: {include: [{module: back, after: c}]}",
                "    - drops “Lean” (10 min):",
                "      modules: {exclude: [lean]}",
                "    - drops “Back” (15 min):",
                "      modules: {exclude: [back]}",
            ],
            id="two optional modules in a stretch",
        ),
        pytest.param(
            [fixed("A", 30), optional("Lean", 10, 20), optional("Back", 15, 20)],
            "09:00",
            "10:00",
            [
                "warning: “Lean” and “Back” stand in one stretch between breaks; one"
                " optional module in a stretch is enough for most groups [two-optional]",
                KEEP_OR_CHANGE,
                "    - drops “Lean” (10 min):",
                "      modules: {exclude: [lean]}",
                "    - drops “Back” (15 min):",
                "      modules: {exclude: [back]}",
                "    - adds a break of 5 minutes after “Lean”:",
                "      breaks: {Break: {minutes: 5, after: lean}}",
            ],
            id="two optional modules, and no other stretch",
        ),
        pytest.param(
            [
                session("A", 80, 80, 80),
                optional("Lean", 15, 20),
                COFFEE,
                session("B", 20, 30, 40),
                COFFEE,
                session("Close", 20, 20, 20, keep=True),
            ],
            "09:00",
            "11:55",
            [
                "warning: From 09:00 to 11:55, “A” and “Lean” take at least 95 minutes"
                " without a break; people tire after 90 [stretch-too-long]",
                keep_it(95),
                "    - adds a break of 10 minutes after “A”:",
                "      breaks: {Break: {minutes: 10, after: a}}",
                "    - moves “Lean” after “B”:",
                "      modules: {include: [{module: lean, after: b}]}",
                "    - drops “Lean” (15 min); “Coffee” lasts 20 minutes instead of 15:",
                "      order: [a, {break: Coffee, minutes: 20}, b, {break: Coffee,"
                " minutes: 20}, close]",
                "      modules: {exclude: [lean]}",
                "    - drops “Lean” (15 min); finishes 5 minutes earlier, at 11:50:",
                '      times: {finish: "11:50"}',
                "      modules: {exclude: [lean]}",
            ],
            id="a stretch too long by an optional module",
        ),
        pytest.param(
            [session("A", 10, 20, 30), optional("Lean", 15, 20), LUNCH, session("B", 20, 30, 60)],
            "11:53",
            "13:40",
            [
                "error: From 11:53 to 12:15 there are 22 minutes, but the modules at"
                " their shortest take 25: 3 minutes too many [day-too-full]",
                MEND,
                "    - “Lunch” begins at 12:18 instead of 12:15:",
                '      breaks: {Lunch: {at: "12:18"}}',
                "    - starts 3 minutes earlier, at 11:50:",
                '      times: {start: "11:50"}',
                "    - drops “A” (10 min):",
                "      modules: {exclude: [a]}",
                "    - drops “Lean” (15 min):",
                "      modules: {exclude: [lean]}",
            ],
            id="no room for an optional module: it goes first",
        ),
        pytest.param(
            [],
            "09:00",
            "17:00",
            [
                "error: From 09:00 to 17:00 there are 480 minutes, and nothing to fill"
                " them [day-too-empty]",
                "  Include modules that fill 480 minutes.",
            ],
            id="nothing at all",
        ),
        pytest.param(
            [COFFEE],
            "23:50",
            "24:00",
            [
                "error: From 23:50 to 00:00 there are 10 minutes, but the pauses take 15:"
                " 5 minutes too many [day-too-full]",
                MEND,
                "    - “Coffee” lasts 10 minutes instead of 15:",
                "      breaks: {Coffee: {minutes: 10}}",
                "    - finishes 5 minutes later, at 00:05:",
                '      times: {finish: "00:05"}',
                "    - starts 5 minutes earlier, at 23:45:",
                '      times: {start: "23:45"}',
            ],
            id="a day that goes on after midnight",
        ),
        pytest.param(
            [COFFEE],
            "00:04",
            "00:14",
            [
                "error: From 00:04 to 00:14 there are 10 minutes, but the pauses take 15:"
                " 5 minutes too many [day-too-full]",
                MEND,
                "    - “Coffee” lasts 10 minutes instead of 15:",
                "      breaks: {Coffee: {minutes: 10}}",
                "    - finishes 5 minutes later, at 00:19:",
                '      times: {finish: "00:19"}',
            ],
            id="no time before midnight is proposed",
        ),
        pytest.param(
            [fixed("A", 60), LUNCH, Pause("Tea", 15, at("12:30"))],
            "17:00",
            "09:00",
            [
                "error: The day starts at 17:00 and finishes at 09:00 [times]",
                MEND,
                "    - finishes 600 minutes later, at 19:00; “Lunch” begins at 18:00"
                " instead of 12:15; “Tea” begins at 18:45 instead of 12:30:",
                '      times: {finish: "19:00"}',
                '      breaks: {Lunch: {at: "18:00"}, Tea: {at: "18:45"}}',
                "error: “Tea” is fixed at 12:30, but stands after “Lunch”, which lasts"
                " from 12:15 to 13:00 [times]",
                ABOVE,
            ],
            id="times the wrong way round",
        ),
        pytest.param(
            [Pause("Early", 15, at("08:50")), fixed("A", 60), Pause("Late", 15, at("16:50"))],
            "09:00",
            "17:00",
            [
                "error: “Early” is fixed from 08:50 to 09:05, but the day starts at 09:00 [times]",
                MEND,
                "    - “Early” begins at 09:00 instead of 08:50; drops the break “Late”"
                " (15 min); finishes 405 minutes earlier, at 10:15:",
                '      times: {finish: "10:15"}',
                '      breaks: {Early: {at: "09:00"}, Late: 0}',
                "    - drops the break “Early” (15 min); finishes 5 minutes later, at"
                " 17:05; starts 410 minutes later, at 15:50:",
                '      times: {start: "15:50", finish: "17:05"}',
                "      breaks: {Early: 0}",
                "    - “Early” begins at 09:00 instead of 08:50; “Late” begins at 10:15"
                " instead of 16:50; finishes 390 minutes earlier, at 10:30:",
                '      times: {finish: "10:30"}',
                '      breaks: {Early: {at: "09:00"}, Late: {at: "10:15"}}',
                "    - starts 10 minutes earlier, at 08:50; “Late” begins at 10:05"
                " instead of 16:50; finishes 400 minutes earlier, at 10:20:",
                '      times: {start: "08:50", finish: "10:20"}',
                '      breaks: {Late: {at: "10:05"}}',
                "error: “Late” is fixed from 16:50 to 17:05, but the day finishes at 17:00 [times]",
                ABOVE,
            ],
            id="pauses outside the day",
        ),
    ],
)
def test_a_day_that_cannot_be_so_or_should_not_says_why(
    items: Items, start: str, finish: str, faults: list[str]
) -> None:
    assert told(items, start, finish) == faults


def test_a_longer_stretch_is_no_longer_than_it_has_to_be() -> None:
    """The afternoon of a client who wants five minutes off and no more."""
    items: Items = [
        session("A", 30, 60, 90),
        session("B", 30, 60, 90),
        COFFEE,
        session("C", 20, 95, 120),
    ]
    report = Report()
    schedule = make_schedule(AskedDay(tuple(items), at("13:45"), at("17:15")), report)
    assert schedule
    assert [sum(entry.minutes for entry in run) for run in schedule.stretches()] == [98, 97]
    [fault] = report
    assert "From 13:45 to 17:15, the modules run up to 98 minutes without a break;" in str(fault)


def test_a_long_stretch_is_told_once() -> None:
    """It is too long at its shortest, and longer in a day that has to be filled."""
    items: Items = [session("A", 95, 100, 140), COFFEE, session("B", 10, 20, 30)]
    report = Report()
    assert make_schedule(AskedDay(tuple(items), at("09:00"), at("11:45")), report)
    [fault] = report
    assert "“A” run 120 minutes without a break" in fault.message


def test_every_fault_carries_the_place_it_was_given() -> None:
    place = Location(Path("client.yaml"), 7, 3)
    report = Report()
    assert make_schedule(AskedDay((LUNCH, Pause("Tea", 5, 0)), 540, 1020), report, place) is None
    assert len(report.errors) == 2
    assert {fault.location for fault in report} == {place}


MINUTES = st.tuples(*[st.integers(1, 60)] * 3).map(lambda three: Minutes(*sorted(three)))


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(MINUTES, min_size=2, max_size=6), st.integers(-90, 90))
def test_what_is_proposed_mends_the_day(modules: list[Minutes], off: int) -> None:
    items: list[Session | Pause] = []
    for number, minutes in enumerate(modules):
        session = Session(f"m{number}", f"M{number}", minutes, minutes.ideal)
        items += [session, Pause("Coffee", 15)]
    length = sum(item.minutes if isinstance(item, Pause) else item.target for item in items)
    start, finish = at("09:00"), at("09:00") + max(length + off, 1)
    day = AskedDay(tuple(items), start, finish)
    for mending in mend(day, (), Wishes()):
        assert make_schedule(mending.day, Report())
        before = mending.steps[0][1]
        assert before == day
        for remedy, before in mending.steps:
            after = remedy.apply(before)
        assert after == mending.day
