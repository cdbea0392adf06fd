from __future__ import annotations

from pathlib import Path

import pytest

from tests.tailoring.conftest import Small
from workshop.diagnostics import UsageError
from workshop.tailoring.list_choices import overlay_of
from workshop.workspace.overlay import Overlay, library_root
from workshop.workspace.which_file import eject, which

LIBRARY = library_root()


@pytest.fixture
def overlay(small: Small) -> Overlay:
    """The layers of the client `test`."""
    small.workspace.client()
    return overlay_of(small.root, "test")


def paths(overlay: Overlay, name: str) -> dict[str, list[Path]]:
    return {path: [file.path for file in files] for path, files in which(overlay, name)}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("probing", "modules/probing.md"),
        ("probing.md", "modules/probing.md"),
        ("programme.yaml", "modules/programme.yaml"),
        ("fact-sheet", "modules/cases/fact-sheet.md"),
        ("agenda/document.css", "templates/agenda/document.css"),
    ],
)
def test_a_name_stands_for_a_file(overlay: Overlay, name: str, path: str) -> None:
    [(_, files)] = which(overlay, name)
    assert files[-1].path == LIBRARY / path


def test_the_file_that_counts_comes_first_and_those_it_hides_after(
    small: Small, overlay: Overlay
) -> None:
    own = small.write("clients/test/modules/open.md", "")
    assert paths(overlay, "open") == {
        "open.md": [own, small.root / "modules/open.md", LIBRARY / "modules/open.md"]
    }


def test_a_documents_name_stands_for_its_folder(overlay: Overlay) -> None:
    files = {path.name for path in (LIBRARY / "templates/agenda").iterdir()}
    for name in ("agenda", "agenda/"):
        assert set(paths(overlay, name)) == {f"agenda/{file}" for file in files}


def test_an_asset_is_found_by_its_path(small: Small, overlay: Overlay) -> None:
    logo = small.write("clients/test/assets/marks/logo.svg", "<svg/>")
    assert paths(overlay, "marks/logo.svg") == {"marks/logo.svg": [logo]}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("probbing", "Did you mean “probing”?"),
        ("agneda", "Did you mean “agenda”?"),
        ("fact-shet", "Did you mean “fact-sheet”?"),
        ("cases/fact-sheet", "Did you mean “fact-sheet”?"),
        ("agenda/documnt.css", "Did you mean “agenda/document.css”?"),
        ("*", "Known here: "),
        ("", "Known here: "),
        ("/", "Known here: "),
        ("/etc/passwd", "Known here: "),
        ("..", "Known here: "),
        ("../../test", "Known here: "),
        ("[", "Known here: "),
    ],
)
def test_a_name_nothing_bears_is_told_the_nearest(overlay: Overlay, name: str, hint: str) -> None:
    for look_up in (which, eject):
        with pytest.raises(UsageError) as caught:
            look_up(overlay, name)
        [fault] = caught.value.diagnostics
        assert fault.message == f"No module, case, template, asset or profile is called “{name}”"
        assert (fault.hint or "").startswith(hint)


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("probing", "clients/test/modules/probing.md"),
        ("fact-sheet", "clients/test/cases/fact-sheet.md"),
        ("agenda/document.css", "clients/test/templates/agenda/document.css"),
    ],
)
def test_a_file_is_copied_to_where_the_client_keeps_its_kind(
    small: Small, overlay: Overlay, name: str, copy: str
) -> None:
    [(original, written)] = eject(overlay, name)
    assert written == small.root / copy
    assert written.read_bytes() == original.read_bytes()
    [(_, files)] = which(overlay, name)
    assert files[0].path == written


def test_a_document_is_copied_whole_but_for_what_is_there(small: Small, overlay: Overlay) -> None:
    own = small.write("clients/test/templates/agenda/document.css", "p { color: red }")
    written = {copy.name for _, copy in eject(overlay, "agenda")}
    assert written == {"document.html.j2", "document.yaml"}
    assert own.read_text(encoding="utf-8") == "p { color: red }"


def test_the_nearest_layers_file_is_the_one_that_is_copied(small: Small, overlay: Overlay) -> None:
    [(original, _)] = eject(overlay, "open")
    assert original == small.root / "modules/open.md"


def test_what_is_there_already_is_not_overwritten(small: Small, overlay: Overlay) -> None:
    own = small.write("clients/test/modules/open.md", "mine")
    with pytest.raises(UsageError, match="“open” already belongs to client test"):
        eject(overlay, "open")
    assert own.read_text(encoding="utf-8") == "mine"


def test_a_copy_is_not_written_through_a_link(small: Small, overlay: Overlay) -> None:
    outside = small.write("outside.md", "mine")
    (small.root / "clients/test/modules").mkdir()
    (small.root / "clients/test/modules/open.md").symlink_to(outside)
    with pytest.raises(UsageError, match=r"open\.md is already there; nothing was written"):
        eject(overlay, "open")
    assert outside.read_text(encoding="utf-8") == "mine"
