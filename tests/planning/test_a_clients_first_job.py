"""A client's first job: the list as their office sent it, their day, their words, two trainers.

Typed as in their letter, with what the guide says, it is planned without an error.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.tailoring.people.sheets import workbook
from workshop.diagnostics import ContentError, Diagnostic, Severity
from workshop.planning.make_plan import Plan

HEADINGS = [
    "Pers. No.", "Surname", "First Name", "Work E-mail", "Job Title", "Ward / Unit",
    "Talent pool", "Line Manager", "Line Manager Email", "Start date", "Dietary / access needs",
]  # fmt: skip
FAMILIES = [
    "Adeyemi",
    "Brannigan",
    "García-Ruiz",
    "Jørgensen",
    "O’Shea",
    "Stępień",
    "Thwaite",
    "Ito",
]
WARDS = ["Cardiology", "Theatres", "Pharmacy", "Maternity", "Estates"]
POOLS = ["High flier", "Stalled Manager", "solid performer", "Demotivated"]
LEADS = [("Helen Marsh", "helen.marsh@"), ("Yusuf Demir", "y.demir@"), ("Carys Rees", "c.rees@")]
CLIENT = """\
name: Northmoor Hospitals
colours: {brand: "#005a9c"}
terms:
  customer: colleague at your service
  customers: colleagues at your service
  manager: line lead
  managers: line leads
  team: ward team
  organisation: Trust
options: {manager-briefings: true}
cohorts:
  march:
    date: 2027-03-11
    venue: Education Centre, Northmoor General
    trainers: {Ruth Ashdown: [open, probing, close], Daniel Okafor: [alliances, coaching-trios]}
    roster: nominations v3 FINAL.xlsx
    columns:
      team: Ward / Unit
      segment: Talent pool
      edition: Dietary / access needs
    times: {start: "08:30", finish: "16:15", lunch: "12:10"}
    breaks:
      Coffee 1: {minutes: 20, at: "10:15"}
      Lunch: 40
    modules: {include: [angle-of-lean, who-starts], exclude: [opportunity-hunt]}
    spares: 2
"""


def people() -> list[list[str | int | float | None]]:
    rows: list[list[str | int | float | None]] = []
    for number in range(40):
        lead, address = LEADS[number % 3]
        remark = {11: "Large print please", 17: "Vegetarian"}.get(number, "")
        family = f"{FAMILIES[number % 8]} {chr(65 + number // 8)}"
        rows.append([
            10_400 + number, family, f"Person{chr(97 + number % 26)}", f"p{number}@northmoor.org",
            "Ward sister", WARDS[number % 5], POOLS[number % 4], lead,
            f"{address}northmoor.example", 40_000 + number, remark,
        ])  # fmt: skip
    rows[6][8] = "Helen.Marsh@northmoor.example"
    rows[17][7], rows[17][8] = "#N/A", None
    return rows


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    folder = tmp_path / "clients" / "northmoor"
    folder.mkdir(parents=True)
    (tmp_path / "workshop.yaml").write_text("")
    (folder / "client.yaml").write_text(CLIENT)
    title = ["Northmoor Hospitals: nominations, autumn intake"]
    (folder / "nominations v3 FINAL.xlsx").write_bytes(workbook(title, [], HEADINGS, *people()))
    return workshop.plan(workshop.load(tmp_path, "northmoor", READINGS))


def test_it_is_planned_as_their_letter_has_it(plan: Plan) -> None:
    [cohort] = plan.cohorts
    roster = cohort.day.cohort.roster
    assert roster
    assert len(roster.participants) == 40
    assert [person.edition for person in roster.participants].count("large-print") == 1
    assert {managed.person.name for managed in roster.managers()} == {lead for lead, _ in LEADS}
    schedule = cohort.day.schedule
    assert (schedule.entries[0].start, schedule.finish) == (8 * 60 + 30, 16 * 60 + 15)
    pauses = [(pause.start, pause.minutes) for pause in schedule.entries if not pause.module]
    assert (10 * 60 + 15, 20) in pauses
    assert (12 * 60 + 10, 40) in pauses
    files = {job.file for job in cohort.jobs}
    assert {"facilitator-guide/ruth-ashdown.pdf", "facilitator-guide/daniel-okafor.pdf"} <= files


def test_what_is_told_of_it_are_warnings_with_cures(plan: Plan) -> None:
    faults = [*plan.tailored.warnings, *plan.warnings]
    assert [fault for fault in faults if not fault.hint] == []
    told = {fault.code for fault in faults}
    assert told == {"left-out", "roster-no-manager", "stretch-too-long"}


ORDER = """\
    order:
      - open
      - run-your-own-firm
      - angle-of-lean
      - {break: Coffee, minutes: 15, at: "10:45"}
      - customer-map
      - probing
      - outside-in
      - {break: Lunch, minutes: 45, at: "12:30"}
      - opportunity-hunt
      - alliances
      - sell-by-helping
      - lead-upwards
      - {break: Tea, minutes: 15, at: "14:45"}
      - who-starts
      - coaching-trios
      - plan-30-60-90
      - close
    breaks: {Short break: 0, Coffee 2: 0}
