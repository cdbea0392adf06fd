"""Rosters are read from XLSX workbooks, and no workbook takes more than it may."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tailoring.people.conftest import Understand
from tests.tailoring.people.sheets import packed, sheet, workbook
from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.tailoring.people.columns import RosterSettings

HEADER = ("Name", "E-mail", "Team", "Manager", "Manager e-mail")
MANAGER = ("Inés Ruiz", "ines@example.com")
ANNA = ("Anna Berg", "anna@example.com", "Tax", *MANAGER)


def only(faults: list[Diagnostic]) -> Diagnostic:
    [fault] = faults
    return fault


def test_a_workbook_reads_as_a_csv_file(understand: Understand) -> None:
    reading, faults = understand(workbook(HEADER, ANNA))
    text, _ = understand("\n".join(map(",".join, (HEADER, ANNA))))
    assert not faults
    assert reading.roster == text.roster
    assert reading.table
    assert reading.table.described() == "spreadsheet, sheet “People”"


def test_numbers_days_formulas_and_empty_cells_are_texts(understand: Understand) -> None:
    rows = [
        ("List of 2027",),
        (),
        (None, "Name", "Team", "Role"),
        (),
        (None, "Anna", 12.0, '<c s="1"><v>46421</v></c>'),
        (None, "Ben", 1.5, '<c t="str"><f>A1&amp;"x"</f><v>worked out</v></c>'),
        (None, "Cleo", '<c s="1"/>', '<c t="b"><v>1</v></c>'),
        (None, "Dora", '<c t="str"><f>B9</f><v></v></c>', None),
    ]
    reading, _ = understand(workbook(*rows))
    assert [(person.team, person.role) for person in reading.participants] == [
        ("12", "2027-02-03"),
        ("1.5", "worked out"),
        ("", "TRUE"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="e"><f>B9</f><v>#REF!</v></c>', "#REF!"),
        ("<c><f>A2&amp;B2</f></c>", "=A2&B2"),
        ("<c><f>A2&amp;B2</f><v></v></c>", "=A2&B2"),
        ("#¿NOMBRE?", "#¿NOMBRE?"),
        ('=A2&" "&B2', '=A2&" "&B2'),
        ("-", "-"),
    ],
)
def test_what_is_no_value_is_told_with_its_cell(
    cell: str, shown: str, understand: Understand, tmp_path: Path
) -> None:
    _, faults = understand(workbook(HEADER, ANNA, ("Ben", cell, "Tax", *MANAGER)))
    fault = only(faults)
    assert fault.message.startswith(f"The email is “{shown}”: ")
    assert fault.location == Location(tmp_path / "people.xlsx", 3, 2)
    assert str(fault.location).endswith("people.xlsx:B3")


def test_faults_of_a_kind_are_told_once_with_their_rows(understand: Understand) -> None:
    bad = ('<c t="e"><v>#N/A</v></c>', "", "Tax", *MANAGER)
    _, faults = understand(workbook(HEADER, ANNA, bad, ANNA[:1], bad, bad, bad))
    fault = next(fault for fault in faults if fault.code == "roster-no-value")
    assert fault.message.endswith("; the same in rows 5 to 7")


def test_the_first_sheet_that_is_seen_is_read_or_the_one_that_is_named(
    understand: Understand, tmp_path: Path
) -> None:
    sheets = {"Old": sheet([HEADER, ("Zoe",)]), "New": sheet([HEADER, ANNA]), "B": sheet([])}
    content = packed(sheets, hidden=["Old"])
    place = Location(tmp_path / "client.yaml", 3, 10)
    assert understand(content)[0].participants[0].name == "Anna Berg"
    named, _ = understand(content, RosterSettings(sheet=("old", place)))
    assert named.participants[0].name == "Zoe"
    _, faults = understand(content, RosterSettings(sheet=("Nwe", place)))
    fault = only(faults)
    assert (fault.code, fault.location) == ("roster-sheet", place)
    assert fault.hint == "Did you mean “New”?"


def test_a_sheet_without_people_names_the_others(understand: Understand) -> None:
    fault = only(understand(workbook(Notes=[("Bring pens",)], People=[HEADER, ANNA]))[1])
    assert fault.code == "roster-header"
    assert "`sheet: People`" in str(fault.hint)
    fault = only(understand(workbook(A=[HEADER], People=[HEADER, ANNA]))[1])
    assert fault.code == "roster-empty"
    assert "`sheet: NAME`" in str(fault.hint)
    assert only(understand(workbook())[1]).code == "roster-empty"


def test_a_manager_merged_over_rows_is_each_ones(understand: Understand) -> None:
    rows = [HEADER, ANNA, ("Ben", "b@example.com", "Tax"), ("Cleo", "c@example.com", "Tax")]
    merged = '<mergeCells><mergeCell ref="D2:D3"/><mergeCell ref="E2:E3"/></mergeCells>'
    reading, faults = understand(packed({"People": sheet(rows, merged)}))
    assert [bool(person.manager) for person in reading.participants] == [True, True, False]
    assert only(faults).code == "roster-no-manager"


def test_cells_without_references_stand_one_after_another(understand: Understand) -> None:
    xml = sheet([HEADER, ANNA])
    for row, at in ((row, at) for row in (1, 2) for at in "ABCDE"):
        xml = xml.replace(f' r="{at}{row}"', "")
    bad = xml.replace(
        '<c t="inlineStr"><is><t>anna@example.com</t></is></c>', '<c t="e"><v>#N/A</v></c>'
    )
    assert xml != bad
    assert not understand(packed({"People": xml}))[1]
    fault = only(understand(packed({"People": bad}))[1])
    assert str(fault.location).endswith(":B2")


def test_a_sheet_that_reaches_too_far_is_refused(understand: Understand) -> None:
    far = sheet([HEADER, ANNA]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    fault = only(understand(packed({"People": far}))[1])
    assert fault.code == "roster-too-large"
    assert "row 1,048,576 and column 16,384" in fault.message


def test_coloured_cells_far_below_do_not_matter(understand: Understand) -> None:
    far = sheet([HEADER, ANNA]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    assert not understand(packed({"People": far}))[1]


def test_a_workbook_that_unpacks_to_far_more_is_refused_unread(understand: Understand) -> None:
    stream = io.BytesIO(workbook(HEADER, ANNA))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 60_000_000)
    tracemalloc.start()
    try:
        fault = only(understand(stream.getvalue())[1])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault.code == "roster-too-large"
    assert peak < 30_000_000


def test_a_workbook_that_lies_about_its_size_is_refused(understand: Understand) -> None:
    content = bytearray(workbook(HEADER, ANNA))
    name = b"xl/worksheets/sheet1.xml"
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")  # the size when unpacked
    assert only(understand(bytes(content))[1]).code == "roster-workbook"


def test_entities_are_not_followed(understand: Understand) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet([HEADER, ANNA])
    bomb = bomb.replace("Anna Berg", "&b;")
    _, faults = understand(packed({"People": bomb}))
    assert any(fault.severity is Severity.ERROR for fault in faults)


@pytest.mark.parametrize("cut", [10, 200, 1000, -30])
def test_a_damaged_workbook_is_one_fault(cut: int, understand: Understand) -> None:
    fault = only(understand(workbook(HEADER, ANNA)[:cut])[1])
    assert fault.code == "roster-workbook"
    assert "“CSV UTF-8”" in str(fault.hint)


def test_another_archive_is_no_workbook(understand: Understand) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert only(understand(stream.getvalue())[1]).code == "roster-workbook"


@pytest.mark.parametrize("old", ["<sheets>", 'r:id="rId1"', "worksheets/sheet1.xml", "<v>", "B2"])
@pytest.mark.parametrize("new", ["", "<", "ZZZ9999999", "-1", "&#0;", "\xff"])
def test_a_workbook_with_a_slip_in_it_is_faults_or_people(
    old: str, new: str, understand: Understand
) -> None:
    whole = workbook(HEADER, ANNA, ("Ben", '<c t="e"><v>#N/A</v></c>', 12))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as sound, zipfile.ZipFile(stream, "w") as spoilt:
        for entry in sound.infolist():
            content = sound.read(entry).replace(old.encode(), new.encode("latin-1"), 1)
            spoilt.writestr(entry.filename, content)
    reading, faults = understand(stream.getvalue())
    assert reading.roster or faults


def test_what_the_library_gives_up_on_is_a_fault(
    understand: Understand, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        """What PyO3 raises."""

    def give_up(_stream: object) -> None:
        raise PanicException

    library = "workshop.tailoring.people.tables.workbook.CalamineWorkbook"
    monkeypatch.setattr(library, SimpleNamespace(from_filelike=give_up))
    assert only(understand(workbook(HEADER, ANNA))[1]).code == "roster-workbook"


ROW = '<row r="3"'


@pytest.mark.parametrize("mark", ['hidden="1"', "hidden = 'true'", 'ht="0" customHeight="1"'])
def test_people_in_rows_that_are_not_to_be_seen_are_told_and_not_read(
    understand: Understand, mark: str
) -> None:
    hidden = sheet([HEADER, ANNA, ("Bo Lindt",), ("Cy Dahl",)]).replace(ROW, f"{ROW} {mark}")
    reading, faults = understand(packed({"People": hidden}))
    assert [person.name for person in reading.participants] == ["Anna Berg", "Cy Dahl"]
    fault = next(fault for fault in faults if fault.code == "roster-hidden-rows")
    assert fault.severity is Severity.WARNING
    assert fault.location
    assert fault.location.line == 3
    assert fault.message == (
        "Row 3 is hidden or filtered out in the sheet, and is not read (“Bo Lindt”)"
    )


def test_a_merged_cell_counts_for_the_rows_that_can_be_seen(understand: Understand) -> None:
    rows = sheet(
        [HEADER, ("Anna", None, "Tax"), ("Bo",), ("Cy",)],
        '<mergeCells><mergeCell ref="C2:C4"/></mergeCells>',
    )
    hidden = rows.replace('<row r="2"', '<row r="2" hidden="1"')
    reading, _ = understand(packed({"People": hidden}))
    assert [(person.name, person.team) for person in reading.participants] == [
        ("Bo", "Tax"),
        ("Cy", "Tax"),
    ]


def with_shared_texts(xml: str, *texts: str) -> bytes:
    stream = io.BytesIO(packed({"People": xml}))
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
    return stream.getvalue()


@pytest.mark.parametrize("attribute", ['t="s"', "t='s' x='1'"])
def test_a_long_text_that_many_cells_share_is_refused_unread(
    understand: Understand, attribute: str
) -> None:
    cell = f"<c {attribute}><v>0</v></c>"
    rows = [HEADER, *(("Ann", *[cell] * 20) for _ in range(200))]
    raw = with_shared_texts(sheet(rows), "x" * 1_000_000)
    tracemalloc.start()
    try:
        fault = only(understand(raw)[1])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault.code == "roster-too-large"
    assert "50,000,000 characters together" in fault.message
    assert peak < 50_000_000


def test_a_long_text_that_few_cells_share_is_read(understand: Understand) -> None:
    remark, cell = "x" * 30_000, '<c t="s"><v>1</v></c>'
    rows = [
        ("Name", "Remark"),
        ("Ann", '<c t="s"><v>0</v></c>'),
        *((f"B{at}", cell) for at in range(2_000)),
    ]
    reading, _ = understand(with_shared_texts(sheet(rows), remark, "none"))
    assert len(reading.participants) == 2_001


@pytest.mark.parametrize("count", [60_000, 2_000])
def test_merged_cells_without_end_are_refused(understand: Understand, count: int) -> None:
    ranges = '<mergeCell ref="A1:B3000"/>' * count
    merged = f"<mergeCells>{ranges}</mergeCells>"
    rows = [HEADER, *((f"Ann {at}",) for at in range(3_000))]
    fault = only(understand(packed({"People": sheet(rows, merged)}))[1])
    assert fault.code == "roster-too-large"
    assert "merged cells" in fault.message


@pytest.mark.parametrize("value", ["NaN", "inf", "-1", "0"])
def test_a_number_that_is_none_is_told(understand: Understand, value: str) -> None:
    rows = [HEADER, ("Anna", None, f'<c s="1"><v>{value}</v></c>')]
    _, faults = understand(workbook(*rows))
    assert "roster-no-value" in {fault.code for fault in faults}


def shown(raw: bytes, style: int, *, since_1904: bool = False) -> bytes:
    """Return a workbook that shows its second style as one of the styles that all programs know."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b'numFmtId="14"', f'numFmtId="{style}"'.encode())
            if since_1904:
                content = content.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
            new.writestr(entry.filename, content)
    return stream.getvalue()


