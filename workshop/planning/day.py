"""A cohort's running order into planned modules: numbers, clock times, minutes for every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop.content.module import Exercise, Module, TimedPart
from workshop.diagnostics import Report
from workshop.planning.groupings import groupings
from workshop.planning.schedule import Pause, Schedule, Session, make_schedule
from workshop.planning.share_minutes import share, share_rounds, share_steps
from workshop.tailoring.cohort import BreakItem, Cohort


@dataclass(frozen=True)
class PlannedExercise:
    """An exercise with its number and its minutes on this day.

    `own_time` says that the day has no room for it, and it is left for afterwards. `steps` are the
    minutes printed beside each step, in order; 0 where a step runs together with the next.
    """

    exercise: Exercise
    number: str
    minutes: int
    setup_minutes: int
    round_minutes: int
    steps: tuple[int, ...]
    own_time: bool
    groups: tuple[int, ...]


@dataclass(frozen=True)
class PlannedPart:
    """A timed part of a module and its minutes on this day; 0 where it is left out."""

    part: TimedPart
    minutes: int
    exercise: PlannedExercise | None


@dataclass(frozen=True)
class PlannedModule:
    """A module with its number and its place in the day. Times are minutes after midnight."""

    module: Module
    number: int
    start: int
    minutes: int
    parts: tuple[PlannedPart, ...]

    @property
    def exercises(self) -> tuple[PlannedExercise, ...]:
        """The exercises that are printed: run on the day, or left for the participant's time."""
        return tuple(part.exercise for part in self.parts if part.exercise)


@dataclass(frozen=True)
class Day:
    """One cohort's day, decided to the minute."""

    cohort: Cohort
    schedule: Schedule
    modules: tuple[PlannedModule, ...]

    def exercise(self, exercise_id: str) -> PlannedExercise | None:
        """Return the planned exercise of that id, or None when this day does not print it."""
        every = (exercise for module in self.modules for exercise in module.exercises)
        return next((found for found in every if found.exercise.id == exercise_id), None)


def plan_day(cohort: Cohort, modules: Mapping[str, Module], report: Report) -> Day | None:
    """Decide a cohort's day; where it cannot be done, `report` says which modules could give."""
    names = [item.name for item in cohort.items if not isinstance(item, BreakItem)]
    items: list[Session | Pause] = []
    for item in cohort.items:
        if isinstance(item, BreakItem):
            items.append(Pause(item.title, item.minutes, item.at))
            continue
        module = modules[item.name]
        minutes = module.minutes
        target = minutes.minimum if cohort.pace == "minimum" else minutes.ideal
        # The close keeps its minutes: it is where evidence and dates are agreed.
        keep = item.name == names[-1]
        optional = module.front.after is not None
        items.append(Session(item.name, module.front.title, minutes, target, keep, optional))
    schedule = make_schedule(items, cohort.start, cohort.finish, report, cohort.location)
    if schedule is None:
        return None
    planned = tuple(_planned_modules(schedule, modules, cohort.headcount))
    return Day(cohort, schedule, planned)


def _planned_modules(
    schedule: Schedule, modules: Mapping[str, Module], headcount: int
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
                planned = _exercise(part.exercise, f"{number}.{exercises}", given, headcount)
            parts.append(PlannedPart(part, given, planned))
        yield PlannedModule(module, number, entry.start, entry.minutes, tuple(parts))


def _exercise(exercise: Exercise, number: str, given: int, headcount: int) -> PlannedExercise:
    minutes = given or exercise.ideal
    once = [step.minutes for step in exercise.steps if not step.each_round]
    if exercise.rounds:
        times = share_rounds(
            exercise.rounds, exercise.round_minutes, exercise.setup_minutes, minutes
        )
        setup, each = times.setup, times.each
        in_round = [step.minutes for step in exercise.steps if step.each_round]
        # Minutes that do not divide by the rounds go to the set-up, if it has a step to say so.
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
        groups=groupings(headcount, exercise.kind),
    )
