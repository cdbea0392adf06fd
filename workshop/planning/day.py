"""Plan a cohort's day: give its modules numbers and clock times, and every step its minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop.content.block_tree import Node
from workshop.content.exercises.exercise import Exercise
from workshop.content.exercises.minute_bounds import Minutes
from workshop.content.module import Module, TimedPart
from workshop.diagnostics import Report
from workshop.planning.groupings import Seating
from workshop.planning.if_fewer import as_done, instead_for, report_too_few
from workshop.planning.minutes.schedule import AskedDay, Pause, Schedule, Session, make_schedule
from workshop.planning.minutes.share_minutes import share, share_rounds, share_steps
from workshop.planning.titles import NO_TERMS, title_as_told
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.order.ordered_items import BreakItem


@dataclass(frozen=True)
class PlannedExercise:
    """Holds an exercise with its number, its minutes and its groups on this day.

    `own_time` says that the day has no room for the exercise: participants do it afterwards.
    `steps` are the minutes printed beside each step, in order; 0 where a step runs together with
    the next. `groups` are the sizes of the small groups. `too_few` says that something else is done
    instead of the steps, as they need more people.
    """

    exercise: Exercise
    number: str
    minutes: int
    setup_minutes: int
    round_minutes: int
    steps: tuple[int, ...]
    own_time: bool
    groups: tuple[int, ...]
    too_few: bool = False


@dataclass(frozen=True)
class PlannedPart:
    """Holds a timed part of a module and its minutes on this day; 0 if it is left out."""

    timed_part: TimedPart
    minutes: int
    exercise: PlannedExercise | None


@dataclass(frozen=True)
class PlannedModule:
    """Holds a module with its number and its place in the day.

    `start` is in minutes after midnight. `body` is the module's own, with each exercise as so many
    people do it.
    """

    module: Module
    number: int
    start: int
    minutes: int
    parts: tuple[PlannedPart, ...]
    body: tuple[Node, ...] = ()

    @property
    def running(self) -> frozenset[str]:
        """The ids of the exercises and inputs that run on the day, as far as they have one."""
        blocks = (part.timed_part.block for part in self.parts if part.minutes)
        return frozenset(block.id for block in blocks if block.id)

    @property
    def exercises(self) -> tuple[PlannedExercise, ...]:
        """The exercises that are printed: run on the day, or left for people's own time."""
        return tuple(part.exercise for part in self.parts if part.exercise)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The titles of what the day has no time for, and no paper prints."""
        blocks = (
            part.timed_part.block for part in self.parts if not (part.minutes or part.exercise)
        )
        return tuple(str(block.options["title"]) for block in blocks if "title" in block.options)


@dataclass(frozen=True)
class Day:
    """Holds one cohort's day, decided to the minute."""

    cohort: Cohort
    schedule: Schedule
    modules: tuple[PlannedModule, ...]

    @property
    def seating(self) -> Seating:
        """How many people there are, and how many of them form a group."""
        return seating_of(self.cohort)

    def exercise(self, exercise_id: str) -> PlannedExercise | None:
        """Return the planned exercise of that id, or None if this day does not print it."""
        for module in self.modules:
            for planned in module.exercises:
                if planned.exercise.id == exercise_id:
                    return planned
        return None


def plan_day(
    cohort: Cohort,
    modules: Mapping[str, Module],
    report: Report,
    left_out: Mapping[str, Module] | None = None,
    own_terms: Mapping[str, str] = NO_TERMS,
) -> Day | None:
    """Plan a cohort's day; if its minutes cannot be made to fit, report why and return None.

    What is reported may propose modules that the day does not have, those `left_out` among them.
    `own_terms` are the client's words for terms that may stand in titles.
    """
    names = [item.name for item in cohort.items if not isinstance(item, BreakItem)]
    items: list[Session | Pause] = []
    for item in cohort.items:
        if isinstance(item, BreakItem):
            items.append(Pause(item.title, item.minutes, item.at, item.back))
        else:
            # The close keeps its minutes: it is where evidence and dates are agreed.
            items.append(
                _session(modules[item.name], cohort, own_terms, keep=item.name == names[-1])
            )
    asked = AskedDay(tuple(items), cohort.start, cohort.finish)
    others = {**modules, **(left_out or {})}
    spare = [
        _session(module, cohort, own_terms)
        for name, module in others.items()
        if name not in names and module.front.after is not None
    ]
    schedule = make_schedule(asked, report, cohort.day_place, cohort.day_keys, spare)
    if schedule is None:
        return None
    planned = tuple(_planned_modules(schedule, modules, seating_of(cohort)))
    return Day(cohort, schedule, planned)


