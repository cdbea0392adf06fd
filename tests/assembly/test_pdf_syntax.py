"""What is written as PDF is read as what it was."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Object, Pdf

from tests.assembly.reading import syntax_faults_of
from workshop.assembly.pdf_syntax import HEADER, addition, number, reference, stream, string

PAGES = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> >>"


@given(st.text())
def test_any_text_is_read_as_it_was(text: str) -> None:
    assert str(Object.parse(string(text))) == text


@pytest.mark.parametrize(
    "text", ["a)b(c\\", "(((", "\\)", "", "line\nbreak", "Łódź", "𓀀", "<script>"]
)
def test_texts_that_look_like_syntax_are_read_as_they_were(text: str) -> None:
    assert str(Object.parse(string(text))) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, b"0"), (12, b"12"), (100, b"100"), (0.5, b"0.5"), (-3.25, b"-3.25"), (1 / 3, b"0.333")],
)
def test_a_number_is_as_short_as_it_can_be(value: float, written: bytes) -> None:
    assert number(value) == written


@given(st.floats(-1e6, 1e6))
def test_a_number_is_read_to_the_thousandth(value: float) -> None:
    assert float(Object.parse(number(value))) == pytest.approx(value, abs=0.0006)


def small_file() -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Said %b >>" % string("once"),
        2: PAGES,
        3: stream(b"/Kind /Old", b"old " * 50),
        4: PAGE,
    }
    return HEADER + addition(len(HEADER), objects, 5, b"/Root 1 0 R", None)


def test_a_file_that_begins_with_its_header_is_whole() -> None:
    data = small_file()
    assert syntax_faults_of(data) == []
    with Pdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Said) == "once"
        assert pdf.get_object(3, 0).read_bytes() == b"old " * 50


def test_a_stream_is_smaller_only_where_it_is_to_be_compressed() -> None:
    data = b"old " * 50
    assert len(stream(b"", data)) < len(data) < len(stream(b"", data, compress=False))


def test_an_update_adds_and_replaces_and_leaves_the_rest() -> None:
    first = small_file()
    previous = int(first[first.rindex(b"startxref") :].split()[1])
    changes = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Said %b /New %b >>" % (string("twice"), reference(7)),
        7: stream(b"/Kind /New", b"new", compress=False),
    }
    second = first + addition(len(first), changes, 8, b"/Root 1 0 R", previous)
    assert second.startswith(first)
    assert syntax_faults_of(second) == []
    with Pdf.open(BytesIO(second)) as pdf:
        assert str(pdf.Root.Said) == "twice"
        assert pdf.Root.New.read_bytes() == b"new"
        assert pdf.get_object(3, 0).Kind == pikepdf.Name.Old
