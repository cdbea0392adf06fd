"""A client calls the programme and its modules by titles of its own, on every paper."""

from __future__ import annotations

import re

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.composing.compose_plan import compose_kits
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory

TITLES = 'title: "Leading from the yard"\ntitles: {asking: Ask first}\n'


def papers(tiny: Tiny, memory: Memory) -> dict[str, str]:
    """Return the text of each document, laid out by nobody, and the PDFs' titles."""
    [kit] = compose_kits(workshop.plan(workshop.load(tiny.root, "tiny", memory)), memory)
    texts: dict[str, str] = {}
    for copy in kit.copies:
        html = "".join(part.job.html for part in copy.composition.parts)
        texts[copy.job.document.name] = " ".join(re.sub("<[^>]+>", " ", html).split())
    return texts


def test_all_papers_have_the_titles_that_the_client_gives(tiny: Tiny) -> None:
    memory = Memory()
    before = papers(tiny, memory)
    tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\n{TITLES}")
    after = papers(tiny, memory)
    module = workshop.load(tiny.root, "tiny", READINGS).modules["asking"]
    assert module.front.title == "Ask first"
    assert "A short afternoon" in before["agenda"]
    assert "Leading from the yard" in after["agenda"]
    assert "Ask first" in after["participant-workbook"]
    assert not [name for name, text in after.items() if "A short afternoon" in text]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("titles: {askin: Ask first}", "There is no module “askin” [unknown-module]"),
        ('titles: {asking: "{{ x }}"}', "A client’s title is printed as it stands"),
        ('title: "{% x %}"', "A client’s title is printed as it stands"),
    ],
)
def test_a_title_that_would_not_be_printed_is_told(tiny: Tiny, line: str, told: str) -> None:
    tiny.change(CLIENT, "name: Tiny Ltd\n", f"name: Tiny Ltd\n{line}\n")
    with pytest.raises(ContentError) as caught:
        workshop.load(tiny.root, "tiny", READINGS)
    [fault] = caught.value.diagnostics
    assert told in f"{fault.message} [{fault.code}]"
    assert str(fault.location).partition("client.yaml:")[2].startswith("2:")


def test_a_title_for_a_module_that_no_day_has_is_a_warning(tiny: Tiny) -> None:
    tiny.change(CLIENT, "name: Tiny Ltd\n", "name: Tiny Ltd\ntitles: {lean-out: Let it go}\n")
    [fault] = workshop.load(tiny.root, "tiny", READINGS).warnings
    assert fault.code == "title-unused"
    assert str(fault.location).endswith("client.yaml:2:10")
