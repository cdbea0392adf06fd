"""The programme that ships: its minutes, and what every module must hold to be handed to a client.

The table is typed in from the brief the modules were written to; the files must agree with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.content.block_tree import Block, Node, Text, walk
from workshop.content.case import Case, read_case
from workshop.content.exercises.exercise import Exercise
from workshop.content.exercises.minute_bounds import Minutes
from workshop.content.module import Module, read_module
from workshop.content.programme import Programme, read_programme
from workshop.diagnostics import Report
from workshop.planning.minutes.schedule import clock

REPOSITORY = Path(__file__).resolve().parents[2]

# Minutes of each module (min, ideal, max), then of its parts: at their ideal and at the minimum.
MINUTES = {
    "open": ((10, 15, 20), (4, 6, 5), (3, 5, 2)),
    "run-your-own-firm": ((30, 40, 60), (5, 8, 12, 10, 5), (5, 8, 12, 0, 5)),
    "customer-map": ((20, 35, 50), (3, 12, 14, 6), (3, 12, 0, 5)),
    "probing": ((35, 50, 75), (6, 10, 24, 5, 5), (6, 0, 24, 0, 5)),
    "outside-in": ((25, 40, 60), (5, 18, 12, 5), (3, 18, 0, 4)),
    "opportunity-hunt": ((25, 35, 60), (3, 8, 18, 6), (3, 0, 18, 4)),
    "alliances": ((20, 25, 45), (3, 7, 11, 4), (3, 7, 7, 3)),
    "sell-by-helping": ((15, 30, 45), (4, 8, 13, 5), (2, 8, 0, 5)),
    "lead-upwards": ((30, 45, 75), (5, 12, 18, 5, 5), (3, 8, 15, 0, 4)),
    "coaching-trios": ((24, 30, 45), (3, 24, 3), (3, 21, 0)),
    "plan-30-60-90": ((20, 30, 40), (14, 6, 8, 2), (12, 6, 0, 2)),
    "close": ((10, 20, 25), (4, 3, 6, 5, 2), (0, 0, 5, 3, 2)),
}
OPTIONAL = {
    "angle-of-lean": ((20, 30, 45), (10, 14, 6), (6, 10, 4)),
    "lean-out": ((20, 30, 40), (10, 15, 5), (6, 11, 3)),
    "who-starts": ((20, 30, 45), (8, 17, 5), (6, 11, 3)),
    "step-back": ((25, 35, 50), (10, 19, 6), (7, 13, 5)),
}
FULL_DAY = """\
09:00 open, 09:15 run-your-own-firm, 09:55 customer-map, 10:30 Coffee, 10:45 probing,
11:35 outside-in, 12:15 Lunch, 13:00 opportunity-hunt, 13:35 alliances, 14:00 sell-by-helping,
14:30 Coffee, 14:45 lead-upwards, 15:30 coaching-trios, 16:00 Short break, 16:10 plan-30-60-90,
16:40 close, 17:00"""
HALF_DAY = """\
09:00 open, 09:10 run-your-own-firm, 09:40 customer-map, 10:00 Coffee, 10:10 probing,
10:45 outside-in, 11:10 opportunity-hunt, 11:35 Coffee, 11:45 sell-by-helping, 12:00 lead-upwards,
12:30 plan-30-60-90, 12:50 close, 13:00"""
# Exercises without a place to write, and why.
WITHOUT_SPACE = {"evaluation-sheet": "it is filled in on a sheet of its own, and handed in"}
BANNED = {
    "filler": re.compile(r"lorem|ipsum", re.IGNORECASE),
    "an exclamation mark": re.compile(r"!"),
    "a percentage": re.compile(r"%|\bper ?cent", re.IGNORECASE),
    "a note to the author": re.compile(r"\b(?:TODO|TBD|FIXME|XXX)\b"),
}


FAULTS = Report()


def _programme() -> Programme:
    programme = read_programme(REPOSITORY / "modules/programme.yaml", FAULTS)
    assert programme, list(FAULTS)
    return programme


PROGRAMME = _programme()


def _modules(folder: str) -> dict[str, Module]:
    paths = sorted((REPOSITORY / folder).glob("*.md"))
    read = [read_module(path, PROGRAMME.file.segments, FAULTS) for path in paths]
    return {module.name: module for module in read if module}


def _cases(folder: str) -> dict[str, Case]:
    paths = sorted((REPOSITORY / folder).glob("*.md"))
    return {case.name: case for path in paths if (case := read_case(path, FAULTS))}


MODULES = _modules("modules")
CASES = _cases("modules/cases")
EXERCISES = [exercise for module in MODULES.values() for exercise in module.exercises]
EVERY: list[Module | Case] = [
    *MODULES.values(),
    *CASES.values(),
    *_modules("clients/acme/modules").values(),
    *_cases("clients/acme/cases").values(),
]
every_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
every_exercise = pytest.mark.parametrize(
    "exercise", EXERCISES, ids=[exercise.id for exercise in EXERCISES]
)
every_file = pytest.mark.parametrize(
    "file", EVERY, ids=[f"{file.path.parent.parent.name}-{file.name}" for file in EVERY]
)


def texts(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield what is printed: text, and the titles, labels and columns of blocks."""
    for node in nodes:
        if isinstance(node, Text):
            yield node.source
        else:
            yield from (value for value in node.options.values() if isinstance(value, str))
            yield from texts(node.children)


