"""Write a page that shows every document of a finished kit.

Of each document there are a picture, its readers, the number of copies and the paper. The page is
Markdown, and its pictures lie in a folder beside it; beside a kit it is there for a browser too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown import markdown

from workshop.building.kit.finished_kit import FinishedKit, read_kit
from workshop.building.kit.kit_folder import below
from workshop.building.kit.manifest import KitFile
from workshop.content.audiences import READERS, Audience
from workshop.diagnostics import UsageError, display_path
from workshop.file_errors import writing
from workshop.keeping.kept_file import read_kept, write_kept
from workshop.planning.make_plan import Plan
from workshop.press.contact_sheet import ContactSheet, contact_sheet
from workshop.press.sheets.sheet_sizes import words_for
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored
from workshop.workspace.kits_folder import kits_folder

# Stands on every page: a file of that name without it is somebody's own.
_WRITTEN_BY = "    workshop pictures"
PAGE, BROWSER_PAGE, PICTURES = "documents.md", "documents.html", "pictures"

_HTML = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
table {{ border-collapse: collapse }}
th, td {{ border-bottom: 1px solid #ccc; padding: 0.3rem 1rem 0.3rem 0; text-align: left }}
img {{ max-width: 100%; border: 1px solid #ddd }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True)
class _ShownDocument:
    """Holds a document, the copy of it that is shown, and how many copies the kit has."""

    document: Document
    entry: KitFile
    copies: int
    sheet: ContactSheet

    @property
    def picture(self) -> str:
        return f"{PICTURES}/{self.document.name}.png"


@dataclass(frozen=True)
class Catalogue:
    """Says where the page of a kit lies, and how many documents it shows."""

    page: Path
    documents: int


def write_catalogues(plan: Plan, target: Path | None, output: Path | None) -> list[Catalogue]:
    """Write the page of each cohort's kit, beside the kit or that of a single cohort to `target`.

    `output` is where the kits are, if not in the workspace's own folder. Raises `UsageError` where
    there is no kit, or for several cohorts and one target; `EnvironmentFault` where nothing can be
    written.
    """
    if target and len(plan.cohorts) > 1:
        names = ", ".join(cohort.slug for cohort in plan.cohorts)
        message = "Only one cohort can be shown in one folder"
        raise UsageError.single("one-cohort", message, hint=f"Name one with --cohort: {names}.")
    kits = kits_folder(plan.tailored.workspace, plan.tailored.slug, output)
    catalogues = []
    for cohort in plan.cohorts:
        kit = read_kit(kits, plan.tailored.slug, cohort.slug)
        folder = target or below(kit.folder.parent, f"{cohort.slug}.pictures")
        with writing(folder, "--to"):
            catalogue = write_catalogue(plan.tailored, kit, folder)
            catalogues.append(catalogue if target else _with_browser_page(catalogue))
    return catalogues


def write_catalogue(tailored: Tailored, kit: FinishedKit, folder: Path) -> Catalogue:
    """Write the page and its pictures into a folder.

    The same kit gives the same bytes, and other files in the folder stay. Raises `ContentError`
    where a file of the kit is not the one that its manifest describes.
    """
    shown = list(_documents_shown(tailored, kit))
    _check_is_ours(folder, [PAGE, *(document.picture for document in shown)])
    below(folder, PICTURES).mkdir(parents=True, exist_ok=True)
    for document in shown:
        write_kept(folder / document.picture, document.sheet.png)
    page = folder / PAGE
    write_kept(page, "\n".join([*_page(tailored, kit, shown), ""]).encode())
    return Catalogue(page, len(shown))


def _check_is_ours(folder: Path, paths: Sequence[str]) -> None:
    """Raise `UsageError` where a page or a picture would take the place of somebody's own file."""
    with suppress(OSError):
        if _WRITTEN_BY in read_kept(folder / PAGE).decode("utf-8", "replace"):
            return
    for path in (folder / path for path in paths):
        if path.exists():
            message = f"{display_path(path)} was not written by this program, so it stays"
            hint = "Move it to another place, or name another folder with --to."
            raise UsageError.single("output-own-files", message, hint=hint)


