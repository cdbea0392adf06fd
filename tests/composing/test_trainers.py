"""Two trainers share a day: both names print, both sign, and each has a guide of their own."""

from __future__ import annotations

import re

import pypdfium2
import pytest

import workshop
from tests.conftest import READINGS, Workspace
from tests.tailoring.conftest import PROGRAMME, Small, module_text, small
from workshop.composing.compose_plan import ComposedKit, compose_kits
from workshop.planning.make_plan import Plan
from workshop.tailoring.cohort import Trainer

__all__ = ["small"]

DOCUMENTS = ["facilitator-guide", "certificates", "agenda", "sign-in"]
# Words that these papers print of every programme.
PRINTED = ("customers: customers", "managers: managers", "organisation: firm", "team: team")
TALK = "\n::: input {title=Talk minutes=5 min=2}\n::: facilitator\n**Say** So.\n:::\n:::\n"
LED = "trainers: {Maya Lind: [open, ask], Daniel Okafor: [ask, offer]}"


def planned(small: Small, trainers: str) -> Plan:
    programme = PROGRAMME.replace("terms: {", f"terms: {{{', '.join(PRINTED)}, ")
    small.write("modules/programme.yaml", programme)
    return workshop.plan(small.load(f"name: T\ncohorts: {{a: {{{trainers}}}}}\n"), (), DOCUMENTS)


def pages(small: Small, trainers: str) -> dict[str, str]:
    """Return the text of each file, by its path."""
    [kit] = compose_kits(planned(small, trainers))
    return {
        copy.job.file: re.sub(
            r"\s+", " ", re.sub("<[^>]*>", " ", "".join(p.job.html for p in copy.composition.parts))
        )
        for copy in kit.copies
    }


def text_of(kit: ComposedKit, document: str) -> str:
    """Return the words of all copies of a document."""
    copies = [copy for copy in kit.copies if copy.job.document.name == document]
    parts = [part.job.html for copy in copies for part in copy.composition.parts]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", "".join(parts)))


def test_each_has_a_guide_with_their_parts_marked(small: Small) -> None:
    texts = pages(small, LED)
    maya, daniel = (
        texts[f"facilitator-guide/{name}.pdf"] for name in ("maya-lind", "daniel-okafor")
    )
    assert "Facilitator guide · Maya Lind " in maya
    assert re.findall("led by ([^·]*?) ·", maya) == [
        "you",
        "you and Daniel Okafor",
        "Daniel Okafor",
    ]
    assert re.findall("led by ([^·]*?) ·", daniel) == ["Maya Lind", "Maya Lind and you", "you"]


def test_a_part_that_another_leads_names_them(small: Small) -> None:
    for name in ("open", "ask", "offer"):
        text = module_text(name, f"{name}-it", body=TALK).replace(
            "minutes=30 min=10", "minutes=25 min=8"
        )
        small.write(f"modules/{name}.md", text.replace("{30 min}", "{25 min}"))
    led = ("Maya Lind: [open, ask]", "Daniel Okafor: [ask]")
    texts = pages(small, f"trainers: {{{', '.join(led)}}}")
    assert parts_led(texts["facilitator-guide/maya-lind.pdf"]) == [
        "You", "You and Daniel Okafor", "You"
    ]  # fmt: skip
    assert parts_led(texts["facilitator-guide/daniel-okafor.pdf"]) == [
        "Maya Lind", "Maya Lind and you", "You"
    ]  # fmt: skip
    alone = pages(small, "trainers: {Maya Lind: [open]}")
    assert parts_led(alone["facilitator-guide.pdf"]) == ["You", "You", "You"]


def parts_led(guide: str) -> list[str]:
    """Return who leads the input of each module, as the table of its parts says."""
    return re.findall(r"Talk ([^·\d]{1,40}?) \d+ min(?!,)", guide)


def test_both_names_print_and_both_sign(small: Small) -> None:
    texts = pages(small, "trainers: [Maya Lind, Daniel Okafor]")
    assert "Trainers Maya Lind , Daniel Okafor" in texts["agenda.pdf"]
    assert "with Maya Lind and Daniel Okafor" in texts["sign-in.pdf"]
    assert "Maya Lind Trainer Daniel Okafor Trainer" in texts["certificates/00-blank.pdf"]
    assert "led by" not in texts["facilitator-guide/maya-lind.pdf"]


@pytest.mark.parametrize("one", ["trainer: Maya Lind", "trainers: [Maya Lind]", "trainers: []"])
def test_one_trainer_has_the_papers_there_always_were(small: Small, one: str) -> None:
    texts = pages(small, one)
    assert set(texts) == {
        "facilitator-guide.pdf", "certificates/00-blank.pdf", "agenda.pdf", "sign-in.pdf"
    }  # fmt: skip
    assert "led by" not in texts["facilitator-guide.pdf"]
    assert "Trainers" not in texts["agenda.pdf"]


def test_participants_and_trainers_read_when_the_doors_open(small: Small) -> None:
    texts = pages(small, 'times: {doors: "08:15"}')
    assert "Doors open 08:15 Time 10:00–13:00" in texts["agenda.pdf"]
    assert "Time 10:00–13:00 Doors open 08:15" in texts["facilitator-guide.pdf"]
    assert "Doors" not in pages(small, "trainers: []")["agenda.pdf"]


