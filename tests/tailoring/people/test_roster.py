import csv
import errno
import io
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.diagnostics import Diagnostic, Report, Severity
from workshop.tailoring.people.read_roster import read_roster
from workshop.tailoring.people.roster import Managed, Participant, Person, Roster

SEGMENTS = ("high-flier", "stalled-manager", "solid-performer", "demotivated")
HEADER = "name,email,team,role,segment,manager,manager_email\n"
INES = "Inés Ruiz,ines@example.com"
ANNA = f"Anna Berg,anna@example.com,Tax,Partner,high-flier,{INES}\n"
SOUND = HEADER + ANNA


def read(folder: Path, content: str | bytes) -> tuple[Roster | None, list[Diagnostic]]:
    path = folder / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = Report()
    roster = read_roster(path, SEGMENTS, report)
    assert (roster is None) == bool(report.errors)
    assert all(fault.location and fault.location.path == path for fault in report)
    return roster, report.diagnostics


def accepted(folder: Path, content: str | bytes) -> Roster:
    roster, diagnostics = read(folder, content)
    assert diagnostics == []
    assert roster is not None
    return roster


def fault(folder: Path, content: str | bytes) -> Diagnostic:
    _, [diagnostics] = read(folder, content)
    return diagnostics


def line(diagnostic: Diagnostic) -> int | None:
    assert diagnostic.location is not None
    return diagnostic.location.line


def row(**cells: str) -> str:
    """Write Anna's row with other cells in quotes."""
    named = dict(zip(HEADER.strip().split(","), ANNA.strip().split(","), strict=True)) | cells
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(named.values())
    return stream.getvalue()


def test_a_row_becomes_a_participant(tmp_path: Path) -> None:
    assert accepted(tmp_path, SOUND).participants == (
        Participant(
            number=1,
            name="Anna Berg",
            email="anna@example.com",
            team="Tax",
            role="Partner",
            segment="high-flier",
            manager=Person("Inés Ruiz", "ines@example.com"),
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        SOUND.encode("utf-8-sig"),
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("\n", "\r"),
        SOUND.rstrip("\n"),
        SOUND.replace(",", ";"),
        SOUND.replace(",", "\t"),
        SOUND.replace(",", "|"),
        "sep=;\n" + SOUND.replace(",", ";"),
        '"sep=|"\r\n' + SOUND.replace(",", "|"),
        SOUND.encode("utf-16"),
        SOUND.encode("utf-16-le"),
        SOUND.encode("utf-16-be"),
        SOUND.encode("utf-32"),
        "Autumn, all sites\n\n" + SOUND.replace(",", ";"),
        ("," + SOUND.replace("\n", "\n,")).rstrip(","),
        SOUND.replace(",", " , "),
        SOUND.replace("\n", ",,,\n"),
        "\n\n" + SOUND.replace("\n", "\n\n  \n,,,,,,\n"),
        SOUND.replace("manager_email", "Manager  Email"),
        SOUND.replace("name,", " NAME ,", 1),
        '"' + SOUND.strip().replace(",", '","').replace("\n", '"\n"') + '"',
        '"' + SOUND.strip().replace(",", '", "').replace("\n", '"\n"') + '"',
    ],
)
def test_every_usual_way_to_save_a_csv_reads_the_same(content: str | bytes, tmp_path: Path) -> None:
    assert accepted(tmp_path, content) == accepted(tmp_path, SOUND)


def test_the_header_alone_tells_the_delimiter(tmp_path: Path) -> None:
    content = "name;team;role\n" + 'Anna;"a;b";x,y,z,w,v,u\n'
    roster, _ = read(tmp_path, content)
    assert roster is not None
    [anna] = roster.participants
    assert (anna.team, anna.role) == ("a;b", "x,y,z,w,v,u")


def test_columns_may_stand_in_any_order_and_all_but_the_name_may_lack(tmp_path: Path) -> None:
    roster, [warning] = read(tmp_path, "role,name\nPartner,Anna Berg\n")
    assert roster == Roster((Participant(1, "Anna Berg", None, "", "Partner", None, None),))
    assert (warning.code, warning.severity) == ("roster-no-manager", Severity.WARNING)
    assert line(warning) == 1
    assert "there will be no manager briefings" in warning.message


def test_empty_cells_are_nothing(tmp_path: Path) -> None:
    [anna] = accepted(tmp_path, HEADER + row(email="", team=" ", segment="")).participants
    assert (anna.email, anna.team, anna.segment) == (None, "", None)


