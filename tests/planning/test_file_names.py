from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.tailoring.documents import file_name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Anna Berg", "anna-berg"),
        ("Zoë O'Hara", "zoë-o-hara"),
        ("Zoe\u0308 O'Hara", "zoë-o-hara"),
        ("Nguyễn Thị Hồng", "nguyễn-thị-hồng"),
        ("Ελένη Παπαδοπούλου", "ελένη-παπαδοπούλου"),
        ("ΓΕΏΡΓΙΟΣ Παπαδόπουλος", "γεώργιος-παπαδόπουλος"),
        ("محمد علي", "محمد-علي"),
        ("王小明", "王小明"),
        ("प्रिया शर्मा", "प्रिया-शर्मा"),
        ("Groß", "groß"),
        ("Dr. Bo Lindt, MBA", "dr-bo-lindt-mba"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("CON", "con"),
        ("?!", "blank"),
        ("", "blank"),
        ("x" * 200, "x" * 120),
        ("王" * 200, "王" * 40),
        ("x" * 119 + " y", "x" * 119),
    ],
)
def test_a_file_is_named_in_the_person_s_own_script(name: str, file: str) -> None:
    assert file_name(name) == file


@given(st.text())
@example("é" * 70)
@example("a" * 119 + "é")
def test_any_name_makes_a_name_that_file_systems_take(name: str) -> None:
    part = file_name(name)
    assert 0 < len(part.encode()) <= 120
    assert not {"/", "\\", "\0", ".", ":"} & set(part)
    assert not part.startswith("-")
    assert not part.endswith("-")
    assert part == unicodedata.normalize("NFC", part)
    assert Path("kit", f"{part}.pdf").parent == Path("kit")