"""
FULL = (
    CLIENT.partition("    times:")[0].replace("line lead", "lead")
    + '    times: {start: "09:15", finish: "16:00", doors: "08:15"}\n'
    + ORDER
)


def folder_of(root: Path, client: str, pool: str) -> Path:
    folder = root / "clients" / "northmoor"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "workshop.yaml").write_text("")
    (folder / "client.yaml").write_text(client)
    rows = people()
    rows[3][6] = pool
    (folder / "nominations v3 FINAL.xlsx").write_bytes(workbook(HEADINGS, *rows))
    return root


def told_by_check(root: Path) -> list[Diagnostic]:
    report = workshop.check(root, "northmoor", quick=True, memory=READINGS)
    return [*report.faults, *(fault for client in report.sound for fault in client.warnings)]


def test_all_that_is_wrong_is_told_in_one_round(tmp_path: Path) -> None:
    faults = told_by_check(folder_of(tmp_path, FULL, "High roller"))
    codes = {fault.code for fault in faults}
    assert {"roster-segment", "day-too-full", "word-with-two-meanings"} <= codes
    with pytest.raises(ContentError) as caught:
        workshop.load(tmp_path, "northmoor", READINGS)
    assert {"roster-segment", "day-too-full"} <= {fault.code for fault in caught.value.diagnostics}


@pytest.mark.slow
def test_what_is_proposed_first_keeps_all_modules_and_each_line_can_be_typed(
    tmp_path: Path,
) -> None:
    faults = told_by_check(folder_of(tmp_path, FULL, "High flier"))
    [full] = [fault for fault in faults if fault.code == "day-too-full"]
    assert [proposal.cost for proposal in full.proposals] == [
        "finishes 14 minutes later, at 16:14",
        "“Tea” begins at 14:31 instead of 14:45; “Lunch” lasts 31 minutes instead of 45",
        "drops “Coaching in trios” (24 min), which `order` names",
        "“Tea” comes after “Who starts?”; "
        "drops “Strategic alliances” (20 min), which `order` names",
    ]
    assert Diagnostic.from_data(json.loads(json.dumps(full.data))) == full
    for proposal in full.proposals:
        lines = dict(line.split(":", 1) for line in proposal.lines)
        client = (
            FULL
            if "order" not in lines
            else FULL.replace(ORDER, "    breaks: {Short break: 0, Coffee 2: 0}\n")
        )
        text = [line for line in client.splitlines() if line.strip().split(":")[0] not in lines]
        text += [f"    {line}" for line in proposal.lines]
        again = told_by_check(folder_of(tmp_path, "\n".join([*text, ""]), "High flier"))
        assert [fault for fault in again if fault.severity is Severity.ERROR] == []
        assert "order-leaves-out" not in {fault.code for fault in again}
