"""A delivery with much to say at the head of its papers, and a roster that fills a page."""

from __future__ import annotations

import re
from math import cos, radians
from pathlib import Path

import pypdfium2
import pytest
from jinja2 import Template

import workshop
from tests.conftest import REPOSITORY, Workspace

ADDRESS = "https://www.northgate-house.example/venues/conference-rooms/room-5"
NOTE = (
    "Breakfast is on us from 08:15 in the foyer: hot rolls (halal & veggie too), fruit, tea and "
    "coffee. Fasting? Ask for a box to take home."
)
DAY = """\
name: Linden
modules: {include: [angle-of-lean]}
times: {doors: "08:15, NOTE"}
cohorts:
  day: {date: 2027-02-11, venue: "VENUE", trainer: Ruth Ashdown, headcount: 14}
""".replace("NOTE", NOTE)
# So many names fill the first page of the sign-in sheet, and each further one.
FULL_PAGES = {"A4": (17, 20), "Letter": (16, 18)}
# In mm, as the agenda counts them: a module with what it is about, and a break.
SESSION, PAUSE = 12.5, 7.6


def built(workspace: Workspace, client: str, *documents: str) -> Path:
    workspace.client(client, "linden")
    workshop.build(workspace.root, "linden", (), documents, jobs=1)
    return workspace.root / "build/linden/day"


def lines_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return [line.strip() for line in text.replace("\r", "").split("\n")]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_words_about_the_doors_leave_the_agenda_on_its_page(
    workspace: Workspace, paper: str
) -> None:
    folder = built(workspace, f"paper: {paper}\n{DAY.replace('VENUE', 'Leeds')}", "agenda")
    with pypdfium2.PdfDocument(folder / "agenda.pdf") as pdf:
        assert len(pdf) == 1
    lines = lines_of(folder / "agenda.pdf")
    assert "Look for problems" in " ".join(lines), "what a module is about has room too"
    first = next(line for line in lines if "Breakfast is on us" in line)
    assert len(first) > len(NOTE) / 2, "the words run over the whole width"


@pytest.mark.parametrize("document", ["agenda", "sign-in", "kit-list"])
def test_an_address_stands_on_one_line(workspace: Workspace, document: str) -> None:
    day = DAY.replace("VENUE", f"Room 5, Northgate House, map: {ADDRESS}")
    # By itself: a kit list counts the pages of all that it lists.
    folder = built(workspace, f"documents: {{only: [{document}]}}\n{day}", document)
    path = next(folder.rglob("*.pdf"))
    assert any(ADDRESS in line for line in lines_of(path))


@pytest.mark.parametrize("paper", FULL_PAGES)
@pytest.mark.parametrize("pages", [1, 2])
def test_blank_lines_begin_no_page(workspace: Workspace, paper: str, pages: int) -> None:
    count = sum(FULL_PAGES[paper][:pages])
    people = "\n".join(["name", *(f"Person {number}" for number in range(count))])
    workspace.write("clients/linden/people.csv", people + "\n")
    client = f"name: Linden\npaper: {paper}\ncohorts: {{day: {{roster: people.csv}}}}\n"
    folder = built(workspace, client, "sign-in")
    with pypdfium2.PdfDocument(folder / "sign-in.pdf") as pdf:
        assert len(pdf) == pages
    # A page is as full as it can be.
    workspace.write("clients/linden/people.csv", people + "\nOne more\n")
    folder = built(workspace, client, "sign-in")
    with pypdfium2.PdfDocument(folder / "sign-in.pdf") as pdf:
        assert len(pdf) == pages + 1


def test_the_agenda_takes_as_much_room_as_it_reckons_with(workspace: Workspace) -> None:
    folder = built(workspace, "name: Linden\ncohorts: {day: {headcount: 9}}\n", "agenda")
    with pypdfium2.PdfDocument(folder / "agenda.pdf") as pdf:
        text = pdf[0].get_textpage()
        times = re.finditer(r"(?m)^\d\d:\d\d(?!–)", text.get_text_range())
        tops = [text.get_charbox(time.start())[3] * 25.4 / 72 for time in times]
    lines = lines_of(folder / "agenda.pdf")
    pauses = sum("Coffee" in line or "Lunch" in line for line in lines)
    sessions = len(tops) - 1 - pauses
    reckoned = SESSION * sessions + PAUSE * pauses
    assert 0.9 * reckoned < max(tops) - min(tops) < reckoned


def test_lines_for_others_go_on_counting(workspace: Workspace) -> None:
    workspace.write("clients/linden/people.csv", "name\nAda Quist\nBo Lindt\n")
    folder = built(workspace, "name: Linden\ncohorts: {day: {roster: people.csv}}\n", "sign-in")
    numbers = [int(line) for line in lines_of(folder / "sign-in.pdf") if re.fullmatch(r"\d+", line)]
    assert numbers[:5] == [1, 2, 3, 4, 5]


def test_no_dot_of_the_cover_touches_its_title() -> None:
    css = (REPOSITORY / "templates/_shared/book.css").read_text()
    [(width, left)] = re.findall(r"\.cover-drawing \{.*?width: (\d+)mm;.*?left: (\d+)mm", css)
    [(start, across)] = re.findall(r"\.cover-title \{.*?left: (\d+)mm;.*?width: (\d+)mm", css)
    path = REPOSITORY / "templates/_shared/looks/letterpress/cover.svg.j2"
    drawing = Template(path.read_text("utf-8"), autoescape=True)
    dot = re.compile(r'cx="([\d.]+)" cy="100" r="([\d.]+)" transform="rotate\((-?\d+)')
    for count in range(1, 21):
        svg = drawing.render(modules=[{"minutes": 60}] * count, palette={})
        dots = [tuple(map(float, found)) for found in dot.findall(svg)]
        assert len(dots) == count
        edge = min(100 - (100 - x) * cos(radians(turn)) - r for x, r, turn in dots)
        assert int(left) + edge * int(width) / 200 > int(start) + int(across)
