from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import workshop
from workshop.diagnostics import ContentError, UsageError
from workshop.tailoring.starting import new_client as module
from workshop.tailoring.starting.new_client import NewClient, new_client
from workshop.tailoring.starting.new_workspace import start

ROSTER = """\
name,email,manager,manager_email
Kim Sample,kim@old.example,Lee Boss,lee@old.example
Éva Nagy,,,
"""
CLIENT = """\
name: Old Harbour Ltd
logo: old.svg
cohorts:
  spring:
    date: 2027-03-04
    roster: people/spring.csv
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the client `oldharbour`, who has files of every kind."""
    start(tmp_path)
    for path, text in {
        "client.yaml": CLIENT,
        "people/spring.csv": ROSTER,
        "modules/own.md": "At Old\nHarbour LTD, and at oldharbour.\nKim sample said so.\n",
        "cases/mine.md": "Nothing of anybody.\n",
        "templates/client.css": "/* Oldharbour’s look */\n",
        "assets/old.svg": "<svg><title>Old Harbour Ltd</title></svg>",
        "assets/fonts/Own.ttf": "font",
        "assets/guests.xlsx": "Kim Sample",
        "assets/Thumbs.db": "",
        "profiles/thick.yaml": "title: lee@old.example\n",
        "notes.docx": "Kim Sample",
    }.items():
        target = tmp_path / "clients/oldharbour" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return tmp_path


def copied(root: Path, name: str | None = None) -> NewClient:
    return new_client(root, "harbour", "oldharbour", name)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_look_words_and_texts_come_along_and_people_stay_behind(root: Path) -> None:
    made = copied(root)
    assert files(made.folder) == {
        "client.yaml",
        "modules/own.md",
        "cases/mine.md",
        "templates/client.css",
        "assets/fonts/Own.ttf",
        "profiles/thick.yaml",
    }
    assert made.counts == {"modules": 1, "cases": 1, "templates": 1, "assets": 1, "profiles": 1}
    assert made.left_out == (
        "logo",
        "date of spring",
        "roster of spring",
        "assets/guests.xlsx",
        "assets/old.svg",
        "notes.docx",
        "people/",
    )


def test_every_name_of_the_old_client_is_told_with_its_place(root: Path) -> None:
    told = [
        (str(fault.location).split("/harbour/")[1], fault.message)
        for fault in copied(root).warnings
    ]
    assert told == [
        ("modules/own.md:1:4", "“Old Harbour LTD” is the client that this was copied from"),
        ("modules/own.md:3:1", "“Kim sample” is on the roster of spring"),
        ("templates/client.css:1:4", "“Oldharbour” is the client that this was copied from"),
        ("profiles/thick.yaml:1:8", "“lee@old.example” is on the roster of spring"),
    ]


def test_names_in_names_of_files_and_in_the_client_file_are_told(root: Path) -> None:
    old = root / "clients/oldharbour"
    (old / "modules/oldharbour-day.md").write_text("Nothing.\n")
    (old / "client.yaml").write_text(CLIENT + "# Éva Nagy asked for this.\npaper: A4\n", "utf-8")
    told = {Path(str(fault.location)).name: fault.message for fault in copied(root).warnings}
    assert told["oldharbour-day.md"] == "“oldharbour” stands in the name of this file"
    assert told["client.yaml:12:3"] == "“Éva Nagy” is on the roster of spring"


def test_a_roster_with_faults_is_not_searched_for_and_that_is_said(root: Path) -> None:
    (root / "clients/oldharbour/people/spring.csv").write_text("name,email\nKim Sample,nowhere\n")
    assert "a search for the names in spring.csv, which has faults" in copied(root).left_out


def test_what_is_to_be_filled_in_stops_until_it_is(root: Path) -> None:
    made = copied(root)
    with pytest.raises(ContentError) as caught:
        workshop.load(root, "harbour")
    [fault] = [fault for fault in caught.value.diagnostics if fault.code == "to-fill-in"]
    assert fault.message == "Here is still to be filled in: the client’s name"
    assert fault.hint == "Write it in place of <the client’s name>, as it is to be printed."
    assert fault.location
    assert fault.location.line == made.name_line


def test_with_a_name_nothing_has_to_be_filled_in(root: Path) -> None:
    assert new_client(root, "plain", name="Plain & Co").name_line is None
    assert workshop.load(root, "plain").client.name == "Plain & Co"
    again = new_client(root, "again", "plain", "Again")
    assert (again.counts["modules"], again.left_out) == (0, ("headcount of first-cohort",))
    assert workshop.plan(workshop.load(root, "again")).cohorts[0].day.cohort.headcount == 12