@pytest.mark.parametrize(
    "name",
    [
        "Berg, PhD",
        'Anna "Annie" Berg',
        "<script>alert(1)</script>",
        "+49 Anna",
        "-Anna",
        "@anna",
        "{{ client.name }} ::: **x**",
        "أمينة بن علي",
        "נועה לוי",
        "王小明",
        "สมชาย ใจดี",
        "علی\u200cرضا",
        "Ọlábísí 👩\u200d🏫",
        "x" * 120,
        "x" * 200,
    ],
)
def test_names_are_kept_exactly(name: str, tmp_path: Path) -> None:
    normalized = unicodedata.normalize("NFC", name)
    assert accepted(tmp_path, HEADER + row(name=name)).participants[0].name == normalized


def test_names_are_composed_and_their_spaces_collapsed(tmp_path: Path) -> None:
    roster = accepted(tmp_path, HEADER + row(name="  Zoe\u0308 \u00a0 van  Dyk "))
    assert roster.participants[0].name == "Zoë van Dyk"


@pytest.mark.parametrize(
    ("bad", "described"),
    [
        ("\n", "U+000A, a line break or control character"),
        ("\r\n", "U+000D"),
        ("\t", "U+0009"),
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\u202e", "U+202E, RIGHT-TO-LEFT OVERRIDE"),
        ("\u202a", "U+202A"),
        ("\u2066", "U+2066"),
        ("\u2069", "U+2069"),
        ("\u200b", "U+200B, ZERO WIDTH SPACE"),
        ("\u2028", "U+2028, LINE SEPARATOR"),
        ("\ufeff", "U+FEFF"),
    ],
)
@pytest.mark.parametrize("column", ["name", "team", "role", "manager"])
def test_a_character_that_cannot_be_printed_is_an_error(
    column: str, bad: str, described: str, tmp_path: Path
) -> None:
    diagnostic = fault(tmp_path, HEADER + row(**{column: f"An{bad}na"}))
    assert (diagnostic.code, line(diagnostic)) == ("roster-character", 2)
    assert diagnostic.message.startswith(f"The {column} holds {described}")
    assert bad not in diagnostic.message


def test_a_name_of_more_than_200_characters(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(name="x" * 201))
    assert diagnostic.code == "roster-too-long"
    assert diagnostic.message == "The name has 201 characters; there may be 200"


def test_a_row_without_a_name(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(name=" "))
    assert (diagnostic.code, line(diagnostic)) == ("roster-name-missing", 2)


def test_lines_are_those_of_the_file_after_cells_of_several_lines(tmp_path: Path) -> None:
    content = HEADER + "\n" + row(name="An\nna") + "\r\n" + row(segment="x", email="")
    _, diagnostic = read(tmp_path, content)
    assert [(each.code, line(each)) for each in diagnostic] == [
        ("roster-character", 3),
        ("roster-segment", 6),
    ]


def test_the_domain_of_an_email_is_normalised_the_rest_kept(tmp_path: Path) -> None:
    roster = accepted(tmp_path, HEADER + row(email=" Anna.Berg+x@EXAMPLE.Org "))
    assert roster.participants[0].email == "Anna.Berg+x@example.org"


@pytest.mark.parametrize(
    "email", ["anna", "anna@", "a@b@c.de", "a b@c.de", "Anna <a@b.de>", "a@b.de, c@d.de", "a@\x1b"]
)
@pytest.mark.parametrize("column", ["email", "manager_email"])
def test_a_malformed_email_is_an_error(column: str, email: str, tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(**{column: email}))
    assert (diagnostic.code, line(diagnostic)) == ("roster-email", 2)
    assert diagnostic.message == f"“{email}” is not an e-mail address".replace("\x1b", "\ufffd")
    assert diagnostic.hint


def test_an_email_given_twice_names_the_first_line(tmp_path: Path) -> None:
    content = (
        HEADER + row() + row(name="Ben", email="") + row(name="Cleo", email="ANNA@example.com")
    )
    diagnostic = fault(tmp_path, content)
    assert (diagnostic.code, line(diagnostic)) == ("roster-email-twice", 4)
    assert diagnostic.message == "The e-mail ANNA@example.com is in line 2 already"


def test_two_people_of_two_teams_may_share_a_name_when_both_have_an_email(tmp_path: Path) -> None:
    assert (
        len(
            accepted(tmp_path, HEADER + row() + row(email="b@example.com", team="Law")).participants
        )
        == 2
    )


