"""Work out when the steps of an exercise end, and find notes that say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workshop.content.block_tree import Node, Text
from workshop.content.case import Case
from workshop.content.exercises.exercise import Exercise
from workshop.diagnostics import Location, Report
from workshop.planning.day import Day, PlannedExercise, PlannedPart
from workshop.planning.titles import title_as_told

_UNITS = re.findall(
    r"\w+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty")
_NUMBERS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{
        f"{ten}-{unit}": 10 * number + units
        for number, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS[:9], 1)
    },
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_LIST = rf"{_NUMBER}(?:(?:, (?:and )?| and | or ){_NUMBER})*"
# What a trainer writes for a minute of an exercise; not "after two minutes of silence".
_MINUTES = r"[\s-]min(?:ute)?s?\b"
_MARKS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:at|after|by|until) (?P<minutes>{_LIST}){_MINUTES}"
        r"(?!\.?\s+(?:of (?!each|every|the round)|each|past|to\b|before|from|late|or more|more))",
        rf"\bminutes? (?P<minutes>{_LIST})\b",
        rf"\b(?P<minutes>{_NUMBER}){_MINUTES} (?:have (?:gone|passed)|are (?:over|up))\b",
        rf"\bcall\b[^.!?]{{0,60}}?[”\"] (?P<words>(?:at|after) (?P<minutes>{_NUMBER})\b)(?![:.]\d)",
    )
)
# In a paragraph with such a mark: "… and after four “say it”".
_NEXT_MARK = re.compile(
    rf"\b(?:at|after) (?P<minutes>{_NUMBER})\b(?=[,;“\"]|[ ]?(?:[“\"]|call|say)|\.(?:\s|$))",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def step_ends(planned: PlannedExercise) -> tuple[int, ...]:
    """Return the minute in which each step ends, as the day has it.

    A step of every round ends so many minutes after the beginning of each round; the other steps
    so many after the beginning of the exercise, those behind the rounds after all of them.
    """
    return _ends(planned.exercise, planned.steps)


def _ends(exercise: Exercise, minutes_of_steps: Iterable[int]) -> tuple[int, ...]:
    once = in_round = 0
    ends = []
    for step, minutes in zip(exercise.steps, minutes_of_steps, strict=True):
        if step.each_round:
            in_round += minutes
            ends.append(in_round)
        else:
            once += minutes
            ends.append(once + exercise.rounds * in_round)
    return tuple(ends)


def check_marks(
    day: Day, cases: Mapping[str, Case], own_terms: Mapping[str, str], report: Report
) -> None:
    """Report minutes in a trainer’s notes in which no step of the exercise ends on this day.

    `own_terms` are the client's words for terms that may stand in titles.
    """
    for module in day.modules:
        for part in module.parts:
            if part.minutes and not (part.exercise and part.exercise.too_few):
                _check_part(part, cases, day.cohort.slug, own_terms, report)


def _check_part(
    part: PlannedPart,
    cases: Mapping[str, Case],
    cohort: str,
    own_terms: Mapping[str, str],
    report: Report,
) -> None:
    title = title_as_told(part.exercise.exercise.title, own_terms) if part.exercise else ""
    for text in _notes(part.timed_part.block.children, cases):
        _check_text(text, part, title, cohort, report)


def _notes(
    nodes: Iterable[Node], cases: Mapping[str, Case], *, inside: bool = False
) -> Iterator[Text]:
    """Yield the texts of all notes for the trainer, at any depth."""
    for node in nodes:
        if isinstance(node, Text):
            if inside:
                yield node
        elif node.kind == "case" and (case := cases.get(str(node.options["name"]))):
            yield from _notes(case.body, cases)
        elif node.kind != "if-fewer":
            yield from _notes(node.children, cases, inside=inside or node.kind == "facilitator")


def _check_text(text: Text, part: PlannedPart, title: str, cohort: str, report: Report) -> None:
    planned = part.exercise
    for words, marks, line in _marks_in(text):
        place = Location(text.location.path, (text.location.line or 1) + line)
        if planned is None:
            if max(marks) > part.minutes:
                message = f"“{words}” is later than the end of this part of {part.minutes} minutes"
                report.warn("typed-minutes", f"{message} in {cohort}", place)
            continue
        wrong = [minutes for minutes in marks if not _is_right(minutes, planned)]
        if wrong:
            report.warn(
                "typed-minutes",
                f"“{words}” is not when a step of “{title}” ends in {cohort}; "
                f"its steps end after {', '.join(map(str, step_ends(planned)))} minutes",
                place,
                f"Write {', '.join(_computed(minutes, planned.exercise) for minutes in wrong)}.",
            )


def _is_right(minutes: int, planned: PlannedExercise) -> bool:
    """Tell whether something ends in that minute: the step that is meant, if there is one."""
    exercise, ends = planned.exercise, step_ends(planned)
    ideal_ends = _ends(exercise, [step.minutes for step in exercise.steps])
    if minutes in ideal_ends:
        return any(pair == (minutes, minutes) for pair in zip(ideal_ends, ends, strict=True))
    rounds = range(exercise.rounds + 1)
    turns = (planned.setup_minutes + turn * planned.round_minutes for turn in rounds)
    return minutes in (*ends, *turns, planned.minutes)


def _computed(minutes: int, exercise: Exercise) -> str:
    """Return what to write for a minute: the end of a step, or so many minutes behind one."""
    ends = (0, *_ends(exercise, [step.minutes for step in exercise.steps]))
    if minutes in ends:
        return f"{{{{ mark({ends.index(minutes)}) }}}}"
    step = max(
        (step for step, end in enumerate(ends) if end < minutes), key=lambda step: ends[step]
    )
    return f"{{{{ mark({max(step, 1)}) + {minutes - ends[max(step, 1)]} }}}}".replace("+ -", "- ")


def _marks_in(text: Text) -> Iterator[tuple[str, Sequence[int], int]]:
    """Yield the words of each typed mark, its minutes, and its line counted from the text's."""
    # What is filled in is right; it leaves its length, so that places stay what they are.
    source = _FILLED_IN.sub(lambda blank: re.sub(r"[^\n]", "□", blank[0]), text.source)
    begin = 0
    for paragraph in source.split("\n\n"):
        flat = paragraph.replace("\n", " ")
        marks = [match for form in _MARKS for match in form.finditer(flat)]
        if marks:
            marks += _NEXT_MARK.finditer(flat)
        done = 0
        # The same words may have more than one form: the longest counts.
        for match in sorted(marks, key=lambda match: (match.start("minutes"), -match.end())):
            if match.start("minutes") >= done:
                done = match.end("minutes")
                line = source.count("\n", 0, begin + match.start("minutes"))
                words = match.groupdict().get("words") or match[0]
                yield " ".join(words.split()), _numbers(match["minutes"]), line
        begin += len(paragraph) + 2


def _numbers(words: str) -> Sequence[int]:
    return [
        int(word) if word.isdigit() else _NUMBERS[word.lower()]
        for word in re.findall(_NUMBER, words, re.IGNORECASE)
    ]