def heads(file: Module | Case) -> list[str]:
    if isinstance(file, Case):
        return [file.title]
    front = file.front
    return [
        front.title,
        front.summary,
        *front.outcome_texts,
        *(material.item for material in front.materials),
    ]


def printed(file: Module | Case) -> str:
    """Return everything a file can print, without what only Jinja reads."""
    return re.sub(r"\{%.*?%\}", "", "\n".join([*heads(file), *texts(file.body)]), flags=re.DOTALL)


def notes(block: Block) -> str:
    facilitator = [note for note in walk(block.children) if note.kind == "facilitator"]
    return "\n".join(text for note in facilitator for text in texts(note.children))


def test_every_module_and_case_is_read_without_fault() -> None:
    assert [str(fault) for fault in FAULTS] == []
    assert len(EVERY) >= len(MINUTES) + 4


def test_the_twelve_modules_of_the_day_and_four_optional_ones_are_there() -> None:
    assert set(MODULES) == {*MINUTES, *OPTIONAL}


def test_optional_modules_are_those_that_say_which_module_they_follow() -> None:
    assert {name for name, module in MODULES.items() if module.front.after} == set(OPTIONAL)


@pytest.mark.parametrize("name", [*MINUTES, *OPTIONAL])
def test_the_minutes_are_those_of_the_brief(name: str) -> None:
    module = MODULES[name]
    minutes, ideal, least = {**MINUTES, **OPTIONAL}[name]
    assert module.minutes == Minutes(*minutes)
    assert tuple(part.timed.ideal for part in module.parts) == ideal
    assert tuple(part.timed.minimum for part in module.parts) == least
    assert (sum(ideal), sum(least)) == (minutes[1], minutes[0])


@pytest.mark.parametrize(
    ("client", "cohort", "day"),
    [("minimal", "session", FULL_DAY), ("acme", "boston-march", HALF_DAY)],
)
@pytest.mark.slow
def test_the_day_is_that_of_the_brief_to_the_minute(client: str, cohort: str, day: str) -> None:
    plan = workshop.plan(workshop.load(REPOSITORY, client, READINGS), [cohort], ["agenda"])
    schedule = plan.cohorts[0].day.schedule
    lines = [f"{clock(entry.start)} {entry.module or entry.title}" for entry in schedule.entries]
    assert ", ".join([*lines, clock(schedule.finish)]) == day.replace("\n", " ")


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("variant", ["full-day", "half-day"])
def test_an_optional_module_has_its_place_in_a_day(
    name: str, variant: str, workspace: Workspace
) -> None:
    # A half day is full at its minimums, so it takes as long as the module does; and there the
    # module follows one that the half day has, in a stretch that is not full.
    after = f"{{module: {name}, after: customer-map}}" if variant == "half-day" else name
    least = MODULES[name].minutes.minimum
    finish = f'times: {{finish: "13:{least}"}}\n' if variant == "half-day" else ""
    workspace.client(f"name: Test\nvariant: {variant}\n{finish}modules: {{include: [{after}]}}\n")
    [cohort] = workshop.plan(
        workshop.load(workspace.root, "test", READINGS), documents=["agenda"]
    ).cohorts
    schedule = cohort.day.schedule
    assert [entry.minutes >= least for entry in schedule.entries if entry.module == name] == [True]
    assert schedule.finish == cohort.day.cohort.finish
    assert all(stretch[-1].finish - stretch[0].start <= 90 for stretch in schedule.stretches())


