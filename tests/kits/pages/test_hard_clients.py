"""A client whose names, days and groups are as long as they come: all whole, nothing reported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny
from workshop.diagnostics import Diagnostic

MM = 72 / 25.4
NAME = "The Honourable Company of Master Mariners, Harbour Pilots & Lighthouse Keepers of Saxony"
PEOPLE = [
    "Wilhelmina Featherstonehaugh-Cholmondeley-Marjoribanks",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
    "יונתן בן־דוד",
    "فاطمة الزهراء",
    *(f"Person {letter} Quist" for letter in "ABCDEFG"),
]
SESSIONS = 17
BREAK = '      - {break: "A short break in the garden", minutes: 10}\n'


def hard(root: Path) -> Tiny:
    """Write a client with a long name, a long day and a manager of eleven, on Letter paper."""
    tiny = Tiny.copied_to(root)
    rows = [
        f'"{name}",p{at}@example.com,Stores,Clerk,keen,Ada Quist,a@example.com'
        for at, name in enumerate(PEOPLE)
    ]
    rows.append("Zoë Sol,z@example.com,Stores,Clerk,keen,Bo Lindt,b@example.com")
    head = "name,email,team,role,segment,manager,manager_email"
    tiny.write(ROSTER, "\n".join([head, *rows, ""]))
    tiny.change(CLIENT, "Tiny Ltd", f'"{NAME}"\npaper: Letter\nlanguage: en-US')
    tiny.change(
        CLIENT,
        "[agenda, badge, exercises,",
        "[agenda, certificates, kit-list, name-tents, posters, sign-in, slides,",
    )
    items = "".join(
        f"      - module: session-{number}\n{BREAK if number % 5 == 0 else ''}"
        for number in range(1, SESSIONS)
    )
    tiny.change(
        "modules/programme.yaml", "      - module: offering\n", f"      - module: offering\n{items}"
    )
    tiny.change("modules/programme.yaml", 'finish: "15:00"', 'finish: "18:55"')
    for number in range(1, SESSIONS):
        tiny.write(f"modules/session-{number}.md", session(number))
    return tiny


def session(number: int) -> str:
    return f"""---
title: Session {number} with a title that takes two lines
summary: Short.
minutes: {{min: 5, ideal: 13, max: 30}}
outcomes:
  - You were there.
suits: [keen]
---

::: input {{title=Talk minutes=13 min=5}}
Listen.
:::
"""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Diagnostic, ...]]:
    tiny = hard(tmp_path_factory.mktemp("hard") / "workspace")
    built = tiny.build(
        "manager-briefing", "slides", "posters", "certificates", "name-tents", "sign-in",
        "kit-list",
    )  # fmt: skip
    return built.folder, built.warnings


def test_long_names_are_whole_on_covers_in_large_print(tiny: Tiny) -> None:
    tiny.change(ROSTER, "Anna Berg", PEOPLE[0])
    tiny.change(ROSTER, "Bo Lindt", PEOPLE[1])
    assert tiny.build("participant-workbook-large-print").warnings == ()


def tops(page: pypdfium2.PdfPage, words: str) -> Iterator[tuple[float, float]]:
    """Yield where words stand on a page: from the left and from the bottom, in mm."""
    text = page.get_textpage()
    search = text.search(words)
    while found := search.get_next():
        left, bottom, *_ = text.get_charbox(found[0])
        yield left / MM, bottom / MM


def test_nothing_is_cut_off_split_or_printed_over_something_else(
    kit: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    assert [str(fault) for fault in kit[1]] == []


def test_a_manager_of_eleven_has_room_to_write_for_each_of_them(
    kit: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    document = pypdfium2.PdfDocument(kit[0] / "manager-briefing" / "ada-quist.pdf")
    pages = [[bottom for name in PEOPLE for _, bottom in tops(page, name)] for page in document]
    talk = next(page for page in pages[1:] if len(page) >= 4)
    rows = sorted(talk)
    assert min(high - low for low, high in pairwise(rows)) > 18.5


def test_names_from_right_to_left_keep_their_order_in_a_line(
    kit: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    document = pypdfium2.PdfDocument(kit[0] / "manager-briefing" / "ada-quist.pdf")
    text = document[0].get_textpage()
    order = [text.search(words).get_next() for words in ("יונתן", "فاطمة", "Person A")]
    places = [text.get_charbox(found[0]) for found in order if found]
    lefts = [left for left, bottom, *_ in places]
    assert len(places) == 3
    if max(place[1] for place in places) - min(place[1] for place in places) < 5:
        assert lefts == sorted(lefts)


def test_a_long_day_stays_clear_of_the_foot_of_its_slides(
    kit: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    document = pypdfium2.PdfDocument(kit[0] / "slides.pdf")
    titles = [
        bottom
        for page in list(document)[1:4]
        for number in range(1, SESSIONS)
        for _, bottom in tops(page, f"Session {number} with")
    ]
    assert len(titles) >= SESSIONS - 1
    assert min(titles) > 20


def test_the_kit_list_counts_the_pages_of_every_copy(
    kit: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    briefings = [
        len(pypdfium2.PdfDocument(path)) for path in (kit[0] / "manager-briefing").glob("*.pdf")
    ]
    text = pypdfium2.PdfDocument(kit[0] / "kit-list.pdf")[0].get_textpage().get_text_bounded()
    sheets = sum(-(-pages // 2) for pages in briefings)
    [line] = [line for line in text.splitlines() if line.startswith("Manager briefing")]
    assert f"{min(briefings)}–{max(briefings)}" in line
    assert line.endswith(f"sides{sheets}")
