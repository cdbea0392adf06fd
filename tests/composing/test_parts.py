"""The parts of a document: what each begins with, and what it knows of the next."""

from __future__ import annotations

import pytest

from tests.composing.conftest import Desk, in_part
from workshop.composing.composition import Part

PAGE = "templates/page/document.html.j2"


def parts(desk: Desk, *calls: str) -> tuple[Part, ...]:
    """Compose a document of parts called for with these words."""
    desk.write(PAGE, "".join(f"{{% call part({one}) %}}x{{% endcall %}}\n" for one in calls))
    [copy] = desk.copies("page")
    return copy.composition.parts


def test_a_part_says_where_it_has_to_begin(desk: Desk) -> None:
    made = parts(desk, '"a"', '"b", start="next"', '"c", start="right"', '"d", "left"')
    assert [one.name for one in made] == ["a", "b", "c", "d"]
    assert [one.start for one in made] == [None, None, "right", "left"]
    # Where it is not yet known, it is laid out as if on the right.
    assert [one.job.start for one in made] == ["right", "right", "right", "left"]


def test_a_part_knows_what_has_to_begin_on_a_side_after_it_and_no_more(desk: Desk) -> None:
    made = parts(desk, '"a"', '"b"', '"c", start="right"', '"d", start="left"')
    assert [one.job.then for one in made] == [None, "right", "left", None]


def test_what_a_part_holds_does_not_change_the_others(desk: Desk) -> None:
    desk.write(PAGE, in_part("one") + in_part("two"))
    [before] = desk.copies("page")
    desk.write(PAGE, in_part("one") + in_part("two, and more"))
    [after] = desk.copies("page")
    digests = [[part.job.digest for part in one.composition.parts] for one in (before, after)]
    assert digests[0][0] == digests[1][0]
    assert digests[0][1] != digests[1][1]


@pytest.mark.parametrize("word", ["recto", "Right", "", "1"])
def test_a_wrong_word_for_where_it_begins_is_a_fault(desk: Desk, word: str) -> None:
    desk.write(PAGE, f'\n{{% call part("a", start="{word}") %}}x{{% endcall %}}')
    assert desk.faults() == [
        f"{PAGE}:2: A part cannot start “{word}” It can start “next” or “right” or “left”."
    ]


def test_the_first_part_cannot_begin_on_the_left(desk: Desk) -> None:
    desk.write(PAGE, '{% call part("a", start="left") %}x{% endcall %}')
    [fault] = desk.faults()
    assert fault.startswith(f"{PAGE}:1: A document begins on the right")
