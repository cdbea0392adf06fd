"""Whatever names, subjects and files are called, every reader reads what was written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.email.other_readers import read_by_node, read_by_perl
from workshop.composing.plain_letter import seen
from workshop.delivery.email.mail_headers import POLICY, address, attachment_name, in_ascii
from workshop.workspace.mailbox import Mailbox

# A mail's own rules are in these: what ends a name, what begins an address, what is encoded.
_WORDS = [
    "Ada",
    "Quist,",
    "Director;",
    "of:",
    "<ada.old@example.org>",
    "(Head",
    "Customs)",
    "O'Hara",
    "Jr.",
    "&",
    "x",
    "a@b.c",
    "a\\b",
    "--",
    "50%",
    '"Bo"',
    "=?utf-8?q?x?=",
    "ÓSúilleabháin",
    "Ελένη",
    "Παπαδοπούλου",
    "Łukaszewicz",
    "王小明",
    "김민준",
    "10월",
    "3일",
    "שרה",
    "كريم",
    "می\u200cخواهم",
    "👩\u200d🏫",
    "x\xa0y",
    "15.\u202f30",
    "Донаудампфшиффартсгезельшафт",
]
_LONG = ("Featherstonehaugh" * 6, "Παπαδοπούλου" * 9, "王小明" * 36)
ADDRESS, SHOWN = "ines@xn--bcher-kva.example", "ines@bücher.example"


def samples(number: int) -> Iterator[tuple[str, str]]:
    """Yield names and subjects, the same ones in each run."""
    chance = random.Random(20270920)
    for _ in range(number):
        name, subject = (
            chance.choice((" ", " ", "  ")).join(chance.choices([*_WORDS, _LONG[0]], k=k)).strip()
            for k in (chance.randint(1, 12), chance.randint(1, 25))
        )
        yield name, subject
    yield from ((long, long) for long in _LONG)


def written(name: str, subject: str) -> bytes:
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = f"<{'a' * 40}@{'long-name.' * 6}example>"
    message["To"] = address(Mailbox(name, ADDRESS))
    message["Subject"] = subject
    message.set_content("Hello")
    plain = attachment_name(in_ascii(name), ".pdf")
    message.add_attachment(
        b"%PDF",
        maintype="application",
        subtype="pdf",
        filename=attachment_name(name, ".pdf"),
        params={"name": plain},
    )
    return message.as_bytes()


def decoded(text: str) -> str:
    return str(make_header(decode_header(text.replace("\r\n", ""))))


def test_both_of_pythons_readers_read_what_was_written() -> None:
    for name, subject in samples(40):
        content = written(name, subject)
        old, new = message_from_bytes(content), message_from_bytes(content, policy=policy.default)
        [(phrase, mailbox)] = getaddresses([old["To"].replace("\r\n", "")])
        assert (decoded(phrase), mailbox) == (name, ADDRESS)
        assert decoded(old["Subject"]) == str(new["Subject"]) == subject
        [to] = new["To"].addresses
        assert to.addr_spec == ADDRESS
        # Python reads a blank between two encoded words of a name, where none is.
        assert to.display_name.replace(" ", "") == name.replace(" ", "")
        assert name in (to.display_name, decoded(phrase))
        for read in (old, new):
            [file] = [part for part in read.walk() if part.get_filename()]
            assert file.get_filename() == attachment_name(name, ".pdf")
            assert str(file.get_param("name")).isascii()


def test_headers_are_ascii_and_short_and_no_line_is_empty() -> None:
    for name, subject in samples(40):
        head = written(name, subject).partition(b"\r\n\r\n")[0]
        assert head.isascii()
        for line in head.split(b"\r\n"):
            assert line.strip()
            assert not line.endswith(b": ")
            assert len(line) <= 78 or b" " not in line.strip().partition(b": ")[2]
        assert f"Message-ID: <{'a' * 40}@{'long-name.' * 6}example>".encode() in head


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Inés Ruiz", "=?utf-8?q?In=C3=A9s_Ruiz?= <ines@example.com>"),
        ("Ruth Ashdown", "Ruth Ashdown <ines@example.com>"),
        ('Quist, "Ada"', r'"Quist, \"Ada\"" <ines@example.com>'),
        ("", "ines@example.com"),
        (
            "Ada Quist, Director of Harbour Operations North and East <ada.old@example.org>",
            '"Ada Quist, Director of Harbour Operations North and East\r\n'
            ' <ada.old@example.org>" <ines@example.com>',
        ),
    ],
)
def test_a_name_is_written_as_plainly_as_it_can_be(name: str, header: str) -> None:
    message = EmailMessage(policy=POLICY)
    message["To"] = address(Mailbox(name, "ines@example.com"))
    assert message.as_bytes().startswith(f"To: {header}\r\n".encode())


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Briefing - Zoë Łukaszewicz", "Briefing - Zoe Lukaszewicz"),
        ("Briefing – Jörg Groß", "Briefing - Jorg Gross"),
        ("Briefing - 王小明", "Briefing"),
        ("Briefing - Wang 小明", "Briefing - Wang"),
    ],
)
def test_a_file_has_a_name_for_programs_that_know_ascii_alone(words: str, plain: str) -> None:
    assert in_ascii(words) == plain


def test_marks_that_join_letters_stay_and_those_that_turn_lines_go() -> None:
    assert seen("می‌خواهم 👩‍🏫") == "می‌خواهم 👩‍🏫"
    assert seen("a\u202eb\r\nc\0\u2028d") == "abcd"


@pytest.mark.slow
def test_three_other_readers_read_the_same(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    expected: dict[str, Any] = {}
    for number, (name, subject) in enumerate(samples(60)):
        (tmp_path / f"{number}.eml").write_bytes(written(name, subject))
        files = [attachment_name(name, ".pdf")]
        expected[f"{number}.eml"] = {"to": [[name, ADDRESS]], "subject": subject, "files": files}
    read = {
        **read_by_node("mail.mjs", request.config, tmp_path),
        "MIME::Tools": read_by_perl(tmp_path),
    }
    for reader, messages in read.items():
        assert messages.keys() == expected.keys()
        for message, headers in messages.items():
            facts = {key: headers[key] for key in ("to", "subject", "files")}
            facts["to"] = [[name, to.replace(SHOWN, ADDRESS)] for name, to in facts["to"]]
            assert facts == expected[message], reader
