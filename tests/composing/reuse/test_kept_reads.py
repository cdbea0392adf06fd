"""A document is composed anew only if what its templates read of the modules' texts has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.composing.reuse.test_kept_runs import SCRIPT, composed, ran, said
from tests.tiny_workspace.workspace import CLIENT, Tiny, in_part
from workshop.diagnostics import ContentError

__all__ = ["ran"]

ASKING, OFFERING = "modules/asking.md", "modules/offering.md"
AGENDA = "templates/agenda/document.html.j2"
REPOSITORY = Path(__file__).resolve().parents[3]
BADGE = "templates/badge/document.html.j2"
SLIDE = """
::: slide {layout=statement title="Wait"}
Wait for the answer.
:::
"""

Change = Callable[[Tiny], object]


def changed(path: str, old: str, new: str) -> Change:
    return lambda tiny: tiny.change(path, old, new)


CHANGES = {
    "intro": changed(ASKING, "Most questions", "Many questions"),
    "purpose": changed(ASKING, "Ask, and leave", "Ask, then leave"),
    "notes": changed(ASKING, "Count to seven", "Count to eight"),
    "for managers": changed(ASKING, "and waited", "and waited long"),
    "a slide more": changed(ASKING, "::: exercise", f"{SLIDE}\n::: exercise"),
    "kind": changed(ASKING, "kind=pairs", "kind=trios"),
    "front matter": changed(ASKING, "question that was not", "question which was not"),
    "other module": changed(OFFERING, "An offer has", "Any offer has"),
}
EVERY = set(CHANGES)
# What an agenda prints, and which changes it is composed anew for.
READING = {
    "{% for one in modules %}{{ one.title }}{{ one.exercises[0].number }}{% endfor %}": set(),
    "{{ agenda[0].summary }}{{ kit | length }}": set(),
    "{{ modules[0].intro }}": {"intro"},
    "{{ modules[0].exercises[0].purpose }}": {"purpose"},
    "{{ modules[1].exercises[0].purpose }}": set(),
    "{{ modules[0].exercises[0].kind }}": {"kind"},
    "{{ modules | map(attribute='exercises') | sum(start=()) | map(attribute='title') | join }}": (
        set()
    ),
    "{{ modules | selectattr('note') | list | length }}": set(),
    "{{ modules[0].slides | length }}": {"a slide more"},
    "{% if modules[0].slides %}Slides{% endif %}": {"a slide more"},
    "{% for one in modules %}{{ one.slides | map(attribute='title') | join }}{% endfor %}": (
        {"a slide more"}
    ),
    "{{ modules[0] == modules[1] }}": EVERY - {"for managers"},
    "{{ modules | unique | list | length }}": EVERY - {"for managers"},
    "{{ modules[0].parts[0].notes }}": {"notes"},
    "{{ reserve(modules[0].name) }}": EVERY,
}


@pytest.mark.parametrize("text", READING)
def test_what_is_read_decides(tiny: Tiny, ran: list[str], text: str) -> None:
    tiny.write(AGENDA, in_part(text))
    document = (REPOSITORY / "templates/agenda/document.yaml").read_text("utf-8")
    # Who leads the day reads most of it.
    tiny.write("templates/agenda/document.yaml", document.replace("participant", "facilitator"))
    original = {path: (tiny.root / path).read_text("utf-8") for path in (ASKING, OFFERING)}
    for name, change in CHANGES.items():
        for path, whole in original.items():
            tiny.write(path, whole)
        composed(tiny.root, "tiny")
        ran.clear()
        change(tiny)
        kept = composed(tiny.root, "tiny")
        again = "agenda" in ran
        assert again == (name in READING[text] or name == "front matter"), name
        assert said(kept) == said(composed(tiny.root, "tiny", cache=False))


def test_what_was_taken_back_is_known(tiny: Tiny, ran: list[str]) -> None:
    composed(tiny.root, "tiny")
    before = said(composed(tiny.root, "tiny"))
    CHANGES["intro"](tiny)
    composed(tiny.root, "tiny")
    tiny.change(ASKING, "Many questions", "Most questions")
    ran.clear()
    assert said(composed(tiny.root, "tiny")) == before
    assert "participant-workbook" not in ran


def test_a_mistake_in_a_text_that_nobody_reads_is_told(tiny: Tiny) -> None:
    tiny.write(AGENDA, in_part("{{ modules[0].title }}"))
    tiny.write("templates/badge/document.html.j2", in_part("Badge"))
    tiny.change(
        CLIENT,
        "only: [agenda, badge, exercises, manager-briefing, participant-workbook]",
        "only: [agenda, badge]",
    )
    composed(tiny.root, "tiny")
    tiny.change(ASKING, "Most questions", "{{ term('nothing') }} questions")
    for _ in range(2):
        with pytest.raises(ContentError, match="no term “nothing”"):
            composed(tiny.root, "tiny")


def test_what_is_kept_for_one_person_serves_with_what_another_needed(
    tiny: Tiny, ran: list[str]
) -> None:
    # Of two runs, each reads something else.
    text = "{% if participant.team %}{{ modules[0].intro }}{% else %}{{ modules[1].intro }}"
    tiny.write(BADGE, in_part(text + "{% endif %}"))
    roster = "clients/tiny/roster.csv"
    people = (tiny.root / roster).read_text("utf-8")
    composed(tiny.root, "tiny")
    # Somebody without a team comes in a later build.
    tiny.write(roster, people + "Cy Dahl,c@example.com,,,,,\n")
    composed(tiny.root, "tiny")
    for name in ("intro", "other module"):
        ran.clear()
        CHANGES[name](tiny)
        kept = composed(tiny.root, "tiny")
        assert "badge" in ran
        assert said(kept) == said(composed(tiny.root, "tiny", cache=False))


def test_after_one_build_of_a_changed_text_jinja_is_not_loaded(tiny: Tiny) -> None:
    def loaded() -> str:
        command = [sys.executable, "-c", SCRIPT]
        done = subprocess.run(command, cwd=tiny.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    tiny.write(AGENDA, in_part("{{ modules[0].title }}"))
    assert [loaded(), loaded()] == ["True", "False"]
    CHANGES["intro"](tiny)
    # To see whether anything is wrong in it now.
    assert [loaded(), loaded()] == ["True", "False"]
