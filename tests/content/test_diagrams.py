"""A module's diagram: how its list is read, and what is told of one that cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_scanner import scan
from workshop.content.doubts.doubtful_diagrams import check_diagrams
from workshop.content.grammar.diagram_items import DiagramLine, diagram_list
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.diagnostics import Report


def told(source: str) -> list[str]:
    """Return what is told of a module's blocks: line, sentence and hint."""
    report = Report()
    check_diagrams(scan(source, Path("m.md"), report), report)
    return [
        " ".join(filter(None, [str(fault.location).partition(":")[2], fault.message, fault.hint]))
        for fault in report
    ]


def diagram(kind: str, *items: str) -> str:
    return "\n".join([f"::: diagram {{kind={kind}}}", *items, ":::", ""])


def test_an_item_is_a_label_in_bold_and_what_is_said_of_it() -> None:
    read = diagram_list("- **Aim** what they\n  must deliver\n* alone\n1. **Third**")
    assert read.items == (
        DiagramLine("Aim", "what they must deliver", 0),
        DiagramLine("alone", "", 2),
        DiagramLine("Third", "", 3),
    )


def test_what_stands_below_an_item_belongs_to_it_and_a_paragraph_is_the_caption() -> None:
    read = diagram_list("\nSeen from\nhere.\n\n- **inner** near\n  - nurse\n  - planner\n- outer\n")
    [inner, outer] = read.items
    assert [below.label for below in inner.inner] == ["nurse", "planner"]
    assert outer.inner == ()
    assert (read.caption, read.caption_line) == ("Seen from here.", 1)


def test_an_item_below_an_item_is_all_that_it_says() -> None:
    below = (
        "the **nurse**",
        "**the nurse** on ward",
        "**Ask**: who?",
        "{% if a %}**b** c{% endif %}",
    )
    [item] = diagram_list("\n".join(["- near", *(f"  - {text}" for text in below)])).items
    assert [(line.label, line.note) for line in item.inner] == [
        ("the **nurse**", ""),
        ("the nurse on ward", ""),
        ("Ask: who?", ""),
        ("{% if a %}b c{% endif %}", ""),
    ]


def test_a_condition_around_an_item_holds_for_both_of_its_texts() -> None:
    [item] = diagram_list('- {% if has("x") %}**Map** who is near{% endif %}').items
    assert item.label == '{% if has("x") %}Map{% endif %}'
    assert item.note == '{% if has("x") %}who is near{% endif %}'


def test_each_branch_of_a_condition_has_a_label_and_a_note() -> None:
    [item] = diagram_list('- {% if has("x") %}**A** with it{% else %}**B** nobody{% endif %}').items
    assert item.label == '{% if has("x") %}A{% else %}B{% endif %}'
    assert item.note == '{% if has("x") %}with it{% else %}nobody{% endif %}'
    inside = (
        "- {% if a %}**A** {% if b %}more{% else %}less{% endif %}{%- elif c %}**C**{% endif %}"
    )
    [item] = diagram_list(inside).items
    assert item.label == "{% if a %}A{%- elif c %}C{% endif %}"
    assert item.note == "{% if a %}{% if b %}more{% else %}less{% endif %}{%- elif c %}{% endif %}"


@pytest.mark.parametrize(
    "text", ["{% if a %}x{% endif %} y", "a {% if b %}x{% endif %}", "{% else %}"]
)
def test_a_condition_of_some_of_the_words_stays_where_it_is(text: str) -> None:
    assert diagram_list(f"- {text}").items == (DiagramLine(text, "", 0),)
    assert diagram_list(f"- **A** {text}").items == (DiagramLine("A", text, 0),)


def test_an_unknown_kind_brings_the_nearest_word() -> None:
    assert told(diagram("stairz", "- one", "- two")) == [
        "1:19 “kind” takes one of stairs, ladder, bridge, timeline, rings, wheel, loop, compass, "
        "gauge, scales, overlap, queue-and-desk, not “stairz” Did you mean “stairs”?"
    ]


