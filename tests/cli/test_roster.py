"""`workshop roster` shows how a table is read, and writes it in the normal form."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tailoring.people.sheets import workbook
from tests.tiny_workspace.workspace import Tiny

HEADER = ("First name", "Last name", "E-mail", "Ward", "Manager", "Manager e-mail")
ZOE = ("Zoë", "Ångström", "zoe@example.com", "3B", "Inés Ruiz", "ines@example.com")
TOM = ("Tom", "Reed", "tom@example.com", "3C", "Inés Ruiz", "ines@example.com")


def people(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "people.xlsx"
    path.write_bytes(workbook(("All of them",), (), HEADER, *(rows or (ZOE, TOM))))
    return path


def test_it_shows_what_was_understood(run: Run, tiny: Tiny) -> None:
    people(tiny.root)
    result = run("roster", "people.xlsx")
    assert result.exit_code == 0
    assert [" ".join(line.split()) for line in result.stdout.splitlines()] == [
        "people.xlsx: spreadsheet, sheet “People”",
        "",
        "“First name” is read as first name",
        "“Last name” is read as last name",
        "“E-mail” is read as email",
        "“Manager” is read as manager",
        "“Manager e-mail” is read as manager email",
        "“Ward” is not read",
        "",
        "no. name email manager manager_email",
        "1 Zoë Ångström zoe@example.com Inés Ruiz ines@example.com",
        "2 Tom Reed tom@example.com Inés Ruiz ines@example.com",
        "",
        "Letters beyond A to Z, as they will be printed: Zoë Ångström, Inés Ruiz",
        "",
        "2 people, 1 manager; nobody is in it twice.",
    ]
    assert "people.xlsx:3: warning: This column is not read: “Ward”" in result.stderr


def test_it_tells_encoding_delimiter_and_names_turned_round(run: Run, tiny: Tiny) -> None:
    path = tiny.write("people.csv", "")
    path.write_bytes('Name;Team\n"Müller, Jörg";Tax\n'.encode("cp1252"))
    lines = run("roster", "people.csv").stdout.splitlines()
    assert lines[0] == "people.csv: CSV in Windows-1252, cells parted by semicolons"
    assert "name, “Last, First” turned round" in lines[2]
    assert "Jörg Müller" in lines[-3]


def test_who_is_there_twice_is_said_at_the_end(run: Run, tiny: Tiny) -> None:
    nora, twin = ("Nora", "Lee", "", "", "", ""), ("Nora", "Lee", "n@example.com", "", "", "")
    people(tiny.root, ZOE, TOM, nora, ("ZOE", "Angstrom", *ZOE[2:]), twin)
    assert run("roster", "people.xlsx").stdout.splitlines()[-1] == (
        "5 people, 1 manager; in it twice: ZOE Angstrom (no. 1 and 4), Nora Lee (no. 3 and 5)."
    )
    people(tiny.root, nora)
    assert run("roster", "people.xlsx").stdout.endswith(
        "\n1 person, no managers; nobody is in it twice.\n"
    )


def test_it_writes_the_normal_form_beside(run: Run, tiny: Tiny) -> None:
    path = people(tiny.root)
    path.chmod(0o600)
    result = run("roster", "people.xlsx", "--write")
    written = tiny.root / "people.csv"
    assert written.read_text(encoding="utf-8-sig").splitlines() == [
        "name,email,team,role,segment,manager,manager_email",
        "Zoë Ångström,zoe@example.com,,,,Inés Ruiz,ines@example.com",
        "Tom Reed,tom@example.com,,,,Inés Ruiz,ines@example.com",
    ]
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert (
        "Wrote people.csv\n"
        "Put it into the client’s folder and name it in the client file: roster: people.csv\n"
    ) in result.stdout
    assert sorted(file.name for file in tiny.root.glob("people*")) == ["people.csv", "people.xlsx"]


@pytest.mark.parametrize(
    ("file", "line"),
    [("clients/tiny/rosters/spring.xlsx", "rosters/spring.csv"),
     ("clients/tiny/week #2.xlsx", '"week #2.csv"')],
)  # fmt: skip
def test_the_line_to_type_has_the_path_in_the_clients_folder(
    run: Run, tiny: Tiny, file: str, line: str
) -> None:
    path = tiny.root / file
    path.parent.mkdir(exist_ok=True)
    people(tiny.root).rename(path)
    result = run("roster", file, "--write")
    assert f"\nName it in the client file: roster: {line}\n" in result.stdout
    assert path.with_suffix(".csv").is_file()


def test_what_was_there_is_kept_each_time(run: Run, tiny: Tiny) -> None:
    path = tiny.write("people.csv", "Name;Edition\nAnna;Large print\n")
    result = run("roster", "people.csv", "--write")
    assert "The file that was there is kept as people.csv.bak" in result.stdout
    first = path.read_text(encoding="utf-8-sig")
    assert first.endswith("manager_email,edition\nAnna,,,,,,,large-print\n")
    assert (tiny.root / "people.csv.bak").read_text().startswith("Name;Edition")
    run("roster", "people.csv", "--write")
    assert path.read_text(encoding="utf-8-sig") == first
    assert (tiny.root / "people.csv.2.bak").read_text(encoding="utf-8-sig") == first


def test_with_faults_nothing_is_written(run: Run, tiny: Tiny) -> None:
    people(tiny.root, ("#N/A", *ZOE[1:]), TOM)
    result = run("roster", "people.xlsx", "--write")
    assert result.exit_code == 1
    assert "people.xlsx:A4: error: The first name is “#N/A”" in result.stderr
    assert "Tom Reed" in result.stdout
    assert "Nothing was written: mend what is wrong in row 4 first.\n" in result.stderr
    assert not (tiny.root / "people.csv").exists()
    tiny.write("few.csv", "name,email\nAnna,x\nBo,bo@example.com\nCy,y\n,z\n")
    result = run("roster", "few.csv", "--write")
    assert "Nothing was written: mend what is wrong in lines 2 and 4 to 5 first." in result.stderr
    assert "Nothing was written" not in run("roster", "few.csv").stderr


def test_each_sheet_is_written_to_a_file_of_its_own(run: Run, tiny: Tiny) -> None:
    path = tiny.root / "people.xlsx"
    sheets = {"Spring": [HEADER, ZOE], "Day 2": [HEADER, TOM], "Day-2": [HEADER, ZOE]}
    path.write_bytes(workbook(**sheets))
    assert "Wrote people.csv\n" in run("roster", "people.xlsx", "--write").stdout
    for sheet, file in (("Day 2", "people-day-2-2.csv"), ("Day-2", "people-day-2-3.csv"),
                        ("spring", "people-spring.csv")):  # fmt: skip
        result = run("roster", "people.xlsx", "--sheet", sheet, "--write")
        assert f"Wrote {file}\n" in result.stdout
        assert "kept as" not in result.stdout
        assert "Not taken over: “Ward”\n" in result.stdout
    assert "Tom Reed" in (tiny.root / "people-day-2-2.csv").read_text(encoding="utf-8-sig")


def test_columns_of_the_client_file_are_taken_over_and_not_needed_then(
    run: Run, tiny: Tiny
) -> None:
    people(tiny.root / "clients/tiny")
    client = "clients/tiny/client.yaml"
    tiny.change(client, "name: Tiny Ltd\n", "name: Tiny Ltd\ncolumns: {team: Ward}\n")
    tiny.change(client, "roster: roster.csv", "roster: people.csv")
    result = run("roster", "people.xlsx", "--client", "tiny", "--write")
    assert result.stdout.endswith(
        f"Now delete `columns` in {client}:2:17, unless another roster needs it\n"
    )
    (tiny.root / "clients/tiny/people.xlsx").unlink()
    again = run("roster", "people.csv", "--client", "tiny")
    assert again.exit_code == 0
    assert "“team” is read as team" in " ".join(again.stdout.split())
    assert again.stderr == (
        f"{client}:2:17: warning: The roster has no column “Ward”: its column “team” is read "
        "[roster-column-stale]\n  Delete `team: Ward` from `columns` here.\n"
    )
    plan = run("plan", "--client", "tiny")
    assert (plan.exit_code, "roster-column" in plan.stderr) == (0, False)


def test_other_sheets_are_named_and_can_be_read(run: Run, tiny: Tiny) -> None:
    path = tiny.root / "people.xlsx"
    path.write_bytes(workbook(Notes=[HEADER, ZOE], Spring=[HEADER, TOM], Old=[HEADER]))
    first = run("roster", "people.xlsx").stdout.splitlines()
    assert first[:2] == [
        "people.xlsx: spreadsheet, sheet “Notes”",
        "Its 2 other sheets are not read: “Spring” and “Old”. For another one: --sheet NAME",
    ]
    second = run("roster", "people.xlsx", "--sheet", "spring").stdout
    assert second.startswith("people.xlsx: spreadsheet, sheet “Spring”\n")
    assert "“Notes” and “Old”" in second
    assert "Tom Reed" in second
    assert "Zoë" not in second
    none = run("roster", "people.xlsx", "--sheet", "Sprng")
    assert none.exit_code == 1
    assert "error: The roster has no sheet “Sprng” [roster-sheet]" in none.stderr
    assert "Did you mean “Spring”?" in none.stderr
    tiny.write("people.csv", "Name\nAnna\n")
    text = run("roster", "people.csv", "--sheet", "Spring")
    assert "Anna" in text.stdout
    assert "people.csv is a text and no workbook, so it has no sheet “Spring”" in text.stderr


def test_a_sheet_asked_for_counts_instead_of_the_client_file_s(run: Run, tiny: Tiny) -> None:
    path = tiny.root / "clients/tiny/people.xlsx"
    path.write_bytes(workbook(Spring=[HEADER, ZOE], Autumn=[HEADER, TOM]))
    tiny.change("clients/tiny/client.yaml", "name: Tiny Ltd\n", "name: Tiny Ltd\nsheet: Autumn\n")
    assert "Tom Reed" in run("roster", "people.xlsx", "--client", "tiny").stdout
    asked = run("roster", "people.xlsx", "--client", "tiny", "--sheet", "Spring").stdout
    assert "Zoë" in asked
    assert "Its other sheet is not read: “Autumn”." in asked


def test_the_client_s_word_for_a_team_is_its_heading(run: Run, tiny: Tiny) -> None:
    people(tiny.root / "clients/tiny")
    tiny.change(
        "clients/tiny/client.yaml", "name: Tiny Ltd\n", "name: Tiny Ltd\nterms: {team: ward}\n"
    )
    result = run("roster", "people.xlsx", "--client", "tiny")
    assert "“Ward” is read as team" in " ".join(result.stdout.split())
    assert not result.stderr


def test_the_client_file_counts_for_its_own_files(run: Run, tiny: Tiny) -> None:
    people(tiny.root / "clients/tiny")
    tiny.change(
        "clients/tiny/client.yaml", "name: Tiny Ltd\n", "name: Tiny Ltd\ncolumns: {team: Ward}\n"
    )
    for arguments in (["clients/tiny/people.xlsx"], ["people.xlsx", "--client", "tiny"]):
        result = run("roster", *arguments)
        assert "“Ward” is read as team" in " ".join(result.stdout.split())
        assert not result.stderr
    result = run("roster", "people.xlxs", "--client", "tiny")
    assert result.exit_code == 2
    told = f"There is no file people.xlxs in {tiny.root.as_posix()}, nor clients/tiny/people.xlxs"
    assert told in result.stderr


def test_a_file_in_a_client_s_folder_is_named_with_the_line_to_type(run: Run, tiny: Tiny) -> None:
    people(tiny.root / "clients/tiny")
    result = run("roster", "people.xlsx")
    assert result.exit_code == 2
    assert f"There is no file people.xlsx in {tiny.root.as_posix()} " in result.stderr
    assert "write `workshop roster clients/tiny/people.xlsx`" in result.stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [("people.xls", "Did you mean “people.xlsx”?"), ("q", "begins in the folder you are in")],
)
def test_a_file_that_is_nowhere_brings_a_hint(run: Run, tiny: Tiny, name: str, hint: str) -> None:
    people(tiny.root)
    result = run("roster", name)
    assert result.exit_code == 2
    assert hint in result.stderr


def test_it_needs_no_workspace(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alone"
    path.mkdir()
    result = run("roster", str(people(path)), "--workspace", str(path))
    assert result.exit_code == 2
    (path / "few.csv").write_text("name,segment\nAnna,High flier\n")
    monkeypatch.chdir(path)
    with_none = run("roster", "few.csv")
    assert with_none.exit_code == 0, with_none.stderr
    assert "Anna" in with_none.stdout


def test_a_file_that_is_not_there(run: Run) -> None:
    result = run("roster", "nobody.xlsx")
    assert result.exit_code == 2
    assert "There is no file nobody.xlsx in " in result.stderr
