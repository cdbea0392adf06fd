"""Split an e-mail address, written with or without a name, into the name and the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from workshop.content.yaml.files import Fault

# Most addresses look like this. They are valid and already written as they should be.
_PLAIN = re.compile(
    r"(?=.{1,64}@)(?=.{1,254}$)[a-z0-9]+(?:[._+-][a-z0-9]+)*"
    r"@(?:(?=[^.]{1,63}\.)[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?:com|edu|example|info|net|org|[a-z]{2})"
)
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>\s*", re.DOTALL)


@dataclass(frozen=True)
class Mailbox:
    """Holds an address as SMTP takes it, all in ASCII, and the name shown with it, or ""."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def checked_address(text: str) -> tuple[str, str | None]:
    """Return an address in its normal form, and in ASCII, or None where ASCII cannot spell it.

    Raises `ValueError`, whose text says what is wrong, for anything that is no address.
    """
    if _PLAIN.fullmatch(text):
        return text, text
    # Loading this package takes longer than reading a client's other files.
    from email_validator import validate_email

    validated = validate_email(text, check_deliverability=False)
    return validated.normalized, validated.ascii_email


def parse_mailbox(text: object) -> Mailbox:
    """Read "Ruth Ashdown <ruth@example.org>" or an address alone; raise `Fault` for other texts.

    An address with letters beyond ASCII before the @ is refused: many servers cannot take it
    (RFC 6531).
    """
    written = str(text)
    named = _NAMED.fullmatch(written)
    name, address = (named["name"].strip('"'), named["address"]) if named else ("", written)
    if not name.isprintable():
        raise Fault(f"“{written}” is not an e-mail address", hint="Write it on one line.")
    try:
        normalized, in_ascii = checked_address(address)
    except ValueError as error:
        raise Fault(f"“{written}” is not an e-mail address", hint=str(error)) from None
    if in_ascii is None:
        raise Fault(
            f"“{normalized}” has letters before the @ that most mail servers do not take",
            hint="Use another address of the same person.",
        )
    return Mailbox(name, in_ascii)


MailboxText = Annotated[Mailbox, BeforeValidator(parse_mailbox, json_schema_input_type=str)]
