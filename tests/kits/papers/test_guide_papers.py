"""The facilitator guide of the sample kits: all that the day needs, for the people in the room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Kits
from tests.kits.kit_text import (
    letters,
    letters_of,
    outline_of,
    pages_of,
    where_all_is_there,
)
from workshop.content.block_tree import Text
from workshop.content.grammar.cues import CUES
from workshop.planning.day import Day, PlannedExercise
from workshop.planning.groupings import describe
from workshop.planning.materials import kit_list
from workshop.planning.running_late import LATE

COHORTS = [("acme", "boston-march"), ("acme", "leeds-february"), ("minimal", "session")]
_LONG_ENOUGH = 30


@pytest.fixture(params=COHORTS, ids=lambda cohort: cohort[1])
def folder(request: pytest.FixtureRequest, kits: Kits) -> Path:
    """Each of the kits in turn."""
    return kits.root.joinpath(*request.param)


@pytest.fixture
def guide(folder: Path) -> Path:
    return folder / "facilitator-guide.pdf"


def run(day: Day) -> list[PlannedExercise]:
    return [one for module in day.modules for one in module.exercises if not one.own_time]


def notes_of(exercise: PlannedExercise) -> str:
    blocks = [node for node in exercise.exercise.block.children if not isinstance(node, Text)]
    return "\n".join(
        child.source
        for block in blocks
        if block.kind == "facilitator"
        for child in block.children
        if isinstance(child, Text)
    )


def page_of(guide: Path, exercise: PlannedExercise) -> str:
    """Return an exercise's own pages: from its heading to the next."""
    headings = outline_of(guide)
    [index] = [
        number for number, one in enumerate(headings) if one.title == exercise.exercise.title
    ]
    following = headings[index + 1].page if index + 1 < len(headings) else len(pages_of(guide))
    first = headings[index].page
    # The debrief may begin on the page that the exercise ends on.
    return "\n".join(pages_of(guide)[first : following + 1])


def sentences(notes: str) -> list[str]:
    """Return the sentences of notes as `letters`, those with values in them piece by piece."""
    words = "|".join(CUES)
    plain = re.sub(r"\{\{.*?\}\}", "{}", notes, flags=re.DOTALL)
    plain = re.sub(rf"\*\*(?:{words})\*\*|[*_]", "", plain)
    return [
        letters(piece)
        for paragraph in plain.split("\n\n")
        if "{%" not in paragraph
        for sentence in re.split(r"(?<=[.?!:;”])\s+", paragraph)
        for piece in sentence.split("{}")
        if len(letters(piece)) >= _LONG_ENOUGH
    ]


def test_every_exercise_that_runs_has_its_notes_by_cue(guide: Path, day: Day) -> None:
    found = 0
    for exercise in run(day):
        said, notes = page_of(guide, exercise), notes_of(exercise)
        for cue in CUES:
            assert (cue.upper() in said) >= (f"**{cue}**" in notes), (exercise.exercise.id, cue)
        lacking = [one for one in sentences(notes) if one not in letters(said)]
        assert lacking == [], exercise.exercise.id
        found += len(sentences(notes))
    assert found > 100


def test_every_exercise_has_its_groups_for_the_headcount(guide: Path, day: Day) -> None:
    for exercise in run(day):
        if exercise.exercise.kind != "individual":
            assert letters(describe(exercise.groups)) in letters(page_of(guide, exercise))


def test_what_to_bring_is_counted(guide: Path, day: Day) -> None:
    ready = letters(pages_of(guide)[1])
    items = kit_list(day, ["evaluation", "exercises", "participant-workbook"])
    assert len(items) > 10
    for item in items:
        count = f"{item.quantity}{item.spare or ''}"
        assert letters(f"{count}{where_all_is_there(item.item)}") in ready, item


def test_every_module_says_what_to_do_when_it_starts_late(guide: Path, day: Day) -> None:
    openers = [text for text in pages_of(guide) if "If it starts late" in text]
    assert len(openers) == len(day.modules)
    for opener in openers:
        _, _, table = opener.partition("Late by")
        assert all(f"{late} min" in table for late in LATE)


def test_the_guide_names_the_workbook_s_pages(guide: Path, folder: Path, day: Day) -> None:
    workbook = min((folder / "participant-workbook").iterdir())
    pages = {heading.title: heading.page + 1 for heading in outline_of(workbook)}
    for exercise in run(day):
        said = " ".join(page_of(guide, exercise).split())
        match = re.search(r"Workbook page (\d+)", said)
        assert match, exercise.exercise.id
        assert int(match[1]) == pages[exercise.exercise.title]


def test_no_other_exercise_begins_on_an_exercise_s_page(guide: Path, day: Day) -> None:
    titles = {one.exercise.title for one in run(day)}
    starts = [heading.page for heading in outline_of(guide) if heading.title in titles]
    assert len(starts) == len(set(starts)) == len(titles)


def test_the_guide_alone_holds_the_trainer_s_notes(folder: Path, day: Day) -> None:
    sentence = next(one for exercise in run(day) for one in sentences(notes_of(exercise)))
    holding = [path.name for path in folder.rglob("*.pdf") if sentence in letters_of(path)]
    assert holding == ["facilitator-guide.pdf"]
