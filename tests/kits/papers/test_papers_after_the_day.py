"""The papers for afterwards: evaluation, follow-up group, coaching, and the sponsor's outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits, Workspace
from tests.kits.as_printed import as_printed
from tests.kits.kit_text import letters, letters_of, pages_of
from workshop.composing.composer import Composer
from workshop.composing.language.environment import make_environment
from workshop.planning.make_plan import CohortPlan
from workshop.tailoring.tailored import Tailored

COHORTS = ["boston-march", "leeds-february"]
AFTER = {
    "coaching-kit": "coaching",
    "evaluation": None,
    "evaluation-90-days": None,
    "follow-up-kit": "follow-up",
    "follow-up-run-sheet": "follow-up",
    "sponsor-outline": None,
}

# A question may be worded better; under the same id it must go on asking the same thing.
QUESTIONS = {
    "CL-D01": "Which module was of most use to you, and which of least?",
    "CL-D02": "What did you say, hear or write that you will use?",
    "CL-D03": "What cost time without helping you",
    "CL-D04": "The trainer: one thing to go on doing, one to do differently.",
    "CL-D05": "Was the day worth the work you left undone for it?",
    "CL-D06": "what they are trying to get done, and ask for nothing myself",
    "CL-D07": "make one of them a small offer with a date on which it ends",
    "CL-D08": "for one thing that can be answered on the spot",
    "CL-D09": "The first thing I will do",
    "CL-D10": "How sure am I that it will be done by that day?",
    "CL-D11": "What could stop me, and who could clear it out of the way?",
    "CL-D12": "Which kind of job here would gain most from a day like this",
    "CL-D13": "A word of your own",
    "CL-N01": "what they are trying to get done, and ask for nothing myself",
    "CL-N02": "make one of them a small offer with a date on which it ends",
    "CL-N03": "for one thing that can be answered on the spot",
    "CL-N04": "What became of the first thing you meant to do?",
    "CL-N05": "did you ask about their work",
    "CL-N06": "You made somebody an offer: what was it, and how was it answered?",
    "CL-N07": "What do others have today that they did not have before?",
    "CL-N08": "The request on your ask card: what became of it?",
    "CL-N09": "Who or what helped?",
    "CL-N10": "What got in the way, and is it still there?",
    "CL-N11": "What from the day do you still use, and what have you put aside?",
    "CL-N12": "Knowing what you know now, what should we change for the next group?",
    "CL-N13": "A word of your own",
}


@cache
def acme() -> Tailored:
    """Load the sample client once for all tests."""
    return workshop.load(REPOSITORY, "acme", READINGS)


def planned(cohort: str, *documents: str) -> CohortPlan:
    [found] = workshop.plan(acme(), [cohort], documents).cohorts
    return found


@cache
def html(cohort: str, document: str) -> str:
    """Return what one copy of a document of acme's holds."""
    plan = planned(cohort, document)
    composer = Composer(acme(), plan.day, memory=READINGS)
    [*_, last] = composer.compose_all(plan.jobs[:1])
    return "".join(part.job.html.partition("<body")[2] for part in last.composition.parts)


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def usual_word(term: str, usual: str = "") -> str:
    """Return the word that a text has for a client who has not replaced the term."""
    return usual or term


def data(template: str, **names: object) -> Any:
    """Return what a template of data sets."""
    environment = make_environment(acme().overlay, "en-GB", READINGS)
    return environment.get_template(template).make_module(
        {"term": usual_word, "has": lambda _name: True, **names}
    )


@pytest.mark.parametrize("option", ["follow-up", "coaching"])
@pytest.mark.parametrize("taken", [True, False])
def test_what_belongs_to_an_option_is_made_for_those_who_took_it(
    workspace: Workspace, option: str, *, taken: bool
) -> None:
    workspace.client(f"name: Test\noptions: {{{option}: {str(taken).lower()}}}\n")
    made = {one.name for one in workshop.load(workspace.root, "test", READINGS).documents}
    expected = {
        name for name, needs in AFTER.items() if needs is None or (taken and needs == option)
    }
    assert made & AFTER.keys() == expected


def test_two_hours_are_ten_minutes_three_cases_and_a_review() -> None:
    meeting = data("follow-up-kit/meeting.html.j2")

    def minutes(part: list[Mapping[str, int]]) -> int:
        return sum(step["minutes"] for step in part)

    assert (meeting.cases, len(meeting.meetings)) == (3, 4)
    assert minutes(meeting.check_in) == 10
    assert minutes(meeting.case) == minutes(meeting.alliances) == 32
    assert minutes(meeting.review) == 14
    assert minutes(meeting.check_in) + 3 * minutes(meeting.case) + minutes(meeting.review) == 120


