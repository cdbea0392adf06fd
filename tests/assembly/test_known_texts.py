"""Texts that are set once for a memory: they come out as if nothing had been set before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.assembly.pages import job, laid_out
from workshop.assembly import known_texts
from workshop.assembly.known_texts import set_known_texts
from workshop.composing.language.slots import page_number
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import SlotBox, SlotTexts
from workshop.typesetting.slot_texts import TextJob, set_texts

PART = job(f"<p>{page_number()}</p>")


@pytest.fixture
def memory() -> Memory:
    """A memory that holds nothing."""
    return Memory()


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[TextJob]:
    """The texts that were set, as they are."""
    jobs: list[TextJob] = []

    def note_and_set(job: TextJob, memory: Memory) -> SlotTexts:
        jobs.append(job)
        return set_texts(job, memory)

    monkeypatch.setattr(known_texts, "set_texts", note_and_set)
    return jobs


def box() -> SlotBox:
    [slot] = laid_out(PART).slots
    return slot.box


def texts(*wanted: str) -> TextJob:
    return TextJob.with_fonts_of(PART, [(box(), text) for text in wanted])


def test_what_was_set_before_is_not_set_again(jobs: list[TextJob], memory: Memory) -> None:
    first = set_known_texts(texts("12", "13"), memory)
    assert set_known_texts(texts("12", "13"), memory) == first
    set_known_texts(texts("13", "14"), memory)
    assert [[text for _, text in job.texts] for job in jobs] == [["12", "13"], ["14"]]


def test_what_comes_out_does_not_depend_on_what_was_before(
    jobs: list[TextJob], memory: Memory
) -> None:
    fresh = set_known_texts(texts("12"), Memory())
    set_known_texts(texts("34", "Łódź", "12"), memory)
    assert set_known_texts(texts("12"), memory) == fresh
    assert len(jobs) == 2


def test_fonts_and_glyphs_come_in_the_order_of_the_texts(jobs: list[TextJob]) -> None:
    bold = replace(box(), css=box().css.replace("font-weight: 400", "font-weight: 700"))
    assert bold != box()
    wanted = TextJob.with_fonts_of(PART, [(box(), "21"), (bold, "43")])
    fresh = set_known_texts(wanted, Memory())
    assert len(fresh.fonts) == 2
    for first, second in ((box(), bold), (bold, box())):
        memory = Memory()
        set_known_texts(TextJob.with_fonts_of(PART, [(first, "73")]), memory)
        set_known_texts(TextJob.with_fonts_of(PART, [(second, "16")]), memory)
        assert set_known_texts(wanted, memory) == fresh
    assert len(jobs) == 7


def test_texts_in_other_fonts_are_set_again(jobs: list[TextJob], memory: Memory) -> None:
    job = texts("12")
    set_known_texts(job, memory)
    set_known_texts(replace(job, families=(*job.families, "Lato")), memory)
    assert len(jobs) == 2
