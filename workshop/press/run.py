"""Make a run from a finished kit: a file for each pack, one for all packs, and the job ticket.

Only the ticket is laid out anew. A run is written into another folder first, and then replaces the
last run as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from workshop.assembly.flip import Flip
from workshop.building.kit import manifest as manifests
from workshop.building.kit.finished_kit import FinishedKit
from workshop.building.kit.kit_folder import below, replacing, staging_for
from workshop.building.kit.manifest import Manifest
from workshop.building.kit.peoples_files import check_is_ours, keep_peoples_files
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import ContentError
from workshop.keeping.fingerprint import digest_of, digest_of_file, program
from workshop.keeping.kept_file import is_real_file
from workshop.limits import TEMPLATE_FILE
from workshop.planning.make_plan import CohortPlan, Plan
from workshop.press import ticket as tickets
from workshop.press.embedded import check_fonts
from workshop.press.ink import Inks
from workshop.press.inks.greys import Greys
from workshop.press.pack_file import write_pack
from workshop.press.packs import Pack, Packing, make_packs
from workshop.press.run_file import RunFile
from workshop.press.sheets.imposition import Sheet, SheetSize
from workshop.press.sheets.sheet_sizes import media_of, words_for
from workshop.press.source_pages import SourcePage, in_reading_order, opened
from workshop.press.ticket import Count, PackLine, PaperCount, Ticket, TicketFile
from workshop.press.ticket_page import NAME as PAGE
from workshop.press.ticket_page import write_page
from workshop.tailoring.profiles import Profile
from workshop.tailoring.tailored import Tailored

RUN = "run.pdf"


@dataclass(frozen=True)
class PrintRun:
    """Describes a run on disk; `is_new` is false where it was there already.

    `kit` is the folder of the kit it was made from.
    """

    kit: Path
    folder: Path
    ticket: Ticket
    packing: Packing
    is_new: bool


@dataclass(frozen=True)
class PackProgress:
    """Says how many of a cohort's packs are done; `what` is the name of the last one."""

    cohort: str
    what: str
    done: int
    total: int


def folder_of(kit: Path, profile: str) -> Path:
    """Return the folder of a kit's run: beside the kit's own, which a build replaces as a whole.

    Raises `EnvironmentFault` where a link is in its place.
    """
    return below(kit.parent, f"{kit.name}.print", profile)


def make_run(
    plan: Plan,
    cohort: CohortPlan,
    kit: FinishedKit,
    profile: Profile,
    spares: int | None,
    on_progress: Callable[[PackProgress], None],
) -> PrintRun:
    """Collate and impose the packs of a cohort's kit, unless an equal run is there already.

    Raises `ContentError` where the kit does not match the client file, the roster or its own
    manifest.
    """
    wanted = cohort.day.cohort.spares if spares is None else spares
    packing = make_packs(cohort, kit.manifest, profile, plan.tailored.client.packs, wanted)
    folder = folder_of(kit.folder, profile.name)
    made_from = _made_from(kit.manifest, packing, profile, plan.tailored)
    last = tickets.read(folder)
    if last and last.made_from == made_from and _is_whole(last, folder):
        return PrintRun(kit.folder, folder, last, packing, is_new=False)
    check_is_ours(folder, tickets.NAME)
    with staging_for(folder) as staging:
        work = _Work(plan, cohort, kit, profile, packing, staging, on_progress)
        ticket = work.write_run(made_from)
        with replacing(folder, staging):
            if last:
                keep_peoples_files(folder, staging, _files_of(last))
    return PrintRun(kit.folder, folder, ticket, packing, is_new=True)


def behind(kit: Path) -> list[str]:
    """Return the profiles whose runs were made from an earlier kit than the present one."""
    manifest = manifests.read(kit)
    now = {entry.sha256 for entry in manifest.files} if manifest else set()
    folders = sorted(folder_of(kit, "x").parent.glob("[!.]*/"))
    by_profile = {folder.name: tickets.read(folder) for folder in folders}
    return [
        name for name, ticket in by_profile.items() if ticket and not set(ticket.sources) <= now
    ]


def _made_from(manifest: Manifest, packing: Packing, profile: Profile, tailored: Tailored) -> str:
    """Return a digest of everything that a run depends on."""
    overlay = tailored.overlay
    names = [
        name
        for pattern in ("job-ticket/*", "_shared/**/*")
        for name in overlay.names("templates", pattern)
    ]
    templates = [file for name in names if (file := overlay.find("templates", name))]
    return digest_of(
        [
            repr((manifest.client, manifest.cohort, packing)),
            profile.file.model_dump_json(),
            tailored.client.model_dump_json(),
            program(),
            *(digest_of_file(file.path, TEMPLATE_FILE) for file in templates),
        ]
    )


