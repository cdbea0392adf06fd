from __future__ import annotations

import json

import pytest

import workshop
from tests.building.watched_executor import WatchedExecutor
from tests.conftest import REPOSITORY
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, in_part
from workshop.building.build_plan import BuildProgress
from workshop.building.check_clients import CheckedClient, CheckReport, check_clients
from workshop.diagnostics import Severity, UsageError

pytestmark = pytest.mark.slow

TWO_COHORTS = (
    "name: Tiny Ltd\ncohorts:\n  autumn: {roster: roster.csv}\n  winter: {venue: Leeds}\n"
    "documents: {only: [agenda, badge, exercises, manager-briefing, participant-workbook]}\n"
)
AGENDA = "templates/agenda/document.html.j2"


def check(
    tiny: Tiny, client: str | None = "tiny", executor: WatchedExecutor | None = None
) -> CheckReport:
    """Check as a new process does; without an executor nothing is laid out."""
    memory = workshop.open_memory(tiny.root)
    return check_clients(tiny.root, client, executor, lambda _progress: None, memory)


def test_a_client_without_faults_is_told_what_there_is_to_make(tiny: Tiny) -> None:
    tiny.write(CLIENT, TWO_COHORTS)
    report = check(tiny)
    plan = workshop.plan(workshop.load(tiny.root, "tiny"))
    files = sum(len(cohort.jobs) for cohort in plan.cohorts)
    assert report.sound == (CheckedClient("tiny", cohorts=2, files=files, warnings=()),)
    assert report.faults == ()
    assert not (tiny.root / "build").exists()


@pytest.mark.parametrize("file", ["logo.svg", "../roster.csv", "logo.svg/"])
def test_a_logo_that_is_not_there_is_told_where_it_is_named(tiny: Tiny, file: str) -> None:
    text = (tiny.root / CLIENT).read_text("utf-8")
    tiny.write(CLIENT, f"{text}logo: {json.dumps(file)}\n")
    [fault] = check(tiny).faults
    assert fault.code in ("no-logo", "wrong-value", "yaml-syntax")
    assert fault.location
    assert fault.location.line == len(text.splitlines()) + 1


