from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import RealRun, Run
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from workshop.building.kit import manifest

pytestmark = pytest.mark.slow

BADGES = ["badges/anna-berg.pdf", "badges/bo-lindt.pdf", "manifest.json"]


def test_the_last_line_says_what_was_written_and_where(run: Run, tiny: Tiny) -> None:
    result = run("build", "--client", "tiny", "--only", "badge", "--jobs", "1")
    assert result.exit_code == 0
    assert result.stderr == ""
    kit, last = result.stdout.splitlines()
    assert kit == "build/tiny/autumn: 2 PDFs, 2 pages"
    assert last.startswith("Wrote 2 PDFs for tiny to build/tiny/ in ")
    assert last.endswith(" s.")
    assert list(contents(tiny.kit)) == BADGES


def test_every_cohort_is_built_unless_some_are_named(run: Run, tiny: Tiny) -> None:
    tiny.write(CLIENT, "name: Tiny\ncohorts: {one: {}, two: {}, three: {}}\n")
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    named = run(*build, "--cohort", "one", "--cohort", "three")
    assert named.stdout.splitlines()[:-1] == [
        "build/tiny/one: 1 PDF, 1 page",
        "build/tiny/three: 1 PDF, 1 page",
    ]
    assert not (tiny.root / "build/tiny/two").exists()
    every = run(*build)
    assert "Wrote 3 PDFs for tiny" in every.stdout
    assert (tiny.root / "build/tiny/two/badges/blank.pdf").is_file()


@pytest.mark.usefixtures("nothing_parsed_before")
def test_yaml_is_parsed_once(run: Run, tiny: Tiny) -> None:
    def added() -> int:
        """Return how many texts of YAML a build has parsed."""
        before = len(stored())
        assert run("build", "--client", "tiny", "--only", "badge", "--jobs", "1").exit_code == 0
        return len(stored()) - before

    def stored() -> dict[str, object]:
        [*paths] = (tiny.root / ".workshop-cache").glob("texts/*")
        # Before the table stands what it is, with its checksum.
        content = paths[0].read_bytes() if paths else b"{}"
        table: dict[str, object] = json.loads(content[content.index(b"{") :])
        return table

    tiny.write("workshop.yaml", "output: kits\n")
    assert added() > 10
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    assert added() == 0
    tiny.change(CLIENT, "Tiny Ltd", "Tiny Inc")
    assert added() == 1


@pytest.mark.usefixtures("nothing_parsed_before")
def test_a_damaged_table_of_yaml_is_parsed_anew(run: Run, tiny: Tiny) -> None:
    build = ("build", "--client", "tiny", "--only", "badge", "--jobs", "1")
    run(*build)
    [path] = (tiny.root / ".workshop-cache").glob("texts/*")
    path.write_bytes(path.read_bytes().replace(b"Tiny Ltd", b"Grim Ltd"))
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    assert run(*build).exit_code == 0
    assert b"Tiny Ltd" in path.read_bytes()
    assert "Grim" not in str(contents(tiny.kit))


def test_several_documents_may_be_asked_for(run: Run, tiny: Tiny) -> None:
    run("build", "--client", "tiny", "--only", "badge", "--only", "agenda", "--jobs", "1")
    assert list(contents(tiny.kit)) == ["agenda.pdf", *BADGES]


def test_the_output_goes_where_it_is_told(
    run: Run, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    tiny.write("workshop.yaml", "output: kits\n")
    assert "to kits/tiny/" in run(*build).stdout
    assert list(contents(tiny.root / "kits/tiny/autumn")) == BADGES
    # Named on the command line, it counts from where the command is given.
    monkeypatch.chdir(tmp_path)
    result = run(*build, "--workspace", "workspace", "--output", "elsewhere")
    assert "to elsewhere/tiny/" in result.stdout
    assert list(contents(tmp_path / "elsewhere/tiny/autumn")) == BADGES
    assert not (tiny.root / "build").exists()


def test_what_is_worth_knowing_goes_to_standard_error(run: Run, tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", "h1 { colour: red }\n")
    tiny.write(ROSTER, "name\nAnna Berg\n")
    result = run("build", "--client", "tiny", "--only", "badge", "--jobs", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("build/tiny/autumn: 1 PDF, 1 page\nWrote 1 PDF for tiny")
    roster, *others = result.stderr.splitlines()
    assert roster.startswith("clients/tiny/roster.csv:1: warning: The roster names no managers")
    [style] = [line for line in others if line.startswith("templates/badge/document.css:1:")]
    assert "warning:" in style


def test_a_fault_is_shown_with_its_place_and_the_last_kit_stays(run: Run, tiny: Tiny) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    run(*build)
    last = contents(tiny.kit)
    tiny.write("templates/badge/document.html.j2", in_part("<p>{{ participant.nme }}</p>"))
    result = run(*build)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "templates/badge/document.html.j2:2: error: Nothing is called “nme” here [undefined]",
        "  Did you mean “name”?",
    ]
    assert contents(tiny.kit) == last


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["--client", "tinny"], "There is no client “tinny” in clients", "Did you mean “tiny”?"),
        (
            ["--client", "../../etc"],
            "There is no client “../../etc” in clients",
            "Known here: tiny",
        ),
        (["--client", "../clients/tiny"], "There is no client “../clients/tiny”", "Known here"),
        (["--client", ""], "There is no client “” in clients", "Known here: tiny."),
        (
            ["--client", "tiny", "--cohort", "automn"],
            "This client has no cohort “automn”",
            "Did you mean “autumn”?",
        ),
        (
            ["--client", "tiny", "--only", "bagde"],
            "This client has no document “bagde”",
            "Did you mean “badge”?",
        ),
    ],
)
def test_what_is_not_there_is_answered_by_the_nearest(
    run: Run, tiny: Tiny, arguments: list[str], said: str, hint: str
) -> None:
    result = run("build", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert hint in result.stderr
    assert not (tiny.root / "build").exists()


def test_an_output_that_cannot_be_written_is_a_fault_of_the_machine(run: Run, tiny: Tiny) -> None:
    result = run("build", "--client", "tiny", "--only", "badge", "--output", "workshop.yaml/kits")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        "error: workshop.yaml is a file, and a folder is to be there [output]",
        "  Give the file another name. Or name another folder with --output.",
    ]


