from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, Tiny


def test_clients_are_listed_with_their_cohorts(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/beta/client.yaml", "name: Beta GmbH\ncohorts: {one: {}, two: {}}\n")
    tiny.write("clients/broken/client.yaml", "name: [\n")
    result = run("list", "clients")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "beta    Beta GmbH  one, two\n"
        "broken             cannot be read: see `workshop check`\n"
        "tiny    Tiny Ltd   autumn\n"
    )


def test_no_clients_is_said(run: Run, tiny: Tiny) -> None:
    (tiny.root / CLIENT).unlink()
    assert run("list", "clients").stdout == "No clients yet.\n"


def test_documents_are_listed_with_whom_they_are_for(run: Run) -> None:
    rows = [line.split("  ") for line in run("list", "documents").stdout.splitlines()]
    listed = [[cell.strip() for cell in row if cell] for row in rows]
    assert [row[0] for row in listed] == sorted(row[0] for row in listed)
    for row in (
        ["agenda", "for participants", "one per cohort", "library"],
        ["badge", "for participants", "one per participant", "workspace"],
        ["follow-up-run-sheet", "for the trainer", "one per cohort", "library"],
        ["manager-briefing", "for their managers", "one per manager", "library"],
        ["participant-workbook", "for participants", "one per participant", "library"],
        ["slides", "for everybody in the room", "one per cohort", "library"],
        ["sponsor-outline", "for the sponsor", "one per cohort", "library"],
    ):
        assert row in listed


def test_a_client_s_own_document_is_listed_as_theirs(run: Run, tiny: Tiny) -> None:
    run("eject", "badge", "--client", "tiny")
    listed = run("list", "documents", "--client", "tiny").stdout
    assert "badge" in listed
    assert "client tiny" in listed
    assert "client tiny" not in run("list", "documents").stdout


def test_modules_are_listed_with_minutes_layer_and_title(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    result = run("list", "modules", "--client", "acme")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert len(lines) == 16
    assert lines["open"].split() == ["open", "10", "15", "20", "min", "library", "Open"]
    assert "  client acme  " in lines["opportunity-hunt"]
    assert lines["step-back"].endswith(
        "  A step back, on purpose (optional, follows coaching-trios)"
    )


def test_terms_are_listed_with_their_words(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    usual = run("list", "terms").stdout.splitlines()
    assert usual[0] == "customer         “internal customer”"
    assert usual[-1] == "follow-up group  “follow-up group”"
    result = run("list", "terms", "--client", "acme")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split("  ") for line in result.stdout.splitlines()]
    words = {line[0]: line[-1] for line in lines}
    assert len(words) == len(usual)
    assert words["customers"] == "acme: “internal clients”"
    assert words["team"] == "acme: as usual"


def test_a_fault_in_the_programme_is_shown(run: Run, tiny: Tiny) -> None:
    tiny.write("modules/programme.yaml", "title: [\n")
    result = run("list", "terms")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "modules/programme.yaml:" in result.stderr


def test_a_fault_in_a_client_s_file_is_shown_with_its_terms(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/client.yaml", "nme: Tiny\n")
    result = run("list", "terms", "--client", "tiny")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "clients/tiny/client.yaml:1:1" in result.stderr


def test_a_fault_in_a_module_is_shown(run: Run, tiny: Tiny) -> None:
    tiny.write("modules/asking.md", "no front matter")
    result = run("list", "modules")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "modules/asking.md:1" in result.stderr


@pytest.mark.parametrize("what", ["modules", "documents", "terms"])
def test_an_unknown_client_is_answered_by_the_nearest(run: Run, what: str) -> None:
    result = run("list", what, "--client", "tinny")
    assert result.exit_code == 2
    assert "Did you mean “tiny”?" in result.stderr


def test_looks_are_listed_with_their_typefaces(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/templates/_shared/looks/ours/look.yaml", "summary: Ours\n")
    listed = run("list", "looks").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["field-notes", "letterpress", "signal"]
    assert "Poppins, Open Sans" in listed[2]
    own = run("list", "looks", "--client", "tiny").stdout
    assert "ours         EB Garamond, Source Sans 3  client tiny  Ours" in own
