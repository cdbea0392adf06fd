"""What a plan takes is told before anything is laid out: layouts, and how many there are."""

from __future__ import annotations

import pytest

import workshop
from tests.assembly.reading import Reading
from tests.tiny_workspace.workspace import CLIENT, Tiny, in_part
from workshop.building.build_plan import BuildProgress
from workshop.building.layout_count import Apart, DocumentEffort, layout_counts
from workshop.diagnostics import ContentError

pytestmark = pytest.mark.slow

WORKBOOK = "participant-workbook"


def efforts(tiny: Tiny, *documents: str) -> dict[str, DocumentEffort]:
    """Return what each document takes, as a new process counts it."""
    memory = workshop.open_memory(tiny.root)
    plan = workshop.plan(workshop.load(tiny.root, "tiny", memory), (), documents)
    [documents_of_cohort] = layout_counts(plan, memory)
    return {effort.document: effort for effort in documents_of_cohort}


def test_layouts_are_counted_and_nothing_is_laid_out(tiny: Tiny) -> None:
    counted = efforts(tiny, WORKBOOK, "badge")
    assert {name: (effort.copies, effort.kept) for name, effort in counted.items()} == {
        WORKBOOK: (2, 0),
        "badge": (2, 0),
    }
    assert not (tiny.root / ".workshop-cache" / "parts").exists()
    told: list[BuildProgress] = []
    tiny.build(WORKBOOK, "badge", on_progress=told.append)
    laid_out = [step for step in told if step.stage == "lay out"]
    assert sum(effort.layouts for effort in counted.values()) == len(laid_out)


def test_what_is_kept_is_counted_but_for_what_shows_somebody(tiny: Tiny) -> None:
    tiny.build(WORKBOOK, "badge")
    counted = efforts(tiny, WORKBOOK, "badge")
    assert counted[WORKBOOK].kept == counted[WORKBOOK].layouts
    assert counted["badge"].kept == 0


def test_what_keeps_copies_apart_is_told(tiny: Tiny) -> None:
    counted = efforts(tiny, WORKBOOK, "badge")
    assert counted[WORKBOOK].apart == ()
    [badge] = counted["badge"].apart
    assert badge.shown
    assert badge == Apart("badge", layouts=2, alone=1, shown=badge.shown, by=())


def test_a_changed_colour_takes_no_layout(tiny: Tiny) -> None:
    head = 'name: Tiny Ltd\ncolours:\n  brand: "#0b5d4e"\n'
    tiny.change(CLIENT, "name: Tiny Ltd\n", head)
    tiny.build("agenda")
    before = (tiny.kit / "agenda.pdf").read_bytes()
    tiny.change(CLIENT, "#0b5d4e", "#ffd400")
    told: list[BuildProgress] = []
    tiny.build("agenda", on_progress=told.append)
    laid_out = [step for step in told if step.stage == "lay out"]
    assert [step.done - step.kept for step in laid_out] == [0] * len(laid_out)
    after = (tiny.kit / "agenda.pdf").read_bytes()
    assert after != before
    assert b"0b5d4e" in before
    assert b"0b5d4e" not in after
    assert b"ffd400" in after


def test_a_part_that_has_to_know_its_colours_is_laid_out_in_them_and_told(tiny: Tiny) -> None:
    tiny.write(
        "templates/agenda/document.html.j2",
        in_part(
            '<p style="background: linear-gradient({{ palette.accent }} 90%, white)"><br>Text</p>'
        ),
    )
    for brand in ("", 'colours:\n  brand: "#ffd400"\n'):
        tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\n{brand}")
        tiny.build("agenda")
        [page] = Reading((tiny.kit / "agenda.pdf").read_bytes()).images(30, "RGB")
        colours = {colour for _, colour in page.getcolors(100_000)}
        assert ((255, 212, 0) if brand else (15, 76, 92)) in colours
        assert efforts(tiny, "agenda")["agenda"].coloured == ("only",)


def test_a_fault_in_a_template_is_told(tiny: Tiny) -> None:
    tiny.write("templates/agenda/document.html.j2", in_part("{{ nobody_knows_this }}"))
    with pytest.raises(ContentError, match="nobody_knows_this"):
        efforts(tiny, "agenda")
