"""An e-mail address as people write it, with a name or without, into its two halves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator

from workshop.content.yaml_source import Fault

_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>\s*", re.DOTALL)


@dataclass(frozen=True)
class Mailbox:
    """An address as SMTP takes it, its domain in ASCII, and the name shown with it; may be ""."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def parse_mailbox(text: object) -> Mailbox:
    """Read "Ruth Ashdown <ruth@example.org>", or the address alone; raise `Fault` for others.

    An address with letters beyond ASCII before the @ is refused: many servers cannot take it
    (RFC 6531).
    """
    written = str(text)
    named = _NAMED.fullmatch(written)
    name, address = (named["name"].strip('"'), named["address"]) if named else ("", written)
    if not name.isprintable():
        raise Fault(f"“{written}” is not an e-mail address", hint="Write it on one line.")
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise Fault(f"“{written}” is not an e-mail address", hint=str(error)) from None
    if found.ascii_email is None:
        raise Fault(
            f"“{found.normalized}” has letters before the @ that most mail servers do not take",
            hint="Use another address of the same person.",
        )
    return Mailbox(name, found.ascii_email)


MailboxText = Annotated[Mailbox, BeforeValidator(parse_mailbox, json_schema_input_type=str)]
