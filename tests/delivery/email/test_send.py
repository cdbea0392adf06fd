"""A run against a real server: who got what, what is noted, what is tried again."""

from __future__ import annotations

import pytest

from tests.delivery.office import INES, KEN, LEA, MANAGERS, WANG, Office
from tests.delivery.postbox import BREAK, PASSWORD, Postbox
from workshop.delivery.email.deliver import DUE
from workshop.delivery.email.ledger import State, Status
from workshop.delivery.email.send import Outcome, Waiting
from workshop.diagnostics import EnvironmentFault

ALL = list(MANAGERS.values())


def test_everybody_gets_theirs_once_and_a_second_run_sends_nothing(
    office: Office, postbox: Postbox
) -> None:
    outcomes = office.send()
    assert [outcome.status for outcome in outcomes] == [Status.SENT] * 4
    assert postbox.addresses == ALL
    assert set(office.stands().values()) == {Status.SENT}
    assert office.send() == []
    assert postbox.addresses == ALL


def test_messages_are_spaced_out(office: Office) -> None:
    office.send()
    assert office.waited == [1, 1, 1]


def test_the_password_goes_over_an_encrypted_connection_alone(
    office: Office, postbox: Postbox
) -> None:
    office.send()
    [(_, password, encrypted)] = postbox.logins
    assert (password.decode(), encrypted) == (PASSWORD, True)


def test_who_is_refused_is_noted_and_the_run_goes_on(office: Office, postbox: Postbox) -> None:
    postbox.at_rcpt = lambda to: "550 5.1.1 No such user" if to == KEN else None
    outcomes = office.send()
    assert [outcome.status for outcome in outcomes].count(Status.SENT) == 3
    assert office.stands()[KEN] is Status.REFUSED
    assert {line.reply for line in office.lines() if line.address == KEN} == {
        "550 5.1.1 No such user"
    }
    # They have nothing yet: a run sends it as soon as the server takes it.
    postbox.at_rcpt = lambda _to: None
    assert [outcome.message.file.to.address for outcome in office.send()] == [KEN]
    assert sorted(postbox.addresses) == sorted(ALL)


@pytest.mark.parametrize("moment", ["at_rcpt", "at_data", "at_end"])
def test_a_server_that_asks_to_come_again_is_asked_again(
    office: Office, postbox: Postbox, moment: str
) -> None:
    tried: list[str] = []

    def greylisted(to: str) -> str | None:
        tried.append(to)
        return "451 4.7.1 Greylisted" if to in (INES, LEA) and tried.count(to) < 3 else None

    setattr(postbox, moment, greylisted)
    office.send()
    assert sorted(postbox.addresses) == sorted(ALL)
    assert tried.count(INES) == 3
    assert [event for event in office.events if isinstance(event, Waiting)] == [
        Waiting(10, 2),
        Waiting(60, 2),
    ]
    assert set(office.stands().values()) == {Status.SENT}


def test_who_is_put_off_to_the_last_is_told_and_sent_by_the_next_run(
    office: Office, postbox: Postbox
) -> None:
    postbox.at_rcpt = lambda to: "450 4.2.0 Come again" if to == WANG else None
    *_, last = office.send()
    assert (last.status, last.reply) == (Status.QUEUED, "450 4.2.0 Come again")
    postbox.at_rcpt = lambda _to: None
    office.send()
    assert sorted(postbox.addresses) == sorted(ALL)


@pytest.mark.parametrize("moment", ["at_rcpt", "at_data"])
def test_a_connection_that_breaks_before_the_message_is_there_is_made_again(
    office: Office, postbox: Postbox, moment: str
) -> None:
    broken: list[str] = []

    def breaks_once(to: str) -> str | None:
        broken.append(to)
        return BREAK if to == KEN and broken.count(KEN) == 1 else None

    setattr(postbox, moment, breaks_once)
    office.send()
    assert sorted(postbox.addresses) == sorted(ALL)
    assert set(office.stands().values()) == {Status.SENT}


