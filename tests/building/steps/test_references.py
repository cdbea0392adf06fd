"""Page numbers of one document in another: those of the same kit, whatever is built."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.diagnostics import ContentError

__all__ = ["tiny"]

pytestmark = pytest.mark.slow

WORKBOOK = "participant-workbook"
AGENDA = "templates/agenda/document.html.j2"


def text_of(path: Path, number: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(pdf[number].get_textpage().get_text_range().split())


def page_of(tiny: Tiny, title: str) -> int:
    """Return the printed number of the page that a heading of the outline stands on."""
    with pypdfium2.PdfDocument(tiny.kit / WORKBOOK / "01-anna-berg.pdf") as pdf:
        for entry in pdf.get_toc():
            destination = entry.get_dest()
            if entry.get_title() == title and destination:
                return int(destination.get_index()) + 1
    raise LookupError(title)


@pytest.fixture
def referring(tiny: Tiny) -> Tiny:
    """A workspace whose agenda says where in the workbook the second module is."""
    tiny.write(
        AGENDA,
        in_part('<p>Offering: {{ page_ref("module-offering", "participant-workbook") }}.</p>'),
    )
    return tiny


def test_a_document_names_a_page_of_another(referring: Tiny) -> None:
    referring.build()
    page = page_of(referring, "Offering")
    assert text_of(referring.kit / "agenda.pdf") == f"Offering: {page} ."


def test_the_number_follows_what_is_inserted_before_it(referring: Tiny) -> None:
    referring.build()
    before = page_of(referring, "Offering")
    module = referring.root / "modules/asking.md"
    more = "\n".join(f"Paragraph {number}.\n" for number in range(120))
    module.write_text(f"{module.read_text('utf-8')}\n{more}", "utf-8")
    referring.build()
    after = page_of(referring, "Offering")
    assert after > before
    assert text_of(referring.kit / "agenda.pdf") == f"Offering: {after} ."


def test_the_other_document_need_not_be_asked_for(referring: Tiny) -> None:
    referring.build("agenda")
    assert list(contents(referring.kit)) == ["agenda.pdf", "manifest.json"]
    alone = text_of(referring.kit / "agenda.pdf")
    referring.build()
    assert text_of(referring.kit / "agenda.pdf") == alone


def test_a_client_without_the_other_document_is_told(referring: Tiny) -> None:
    referring.change(CLIENT, ", participant-workbook]", "]")
    with pytest.raises(ContentError, match="This client has no document “participant-workbook”"):
        referring.build()


def test_a_target_the_other_document_lacks_is_told_with_the_file(tiny: Tiny) -> None:
    tiny.write(AGENDA, in_part('<p>{{ page_ref("nothing", "participant-workbook") }}</p>'))
    with pytest.raises(ContentError) as caught:
        tiny.build()
    [fault] = caught.value.diagnostics
    assert fault.message == (
        "A page number is asked for of “#nothing”, and nothing in the document "
        "“participant-workbook” has that id (in agenda.pdf)"
    )


def test_without_a_roster_the_blank_copy_speaks(referring: Tiny) -> None:
    referring.change(CLIENT, "    roster: roster.csv\n", "")
    (referring.root / ROSTER).unlink()
    referring.build("agenda")
    assert text_of(referring.kit / "agenda.pdf").removeprefix("Offering: ")[0].isdigit()
