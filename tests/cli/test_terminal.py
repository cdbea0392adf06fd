"""What users wrote cannot steer the terminal, whichever command prints it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.cli.terminal import Styled, echo, echo_json, harmless

PACKAGE = Path(__file__).parents[2] / "workshop"
STEERING = (
    "\a\b\x1b]0;x\x07\x1b[2J\r\x7f\x85\x9b31m\u200f\u2028\u202a\u202e\u2066\u2069\ufeff\U000e0041"
)


def steers(text: str) -> list[str]:
    """Return the characters of a text that a terminal obeys."""
    return re.findall(r"[^\n\t\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufefe]", text)


def test_steering_characters_are_printed_by_their_numbers() -> None:
    assert steers(STEERING)
    assert steers(harmless(STEERING)) == []
    assert harmless("a\x1bb\u202ec\udce9d\U000e0041") == r"a\x1bb\u202ec\xe9d\U000e0041"


@pytest.mark.parametrize(
    "text", ["Zoë Müller", "علی\u200cرضا", "נועה\u200f", "a\nb\tc", "👩\u200d🏫"]
)
def test_what_is_harmless_stays(text: str) -> None:
    assert harmless(text) == text


def test_on_one_line_there_are_no_line_ends() -> None:
    assert harmless("a\nb: error: c\td", one_line=True) == r"a\nb: error: c\td"


def test_styles_are_ours_alone() -> None:
    @click.command()
    def command() -> None:
        echo("\x1b[8mhidden ", Styled("red\x1b", "red"), err=True)

    shown = CliRunner().invoke(command, color=True).stderr
    assert shown == "\\x1b[8mhidden \x1b[31mred\\x1b\x1b[0m\n"


def test_json_says_the_same_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    echo_json({"file": f"é{STEERING}\udce9"})
    line = capsys.readouterr().out
    assert steers(line) == []
    assert "é" in line
    assert json.loads(line) == {"file": f"é{STEERING}\udce9"}


def test_no_other_file_prints() -> None:
    printing = re.compile(r"click\.(?:echo|secho|prompt|confirm|style)\(|(?<![\w.])print\(")
    files = [path for path in PACKAGE.rglob("*.py") if path.name != "terminal.py"]
    calls = [
        f"{path.name}: {line.strip()}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if printing.search(line) and not line.lstrip().startswith("def ")
    ]
    assert len(files) > 100
    assert calls == []


@pytest.fixture
def steering(tiny: Tiny) -> Tiny:
    """The tiny workspace with names that steer wherever a name can stand."""
    tiny.change(CLIENT, "name: Tiny Ltd", r'name: "Tiny \u202e Ltd"')
    folder = tiny.root / "clients" / "ti\x1b[31m\u202eny"
    (tiny.root / "clients/tiny").rename(folder)
    module = (tiny.root / "modules/asking.md").read_text(encoding="utf-8")
    for name in ("a\x07sk\u202e.md", "a\nmodules/x.md:1: error: no.md", "\x9b.md"):
        tiny.write(f"modules/{name}", module.replace("title: ", "title: \u202e"))
    (tiny.root / "modules/\udce9.md").write_text(module, encoding="utf-8")
    return tiny


COMMANDS = [
    ("list", "clients"),
    ("list", "modules"),
    ("list", "documents"),
    ("list", "profiles"),
    ("check", "--quick"),
    ("check", "--quick", "--client", "x\x1b[2J\u202e"),
    ("plan", "--client", "ti\x1b[31m\u202eny"),
    ("plan", "--client", "ti\x1b[31m\u202eny", "--cohort", "\x1b"),
    ("which", "a\x07sk\u202e"),
    ("which", "\x1b[2J"),
    ("eject", "\x1b[2J"),
    ("build", "--client", "ti\x1b[31m\u202eny", "--only", "\u202e"),
    ("build", "--client", "\x1b", "--json"),
    ("print", "--client", "ti\x1b[31m\u202eny"),
    ("pictures", "--client", "ti\x1b[31m\u202eny"),
    ("email", "--client", "ti\x1b[31m\u202eny"),
    ("email", "--client", "ti\x1b[31m\u202eny", "--status"),
    ("schema", "\x1b[2J"),
    ("completion", "\x1b[2J"),
    ("clean", "--\x1b[2J"),
    ("\x1b[2J",),
    ("--\x1b[2J",),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: repr(" ".join(arguments)))
def test_no_command_lets_a_name_steer(run: Run, steering: Tiny, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert steers(result.stdout + result.stderr) == []
    assert result.exit_code in (0, 1, 2)
