"""Texts that are set once in a process: they come out as if nothing had been set before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.assembly.pages import job, laid_out
from workshop.assembly import known_texts
from workshop.assembly.known_texts import set_known_texts
from workshop.composing.language.slots import page_number
from workshop.typesetting.laid_out import SlotBox, SlotTexts
from workshop.typesetting.slot_texts import TextJob, set_texts

PART = job(f"<p>{page_number()}</p>")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Begin with nothing known."""
    known_texts._memory.cache_clear()


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[TextJob]:
    """The texts that were set, as they are."""
    jobs: list[TextJob] = []

    def noted(job: TextJob) -> SlotTexts:
        jobs.append(job)
        return set_texts(job)

    monkeypatch.setattr(known_texts, "set_texts", noted)
    return jobs


def box() -> SlotBox:
    [slot] = laid_out(PART).slots
    return slot.box


def texts(*wanted: str) -> TextJob:
    return TextJob.like(PART, [(box(), one) for one in wanted])


def test_what_was_set_before_is_not_set_again(jobs: list[TextJob]) -> None:
    first = set_known_texts(texts("12", "13"))
    assert set_known_texts(texts("12", "13")) == first
    set_known_texts(texts("13", "14"))
    assert [[text for _, text in job.texts] for job in jobs] == [["12", "13"], ["14"]]


def test_what_comes_out_does_not_depend_on_what_was_before(jobs: list[TextJob]) -> None:
    fresh = set_known_texts(texts("12"))
    known_texts._memory.cache_clear()
    set_known_texts(texts("34", "Łódź", "12"))
    assert set_known_texts(texts("12")) == fresh
    assert len(jobs) == 2


def test_fonts_and_glyphs_come_in_the_order_of_the_texts(jobs: list[TextJob]) -> None:
    bold = replace(box(), css=box().css.replace("font-weight: 400", "font-weight: 700"))
    assert bold != box()
    wanted = TextJob.like(PART, [(box(), "21"), (bold, "43")])
    fresh = set_known_texts(wanted)
    assert len(fresh.fonts) == 2
    for first, second in ((box(), bold), (bold, box())):
        known_texts._memory.cache_clear()
        set_known_texts(TextJob.like(PART, [(first, "73")]))
        set_known_texts(TextJob.like(PART, [(second, "16")]))
        assert set_known_texts(wanted) == fresh
    assert len(jobs) == 7


def test_other_fonts_are_another_memory(jobs: list[TextJob]) -> None:
    one = texts("12")
    set_known_texts(one)
    set_known_texts(TextJob(one.texts, (), (), (*one.families, "Lato"), ()))
    assert len(jobs) == 2