def test_all_optional_modules_find_room_in_one_full_day(workspace: Workspace) -> None:
    order = "[angle-of-lean, lean-out, who-starts, {module: step-back, after: outside-in}]"
    workspace.client(f"name: Test\nmodules: {{include: {order}}}\n")
    [cohort] = workshop.plan(
        workshop.load(workspace.root, "test", READINGS), documents=["agenda"]
    ).cohorts
    assert {planned.module.name for planned in cohort.day.modules} == set(MODULES)
    assert cohort.day.schedule.finish == 17 * 60


@every_exercise
def test_an_exercise_is_complete(exercise: Exercise) -> None:
    kinds = Counter(block.kind for block in walk(exercise.block.children))
    assert kinds["purpose"] == 1
    assert exercise.steps
    written = kinds["space"] > 0
    assert written is not (exercise.id in WITHOUT_SPACE), WITHOUT_SPACE.get(exercise.id)
    [debrief] = [block for block in walk(exercise.block.children) if block.kind == "debrief"]
    questions = [line for text in texts(debrief.children) for line in text.splitlines() if line]
    assert questions
    bullets = [line for line in questions if line.startswith("- ")]
    assert all(question.startswith(("- ", "  ", ":::")) for question in questions)
    assert all("?" in bullet for bullet in bullets)


@every_exercise
def test_the_facilitator_is_told_what_to_say_do_and_ask(exercise: Exercise) -> None:
    text = notes(exercise.block)
    assert [lead for lead in ("**Say** ", "**Do** ", "**Ask** ") if lead not in text] == []


@every_module
@pytest.mark.parametrize("audience", ["manager", "sponsor"])
def test_a_module_has_one_note_for_managers_and_one_for_the_sponsor(
    module: Module, audience: str
) -> None:
    # Exercises may say more of themselves.
    [note] = [node for node in module.body if isinstance(node, Block) and node.kind == audience]
    assert 1 <= len(re.findall(r"[.?](?:\s|$)", "".join(texts(note.children)))) <= 3


@every_module
def test_a_module_warns_the_facilitator_of_something(module: Module) -> None:
    told = [text for block in walk(module.body) for text in texts((block,))]
    assert any("**Watch** " in text for text in told)


def test_every_id_is_unique_across_the_programme() -> None:
    blocks = [block for module in MODULES.values() for block in walk(module.body)]
    ids = Counter(block.id for block in blocks if block.id)
    assert [identifier for identifier, times in ids.items() if times > 1] == []
    assert len(ids) >= len(EXERCISES) > 20


@every_file
def test_what_a_text_refers_to_exists(file: Module | Case) -> None:
    text = printed(file)
    references = re.findall(r"""\bref\(\s*["']([^"']*)["']\s*\)""", text)
    # Behind the term may stand what is said where nobody has replaced it.
    terms = re.findall(r"""\bterm\(\s*["']([^"']*)["']\s*(?:,\s*["'][^"']*["']\s*)?\)""", text)
    assert text.count("ref(") == len(references)
    assert text.count("term(") == len(terms)
    assert set(references) <= {exercise.id for exercise in EXERCISES}
    assert set(terms) <= set(PROGRAMME.file.terms)