def test_what_is_said_of_the_doors_prints_behind_the_time(small: Small) -> None:
    texts = pages(small, """times: {doors: "08:15, with 'bacon' rolls & tea"}""")
    assert "Doors open 08:15 Time 10:00" in texts["agenda.pdf"]
    assert "Before we start: with ‘bacon’ rolls &amp; tea" in texts["agenda.pdf"]
    assert "Doors open 08:15, with ‘bacon’ rolls &amp; tea" in texts["facilitator-guide.pdf"]


def test_three_have_a_line_too(small: Small) -> None:
    [cohort] = planned(small, "trainers: [A, B, C]").cohorts
    assert cohort.day.cohort.trainer == "A, B and C"
    assert cohort.day.cohort.trainers == (Trainer("A"), Trainer("B"), Trainer("C"))


def test_trainers_of_one_name_in_letters_have_files_of_their_own(small: Small) -> None:
    [cohort] = planned(small, "trainers: [Ann-Lee, Ann Lee]").cohorts
    guides = [job.file for job in cohort.jobs if job.document.name == "facilitator-guide"]
    assert guides == ["facilitator-guide/ann-lee.pdf", "facilitator-guide/ann-lee-2.pdf"]


@pytest.mark.parametrize(
    ("trainers", "fault"),
    [
        ("trainer: A, trainers: [B]", "2:15: Trainers are named twice [wrong-value] "
         "Keep `trainers`, take `trainer` out."),
        ("trainers: [A, A]", "2:29: “A” is named twice [trainer-twice] Name each once."),
        ("trainers: {A: [opne], B: []}", "2:30: “A” is to lead “opne”, which the day of “a” does "
         "not have [leads-unknown] Did you mean “open”?"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(small: Small, trainers: str, fault: str) -> None:
    assert small.faults(f"name: T\ncohorts: {{a: {{{trainers}}}}}\n") == [fault]


def test_a_module_that_the_day_leaves_out_may_be_led_all_the_same(small: Small) -> None:
    tailored = small.load("name: T\ncohorts: {a: {trainers: {A: [open, swap], B: []}}}\n")
    [fault] = tailored.warnings
    assert (fault.code, fault.hint) == ("leads-unknown", "Take it out of the list of “A”.")
    assert "“A” is to lead “swap”" in fault.message


def test_texts_may_name_them(small: Small) -> None:
    small.workspace.client(f"name: T\ncohorts: {{a: {{{LED}}}}}\n")
    tailored = workshop.load(small.root, "test", READINGS)
    assert [trainer.leads for trainer in tailored.cohorts[0].trainers] == [
        ("open", "ask"), ("ask", "offer")
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trainers", "told"),
    [
        ("", "The trainer reports"),
        ("trainer: Ann, ", "The trainer reports"),
        ("trainers: [Ann], ", "The trainer reports"),
        ("trainers: [Ann, Bo], ", "The trainers report"),
    ],
)
@pytest.mark.parametrize("headcount", [1, 12])
def test_papers_speak_of_as_many_trainers_as_there_are(
    workspace: Workspace, trainers: str, told: str, headcount: int
) -> None:
    options = "options: {follow-up: true, coaching: true}"
    day = f"one: {{{trainers}headcount: {headcount}}}"
    workspace.client(f"name: T\n{options}\ncohorts: {{{day}}}\n")
    [kit] = compose_kits(workshop.plan(workshop.load(workspace.root, "test", READINGS)))
    for name in ("participant-workbook", "follow-up-kit"):
        assert told in text_of(kit, name)
    if "Bo" in trainers:
        documents = {copy.job.document.name for copy in kit.copies}
        papers = " ".join(text_of(kit, name) for name in documents)
        # Where a text tells what one of them does, it says so first.
        assert ("the trainer " in papers.lower()) is (headcount == 1)
        assert ("one of the trainers" in papers.lower()) is (headcount == 1)


@pytest.mark.slow
@pytest.mark.parametrize(("document", "margin"), [("agenda", 20), ("facilitator-guide", 18)])
def test_no_name_is_broken_and_none_runs_past_the_rule(
    small: Small, document: str, margin: int
) -> None:
    names = ("Maximiliane Featherstone", "Bartholomew Winterbourne")
    small.load(
        "name: T\ncohorts: {a: {date: 2027-03-11, venue: 'Education Centre, Northmoor General', "
        f"trainers: [{', '.join(names)}]}}}}\n"
    )
    workshop.build(small.root, "test", documents=[document], jobs=1)
    [path, *_] = sorted(small.root.glob(f"build/test/a/**/{document}*.pdf")) or sorted(
        small.root.glob(f"build/test/a/{document}/*.pdf")
    )
    page = pypdfium2.PdfDocument(path)[0]
    text = page.get_textpage()
    lines = [line.strip() for line in text.get_text_range().splitlines()]
    assert [name for name in names if not any(name in line for line in lines)] == []
    edges = [text.get_rect(index)[2] for index in range(text.count_rects())]
    assert max(edges) <= page.get_width() - margin * 72 / 25.4 + 0.5
