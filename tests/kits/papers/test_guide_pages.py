"""The facilitator guide sends the trainer to the page where the exercise really is."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2

from tests.tiny_workspace.workspace import CLIENT, Tiny

GUIDE = "facilitator-guide"
EXERCISES = {"1.1": "One question", "2.1": "One offer"}


def text_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def workbook_pages(tiny: Tiny) -> dict[str, int]:
    """Return the page of each heading in the workbook's outline, counted from 1."""
    [path, *_] = sorted((tiny.kit / "participant-workbook").iterdir())
    found = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for entry in pdf.get_toc():
            destination = entry.get_dest()
            assert destination
            found[entry.get_title()] = int(destination.get_index()) + 1
    return found


def exercise_pages(tiny: Tiny) -> dict[str, int]:
    """Return the workbook's page that the guide gives at each exercise's own head."""
    pages = text_of(tiny.kit / f"{GUIDE}.pdf")
    found = {}
    for number, title in EXERCISES.items():
        [page] = [text for text in pages if f"{number} {title}" in text and "Workbook page" in text]
        match = re.search(r"Workbook page (\d+)", page)
        assert match
        found[title] = int(match[1])
    return found


def true_pages(tiny: Tiny) -> dict[str, int]:
    pages = workbook_pages(tiny)
    return {title: pages[title] for title in EXERCISES.values()}


def test_the_workbook_pages_follow_what_is_inserted_before_them(tiny: Tiny) -> None:
    only(tiny, f"{GUIDE}, participant-workbook, slides")
    titles = workbook_titles(tiny)
    assert titles == list(EXERCISES.values())
    tiny.build(GUIDE, "participant-workbook")
    before = true_pages(tiny)
    assert exercise_pages(tiny) == before
    module = tiny.root / "modules/asking.md"
    more = "\n".join(f"Paragraph {number}.\n" for number in range(120))
    text = module.read_text("utf-8")
    tiny.write("modules/asking.md", text.replace("::: exercise", f"{more}\n::: exercise", 1))
    tiny.build(GUIDE, "participant-workbook")
    after = true_pages(tiny)
    assert all(after[title] > before[title] for title in before)
    assert exercise_pages(tiny) == after


def only(tiny: Tiny, documents: str) -> None:
    """Make the client one that takes these documents and no others."""
    text = (tiny.root / CLIENT).read_text("utf-8")
    tiny.write(CLIENT, re.sub(r"only: \[.*\]", f"only: [{documents}]", text))


def workbook_titles(tiny: Tiny) -> list[str]:
    """Return the titles of the exercises as the modules give them."""
    modules = ("modules/asking.md", "modules/offering.md")
    texts = [(tiny.root / module).read_text("utf-8") for module in modules]
    return [match for text in texts for match in re.findall(r'#[a-z-]+ title="([^"]*)"', text)]


def test_a_client_without_a_workbook_or_slides_gets_a_guide_without_their_pages(tiny: Tiny) -> None:
    only(tiny, GUIDE)
    tiny.build(GUIDE)
    text = " ".join(text_of(tiny.kit / f"{GUIDE}.pdf"))
    assert "One question" in text
    assert "orkbook" not in text
    assert "slide" not in text
