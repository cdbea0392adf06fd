from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import Tiny, contents
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.workspace.overlay import library_root, make_overlay
from workshop.workspace.own_files import own_files

__all__ = ["tiny"]


def test_a_library_file_is_copied_into_the_workspace(
    run: Run, tiny: Tiny, repository: Path
) -> None:
    result = run("eject", "probing")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Wrote modules/probing.md\n"
    original = (repository / "modules/probing.md").read_bytes()
    assert (tiny.root / "modules/probing.md").read_bytes() == original


def test_a_client_s_copy_lies_in_the_client_s_folder(run: Run, tiny: Tiny) -> None:
    result = run("eject", "asking", "--client", "tiny")
    assert result.stdout == "Wrote clients/tiny/modules/asking.md\n"
    own = tiny.root / "clients/tiny/modules/asking.md"
    assert own.read_bytes() == (tiny.root / "modules/asking.md").read_bytes()
    assert "used" in run("which", "asking", "--client", "tiny").stdout


@pytest.mark.parametrize("folder", ["", "clients/tiny/"])
@pytest.mark.parametrize("has_schemas", [True, False])
def test_a_copy_leads_editors_to_its_schema_and_counts_as_unchanged(
    run: Run, tiny: Tiny, folder: str, has_schemas: bool
) -> None:
    if has_schemas:
        tiny.write(".schema/profile.json", "{}")
    client = ["--client", "tiny"] if folder else []
    run("eject", "booklet", *client)
    own = tiny.root / folder / "profiles/booklet.yaml"
    first = own.read_text("utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = own.parent / first.partition("=")[2]
    assert schema.is_file()
    assert (".schema" in schema.parts) == has_schemas
    overlay = make_overlay("tiny", tiny.root, library_root())
    [apart] = [file.lines for file in own_files(overlay) if file.file.path == own]
    assert apart == 0


@pytest.mark.slow
def test_a_document_is_copied_with_all_its_files(run: Run, tiny: Tiny) -> None:
    result = run("eject", "agenda", "--client", "tiny")
    assert result.stdout.splitlines() == [
        "Wrote clients/tiny/templates/agenda/document.css",
        "Wrote clients/tiny/templates/agenda/document.html.j2",
        "Wrote clients/tiny/templates/agenda/document.yaml",
    ]
    assert run("check").exit_code == 0


def test_nothing_is_ever_overwritten(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules/asking.md", "mine")
    tiny.write("clients/tiny/templates/agenda/document.css", "/* mine */")
    before = contents(tiny.root)
    result = run("eject", "asking", "--client", "tiny")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "“asking” already belongs to client tiny" in result.stderr
    assert contents(tiny.root) == before
    # Of a document, only what is not there yet is added.
    run("eject", "agenda", "--client", "tiny")
    after = contents(tiny.root)
    assert {path: after[path] for path in before} == before
    added = after.keys() - before.keys() - {"clients/tiny/.copied-from.json"}
    assert len(added) == 2


def test_a_name_nothing_bears_is_refused(run: Run, tiny: Tiny) -> None:
    before = contents(tiny.root)
    for name in ("askin", "../workshop.yaml", "/etc/passwd"):
        result = run("eject", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"is called “{name}”" in result.stderr
    assert contents(tiny.root) == before


def test_a_file_in_the_place_of_the_folder_is_told(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules", "a file")
    result = run("eject", "asking", "--client", "tiny")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("clients/tiny/modules: error: A folder should be here, but")
