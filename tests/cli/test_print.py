from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, Tiny
from tests.tiny_workspace.workspace import laid_out_before as tiny

__all__ = ["tiny"]

FOLDER = "build/tiny/autumn.print/office-duplex"


@pytest.fixture
def built(tiny: Tiny) -> Tiny:
    """The tiny workspace with a kit that has a nameless copy."""
    tiny.change(CLIENT, "name: Tiny Ltd\n", "name: Tiny Ltd\nspares: 2\npacks: [badge, agenda]\n")
    tiny.build("badge", "agenda")
    return tiny


@pytest.mark.slow
def test_packs_are_reconciled_with_the_roster_and_counted(built: Tiny, run: Run) -> None:
    result = run("print", "--client", "tiny")
    assert result.exit_code == 0
    assert result.stdout == (
        f"{FOLDER}/\n"
        "  2 people on the roster, 2 packs + 2 spares\n"
        "  each    badge, agenda\n"
        "  sheets  8 A4, 80–100 g/m², white; sides: 6 in colour, 2 in black, 8 blank\n"
        "  files   run.pdf, ticket.pdf, ticket.json, packs/\n"
    )
    assert {path.name for path in (built.root / FOLDER).iterdir()} == {
        "run.pdf", "ticket.pdf", "ticket.json", "packs",
    }  # fmt: skip
    again = run("print", "--client", "tiny")
    assert again.stdout.splitlines()[0] == f"{FOLDER}/ (nothing to do)"


@pytest.mark.slow
def test_no_warning_of_python_s_is_shown_for_words_behind_a_time(tiny: Tiny, run: Run) -> None:
    keys = 'times: {doors: "13:15, tea in the foyer"}\npacks: [badge, agenda]\n'
    tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\n{keys}")
    tiny.build("badge", "agenda")
    # In tests, what Python warns of is raised.
    result = run("print", "--client", "tiny")
    assert result.exit_code == 0, result.stderr
    assert "pydantic" not in result.output


@pytest.mark.slow
def test_what_lies_in_the_place_of_a_run_s_lock_is_told_with_a_cure(built: Tiny, run: Run) -> None:
    (built.root / "build/tiny/autumn.print/.office-duplex.lock").mkdir(parents=True)
    result = run("print", "--client", "tiny")
    assert result.exit_code == 3
    assert "/.office-duplex.lock is a folder, and a file is to be there [output]" in result.stderr
    assert "Give the folder another name." in result.stderr


@pytest.mark.slow
def test_without_cups_there_is_a_message_and_there_are_the_files(
    built: Tiny, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("print", "--client", "tiny", "--printer", "office", "--yes")
    assert result.exit_code == 3
    assert "This machine has no CUPS" in result.stderr
    assert (built.root / FOLDER / "run.pdf").is_file()


@pytest.mark.slow
def test_runs_of_an_earlier_kit_are_told(built: Tiny, run: Run) -> None:
    run("print", "--client", "tiny", "--profile", "two-up")
    ticket = built.root / "build/tiny/autumn.print/two-up/ticket.json"
    data = json.loads(ticket.read_text("utf-8"))
    ticket.write_text(json.dumps({**data, "sources": ["0" * 64]}), encoding="utf-8")
    result = run("print", "--client", "tiny")
    assert "made from an earlier kit, so print them anew first: two-up\n" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["print", "pictures"])
def test_a_kit_that_was_made_before_its_files_changed_is_told_with_what_to_type(
    built: Tiny, run: Run, command: str
) -> None:
    build = ("build", "--client", "tiny", "--only", "badge", "--only", "agenda", "--jobs", "1")
    assert run(*build).exit_code == 0
    assert "old-kit" not in run(command, "--client", "tiny").stderr
    module = built.root / "modules/asking.md"
    text = module.read_text("utf-8")
    module.write_text(text, encoding="utf-8")
    assert "old-kit" not in run(command, "--client", "tiny").stderr
    module.write_text(f"{text}\nMore.\n", encoding="utf-8")
    built.write("clients/tiny/cases/new.md", "---\ntitle: New\n---\nNew.\n")
    told = run(command, "--client", "tiny")
    assert told.exit_code == 0
    assert "The kit of “autumn” was made before " in told.stderr
    assert "clients/tiny/cases/new.md, modules/asking.md changed [old-kit]" in told.stderr
    assert "Build it anew first: `workshop build --client tiny --cohort autumn`." in told.stderr
    assert run(*build).exit_code == 0
    assert "old-kit" not in run(command, "--client", "tiny").stderr


@pytest.mark.slow
def test_a_kit_whose_build_left_no_note_is_not_judged(built: Tiny, run: Run) -> None:
    assert not list((built.root / "build/tiny").glob(".built-*.json"))
    module = built.root / "modules/asking.md"
    module.write_text(module.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    assert "old-kit" not in run("print", "--client", "tiny").stderr


@pytest.mark.slow
def test_an_unknown_profile_is_a_fault_of_usage(built: Tiny, run: Run) -> None:
    result = run("print", "--client", "tiny", "--profile", "boklet")
    assert result.exit_code == 2
    assert "Did you mean “booklet”?" in result.stderr


def test_a_document_for_others_cannot_be_ordered_into_packs(tiny: Tiny, run: Run) -> None:
    tiny.change(CLIENT, "name: Tiny Ltd\n", "name: Tiny Ltd\npacks: [badge, manager-briefing]\n")
    result = run("print", "--client", "tiny")
    assert result.exit_code == 1
    assert "“manager-briefing” is for their managers and cannot be" in result.stderr
    assert f"{Path(CLIENT).name}:2" in result.stderr


def test_profiles_are_listed(tiny: Tiny, run: Run) -> None:
    tiny.write("profiles/mine.yaml", "title: My own way\n")
    listed = run("list", "profiles").stdout
    assert "My own way" in listed
    assert "Saddle-stitched booklet, half size" in listed
