"""Names of every kind on paper: whole, in their own script, and never as anything but text."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.tiny_workspace.workspace import ROSTER, Tiny
from workshop.building.steps.kit_in_progress import BuiltKit

LONG = " ".join(["Wolfeschlegelsteinhausenbergerdorff", "Rhoshandiatellyneshiaunneveshenk"] * 2)
NAMES = {
    LONG[:120]: "wolfeschlegelsteinhausenbergerdorff-rhoshandiatellyneshiaunneveshenk-",
    "x" * 120: "x" * 120,
    "Ελένη Παπαδοπούλου": "ελένη-παπαδοπούλου",
    "محمد علي الحسن": "محمد-علي-الحسن",
    "王小明": "王小明",
    "<script>alert(1)</script> & {{ 7 * 7 }} **bold**": "script-alert-1-script-7-7-bold",
}
MARGIN = 10.0  # points: what hardly any printer prints on


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> BuiltKit:
    """Workbooks for people of these names, who all report to the one with the longest."""
    tiny = Tiny.copied_to(tmp_path_factory.mktemp("names") / "workspace")
    people = "".join(
        f'"{name}",p{index}@example.com,{LONG[:120]},manager@example.com\n'
        for index, name in enumerate(NAMES)
    )
    tiny.write(ROSTER, f"name,email,manager,manager_email\n{people}")
    return tiny.build("participant-workbook", "manager-briefing", workers=2)


def workbook(kit: BuiltKit, name: str) -> Path:
    [entry] = [
        file
        for file in kit.files
        if file.document == "participant-workbook"
        and file.recipient
        and file.recipient.name == name
    ]
    return kit.folder / entry.path


def squeezed(text: str) -> str:
    """Leave out spaces: where a long name is broken into lines is not its business."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [squeezed(page.get_textpage().get_text_range()) for page in pdf]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_whole_on_the_cover_and_in_every_foot(kit: BuiltKit, name: str) -> None:
    path = workbook(kit, name)
    assert NAMES[name] in path.name
    cover, *others, _back = pages_of(path)
    assert squeezed(f"THIS WORKBOOK BELONGS TO {name}") in cover
    assert others
    # Beside words from left to right, pdfium reads the words of an Arabic name in their order on
    # the line.
    assert all(squeezed(word) in page for page in others for word in name.split())
    with pikepdf.open(path) as pdf:
        assert name in str(pdf.docinfo["/Title"])


def test_a_briefing_names_them_all_whole(kit: BuiltKit) -> None:
    [entry] = [file for file in kit.files if file.document == "manager-briefing"]
    first, second, *_ = pages_of(kit.folder / entry.path)
    assert squeezed(f"For {LONG[:120]}") in first
    for page in first, second:
        assert all(squeezed(word) in page for name in NAMES for word in name.split())


Box = tuple[float, float, float, float]


def letters(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    """Return each letter with its box: left, bottom, right, top, in points."""
    text = page.get_textpage()
    boxes = (
        (text.get_text_range(index, 1), text.get_charbox(index))
        for index in range(text.count_chars())
    )
    return [(letter, box) for letter, box in boxes if letter.strip()]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap more than neighbours do; a ligature's are the same."""
    if one == other:
        return False
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    least = 0.5 * min(one[2] - one[0], other[2] - other[0])
    return across > least and up > 0.5 * min(one[3] - one[1], other[3] - other[1])


@pytest.mark.parametrize("name", [LONG[:120], "x" * 120])
def test_a_long_name_stays_on_the_paper_and_covers_nothing(kit: BuiltKit, name: str) -> None:
    with pypdfium2.PdfDocument(workbook(kit, name)) as pdf:
        for page in list(pdf)[:2]:
            width, height = page.get_size()
            found = letters(page)
            assert found
            right_edge, top_edge = width - MARGIN, height - MARGIN
            for _, (left, bottom, right, top) in found:
                assert MARGIN < left < right < right_edge
                assert MARGIN < bottom < top < top_edge
            pairs = combinations(found, 2)
            assert [(a, b) for (a, one), (b, other) in pairs if overlap(one, other)] == []