@pytest.mark.parametrize("emails", [("", ""), ("a@example.com", ""), ("", "a@example.com")])
def test_a_name_given_twice_without_emails_is_a_warning(
    emails: tuple[str, str], tmp_path: Path
) -> None:
    first, second = emails
    content = HEADER + row(email=first) + row(email=second, name="ANNA  berg")
    diagnostic = fault(tmp_path, content)
    assert (diagnostic.code, diagnostic.severity) == ("roster-name-twice", Severity.WARNING)
    assert line(diagnostic) == 3
    assert diagnostic.message == "“ANNA berg” is in line 2 already"


def test_an_unknown_segment_names_the_nearest(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(segment="High-Flown"))
    assert (diagnostic.code, line(diagnostic)) == ("roster-segment", 2)
    assert diagnostic.message == "Unknown segment “High-Flown”"
    assert diagnostic.hint == "Did you mean “high-flier”?"


def test_no_manager_is_a_warning(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(manager="", manager_email=""))
    assert (diagnostic.code, diagnostic.severity) == ("roster-no-manager", Severity.WARNING)
    assert diagnostic.message == "No manager is given: no briefing will name this person"


def test_people_without_managers_are_told_of_together(tmp_path: Path) -> None:
    without = [row(name=f"P{n}", email="", manager="", manager_email="") for n in range(6)]
    with_one = row(name="Q", email="")
    content = HEADER + "".join([*without[:1], with_one, *without[1:4], with_one, *without[4:]])
    diagnostic = fault(tmp_path, content.replace(with_one, row(name="R", email=""), 1))
    assert (diagnostic.code, line(diagnostic)) == ("roster-no-manager", 2)
    assert diagnostic.message == (
        "No manager is given in lines 2, 4 to 6 and 8 to 9: no briefing will name these people"
    )


def test_one_manager_email_with_two_names_is_an_error(tmp_path: Path) -> None:
    other = row(name="Ben", email="", manager="Ines Ruiz", manager_email="INES@example.com")
    diagnostic = fault(tmp_path, HEADER + row() + other)
    assert (diagnostic.code, line(diagnostic)) == ("roster-manager-names", 3)
    assert diagnostic.message == (
        "The manager ines@example.com is “Ines Ruiz” here and “Inés Ruiz” in line 2"
    )


def test_being_ones_own_manager_is_a_warning(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, HEADER + row(email="Ines@example.com"))
    assert (diagnostic.code, diagnostic.severity) == ("roster-own-manager", Severity.WARNING)
    assert diagnostic.message == "“Anna Berg” is given as their own manager"


def test_managers_are_one_by_email_in_order_of_appearance(tmp_path: Path) -> None:
    roster = accepted(
        tmp_path,
        HEADER
        + row()
        + row(name="Ben", email="", manager="Omar", manager_email="omar@example.com")
        + row(name="Cleo", email="", manager_email="INES@Example.com"),
    )
    anna, ben, cleo = roster.participants
    assert [person.number for person in roster.participants] == [1, 2, 3]
    assert roster.managers() == (
        Managed(Person("Inés Ruiz", "ines@example.com"), (anna, cleo)),
        Managed(Person("Omar", "omar@example.com"), (ben,)),
    )


def test_people_without_a_manager_are_in_no_team() -> None:
    assert Roster((Participant(1, "Anna", None, "", "", None, None),)).managers() == ()


@pytest.mark.parametrize(
    ("header", "code", "hint"),
    [
        ("full nmae,email", "roster-column-unknown", "Did you mean “name”?"),
        ("email,fist name", "roster-column-unknown", "Did you mean “first_name”?"),
        ("name,email, Email", "roster-column-twice", None),
        ("team,role", "roster-column-missing", "Begin the file with the line: name,email,"),
        ("Anna,Partner", "roster-header", "Begin the file with the line: name,email,team,role,"),
        ("Ward|Site", "roster-header", "Begin the file with the line: name|email|team|role|"),
    ],
)
def test_a_wrong_header_is_an_error(
    header: str, code: str, hint: str | None, tmp_path: Path
) -> None:
    cells = ",".join("" for _ in header.split(","))
    _, diagnostics = read(tmp_path, f"{header}\nAnna{cells}\n")
    [diagnostic] = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert (diagnostic.code, line(diagnostic)) == (code, 1)
    assert (diagnostic.hint or "").startswith(hint or "")
    assert (diagnostic.hint is None) == (hint is None)


