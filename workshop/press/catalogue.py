"""A finished kit into a page that shows every document: a picture, for whom, one per what, paper.

The page is Markdown, with its pictures in a folder beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.building.kit.finished_kit import FinishedKit
from workshop.building.kit.manifest import KitFile
from workshop.press.contact_sheet import ContactSheet, contact_sheet
from workshop.press.sheets.sheet_sizes import words_for
from workshop.tailoring.documents import Document
from workshop.tailoring.tailor import Tailored

PAGE, PICTURES = "documents.md", "pictures"

_READERS: Mapping[str, str] = {
    "participant": "participants",
    "manager": "their managers",
    "room": "everybody in the room",
    "facilitator": "the trainer",
    "sponsor": "the sponsor",
}


@dataclass(frozen=True)
class _ShownDocument:
    """A document with the copy that is shown, and how many copies the kit has."""

    document: Document
    entry: KitFile
    copies: int
    sheet: ContactSheet

    @property
    def picture(self) -> str:
        return f"{PICTURES}/{self.document.name}.png"


def write_catalogue(tailored: Tailored, kit: FinishedKit, folder: Path) -> tuple[Path, int]:
    """Write the page and its pictures into a folder; return where the page is, and how many.

    The same kit gives the same bytes. Whatever else is in the folder stays. Raises `ContentError`
    where a file of the kit is not what its manifest says.
    """
    shown = list(_shown(tailored, kit))
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    for one in shown:
        (folder / one.picture).write_bytes(one.sheet.png)
    page = folder / PAGE
    page.write_text("\n".join(_page(tailored, kit, shown)) + "\n", encoding="utf-8")
    return page, len(shown)


def _shown(tailored: Tailored, kit: FinishedKit) -> Iterator[_ShownDocument]:
    """Yield the kit's documents by reader, then by title."""
    order = list(_READERS)
    documents = sorted(
        tailored.documents, key=lambda one: (order.index(one.file.audience), one.title)
    )
    for document in documents:
        entries = [entry for entry in kit.manifest.files if entry.document == document.name]
        if entries:
            # A copy with blanks for the name, where there is one, shows less than somebody's.
            entry = next((one for one in entries if one.recipient), entries[0])
            yield _ShownDocument(document, entry, len(entries), contact_sheet(kit.content(entry)))


def _page(tailored: Tailored, kit: FinishedKit, shown: Sequence[_ShownDocument]) -> Iterator[str]:
    client, cohort = kit.manifest.client, kit.manifest.cohort
    yield f"# The documents of {tailored.client.name}, {cohort}"
    yield ""
    yield "What the kit holds, with the pages of one copy of each document. Written by"
    yield ""
    yield f"    workshop pictures --client {client} --cohort {cohort}"
    yield ""
    yield "| document | for | pages | PDFs in the kit | paper |"
    yield "|---|---|---|---|---|"
    for one in shown:
        title = f"[{_plain(one.document.title)}](#{one.document.name})"
        reader, pages = _READERS[one.document.file.audience], one.entry.pages
        yield f"| {title} | {reader} | {pages} | {_pdfs(one)} | {_paper(one)} |"
    readers = ""
    for one in shown:
        if one.document.file.audience != readers:
            readers = one.document.file.audience
            yield f"\n## For {_READERS[readers]}"
        yield from _section(one)


def _section(one: _ShownDocument) -> Iterator[str]:
    title = _plain(one.document.title)
    pages = "1 page" if one.entry.pages == 1 else f"{one.entry.pages} pages"
    cut = one.sheet.shown < one.entry.pages
    shown = f", of which the first {one.sheet.shown} are shown" if cut else ""
    yield f'\n<a id="{one.document.name}"></a>'
    yield f"\n### {title}"
    yield f"\n`{one.document.name}` · {_pdfs(one)} · {_paper(one)} · {pages}{shown}"
    yield f"\n![{title}: small pictures of its pages]({one.picture})"


def _pdfs(one: _ShownDocument) -> str:
    file = one.document.file
    if file.per != "cohort":
        return f"one for each {file.per}, {one.copies} here"
    return {
        "person": "one, printed for everybody",
        "room": "one",
        "none": "one, not printed for the day",
    }[file.each]


def _paper(one: _ShownDocument) -> str:
    file, size = one.document.file, one.sheet.size
    if file.page == "slide":
        return "a screen, 16:9"
    on_its_side = ", on its side" if size.is_landscape else ""
    sides = "both sides" if file.sides == "duplex" else "one side"
    return f"{words_for(size)}{on_its_side}, {sides}"


def _plain(text: str) -> str:
    """Return a text whose characters mean nothing to Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>|#" else char for char in text)