def _is_whole(ticket: Ticket, folder: Path) -> bool:
    return all(
        is_real_file(folder / file.path) and digest_of_file(folder / file.path) == file.sha256
        for file in (ticket.run, *(pack.file for pack in ticket.packs))
    )


def _files_of(ticket: Ticket) -> set[str]:
    """Return the paths of a run's files."""
    files = (ticket.run, *(pack.file for pack in ticket.packs))
    return {tickets.NAME, PAGE, *(file.path for file in files)}


def _paper(size: SheetSize, sheets: int) -> PaperCount:
    rounded = (round(size.width, 1), round(size.height, 1))
    return PaperCount(words_for(size), media_of(size), rounded, sheets)


@dataclass
class _Work:
    """Writes the files of a run into a folder."""

    plan: Plan
    cohort: CohortPlan
    kit: FinishedKit
    profile: Profile
    packing: Packing
    folder: Path
    on_progress: Callable[[PackProgress], None]

    def __post_init__(self) -> None:
        self.inks, self.greys = Inks(self.kit.folder), Greys()
        # Sheets of all packs and copies by their size; the edge is that of the first pack.
        self.sizes: Counter[SheetSize] = Counter()
        self.flip: Flip | None = None

    def write_run(self, made_from: str) -> Ticket:
        """Write every file of the run and return its ticket."""
        (self.folder / "packs").mkdir()
        run = RunFile()
        lines = []
        for number, pack in enumerate(self.packing.packs, 1):
            line = self.write_pack(pack)
            run.append(self.folder / line.file.path, pack.copies)
            lines.append(line)
            packs = len(self.packing.packs)
            self.on_progress(PackProgress(self.cohort.slug, pack.name, number, packs))
        run.save(self.folder / RUN, self._front("").title)
        ticket = self.ticket(lines, self._file(RUN, run.pages), made_from)
        tickets.write(ticket, self.folder)
        write_page(ticket, self.plan.tailored, self.cohort.day, self.folder)
        return ticket

    def write_pack(self, pack: Pack) -> PackLine:
        """Write a pack's file and return its line of the ticket."""
        path = f"packs/{pack.stem}.pdf"
        with opened(self.kit, pack.files, self.profile.file, self.greys) as sources:
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
            self.flip = self.flip or laid.flip
            for size, sheets in Counter(laid.sizes).items():
                self._count_sheets(size, sheets * pack.copies)
            count = self._count(laid.sheets, pages)
        faces = sum(1 for sheet in laid.sheets for _ in sheet.faces)
        documents = tuple(dict.fromkeys(entry.document for entry in pack.files))
        return PackLine(pack.name, self._file(path, faces), pack.copies, documents, count)

    def _count_sheets(self, size: SheetSize, sheets: int) -> None:
        """Add sheets to those of the same size; of two sizes that are rounded, the first counts."""
        known = next((other for other in self.sizes if other.is_as_large_as(size)), size)
        self.sizes[known] += sheets

    def _count(self, sheets: Sequence[Sheet], pages: Sequence[SourcePage | None]) -> Count:
        faces = [
            [self.inks.ink_on(pages[placed.page]) for placed in face]
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
        """Return the ticket with everything that a print shop has to know."""
        file, cohort = self.profile.file, self.cohort.day.cohort
        if self.flip is None:
            raise AssertionError("a run must have a pack")
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
            papers=tuple(starmap(_paper, self.sizes.most_common())),
            flip=self.flip,
            stock=file.stock,
            finishing=tuple(file.finishing),
            colour=file.colour,
            spot=file.spot,
            bleed=file.bleed,
            crop_marks=file.crop_marks,
            notes=(*file.notes, *self._not_printed()),
            total=tickets.total(line.count.times(line.copies) for line in lines),
            packs=tuple(lines),
            run=run,
            sources=tuple(sorted(self._sources())),
            made_from=made_from,
        )

    def _not_printed(self) -> Iterator[str]:
        sentences = (edition.not_printed for edition in self.packing.editions)
        return (f"{sentence}." for sentence in sentences if sentence)

    def _sources(self) -> set[str]:
        return {entry.sha256 for pack in self.packing.packs for entry in pack.files}

    def _titles(self) -> dict[str, str]:
        return {document.name: document.title for document in self.plan.tailored.documents}

    def _front(self, name: str) -> DocumentInfo:
        client = self.plan.tailored.client.name
        words = (self.profile.file.title, name, client)
        title = " – ".join(word for word in words if word)
        language = self.cohort.day.cohort.language
        return DocumentInfo(title, client, language, self.profile.file.sides, has_cover=False)

    def _file(self, path: str, pages: int) -> TicketFile:
        return TicketFile(path, pages, digest_of_file(self.folder / path))