@pytest.mark.parametrize(("moment", "got_it"), [("at_end", False), ("at_accepted", True)])
def test_one_that_breaks_after_it_leaves_unknown_whether_it_arrived(
    office: Office, postbox: Postbox, moment: str, got_it: bool
) -> None:
    setattr(postbox, moment, lambda to: BREAK if to == KEN else None)
    office.send()
    assert office.stands()[KEN] is Status.UNKNOWN
    assert (KEN in postbox.addresses) is got_it
    # Nobody asked for it, so it is not sent again …
    setattr(postbox, moment, lambda _to: None)
    assert office.send() == []
    assert postbox.addresses.count(KEN) == int(got_it)
    # … until somebody does; and as the same message, which mail programs show once.
    [again] = office.send(states=(*DUE, State.UNKNOWN))
    assert (again.message.file.to.address, again.status) == (KEN, Status.SENT)
    assert len({office.messages("Ken Ito")[0].message_id, again.message.message_id}) == 1


def test_a_server_that_hangs_up_on_every_message_is_given_up(
    office: Office, postbox: Postbox
) -> None:
    postbox.at_rcpt = lambda _to: BREAK
    outcomes = office.send()
    assert {outcome.status for outcome in outcomes} == {Status.QUEUED}
    assert postbox.received == []
    assert set(postbox.seen.values()) == {3}


def test_a_message_too_large_for_the_server_is_refused_by_it(
    office: Office, postbox: Postbox
) -> None:
    office.build(size=300_000)
    outcomes = office.send()
    assert {outcome.status for outcome in outcomes} == {Status.REFUSED}
    assert all(outcome.reply.startswith("552 ") for outcome in outcomes)
    assert postbox.received == []


def test_a_changed_file_is_sent_again_only_as_an_update(office: Office, postbox: Postbox) -> None:
    office.send()
    office.build(more=" revised")
    assert {item.state for item in office.mailing().items} == {State.CHANGED}
    assert office.send() == []
    outcomes = office.send(states=(*DUE, State.CHANGED))
    assert len(outcomes) == 4
    assert {item.state for item in office.mailing().items} == {State.SENT}
    assert len(set(postbox.received)) == 8
    # The first version again is a change, too.
    office.build()
    assert {item.state for item in office.mailing().items} == {State.CHANGED}


def test_who_changed_while_it_was_unknown_is_not_sent_the_new_one_unasked(
    office: Office, postbox: Postbox
) -> None:
    postbox.at_end = lambda _to: BREAK
    office.send()
    postbox.at_end = lambda _to: None
    office.build(more=" revised")
    assert office.send() == []
    assert office.send(states=(*DUE, State.CHANGED)) == []
    assert len(office.send(states=(*DUE, State.UNKNOWN))) == 4


def test_two_runs_cannot_send_at_once(office: Office, postbox: Postbox) -> None:
    messages = office.messages()
    with (
        office.ledger.running(),
        pytest.raises(EnvironmentFault, match="Another run is sending"),
    ):
        office.send(messages)
    assert postbox.received == []
    office.send(messages)
    # What was shown before another run had its turn is looked at again.
    assert office.send(messages) == []


def test_a_server_that_is_not_there_is_told_at_once(office: Office, port: int) -> None:
    office.server = office.server.model_copy(update={"port": 1})
    with pytest.raises(EnvironmentFault, match=r"cannot be reached: 127\.0\.0\.1, port 1"):
        office.send()
    assert office.waited == []
    assert set(office.stands().values()) == {Status.QUEUED}


def test_what_happens_is_told_as_it_happens(office: Office) -> None:
    office.send()
    told = [outcome for outcome in office.events if isinstance(outcome, Outcome)]
    assert [(outcome.message.file.to.address, outcome.status) for outcome in told] == [
        (address, Status.SENT) for address in ALL
    ]