@pytest.mark.parametrize("name", ["", "\u200b", "x" * 201])
def test_a_name_that_cannot_be_printed_is_refused(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a client’s name"):
        copied(root, name)
    assert not (root / "clients/harbour").exists()


def test_a_namesake_is_told_with_its_folder(root: Path) -> None:
    told = [fault for fault in copied(root, "first client").warnings if fault.code == "same-name"]
    assert [(fault.message, fault.location and fault.location.path) for fault in told] == [
        (
            "“first client” is also the name in client.yaml of “first-client”",
            root / "clients/harbour/client.yaml",
        )
    ]


def test_the_firm_s_logo_stays(root: Path) -> None:
    (root / "clients/oldharbour/assets/old.svg").rename(root / "old.svg")
    (root / "assets").mkdir()
    (root / "old.svg").rename(root / "assets/old.svg")
    assert "logo: old.svg\n" in (copied(root).folder / "client.yaml").read_text()


def test_a_link_that_leads_out_is_not_followed(root: Path) -> None:
    (root / "secret.md").write_text("secret")
    (root / "clients/oldharbour/modules/link.md").symlink_to(root / "secret.md")
    made = copied(root)
    assert "modules/link.md" not in files(made.folder)
    assert "modules/link.md" in made.left_out


def test_a_roster_among_the_texts_stays_behind_whatever_its_name(root: Path) -> None:
    old = root / "clients/oldharbour"
    (old / "people/spring.csv").rename(old / "cases/people.md")
    text = CLIENT.replace("people/spring.csv", "cases/people.md")
    (old / "client.yaml").write_text(text)
    assert "cases/people.md" not in files(copied(root).folder)


def test_a_disk_that_fills_up_leaves_no_half_client(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(module, "hand_notes_on", full)
    with pytest.raises(OSError, match="No space left"):
        copied(root)
    assert not (root / "clients/harbour").exists()


SCHEMA = "# yaml-language-server: $schema="


def test_remarks_on_the_old_client_stay_behind(root: Path) -> None:
    old = f"{SCHEMA}../../docs/schema/client.json\n# A maker of pumps.\n{CLIENT}"
    (root / "clients/oldharbour/client.yaml").write_text(old, "utf-8")
    lines = (copied(root).folder / "client.yaml").read_text("utf-8").splitlines()
    starter = (root / "clients/first-client/client.yaml").read_text("utf-8").splitlines()
    assert lines[0] == f"{SCHEMA}../../.schema/client.json"
    assert lines[:3] == starter[:3]
    assert lines[3].startswith("name: ")


@pytest.mark.parametrize("like", ["oldharbour", None])
@pytest.mark.parametrize(
    ("schema", "line"),
    [
        (".schema/client.json", f"{SCHEMA}../../.schema/client.json"),
        ("docs/schema/client.json", f"{SCHEMA}../../docs/schema/client.json"),
        ("elsewhere.json", None),
    ],
)
def test_the_schema_that_is_named_is_there(
    root: Path, like: str | None, schema: str, line: str | None
) -> None:
    shutil.rmtree(root / ".schema")
    (root / schema).parent.mkdir(parents=True, exist_ok=True)
    (root / schema).write_text("{}")
    old = f"{SCHEMA}../../docs/schema/client.json\n{CLIENT}"
    (root / "clients/oldharbour/client.yaml").write_text(old, "utf-8")
    text = (new_client(root, "harbour", like).folder / "client.yaml").read_text("utf-8")
    named = [line for line in text.splitlines() if line.startswith(SCHEMA)]
    # Nothing of the old client's is known where no client is taken as a model.
    assert named == ([line] if line and (like or ".schema" in line) else [])


def test_nobody_unknown_is_copied(root: Path) -> None:
    with pytest.raises(UsageError, match="There is no client “oldharbor”"):
        new_client(root, "harbour", "oldharbor")


def test_a_client_file_with_faults_of_form_is_told_as_check_does(root: Path) -> None:
    (root / "clients/oldharbour/client.yaml").write_text("name: [\n")
    with pytest.raises(ContentError):
        copied(root)
    (root / "clients/oldharbour/client.yaml").write_text("paper: A4\n")
    with pytest.raises(ContentError, match="has no name"):
        copied(root)
