"""Pages of prompts for some of the participants, which do not tell whom they are for."""

from __future__ import annotations

import pytest

from tests.composing.conftest import PROGRAMME, Desk, as_read, in_part, visible_text

PAGE = "templates/page/document.html.j2"
PRINTED = """\
{% if participant and participant.own_page %}{% call part("own") %}
{{ participant.own_page.title }}: {{ participant.own_page.body }}
{% endcall %}{% endif %}
"""


@pytest.fixture
def segmented(desk: Desk) -> Desk:
    """Four people of two segments and one of none, with pages switched on."""
    desk.write(
        "modules/programme.yaml",
        PROGRAMME.replace("{keen: asked to come}", "{keen: asked to come, weary: was sent}"),
    )
    desk.client(
        "name: Test\noptions: {segment-pages: true}\ncohorts: {one: {roster: people.csv}}\n"
    )
    desk.write(
        "clients/test/people.csv",
        "name,segment\nAnna Berg,keen\nBo Lindt,weary\nCy Young,keen\nDi Zhou,\n",
    )
    for segment in ("keen", "weary"):
        desk.write(
            f"modules/cases/segments/{segment}.md",
            f"---\ntitle: A page\n---\n\nWhat does {{{{ client.name }}}} need, {segment[0]}?\n\n"
            "::: facilitator\nThey are like that.\n:::\n",
        )
    desk.write(
        "templates/page/document.yaml",
        "title: Page\naudience: participant\nper: participant\nfile: 'p/{name}.pdf'\n",
    )
    desk.write(PAGE, in_part("Everybody’s.") + PRINTED)
    return desk


def test_everybody_gets_the_page_of_their_own_segment(segmented: Desk) -> None:
    read = {copy.job.path.stem: visible_text(as_read(copy)) for copy in segmented.copies("page")}
    assert "A page: What does Test need, k?" in read["anna-berg"]
    assert "A page: What does Test need, w?" in read["bo-lindt"]
    assert "A page" not in read["di-zhou"]
    assert not any("like that" in text for text in read.values())


def test_those_of_one_segment_share_their_pages_and_these_are_kept(segmented: Desk) -> None:
    anna, bo, cy, di = (copy.composition for copy in segmented.copies("page"))
    assert anna is cy
    assert len({anna, bo, di}) == 3
    assert not any(part.shown for one in (anna, bo, di) for part in one.parts)


def test_nothing_of_a_copy_names_the_segment(segmented: Desk) -> None:
    for copy in segmented.copies("page"):
        said = [copy.title, str(copy.job.path), repr(copy.composition.info), repr(copy.texts)]
        said += [part.job.html for part in copy.composition.parts]
        assert not any(word in text for text in said for word in ("keen", "weary", "was sent"))


def test_without_the_option_there_are_no_pages(segmented: Desk) -> None:
    segmented.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    assert all(len(copy.composition.parts) == 1 for copy in segmented.copies("page"))


def test_managers_and_the_whole_room_read_nobodys_page(segmented: Desk) -> None:
    segmented.write(
        "templates/page/document.yaml",
        "title: Page\naudience: participant\nper: cohort\nfile: p.pdf\n",
    )
    segmented.write(
        PAGE, in_part("{% for one in participants %}{{ 'no' if not one.own_page }}{% endfor %}")
    )
    [copy] = segmented.copies("page")
    assert "nononono" in as_read(copy)


def test_a_fault_in_a_page_has_its_file_and_line(segmented: Desk) -> None:
    path = "modules/cases/segments/weary.md"
    segmented.write(path, "---\ntitle: A page\n---\n\n{{ client.nam }}\n")
    [fault] = segmented.faults()
    assert fault.startswith(f"{path}:5")


def test_a_segment_without_a_page_is_a_fault_at_the_option(segmented: Desk) -> None:
    (segmented.root / "modules/cases/segments/weary.md").unlink()
    *_, fault = segmented.faults()
    assert fault == (
        "clients/test/client.yaml:2:26: There is no page of prompts for the segment “weary” "
        "Write cases/segments/weary.md in the client’s folder."
    )
