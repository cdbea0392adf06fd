"""Draw pages of a sample kit in each of the library's looks, for `docs/design.md`.

`python -m tests.look_pictures` writes `docs/pictures/looks/`. It builds what it shows, in a
workspace of its own.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf

import workshop
from workshop.building.kit.finished_kit import FinishedKit, read_kit
from workshop.press.contact_sheet import contact_sheet

REPOSITORY = Path(__file__).parent.parent
FOLDER = REPOSITORY / "docs" / "pictures" / "looks"
LOOKS = ("letterpress", "signal", "field-notes")
CLIENT, COHORT = "acme", "leeds-february"
# The documents and the numbers of the pages that are shown of each.
SHOWN: Mapping[str, Mapping[str, Sequence[int]]] = {
    "papers": {
        "participant-workbook": (1, 2, 3, 7, 17, 18),
        "agenda": (1,),
        "manager-briefing": (1,),
        "facilitator-guide": (4, 6),
    },
    "slides": {"slides": (1, 2, 3, 4, 6, 19, 22, 94)},
}


def main() -> None:
    """Write two pictures of each look."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            for name, pdf in _pages_in(look, Path(folder)).items():
                (FOLDER / f"{look}-{name}.png").write_bytes(contact_sheet(pdf).png)


def _pages_in(look: str, folder: Path) -> dict[str, bytes]:
    """Build the sample client in a look; return a PDF of the pages of each picture."""
    shutil.copy(REPOSITORY / "workshop.yaml", folder)
    shutil.copytree(REPOSITORY / "clients" / CLIENT, folder / "clients" / CLIENT)
    with (folder / "clients" / CLIENT / "client.yaml").open("a", encoding="utf-8") as file:
        file.write(f"look: {look}\n")
    documents = [document for shown in SHOWN.values() for document in shown]
    workshop.build(folder, CLIENT, (COHORT,), documents)
    kit = read_kit(folder / "build", CLIENT, COHORT)
    return {name: _put_together(kit, shown) for name, shown in SHOWN.items()}


def _put_together(kit: FinishedKit, shown: Mapping[str, Sequence[int]]) -> bytes:
    pages = pikepdf.new()
    for document, numbers in shown.items():
        entry = next(file for file in kit.manifest.files if file.document == document)
        with pikepdf.open(io.BytesIO(kit.content(entry))) as pdf:
            pages.add_pages_from(pdf, [number - 1 for number in numbers], forms="strip")
    written = io.BytesIO()
    pages.save(written)
    return written.getvalue()


if __name__ == "__main__":
    main()
