"""Parts laid out by themselves that come to stand where they would in the whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.building.watched_executor import WatchedExecutor
from tests.tiny_workspace.workspace import Tiny
from workshop.building.build_plan import BuildProgress
from workshop.building.steps import layouts
from workshop.diagnostics import ContentError

pytestmark = pytest.mark.slow

DOCUMENT = "templates/agenda/document.html.j2"
STYLE = "templates/agenda/document.css"
# A page that says which side it was laid out for.
SIDES = """\
@page { size: 90mm 66mm; margin: 11mm 5mm 5mm; @bottom-center { content: none } }
@page :left { @top-left { content: "verso" } }
@page :right { @top-left { content: "recto" } }
@page :blank { background: none; @top-left { content: "blank" } }
.more { break-before: page }
"""


def pages(tiny: Tiny) -> list[str]:
    tiny.build("agenda")
    with pypdfium2.PdfDocument(tiny.kit / "agenda.pdf") as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def part(text: str, start: str = "next") -> str:
    return f'{{% call part("one", start="{start}") %}}<p>{text}</p>{{% endcall %}}\n'


def two(text: str) -> str:
    return f'{text} one</p><p class="more">{text} two'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part("A"), part("B"), part("C")], ["A recto", "B verso", "C recto"]),
        ([part(two("A")), part("B")], ["A one recto", "A two verso", "B recto"]),
        ([part("A"), part("B", "right")], ["A recto", "blank", "B recto"]),
        ([part("A"), part("B", "left")], ["A recto", "B verso"]),
        ([part(two("A")), part("B", "left")], ["A one recto", "A two verso", "blank", "B verso"]),
        (
            [part("A"), part(two("B")), part("C")],
            ["A recto", "B one verso", "B two recto", "C verso"],
        ),
        ([part("A"), part("B"), part("C", "right")], ["A recto", "B verso", "C recto"]),
    ],
)
def test_every_part_is_laid_out_for_the_side_it_stands_on(
    tiny: Tiny, parts: list[str], expected: list[str]
) -> None:
    tiny.write(DOCUMENT, "".join(parts))
    tiny.write(STYLE, SIDES)
    assert pages(tiny) == expected


def test_a_document_cannot_begin_on_a_left_hand_page(tiny: Tiny) -> None:
    tiny.write(DOCUMENT, part("A", "left"))
    with pytest.raises(ContentError, match="A document begins on the right"):
        tiny.build("agenda")


def test_a_page_number_in_a_sentence_has_the_room_it_needs(tiny: Tiny) -> None:
    text = '<p>See {{ ref("one-question") }}.</p>'
    module = "{% for module in modules %}{{ module.body }}{% endfor %}"
    gaps = {}
    for before in (0, 12):
        tiny.write(DOCUMENT, part("A") * before + part(text) + part(module))
        tiny.build("agenda")
        gaps[before] = gap_before_the_stop(tiny.kit / "agenda.pdf", before)
    # Whether it has one figure or two, the full stop comes right after it.
    assert gaps[0] == pytest.approx(gaps[12], abs=0.5)


def gap_before_the_stop(path: Path, number: int) -> float:
    """Return how far from the last figure of "page 13." its full stop is, in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[number].get_textpage()
        sentence = text.get_text_range()
        stop = sentence.rindex(".")
        figure = max(at for at in range(stop) if sentence[at].isdigit())
        return float(text.get_charbox(stop)[0] - text.get_charbox(figure)[2])


def test_what_others_wait_for_is_laid_out_before_what_is_only_long(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layouts, "most_at_once", lambda _executor: 1)
    tiny.write(DOCUMENT, part("First") + part("Second") + part("Third"))
    tiny.write(STYLE, SIDES)
    executor = WatchedExecutor()
    tiny.build("participant-workbook", "agenda", executor=executor)
    order = [
        word
        for job in executor.laid_out
        for word in ("Participant workbook", "<p>First", "<p>Second", "<p>Third")
        if word in job.html
    ]
    # What nothing waits for comes last: the third part, and the last of the workbook.
    assert [word for word in order if word.startswith("<p>")] == [
        "<p>First",
        "<p>Second",
        "<p>Third",
    ]
    assert set(order[-2:]) == {"Participant workbook", "<p>Third"}


def test_a_part_that_comes_again_is_laid_out_once_for_each_side(tiny: Tiny) -> None:
    tiny.write(DOCUMENT, part("A") * 4 + part("B"))
    executor = WatchedExecutor()
    told: list[BuildProgress] = []
    tiny.build("agenda", executor=executor, on_progress=told.append)
    assert len(executor.laid_out) == 3
    laid_out = [step for step in told if step.stage == "lay out"]
    assert [step.done for step in laid_out] == [1, 2, 3]
    assert laid_out[-1].total == 3


def test_an_error_in_layout_is_no_layout_and_not_kept(tiny: Tiny) -> None:
    # Of all that may go wrong, a picture outside the workspace is found by the layout alone.
    tiny.write(DOCUMENT, part('<img src="file:///etc/passwd" alt="">'))
    for _ in range(2):
        executor = WatchedExecutor()
        with pytest.raises(ContentError, match="/etc/passwd"):
            tiny.build("agenda", executor=executor)
        assert len(executor.laid_out) == 1
