from __future__ import annotations

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, in_part
from workshop.building.check_clients import Checked, check
from workshop.diagnostics import UsageError

TWO_COHORTS = (
    "name: Tiny Ltd\ncohorts:\n  autumn: {roster: roster.csv}\n  winter: {venue: Leeds}\n"
    "documents: {only: [agenda, badge, exercises, manager-briefing, participant-workbook]}\n"
)
AGENDA = "templates/agenda/document.html.j2"


def test_a_client_without_faults_is_told_what_there_is_to_make(tiny: Tiny) -> None:
    tiny.write(CLIENT, TWO_COHORTS)
    found = check(tiny.root, "tiny")
    plan = workshop.plan(workshop.load(tiny.root, "tiny"))
    files = sum(len(cohort.jobs) for cohort in plan.cohorts)
    assert found.sound == (Checked("tiny", cohorts=2, files=files, warnings=()),)
    assert found.faults == ()
    assert not (tiny.root / "build").exists()


def test_what_may_stay_as_it_is_is_a_warning(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    [one] = check(tiny.root, "tiny").sound
    assert [warning.code for warning in one.warnings] == ["roster-no-manager"]


def test_faults_of_all_cohorts_and_documents_are_reported_together_and_once(tiny: Tiny) -> None:
    tiny.write(CLIENT, TWO_COHORTS)
    tiny.write("templates/badge/document.html.j2", in_part("{{ everywhere }}"))
    tiny.write(AGENDA, in_part("{% if cohort.venue %}{{ only_in_leeds }}{% endif %}"))
    faults = check(tiny.root, "tiny").faults
    assert {(str(one.location).rpartition("workspace/")[2], one.message) for one in faults} == {
        ("templates/badge/document.html.j2:2", "Nothing is called “everywhere” here"),
        ("templates/agenda/document.html.j2:2", "Nothing is called “only_in_leeds” here"),
    }
    assert len(faults) == 2


def test_every_client_is_checked_and_one_in_order_is_not_hidden_by_the_others(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\npaper: A3\n")
    tiny.write("clients/worse/client.yaml", "nam: Worse\n")
    tiny.write("workshop.yaml", "outptu: kits\n")
    found = check(tiny.root)
    assert [one.client for one in found.sound] == ["tiny"]
    places = [str(one.location).rpartition("workspace/")[2] for one in found.faults]
    assert places[0] == "workshop.yaml:1:1"
    assert places[1] == "clients/other/client.yaml:2:8"
    assert set(places[2:]) == {"clients/worse/client.yaml:1:1"}


def test_a_fault_in_a_file_that_clients_share_is_reported_once(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\n")
    tiny.change("modules/asking.md", "minutes=25", "minutes=24")
    faults = check(tiny.root).faults
    assert faults
    assert len(set(faults)) == len(faults)
    assert all(str(one.location).rpartition("/")[2].startswith("asking.md:") for one in faults)


def test_an_unknown_client_is_answered_by_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(UsageError) as caught:
        check(tiny.root, "tiney")
    assert caught.value.diagnostics[0].hint == "Did you mean “tiny”?"


def test_the_words_of_an_email_are_checked_too(tiny: Tiny) -> None:
    tiny.write(
        "clients/tiny/templates/manager-briefing/email.md.j2",
        '{% extends "library/manager-briefing/email.md.j2" %}\n\n'
        "{% block subject %}{{ cohort.day }}{% endblock %}\n",
    )
    [fault] = check(tiny.root).faults
    assert fault.location
    assert (fault.location.path.name, fault.location.line) == ("email.md.j2", 3)
