"""A build that would make nothing else is none: it says so, fast, and is never wrong about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.building.kit import manifest
from workshop.building.kit.manifest import KitFile
from workshop.building.kit.noted_files import note_files
from workshop.building.reuse.nothing_to_do import (
    BuildReport,
    BuildRequest,
    KitSummary,
    earlier_report,
    note_report,
    surroundings,
)
from workshop.diagnostics import Diagnostic, Location, Printed, Severity
from workshop.keeping.fingerprint import digest_of_file, program
from workshop.workspace.other_clients import read_client_names

pytestmark = pytest.mark.slow

WARNINGS = (
    Diagnostic(
        "slot-too-small",
        "“Ann” does not fit",
        Location(Path("document.css"), 3),
        "Make it larger.",
        Severity.WARNING,
        Printed("tiny", "autumn", "badge", "front", (2, 3)),
    ),
    Diagnostic("layout", "Something else", severity=Severity.WARNING),
)


def note_of(asked: BuildRequest) -> Path:
    """Return the file in the workspace that says where the answer lies."""
    return asked.workspace / ".workshop-cache" / "built" / asked.digest


def answer_of(asked: BuildRequest) -> Path:
    """Return the answer's own file, which lies with the kits."""
    [place] = (asked.workspace / "build" / "tiny").glob(f".built-{asked.digest[:32]}.json")
    return place


def report_on(tiny: Tiny) -> BuildReport:
    """Return what a build that has made a kit says."""
    return BuildReport((KitSummary(tiny.kit, 3, 9),), WARNINGS)


def report_again(tiny: Tiny) -> BuildReport:
    """Return what it says when there is nothing to do."""
    return replace(report_on(tiny), is_new=False)


@pytest.fixture
def asked(tiny: Tiny) -> BuildRequest:
    """What was asked of a build that was made, in a workspace with a kit in it."""
    asked = BuildRequest(tiny.root, "tiny")
    write_kit(tiny)
    note(asked, tiny)
    return asked


def note(asked: BuildRequest, tiny: Tiny) -> None:
    note_report(asked, surroundings_of(asked), workshop.load(tiny.root, "tiny"), report_on(tiny))


def surroundings_of(asked: BuildRequest) -> str:
    return surroundings(asked, read_client_names(asked.workspace))


def said_again(asked: BuildRequest) -> BuildReport | None:
    """Return what the next such build reports before it reads anything."""
    return earlier_report(asked, surroundings_of(asked))


def write_kit(tiny: Tiny) -> None:
    files = []
    for name in ("agenda.pdf", "badges/anna.pdf"):
        path = tiny.kit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        files.append(KitFile(name, "agenda", "participant", None, 1, digest_of_file(path)))
    whole = manifest.Manifest("tiny", "autumn", tuple(files))
    manifest.write(whole, tiny.kit)
    note_files(tiny.kit, tiny.kit, whole)


def test_what_was_said_is_said_again(tiny: Tiny, asked: BuildRequest) -> None:
    assert said_again(asked) == report_again(tiny)
    assert said_again(asked) == report_again(tiny)


def put_another(path: Path) -> None:
    copy = path.with_name("copy.pdf")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


CHANGES: dict[str, Callable[[Tiny], object]] = {
    "a roster": lambda tiny: tiny.change(ROSTER, "Bo Lindt", "Bo Lindh"),
    "a client's file": lambda tiny: tiny.change(CLIENT, "Tiny Ltd", "Tiny Inc"),
    "a module": lambda tiny: tiny.write("modules/asking.md", "gone"),
    "a template": lambda tiny: tiny.write("templates/badge/document.html.j2", "gone"),
    "a new file": lambda tiny: tiny.write("templates/client.css", "p { color: red }"),
    "a new picture of the client's": lambda tiny: tiny.write("clients/tiny/assets/a.svg", "<svg/>"),
    "a file that is gone": lambda tiny: (tiny.root / "modules/offering.md").unlink(),
    "the settings": lambda tiny: tiny.write("workshop.yaml", "output: elsewhere\n"),
    "a missing PDF": lambda tiny: (tiny.kit / "agenda.pdf").unlink(),
    "a PDF somebody wrote over": lambda tiny: (tiny.kit / "agenda.pdf").write_text("other"),
    "a PDF somebody put another in the place of": lambda tiny: put_another(tiny.kit / "agenda.pdf"),
    "another manifest": lambda tiny: (tiny.kit / "manifest.json").write_text("{}"),
    "what is noted of the kit": lambda tiny: (tiny.kit.parent / ".autumn.written").unlink(),
    "a file more in the kit": lambda tiny: (tiny.kit / "notes.txt").write_text("mine"),
    "another client's name": lambda tiny: tiny.write("clients/b/client.yaml", "name: B\n"),
    "the whole kit": lambda tiny: tiny.kit.rename(tiny.kit.with_name("moved")),
}


def test_what_else_is_said_of_another_client_changes_nothing(tiny: Tiny) -> None:
    tiny.write("clients/b/client.yaml", "name: B\n")
    asked = BuildRequest(tiny.root, "tiny")
    write_kit(tiny)
    note(asked, tiny)
    tiny.write("clients/b/client.yaml", "name: B\npaper: Letter\n")
    assert said_again(asked) == report_again(tiny)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_has_to_be_built(tiny: Tiny, asked: BuildRequest, change: str) -> None:
    CHANGES[change](tiny)
    assert said_again(asked) is None


@pytest.mark.parametrize(
    "change",
    [
        {"client": "other"},
        {"cohorts": ("autumn",)},
        {"documents": ("agenda",)},
        {"editions": ("large-print",)},
        {"output": Path("/elsewhere")},
    ],
)
def test_another_request_is_another_build(asked: BuildRequest, change: dict[str, Any]) -> None:
    assert said_again(replace(asked, **change)) is None


