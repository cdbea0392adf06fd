"""What each audience may see, know and be given agrees with the rest of these rules."""

from __future__ import annotations

import pytest

from workshop.content.audiences import (
    AUDIENCE_SEES,
    AUDIENCES,
    BLOCK_AUDIENCES,
    CONFIDENTIAL,
    DISCREET,
    IN_A_PERSONS_PACK,
    IN_THE_ROOM,
    KNOWS_SEGMENTS,
    READERS,
    RESTRICTED,
    Audience,
)
from workshop.content.vocabulary import KINDS


def test_every_audience_has_its_rules_and_its_words() -> None:
    assert set(AUDIENCE_SEES) == set(READERS) == set(AUDIENCES)


def test_all_but_the_room_have_blocks_of_their_own() -> None:
    assert set(AUDIENCES) - set(BLOCK_AUDIENCES) == {"room"}
    for audience in BLOCK_AUDIENCES:
        assert audience in KINDS
        assert audience in AUDIENCE_SEES[audience]


def test_only_blocks_that_there_are_can_be_kept_back() -> None:
    assert {*BLOCK_AUDIENCES, "slide"} == RESTRICTED
    assert KINDS.keys() >= RESTRICTED


@pytest.mark.parametrize("audience", sorted(DISCREET))
def test_discreet_papers_print_nothing_that_is_confidential(audience: Audience) -> None:
    assert not AUDIENCE_SEES[audience] & CONFIDENTIAL
    assert audience not in KNOWS_SEGMENTS


def test_every_block_audience_is_either_discreet_or_confidential() -> None:
    assert not DISCREET & CONFIDENTIAL
    assert set(BLOCK_AUDIENCES) == DISCREET | CONFIDENTIAL


def test_nobody_takes_home_what_may_not_lie_in_the_room() -> None:
    assert IN_A_PERSONS_PACK <= IN_THE_ROOM
    assert not IN_THE_ROOM & {"manager", "sponsor"}


@pytest.mark.parametrize(
    ("audience", "words"),
    [("participant", "for participants"), ("room", "for everybody in the room")],
)
def test_an_audience_ends_a_sentence(audience: Audience, words: str) -> None:
    assert f"for {READERS[audience]}" == words
