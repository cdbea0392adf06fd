from __future__ import annotations

from pathlib import Path

import pytest

from workshop.diagnostics import ContentError
from workshop.workspace.mailbox import Mailbox, parse_mailbox
from workshop.workspace.settings import output_folder, read_settings


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("output: kits/made\n", "kits/made"),
        ("", "build"),
        ("# nothing set\n", "build"),
        ("output: ../kits\n", "../kits"),
    ],
)
def test_kits_go_below_the_workspace_unless_it_says_otherwise(
    tmp_path: Path, text: str, folder: str
) -> None:
    (tmp_path / "workshop.yaml").write_text(text, encoding="utf-8")
    assert output_folder(tmp_path) == tmp_path / folder


def test_an_absolute_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "workshop.yaml").write_text("output: /srv/kits\n", encoding="utf-8")
    assert output_folder(tmp_path) == Path("/srv/kits")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("outptu: x\n", "Unknown key “outptu” [unknown-key]\n  Did you mean “output”?"),
        ("output: 7\n", '“output” must be text [wrong-type]\n  Put it in quotes: "7".'),
        (
            "timezone: Europe/Amsterdan\n",
            "“Europe/Amsterdan” is not a time zone [wrong-value]\n"
            "  Did you mean “Europe/Amsterdam”?",
        ),
        (
            "timezone: EST\n",
            "“EST” is not a time zone [wrong-value]\n  Write a continent and a city, like",
        ),
        ("output: [\n", "This is not valid YAML [yaml-syntax]"),
        (None, "There is no such file [file-missing]"),
    ],
)
def test_a_fault_in_the_settings(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "workshop.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        output_folder(tmp_path)
    assert message in str(caught.value)


EMAIL = "email:\n  host: smtp.example.org\n  from: Ruth Ashdown <ruth@example.org>\n"


@pytest.mark.parametrize(
    ("more", "port"), [("", 587), ("  security: tls\n", 465), ("  security: none\n", 25)]
)
def test_the_port_is_the_usual_one_for_the_security(tmp_path: Path, more: str, port: int) -> None:
    (tmp_path / "workshop.yaml").write_text(EMAIL + more, encoding="utf-8")
    email = read_settings(tmp_path).email
    assert email is not None
    assert email.port_used == port
    assert email.sender == Mailbox("Ruth Ashdown", "ruth@example.org")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("  security: none\n  username: ruth\n", "the password would be sent unencrypted"),
        ("  security: ssl\n", "“security” cannot be “ssl”"),
        ("  password: secret\n", "Unknown key “password”"),
        ("  reply-to: nobody\n", "“nobody” is not an e-mail address"),
        ('  reply-to: "a@example.org\\nBcc: b@example.org"\n', "is not an e-mail address"),
        ("  reply-to: jörg@example.org\n", "has letters before the @"),
        ("  rate: 0\n", "“rate”"),
    ],
)
def test_a_fault_in_what_is_set_for_email(tmp_path: Path, change: str, message: str) -> None:
    (tmp_path / "workshop.yaml").write_text(EMAIL + change, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_settings(tmp_path)
    assert message in str(caught.value)


def test_an_address_may_have_a_domain_in_any_script() -> None:
    assert parse_mailbox("Jörg <joerg@bücher.example.org>") == Mailbox(
        "Jörg", "joerg@xn--bcher-kva.example.org"
    )
