"""A finished kit into a run: a file for each pack, one for all of them, and the job ticket.

Nothing is laid out but the ticket. A run is written aside and replaces the last one as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.building.kit import manifest as manifests
from workshop.building.kit.finished_kit import FinishedKit
from workshop.building.kit.kit_folder import replacing, staging_for
from workshop.building.kit.manifest import Manifest
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import ContentError
from workshop.planning.make_plan import CohortPlan, Plan
from workshop.press import ticket as tickets
from workshop.press.embedded import check_fonts
from workshop.press.ink import Inks
from workshop.press.pack_file import write_pack
from workshop.press.packs import USUAL_ORDER, Pack, Packing, make_packs
from workshop.press.run_file import RunFile
from workshop.press.sheets.imposition import Sheet, SheetSize
from workshop.press.sheets.sheet_sizes import media_of, words_for
from workshop.press.source_pages import SourcePage, in_reading_order, opened
from workshop.press.ticket import Count, PackLine, Ticket, TicketFile
from workshop.press.ticket_page import write_page
from workshop.tailoring.profiles import Profile
from workshop.tailoring.tailor import Tailored

RUN = "run.pdf"
_CODE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class PrintRun:
    """A run on disk. `is_new` says that it was made now; it may have been there already."""

    folder: Path
    ticket: Ticket
    packing: Packing
    is_new: bool


@dataclass(frozen=True)
class PackProgress:
    """How many packs are made, of how many, and whose was the last."""

    what: str
    done: int
    total: int


def folder_of(kit: Path, profile: str) -> Path:
    """Return where a kit's run goes: beside the kit, which is replaced as a whole."""
    return kit.with_name(f"{kit.name}.print") / profile


def make_run(
    plan: Plan,
    cohort: CohortPlan,
    kit: FinishedKit,
    profile: Profile,
    spares: int | None,
    on_progress: Callable[[PackProgress], None],
) -> PrintRun:
    """Collate and impose the packs of a cohort's kit; what is there already and as wanted stays.

    Raises `ContentError` where the kit is not what the client file, the roster or its own manifest
    say.
    """
    order = plan.tailored.client.packs or USUAL_ORDER
    wanted = cohort.day.cohort.spares if spares is None else spares
    packing = make_packs(cohort, kit.manifest, profile, order, wanted)
    folder = folder_of(kit.folder, profile.name)
    made_from = _made_from(kit.manifest, packing, profile, plan.tailored)
    last = tickets.read(folder)
    if last and last.made_from == made_from and _is_whole(last, folder):
        return PrintRun(folder, last, packing, is_new=False)
    with staging_for(folder) as staging:
        work = _Work(plan, cohort, kit, profile, packing, staging, on_progress)
        ticket = work.done(made_from)
        with replacing(folder, staging):
            pass
    return PrintRun(folder, ticket, packing, is_new=True)


def behind(kit: Path) -> list[str]:
    """Return the profiles whose runs were made from an earlier kit than the one there is."""
    manifest = manifests.read(kit)
    now = {entry.sha256 for entry in manifest.files} if manifest else set()
    folders = sorted(folder_of(kit, "x").parent.glob("[!.]*/"))
    found = ((folder.name, tickets.read(folder)) for folder in folders)
    return [name for name, ticket in found if ticket and not set(ticket.sources) <= now]


def _made_from(manifest: Manifest, packing: Packing, profile: Profile, tailored: Tailored) -> str:
    digest = hashlib.sha256()
    pieces = [
        repr((manifest.client, manifest.cohort, packing)),
        profile.file.model_dump_json(),
        tailored.client.model_dump_json(),
        *(path.read_text(encoding="utf-8") for path in sorted(_CODE.rglob("*.py"))),
        *(
            found.path.read_text(encoding="utf-8")
            for name in ("document.html.j2", "document.css")
            if (found := tailored.overlay.find("templates", f"job-ticket/{name}"))
        ),
    ]
    for piece in pieces:
        data = piece.encode()
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()


