"""The parts of a document: what each begins with, and what it knows of the next."""

from __future__ import annotations

import pytest

from tests.composing.conftest import Desk, as_read, in_part, visible_text
from workshop.composing.composition import ComposedCopy, Part

PAGE = "templates/page/document.html.j2"


def parts(desk: Desk, *calls: str) -> tuple[Part, ...]:
    """Compose a document of parts called for with these words."""
    desk.write(PAGE, "".join(f"{{% call part({words}) %}}x{{% endcall %}}\n" for words in calls))
    [copy] = desk.copies("page")
    return copy.composition.parts


def test_a_part_says_where_it_has_to_begin(desk: Desk) -> None:
    composed = parts(desk, '"a"', '"b", start="next"', '"c", start="right"', '"d", "left"')
    assert [part.name for part in composed] == ["a", "b", "c", "d"]
    assert [part.start for part in composed] == [None, None, "right", "left"]
    # Where it is not yet known, it is laid out as if on the right.
    assert [part.job.start for part in composed] == ["right", "right", "right", "left"]


def test_a_part_knows_what_has_to_begin_on_a_side_after_it_and_no_more(desk: Desk) -> None:
    composed = parts(desk, '"a"', '"b"', '"c", start="right"', '"d", start="left"')
    assert [part.job.then for part in composed] == [None, "right", "left", None]
    composed = parts(desk, '"a"', '"b", start="back"')
    assert [part.job.then for part in composed] == ["back", None]
    assert composed[1].start == "left"


def test_what_a_part_holds_does_not_change_the_others(desk: Desk) -> None:
    desk.write(PAGE, in_part("one") + in_part("two"))
    [before] = desk.copies("page")
    desk.write(PAGE, in_part("one") + in_part("two, and more"))
    [after] = desk.copies("page")
    digests = [[part.job.digest for part in copy.composition.parts] for copy in (before, after)]
    assert digests[0][0] == digests[1][0]
    assert digests[0][1] != digests[1][1]


@pytest.mark.parametrize("word", ["recto", "Right", "", "1"])
def test_a_wrong_word_for_where_it_begins_is_a_fault(desk: Desk, word: str) -> None:
    desk.write(PAGE, f'\n{{% call part("a", start="{word}") %}}x{{% endcall %}}')
    assert desk.faults() == [
        f"{PAGE}:2: A part cannot start “{word}” It can start “next”, “right”, “left” or “back”."
    ]


def test_the_first_part_cannot_begin_on_the_left(desk: Desk) -> None:
    desk.write(PAGE, '{% call part("a", start="left") %}x{% endcall %}')
    [fault] = desk.faults()
    assert fault.startswith(f"{PAGE}:1: A document begins on the right")


TENTS = """\
{% for person in participants %}
{% call part("tent") %}
{{ person.name | slot("name") }} {{ person.name | slot("name") }}{% endcall %}
{% endfor %}
"""
PEOPLE = "name,team\nAnna Berg,Sales\nBo Lindt,Stores\nCy Young,Stores\n"


def of_people(desk: Desk, template: str) -> ComposedCopy:
    """Compose a document of a cohort of three."""
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", PEOPLE)
    desk.write(PAGE, template)
    [copy] = desk.copies("page")
    return copy


def test_parts_for_several_people_are_one_layout_with_a_text_for_each(desk: Desk) -> None:
    copy = of_people(desk, TENTS)
    parts_of_all = copy.composition.parts
    assert len(parts_of_all) == 3
    assert len({part.job.digest for part in parts_of_all}) == 1
    texts = [copy.texts[dict(part.slots).get("name", "name")] for part in parts_of_all]
    assert texts == ["Anna Berg", "Bo Lindt", "Cy Young"]
    assert not any(part.shown for part in parts_of_all)


def test_a_slot_written_before_the_parts_can_stand_in_any_of_them(desk: Desk) -> None:
    copy = of_people(
        desk,
        """\
{% set first = participants[0].name | slot("name") %}
{% for person in participants[1:] %}
{% call part("page") %}{{ first }} {{ person.name | slot("name") }}{% endcall %}
{% endfor %}
""",
    )
    text = visible_text(as_read(copy))
    assert text.count("Anna Berg") == 2
    assert text.index("Bo Lindt") < text.index("Cy Young")


def test_a_part_that_prints_a_participant_outside_of_slots_is_kept_nowhere(desk: Desk) -> None:
    template = "{% for person in participants %}" + in_part("{{ person.team }}") + "{% endfor %}"
    copy = of_people(desk, template + in_part("{{ participants | length }} people"))
    shown = [part.shown for part in copy.composition.parts]
    assert shown == [("participants.team",)] * 3 + [()]


def test_without_a_roster_there_are_no_participants(desk: Desk) -> None:
    desk.write(PAGE, in_part("{{ participants | length }} of {{ cohort.headcount }}"))
    assert "0 of 12" in desk.html()


def test_what_is_for_managers_and_for_one_person_knows_nothing_of_the_others(desk: Desk) -> None:
    for audience, per in (("manager", "cohort"), ("participant", "participant")):
        desk.write(
            "templates/page/document.yaml",
            f"title: Page\naudience: {audience}\nper: {per}\nfile: '{{name}}.pdf'\n"
            if per == "participant"
            else f"title: Page\naudience: {audience}\nper: {per}\nfile: page.pdf\n",
        )
        desk.write(PAGE, in_part("{{ participants | length }}"))
        [fault] = desk.faults()
        assert "participants" in fault