def test_a_file_saved_again_as_it_was_is_no_change(tiny: Tiny, asked: BuildRequest) -> None:
    path = tiny.root / "modules/asking.md"
    path.write_bytes(path.read_bytes())
    os.utime(path, (1, 1))
    assert said_again(asked) == report_again(tiny)


def test_another_file_of_the_same_size_is_one(tiny: Tiny, asked: BuildRequest) -> None:
    path = tiny.root / ROSTER
    status = path.stat()
    path.write_text(path.read_text().replace("Bo", "Cy"))
    assert path.stat().st_size == status.st_size
    assert said_again(asked) is None


def test_another_date_to_print_is_another_build(
    asked: BuildRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert said_again(asked) is None


def test_another_version_of_the_program_is_another_build(
    tiny: Tiny, asked: BuildRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint-71.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    # As for a process that begins now.
    program.cache_clear()
    assert said_again(asked) is None
    monkeypatch.undo()
    program.cache_clear()
    assert said_again(asked) == report_again(tiny)


def test_a_roster_outside_the_client_s_folder_counts_as_any_other(tiny: Tiny) -> None:
    (tiny.root / ROSTER).rename(tiny.root / "people.csv")
    tiny.change(CLIENT, "roster: roster.csv", "roster: ../../people.csv")
    asked = BuildRequest(tiny.root, "tiny")
    write_kit(tiny)
    note(asked, tiny)
    assert said_again(asked) == report_again(tiny)
    tiny.change("people.csv", "Bo Lindt", "Bo Lindh")
    assert said_again(asked) is None
    (tiny.root / "people.csv").unlink()
    assert said_again(asked) is None


def test_what_changed_while_it_was_built_is_seen(tiny: Tiny) -> None:
    asked = BuildRequest(tiny.root, "tiny")
    made_by, before = surroundings_of(asked), workshop.load(tiny.root, "tiny")
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    write_kit(tiny)
    note_report(asked, made_by, before, report_on(tiny))
    assert said_again(asked) is None


DEEP = "[" * 100_000


@pytest.mark.parametrize("damage", ["", "{}", "[1]", '{"program": 1}', "\x00", DEEP])
def test_a_damaged_note_is_none(tiny: Tiny, asked: BuildRequest, damage: str) -> None:
    answer_of(asked).write_text(damage)
    assert said_again(asked) is None
    note(asked, tiny)
    assert said_again(asked) == report_again(tiny)
    note_of(asked).write_text(damage)
    assert said_again(asked) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("inputs", {"a": [1, 2, 3]}),
        ("inputs", []),
        ("rosters", [1]),
        ("kits", {"/tmp": 1}),
        ("report", {"kits": [["a", 1, "2"]], "warnings": []}),
        ("report", {"kits": [], "warnings": [{"severity": "none"}]}),
        ("report", {"kits": [], "warnings": [[]]}),
    ],
)
def test_a_note_of_another_shape_is_none(asked: BuildRequest, key: str, value: object) -> None:
    place = answer_of(asked)
    answer = json.loads(place.read_text())
    place.write_text(json.dumps(answer | {key: value}))
    assert said_again(asked) is None


def test_a_note_in_another_s_place_is_none(tiny: Tiny, asked: BuildRequest) -> None:
    another = replace(asked, documents=("badge",))
    note(another, tiny)
    assert said_again(another) == report_again(tiny)
    answer_of(another).write_bytes(answer_of(asked).read_bytes())
    assert said_again(another) is None
    note(another, tiny)
    note_of(another).write_bytes(note_of(asked).read_bytes())
    assert said_again(another) is None


def test_a_note_that_is_a_pipe_is_none(tiny: Tiny, asked: BuildRequest) -> None:
    place = answer_of(asked)
    place.unlink()
    os.mkfifo(place)
    assert said_again(asked) is None
    note(asked, tiny)
    assert said_again(asked) == report_again(tiny)


def test_with_a_folder_that_is_a_link_nothing_is_noted(tiny: Tiny, asked: BuildRequest) -> None:
    (tiny.root / "linked").mkdir()
    (tiny.root / "modules" / "more").symlink_to(tiny.root / "linked")
    assert said_again(asked) is None
    note_of(asked).unlink()
    note(asked, tiny)
    assert not note_of(asked).exists()


def test_nobody_s_name_is_in_the_workspace_s_note(asked: BuildRequest) -> None:
    noted = contents(note_of(asked).parent)
    assert len(noted) == 1
    assert b"Ann" not in b"".join(noted.values())
    assert b"anna" not in b"".join(noted.values())


SCRIPT = """\
import sys
from pathlib import Path
from workshop.cli import main
try:
    main(["build", "--client", "tiny", "--only", "badge", "--jobs", "1"])
except SystemExit as end:
    assert not end.code
heavy = {"weasyprint", "jinja2", "pydantic", "pikepdf", "ruamel", "markdown", "rich", "babel"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""


def test_to_say_so_nothing_heavy_is_loaded(tiny: Tiny) -> None:
    def run() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=tiny.root,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    *_, last, loaded = run()
    assert last.startswith("Wrote 2 PDFs for tiny to build/tiny/ in ")
    assert loaded != "[]"
    assert run() == [
        "build/tiny/autumn: 2 PDFs, 2 pages",
        "Nothing to do for tiny: build/tiny/ has its 2 PDFs.",
        "[]",
    ]


def test_what_a_killed_build_left_half_noted_is_removed(tiny: Tiny, asked: BuildRequest) -> None:
    place = answer_of(asked)
    half = place.with_name(f"{place.name}.1")
    half.write_text("Anna")
    note(asked, tiny)
    assert not half.exists()
    assert said_again(asked) == report_again(tiny)
