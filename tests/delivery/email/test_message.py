"""What a message is: its headers, its words, what hangs on it."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.delivery.office import INES, NOW, ROWS, Office
from tests.tiny_workspace.workspace import CLIENT
from workshop.building.kit.manifest import Recipient
from workshop.delivery.email.addressed import ManagerFile
from workshop.delivery.email.mail_headers import attachment_name
from workshop.delivery.email.mailing import MailingItem
from workshop.delivery.email.message import (
    Circumstances,
    Message,
    Sender,
    message_id,
    write_message,
)
from workshop.diagnostics import ContentError
from workshop.workspace.mailbox import Mailbox

RUTH = Mailbox("Ruth Ashdown", "ruth@example.org")


def parsed(message: Message) -> Any:
    """Read a message as a mail program does."""
    return message_from_bytes(bytes(message), policy=policy.default)


def entries(message: Message) -> list[Any]:
    """Return what is in the calendar file."""
    _, dates = parsed(message).iter_attachments()
    return list(icalendar.Calendar.from_ical(dates.get_content()).events)


@pytest.fixture
def ines(office: Office) -> Message:
    """The first manager's message."""
    return office.messages("Inés Ruiz")[0]


def test_the_headers(ines: Message) -> None:
    read = parsed(ines)
    assert read["From"] == "Ruth Ashdown <ruth@example.org>"
    assert read["To"] == "Inés Ruiz <ines@example.com>"
    assert read["Reply-To"] == "replies@example.org"
    assert read["Date"].datetime == NOW
    assert read["Subject"] == "Manager briefing: please read before Tuesday, 5 October 2027"
    assert read["Message-ID"] == ines.message_id
    assert bytes(ines).isascii()
    assert max(map(len, bytes(ines).split(b"\r\n"))) <= 998


def test_the_id_is_the_same_for_the_same_file_and_person_alone(office: Office) -> None:
    first = [message.message_id for message in office.messages()]
    office.written.clear()
    assert [message.message_id for message in office.messages()] == first
    assert len(set(first)) == 4
    office.build(more=" revised")
    assert set(first).isdisjoint(message.message_id for message in office.messages())
    assert all(own_id.endswith("@example.org>") for own_id in first)


def test_text_and_html_say_the_same(ines: Message) -> None:
    read = parsed(ines)
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    assert "Person 0 is coming to “A short afternoon” on Tuesday, 5 October 2027" in (
        text.get_content()
    )
    assert "1. Read it before the day. The first part" in text.get_content()
    assert "<strong>Read it before the day.</strong> The first part" in html.get_content()
    assert "{" not in text.get_content()
    assert "\ue000" not in text.get_content() + html.get_content()


def test_the_file_is_attached_as_it_is_under_a_name_in_any_script(office: Office) -> None:
    [wang] = office.messages("王小明")
    pdf, dates = parsed(wang).iter_attachments()
    assert pdf.get_filename() == "Manager briefing - 王小明.pdf"
    assert b"filename*" in bytes(wang)  # RFC 2231
    assert pdf.get_content_type() == "application/pdf"
    assert hashlib.sha256(pdf.get_content()).hexdigest() == wang.file.entry.sha256
    assert (dates.get_filename(), dates.get_content_type()) == ("dates.ics", "text/calendar")


def test_the_calendar_file_has_the_two_conversations(office: Office, ines: Message) -> None:
    talk, ask = entries(ines)
    assert [str(entry["DTSTART"].dt) for entry in (talk, ask)] == [
        "2027-09-30 10:00:00+01:00",
        "2027-10-12 10:00:00+01:00",
    ]
    assert talk["DTEND"].dt - talk["DTSTART"].dt == (ask["DTEND"].dt - ask["DTSTART"].dt) / 2
    assert talk["SUMMARY"] == "Ten minutes with Person 0"
    assert ask["SUMMARY"] == "The first talk: twenty minutes with Person 0"
    assert "- What do you need from me?" in talk["DESCRIPTION"]


def test_a_new_version_moves_the_entries_and_adds_none(office: Office, ines: Message) -> None:
    before = entries(ines)
    office.send()
    office.build(more=" revised")
    again = entries(office.messages("Inés Ruiz")[0])
    assert {entry["UID"] for entry in (*before, *again)} == {before[0]["UID"]}
    assert [entry["SEQUENCE"] for entry in (*before, *again)] == [0, 0, 1, 1]


def test_entries_have_the_same_id_whoever_sends_them(office: Office, ines: Message) -> None:
    [item] = office.mailing("Inés Ruiz").items
    draft = item_written_by(office, item, Sender(None))
    assert [entry["UID"] for entry in entries(draft)] == [entry["UID"] for entry in entries(ines)]


def test_no_program_takes_the_whole_message_for_a_calendar(ines: Message) -> None:
    assert b"BEGIN:VCALENDAR" not in bytes(ines)


def test_a_test_says_so_and_goes_elsewhere(office: Office) -> None:
    [item] = office.mailing("Inés Ruiz", test_to=RUTH).items
    assert item.message
    read = parsed(item.message)
    assert read["To"] == "Ruth Ashdown <ruth@example.org>"
    assert read["Subject"].startswith("[Test] ")
    assert "ines@example.com" not in str(read["To"])
    assert b"\r\nSubject: [Test] Manager" in bytes(item.message)  # the first line is not empty
    body = read.get_body(("plain",))
    assert body.get_content().startswith(
        "This is a test. It would go to Inés Ruiz <ines@example.com>.\r\n"
    )