def test_too_few_and_too_many_items_are_told_with_their_line() -> None:
    few = told("\n" + diagram("stairs", "- one"))
    many = told(diagram("compass", *(f"- item {number}" for number in range(6))))
    assert few == [
        "2:1 A diagram of the kind “stairs” shows 2 to 7 items, and this one has 1 "
        "Add 1, or choose another kind."
    ]
    assert many == [
        "6 A diagram of the kind “compass” shows 2 to 4 items, and this one has 6 "
        "Take 2 out, or choose another kind."
    ]


def test_an_empty_diagram_is_told_what_to_write() -> None:
    assert told(diagram("scales")) == [
        "1:1 A diagram of the kind “scales” shows 2 items, and this one has 0 "
        "Write one below the other: - **Aim** What must they deliver?"
    ]


def test_items_below_items_are_for_some_kinds_alone() -> None:
    assert told(diagram("stairs", "- one", "  - below", "- two")) == [
        "2 A diagram of the kind “stairs” cannot show items below an item "
        "Say them in the text, or choose another kind."
    ]
    dates = ("- one", "  - day 1", "  - day 2", "- two")
    assert told(diagram("timeline", *dates)) == [
        "2 A diagram of the kind “timeline” shows one item at most below an item, and this one "
        "has 2 Take some out, or say them in the text."
    ]
    assert told(diagram("rings", "- one", "  - below", "- two")) == []


def test_a_caption_that_nothing_would_print_is_told() -> None:
    sides = ("- one", "- two", "", "Both.")
    assert told(diagram("overlap", *sides)) == []
    assert told(diagram("compass", *sides)) == [
        "5 A diagram of the kind “compass” has no room for a caption "
        "Put the sentence above or below."
    ]
    assert "no room" in told(diagram("overlap", "- three", *sides))[0]


def test_marks_in_what_is_printed_plain_are_told() -> None:
    [fault] = told(diagram("stairs", "- **one** and *two*", "- three"))
    assert fault.startswith("2 “*two*” is printed as typed")
    below = ("- one", "  - **the nurse** on *ward three*", "- two", "", "Seen by `you`.")
    [inner, caption] = told(diagram("rings", *below))
    assert inner.startswith("3 “*ward three*” is printed as typed")
    assert caption.startswith("6 “`you`” is printed as typed")


def test_a_condition_around_items_is_told() -> None:
    around = ("- **one** x", "", '{% if has("y") %}', "- **two** y", "", "{% endif %}", "- three")
    assert told(diagram("stairs", *around)) == [
        '4 “{% if has("y") %}” stands alone in a diagram, and items are drawn whether it holds or '
        "not Write it within each item: - {% if … %}**Aim** What must they deliver?{% endif %}"
    ]
    assert told(diagram("stairs", "- one", "- two", "", "{% if a %}Words.{% endif %}")) == []


def test_a_diagram_shows_a_list_and_no_blocks() -> None:
    inside = diagram("stairs", "- one", "- two", "::: facilitator", "Say.", ":::")
    assert told(inside) == ["4:1 A diagram shows a list, and no blocks Put it above or below."]


def test_a_module_has_one_diagram_and_slides_show_no_other() -> None:
    first = diagram("stairs", "- one", "- two")
    slide = '::: slide {title="Look" layout=diagram}\n:::\n'
    assert told(first + slide) == []
    assert told(slide) == [
        "1:1 This slide shows the module’s diagram, and the module has none "
        "Write a block ::: diagram, or give the slide another layout."
    ]
    assert told(first + first) == [
        "5:1 A module has one diagram at most The first begins on line 1: keep one of them."
    ]


@pytest.mark.parametrize("kind", DIAGRAM_KINDS)
def test_every_kind_has_its_template(kind: str) -> None:
    templates = Path(__file__).parents[2] / "templates/_shared/diagrams"
    assert (templates / f"{kind}.svg.j2").is_file()