def seating_of(cohort: Cohort) -> Seating:
    """Return how many people a cohort has, and how many of them form a group."""
    return Seating(cohort.headcount, cohort.group_size)


def _session(
    module: Module, cohort: Cohort, own_terms: Mapping[str, str], *, keep: bool = False
) -> Session:
    minutes, within = module.minutes, None
    target = minutes.minimum if cohort.pace == "minimum" else minutes.ideal
    if asked := cohort.minutes.get(module.name):
        # What its file does not allow is a fault; the nearest to it shows what else is wrong.
        target = min(max(asked.minutes, minutes.minimum), minutes.maximum)
        minutes, within = Minutes(target, target, target), minutes
    optional = module.front.after is not None
    title = title_as_told(module.front.title, own_terms)
    after = module.front.after
    return Session(module.name, title, minutes, target, keep, optional, after, within)


def check_headcount(day: Day, own_terms: Mapping[str, str], report: Report) -> None:
    """Report exercises of a day that cannot be done by so few people, and say nothing instead."""
    cohort = day.cohort
    for module in day.modules:
        for part in module.parts:
            if part.minutes and part.exercise:
                exercise = part.exercise.exercise
                report_too_few(exercise, cohort.headcount, cohort.slug, own_terms, report)


def _planned_modules(
    schedule: Schedule, modules: Mapping[str, Module], seating: Seating
) -> Iterator[PlannedModule]:
    sessions = (entry for entry in schedule.entries if entry.module is not None)
    for number, entry in enumerate(sessions, start=1):
        module = modules[entry.module or ""]
        minutes = share([part.timed for part in module.parts], entry.minutes)
        parts = []
        exercises = 0
        for part, given in zip(module.parts, minutes, strict=True):
            planned = None
            if part.exercise and (given or part.exercise.own_time_if_cut):
                exercises += 1
                planned = _exercise(part.exercise, f"{number}.{exercises}", given, seating)
            parts.append(PlannedPart(part, given, planned))
        body = tuple(as_done(module.body, module.exercises, seating.headcount))
        yield PlannedModule(module, number, entry.start, entry.minutes, tuple(parts), body)


def _exercise(exercise: Exercise, number: str, given: int, seating: Seating) -> PlannedExercise:
    minutes = given or exercise.ideal
    once = [step.minutes for step in exercise.steps if not step.each_round]
    if exercise.rounds:
        times = share_rounds(
            exercise.rounds, exercise.round_minutes, exercise.setup_minutes, minutes
        )
        setup, each = times.setup, times.each
        in_round = [step.minutes for step in exercise.steps if step.each_round]
        # The set-up gets the minutes that do not divide by the rounds, even if it has no step.
        shared = iter(share_steps(once, setup) if once else ())
        rounds = iter(share_steps(in_round, each))
    else:
        setup, each = 0, 0
        shared, rounds = iter(share_steps(once, minutes)), iter(())
    return PlannedExercise(
        exercise=exercise,
        number=number,
        minutes=minutes,
        setup_minutes=setup,
        round_minutes=each,
        steps=tuple(next(rounds if step.each_round else shared) for step in exercise.steps),
        own_time=not given,
        groups=seating.groups(exercise.kind),
        too_few=instead_for(exercise, seating.headcount) is not None,
    )