def test_a_wrong_column_does_not_hide_the_faults_below(tmp_path: Path) -> None:
    _, diagnostic = read(tmp_path, "name,emial,segment\nAnna,x,high-flown\n")
    assert [(each.code, line(each)) for each in diagnostic] == [
        ("roster-column-unknown", 1),
        ("roster-no-manager", 1),
        ("roster-segment", 2),
    ]


@pytest.mark.parametrize(("change", "cells"), [(",x\n", 8), ("\n", 6)])
def test_a_row_with_cells_too_many_or_too_few(change: str, cells: int, tmp_path: Path) -> None:
    anna = ANNA.strip() if cells == 8 else ANNA.rpartition(",")[0]
    diagnostic = fault(tmp_path, HEADER + anna + change)
    assert (diagnostic.code, line(diagnostic)) == ("roster-cells", 2)
    assert diagnostic.message == f"The header has 7 cells, this row {cells}"


def test_quotes_that_do_not_pair_up_hide_no_later_row(tmp_path: Path) -> None:
    broken = '"Anna" Berg,,,,,,\n'
    _, diagnostic = read(tmp_path, HEADER + broken + row(segment="x") + '"Ben,,,,\n')
    assert [(each.code, line(each)) for each in diagnostic] == [
        ("roster-quotes", 2),
        ("roster-segment", 3),
    ]
    assert diagnostic[0].message.endswith("; the same in line 4")


def test_a_quote_left_open_in_the_header_is_one_fault(tmp_path: Path) -> None:
    assert fault(tmp_path, '"name,email\nAnna,\n').code == "roster-quotes"


def test_a_cell_beyond_the_limit_of_csv(tmp_path: Path) -> None:
    _, [diagnostic, *_] = read(tmp_path, HEADER + '"' + "x\n" * 80_000 + '",,,,,,\n')
    assert (diagnostic.code, line(diagnostic)) == ("roster-quotes", 2)
    assert "a cell is far too long" in diagnostic.message


@pytest.mark.parametrize("content", [HEADER + "x" * 200_000 + ",,,,,,\n", HEADER + "," * 200_000])
def test_a_line_longer_than_any_of_a_roster(content: str, tmp_path: Path) -> None:
    _, diagnostics = read(tmp_path, content)
    [diagnostic] = [each for each in diagnostics if each.code == "roster-line"]
    assert line(diagnostic) == 2
    assert "characters; there may be 100,000" in diagnostic.message


def test_a_header_of_many_columns_is_one_fault(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(10_000))
    diagnostic = fault(tmp_path, f"name,{header}\nAnna\n")
    assert (diagnostic.code, line(diagnostic)) == ("roster-columns", 1)
    assert diagnostic.message == "The header has 10,001 columns; there may be 200"


@pytest.mark.slow
def test_more_rows_than_a_roster_may_have_are_one_fault(tmp_path: Path) -> None:
    _, diagnostics = read(tmp_path, "name\n" + "Anna Berg\n" * 20_001)
    [diagnostic] = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert (diagnostic.code, line(diagnostic)) == ("roster-too-many", 20_002)
    assert diagnostic.message == "The roster has more than 20,000 rows"


def test_empty_rows_do_not_count(tmp_path: Path) -> None:
    roster, _ = read(tmp_path, "name,team\nAnna Berg,\n" + ",\n" * 30_000)
    assert roster is not None
    assert len(roster.participants) == 1


def test_rows_of_the_same_fault_are_told_once(tmp_path: Path) -> None:
    content = HEADER + row(name="", email="") + row() + row(name="", email="") * 3
    diagnostic = fault(tmp_path, content)
    assert (diagnostic.code, line(diagnostic)) == ("roster-name-missing", 2)
    assert diagnostic.message == "This row has no name; the same in lines 4 to 6"


