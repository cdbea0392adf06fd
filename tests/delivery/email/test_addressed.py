"""Who gets which file, and what is found wrong before any connection is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

import workshop
from tests.conftest import READINGS
from tests.delivery.office import DOCUMENT, INES, KEN, LEA, MANAGERS, ROWS, Office, planned
from tests.delivery.postbox import Postbox
from tests.tiny_workspace.workspace import Tiny
from workshop.building.kit.manifest import Recipient
from workshop.delivery.email.addressed import addressed
from workshop.delivery.email.deliver import read_mailing
from workshop.diagnostics import ContentError, Severity, UsageError


def codes(office: Office, *only: str) -> dict[str, list[str]]:
    """Return what is wrong, by manager."""
    return {
        item.addressed.managed.person.name: [fault.code for fault in item.faults]
        for item in office.mailing(*only).items
        if item.faults
    }


def test_a_file_somebody_changed_stops_everything(office: Office, postbox: Postbox) -> None:
    path = office.tiny.kit / office.messages("Inés Ruiz")[0].file.entry.path
    path.write_bytes(path.read_bytes() + b"\n")
    office.written.clear()
    assert codes(office) == {"Inés Ruiz": ["kit-file-changed"]}
    with pytest.raises(ContentError, match="not the one that was built"):
        office.send()
    assert postbox.seen.total() == 0
    assert office.lines() == []
    # The others can be written to by name.
    office.send(office.messages("Ken Ito", "lea@EXAMPLE.com"))
    assert postbox.addresses == ["ken@example.com", "lea@example.com"]


def test_a_manager_without_a_file_is_told(office: Office) -> None:
    kit = office.build()
    office.record(*kit.files[1:])
    assert codes(office) == {"Inés Ruiz": ["not-built"]}


def test_a_manager_without_an_address_is_told(office: Office) -> None:
    first, *others = office.build().files
    assert first.recipient
    office.record(replace(first, recipient=replace(first.recipient, email=None)), *others)
    assert codes(office) == {"Inés Ruiz": ["no-address"]}


def test_who_has_no_address_in_the_roster_stops_nobody_elses(
    office: Office, postbox: Postbox
) -> None:
    office.build(ROWS.replace(KEN, ""))
    mailing = office.mailing()
    assert codes(office) == {"Ken Ito": ["no-address"]}
    assert mailing.faults == ()
    [warning] = [fault for fault in mailing.warnings if fault.code == "no-address"]
    assert warning.severity is Severity.WARNING
    assert (
        warning.message
        == "Ken Ito has no e-mail address: hand over their manager-briefing on paper"
    )
    office.send()
    assert sorted(postbox.addresses) == sorted(set(MANAGERS.values()) - {KEN})


def test_a_participants_file_under_a_managers_name_is_not_sent(office: Office) -> None:
    first, *others = office.build().files
    office.record(replace(first, audience="participant"), *others)
    assert codes(office) == {"Inés Ruiz": ["not-for-a-manager"]}


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("Person 0", "Somebody Else", {"Inés Ruiz": ["kit-outdated"]}),
        ("Ken Ito", "Kenji Ito", {"Kenji Ito": ["kit-outdated"]}),
        ("ken@", "k.ito@", {"Ken Ito": ["not-built"]}),
    ],
)
def test_a_roster_that_changed_since_the_build_is_found(
    office: Office, old: str, new: str, wrong: dict[str, list[str]]
) -> None:
    office.plan = planned(office.tiny, ROWS.replace(old, new))
    assert codes(office) == wrong


TWO = ROWS + "Person 9,p9@example.com,Ken Ito,k.ito@example.com\n"


def test_a_manager_with_two_addresses_gets_nothing_before_that_is_decided(
    office: Office, postbox: Postbox
) -> None:
    office.build(TWO)
    asked = [
        (item.addressed.managed.person.email, fault.code)
        for item in office.mailing().items
        for fault in item.faults
    ]
    assert asked == [
        (KEN, "roster-manager-addresses"),
        ("k.ito@example.com", "roster-manager-addresses"),
    ]
    with pytest.raises(ContentError, match="Is this one manager"):
        office.send()
    with pytest.raises(ContentError, match="No e-mail goes to either before that"):
        office.messages(KEN)
    # Who is meant besides can be written to by name.
    office.send(office.messages("Lea Sommer"))
    assert postbox.addresses == [LEA]
    # Two people of one name are both written to once the client file says so.
    office.tiny.change(
        "clients/tiny/client.yaml",
        "name: Tiny Ltd\n",
        "name: Tiny Ltd\naccept:\n"
        "  - {code: roster-manager-addresses, about: Ken Ito, reason: They are two.}\n",
    )
    office.plan = planned(office.tiny, TWO)
    assert codes(office) == {}
    office.build(TWO)
    office.send(office.messages("Ken Ito"))
    assert sorted(postbox.addresses) == ["k.ito@example.com", KEN, LEA]


def test_of_many_such_questions_each_stops_its_managers_until_it_is_answered(
    office: Office,
) -> None:
    names = [f"Manager {chr(65 + number)}x" for number in range(13)]
    twice = "".join(
        f"P{number}{half},,{name},{half}{number}@example.com\n"
        for number, name in enumerate(names)
        for half in "ab"
    )
    rows = twice + f"P,,Lea Sommer,{LEA}\n"
    office.build(rows)
    items = office.mailing().items
    stopped = [item.addressed.managed.person.name for item in items if item.faults]
    assert stopped == [name for name in names for _ in "ab"]
    answers = "".join(
        f"  - {{code: roster-manager-addresses, about: {name}, reason: They are two.}}\n"
        for name in names
    )
    office.tiny.change(
        "clients/tiny/client.yaml", "name: Tiny Ltd\n", f"name: Tiny Ltd\naccept:\n{answers}"
    )
    office.build(rows)
    assert codes(office) == {}


def test_who_left_the_roster_is_told_and_gets_nothing(office: Office) -> None:
    office.plan = planned(office.tiny, ROWS.split("\n", 1)[1])
    mailing = office.mailing()
    assert INES not in [item.addressed.managed.person.email for item in mailing.items]
    assert [warning.code for warning in mailing.warnings] == ["kit-outdated"]


def test_a_document_for_others_is_refused(tiny: Tiny) -> None:
    plan = workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), ["badge"])
    with pytest.raises(UsageError, match="“badge” is for participants, one per participant"):
        addressed(plan, tiny.root / "build")


def test_without_a_kit_there_is_nothing_to_send(tiny: Tiny) -> None:
    plan = workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), [DOCUMENT])
    with pytest.raises(UsageError, match="There is no finished kit"):
        addressed(plan, tiny.root / "build")


def test_a_name_nobody_bears(office: Office) -> None:
    with pytest.raises(UsageError, match="There is no manager “Ken Itu” here") as caught:
        office.mailing("Ken Itu")
    assert caught.value.diagnostics[0].hint == "Did you mean “Ken Ito”?"


def test_a_cohort_without_a_roster_is_told(office: Office) -> None:
    office.tiny.write("clients/tiny/client.yaml", "name: Tiny\ncohorts: {autumn: {}}\n")
    office.plan = workshop.plan(workshop.load(office.tiny.root, "tiny", READINGS), (), [DOCUMENT])
    mailing = office.mailing()
    assert mailing.items == ()
    assert "no-managers" in [warning.code for warning in mailing.warnings]


def test_a_day_that_has_passed_is_told(office: Office) -> None:
    office.tiny.change("clients/tiny/client.yaml", "2027-10-05", "2027-09-20")
    office.plan = planned(office.tiny)
    assert [(warning.code, warning.message) for warning in office.mailing().warnings] == [
        ("day-passed", "The day of “autumn” is today")
    ]


def test_a_warning_of_letters_may_be_accepted(office: Office) -> None:
    office.tiny.change("clients/tiny/client.yaml", "2027-10-05", "2020-10-05")
    entry = "accept: [{code: day-passed, reason: It is a rehearsal.}]\ncohorts:\n"
    office.tiny.change("clients/tiny/client.yaml", "cohorts:\n", entry)
    office.build()
    office.plan = planned(office.tiny)
    told = read_mailing(office.plan, (), None, None).warnings
    assert [fault.severity for fault in told if fault.code == "day-passed"] == [Severity.ACCEPTED]


def test_the_people_in_the_manifest_are_the_managers_own(office: Office) -> None:
    assert office.build().files[0].recipient == Recipient("Inés Ruiz", INES, ("Person 0",))
