from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from workshop.cli.show_faults import ShownError, all_option, show
from workshop.diagnostics import (
    ContentError,
    Diagnostic,
    EnvironmentFault,
    Location,
    Printed,
    Proposal,
    Quote,
    Severity,
    UsageError,
    WorkshopError,
)

PLACE = Location(Path("client.yaml"), 7, 3)
ERROR = Diagnostic("unknown-key", "Unknown key “papr”", PLACE, "Did you mean “paper”?")
WARNING = Diagnostic("contrast", "This is pale", severity=Severity.WARNING)
SHOWN = (
    "client.yaml:7:3: error: Unknown key “papr” [unknown-key]\n"
    "  Did you mean “paper”?\n"
    "warning: This is pale [contrast]\n"
)


def test_place_sentence_and_hint_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    show([ERROR, WARNING])
    assert capsys.readouterr() == ("", SHOWN)


@pytest.mark.parametrize(
    ("family", "code"), [(ContentError, 1), (UsageError, 2), (EnvironmentFault, 3)]
)
def test_each_family_of_faults_has_its_exit_code(family: type[WorkshopError], code: int) -> None:
    @click.command()
    def command() -> None:
        raise ShownError(family([ERROR, WARNING]))

    result = CliRunner().invoke(command)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", SHOWN)


def test_a_coarse_picture_is_shown_once_for_all_cohorts(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = [
        Diagnostic(
            "low-resolution",
            f"The picture {name} has {dots} pixels an inch at the size it is printed",
            Location(Path(name)),
            severity=Severity.WARNING,
            printed=Printed("acme", cohort, "slides"),
        )
        for name, cohort, dots in (("a.png", "x", 90), ("a.png", "y", 80), ("b.png", "y", 70))
    ]
    show(warnings)
    shown = capsys.readouterr().err.splitlines()
    assert [line.partition(" has ")[0] for line in shown] == [
        "a.png: warning: acme y, slides: The picture a.png",
        "b.png: warning: acme y, slides: The picture b.png",
    ]


def test_colour_is_for_terminals_only() -> None:
    @click.command()
    def command() -> None:
        show([ERROR])

    assert "\x1b[" not in CliRunner().invoke(command).stderr
    assert "\x1b[31m" in CliRunner().invoke(command, color=True).stderr


def faults(number: int, code: str = "roster-email", file: str = "r.csv") -> list[Diagnostic]:
    return [
        Diagnostic(code, f"Row {line} is wrong", Location(Path(file), line), "Mend it.")
        for line in range(2, number + 2)
    ]


@pytest.mark.slow
def test_faults_of_one_kind_are_told_once_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    show([*faults(100_000), ERROR])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "r.csv:2: error: Row 2 is wrong [roster-email]"
    assert lines[20] == (
        "r.csv:12: error: 99,990 more faults of this kind, in lines 12 to 100001 [roster-email]"
    )
    assert lines[21] == "client.yaml:7:3: error: Unknown key “papr” [unknown-key]"
    assert len(lines) == 23


def test_eleven_are_shown_as_eleven(capsys: pytest.CaptureFixture[str]) -> None:
    show(faults(11))
    assert "Row 12 is wrong" in capsys.readouterr().err


def test_a_run_tells_less_than_200_lines_and_errors_before_warnings() -> None:
    pale = [
        Diagnostic(f"pale-{n}", "Pale", Location(Path(f"{n}.md"), 1), severity=Severity.WARNING)
        for n in range(400)
    ]

    @click.command()
    def command() -> None:
        show(pale)
        raise ShownError(
            ContentError([*pale, *(fault for n in range(30) for fault in faults(20, f"{n}"))])
        )

    lines = CliRunner().invoke(command).stderr.splitlines()
    assert len(lines) < 200
    assert "250 more messages are not shown here; --all shows them." in lines


def test_errors_have_the_room_that_warnings_want(capsys: pytest.CaptureFixture[str]) -> None:
    many = [Diagnostic(f"pale-{n}", "Pale", severity=Severity.WARNING) for n in range(400)]
    show([*many, ERROR])
    assert "Unknown key “papr”" in capsys.readouterr().err


@pytest.mark.slow
def test_all_shows_all() -> None:
    @click.command()
    @all_option
    def command() -> None:
        raise ShownError(ContentError([*faults(5_000), Diagnostic("long", "x" * 5_000)]))

    assert len(CliRunner().invoke(command, ["--all"]).stderr.splitlines()) == 10_001
    assert "x" * 5_000 in CliRunner().invoke(command, ["--all"]).stderr
    assert "x" * 5_000 not in CliRunner().invoke(command).stderr


def test_a_line_end_in_a_name_makes_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    show([Diagnostic("odd", "There is no “a\nb.md: error: c”", Location(Path("x\ny.md"), 1))])
    assert capsys.readouterr().err == (
        r"x\ny.md:1: error: There is no “a\nb.md: error: c” [odd]" + "\n"
    )


def test_lines_to_type_are_whole_and_a_cut_hint_says_how_to_see_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = "order: [" + ", ".join(f"module-{number}" for number in range(100)) + "]"
    proposal = Proposal("drops “Close” (10 min)", (line, "modules: {exclude: [close]}"))
    show([Diagnostic("day", "Too full", None, "Long. " * 200, proposals=(proposal,))])
    message, hint, cost, *lines = capsys.readouterr().err.splitlines()
    assert message.endswith("Too full [day]")
    assert hint.endswith("… (--all shows the whole of it)")
    assert cost == "    - drops “Close” (10 min):"
    assert lines == [f"      {line}", "      modules: {exclude: [close]}"]


def test_words_that_are_quoted_have_a_line_each_and_their_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quotes = tuple(Quote(Location(Path("a.md"), line), f"“Lead {line}.”") for line in range(1, 21))
    show([Diagnostic("two", "Two meanings", None, "Take another.", quotes=quotes)])
    _, _, *lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["    a.md:1: “Lead 1.”", "    a.md:2: “Lead 2.”"]
    assert lines[12:] == ["    and 8 more places (--all shows all of them)"]


def test_quotes_go_to_json_and_come_back() -> None:
    fault = Diagnostic("two", "Two", quotes=(Quote(Location(Path("a.md"), 3), "“Lead.”"),))
    assert fault.data["quotes"] == [{"file": "a.md", "line": 3, "words": "“Lead.”"}]
    assert Diagnostic.from_data(fault.data).quotes == fault.quotes