# ECMA-376, part 1, 18.8.30: a day, hours of a day, both, hours without end, minutes.
@pytest.mark.parametrize("style", [14, 20, 22, 46, 47])
@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1e15", "1000000000000000"),
        ("1000000000", "1000000000"),
        ("-1e12", "-1000000000000"),
        ("1e300", "1e+300"),
        ("-1e300", "-1e+300"),
    ],
)
def test_a_number_that_is_far_from_a_day_is_read_as_a_number(
    understand: Understand,
    capfd: pytest.CaptureFixture[str],
    style: int,
    since_1904: bool,
    number: str,
    text: str,
) -> None:
    day = 46421 - 1462 * since_1904
    rows = [
        ("Name", "Team", "Role"),
        ("Anna", f"<c s='1'><f>A1+1</f><v>{number}</v></c>", f'<c s="1"><v>{day}</v></c>'),
    ]
    reading, faults = understand(shown(workbook(*rows), style, since_1904=since_1904))
    [anna] = reading.participants
    assert {fault.code for fault in faults} == {"roster-no-manager"}
    assert anna.team == text
    if style in (14, 22):
        assert anna.role == "2027-02-03"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("style", [14, 46])
@pytest.mark.parametrize("number", ["inf", "-inf", "1e999", "-1e999"])
def test_a_number_without_end_is_told(understand: Understand, style: int, number: str) -> None:
    rows = [HEADER, ("Anna", None, f'<c s="1"><v>{number}</v></c>')]
    _, faults = understand(shown(workbook(*rows), style))
    assert "roster-no-value" in {fault.code for fault in faults}


def test_what_the_library_gives_up_on_writes_nothing_to_the_terminal(
    understand: Understand, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = [HEADER, ("Anna", None, f'<c s="1" {" " * 300}><v>-1e300</v></c>')]
    assert only(understand(workbook(*rows))[1]).code == "roster-workbook"
    assert capfd.readouterr() == ("", "")
