"""Words in lines: how they are measured, broken and set smaller."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.composing.diagrams.fit_lines import fit_lines
from workshop.composing.diagrams.letter_widths import LetterWidths
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import HEADINGS, TEXT, Typefaces, families

WIDTHS = LetterWidths(Typefaces(TEXT, HEADINGS, ()), Memory())


def half_em(text: str, _face: str, size: float) -> float:
    return len(text) * size / 2


def lines(text: str, width: float, height: float = 100, size: float = 2) -> tuple[str, ...]:
    [words], _ = fit_lines([text], width, height, size, 1, "text", half_em)
    return words.lines


def test_words_break_at_spaces_into_lines_as_even_as_can_be() -> None:
    assert lines("put one open question and wait", 20) == ("put one open", "question and wait")
    assert lines("one", 20) == ("one",)
    assert lines("", 20) == ()


def test_words_that_are_kept_together_stay_so() -> None:
    assert lines("day\N{NO-BREAK SPACE}30 and on", 8) == ("day\N{NO-BREAK SPACE}30", "and on")


def test_all_texts_of_a_row_have_the_size_of_the_one_that_needs_it_smallest() -> None:
    rows, is_large_enough = fit_lines(["ask", "acknowledge"], 9, 10, 2, 1, "text", half_em)
    assert rows[0].size == rows[1].size < 2
    assert rows[1].width <= 9
    assert is_large_enough


def test_below_the_least_size_words_are_told_and_still_fit() -> None:
    rows, is_large_enough = fit_lines(["acknowledgement"], 5, 10, 2, 1, "text", half_em)
    assert not is_large_enough
    assert rows[0].width <= 5


def test_what_can_never_fit_is_set_all_the_same() -> None:
    rows, is_large_enough = fit_lines(["x" * 500], 5, 10, 2, 1, "text", half_em)
    assert not is_large_enough
    assert rows[0].lines == ("x" * 500,)


@pytest.mark.parametrize(("size", "least"), [(2, 0), (2, 1e-300), (0, 0)])
def test_a_box_without_room_does_not_take_for_ever(size: float, least: float) -> None:
    rows, _ = fit_lines(["one", "two words"], 10, -5, size, least, "text", half_em)
    assert [" ".join(row.lines) for row in rows] == ["one", "two words"]


@pytest.mark.parametrize("face", ["text", "bold", "headings"])
def test_letters_have_the_widths_of_the_typeface(face: str) -> None:
    assert WIDTHS.width("iiii", face, 10) < WIDTHS.width("mmmm", face, 10) / 2
    assert WIDTHS.width("mm", face, 10) == pytest.approx(2 * WIDTHS.width("m", face, 10))


def test_letters_that_a_typeface_lacks_have_a_width_too() -> None:
    assert WIDTHS.width("問", "text", 10) > WIDTHS.width("ש", "text", 10) > 0
    assert WIDTHS.width("\N{COMBINING ACUTE ACCENT}", "text", 10) < 6


def test_a_font_that_cannot_be_read_is_measured_as_the_usual(tmp_path: Path) -> None:
    broken = tmp_path / "Broken-Regular.ttf"
    broken.write_bytes(b"no font")
    faces, memory = Typefaces("Broken", HEADINGS, (broken,)), Memory()
    before = LetterWidths(faces, memory).width("mm", "text", 10)
    assert before > 0
    whole = next(families()[TEXT].rglob("*-Bold.*tf"))
    broken.write_bytes(whole.read_bytes())
    assert LetterWidths(faces, memory).width("mm", "text", 10) != before, "it is read anew"
