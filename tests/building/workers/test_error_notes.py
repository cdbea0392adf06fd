"""Errors that say what was being made, from this process and from others."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.building.watched_executor import WatchedExecutor
from tests.tiny_workspace.workspace import Tiny
from workshop.assembly.values import Copy, LinkJob
from workshop.building.workers.error_notes import noting
from workshop.building.workers.tasks import lay_out, put_together
from workshop.diagnostics import ContentError, Location, WorkshopError

pytestmark = pytest.mark.slow


def test_a_fault_says_it_in_its_sentence_and_a_bug_in_a_note() -> None:
    place = Location(Path("badge.css"), 3)
    with pytest.raises(ContentError) as fault, noting("the part “front” of badge.pdf"):
        raise ContentError.single("code", "It is wrong", place, "Mend it.")
    [diagnostic] = fault.value.diagnostics
    assert diagnostic.message == "It is wrong (in the part “front” of badge.pdf)"
    assert (diagnostic.location, diagnostic.hint) == (place, "Mend it.")

    with pytest.raises(ZeroDivisionError) as bug, noting("badge.pdf"):
        raise ZeroDivisionError
    assert bug.value.__notes__ == ["While making badge.pdf."]


@pytest.mark.parametrize("family", WorkshopError.__subclasses__())
def test_a_fault_crosses_over_from_another_process_whole(family: type[WorkshopError]) -> None:
    sent = family.single("code", "It is wrong", Location(Path("a.md"), 1, 2), "Mend it.")
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is family
    assert came.diagnostics == sent.diagnostics
    assert str(came) == str(sent)


class FailingExecutor(WatchedExecutor):
    """Hands on work of one kind so that it cannot be done."""

    def __init__(self, kind: Callable[..., Any], spoil: Callable[..., tuple[Any, ...]]) -> None:
        super().__init__()
        self._kind = kind
        self._spoil = spoil

    def call(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        return fn(*self._spoil(*args)) if fn is self._kind else fn(*args)


def notes(tiny: Tiny, executor: WatchedExecutor, error: type[Exception]) -> list[str]:
    """Return the notes of the error that a build ends with."""
    with pytest.raises(error) as caught:
        tiny.build("participant-workbook", executor=executor)
    return caught.value.__notes__


def without_pdfs(name: str, job: LinkJob, copies: object) -> tuple[object, ...]:
    parts = tuple(replace(part, pdf=b"") for part in job.parts)
    return name, replace(job, parts=parts), copies


def with_no_text_for_bo(name: str, job: LinkJob, copies: Mapping[str, Copy]) -> tuple[object, ...]:
    nothing: Any = None
    spoilt = {
        whom: replace(copy, texts=dict.fromkeys(copy.texts, nothing)) if "Bo" in whom else copy
        for whom, copy in copies.items()
    }
    return name, job, spoilt


def test_an_error_in_layout_names_part_and_document(tiny: Tiny) -> None:
    executor = FailingExecutor(lay_out, lambda job: (replace(job, stylesheets=None),))
    [note] = notes(tiny, executor, TypeError)
    assert note.startswith("While making the part “")
    assert note.endswith(" of participant-workbook/01-anna-berg.pdf for Anna Berg and 1 more.")


def test_an_error_in_stamping_names_document_and_person(tiny: Tiny) -> None:
    executor = FailingExecutor(put_together, with_no_text_for_bo)
    assert notes(tiny, executor, AttributeError) == [
        "While making participant-workbook/02-bo-lindt.pdf for Bo Lindt."
    ]


def test_an_error_in_linking_names_the_document_and_how_many_it_is_for(tiny: Tiny) -> None:
    assert notes(tiny, FailingExecutor(put_together, without_pdfs), pikepdf.PdfError) == [
        "While making participant-workbook/01-anna-berg.pdf for Anna Berg and 1 more."
    ]