def clocked(sheet: str) -> Iterator[tuple[int, int]]:
    """Yield when each step of a run sheet begins, and its minutes; the finish has none."""
    table = re.search(r'<table class="clocked">.*?</table>', sheet, re.DOTALL)
    assert table
    for row in re.findall(r"<tr.*?</tr>", table[0], re.DOTALL):
        cells = [words(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for clock in re.findall(r"\b(\d):(\d\d)\b", cells[0]) if cells else []:
            length = int(cells[1]) if cells[1].isdigit() else 0
            yield int(clock[0]) * 60 + int(clock[1]), length


@pytest.mark.parametrize("cohort", COHORTS)
def test_each_step_on_the_run_sheet_begins_when_the_one_before_it_ends(cohort: str) -> None:
    steps = sorted(clocked(html(cohort, "follow-up-run-sheet")))
    assert len(steps) == 1 + 3 * 6 + 4 + 1
    end = 0
    for start, length in steps:
        assert start == end
        end += length
    assert steps[-1] == (120, 0)


def turns(size: int, fewer: int) -> list[list[list[str]]]:
    """Return the cases each seat brings, meeting by meeting."""
    environment = make_environment(acme().overlay, "en-GB", READINGS)
    table = environment.from_string(
        '{% from "follow-up-kit/rotation.html.j2" import rotation with context %}'
        "{% call(seat) rotation(size, fewer) %}{% endcall %}"
    ).render(size=size, fewer=fewer, has=lambda _name: True, term=usual_word)
    rows = re.findall(r'<tr><td class="seat">.*?</tr>', table, re.DOTALL)
    cells = [re.findall(r'<td class="turns">(.*?)</td>', row, re.DOTALL) for row in rows]
    return [[re.findall(r'class="turn">(\w+)<', cell) for cell in row] for row in cells]


@pytest.mark.parametrize("fewer", [0, 2])
@pytest.mark.parametrize("size", [3, 4, 5])
def test_turns_are_shared_evenly_and_nobody_has_two_in_one_meeting(size: int, fewer: int) -> None:
    table = turns(size, fewer)
    assert len(table) == size
    for number in range(4):
        brought = sorted(one for seat in table for one in seat[number])
        assert brought == (["1st", "2nd"] if number + 1 == fewer else ["1st", "2nd", "3rd"])
    assert max(len(cell) for seat in table for cell in seat) == 1
    each = Counter(sum(len(cell) for cell in seat) for seat in table)
    assert max(each) - min(each) <= 1


def test_what_the_half_day_has_no_room_for_is_in_its_follow_up_kit() -> None:
    half, full = (html(cohort, "follow-up-kit") for cohort in COHORTS)
    for title in ("Strategic alliances", "Coaching"):
        assert f"<strong>{title}.</strong>" in half
        assert f"<strong>{title}.</strong>" not in full
    assert "part-alliances" in half
    assert "part-alliances" not in full


@pytest.mark.parametrize(
    ("day", "is_spoken_of"),
    [
        ("variant: half-day", True),
        ("variant: half-day, modules: {exclude: [alliances, coaching-trios]}", False),
        ("variant: full-day, modules: {exclude: [alliances, coaching-trios]}", False),
        ("order: [open, run-your-own-firm, probing, close], times: {finish: '12:00'}", False),
    ],
)
def test_what_the_client_itself_left_out_of_the_day_is_not_spoken_of_afterwards(
    workspace: Workspace, day: str, *, is_spoken_of: bool
) -> None:
    options = "options: {follow-up: true, coaching: true}"
    workspace.client(f"name: Test\n{options}\ncohorts: {{one: {{{day}}}}}\n")
    tailored = workshop.load(workspace.root, "test", READINGS)
    [plan] = workshop.plan(tailored).cohorts
    copies = Composer(tailored, plan.day).compose_all(plan.jobs)
    printed = " ".join(words(part.job.html) for copy in copies for part in copy.composition.parts)
    assert ("Strategic alliances" in printed) is is_spoken_of
    assert ("What the day left for here" in printed) is is_spoken_of
    assert "you learn it on the first case of the first meeting" in printed


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_ratings_are_taken_again_on_the_statements_of_the_day(cohort: str) -> None:
    def statements(markup: str) -> list[str]:
        [table] = re.findall(r'<table class="writing-table rating">.*?</table>', markup, re.DOTALL)
        return re.findall(r"<tr[^>]*><td>(.*?)</td>", table, re.DOTALL)

    again = statements(html(cohort, "follow-up-kit"))
    assert len(again) == 5
    assert again == statements(html(cohort, "participant-workbook"))


@pytest.mark.parametrize("cohort", COHORTS)
def test_what_the_run_sheet_tells_the_trainer_is_in_no_participant_s_paper(cohort: str) -> None:
    notes = re.findall(r"</td><td>(<strong>.*?)</td></tr>", html(cohort, "follow-up-run-sheet"))
    assert len(notes) == 11
    for document in ("follow-up-kit", "coaching-kit", "evaluation", "evaluation-90-days"):
        said = letters(words(html(cohort, document)))
        assert [note for note in notes if letters(words(note)) in said] == []


def asked(cohort: str, document: str) -> dict[str, str]:
    """Return what stands after each question's id, as far as the next."""
    pieces = re.split(r"(CL-[A-Z]\d\d)", words(html(cohort, document)))
    ids = pieces[1::2]
    assert len(set(ids)) == len(ids)
    return dict(zip(ids, pieces[2::2], strict=True))


@pytest.mark.parametrize("cohort", COHORTS)
def test_an_id_stays_with_its_question(cohort: str) -> None:
    on_the_day, later = asked(cohort, "evaluation"), asked(cohort, "evaluation-90-days")
    assert all(one.startswith("CL-D") for one in on_the_day)
    assert all(one.startswith("CL-N") for one in later)
    printed = {**on_the_day, **later}
    assert sorted(printed) == sorted(QUESTIONS)
    for one, question in QUESTIONS.items():
        assert question in printed[one], one


def test_a_coaching_session_is_an_hour_in_four_steps() -> None:
    coaching = data("coaching-kit/sessions.html.j2")
    assert [step["minutes"] for step in coaching.steps] == [10, 20, 15, 15]
    assert len(coaching.sessions) == 4
    for session in coaching.sessions:
        assert [bool(step) for step in session["questions"]] == [True] * 4


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_outline_says_what_each_module_of_the_day_is_for(cohort: str) -> None:
    outline = words(html(cohort, "sponsor-outline"))
    tailored = acme()
    for module in as_printed(planned(cohort).day, tailored).modules:
        assert module.module.front.title in outline
    for gain in tailored.programme.file.gains:
        assert "{{" in gain or gain in outline
    assert "Better relations with team leads" in outline
    for segment in tailored.programme.file.segments.values():
        assert segment in outline
    for label in tailored.programme.file.segments:
        assert label not in outline


def test_no_paper_speaks_of_segments_where_the_roster_puts_nobody_in_one(
    workspace: Workspace,
) -> None:
    """Not even the guide, of a module that is made for some of them."""
    module = (REPOSITORY / "modules/probing.md").read_text("utf-8")
    some = re.sub(r"suits: .*", "suits: [demotivated]", module, count=1)
    workspace.write("clients/test/modules/probing.md", some)
    printed = {}
    for people in ("name,segment\nAnna Berg,demotivated\n", "name,segment\nAnna Berg,\n"):
        workspace.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
        workspace.write("clients/test/people.csv", people)
        tailored = workshop.load(workspace.root, "test", READINGS)
        [plan] = workshop.plan(tailored).cohorts
        copies = Composer(tailored, plan.day).compose_all(plan.jobs)
        printed[people] = " ".join(
            words(part.job.html) for copy in copies for part in copy.composition.parts
        )
    signs = (*tailored.programme.file.segments.values(), "thought of as", "Matters most for")
    assert [[sign in paper for sign in signs] for paper in printed.values()] == [
        [True] * len(signs),
        [False] * len(signs),
    ]


@pytest.mark.parametrize(
    ("document", "pages"),
    [("evaluation", {2}), ("evaluation-90-days", {2}), ("sponsor-outline", {4}),
     ("follow-up-run-sheet", {3}), ("follow-up-kit", {9, 11}), ("coaching-kit", {15})],
)  # fmt: skip
def test_no_page_has_run_over(kits: Kits, document: str, pages: set[int]) -> None:
    files = kits.files(document)
    assert files
    assert {len(pages_of(path)) for path, _ in files} == pages


def named(kits: Kits, document: str, cohort: str) -> list[tuple[set[str], str | None]]:
    """Return whom of a cohort each file of a document names, and whom it is for."""
    roster = next(one.roster for one in acme().cohorts if one.slug == cohort)
    assert roster
    people = [one.name for one in roster.participants]
    people += [one.person.name for one in roster.managers()]
    return [
        (
            {name for name in people if letters(name) in letters_of(path)},
            entry.recipient.name if entry.recipient else None,
        )
        for path, entry in kits.files(document)
        if cohort in path.parts
    ]


@pytest.mark.parametrize("cohort", COHORTS)
def test_papers_name_those_they_are_for_and_the_run_sheet_its_groups(
    kits: Kits, cohort: str
) -> None:
    for document in ("evaluation", "evaluation-90-days", "follow-up-kit", "sponsor-outline"):
        assert named(kits, document, cohort) == [(set(), None)]
    coached = named(kits, "coaching-kit", cohort)
    assert coached == [({recipient}, recipient) for _, recipient in coached]
    [(grouped, _)] = named(kits, "follow-up-run-sheet", cohort)
    assert len(grouped) == len(coached)


def test_no_article_stands_before_a_word_that_a_client_may_replace() -> None:
    """“A internal client” is what a template would print that says “a customer”."""
    for name in AFTER:
        text = (REPOSITORY / "templates" / name / "document.html.j2").read_text("utf-8")
        assert re.findall(r"\b[Aa]n? (?:\{\{ *term|\" ~ *term)", text) == [], name
