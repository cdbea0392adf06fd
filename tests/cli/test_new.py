from __future__ import annotations

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, Tiny, contents


def test_a_client_is_made_of_the_least(run: Run, tiny: Tiny) -> None:
    result = run("new", "harbour")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Wrote clients/harbour/: client.yaml",
        "  Write the client’s name into clients/harbour/client.yaml, line 3",
        "  workshop check --quick --client harbour",
    ]
    assert contents(tiny.root / "clients/harbour").keys() == {"client.yaml"}
    checked = run("check", "--quick", "--client", "harbour")
    assert checked.exit_code == 1
    assert "clients/harbour/client.yaml:3:7: error: Here is still to be filled in" in checked.stderr


def test_another_s_look_and_texts_come_along(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules/asking.md", "For Tiny Ltd.\n")
    result = run("new", "harbour", "--from", "tiny", "--name", "Harbour Trust")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Wrote clients/harbour/: client.yaml, 1 module",
        "Not taken over: date of autumn, roster of autumn, roster.csv",
        "  workshop check --quick --client harbour",
    ]
    assert result.stderr.splitlines() == [
        "clients/harbour/modules/asking.md:1:5: warning: “Tiny Ltd” is the client that this was "
        "copied from [old-client]",
        "  Take out what is about the old client; write {{ client.name }} where the new one is "
        "meant.",
    ]
    text = (tiny.root / "clients/harbour/client.yaml").read_text("utf-8")
    assert text.startswith("# What is particular to this client.")
    assert "\nname: Harbour Trust\n" in text


def test_what_the_old_client_s_file_accepts_is_not_told(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/tiny/modules/asking.md", "For Tiny Ltd.\n")
    accept = "accept: [{code: old-client, file: asking.md, reason: Our partner.}]\n"
    tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\n{accept}")
    result = run("new", "harbour", "--from", "tiny", "--name", "Harbour Trust")
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_old_client_is_left_as_it_was(run: Run, tiny: Tiny) -> None:
    before = contents(tiny.root)
    run("new", "harbour", "--from", "tiny")
    after = contents(tiny.root)
    assert {path: after[path] for path in before} == before


def test_nothing_is_overwritten(run: Run, tiny: Tiny) -> None:
    before = contents(tiny.root)
    for name in ("tiny", "TINY", "../tiny", "tiny ltd"):
        result = run("new", name, "--from", "tiny")
        assert (result.exit_code, result.stdout) == (2, "")
    assert contents(tiny.root) == before


def test_what_was_copied_is_built_once_its_name_is_filled_in(run: Run, tiny: Tiny) -> None:
    run("new", "harbour", "--from", "tiny")
    tiny.change("clients/harbour/client.yaml", "name: <the client’s name>", "name: Harbour Trust")
    result = run("check", "--quick", "--client", "harbour")
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("plan", "--client", "harbour").stdout.startswith("first-cohort · ")


def test_a_placeholder_is_told_wherever_it_stands(run: Run, tiny: Tiny) -> None:
    tiny.change(CLIENT, "    date:", "    venue: <where it is>\n    date:")
    result = run("check", "--quick")
    assert result.exit_code == 1
    assert f"{CLIENT}:4:12: error: Here is still to be filled in: where it is" in result.stderr


def test_an_arrow_is_no_placeholder(run: Run, tiny: Tiny) -> None:
    tiny.change(CLIENT, "    date:", "    venue: Room <5>, second floor\n    date:")
    assert run("check", "--quick").exit_code == 0