def test_what_may_stay_as_it_is_is_a_warning(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")  # alone, where modules want a pair
    [client] = check(tiny).sound
    assert [warning.code for warning in client.warnings] == ["roster-no-manager", "too-few"]


def test_faults_of_all_cohorts_and_documents_are_reported_together_and_once(tiny: Tiny) -> None:
    tiny.write(CLIENT, TWO_COHORTS)
    tiny.write("templates/badge/document.html.j2", in_part("{{ everywhere }}"))
    tiny.write(AGENDA, in_part("{% if cohort.venue %}{{ only_in_leeds }}{% endif %}"))
    faults = check(tiny).faults
    assert {
        (str(fault.location).rpartition("workspace/")[2], fault.message) for fault in faults
    } == {
        ("templates/badge/document.html.j2:2", "Nothing is called “everywhere” here"),
        ("templates/agenda/document.html.j2:2", "Nothing is called “only_in_leeds” here"),
    }
    assert len(faults) == 2


def test_faults_of_files_texts_and_templates_are_told_in_one_round(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.html.j2", in_part("{{ everywhere }}"))
    tiny.change("modules/asking.md", "suits: [keen, sent]", "suits: [keen, snet]")
    tiny.change(
        "modules/asking.md",
        "Most questions are",
        '<b>Most ==questions==\n![A map](no.svg)\n{{ trem("team") }}\n{{ term("tema") }} are',
    )
    assert {fault.code for fault in check(tiny).faults} == {
        *("unknown-segment", "unclosed-tag", "no-mark", "unknown-asset", "undefined"),
        "unknown-term",
    }


def test_faults_of_a_module_are_told_with_those_of_the_client_file(tiny: Tiny) -> None:
    tiny.change(CLIENT, "name: Tiny Ltd", "nam: Tiny Ltd")
    module = (tiny.root / "modules/asking.md").read_text(encoding="utf-8")
    own = module.replace("title: Asking", "titel: Asking").replace("Most questions", "<b>Most")
    tiny.write("clients/tiny/modules/asking.md", own)
    files = [fault.location and fault.location.path.name for fault in check(tiny).faults]
    assert set(files) == {"client.yaml", "asking.md"}
    assert "unclosed-tag" in {fault.code for fault in check(tiny).faults}


def test_what_may_be_meant_in_a_letter_is_a_warning(tiny: Tiny) -> None:
    name = "templates/manager-briefing/email.md.j2"
    letter = (REPOSITORY / name).read_text(encoding="utf-8")
    tiny.write(name, letter.replace("Hello {{", "==Hello== {{"))
    [client] = check(tiny).sound
    assert [warning.code for warning in client.warnings] == ["no-mark"]


def test_every_client_is_checked_and_one_in_order_is_not_hidden_by_the_others(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\npaper: A3\n")
    tiny.write("clients/worse/client.yaml", "nam: Worse\n")
    tiny.write("workshop.yaml", "outptu: kits\n")
    report = check(tiny, None)
    assert [client.client for client in report.sound] == ["tiny"]
    places = [str(fault.location).rpartition("workspace/")[2] for fault in report.faults]
    assert places[0] == "workshop.yaml:1:1"
    assert places[1] == "clients/other/client.yaml:2:8"
    assert set(places[2:]) == {"clients/worse/client.yaml:1:1"}


def test_a_fault_in_a_file_that_clients_share_is_reported_once(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\n")
    tiny.change("modules/asking.md", "minutes=25", "minutes=24")
    faults = check(tiny, None).faults
    assert faults
    assert len(set(faults)) == len(faults)
    assert all(str(fault.location).rpartition("/")[2].startswith("asking.md:") for fault in faults)


def test_an_unknown_client_is_answered_by_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(UsageError) as caught:
        check(tiny, "tiney")
    assert caught.value.diagnostics[0].hint == "Did you mean “tiny”?"


def test_the_words_of_an_email_are_checked_too(tiny: Tiny) -> None:
    tiny.write(
        "clients/tiny/templates/manager-briefing/email.md.j2",
        '{% extends "library/manager-briefing/email.md.j2" %}\n\n'
        "{% block subject %}{{ cohort.day }}{% endblock %}\n",
    )
    [fault] = check(tiny, None).faults
    assert fault.location
    assert (fault.location.path.name, fault.location.line) == ("email.md.j2", 3)


def test_without_workers_nothing_is_laid_out_and_with_them_everything_is(tiny: Tiny) -> None:
    executor = WatchedExecutor()
    told: list[BuildProgress] = []
    memory = workshop.open_memory(tiny.root)
    report = check_clients(tiny.root, "tiny", executor, told.append, memory)
    assert [client.client for client in report.sound] == ["tiny"]
    assert len(executor.laid_out) == len(told) == told[-1].total
    assert len(executor.stamped) == report.sound[0].files
    assert {step.stage for step in told} == {"lay out"}
    assert not (tiny.root / "build").exists()


def test_a_fault_that_layout_finds_is_told_with_workers_only(tiny: Tiny) -> None:
    tiny.write(AGENDA, in_part('<p>Text</p><img src="file:///etc/passwd" alt="">'))
    assert check(tiny).faults == ()
    [fault] = check(tiny, executor=WatchedExecutor()).faults
    assert "/etc/passwd" in fault.message
    assert fault.message.endswith("(in agenda.pdf)")


def test_copies_that_were_sound_in_the_last_kit_are_not_made_again(tiny: Tiny) -> None:
    tiny.build()
    executor = WatchedExecutor()
    report = check(tiny, executor=executor)
    assert [client.client for client in report.sound] == ["tiny"]
    assert executor.stamped == []
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    check(tiny, executor=executor)
    changed = {path.partition("/")[0] for path in executor.stamped}
    assert "participant-workbook/02-bo-lindh.pdf" in executor.stamped
    assert "participant-workbook/01-anna-berg.pdf" not in executor.stamped
    assert changed >= {"badges", "participant-workbook", "manager-briefing"}


NARROW = '{% call part("only") %}<div class="narrow">{{ participant.name | slot("name") }}</div>'
NARROW += "{% endcall %}"


def test_a_text_that_does_not_fit_is_found_in_every_check(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.html.j2", NARROW)
    tiny.write("templates/badge/document.css", ".slot-name { width: 4mm; height: 2mm }")
    for build in (False, True, False):
        if build:
            tiny.build("badge")
        [client] = check(tiny, executor=WatchedExecutor()).sound
        assert {warning.code for warning in client.warnings} == {"slot-too-small"}
        assert client.on_pages == len(client.warnings) == 2
    memory = workshop.open_memory(tiny.root)
    strict = check_clients(
        tiny.root, "tiny", WatchedExecutor(), lambda _progress: None, memory, strict=True
    )
    assert strict.sound == ()
    assert {fault.severity for fault in strict.faults} == {Severity.ERROR}


def test_a_fault_in_the_workspace_s_settings_hides_nothing_on_the_pages(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.html.j2", NARROW)
    tiny.write("templates/badge/document.css", ".slot-name { width: 4mm; height: 2mm }")
    tiny.write("workshop.yaml", "outptu: kits\n")
    report = check(tiny, executor=WatchedExecutor())
    assert [fault.location.path.name for fault in report.faults if fault.location] == [
        "workshop.yaml"
    ]
    [client] = report.sound
    assert client.on_pages == 2
