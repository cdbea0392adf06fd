"""What the sample kits must not say: to whom it is not meant for, about whom it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits
from tests.kits.kit_text import letters, letters_of
from workshop.content.audiences import AUDIENCE_SEES, BLOCK_AUDIENCES, Audience
from workshop.content.block_tree import Block, Node, Text
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.people.roster import Roster
from workshop.tailoring.tailored import Tailored

CLIENTS = {"acme": "Acme Components", "minimal": "Minimal Ltd"}
# Shorter ones may well stand somewhere by chance.
_LONG_ENOUGH = 30


@pytest.fixture(scope="module", params=sorted(CLIENTS))
def tailored(request: pytest.FixtureRequest) -> Tailored:
    return workshop.load(REPOSITORY, request.param, READINGS)


def of_client(kits: Kits, tailored: Tailored) -> list[tuple[Path, Audience, str]]:
    """Return a client's files, each with its audience and everything it says."""
    found = [
        (path, entry.audience, letters_of(path))
        for path, entry in kits.files()
        if path.relative_to(kits.root).parts[0] == tailored.slug
    ]
    assert found
    return found


def audience_blocks(nodes: tuple[Node, ...]) -> Iterator[Block]:
    for node in nodes:
        if isinstance(node, Block):
            if node.kind in BLOCK_AUDIENCES:
                yield node
            else:
                yield from audience_blocks(node.children)


def sentences(block: Block) -> Iterator[str]:
    """Yield the block's sentences as `letters`, but for those a client's words are filled into."""
    for node in block.children:
        if isinstance(node, Text):
            plain = re.sub(r"[*_`]|^\s*(?:[-*+]|\d+\.)\s", "", node.source, flags=re.MULTILINE)
            for sentence in re.split(r"(?<=[.?!:;”])\s+", plain):
                if "{" not in sentence and len(letters(sentence)) >= _LONG_ENOUGH:
                    yield letters(sentence)


def sentences_for(tailored: Tailored, audience: str) -> list[str]:
    """Return every sentence of the client's modules and cases in blocks for one audience."""
    bodies = [module.body for module in tailored.modules.values()]
    bodies += [case.body for case in tailored.cases.values()]
    return [
        sentence
        for body in bodies
        for block in audience_blocks(body)
        if block.kind == audience
        for sentence in sentences(block)
    ]


def test_what_is_for_another_audience_is_in_no_file(kits: Kits, tailored: Tailored) -> None:
    notes = {audience: sentences_for(tailored, audience) for audience in BLOCK_AUDIENCES}
    assert len(notes["facilitator"]) > 300
    assert len(notes["manager"]) > 5
    for path, audience, said in of_client(kits, tailored):
        for other in set(BLOCK_AUDIENCES) - AUDIENCE_SEES[audience]:
            assert [sentence for sentence in notes[other] if sentence in said] == [], path


def test_looking_for_sentences_finds_those_that_are_there(kits: Kits, tailored: Tailored) -> None:
    meant = sentences_for(tailored, "manager")
    for _, audience, said in of_client(kits, tailored):
        if audience == "manager":
            # The half day leaves modules out; what is in it is said in full.
            found = [sentence for sentence in meant if sentence in said]
            assert len(found) > len(meant) / 2


def test_no_file_tells_the_segment_anybody_was_put_in(kits: Kits, tailored: Tailored) -> None:
    segments = tailored.programme.file.segments
    for path, audience, said in of_client(kits, tailored):
        # The sponsor, who decided whom it is for, reads the descriptions; nobody reads a label.
        told = [*segments, *(segments.values() if audience != "sponsor" else ())]
        assert [word for word in map(letters, told) if word in said] == [], path


def test_no_manifest_does_either(kits: Kits, tailored: Tailored) -> None:
    for path in (kits.root / tailored.slug).glob("*/manifest.json"):
        text = path.read_text(encoding="utf-8")
        assert not any(segment in text for segment in tailored.programme.file.segments)


def test_no_file_names_another_client(kits: Kits, tailored: Tailored) -> None:
    others = [letters(name) for slug, name in CLIENTS.items() if slug != tailored.slug]
    own = letters(CLIENTS[tailored.slug])
    for path, _, said in of_client(kits, tailored):
        assert own in said, path
        assert not any(other in said for other in others), path


@pytest.fixture(scope="module", params=["boston-march", "leeds-february", "rotterdam-may"])
def cohort(request: pytest.FixtureRequest) -> Cohort:
    """A cohort of acme with a roster; that of minimal has none."""
    cohorts = {one.slug: one for one in workshop.load(REPOSITORY, "acme", READINGS).cohorts}
    return cohorts[request.param]


def roster_of(cohort: Cohort) -> Roster:
    assert cohort.roster
    return cohort.roster


def named_in(said: str, roster: Roster) -> set[str]:
    """Return whom of a roster, participants and managers, a file names."""
    people = {person.name for person in roster.participants}
    people |= {managed.person.name for managed in roster.managers()}
    return {name for name in people if letters(name) in said}


def test_a_workbook_names_its_participant_and_nobody_else(kits: Kits, cohort: Cohort) -> None:
    files = [file for file in kits.files("participant-workbook") if cohort.slug in file[0].parts]
    assert len(files) == len(roster_of(cohort).participants)
    for path, entry in files:
        assert entry.recipient
        assert named_in(letters_of(path), roster_of(cohort)) == {entry.recipient.name}


def test_a_briefing_names_its_manager_and_their_people_and_nobody_else(
    kits: Kits, cohort: Cohort
) -> None:
    files = [file for file in kits.files("manager-briefing") if cohort.slug in file[0].parts]
    teams = {managed.person.name: managed.people for managed in roster_of(cohort).managers()}
    assert len(files) == len(teams)
    for path, entry in files:
        assert entry.recipient
        manager = entry.recipient.name
        people = {person.name for person in teams[manager]}
        assert named_in(letters_of(path), roster_of(cohort)) == {manager} | people


@pytest.mark.parametrize("document", ["agenda", "exercises"])
def test_papers_for_the_room_name_nobody(kits: Kits, cohort: Cohort, document: str) -> None:
    [path] = [path for path, _ in kits.files(document) if cohort.slug in path.parts]
    assert named_in(letters_of(path), roster_of(cohort)) == set()


def test_no_file_gives_an_e_mail_address(kits: Kits) -> None:
    for path, _ in kits.files():
        assert "examplecom" not in letters_of(path)
        assert "exampleorg" not in letters_of(path)
