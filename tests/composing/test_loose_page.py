"""A page that belongs to no kit: it can use what documents share."""

from __future__ import annotations

from pathlib import Path

import pytest

import workshop
from tests.composing.conftest import Desk, in_part, visible_text
from tests.conftest import READINGS
from workshop.composing.loose_page import compose_page

FACTS = '{% from "_shared/furniture.html.j2" import with_addresses, footer %}' + in_part(
    "{{ with_addresses(cohort.venue) }}"
)


@pytest.fixture
def desk(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A workspace of a user for whom no template has been compiled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    desk.client("name: Test Ltd\ncohorts: {a: {date: 2027-03-11, venue: Old Mill}}\n")
    desk.write("templates/loose/document.html.j2", FACTS)
    return desk


def text(desk: Desk) -> str:
    tailored = workshop.load(desk.root, "test", READINGS)
    [cohort] = workshop.plan(tailored).cohorts
    job, _ = compose_page(tailored, cohort.day, "loose", "Loose", {})
    return visible_text(job.html.partition("<body")[2])


def test_it_can_use_the_furniture_of_documents(desk: Desk) -> None:
    assert text(desk) == "Old Mill"
    assert text(desk) == "Old Mill", "as it was compiled before"


def test_it_prints_at_once_what_documents_have_slots_for(desk: Desk) -> None:
    macro = "{% macro with_addresses(text) %}At {{ text | slot('venue', 0.5, line=true) }}"
    own = (
        f"{macro}{{% endmacro %}}{{% macro footer(title) %}}{{{{ page_number() }}}}{{% endmacro %}}"
    )
    desk.write("clients/test/templates/_shared/furniture.html.j2", own)
    assert text(desk) == "At Old Mill"


def test_its_templates_serve_documents_too(desk: Desk) -> None:
    assert text(desk) == "Old Mill"
    desk.page('{% from "_shared/furniture.html.j2" import footer %}{{ footer("Foot") }}')
    assert 'alt="slot:foot-title"' in desk.html()
