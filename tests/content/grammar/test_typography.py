"""Values that are printed beside texts have the same quotation marks, apostrophes and dashes."""

from __future__ import annotations

import re

import pytest

from workshop.content.grammar.typography import typographic
from workshop.content.markdown import to_html

SIGNS = [
    ("Miles O'Brien", "Miles O’Brien"),
    ("Gerard van 't Hoff", "Gerard van ’t Hoff"),
    ("'s-Hertogenbosch", "’s-Hertogenbosch"),
    ("Ng'ang'a wa Thiong'o", "Ng’ang’a wa Thiong’o"),
    ('Anna "Nan" Berg', "Anna “Nan” Berg"),
    ("Anna 'Nan' Berg", "Anna ‘Nan’ Berg"),
    ("It's 'open', they say", "It’s ‘open’, they say"),
    ("the teams' rooms", "the teams’ rooms"),
    ("'90s hall", "’90s hall"),
    ('ד"ר כהן', 'ד"ר כהן'),
    ("Room 3 -- by the yard", "Room 3 – by the yard"),
    ("Wait...", "Wait…"),
    ("as --help says", "as --help says"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("typed", "printed"), SIGNS)
def test_a_value_is_printed_as_texts_are(typed: str, printed: str) -> None:
    assert typographic(typed) == printed
    assert typographic(printed) == printed
    assert to_html(typed, 2, str) == f"<p>{printed}</p>".replace('"', "&quot;")


ADDRESSES = [
    "https://example.org/the--hall/it's...here?a=--b",
    "www.example.org/a--b",
    "o'brien@example.org",
    "maria--eva@example.org",
    "C:\\Plans\\May--June",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_a_value_stays_as_it_is_typed_as_in_texts(address: str) -> None:
    assert typographic(address) == address
    typed = f"It's 'at' {address} -- \"Oak\"..."
    printed = f"It’s ‘at’ {address} – “Oak”…"
    assert typographic(typed) == printed
    assert re.sub("<[^>]*>", "", to_html(typed, 2, str)) == printed
    assert typographic(f'"{address}"') == f"“{address}”"


def test_a_mail_address_with_an_apostrophe_is_one_link() -> None:
    html = to_html("Ask o'brien@example.org.", 2, str)
    assert html == "<p>Ask <a href=\"mailto:o'brien@example.org\">o'brien@example.org</a>.</p>"