@settings(max_examples=40)
@given(name=st.text(min_size=1, max_size=60), subject=st.text(max_size=60))
def test_no_name_and_no_subject_can_add_a_header(name: str, subject: str) -> None:
    from workshop.composing.letter import Written
    from workshop.delivery.email.mail_headers import POLICY, address

    message = EmailMessage(policy=POLICY)
    message["To"] = address(Mailbox(name, "ines@example.com"))
    message["Subject"] = Written(subject.replace("{", ""), ()).line
    message.set_content("Hello")
    read: Any = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert set(read.keys()) == {
        "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert [address.addr_spec for address in read["To"].addresses] == ["ines@example.com"]


def test_a_name_is_no_markdown_and_no_html(office: Office) -> None:
    rows = "**Bo** <i>x</i>,bo@example.com,Inés [Ruiz](http://x.example),ines@example.com\n"
    office.build(rows)
    [message] = office.messages()
    assert "**Bo** &lt;i&gt;x&lt;/i&gt; is coming" in message.html
    assert "Hello Inés [Ruiz](http://x.example),</p>" in message.html
    body = parsed(message).get_body(("plain",))
    assert "**Bo** <i>x</i> is coming" in body.get_content()


@given(st.text(max_size=300))
def test_any_words_make_a_file_name(words: str) -> None:
    name = attachment_name(words, ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 255
    assert not set(name) & set('\\/:*?"<>|\r\n\0')
    assert not name.startswith(".")


def manager_file(office: Office) -> ManagerFile:
    return office.messages("Inés Ruiz")[0].file


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"audience": "participant"}, "not-for-a-manager"),
        ({"audience": "facilitator"}, "not-for-a-manager"),
        ({"recipient": None}, "not-for-a-manager"),
        ({"recipient": Recipient("Inés Ruiz", None)}, "no-address"),
        ({"recipient": Recipient("Inés Ruiz", "a@example.org\nBcc: b@example.org")}, "address"),
        ({"recipient": Recipient("Jörg", "jörg@example.org")}, "address"),
        ({"sha256": "0" * 64}, "kit-file-changed"),
    ],
)
def test_nothing_but_a_managers_own_file_can_be_attached(
    office: Office, change: dict[str, object], code: str
) -> None:
    file = manager_file(office)
    with pytest.raises(ContentError) as caught:
        ManagerFile(file.client, file.cohort, replace(file.entry, **change), file.content)  # type: ignore[arg-type]
    assert caught.value.diagnostics[0].code == code


def test_a_message_goes_to_whom_its_file_was_made_for(office: Office) -> None:
    """There is no way to name another recipient: it is read from the file."""
    file = manager_file(office)
    assert file.to == Mailbox("Inés Ruiz", INES)
    with pytest.raises(TypeError):
        ManagerFile(file.client, file.cohort, file.entry, file.content, to=RUTH)  # type: ignore[call-arg]


def item_written_by(office: Office, item: MailingItem, sender: Sender) -> Message:
    """Return the message of an item as another sender has it."""
    from workshop.composing.letter import LetterWriter

    manager, file = item.addressed, item.addressed.file
    assert file
    writer = LetterWriter(office.plan.tailored, manager.plan.day, manager.document, "Ruth")
    return write_message(manager, file, writer, sender, Circumstances(NOW))


def test_without_settings_a_draft_has_no_sender(office: Office) -> None:
    [item] = office.mailing("Inés Ruiz").items
    file = manager_file(office)
    read = parsed(item_written_by(office, item, Sender(None)))
    assert "From" not in read
    assert "Reply-To" not in read
    assert read["Message-ID"] == message_id(file, "workshop-kit.invalid")


def test_an_update_says_what_it_replaces_and_what_has_moved(office: Office) -> None:
    office.send()
    office.tiny.change(CLIENT, "date: 2027-10-05", "date: 2027-10-12\n    venue: Room 2")
    office.build(ROWS + "More,more@example.com,Ken Ito,ken@example.com\n", more=" revised")
    message = office.messages("Inés Ruiz")[0]
    assert (
        message.subject == "Update: Manager briefing: please read before Tuesday, 12 October 2027"
    )
    text = parsed(message).get_body(("plain",)).get_content()
    sent = office.lines()[0].changed
    replaced = format_date(datetime.datetime.fromisoformat(sent), "full", "en_GB")
    assert (
        f"This replaces my message of {replaced}. The day has moved from Tuesday, 5 October 2027 "
        "to Tuesday, 12 October 2027. The place is now Room 2. Please use the attached briefing "
        "instead of the earlier one, and open the new calendar file: it moves what the earlier "
        "one put into your calendar."
    ) in text
    assert "The hours" not in text


def test_the_title_is_in_the_clients_words(office: Office) -> None:
    office.tiny.change(CLIENT, "name: Tiny Ltd", "name: Tiny\nterms: {manager: duty manager}")
    office.build(ROWS + "More,more@example.com,Ken Ito,ken@example.com\n")
    message = office.messages("Inés Ruiz")[0]
    assert message.subject.startswith("Duty manager briefing: please read")
    assert message.attachments[0] == "Duty manager briefing - Inés Ruiz.pdf"
