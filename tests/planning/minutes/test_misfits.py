import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.exercises.minute_bounds import Minutes
from workshop.diagnostics import Location, Report
from workshop.planning.minutes.schedule import AskedDay, Pause, Session, make_schedule

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
    schedule = make_schedule(AskedDay(tuple(items), at(start), at(finish)), report)
    assert (schedule is None) == bool(report.errors)
    return [str(fault) for fault in report]


def keep_it(minutes: int, span: str) -> str:
    """What a hint says first of a stretch that may stay as long as it is."""
    return (
        f"  To keep it so, tell the client that people will sit for {minutes} minutes, and write "
        f'`accept: [{{code: stretch-too-long, about: "{span}", reason: The client wants it so.}}]`'
        ". To change it: "
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
                "error: From 09:00 to 11:30 there are 150 minutes, but the modules at "
                "their shortest and the pauses take 171: 21 minutes too many "
                "[day-too-full]\n"
                "  Write `modules: {exclude: [a]}`; or `modules: {exclude: [e]}`; or "
                '`times: {finish: "11:51"}`; or `times: {start: "08:39"}`.',
            ],
            id="too full",
        ),
        pytest.param(
            [fixed("A", 40), fixed("B", 1), LUNCH, fixed("C", 60)],
            "11:35",
            "14:00",
            [
                "error: From 11:35 to 12:15 there are 40 minutes, but the modules at "
                "their shortest take 41: 1 minute too many [day-too-full]\n"
                '  Write `modules: {exclude: [b]}`; or `times: {start: "11:34"}`.',
            ],
            id="too full before a pause that what follows cannot let move",
        ),
        pytest.param(
            [fixed("A", 40), LUNCH, session("B", 30, 60, 60)],
            "11:45",
            "14:00",
            [
                "error: From 11:45 to 12:15 there are 30 minutes, but the modules at "
                "their shortest take 40: 10 minutes too many [day-too-full]\n"
                '  Write `breaks: {Lunch: {at: "12:25"}}`; or `times: {start: "11:35"}`.',
            ],
            id="too full before a pause that can move",
        ),
        pytest.param(
            [fixed("A", 60), LUNCH, fixed("B", 15), session("C", 40, 50, 60)],
            "11:00",
            "13:50",
            [
                "error: From 11:00 to 12:15 there are 75 minutes, but the modules at "
                "their longest fill 60: 15 minutes too few [day-too-empty]\n"
                "  Write `modules: {include: [{module: b, after: a}]}`; or `breaks: "
                '{Lunch: {at: "12:00"}}`; or `times: {start: "11:15"}`.',
                "error: From 13:00 to 13:50 there are 50 minutes, but the modules at "
                "their shortest take 55: 5 minutes too many [day-too-full]\n"
                "  Write `modules: {include: [{module: b, after: a}]}`; or `modules: "
                '{exclude: [b]}`; or `times: {finish: "13:55"}`; or `breaks: {Lunch: {at:'
                ' "12:10"}}`.',
            ],
            id="each part of the day by itself",
        ),
        pytest.param(
            [fixed("A", 60), fixed("B", 20), LUNCH, session("C", 30, 40, 50)],
            "11:15",
            "14:10",
            [
                "error: From 11:15 to 12:15 there are 60 minutes, but the modules at "
                "their shortest take 80: 20 minutes too many [day-too-full]\n"
                "  Write `modules: {include: [{module: b, after: Lunch}]}`; or `breaks: "
                '{Lunch: {at: "12:35"}}`; or `modules: {exclude: [b]}`; or `times: '
                '{start: "10:55"}`.',
                "error: From 13:00 to 14:10 there are 70 minutes, but the modules at "
                "their longest fill 50: 20 minutes too few [day-too-empty]\n"
                "  Write `modules: {include: [{module: b, after: Lunch}]}`; or `breaks: "
                '{Lunch: {at: "12:35"}}`; or `times: {finish: "13:50"}`.',
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
                "error: From 11:25 to 12:15 there are 50 minutes, but the modules at "
                "their shortest take 60: 10 minutes too many [day-too-full]\n"
                '  Write `breaks: {Lunch: {at: "12:25"}}`; or `times: {start: "11:15"}`.',
            ],
            id="a kept module is neither left out nor moved",
        ),
        pytest.param(
            [fixed("A", 50), session("B", 20, 30, 60), COFFEE, session("C", 30, 40, 70)],
            "09:00",
            "12:00",
            [
                "warning: From 09:00 to 12:00, “A” and “B” run 95 minutes without a break; "
                "people tire after 90 [stretch-too-long]\n"
                + keep_it(95, "From 09:00 to 12:00")
                + "Write `breaks: {Break: {minutes: 10, after: a}}`; or `times: {finish: "
                '"11:55"}`; or `times: {start: "09:05"}`.',
            ],
            id="long enough modules, held by their stretch",
        ),
        pytest.param(
            [fixed("A", 50), fixed("B", 45), fixed("C", 15), COFFEE, fixed("D", 100)],
            "09:00",
            "12:45",
            [
                "warning: From 09:00 to 12:45, “A”, “B” and “C” take at least 110 minutes "
                "without a break; people tire after 90 [stretch-too-long]\n"
                + keep_it(110, "From 09:00 to 12:45")
                + "Write `breaks: {Break: {minutes: 10, after: a}}`; or `modules: "
                "{exclude: [b]}`; or `modules: {exclude: [a]}`.",
                "warning: From 09:00 to 12:45, “D” takes at least 100 minutes without a "
                "break; people tire after 90 [stretch-too-long]\n"
                + keep_it(100, "From 09:00 to 12:45")
                + "Write `modules: {exclude: [d]}`.",
            ],
            id="stretches too long",
        ),
        pytest.param(
            [fixed("A", 60), fixed("B", 60), fixed("C", 60), fixed("D", 95)],
            "09:00",
            "13:00",
            [
                "warning: From 09:00 to 13:00, “A”, “B”, “C” and “D” take at least 275 "
                "minutes without a break; people tire after 90 [stretch-too-long]\n"
                "  Write `breaks: {Break: {minutes: 10, after: a}, Break 2: {minutes: 10,"
                " after: b}, Break 3: {minutes: 10, after: c}}`.",
                "error: From 09:00 to 13:00 there are 240 minutes, but the modules at "
                "their shortest take 275: 35 minutes too many [day-too-full]\n"
                '  Write `modules: {exclude: [a, b, d]}`; or `times: {finish: "13:35"}`; '
                'or `times: {start: "08:25"}`.',
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
                "error: “Lean” and “Back” stand in one stretch between breaks; a stretch "
                "has room for one optional module [two-optional]\n"
                "  Write `breaks: {Break: {minutes: 10, after: lean}}`; or `modules: "
                "{include: [{module: back, after: a}]}`; or `modules: {include: [{module:"
                " back, after: c}]}`; or `modules: {include: [{module: lean, after: "
                "a}]}`; or `modules: {exclude: [lean]}`; or `modules: {exclude: [back]}`.",
            ],
            id="two optional modules in a stretch",
        ),
        pytest.param(
            [fixed("A", 30), optional("Lean", 10, 20), optional("Back", 15, 20)],
            "09:00",
            "10:00",
            [
                "error: “Lean” and “Back” stand in one stretch between breaks; a stretch "
                "has room for one optional module [two-optional]\n"
                "  Write `modules: {exclude: [lean]}`; or `modules: {exclude: [back]}`; "
                "or `breaks: {Break: {minutes: 10, after: lean}}`.",
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
                "warning: From 09:00 to 11:55, “A” and “Lean” take at least 95 minutes "
                "without a break; people tire after 90 [stretch-too-long]\n"
                + keep_it(95, "From 09:00 to 11:55")
                + "Write `breaks: {Break: {minutes: 10, after: a}}`; or `modules: "
                "{include: [{module: lean, after: b}]}`; or `modules: {exclude: [lean]}`.",
            ],
            id="a stretch too long by an optional module",
        ),
        pytest.param(
            [session("A", 10, 20, 30), optional("Lean", 15, 20), LUNCH, session("B", 20, 30, 60)],
            "11:53",
            "13:40",
            [
                "error: From 11:53 to 12:15 there are 22 minutes, but the modules at "
                "their shortest take 25: 3 minutes too many [day-too-full]\n"
                "  Write `modules: {exclude: [lean]}`; or `modules: {exclude: [a]}`; or "
                "`modules: {include: [{module: lean, after: Lunch}]}`; or `modules: "
                "{include: [{module: lean, after: b}]}`; or `breaks: {Lunch: {at: "
                '"12:18"}}`; or `times: {start: "11:50"}`.',
            ],
            id="no room for an optional module: it goes first",
        ),
        pytest.param(
            [],
            "09:00",
            "17:00",
            [
                "error: From 09:00 to 17:00 there are 480 minutes, and nothing to fill "
                "them [day-too-empty]\n"
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
                " 5 minutes too many [day-too-full]\n"
                '  Write `times: {finish: "00:05"}`; or `times: {start: "23:45"}`.',
            ],
            id="a day that goes on after midnight",
        ),
        pytest.param(
            [COFFEE],
            "00:04",
            "00:14",
            [
                "error: From 00:04 to 00:14 there are 10 minutes, but the pauses take 15:"
                " 5 minutes too many [day-too-full]\n"
                '  Write `times: {finish: "00:19"}`.',
            ],
            id="no time before midnight is proposed",
        ),
        pytest.param(
            [fixed("A", 60), LUNCH, Pause("Tea", 15, at("12:30"))],
            "17:00",
            "09:00",
            [
                "error: The day starts at 17:00 and finishes at 09:00 [times]\n"
                "  Fix one time after the other, with room for the modules between them.",
                "error: “Tea” is fixed at 12:30, but stands after “Lunch”, which lasts "
                "from 12:15 to 13:00 [times]\n"
                '  Write `breaks: {Tea: {at: "18:45"}}`; or `breaks: {Tea: 0}`.',
            ],
            id="times the wrong way round",
        ),
        pytest.param(
            [Pause("Early", 15, at("08:50")), fixed("A", 60), Pause("Late", 15, at("16:50"))],
            "09:00",
            "17:00",
            [
                "error: “Early” is fixed from 08:50 to 09:05, but the day starts at 09:00"
                " [times]\n"
                '  Write `breaks: {Early: {at: "09:00"}}`; or `breaks: {Early: 0}`; or '
                '`times: {start: "08:50"}`.',
                "error: “Late” is fixed from 16:50 to 17:05, but the day finishes at "
                "17:00 [times]\n"
                '  Write `breaks: {Late: {at: "10:15"}}`; or `breaks: {Late: 0}`; or '
                '`times: {finish: "17:05"}`.',
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
def test_what_a_hint_proposes_mends_the_day(modules: list[Minutes], off: int) -> None:
    items: list[Session | Pause] = []
    for number, minutes in enumerate(modules):
        items += [Session(f"m{number}", f"M{number}", minutes, minutes.ideal), COFFEE]
    length = sum(item.minutes if isinstance(item, Pause) else item.target for item in items)
    start, finish = at("09:00"), at("09:00") + max(length + off, 1)
    report = Report()
    if make_schedule(AskedDay(tuple(items), start, finish), report):
        return
    (fault,) = report.errors
    lines = (fault.hint or "").removeprefix("Write ").removesuffix(".").split("; or ")
    for line in lines if "`" in lines[0] else ():
        assert make_schedule(proposed(line, items, start, finish), Report())


def proposed(line: str, items: Items, start: int, finish: int) -> AskedDay:
    """The day that the line of a hint speaks of."""
    if times := re.fullmatch(r'`times: {(start|finish): "(.*)"}`', line):
        moved = {times[1]: at(times[2])}
        return AskedDay(tuple(items), moved.get("start", start), moved.get("finish", finish))
    excluded = re.fullmatch(r"`modules: {exclude: \[(.*)\]}`", line)
    assert excluded, line
    names = excluded[1].split(", ")
    rest = [item for item in items if isinstance(item, Pause) or item.module not in names]
    assert len(rest) == len(items) - len(names)
    return AskedDay(tuple(rest), start, finish)
