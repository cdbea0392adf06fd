"""A copy is the shared document and what is somebody's own, printed as if it had been laid out."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from tests.assembly.comparing import Pair, differences, pages_apart
from tests.assembly.pages import Book, Whole, bind, front, slot
from tests.assembly.reading import Reading, faults_of
from tests.raw_pdf import everything_in, spellings
from tests.slow_way import SlowWay
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy
from workshop.composing.pages.late_colours import STAND_INS
from workshop.diagnostics import Severity

NAMES = {
    "latin": "Maria Fernanda Vasconcelos",
    "accents": "Nguyễn Thị Hồng-Łukaszewicz",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Ярослав Ґонта",
    "arabic": "محمد الأمين",
    "hebrew": "שרה כהן",
    "chinese": "王小明",
    "japanese": "さくら カタヤマ 佐藤",
    "korean": "김민준",
    "thai": "สมชาย ใจดี",
    "mixed": "Anna 王 (كريم)",
    "markup": "<script>alert('x')</script>",
    "syntax": "(a)) \\n [b] <</C>> %d",
    "entities": "A &amp; B &lt;",
    "quotes": "“Bo” 'O’Hara' \"x\"",
    "spaces": "  two  spaces\tand\na break ",
}
# What several glyphs draw: WeasyPrint maps one of them to the letters and the others to nothing.
COMPLEX = {"devanagari": "क्षितिज श्रीवास्तव", "points": "שָׂרָה"}
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 6
CSS = """
.slot-big { width: 70mm; height: 14mm; font: 700 20pt/1.1 "EB Garamond", "Noto Sans" }
.slot-foot { width: 30mm; height: 2lh; font-size: 8pt; white-space: normal; text-align: center }
.slot-right { width: 60mm; text-align: right; color: #900; letter-spacing: 0.05em }
"""


def letter() -> Book:
    """Return a page with a name in it."""
    return bind(f"<p>Dear {slot('name')}</p>", f"<p>For {slot('name')}</p>")


def label() -> Book:
    """Return a page with nothing but a name: PDFium puts lines of two directions in order."""
    return bind(f"<p>{slot('name')}</p>")


def both_ways(book: Book, name: str) -> Pair:
    """Return a copy as it is made, and as it is laid out whole."""
    slow = SlowWay(book.composition, {"name": name}, {}).pdf()
    return Pair("book", book.copy(name=name), Reading(slow))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_prints_and_reads_as_in_one_layout_of_the_whole(name: str, tmp_path: Path) -> None:
    pair = both_ways(label(), name)
    assert list(differences(pair, tmp_path)) == []
    assert faults_of(pair.fast.data) == []
    assert str(pair.fast.pdf.docinfo.Title) == f"A book – {name}"


@pytest.mark.parametrize("name", COMPLEX.values(), ids=COMPLEX.keys())
def test_a_name_of_several_glyphs_a_letter_prints_alike_and_is_sound(
    name: str, tmp_path: Path
) -> None:
    pair = both_ways(label(), name)
    assert list(pages_apart(pair, tmp_path)) == []
    [read] = pair.fast.texts()
    assert set(read) <= {*name, " ", "\u2060"}
    assert faults_of(pair.fast.data) == []


def everywhere() -> Book:
    """Return pages on which one text stands in boxes of all kinds."""
    return bind(
        "".join(f"<p>{slot('name').replace('slot-name', f'slot-{kind}')}</p>" for kind in KINDS),
        f"<p>{slot('name')}</p>",
        css=CSS,
    )


KINDS = ("big", "foot", "right")


@pytest.mark.parametrize("name", ["Ann", NAMES["latin"], NAMES["greek"], NAMES["arabic"]])
def test_a_text_stands_in_boxes_of_several_sizes(name: str, tmp_path: Path) -> None:
    assert list(differences(both_ways(everywhere(), name), tmp_path)) == []


def test_a_text_too_large_is_set_smaller_in_the_box_that_asks_for_it(tmp_path: Path) -> None:
    name = "Maria Fernanda Vasconcelos de Albuquerque"
    book = bind(f"<p>{slot('name', smallest=0.5)}</p>", css=".slot { width: 40mm }")
    pair = both_ways(book, name)
    assert list(differences(pair, tmp_path)) == []
    assert pair.fast.texts() == [name]


def test_a_text_that_does_not_fit_is_told_of_its_copy_alone() -> None:
    short, long = letter().stamped({"name": "Ann"}, {"name": LONG})
    assert short.diagnostics == ()
    [fault] = long.diagnostics
    assert fault.code == "slot-too-small"
    assert fault.severity is Severity.WARNING
    assert LONG in fault.message
    # Printed all the same, and sound.
    assert LONG.split()[0] in Reading(long.pdf).texts()[0]
    assert faults_of(long.pdf) == []


def test_a_letter_that_no_font_has_is_told_of_its_copy_alone() -> None:
    plain, strange, latin = letter().stamped({"name": "Ann"}, {"name": "𓀀"}, {"name": "Bo"})
    assert plain.diagnostics == latin.diagnostics == ()
    [fault] = strange.diagnostics
    assert fault.code == "missing-glyph"
    assert "U+13000" in fault.message


def test_copies_are_the_same_alone_and_among_others() -> None:
    # What stands beside a letter decides its font where many fonts have it.
    names = ["Ann", "(1) –", NAMES["chinese"], "“2”", NAMES["arabic"], "!?", LONG, "", "3"]
    texts = [{"name": name} for name in names]
    alone = [copy for text in texts for copy in letter().stamped(text)]
    assert letter().stamped(*texts) == alone
    assert letter().stamped(*reversed(texts)) == alone[::-1]


@pytest.mark.parametrize("end", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\r\n"])
def test_what_ends_a_line_is_a_space_in_a_name(end: str) -> None:
    copies = label().stamped({"name": "Ann"}, {"name": f"Bo{end}Li"}, {"name": f"{end}Cy{end}"})
    assert [copy.diagnostics for copy in copies] == [()] * 3
    assert [Reading(copy.pdf).texts() for copy in copies] == [["Ann"], ["Bo Li"], ["Cy"]]


def test_a_copy_begins_with_what_all_copies_share() -> None:
    book = letter()
    for copy in book.stamped({"name": "Ann"}, {"name": NAMES["thai"]}):
        assert copy.pdf.startswith(book.linked.pdf)
        assert len(copy.pdf) < len(book.linked.pdf) + 12_000


def test_nothing_of_one_copy_is_in_another() -> None:
    names = ["Zebulon", "Quirin Ξενοφών", "佐藤"]
    for name, copy in zip(
        names, letter().stamped(*({"name": name} for name in names)), strict=True
    ):
        held = everything_in(copy.pdf)
        for any_name in names:
            ways = [way for way in spellings(any_name) if way in held]
            assert bool(ways) == (any_name == name), any_name


def letters_of(copy: Whole, document: int) -> set[str]:
    """Return what the fonts can show that a copy adds to a document of so many bytes."""
    shown: set[str] = set()
    reading = Reading(copy.pdf)
    added = {int(number) for number in re.findall(rb"(?m)^(\d+) 0 obj", copy.pdf[document:])}
    for number in added:
        entry = reading.pdf.get_object(number, 0)
        if isinstance(entry, pikepdf.Dictionary) and "/ToUnicode" in entry:
            pairs = re.findall(
                rb"(?m)^<(?!0000)[0-9a-f]{4}> <([0-9a-f]+)>$", entry.ToUnicode.read_bytes()
            )
            shown |= set(
                "".join(bytes.fromhex(digits.decode()).decode("utf-16-be") for digits in pairs)
            )
    return shown


def test_a_copy_brings_the_letters_that_its_document_lacks_and_no_others() -> None:
    book = letter()
    plain, greek, chinese = book.stamped({"name": "Ann"}, {"name": "Ξένη"}, {"name": "王小明"})
    size = len(book.linked.pdf)
    assert letters_of(plain, size) == set()
    assert letters_of(greek, size) == set("Ξένη")
    assert letters_of(chinese, size) == set("王小明")


def test_a_name_with_a_letter_of_its_own_next_to_common_ones_reads_as_one() -> None:
    [copy] = letter().stamped({"name": "Ann Ξένη Łódź"})
    assert Reading(copy.pdf).texts() == ["Dear Ann Ξένη Łódź", "For Ann Ξένη Łódź"]


def test_a_text_names_its_fonts_otherwise_than_the_page_does() -> None:
    # pdf.js takes a font of the name that stood before a form for the same one.
    copy = letter().copy(name="Ann Ξένη")
    resources = copy.pdf.pages[0].obj.Resources
    [form] = (form for key, form in resources.XObject.items() if key.startswith("/slot"))
    assert len(form.Resources.Font) > 0
    assert set(form.Resources.Font.keys()).isdisjoint(resources.Font.keys())


def test_a_copy_has_a_title_and_a_number_of_its_own() -> None:
    book = letter()
    ann, bo = (Reading(copy.pdf) for copy in book.stamped({"name": "Ann"}, {"name": "Bo & <Co>"}))
    assert str(ann.pdf.docinfo.Title) == "A book – Ann"
    assert str(ann.pdf.docinfo.Author) == "Test Client"
    for reading in (ann, bo):
        with reading.pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(reading.pdf.docinfo.Title)
            assert metadata["pdfuaid:part"] == "1"
    firsts, seconds = zip(
        *(map(bytes, reading.pdf.trailer.ID) for reading in (ann, bo)), strict=True
    )
    assert set(firsts) == {book.linked.identifier}
    assert len(set(seconds)) == 2
    assert b"Ann" not in everything_in(bo.data)


def test_a_copy_keeps_its_document_s_date() -> None:
    book = bind(f"<p>{slot('name')}</p>", front=front(created="2027-02-11T09:30:00Z"))
    copy = book.copy(name="Ann")
    assert str(copy.pdf.docinfo.CreationDate) == "D:20270211093000Z"
    assert faults_of(copy.data) == []


def test_a_copy_for_nobody_has_its_boxes_empty() -> None:
    copy = letter().copy(name="")
    assert copy.texts() == ["Dear", "For"]
    assert faults_of(copy.data) == []


def test_a_text_that_is_not_given_leaves_its_box_empty() -> None:
    book = bind(f"<p>{slot('name')} {slot('team')}</p>")
    assert book.copy(name="Ann").texts() == ["Ann"]


def test_copies_of_a_document_without_slots_are_alike() -> None:
    book = bind("<p>Text</p>")
    copies = stamp(
        book.linked, [Copy("A book", STAND_INS, {}), Copy("A book", STAND_INS, {})], book.jobs[0]
    )
    assert len({copy.update for copy in copies}) == 1


def test_a_title_alone_makes_a_copy() -> None:
    copy = bind("<p>Text</p>").copy(name="Ann")
    assert str(copy.pdf.docinfo.Title) == "A book – Ann"
    assert copy.texts() == ["Text"]
    assert faults_of(copy.data) == []
