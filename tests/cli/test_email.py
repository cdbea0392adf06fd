from __future__ import annotations

import stat
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import workshop
from tests.delivery.conftest import desk
from tests.delivery.office import KEN, MANAGERS, ROWS, Office, planned
from tests.delivery.postbox import (
    USER,
    Certificate,
    Postbox,
    make_certificate,
    serving_workspace,
)
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.cli import main
from workshop.delivery.email.ledger import Status

ALL = sorted(MANAGERS.values())


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def office(
    tiny: Tiny, postbox: Postbox, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """A workspace with a kit, and its server in workshop.yaml."""
    monkeypatch.chdir(tiny.root)
    with serving_workspace(tiny.root, postbox, certificate, monkeypatch):
        yield desk(tiny, planned(tiny, ROWS))


def email(*arguments: str, typed: str = "") -> Result:
    """Run the command."""
    command = ["email", "--client", "tiny", *arguments]
    return CliRunner().invoke(main, command, input=typed, catch_exceptions=False)


def test_without_send_it_shows_who_would_get_what(office: Office, postbox: Postbox) -> None:
    result = email()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "From     Ruth Ashdown <ruth@example.org>"
    assert "  Subject: Manager briefing: please read before Tuesday, 5 October 2027" in lines
    [ken] = [line.split("  ") for line in lines if "Ken Ito" in line]
    assert [cell.strip() for cell in ken if cell][:2] == [
        "Ken Ito <ken@example.com>",
        "Manager briefing - Ken Ito.pdf, dates.ics",
    ]
    assert ken[-1].strip() == "to send"
    assert lines[-1] == "Nothing was sent. 4 messages would go with --send."
    assert postbox.seen.total() == 0
    assert not (office.tiny.root / ".workshop-delivery").exists()


@pytest.mark.parametrize(
    ("papers", "column", "hint"),
    [
        ("documents: {exclude: [manager-briefing]}", 23, "{exclude: …}` leaves it out"),
        ("documents: {only: [agenda]}", 19, "{only: …}` names others alone"),
        ("options: {manager-briefings: false}", 30, "`options: {manager-briefings: true}`"),
    ],
)
def test_a_briefing_that_the_client_file_leaves_out_is_told_with_where_it_does(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, papers: str, column: int, hint: str
) -> None:
    monkeypatch.chdir(tiny.root)
    tiny.write(CLIENT, f"name: Tiny Ltd\n{papers}\ncohorts: {{autumn: {{roster: roster.csv}}}}\n")
    result = email()
    assert result.exit_code == 2
    message = "error: This client has no document “manager-briefing” [unknown-document]"
    assert f"{CLIENT}:2:{column}: {message}" in result.stderr
    assert hint in result.stderr


def test_what_is_wrong_is_in_the_table_and_in_the_exit_code(office: Office) -> None:
    path = next(office.tiny.kit.glob("*/ken-ito.pdf"))
    path.write_bytes(b"%PDF-other")
    for arguments in ([], ["--send", "--yes"], ["--drafts"], ["--test-to", USER]):
        result = email(*arguments)
        assert result.exit_code == 1
        assert "ken-ito.pdf: error: This file is not the one that was built" in result.stderr
    assert "WRONG: This file is not the one that was built" in email().stdout
    assert email("--only", "Lea Sommer").exit_code == 0


def test_send_asks_for_the_clients_name(office: Office, postbox: Postbox) -> None:
    result = email("--send", typed="acme\n")
    assert result.exit_code == 2
    assert "That is not the client’s name: nothing was done" in result.stderr
    assert postbox.received == []
    result = email("--send", typed="tiny\n")
    assert result.exit_code == 0
    assert sorted(postbox.addresses) == ALL
    assert "4 of 4 have their file." in result.stdout
    again = email("--send", "--yes")
    assert again.exit_code == 0
    assert sorted(postbox.addresses) == ALL


def test_who_has_nothing_is_told_in_the_end(office: Office, postbox: Postbox) -> None:
    postbox.at_rcpt = lambda to: "550 5.1.1 Unknown" if to == KEN else None
    result = email("--send", "--yes")
    assert result.exit_code == 1
    assert "Not everybody has their file: 1 refused" in result.stderr
    assert "3 of 4 have their file." in result.stdout
    [line] = [line for line in email("--status").stdout.splitlines() if "ken@" in line]
    assert "refused" in line
    assert line.endswith("550 5.1.1 Unknown")


def test_a_limit_leaves_the_others_for_later(office: Office, postbox: Postbox) -> None:
    result = email("--send", "--yes", "--limit", "1")
    assert (result.exit_code, len(postbox.received)) == (0, 1)
    assert "3 messages left out by --limit." in result.stdout
    email("--send", "--yes", "--only", "Ken Ito")
    assert len(postbox.received) == 2
    email("--send", "--yes")
    assert sorted(postbox.addresses) == ALL


def test_drafts_open_in_mail_programs(office: Office, postbox: Postbox) -> None:
    result = email("--drafts")
    assert result.stdout.splitlines()[:2] == [
        "build/tiny/_drafts/autumn/",
        "Wrote 4 drafts; nothing was sent.",
    ]
    folder = office.tiny.root / "build" / "tiny" / "_drafts" / "autumn"
    names = {path.name for path in folder.iterdir()}
    assert names == {"Inés Ruiz.eml", "Ken Ito.eml", "Lea Sommer.eml", "王小明.eml"}
    draft = message_from_bytes((folder / "Ken Ito.eml").read_bytes(), policy=policy.default)
    assert (draft["X-Unsent"], draft["To"]) == ("1", "Ken Ito <ken@example.com>")
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    email("--mark-sent", "--only", "Ken Ito", typed="tiny\n")
    assert office.stands() == {KEN: Status.SENT}
    removed = (
        "Removed earlier drafts that are no longer true:\n  build/tiny/_drafts/autumn/Ken Ito.eml"
    )
    assert removed in email("--drafts").stdout
    assert "Ken Ito.eml" not in {path.name for path in folder.iterdir()}
    email("--send", "--yes")
    assert KEN not in postbox.addresses


def test_what_was_drafted_and_nothing_else_is_marked_as_sent(office: Office) -> None:
    result = email("--drafts", "--cohort", "autumn", "--only", "Ken Ito", "--updates")
    assert result.stdout.splitlines()[-1] == (
        "Once they are sent, note it: workshop email --client tiny --cohort autumn "
        "--only 'Ken Ito' --updates --mark-sent"
    )
    email("--mark-sent", "--yes")
    office.build(more=" revised")
    # There are no drafts of what has changed, unless somebody asks for them.
    assert "Noted 0 messages as sent" in email("--mark-sent", "--yes").stdout
    assert "Wrote 0 drafts" in (stdout := email("--drafts").stdout)
    assert "4 files changed after being sent; --drafts --updates" in stdout
    assert "Wrote 4 drafts" in email("--drafts", "--updates").stdout
    assert "Noted 4 messages" in email("--mark-sent", "--updates", "--yes").stdout


def test_a_client_without_a_time_zone_is_told(office: Office) -> None:
    assert "no time zone" not in email().stderr
    office.tiny.write("workshop.yaml", "output: build\n")
    assert "client.yaml:4:5: warning: The calendar entries for “autumn” are in no" in email().stderr
    office.tiny.change(CLIENT, "name: Tiny Ltd", "name: Tiny Ltd\ntimezone: Europe/Berlin")
    assert "no time zone" not in email().stderr


def test_kits_are_found_where_they_were_built(office: Office, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (office.tiny.root / "build").rename(elsewhere)
    assert (
        "There is no finished kit" in CliRunner().invoke(main, ["email", "--client", "tiny"]).stderr
    )
    result = email("--output", str(elsewhere), "--drafts")
    assert result.exit_code == 0
    assert (elsewhere / "tiny/_drafts/autumn/Ken Ito.eml").is_file()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_test_goes_to_the_trainer_alone(office: Office, postbox: Postbox) -> None:
    result = email("--test-to", "Ruth <ruth@example.org>", "--limit", "2")
    assert result.exit_code == 0
    assert postbox.addresses == ["ruth@example.org"] * 2
    assert office.lines() == []
    assert result.stdout.endswith("Sent 2 tests to ruth@example.org; nobody else got anything.\n")


def test_no_command_says_the_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", "hunter2-hunter2")
    result = email("--send", "--yes")
    assert result.exit_code == 3
    assert "does not accept user name and password" in result.stderr
    assert "hunter2" not in result.output
    kept = (path for path in office.tiny.root.rglob("*") if path.is_file())
    assert not [path for path in kept if b"hunter2" in path.read_bytes()]


def test_clean_keeps_the_ledger(office: Office) -> None:
    email("--send", "--yes")
    CliRunner().invoke(main, ["clean"], catch_exceptions=False)
    assert set(office.stands().values()) == {Status.SENT}


def test_a_script_can_send_too(office: Office, postbox: Postbox) -> None:
    mailing = workshop.mailing(office.tiny.root, "tiny")
    outcomes = workshop.deliver(mailing)
    assert {outcome.status for outcome in outcomes} == {Status.SENT}
    assert sorted(postbox.addresses) == ALL
    assert workshop.deliver(workshop.mailing(office.tiny.root, "tiny")) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--send", "--drafts"], "--send and --drafts exclude each other"),
        (["--test-to", "nobody"], "“nobody” is not an e-mail address"),
        (["--test-to", "a@example.org\nBcc: b@example.org"], "is not an e-mail address"),
        (["--only", "Nobody"], "There is no manager “Nobody” here"),
        (["--document", "badge"], "only what is made for each manager is e-mailed"),
        (["--cohort", "spring"], "This client has no cohort “spring”"),
    ],
)
def test_what_cannot_be_asked_for(office: Office, arguments: list[str], told: str) -> None:
    result = email(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_without_settings_drafts_can_be_written_and_nothing_sent(office: Office) -> None:
    office.tiny.write("workshop.yaml", "output: build\n")
    assert "From     nobody yet" in email().stdout
    assert email("--drafts").exit_code == 0
    result = email("--send", "--yes")
    assert result.exit_code == 2
    assert "does not say which mail server to use" in result.stderr


def test_status_before_anything_was_sent(office: Office) -> None:
    assert email("--status").stdout == "Nothing was sent for tiny yet.\n"