def _is_whole(ticket: Ticket, folder: Path) -> bool:
    return all(
        (folder / file.path).is_file() and _sha256(folder / file.path) == file.sha256
        for file in (ticket.run, *(pack.file for pack in ticket.packs))
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class _Work:
    plan: Plan
    cohort: CohortPlan
    kit: FinishedKit
    profile: Profile
    packing: Packing
    folder: Path
    on_progress: Callable[[PackProgress], None]

    def __post_init__(self) -> None:
        self.inks = Inks(self.kit.folder)
        # Those of the packs’ sheets, the first pack’s first.
        self.sizes: dict[SheetSize, None] = {}

    def done(self, made_from: str) -> Ticket:
        """Write every file of the run."""
        (self.folder / "packs").mkdir()
        run = RunFile()
        lines = []
        for number, pack in enumerate(self.packing.packs, 1):
            line = self.pack(pack)
            run.append(self.folder / line.file.path, pack.copies)
            lines.append(line)
            self.on_progress(PackProgress(pack.name, number, len(self.packing.packs)))
        run.save(self.folder / RUN, self._front("").title)
        ticket = self.ticket(lines, self._file(RUN, run.pages), made_from)
        tickets.write(ticket, self.folder)
        write_page(ticket, self.plan.tailored, self.cohort.day, self.folder)
        return ticket

    def pack(self, pack: Pack) -> PackLine:
        """Write a pack's file."""
        path = f"packs/{pack.stem}.pdf"
        with opened(self.kit, pack.files, self.profile.file) as sources:
            check_fonts(sources)
            pages = in_reading_order(sources, duplex=self.profile.duplex)
            if not pages:
                raise ContentError.single(
                    "nothing-to-print",
                    f"The profile “{self.profile.name}” takes none of the pages of "
                    + ", ".join(source.entry.document for source in sources),
                    hint="Its `parts` are names of parts in the document’s template.",
                )
            front = self._front(pack.name)
            laid = write_pack(
                pages, self.profile, front, self._titles(), self.inks, self.folder / path
            )
            self.sizes.setdefault(laid.size)
            count = self._count(laid.sheets, pages)
        faces = sum(1 for sheet in laid.sheets for _ in sheet.faces)
        documents = tuple(dict.fromkeys(entry.document for entry in pack.files))
        return PackLine(pack.name, self._file(path, faces), pack.copies, documents, count)

    def _count(self, sheets: Sequence[Sheet], pages: Sequence[SourcePage | None]) -> Count:
        faces = [
            [self.inks.of(pages[placed.page]) for placed in face]
            for sheet in sheets
            for face in sheet.faces
        ]
        printed = [face for face in faces if any(ink.any for ink in face)]
        colour = sum(any(ink.colour for ink in face) for face in printed)
        if self.profile.file.colour == "black-and-white":
            colour = 0
        return Count(
            sheets=len(sheets),
            sides=len(printed),
            blank=len(faces) - len(printed),
            colour=colour,
            black=len(printed) - colour,
        )

    def ticket(self, lines: Sequence[PackLine], run: TicketFile, made_from: str) -> Ticket:
        """Put down all that whoever prints has to know."""
        file, cohort = self.profile.file, self.cohort.day.cohort
        size = next(iter(self.sizes))
        return Ticket(
            client=self.plan.tailored.slug,
            client_name=self.plan.tailored.client.name,
            cohort=cohort.slug,
            date=cohort.date.isoformat() if cohort.date else None,
            venue=cohort.venue,
            profile=self.profile.name,
            title=file.title,
            layout=file.layout,
            made_for=file.made_for,
            people=self.packing.people,
            spares=self.packing.spares,
            sheet=words_for(size),
            media=media_of(size),
            size=(round(size.width, 1), round(size.height, 1)),
            flip=self._flip(size),
            stock=file.stock,
            finishing=tuple(file.finishing),
            colour=file.colour,
            bleed=file.bleed,
            crop_marks=file.crop_marks,
            notes=tuple(file.notes),
            total=tickets.total(line.count.times(line.copies) for line in lines),
            packs=tuple(lines),
            run=run,
            sources=tuple(sorted(self._sources())),
            made_from=made_from,
        )

    def _sources(self) -> set[str]:
        return {entry.sha256 for pack in self.packing.packs for entry in pack.files}

    def _flip(self, size: SheetSize) -> str:
        if not self.profile.duplex:
            return "none"
        return "short" if size.is_landscape else "long"

    def _titles(self) -> dict[str, str]:
        return {one.name: one.title for one in self.plan.tailored.documents}

    def _front(self, name: str) -> DocumentInfo:
        client = self.plan.tailored.client.name
        words = (self.profile.file.title, name, client)
        title = " – ".join(word for word in words if word)
        language = self.cohort.day.cohort.language
        return DocumentInfo(title, client, language, self.profile.file.sides, has_cover=False)

    def _file(self, path: str, pages: int) -> TicketFile:
        return TicketFile(path, pages, _sha256(self.folder / path))
