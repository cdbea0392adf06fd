"""Headings in many spellings and five languages name the columns of a table of people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Diagnostic, Location, Report, Severity
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.headings import column_of
from workshop.tailoring.people.read_roster import understand_roster

_ALL = ["name", "email", "team", "role", "segment", "manager", "manager_email"]
_HEADINGS = [
    "Full Name|E-Mail|Department|Job title|Segment|Line Manager|Line Manager Email",
    "NAME|EMAIL ADDRESS|TEAM|ROLE|SEGMENT|MANAGER NAME|MANAGER'S E-MAIL",
    "Participant:|E-mail address|Business unit|Position|Segment |Reports to|E-mail of manager",
    "Mitarbeiter/in|E-Mail-Adresse|Abteilung|Funktion|Segment|Führungskraft|E-Mail Führungskraft",
    "Name|E-Mail|Bereich|Rolle|Segment|Vorgesetzte/r|E-Mail-Adresse des Vorgesetzten",
    "Nom complet|Courriel|Équipe|Fonction|Segment|Responsable|Courriel du responsable",
    "Nom et prénom|Adresse e-mail|Service|Poste|Segment|N+1|E-mail N+1",
    "Nombre y apellidos|Correo electrónico|Equipo|Puesto|Segmento|Jefe|Correo del jefe",
    "Naam|E-mailadres|Afdeling|Functie|Segment|Leidinggevende|E-mail leidinggevende",
    "name|email|team|role|segment|manager|manager_email",
]


@pytest.mark.parametrize("headings", _HEADINGS)
def test_headings_are_known(headings: str) -> None:
    assert [column_of(heading) for heading in headings.split("|")] == _ALL


@pytest.mark.parametrize(
    "heading",
    [
        "Tätigkeit",
        "TÄTIGKEIT",
        "Funktion",
        "Stelle",
        "Position",
        "Fonction",
        "Cargo",
        "Puesto",
        "Functie",
    ],
)
def test_headings_of_a_role_are_known(heading: str) -> None:
    assert column_of(heading) == "role"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("name,Title\nAnna,Clerk\n", "Clerk"),
        ("name,Title,Job title\nAnna,Clerk,Fitter\n", "Fitter"),
        ("name,Title\nAnna,Dr.\nBo,\n", ""),
    ],
)
def test_a_title_is_the_role_where_nothing_else_is(
    understand: Understand, text: str, role: str
) -> None:
    reading, faults = understand(text)
    assert reading.participants[0].role == role
    is_read = "roster-columns-ignored" not in {fault.code for fault in faults}
    assert is_read == (role == "Clerk")


@pytest.mark.parametrize(
    "heading", ["Ward", "Category", "No.", "Hire date", "Phone", "", "Dietary"]
)
def test_what_may_be_anything_is_not_guessed(heading: str) -> None:
    assert column_of(heading) is None


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("First name;Last name", "Anna;Berg", "Anna Berg"),
        ("Nachname;Vorname", "Berg;Anna", "Anna Berg"),
        ("Name;Vorname", "Berg;Anna", "Anna Berg"),
        ("Nom;Prénom", "Berg;Anna", "Anna Berg"),
        ("Nombre;Apellidos", "Ana;García López", "Ana García López"),
        ("Nombre;Primer apellido;Segundo apellido", "Ana;García;López", "Ana García López"),
        ("Voornaam;Tussenvoegsel;Achternaam", "Anna;van den;Berg", "Anna van den Berg"),
        ("First name;Last name;Full name", "A;B;Anna Berg", "Anna Berg"),
        ("Last name", "Berg", "Berg"),
        ("Name", '"Berg, Anna"', "Anna Berg"),
        ("Name, Vorname", '"von Berg, Anna Maria"', "Anna Maria von Berg"),
        ("Name", '"Berg, PhD"', "Berg, PhD"),
        ("Name", '"Ada Quist, Director of all the Harbours"', None),
    ],
)
def test_names_are_put_together(
    header: str, row: str, name: str | None, understand: Understand
) -> None:
    reading, _ = understand(f"{header};Team\n{row};Tax\n")
    assert reading.roster
    [person] = reading.roster.participants
    assert person.name == (name or row.strip('"'))


def test_a_manager_in_two_columns(understand: Understand) -> None:
    header = "Name,Manager first name,Manager last name,Manager e-mail\n"
    reading, faults = understand(f"{header}Anna Berg,Inés,Ruiz,ines@example.com\n")
    assert not faults
    assert reading.participants[0].manager
    assert reading.participants[0].manager.name == "Inés Ruiz"


def test_a_comma_in_few_names_is_told_and_left(understand: Understand) -> None:
    reading, faults = understand('name;team\nAnna Berg;\nBen Ode;\n"Reed, Tom";\n')
    fault = by_code(faults, "roster-name-comma")
    assert fault.location
    assert (fault.severity, fault.location.line) == (Severity.WARNING, 4)
    assert fault.hint == "Is it “Tom Reed”? Then write that."
    assert reading.participants[2].name == "Reed, Tom"


def test_a_title_and_empty_rows_and_columns_are_passed_over(understand: Understand) -> None:
    content = "Participants, spring\n\n;;\n;Name;;E-Mail;\n;;;;\n;Anna;;a@example.com;\n;;;;\n"
    reading, faults = understand(content)
    assert [fault.code for fault in faults] == ["roster-no-manager"]
    [anna] = reading.participants
    assert (anna.name, anna.email) == ("Anna", "a@example.com")


def test_columns_that_nobody_needs_are_named_once(understand: Understand) -> None:
    content = "No.,Name,Ward,Dietary needs,Hire date\n1,Anna,3B,,2020-01-01\n2,Ben,3C,nuts,\n"
    reading, faults = understand(content)
    fault = by_code(faults, "roster-columns-ignored")
    assert fault.severity is Severity.WARNING
    assert fault.message == (
        "These 4 columns are not read: “No.”, “Ward”, “Dietary needs” and “Hire date”"
    )
    assert len(reading.participants) == 2


def test_a_column_without_a_heading_that_holds_something_is_named(understand: Understand) -> None:
    _, faults = understand("name,,team\nAnna,x,Tax\n")
    assert "column 2, which has no heading" in by_code(faults, "roster-columns-ignored").message


def test_the_client_file_says_what_a_column_is(understand: Understand, tmp_path: Path) -> None:
    place = Location(tmp_path / "client.yaml", 7, 3)
    settings = RosterSettings(columns={"segment": ("WARD", place), "team": ("Site", place)})
    reading, faults = understand("Name,Ward,Team,Site\nAnna,High flier,x,Leeds\n", settings)
    assert by_code(faults, "roster-columns-ignored").message.endswith("not read: “Team”")
    [anna] = reading.participants
    assert (anna.segment, anna.team) == ("high-flier", "Leeds")


def test_a_column_of_the_client_file_that_is_not_there(
    understand: Understand, tmp_path: Path
) -> None:
    place = Location(tmp_path / "client.yaml", 7, 3)
    _, faults = understand("Name,Ward\nAnna,x\n", RosterSettings(columns={"team": ("Wrad", place)}))
    fault = by_code(faults, "roster-column-missing")
    assert (fault.location, fault.hint) == (place, "Did you mean “Ward”?")


def test_a_column_under_its_own_name_is_read_though_the_client_file_names_another(
    understand: Understand, tmp_path: Path
) -> None:
    place = Location(tmp_path / "client.yaml", 7, 3)
    settings = RosterSettings(columns={"name": ("Person", place), "team": ("Ward", place)})
    reading, faults = understand("name,team\nAnna,3B\n", settings)
    assert [(person.name, person.team) for person in reading.participants] == [("Anna", "3B")]
    stale = [fault for fault in faults if fault.code == "roster-column-stale"]
    assert {(fault.severity, fault.location) for fault in stale} == {(Severity.WARNING, place)}
    # A slip of the pen is told, as another column is meant.
    _, faults = understand("name,team,Wrad\nAnna,x,3B\n", settings)
    fault = by_code(faults, "roster-column-missing")
    assert (fault.severity, fault.hint) == (Severity.ERROR, "Did you mean “Wrad”?")


def test_two_columns_for_one_are_asked_about(understand: Understand) -> None:
    _, faults = understand("Name,Work e-mail,E-mail address\nAnna,,\n")
    fault = by_code(faults, "roster-column-twice")
    assert fault.message == "The columns “Work e-mail” and “E-mail address” could both be the email"
    assert fault.hint == "Say which, in the client file: `columns: {email: Work e-mail}`."


def test_the_normal_name_comes_before_others(understand: Understand) -> None:
    reading, faults = understand("Name,Department,Team\nAnna,Sales,Tax\n")
    assert reading.participants[0].team == "Tax"
    assert "“Department”" in by_code(faults, "roster-columns-ignored").message


@pytest.mark.parametrize("segment", ["Solid performer", "SOLID_PERFORMER", " solid  Performer "])
def test_segments_in_any_capitals_and_spaces(segment: str, understand: Understand) -> None:
    reading, _ = understand(f"name,segment\nAnna,{segment}\n")
    assert reading.participants[0].segment == "solid-performer"


@pytest.mark.parametrize(
    ("typed", "segment"),
    [
        ("High flyer", "high-flier"),
        ("high-fliers", "high-flier"),
        ("Solid perfomers", "solid-performer"),
        ("Hihg flier", "high-flier"),
        ("Demotivatet", "demotivated"),
    ],
)
def test_a_segment_spelt_nearly_right_is_taken_and_told(
    typed: str, segment: str, understand: Understand
) -> None:
    rows = f"name,segment\nAnna,{typed}\nBen,high-flier\nCleo,{typed}\n"
    reading, faults = understand(rows)
    assert [person.segment for person in reading.participants] == [segment, "high-flier", segment]
    fault = by_code(faults, "roster-segment-near")
    assert fault.severity is Severity.WARNING
    assert fault.message == (f"“{typed}” is taken for the segment “{segment}”; the same in line 4")
    assert fault.hint == (
        f"If it is that, write “{segment}” there; if not, the segment that is meant."
    )


def test_two_segments_spelt_nearly_right_are_told_apart(understand: Understand) -> None:
    _, faults = understand("name,segment\nAnna,High flyer\nBen,Demotivate\nCleo,Demotivate\n")
    assert [fault.message for fault in faults if fault.code == "roster-segment-near"] == [
        "“High flyer” is taken for the segment “high-flier”",
        "“Demotivate” is taken for the segment “demotivated”; the same in line 4",
    ]


@pytest.mark.parametrize("typed", ["high-flying", "motivated", "solid", "manager", "flier"])
def test_a_segment_that_is_not_near_is_an_error(typed: str, understand: Understand) -> None:
    reading, faults = understand(f"name,segment\nAnna,{typed}\n")
    assert by_code(faults, "roster-segment").severity is Severity.ERROR
    assert reading.roster is None


@pytest.mark.parametrize("typed", ["seen", "seet", "sen"])
def test_between_short_segments_and_between_two_nothing_is_taken(
    typed: str, tmp_path: Path
) -> None:
    path, report = tmp_path / "people.csv", Report()
    path.write_text(f"name,segment\nAnna,{typed}\n")
    understand_roster(path, ("seed", "seek", "sent"), report)
    assert [fault.code for fault in report.errors] == ["roster-segment"]


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ("Team B", "team-a"),
        ("TeamB", "team-a"),
        ("Team", "team-a"),
        ("Team L", "team-s"),
        ("Band 2", "band-1"),
        ("Band2", "band-1"),
        ("Cohort 2026", "cohort-2025"),
        ("Trainers", "trainees"),
        ("Trainer", "trainees"),
        ("Employer", "employees"),
        ("Leavers", "leaders"),
        ("Night shift A", "night-shift-b"),
    ],
)
def test_a_word_that_means_something_else_is_no_slip(
    typed: str, valid: str, tmp_path: Path
) -> None:
    path, report = tmp_path / "people.csv", Report()
    path.write_text(f"name,segment\nAnna,{typed}\n")
    understand_roster(path, (valid, "others"), report)
    assert [fault.code for fault in report.errors] == ["roster-segment"]


@pytest.mark.parametrize(
    ("typed", "segment"),
    [
        ("Teams A", "team-a"),
        ("team_b", "team-b"),
        ("Teem A", None),
        ("trainee", "trainees"),
        ("trianees", "trainees"),
        ("TeamA", "team-a"),
    ],
)
def test_a_plural_or_a_slip_in_a_long_word_names_the_segment(
    typed: str, segment: str | None, tmp_path: Path
) -> None:
    path, report = tmp_path / "people.csv", Report()
    path.write_text(f"name,segment\nAnna,{typed}\n")
    [person] = understand_roster(path, ("team-a", "team-b", "trainees"), report).participants
    assert person.segment == segment


@pytest.mark.parametrize(
    ("typed", "edition"),
    [
        ("large-print", "large-print"),
        ("Large Print", "large-print"),
        ("Großdruck", "large-print"),
        ("fillable", "fillable"),
        ("", None),
        ("Standard", None),
    ],
)
def test_editions_in_many_spellings(
    typed: str, edition: str | None, understand: Understand
) -> None:
    reading, _ = understand(f"name,edition\nAnna,{typed}\n")
    assert reading.roster
    assert reading.participants[0].edition == edition


def test_an_unknown_edition_is_an_error(understand: Understand) -> None:
    _, faults = understand("name,edition\nAnna,large-prnt\n")
    fault = by_code(faults, "roster-edition")
    assert (fault.message, fault.hint) == (
        "Unknown edition “large-prnt”",
        "Did you mean “large-print”?",
    )


def test_two_delimiters_in_one_file_are_told(understand: Understand) -> None:
    _, faults = understand("name;email;team\nAnna;;Tax\nBen,,Tax\nCleo,,Tax\n")
    fault = by_code(faults, "roster-delimiters")
    assert fault.location
    assert fault.location.line == 3
    assert fault.message == (
        "The cells of the header are parted by semicolons, those of this row by commas; "
        "the same in line 4"
    )


def test_faults_name_the_column_of_the_line(understand: Understand) -> None:
    _, faults = understand('name; "a;b";email\n"Reed; Tom"; x ; tom@\n')
    place = by_code(faults, "roster-email").location
    assert place
    assert (place.line, place.column) == (2, 18)


def by_code(faults: list[Diagnostic], code: str) -> Diagnostic:
    [fault] = [fault for fault in faults if fault.code == code]
    return fault


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Branch", "team"),
        ("BRANCH name", "team"),
        ("Charge Nurse", "manager"),
        ("Name of charge nurse", "manager"),
        ("Charge nurse e-mail", "manager_email"),
        ("E-mail of the charge-nurse", "manager_email"),
        ("Branch opened", None),
        ("Branches", None),
        ("", None),
    ],
)
def test_a_client_s_word_for_a_term_is_that_column(
    heading: str, column: str | None, understand: Understand
) -> None:
    terms = {"team": "branch", "manager": "charge nurse", "organisation": "name", "customer": "…"}
    assert RosterSettings(terms=terms).column_of(heading) == column
    reading, _ = understand(f"Full name,{heading}\nAnna,a@b.org\n", RosterSettings(terms=terms))
    assert reading.columns
    assert reading.columns.at == {"name": 0, **({column: 1} if column else {})}


@pytest.mark.parametrize("terms", [("team", "manager"), ("manager", "team")])
def test_a_client_s_longer_word_is_read_as_a_whole(terms: tuple[str, ...]) -> None:
    words = {"team": "ward", "manager": "ward manager"}
    settings = RosterSettings(terms={term: words[term] for term in terms})
    assert settings.column_of("Ward manager") == "manager"
    assert settings.column_of("Ward manager e-mail") == "manager_email"
    assert settings.column_of("Ward") == "team"


def test_the_client_s_word_comes_before_the_usual_one(
    understand: Understand, tmp_path: Path
) -> None:
    header = "Name,Team,Department,Branch"
    settings = RosterSettings(terms={"team": "branch"})
    reading, faults = understand(f"{header}\nAnna,a,b,c\n", settings)
    assert reading.participants[0].team == "c"
    assert "roster-column-twice" not in [fault.code for fault in faults]
    # What the client file says of columns comes before both.
    named = {"team": ("Department", Location(tmp_path / "client.yaml"))}
    reading, _ = understand(f"{header}\nAnna,a,b,c\n", replace(settings, columns=named))
    assert reading.participants[0].team == "b"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_lines_that_stand_in_quotes_as_a_whole_are_told_so(
    understand: Understand, delimiter: str
) -> None:
    lines = [f"name{delimiter}email", f"Ann One{delimiter}ann@example.org"]
    _, faults = understand("".join(f'"{line}"\n' for line in lines))
    [fault] = [fault for fault in faults if fault.code == "roster-header"]
    assert fault.hint == "Each line stands in quotation marks as a whole: take these out."