@every_exercise
def test_cards_of_an_exercise_are_among_its_materials(exercise: Exercise) -> None:
    [module] = [candidate for candidate in MODULES.values() if exercise in candidate.exercises]
    calls = [block for block in walk(exercise.block.children) if block.kind == "case"]
    blocks = [
        exercise.block,
        *(node for call in calls for node in CASES[str(call.options["name"])].body),
    ]
    sets = [node for block in blocks if isinstance(block, Block) for node in walk([block])]
    wanted = Counter(str(one.options["each"]) for one in sets if one.kind == "cards")
    printed = [
        material
        for material in module.front.materials
        if material.printed and "ards" in material.item
    ]
    assert Counter(material.each for material in printed if material.part == exercise.id) == wanted


def test_what_several_modules_need_is_the_same_thing_in_all_of_them() -> None:
    materials = [
        material for file in EVERY if isinstance(file, Module) for material in file.front.materials
    ]
    kinds: dict[str, set[object]] = {}
    for material in materials:
        kinds.setdefault(material.item.casefold(), set()).add(
            (material.item, material.reusable, material.printed)
        )
    assert len(materials) > len(kinds) > 10
    assert {item: kind for item, kind in kinds.items() if len(kind) > 1} == {}


@every_module
def test_a_modules_cases_exist(module: Module) -> None:
    called = {block.options["name"] for block in walk(module.body) if block.kind == "case"}
    assert called <= set(CASES)


def test_every_case_is_called_for_by_a_module() -> None:
    blocks = [block for module in MODULES.values() for block in walk(module.body)]
    assert {block.options["name"] for block in blocks if block.kind == "case"} == set(CASES)
    assert set(CASES) == {"complaint-cards", "fact-sheet", "upward-case", "pressure-cards"}


@every_file
def test_a_segment_is_never_named_outside_front_matter(file: Module | Case) -> None:
    # The labels are for trainer and sponsor; these texts reach the people they label.
    labels = [re.escape(key).replace(r"\-", r"[-\s]?") for key in PROGRAMME.file.segments]
    assert re.findall("|".join(labels), printed(file), re.IGNORECASE) == []


@every_file
@pytest.mark.parametrize("what", BANNED)
def test_no_text_holds(file: Module | Case, what: str) -> None:
    assert BANNED[what].findall(printed(file)) == []


def test_the_words_banned_are_found_where_they_stand() -> None:
    banned = [what for what, form in BANNED.items() if form.search("TODO Lorem! 70 per cent")]
    assert banned == list(BANNED)


@every_module
def test_a_module_is_made_for_somebody_and_says_what_they_leave_with(module: Module) -> None:
    assert all(len(outcome.split()) >= 5 for outcome in module.front.outcome_texts)
    assert set(module.front.suits) <= set(PROGRAMME.file.segments)


def test_terms_stand_in_the_text_rather_than_the_words_they_replace() -> None:
    # A client's own word must reach every page, so the general one is never typed in. The bed
    # manager of a hospital keeps that name.
    typed = re.compile(r"\b(?:internal customers?|(?<!bed\s)managers?)\b", re.IGNORECASE)
    faults = {
        f"{module.name}: {match[0]}"
        for module in MODULES.values()
        for text in texts(module.body)
        for match in typed.finditer(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text))
    }
    assert faults == set()


def test_no_text_says_a_part_of_the_day_for_the_delivery() -> None:
    # A delivery may begin at any time; a story in a case has its own day.
    said = re.compile(
        r"\b(?:this|since|by|for|in) (?:the |this )?(?:morning|afternoon|evening)\b|\btonight\b"
        r"|\b(?:until|before|after|over) lunch\b|\bgood (?:morning|afternoon|evening)\b",
        re.IGNORECASE,
    )
    stories = {
        "Somebody is better off by evening.",
        "Wednesday after lunch",
        "for evening visits",
        "five in the morning",
    }
    paths = [*REPOSITORY.glob("modules/*.md"), *REPOSITORY.glob("templates/**/*.j2")]
    assert [
        f"{path.name}: {line}"
        for path in paths
        for line in path.read_text("utf-8").splitlines()
        if said.search(line) and not any(story in line for story in stories)
    ] == []
