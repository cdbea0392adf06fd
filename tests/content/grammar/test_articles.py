"""The article before a client's word is the one that is spoken."""

import pytest

from workshop.content.grammar.articles import with_article

SPOKEN = """
a team
an internal client
an end customer
an HR partner
an MP
an X-ray unit
a UN agency
a unit head
an uninvited guest
an unimportant guest
an hour
an heir
a head nurse
a user
an usher
a European customer
a one-off
an onlooker
an umpire
a utility
an in-house client
an Ärztin
a Führungskraft
an “internal” client
a *team*
an “*in-house*” client
an A-team
an LGBT network
a Lead
an Engineer
"""


@pytest.mark.parametrize("spoken", SPOKEN.strip().splitlines())
def test_the_article_is_the_spoken_one(spoken: str) -> None:
    assert with_article(spoken.partition(" ")[2]) == spoken
