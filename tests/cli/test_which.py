from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import Tiny


def columns(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_the_file_that_counts_comes_first_then_those_it_hides(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules/open.md", "own")
    tiny.write("modules/open.md", "the workspace’s")
    client, workspace, library = run("which", "open", "--client", "tiny").stdout.splitlines()
    assert client.split() == ["used", "client", "tiny", "clients/tiny/modules/open.md"]
    assert workspace.split() == ["hidden", "workspace", "modules/open.md"]
    assert library.split()[:2] == ["hidden", "library"]
    assert library.endswith("/modules/open.md")


def test_without_a_client_only_the_workspace_counts(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules/asking.md", "own")
    assert columns(run("which", "asking").stdout) == [["used", "workspace", "modules/asking.md"]]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("badge/document.yaml", "templates/badge/document.yaml"),
        ("asking.md", "modules/asking.md"),
        ("logo.svg", "clients/tiny/assets/logo.svg"),
        ("fact-sheet", "clients/tiny/cases/fact-sheet.md"),
    ],
)
def test_templates_assets_and_cases_have_names_too(
    run: Run, tiny: Tiny, name: str, file: str
) -> None:
    tiny.write("clients/tiny/assets/logo.svg", "<svg/>")
    tiny.write("clients/tiny/cases/fact-sheet.md", "own")
    first, *_ = columns(run("which", name, "--client", "tiny").stdout)
    assert (first[0], first[-1]) == ("used", file)


def test_a_document_is_all_its_files(run: Run) -> None:
    files = [row[-1] for row in columns(run("which", "badge").stdout)]
    assert files == ["templates/badge/document.html.j2", "templates/badge/document.yaml"]


@pytest.mark.parametrize("name", ["askin", "../workshop.yaml", "/etc/passwd", "**", ""])
def test_a_name_nothing_bears_is_refused(run: Run, name: str) -> None:
    result = run("which", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"No module, case, template, asset or profile is called “{name}”" in result.stderr


def test_the_nearest_name_is_offered(run: Run) -> None:
    assert "Did you mean “asking”?" in run("which", "askin").stderr
    assert "Did you mean “tiny”?" in run("which", "asking", "--client", "tinny").stderr


def test_what_is_a_client_s_own_is_listed_against_the_layer_below(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/cases/own-case.md", "own")
    tiny.write("clients/tiny/assets/logo.svg", "<svg/>")
    run("eject", "asking", "--client", "tiny")
    tiny.change("clients/tiny/modules/asking.md", "title: ", "title: New ")
    run("eject", "agenda/document.css")
    lines = run("which", "--changed", "tiny").stdout.splitlines()
    assert [re.split(r"  +", line) for line in lines] == [
        [
            "client tiny",
            "clients/tiny/modules/asking.md",
            "instead of the workspace’s: 1 line differs",
        ],
        ["client tiny", "clients/tiny/cases/own-case.md", "new"],
        ["client tiny", "clients/tiny/assets/logo.svg", "new"],
        ["workspace", "modules/asking.md", "new"],
        ["workspace", "modules/offering.md", "new"],
        ["workspace", "modules/programme.yaml", lines[5].split("  ")[-1]],
        ["workspace", "templates/agenda/document.css", "instead of the library’s: the same"],
        ["workspace", "templates/badge/document.html.j2", "new"],
        ["workspace", "templates/badge/document.yaml", "new"],
    ]
    assert re.fullmatch(r"instead of the library’s: \d+ lines differ", lines[5].split("  ")[-1])


def test_a_copy_whose_original_has_changed_is_told(run: Run, tiny: Tiny) -> None:
    run("eject", "asking", "--client", "tiny")
    tiny.write("modules/asking.md", "new\nlines\n")
    line, *_ = run("which", "--changed", "tiny").stdout.splitlines()
    assert "instead of the workspace’s, which has changed since it was copied: " in line


def test_of_a_copy_that_was_not_noted_nothing_is_said(run: Run, tiny: Tiny) -> None:
    text = (tiny.root / "modules/asking.md").read_text("utf-8")
    tiny.write("clients/tiny/modules/asking.md", text)
    tiny.write("modules/asking.md", f"{text}more\n")
    assert "instead of the workspace’s: 1 line differs" in run("which", "--changed", "tiny").stdout


def test_pictures_differ_or_are_the_same(run: Run, tiny: Tiny) -> None:
    for path, content in {"assets/a.png": b"\xff", "clients/tiny/assets/a.png": b"\xfe"}.items():
        tiny.write(path, "").write_bytes(content)
    assert "instead of the workspace’s: differs" in run("which", "--changed", "tiny").stdout


def test_one_thing_is_asked_for(run: Run) -> None:
    both = ("--changed", "tiny", "--client", "tiny")
    for arguments in ((), ("asking", "--changed", "tiny"), both):
        result = run("which", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Name a file, or a client with --changed" in result.stderr
