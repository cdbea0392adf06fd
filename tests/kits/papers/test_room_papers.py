"""What the sample kits show to the room: a deck and posters that follow from plan and modules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.conftest import Kits
from tests.kits.kit_text import letters, outline_of, pages_of, type_sizes, where_all_is_there
from workshop.content.block_tree import Block, Node
from workshop.planning.day import Day, PlannedModule
from workshop.planning.minutes.schedule import clock

COHORTS = [("acme", "boston-march"), ("acme", "leeds-february"), ("minimal", "session")]
_POINTS = 72 / 25.4


@pytest.fixture(params=COHORTS, ids=lambda cohort: cohort[1])
def folder(request: pytest.FixtureRequest, kits: Kits) -> Path:
    """Each of the three kits in turn."""
    return kits.root.joinpath(*request.param)


def blocks(nodes: tuple[Node, ...], kind: str) -> list[Block]:
    return [node for node in nodes if isinstance(node, Block) and node.kind == kind]


def titles(slides: list[Block], *places: str) -> list[str]:
    """Return the titles of those slides that are for the screen, the wall or both."""
    return [
        letters(where_all_is_there(str(slide.options["title"])))
        for slide in slides
        if slide.options.get("on", "screen") in (*places, "both")
    ]


def running(planned: PlannedModule) -> Iterator[tuple[str, list[Block]]]:
    """Yield what a module shows in its order: the exercises' titles, and slides between them."""
    parts = {part.timed_part.block.location: part for part in planned.parts if part.minutes}
    for node in planned.module.body:
        if not isinstance(node, Block):
            continue
        part = parts.get(node.location)
        if node.kind == "slide":
            yield "", [node]
        elif part:
            title = part.exercise.exercise.title if part.exercise else ""
            yield letters(title), blocks(node.children, "slide")


def of_module(planned: PlannedModule) -> list[str]:
    return [
        title
        for exercise, slides in running(planned)
        for title in ([exercise] if exercise else []) + titles(slides, "screen")
    ]


def sizes(path: Path) -> set[tuple[int, int]]:
    """Return the sizes of a file's pages, in points."""
    with pikepdf.open(path) as pdf:
        boxes = [[float(edge) for edge in sheet.mediabox] for sheet in pdf.pages]
    return {(round(right - left), round(top - bottom)) for left, bottom, right, top in boxes}


def test_the_deck_is_the_day_with_its_exercises_and_slides_a_page_each(
    folder: Path, day: Day
) -> None:
    by_name = {planned.module.name: planned for planned in day.modules}
    middle = []
    for entry in day.schedule.entries:
        middle.append(letters(entry.title))
        if entry.module:
            middle += of_module(by_name[entry.module])
    headings = outline_of(folder / "slides.pdf")
    assert [letters(heading.title) for heading in headings][2:-1] == middle
    # Nothing ran over onto a page of its own.
    assert [heading.page for heading in headings] == list(range(len(headings)))
    assert len(pages_of(folder / "slides.pdf")) == len(headings)
    assert len(middle) > 50


def test_an_exercise_s_slide_sends_to_its_page_in_the_workbook(folder: Path, day: Day) -> None:
    workbook = min((folder / "participant-workbook").iterdir())
    in_workbook = {letters(heading.title): heading.page + 1 for heading in outline_of(workbook)}
    pages = pages_of(folder / "slides.pdf")
    sent = {}
    for heading in outline_of(folder / "slides.pdf"):
        found = re.search(r"(\d+)\s+workbook page", pages[heading.page])
        if found:
            sent[letters(heading.title)] = int(found[1])
    run = [one for module in day.modules for one in module.exercises if not one.own_time]
    assert sent == {
        title: in_workbook[title] for title in (letters(one.exercise.title) for one in run)
    }


def test_a_break_says_when_to_be_back(folder: Path, day: Day) -> None:
    told = [page for page in pages_of(folder / "slides.pdf") if "Back at" in page]
    breaks = [entry for entry in day.schedule.entries if not entry.module]
    assert len(told) == len(breaks)
    for page, entry in zip(told, breaks, strict=True):
        # 13:00 is 1:00 PM in Boston.
        hour, minute = clock(entry.start + entry.minutes).split(":")
        assert re.search(rf"\b({int(hour)}|{hour}|{int(hour) - 12}):{minute}\b", page)


def test_nothing_on_a_slide_is_smaller_than_18_points(folder: Path) -> None:
    sizes = type_sizes(folder / "slides.pdf")
    assert [(page, size, char) for page, size, char in sizes if size < 17.5] == []


def test_the_deck_is_as_wide_as_a_screen(folder: Path) -> None:
    assert sizes(folder / "slides.pdf") == {(round(320 * _POINTS), round(180 * _POINTS))}


def test_posters_are_the_day_and_what_its_modules_want_on_the_wall_a_page_each(
    folder: Path, day: Day
) -> None:
    wanted = [
        title
        for planned in day.modules
        for _, slides in running(planned)
        for title in titles(slides, "wall")
    ]
    headings = outline_of(folder / "posters.pdf")
    assert [letters(heading.title) for heading in headings][1:] == wanted
    assert [heading.page for heading in headings] == list(range(len(headings)))
    assert len(pages_of(folder / "posters.pdf")) == len(headings)
    assert len(wanted) >= 6


def test_posters_are_twice_the_client_s_paper(folder: Path) -> None:
    paper = {"boston-march": (792, 1224)}
    assert sizes(folder / "posters.pdf") == {paper.get(folder.name, (842, 1191))}


def test_nothing_on_a_poster_runs_into_its_right_margin(folder: Path) -> None:
    with pypdfium2.PdfDocument(folder / "posters.pdf") as posters:
        for number, page in enumerate(posters, start=1):
            picture = page.render(scale=0.5).to_pil().convert("L").point(lambda grey: 255 - grey)
            left, _, right, _ = picture.getbbox()
            margin = 23.5 * _POINTS / 2
            assert left >= margin - 1, number
            assert right <= picture.width - margin + 1, number


@pytest.mark.parametrize(("document", "page"), [("slides", 1), ("posters", 0)])
def test_the_day_shown_to_the_room_ends_with_its_finish(
    folder: Path, day: Day, document: str, page: int
) -> None:
    shown = letters(pages_of(folder / f"{document}.pdf")[page])
    finish = {"boston-march": "100pm"}.get(folder.name, letters(clock(day.schedule.finish)))
    assert f"{finish}finish" in shown