def test_without_its_native_libraries_the_machine_is_at_fault(tiny: Tiny, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0': not found\")\n"
    )
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    script += "from workshop.cli import main; main()"
    arguments = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=tiny.root, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "error: A library for laying out text is missing" in done.stderr
    assert "workshop doctor" in done.stderr
    assert "Traceback" not in done.stderr
    assert not tiny.kit.exists()


def test_a_real_run_in_a_pipe_prints_lines_and_no_bar(real_run: RealRun, tiny: Tiny) -> None:
    done = real_run("build", "--client", "tiny", "--only", "badge", "--only", "agenda")
    assert (done.returncode, done.stderr) == (0, "")
    kit, last = done.stdout.splitlines()
    assert kit == "build/tiny/autumn: 3 PDFs, 3 pages"
    assert last.startswith("Wrote 3 PDFs for tiny to build/tiny/ in ")
    kept = manifest.read(tiny.kit)
    assert kept
    assert [entry.path for entry in kept.files] == ["agenda.pdf", *BADGES[:2]]


def test_processes_here_and_a_cluster_exclude_each_other(run: Run) -> None:
    result = run("build", "--client", "tiny", "--jobs", "2", "--cluster", "127.0.0.1:9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--jobs is for this machine, --cluster for others" in result.stderr


def test_quiet_prints_nothing_and_json_the_end_as_a_line(run: Run, tiny: Tiny) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    assert run(*build, "--quiet").output == ""
    *steps, done = (json.loads(line) for line in run(*build, "--json").stdout.splitlines())
    assert steps == []
    assert done == {
        "event": "done",
        "client": "tiny",
        "made": False,
        "kits": [{"folder": str(tiny.kit), "files": 2, "pages": 2}],
    }
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    *steps, done = (json.loads(line) for line in run(*build, "--json").stdout.splitlines())
    assert [step["stage"] for step in steps] == ["lay out", "lay out", "write", "write"]
    assert done["made"]


TIGHT = in_part('<div style="height: 6mm"><p>one<p>two<p>three</div>')


def test_what_is_wrong_on_a_page_is_told_at_the_end_and_told_again(run: Run, tiny: Tiny) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    tiny.write("templates/badge/document.html.j2", TIGHT)
    first = run(*build)
    assert first.exit_code == 0
    assert first.stderr.splitlines()[0] == (
        "templates/badge/document.html.j2: warning: tiny autumn, badge, page 1: "
        "“two” runs out of its box at the bottom [clipped-text]"
    )
    again = run(*build)
    assert "Nothing to do" in again.stdout
    assert again.stderr == first.stderr


def test_to_be_strict_makes_it_an_error_even_where_nothing_has_changed(
    run: Run, tiny: Tiny
) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    assert run(*build, "--strict").exit_code == 0
    tiny.write("templates/badge/document.html.j2", TIGHT)
    run(*build)
    last = contents(tiny.kit)
    result = run(*build, "--strict")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error: tiny autumn, badge, page 1: " in result.stderr
    assert contents(tiny.kit) == last


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_scripts_get_every_fault_as_a_line(
    run: Run, tiny: Tiny, strict: list[str], times: int
) -> None:
    build = ["build", "--client", "tiny", "--only", "badge", "--jobs", "1", "--json"]
    tiny.write("templates/badge/document.html.j2", TIGHT)
    for _ in range(times):
        result = run(*build, *strict)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    [found] = [line for line in lines if line["event"] == "found"]
    assert found.pop("hint")
    assert found == {
        "event": "found",
        "severity": "error" if strict else "warning",
        "code": "clipped-text",
        "message": "“two” runs out of its box at the bottom",
        "file": str(tiny.root / "templates/badge/document.html.j2"),
        "client": "tiny",
        "cohort": "autumn",
        "document": "badge",
        "pages": [1],
    }
