"""Bad input, end to end: a fault with its place, never a traceback, and the last kit stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from tests.tiny_workspace.workspace import laid_out_before as tiny

__all__ = ["tiny"]

BADGE = "templates/badge/document.html.j2"
ASKING = "modules/asking.md"
BUILD = ("build", "--client", "tiny", "--only", "badge", "--jobs", "1")
Spoil = Callable[[Tiny], object]


def written(path: str, text: str | bytes) -> Spoil:
    def spoil(tiny: Tiny) -> None:
        tiny.write(path, "").write_bytes(text if isinstance(text, bytes) else text.encode())

    return spoil


def changed(path: str, old: str, new: str) -> Spoil:
    return lambda tiny: tiny.change(path, old, new)


def gone(path: str) -> Spoil:
    return lambda tiny: (tiny.root / path).unlink()


def a_folder(path: str) -> Spoil:
    def spoil(tiny: Tiny) -> None:
        (tiny.root / path).unlink()
        (tiny.root / path).mkdir()

    return spoil


def logo(name: str, content: bytes) -> Spoil:
    def spoil(tiny: Tiny) -> None:
        tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\nlogo: {name}\n")
        tiny.write(f"clients/tiny/assets/{name}", "").write_bytes(content)

    return spoil


ROSTERS = [
    (gone(ROSTER), "There is no roster clients/tiny/roster.csv"),
    (a_folder(ROSTER), "roster.csv cannot be read: it is a folder, not a file"),
    (written(ROSTER, ""), "There is nobody in the roster"),
    (written(ROSTER, "full nmae,email\nAnna,\n"), "Unknown column “full nmae”"),
    (
        written(ROSTER, "name\nZoë\n".encode("utf-16") + b"x"),
        "roster.csv:1: error: This file begins",
    ),
    (changed(ROSTER, "bo@", "anna@"), "roster.csv:3:10: error: The e-mail anna@example.com is in"),
    (changed(ROSTER, "bo@", "bo."), "roster.csv:3:10: error: “bo.example.com” is not an e-mail"),
    (changed(ROSTER, "sent,Inés Ruiz", "sent,42"), "roster.csv:3:43: error: The manager holds no"),
    (changed(ROSTER, ",sent,", ",sant,"), "Did you mean “sent”?"),
    (changed(ROSTER, "Bo Lindt", "B" * 201), "roster.csv:3:1: error: The name has 201 char"),
]
CLIENTS = [
    (a_folder(CLIENT), "client.yaml: error: The file cannot be read: it is a folder, not a file"),
    (written(CLIENT, ""), "client.yaml:1:1: error: “name” is missing"),
    (written(CLIENT, "name: [\n"), "client.yaml:"),
    (written(CLIENT, b"\0\0"), "client.yaml:1:1: error: A character that cannot be printed"),
    (changed(CLIENT, "roster.csv", "../../../../etc/passwd"), "5:13: error: The roster"),
    (written("workshop.yaml", "outptu: kits\n"), "workshop.yaml:1:1: error: Unknown key “outptu”"),
    (logo("logo.svg", b""), "2:7: error: The logo clients/tiny/assets/logo.svg is empty"),
    (logo("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(50_000_000)), "has 50.1 MB; a logo may have"),
]
TEMPLATES = [
    (written(BADGE, in_part("{% if %}")), "document.html.j2:2: error: Expected an expression"),
    (written(BADGE, "{% call part('x') %}"), "document.html.j2:1: error: Unexpected end of"),
    (written(BADGE, in_part("{{ clent.name }}")), "2: error: Nothing is called “clent” here"),
    (written(BADGE, in_part("é").encode("latin-1")), "document.html.j2:1: error: This file is not"),
    (a_folder(BADGE), "document.html.j2: error: A file should be here, but this is a"),
    (gone(BADGE), "The document “badge” has no document.html.j2"),
    (written("templates/badge/document.css", "é".encode("latin-1")), "document.css"),
    (written("templates/badge/document.yaml", "titel: Badge\n"), "Did you mean “title”?"),
]
MODULES = [
    (changed(ASKING, "again.\n:::\n:::", "again.\n:::"), "asking.md:12:1: error: This block is"),
    (changed(ASKING, "::: facilitator", "::: facilitatro"), "Did you mean “facilitator”?"),
    (changed(ASKING, "Most questions", "{{ clent.name }}"), "asking.md:10: error: Nothing is"),
    (changed(ASKING, "minutes=25", "minutes=26"), "asking.md:"),
    (gone(ASKING), "There is no module “asking”"),
    (a_folder(ASKING), "asking.md: error: A file should be here, but this is a folder"),
]


@pytest.fixture
def last_kit(tiny: Tiny) -> dict[str, bytes]:
    """What an earlier build left; it is enough that it is there."""
    tiny.write("build/tiny/autumn/manifest.json", '{"format": 0, "cohort": "autumn"}')
    tiny.write("build/tiny/autumn/badges/anna-berg.pdf", "%PDF")
    return contents(tiny.root / "build")


@pytest.mark.parametrize(("spoil", "said"), [*ROSTERS, *CLIENTS, *TEMPLATES, *MODULES])
@pytest.mark.slow
def test_bad_input_is_a_fault_with_its_place(
    run: Run, tiny: Tiny, last_kit: dict[str, bytes], spoil: Spoil, said: str
) -> None:
    spoil(tiny)
    result = run(*BUILD)
    assert said in result.stderr
    assert (result.exit_code, result.stdout) == (1, "")
    assert {**contents(tiny.root / "build"), "tiny/.autumn.lock": b""} == {
        **last_kit,
        "tiny/.autumn.lock": b"",
    }


@pytest.mark.slow
def test_a_character_no_font_has_is_told_and_stops_a_strict_build(run: Run, tiny: Tiny) -> None:
    tiny.change(ROSTER, "Bo Lindt", "Bo 🦄")
    said = "No font has the character 🦄 (U+1F984)"
    assert said in run(*BUILD).stderr
    kit = contents(tiny.root / "build")
    strict = run(*BUILD, "--strict")
    assert said in strict.stderr
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert contents(tiny.root / "build") == kit


@pytest.mark.slow
def test_a_roster_with_a_byte_order_mark_is_read(run: Run, tiny: Tiny) -> None:
    path = tiny.root / ROSTER
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run("check").stdout == "tiny: 1 cohort, 7 PDFs to make, nothing wrong.\n"


@pytest.mark.slow
def test_a_participant_without_a_manager_is_pointed_out_and_gets_everything_else(
    run: Run, tiny: Tiny
) -> None:
    tiny.change(ROSTER, "sent,Inés Ruiz,ines@example.com", "sent,,")
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == "tiny: 1 cohort, 7 PDFs to make, 1 warning.\n"
    assert result.stderr == (
        "clients/tiny/roster.csv:3: warning: No manager is given: no briefing will name this "
        "person [roster-no-manager]\n"
    )


def test_a_workspace_file_nobody_may_read_is_no_bug(run: Run, tiny: Tiny) -> None:
    (tiny.root / ASKING).unlink()
    (tiny.root / ASKING).symlink_to(Path("asking.md"))  # leads to itself
    result = run("check")
    assert result.exit_code in (1, 3)
    assert "error: " in result.stderr
