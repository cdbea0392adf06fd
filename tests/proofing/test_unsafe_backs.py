"""What is cut or torn out has nothing behind it but its own back, or it is told."""

from __future__ import annotations

import pytest

from tests.tiny_workspace.workspace import Tiny

pytestmark = pytest.mark.slow

BADGE = "templates/badge/document.html.j2"
YAML = "templates/badge/document.yaml"
CARD = '<div data-cut="card 1">Card</div>'
BACK = '<div data-back="card 1">Back</div>'


def parts(*called: tuple[str, str]) -> str:
    """Return a template with parts: for each where it starts, and what it holds."""
    return "".join(
        f'{{% call part("p{number}", start="{start}") %}}{body}{{% endcall %}}\n'
        for number, (start, body) in enumerate(called)
    )


UNSAFE = {
    "text of another part": (parts(("right", CARD), ("next", "<p>one</p>")), "page 1"),
    "text of its own part": (
        parts(("right", f'{CARD}<p style="break-before: page">on</p>')),
        "page 1",
    ),
    "the front of its sheet": (parts(("right", "<p>one</p>"), ("left", CARD)), "page 2"),
    "the back of another card": (
        parts(("right", CARD), ("left", BACK.replace("card 1", "card 2"))),
        "page 1",
    ),
    "a slip that goes on": (
        parts(("right", '<div data-cut="slip">one<p style="break-before: page">two</p></div>')),
        "pages 1, 2",
    ),
}
SAFE = {
    "its own back": parts(("right", CARD), ("left", BACK)),
    "a page left blank": parts(("right", CARD), ("right", "<p>one</p>")),
    "nothing": parts(("right", "<p>one</p>"), ("left", "<p>two</p>"), ("next", CARD)),
    "text on the page that faces it": parts(
        ("right", "<p>one</p>"), ("left", "<p>two</p>"), ("right", CARD), ("right", "<p>three</p>")
    ),
}


def told(tiny: Tiny, template: str, sides: str = "duplex") -> list[tuple[str, str]]:
    """Return the code and the place on paper of all that is found."""
    tiny.write(BADGE, template)
    tiny.change(YAML, "simplex", sides)
    return [(fault.code, str(fault.printed)) for fault in tiny.build("badge").warnings]


@pytest.mark.parametrize("how", UNSAFE)
def test_what_would_be_lost_with_a_card_is_told(tiny: Tiny, how: str) -> None:
    template, pages = UNSAFE[how]
    assert told(tiny, template) == [("unsafe-back", f"tiny autumn, badge, {pages}")]


@pytest.mark.parametrize("how", SAFE)
def test_a_card_with_a_back_of_its_own_or_none_is_not(tiny: Tiny, how: str) -> None:
    assert told(tiny, SAFE[how]) == []


def test_on_one_side_of_the_paper_nothing_is_behind_anything(tiny: Tiny) -> None:
    template = parts(("right", CARD), ("next", "<p>one</p>"))
    assert told(tiny, template, sides="simplex") == []
