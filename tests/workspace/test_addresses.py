"""Addresses that are taken as they are written: no library would say otherwise of them."""

from __future__ import annotations

import re

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.workspace.mailbox import checked_address

LABELS = st.from_regex(r"[a-z0-9-]{1,4}|x{60,66}|xn--[a-z]{2}|test|local", fullmatch=True)
ENDS = ("com", "de", "example", "test", "local", "localhost", "invalid", "arpa", "c0", "onion")
ADDRESSES = st.builds(
    "{}@{}.{}".format,
    st.from_regex(r"[a-zA-Z0-9._+'-]{1,6}|x{62,66}|info|Info", fullmatch=True),
    st.lists(LABELS, min_size=1, max_size=5).map(".".join),
    st.sampled_from(ENDS),
)


@pytest.mark.slow
@given(ADDRESSES)
@example("ruth.ashdown@acme.example")
@example(f"{'x' * 64}@{'y' * 63}.{'y' * 63}.{'y' * 57}.com")
@example(f"{'x' * 64}@{'y' * 63}.{'y' * 63}.{'y' * 58}.com")
def test_an_address_is_judged_as_the_library_judges_it(address: str) -> None:
    try:
        validated = validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        with pytest.raises(ValueError, match=re.escape(str(error))):
            checked_address(address)
    else:
        assert checked_address(address) == (validated.normalized, validated.ascii_email)


def test_most_addresses_take_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("email_validator.validate_email", lambda *_of, **_options: 1 / 0)
    for address in ("o.rourke-2@pumps.acme.example", "a_b+c@x1.co.uk"):
        assert checked_address(address) == (address, address)
    with pytest.raises(ZeroDivisionError):
        checked_address("Ruth@acme.example")
