"""Names in any script: printed with the product's fonts, and copied out as they were written."""

from __future__ import annotations

import unicodedata

import page
import pytest

from tests.typesetting.conftest import Table, text_of_pdf

NAMES = {
    "Latin": "Zoë O’Hara-Łukasz Ðậng Ñandú",
    "Greek": "Ελένη Παπαδοπούλου",
    "polytonic Greek": "Ἑλένη Ὀδυσσεύς",
    "Cyrillic": "Юлія Ґалаґан",
    "Arabic": "فاطمة الزهراء",
    "Persian": "پژمان گلچین",
    "Hebrew": "נועה כהן־לוי",
    "Chinese": "王小明 劉德華",
    "Japanese": "さくら 田中 アキラ",
    "Korean": "김민수",
    "Devanagari": "आनंद गीता",
    "Thai": "สมชาย ใจดี",
}


def letters(text: str) -> str:
    """Return text without spaces and marks of direction, in one normal form."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(char for char in normal if unicodedata.category(char)[0] not in "ZC")


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_name_is_printed_and_extracted(table: Table, script: str, weight: str) -> None:
    name = NAMES[script]
    part = table.lay_out(f"<p style='font-weight: {weight}'>{name}</p>")
    assert not part.diagnostics
    assert letters(name) in letters(text_of_pdf(part.pdf))


@pytest.mark.parametrize("name", ["प्रिया शर्मा", "Ðậng X\u0328\u0301 ý̨", "ปู่ย่า", "فاطِمَة", "נֹעָה"])
def test_letters_drawn_by_several_glyphs_keep_pdf_ua_1(table: Table, name: str) -> None:
    part = table.lay_out(f"<p>{name}</p>")
    report = page.validate_pdf_bytes(part.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures


def test_all_scripts_stand_on_one_page(table: Table) -> None:
    part = table.lay_out("".join(f"<p>{name}</p>" for name in NAMES.values()), "p { margin: 0 }")
    text = letters(text_of_pdf(part.pdf))
    assert [script for script, name in NAMES.items() if letters(name) not in text] == []