def test_faults_of_one_kind_are_told_once_with_their_rows(tmp_path: Path) -> None:
    rows = "".join(f"P{chr(97 + n % 26)},{n}@\n" for n in range(500))
    _, diagnostics = read(tmp_path, "name,email\n" + rows)
    [message] = [each.message for each in diagnostics if each.code == "roster-email"]
    assert message == (
        "“0@” is not an e-mail address; "
        "the same with “1@”, “2@”, “3@” and 496 more, in lines 3 to 501"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "There is nobody in the roster"),
        (b"\xef\xbb\xbf", "There is nobody in the roster"),
        (b"\r\n ,,\r\n", "There is nobody in the roster"),
        (HEADER.encode(), "There is nobody in the roster: it has a header only"),
        (HEADER.encode() + b"\n,,,,,,\n", "There is nobody in the roster: it has a header only"),
    ],
)
def test_a_roster_of_nobody(content: bytes, message: str, tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, content)
    assert (diagnostic.code, diagnostic.message) == ("roster-empty", message)
    assert line(diagnostic) == 1
    begin = f"Begin the file with the line: {HEADER.strip()}"
    below = "Write a row for each person below it."
    assert diagnostic.hint == (below if "header" in message else begin)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (SOUND.encode("utf-16") + b"x", "UTF-16"),
        (SOUND.encode("utf-8-sig") + b"\xfc", "UTF-8"),
        (SOUND.encode("utf-32") + b"x", "UTF-32"),
    ],
)
def test_half_a_letter_of_unicode_says_how_to_save(tmp_path: Path, raw: bytes, said: str) -> None:
    diagnostic = fault(tmp_path, raw)
    assert diagnostic.code == "roster-encoding"
    assert f"as a text in {said}," in diagnostic.message
    assert "“CSV UTF-8”" in str(diagnostic.hint)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_spreadsheet_that_cannot_be_read_says_how_to_save(start: bytes, tmp_path: Path) -> None:
    diagnostic = fault(tmp_path, start + b"\0" * 50)
    assert diagnostic.code == "roster-workbook"
    assert "“CSV UTF-8”" in str(diagnostic.hint)


def test_a_missing_roster_names_the_nearest_file(tmp_path: Path) -> None:
    (tmp_path / "spring.csv").touch()
    report = Report()
    assert read_roster(tmp_path / "sprong.csv", SEGMENTS, report) is None
    [diagnostic] = report
    assert diagnostic.code == "roster-missing"
    assert diagnostic.hint == "Did you mean “spring.csv”?"


@pytest.mark.parametrize("name", [".", "x" * 300, "a\0b.csv", "missing/roster.csv"])
def test_a_path_that_is_no_file_is_a_fault(name: str, tmp_path: Path) -> None:
    report = Report()
    assert read_roster(tmp_path / name, SEGMENTS, report) is None
    [diagnostic] = report
    assert diagnostic.code in {"roster-missing", "roster-unreadable"}


def test_an_unreadable_roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path, _flags: int) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    path = tmp_path / "roster.csv"
    path.write_text(SOUND, encoding="utf-8")
    monkeypatch.setattr("workshop.user_files.os.open", refuse)
    report = Report()
    assert read_roster(path, SEGMENTS, report) is None
    [diagnostic] = report
    assert diagnostic.code == "roster-unreadable"
    assert diagnostic.message.endswith(
        "roster.csv cannot be read: its owner does not let you read it"
    )
    assert diagnostic.hint == f"Allow it: chmod u+r {path}."


@pytest.mark.slow
def test_ten_thousand_rows_and_more_are_fine(tmp_path: Path) -> None:
    rows = (row(name=f"Anna {n}", email=f"anna{n}@example.com") for n in range(10_500))
    roster = accepted(tmp_path, HEADER + "".join(rows))
    assert roster.participants[-1].number == 10_500
    assert [len(team.people) for team in roster.managers()] == [10_500]


def test_faults_of_an_earlier_file_do_not_spoil_a_sound_roster(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(SOUND, encoding="utf-8")
    report = Report()
    report.error("other", "Another file is wrong.")
    assert read_roster(tmp_path / "roster.csv", SEGMENTS, report) is not None


CELLS = st.text(max_size=12) | st.sampled_from(["anna@example.com", "high-flier", '"', "\u202e"])


@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=4))
@settings(deadline=None, max_examples=80)
def test_any_cells_give_faults_or_people_whose_names_can_be_printed(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    content = (HEADER + stream.getvalue()).encode("utf-8", "replace")
    roster, diagnostic = read(tmp_path_factory.getbasetemp(), content)
    lines = [line(each) or 0 for each in diagnostic]
    assert lines == sorted(lines)
    for person in roster.participants if roster else ():
        assert person.name == unicodedata.normalize("NFC", " ".join(person.name.split()))
        assert all(unicodedata.category(c) != "Cc" for c in person.name + person.team)


@given(start=st.sampled_from([b"", HEADER.encode(), b"name\n"]), rest=st.binary(max_size=100))
@settings(deadline=None, max_examples=200)
def test_any_bytes_give_faults_or_people(
    start: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    roster, diagnostic = read(tmp_path_factory.getbasetemp(), start + rest)
    assert roster is not None or diagnostic