def _with_browser_page(catalogue: Catalogue) -> Catalogue:
    """Write the page as HTML too, which a double click opens in a browser, and return that one."""
    text = catalogue.page.read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    page = catalogue.page.with_name(BROWSER_PAGE)
    body = markdown(text, extensions=["tables"], output_format="html")
    write_kept(page, _HTML.format(title=escape(title), body=body).encode())
    return Catalogue(page, catalogue.documents)


def _documents_shown(tailored: Tailored, kit: FinishedKit) -> Iterator[_ShownDocument]:
    """Yield the kit's documents, ordered by reader and then by title."""
    order = list(READERS)
    documents = sorted(
        tailored.documents,
        key=lambda document: (order.index(document.file.audience), document.title),
    )
    for document in documents:
        entries = [entry for entry in kit.manifest.files if entry.document == document.name]
        if entries:
            # A person's copy shows more than one with blanks for the name.
            entry = next((entry for entry in entries if entry.recipient), entries[0])
            yield _ShownDocument(document, entry, len(entries), contact_sheet(kit.content(entry)))


def _page(tailored: Tailored, kit: FinishedKit, shown: Sequence[_ShownDocument]) -> Iterator[str]:
    client, cohort = kit.manifest.client, kit.manifest.cohort
    yield f"# The documents of {tailored.client.name}, {cohort}"
    yield ""
    yield "What the kit holds, with the pages of one copy of each document. Written by"
    yield ""
    yield f"{_WRITTEN_BY} --client {client} --cohort {cohort}"
    yield ""
    yield "| document | for | pages | PDFs in the kit | paper |"
    yield "|---|---|---|---|---|"
    for row in shown:
        title = f"[{_plain(row.document.title)}](#{row.document.name})"
        reader, pages = READERS[row.document.file.audience], row.entry.pages
        yield f"| {title} | {reader} | {pages} | {_pdfs(row)} | {_paper(row)} |"
    audience: Audience | None = None
    for section in shown:
        if section.document.file.audience != audience:
            audience = section.document.file.audience
            yield f"\n## For {READERS[audience]}"
        yield from _section(section)


def _section(shown: _ShownDocument) -> Iterator[str]:
    name, title = shown.document.name, _plain(shown.document.title)
    pages = "1 page" if shown.entry.pages == 1 else f"{shown.entry.pages} pages"
    cut = shown.sheet.shown < shown.entry.pages
    some = f", of which the first {shown.sheet.shown} are shown" if cut else ""
    yield f'\n<a id="{name}"></a>'
    yield f"\n### {title}"
    yield f"\n`{name}` · {_pdfs(shown)} · {_paper(shown)} · {pages}{some}"
    yield f"\n![{title}: small pictures of its pages]({shown.picture})"


def _pdfs(shown: _ShownDocument) -> str:
    file = shown.document.file
    if file.per != "cohort":
        return f"one for each {file.per}, {shown.copies} here"
    trainers = "one" if shown.copies == 1 else f"one for each trainer, {shown.copies} here"
    return {
        "person": "one, printed for everybody",
        "room": "one",
        "trainer": trainers,
        "none": "one, not printed for the day",
    }[file.each]


def _paper(shown: _ShownDocument) -> str:
    file, size = shown.document.file, shown.sheet.size
    if file.page == "slide":
        return "a screen, 16:9"
    on_its_side = ", on its side" if size.is_landscape else ""
    sides = "both sides" if file.sides == "duplex" else "one side"
    return f"{words_for(size)}{on_its_side}, {sides}"


def _plain(text: str) -> str:
    """Return a text with the characters escaped that Markdown would read as marks."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>|#" else char for char in text)
