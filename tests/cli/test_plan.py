from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny

AUTUMN = """\
autumn · 2027-10-05 · afternoon · A4 · 2 participants

  14:00   25 min  1  Asking
  14:25   10 min     Tea
  14:35   25 min  2  Offering
  15:00              Finish

  1.1   25 min  One question  1 pair
  2.1   25 min  One offer     everyone alone

  agenda                1 PDF
  badge                 2 PDFs
  exercises             1 PDF
  manager-briefing      1 PDF
  participant-workbook  2 PDFs
  7 PDFs, 2 modules
"""
LAYOUTS = """\
  agenda                1 PDF   1 layout
  badge                 2 PDFs  2 layouts
  exercises             1 PDF   2 layouts
  manager-briefing      1 PDF   2 layouts
  participant-workbook  2 PDFs  6 layouts
  7 PDFs, 2 modules, 13 layouts
  badge: “badge” takes 2 layouts, not 1: it prints name outside of a slot
"""


@pytest.mark.slow
def test_the_plan_is_the_day_the_groups_and_the_files(run: Run, tiny: Tiny) -> None:
    result = run("plan", "--client", "tiny")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == AUTUMN
    assert not (tiny.root / "build").exists()


def test_what_makers_of_templates_need_is_told_when_asked_for(run: Run) -> None:
    result = run("plan", "--client", "tiny", "--layouts")
    day, _, files = AUTUMN.rpartition("\n\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{day}\n\n{LAYOUTS}"
    assert "layout" not in files


def test_what_a_day_leaves_out_for_want_of_time_is_told_once_a_module(run: Run, tiny: Tiny) -> None:
    asking = (tiny.root / "modules/asking.md").read_text(encoding="utf-8")
    head, exercise = asking.split("::: exercise", 1)
    again = "".join(
        f'\n::: exercise {{#{name} title="{title}" kind=pairs minutes=10 min=0{own_time}}}\n'
        "::: purpose\nTo go on.\n:::\n\n1. {10 min} Go on.\n:::\n"
        for name, title, own_time in (
            ("again", "Ask again", ""),
            ("once-more", "Once more", ""),
            ("at-home", "At home", " if-cut=own-time"),
        )
    )
    talk = "\n::: input {title=Talk minutes=5 min=0}\n:::\n"
    longer = head.replace("ideal: 25, max: 30", "ideal: 60, max: 60")
    tiny.write("modules/asking.md", f"{longer}::: exercise{exercise}{again}{talk}")
    shown = run("plan", "--client", "tiny").stdout
    left_out = [line for line in shown.splitlines() if "leaves out" in line]
    assert left_out == ["  leaves out “Once more” and “Talk” of Asking, for want of time"]
    assert "own time  At home" in shown


def test_every_cohort_is_planned_and_one_without_a_roster_has_a_headcount(
    run: Run, tiny: Tiny
) -> None:
    tiny.change(CLIENT, "cohorts:\n", "cohorts:\n  spring: {headcount: 9, paper: Letter}\n")
    spring, autumn = run("plan", "--client", "tiny").stdout.split("\n\nautumn")
    assert spring.startswith("spring · no date yet · afternoon · Letter · 9 expected\n")
    assert "One question  1 trio and 3 pairs\n" in spring
    assert "autumn" + autumn == AUTUMN
    assert run("plan", "--client", "tiny", "--cohort", "autumn").stdout == AUTUMN


def test_some_documents_alone(run: Run) -> None:
    result = run("plan", "--client", "tiny", "--only", "agenda")
    assert result.stdout.endswith("\n\n  agenda  1 PDF\n  1 PDF, 2 modules\n")


@pytest.mark.slow
def test_what_is_kept_from_an_earlier_build_is_told(run: Run, tiny: Tiny) -> None:
    tiny.build("badge", "participant-workbook")
    lines = run("plan", "--client", "tiny", "--layouts").stdout.splitlines()
    assert "  participant-workbook  2 PDFs  6 layouts, 6 kept from earlier builds" in lines
    # A name that stands outside of a slot is not kept.
    assert "  badge                 2 PDFs  2 layouts" in lines
    assert "  7 PDFs, 2 modules, 13 layouts, 6 kept from earlier builds" in lines


def test_what_keeps_copies_apart_is_told(run: Run, tiny: Tiny) -> None:
    with (tiny.root / ROSTER).open("a") as roster:
        roster.write("Cy Ode,cy@example.com,Sales,Buyer,keen,Max Otto,max@example.com\n")
    lines = run(
        "plan", "--client", "tiny", "--layouts", "--only", "manager-briefing"
    ).stdout.splitlines()
    assert "  manager-briefing  2 PDFs  4 layouts" in lines
    told = "takes 2 layouts, not 1: copies differ by people"
    assert lines[-2:] == [
        f"  manager-briefing: “before” {told}",
        f"  manager-briefing: “after” {told}",
    ]


def test_a_day_that_cannot_be_is_the_content_s_fault(run: Run, tiny: Tiny) -> None:
    tiny.change(CLIENT, "cohorts:\n", "times: {finish: 14:20}\ncohorts:\n")
    result = run("plan", "--client", "tiny")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("clients/tiny/client.yaml:5:5: error: From 14:00 to 14:20 ")
    assert "under “autumn” write one of these" in result.stderr
    assert 'finishes 20 minutes later, at 14:40:\n      times: {finish: "14:40"}\n' in result.stderr


def test_an_unknown_cohort_is_answered_by_the_nearest(run: Run) -> None:
    result = run("plan", "--client", "tiny", "--cohort", "autum")
    assert result.exit_code == 2
    assert "Did you mean “autumn”?" in result.stderr


def test_papers_that_do_not_come_in_somebody_s_edition_are_told_once(tiny: Tiny, run: Run) -> None:
    roster = tiny.root / ROSTER
    head, first, *rest = roster.read_text("utf-8").splitlines()
    rows = [f"{head},edition", f"{first},large print", *(f"{row}," for row in rest)]
    roster.write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = run("plan", "--client", "tiny").stdout
    [line] = [line for line in told.splitlines() if "large print" in line]
    assert line.startswith(
        "  large print for 1 person: participant-workbook; in the usual edition: "
    )
    assert "badge" in line.partition("usual edition")[2]
