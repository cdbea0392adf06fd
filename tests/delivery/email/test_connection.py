"""How a server is reached: encrypted and known, or not at all."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.delivery.office import Office
from tests.delivery.postbox import PASSWORD, Certificate, Postbox, serving
from workshop.delivery.email.deliver import send_tests
from workshop.delivery.email.ledger import Status
from workshop.diagnostics import EnvironmentFault
from workshop.workspace.mailbox import Mailbox


def fault_of(office: Office) -> str:
    """Try to send; return what is said of it."""
    with pytest.raises(EnvironmentFault) as caught:
        office.send()
    assert PASSWORD not in repr(caught.value)
    assert set(office.stands().values()) <= {Status.QUEUED}
    return str(caught.value)


def test_tls_from_the_start(office: Office, postbox: Postbox, certificate: Certificate) -> None:
    with serving(postbox, certificate.server, implicit=True) as port:
        office.server = office.server.model_copy(update={"port": port, "security": "tls"})
        office.send()
    assert len(postbox.received) == 4
    assert {encrypted for *_, encrypted in postbox.logins} == {True}


def test_no_encryption_where_nobody_asks_for_a_password(office: Office, postbox: Postbox) -> None:
    with serving(postbox, None, auth=False) as port:
        plain = {"port": port, "security": "none", "username": None}
        office.server = office.server.model_copy(update=plain)
        office.send()
    assert len(postbox.received) == 4
    assert postbox.logins == []


def test_a_certificate_that_nobody_vouches_for(office: Office, postbox: Postbox) -> None:
    office.trust = None
    assert "is not to be trusted" in fault_of(office)
    assert (postbox.logins, postbox.received) == ([], [])


def test_a_certificate_for_another_name(office: Office, postbox: Postbox) -> None:
    office.server = office.server.model_copy(update={"host": "127.1"})
    assert "is not to be trusted" in fault_of(office)
    assert (postbox.logins, postbox.received) == ([], [])


def test_a_server_without_encryption_gets_no_password(office: Office, postbox: Postbox) -> None:
    with serving(postbox, None) as port:
        office.server = office.server.model_copy(update={"port": port})
        assert "offers no encryption" in fault_of(office)
    assert (postbox.logins, postbox.received) == ([], [])


def test_starttls_at_a_port_for_tls(
    office: Office, postbox: Postbox, certificate: Certificate
) -> None:
    office.server = office.server.model_copy(update={"security": "tls"})
    assert "There is no encrypted connection" in fault_of(office)


def test_a_wrong_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", "hunter2-hunter2")
    told = fault_of(office)
    assert "does not accept user name and password (535)" in told
    assert "hunter2" not in told


def test_a_password_may_have_any_letters(
    office: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", "schön-Πä55")
    told = fault_of(office)
    assert "does not accept user name and password (535)" in told
    assert "ö" not in told
    postbox.password = "schön-Πä55"
    office.send()
    assert {(login[0], login[2]) for login in postbox.logins} == {("PLAIN", True)}
    assert len(postbox.received) == 4


def test_a_server_that_cannot_take_such_letters_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtplib.SMTP, "ehlo", _without_plain(smtplib.SMTP.ehlo))
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", "schön-geheim")
    told = fault_of(office)
    assert "takes no user name or password with such letters" in told
    assert "schön" not in told


def _without_plain(
    ehlo: Callable[..., tuple[int, bytes]],
) -> Callable[..., tuple[int, bytes]]:
    def greeted(smtp: smtplib.SMTP, *arguments: str) -> tuple[int, bytes]:
        answer = ehlo(smtp, *arguments)
        smtp.esmtp_features["auth"] = "LOGIN CRAM-MD5"
        return answer

    return greeted


@contextmanager
def greeting(words: bytes) -> Iterator[int]:
    """Yield the port of a server that says something and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(words)

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b"554 5.7.1 You are on a list\r\n", "refuses: 554 5.7.1 You are on a list"),
        (b"421 4.3.2 Too busy\r\n", "cannot be reached: 127.0.0.1, port"),
        (b"", "cannot be reached: 127.0.0.1, port"),
        (b"554 \x1b[2Jgone\r\n", "refuses: 554 [2Jgone"),
    ],
)
def test_a_server_that_does_not_want_to_talk(office: Office, words: bytes, told: str) -> None:
    with greeting(words) as port:
        office.server = office.server.model_copy(update={"port": port})
        assert told in fault_of(office)


def test_a_server_that_goes_away_in_the_middle_is_waited_for(
    office: Office, postbox: Postbox
) -> None:
    """It answers the first message with 421 and takes no connections for a while."""
    real, closed = office.server, office.server.model_copy(update={"port": 1})

    def busy(to: str) -> str | None:
        if postbox.seen.total() == 2:
            office.server.__dict__.update(port=closed.port)
            return "421 4.3.2 Shutting down"
        return None

    postbox.at_rcpt = busy
    wait = office.waited.append

    def back_again(seconds: float) -> None:
        wait(seconds)
        if seconds == 60:
            office.server.__dict__.update(port=real_port)

    real_port = real.port
    office.waiting = back_again
    office.send()
    assert len(postbox.received) == 4
    assert [seconds for seconds in office.waited if seconds > 1] == [10, 60]


def test_a_test_goes_to_the_trainer_and_is_not_noted(office: Office, postbox: Postbox) -> None:
    trainer = Mailbox("", "ruth@example.org")
    mailing = office.mailing(test_to=trainer)
    told: list[str] = []
    send_tests(
        [item.message for item in mailing.items if item.message],
        trainer,
        office.server,
        lambda outcome: told.append(outcome.message.file.to.name),
        office.trust,
    )
    assert set(postbox.addresses) == {"ruth@example.org"}
    assert told == ["Inés Ruiz", "Ken Ito", "Lea Sommer", "王小明"]
    assert office.lines() == []
    for _, content in postbox.received:
        assert b"Subject: [Test]" in content
        assert b"This is a test. It would go to" in content
    # A mail program must not take the real one for the same message.
    ids = {message.message_id.encode() for message in office.messages()}
    assert not any(own_id in content for own_id in ids for _, content in postbox.received)


def test_a_test_that_is_not_taken_is_told(office: Office, postbox: Postbox) -> None:
    postbox.at_rcpt = lambda _to: "550 5.1.1 No such user"
    messages, nobody = office.messages(), Mailbox("", "nobody@example.org")
    with pytest.raises(EnvironmentFault, match="did not take the test for nobody@"):
        send_tests(messages, nobody, office.server, lambda _outcome: None, office.trust)
