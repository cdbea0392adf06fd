"""A roster’s letters are read by rules, and what another program spoilt is told."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Severity
from workshop.tailoring.people.tables.encodings import decoded, repaired

_WESTERN = """
Müller|Jörg Müller|José|Ångström|GARCÍA|Øystein|Straße|Núñez Íñigo|Zoë|François|MÜLLER|Éric Lefèvre
Søren|naïve|Renée O’Neil|Peña|João|Brønnøysund|Çelik, Ünal|Équipe de vente|Ævar Þór|D’Angelo Ruíz
"""
_NAMES = [name for line in _WESTERN.split("\n") for name in line.split("|") if name]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
@pytest.mark.parametrize("name", _NAMES)
def test_older_encodings_are_told_apart_by_what_fits(name: str, encoding: str) -> None:
    try:
        raw = name.encode(encoding)
    except UnicodeEncodeError:
        return
    text = decoded(raw)
    assert text
    assert (text.text, text.encoding) == (
        name,
        {"cp1252": "Windows-1252", "mac-roman": "Mac Roman"}[encoding],
    )


def test_where_both_fit_it_is_windows() -> None:
    both = decoded("Hašek".encode("cp1252"))
    assert both
    assert both.text == "Hašek"


def test_names_in_an_older_encoding_are_shown(understand: Understand) -> None:
    rows = "name;email\nJörg Müller;\nAnna Berg;\nÉric Ávila;\n"
    _, faults = understand(rows.encode("cp1252"))
    [shown] = [fault for fault in faults if fault.code == "roster-encoding"]
    assert shown.severity is Severity.WARNING
    assert shown.message == (
        "The roster is in an older encoding, and was read as Windows-1252: "
        "look whether these names are right: “Jörg Müller” and “Éric Ávila”"
    )


@pytest.mark.parametrize("name", ["Müller", "Zoë O’Neil", "É", "à la Łódź", "李", "Ольга"])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
def test_what_utf_8_was_taken_for_is_read_again(name: str, encoding: str) -> None:
    try:
        garbled = name.encode().decode(encoding)
    except UnicodeDecodeError:
        return
    assert repaired(garbled) == name


@pytest.mark.parametrize("name", [*_NAMES, "ÅÄÖ", "王小明", "R&D", "AT&T; x", "Ольга", "“Kim” – a"])
def test_sound_texts_are_left_alone(name: str) -> None:
    assert repaired(name) is None


@pytest.mark.parametrize("column", ["name", "team", "manager"])
def test_a_spoilt_text_says_what_it_was(column: str, understand: Understand) -> None:
    cells = {"name": "Anna", "team": "Tax", "manager": "Inés", "manager_email": "i@example.com"}
    cells[column] = "MÃ¼ller"
    _, [fault] = understand(f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert (fault.code, fault.severity) == ("roster-mojibake", Severity.ERROR)
    assert fault.message == f"The {column} “MÃ¼ller” was probably “Müller”"


def test_spoilt_texts_are_told_once(understand: Understand) -> None:
    rows = "name,email\nMÃ¼ller,\nJÃ¶rg,\nZoe,\nM&uuml;ller,\n"
    _, [_, fault] = understand(rows)
    assert fault.message == (
        "The name “MÃ¼ller” was probably “Müller”; "
        "the same with “JÃ¶rg”, “M&uuml;ller”, in lines 3 and 5"
    )


@pytest.mark.parametrize("name", ["J?rg", "?sa Berg", "Zo\ufffd", "?????? ??"])
def test_lost_letters_are_told(name: str, understand: Understand) -> None:
    _, faults = understand(f"name,team\n{name},\n")
    [fault] = [fault for fault in faults if fault.severity is Severity.ERROR]
    assert fault.code in {"roster-lost-letters", "roster-no-letter"}


@pytest.mark.parametrize("name", ["J?drzejczak", "J\ufffdrg"])
def test_lost_letters_have_to_be_typed_again(name: str, understand: Understand) -> None:
    _, faults = understand(f"name,email\n{name},\n")
    [fault] = [fault for fault in faults if fault.code == "roster-lost-letters"]
    assert fault.hint
    assert fault.hint.startswith("Type it again")
