"""Diagrams as SVG: every kind with few items and with many, what is read out, what is told."""

from __future__ import annotations

import re
from dataclasses import astuple
from xml.etree import ElementTree

import pytest

import workshop
from tests.composing.conftest import FIRST, Desk
from tests.composing.diagrams.drawn_boxes import drawn_in
from tests.conftest import READINGS
from workshop.composing.diagrams.letter_widths import LetterWidths
from workshop.composing.language.references import SMALL_TYPE, notes_in
from workshop.composing.language.text_writer import TextWriter
from workshop.composing.pages.late_colours import STAND_INS
from workshop.composing.views import block_writer
from workshop.composing.views.diagram_view import DiagramView, diagram_view
from workshop.content.block_tree import Block
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS

SVG = "{http://www.w3.org/2000/svg}"
# As on a page, on a poster, and small.
SIZES = ("168, 60, 9.6, 8.5", "249, 250, 28, 20", "184, 50, 17, 16, notes=false", "70, 32, 6, 8.5")


def half_a_line(width: float) -> float:
    """Return how far a line along the edge of a drawing of this width lies over it, in mm."""
    return 0.22 if width < 100 else 0.31 if width < 200 else 0.46


def module(kind: str, *items: str, caption: str = "") -> str:
    """Return a module's text with a diagram."""
    return "\n".join([f"::: diagram {{kind={kind}}}", *items, "", caption, ":::"])


def items(count: int, *, inner: int = 0, note: str = "what is said of it") -> list[str]:
    below = [f"  - below {number}" for number in range(inner)]
    return [line for number in range(count) for line in (f"- **Label {number}** {note}", *below)]


def drawings(desk: Desk) -> list[ElementTree.Element]:
    """Return the drawings of a page."""
    found = re.findall(r"<svg.*?</svg>", desk.html(), re.DOTALL)
    return [ElementTree.fromstring(drawing) for drawing in found]


def words(drawing: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace whose page has the module's diagram in several sizes."""
    calls = "".join(f"{{{{ draw(modules[0].diagram, {size}) }}}}" for size in SIZES)
    desk.page(f"{{% if modules[0].diagram %}}{calls}{{% endif %}}")
    return desk


@pytest.mark.parametrize("kind", DIAGRAM_KINDS)
@pytest.mark.parametrize("which", ["least", "usual", "most"])
@pytest.mark.slow
def test_every_kind_shows_its_labels_in_every_size(desk: Desk, kind: str, which: str) -> None:
    shape = DIAGRAM_KINDS[kind]
    count = {"least": shape.least, "most": shape.most}.get(which, (shape.least + shape.most) // 2)
    desk.module(module(kind, *items(count, inner=shape.inner if which == "most" else 0)))
    pictures = drawings(desk)
    assert len(pictures) == len(SIZES)
    for picture in pictures:
        for number in range(count):
            assert f"Label {number}" in words(picture)


@pytest.mark.parametrize("kind", DIAGRAM_KINDS)
@pytest.mark.parametrize("note", ["", "what is said of it"])
@pytest.mark.slow
def test_every_word_of_a_diagram_is_drawn_where_there_is_room(
    desk: Desk, kind: str, note: str
) -> None:
    shape = DIAGRAM_KINDS[kind]
    rows = items(shape.most, inner=shape.inner, note=note)
    rows = [row.replace("below", f"below {at} of") for at, row in enumerate(rows)]
    desk.module(module(kind, *rows))
    said = [word for row in rows for word in re.findall(r"below .*|Label \d+|what is.*", row)]
    for picture, size in zip(drawings(desk), SIZES, strict=True):
        for word in said if "notes=false" not in size else ():
            assert word in words(picture).replace(",", ""), size


@pytest.mark.parametrize("kind", [name for name, kind in DIAGRAM_KINDS.items() if kind.caption])
def test_every_caption_is_drawn_where_there_is_room(desk: Desk, kind: str) -> None:
    desk.module(module(kind, *items(DIAGRAM_KINDS[kind].least), caption="What it says"))
    for picture, size in zip(drawings(desk), SIZES, strict=True):
        assert "notes=false" in size or "What it says" in words(picture), size


@pytest.mark.parametrize("kind", DIAGRAM_KINDS)
def test_nothing_is_drawn_over_the_edge_of_a_drawing(desk: Desk, kind: str) -> None:
    caption = "All" if DIAGRAM_KINDS[kind].caption and kind != "overlap" else ""
    faces = workshop.load(desk.root, "test", READINGS).typefaces
    widths = LetterWidths(faces, READINGS)
    desk.module(module(kind, *items(DIAGRAM_KINDS[kind].most), caption=caption))
    for picture, size in zip(drawings(desk), SIZES, strict=True):
        _, _, width, height = map(float, picture.attrib["viewBox"].split())
        across, down = map(float, size.split(", ")[:2])
        assert width <= across + 0.1
        assert height <= down * 1.05
        over = {
            drawn.what: round(beyond, 2)
            for drawn in drawn_in(picture, widths, faces.headings)
            if (beyond := drawn.beyond(width, height)) > half_a_line(width)
        }
        assert over == {}, size


@pytest.mark.parametrize("kind", DIAGRAM_KINDS)
def test_colours_are_those_of_the_palette_and_nothing_shades_into_another(
    desk: Desk, kind: str
) -> None:
    desk.module(module(kind, *items(DIAGRAM_KINDS[kind].most)))
    known = {*astuple(STAND_INS), "#ffffff", "none"}
    for picture in drawings(desk):
        source = ElementTree.tostring(picture, encoding="unicode")
        assert set(re.findall('(?:fill|stroke)="([^"]*)"', source)) <= known
        assert "radient" not in source
        assert "opacity" not in source


def test_what_is_read_out_has_the_words_of_all_items(desk: Desk) -> None:
    desk.module(
        module(
            "rings",
            '- **inner** use {{ client.name }}\'s "work"',
            "  - nurse",
            "  - **the planner** on ward three",
            "- **outer** could",
            caption="you",
        )
    )
    title = drawings(desk)[0].findtext(f"{SVG}title")
    assert title == (
        "Rings around a centre, two of them, from the inside: "
        "inner, use Test Ltd’s “work” (nurse, the planner on ward three); outer, could. you"
    )


def test_words_are_filled_in_and_an_empty_item_is_left_out(desk: Desk) -> None:
    body = module(
        "stairs",
        '- **{{ term("customer") | capitalize }}** first',
        '- {% if has("gone") %}**Gone** never{% endif %}',
        "- **Third** last",
    )
    desk.module(body.replace("gone", "asking"))
    assert "Gone" in words(drawings(desk)[0])
    desk.module(body.replace('has("gone")', "client.options.coaching"))
    assert words(drawings(desk)[0]) == "Internal customer first Third last"


def test_an_item_is_another_one_on_a_day_without_what_it_tells_of(desk: Desk) -> None:
    item = '- {% if has("asking") %}**Near** you{% else %}**Nobody** yet{% endif %}'
    desk.module(module("stairs", item, "- **Third** last"))
    assert words(drawings(desk)[0]) == "Near you Third last"
    without = item.replace('has("asking")', "client.options.coaching")
    desk.module(module("stairs", without, "- **Third** last"))
    assert words(drawings(desk)[0]) == "Nobody yet Third last"


def test_a_diagram_with_too_few_items_left_is_not_drawn(desk: Desk) -> None:
    gone = "- {% if client.options.coaching %}**Gone** never{% endif %}"
    desk.module(module("stairs", "- **Here** now", gone))
    assert drawings(desk) == []


def test_the_text_for_readers_has_it_where_it_stands(desk: Desk) -> None:
    desk.page("{{ modules[0].intro }}")
    desk.module("Before.\n\n" + module("stairs", *items(3)) + "\n\nAfter.")
    html = desk.html()
    assert html.index("Before.") < html.index("<svg") < html.index("After.")


def test_words_that_are_too_long_are_set_smaller_and_told(desk: Desk) -> None:
    long = "Verantwortungsbereichsabgrenzung"
    desk.module(module("stairs", "- **Aim** x", *(f"- **{long}** x" for _ in range(6))))
    notes = [note for note in notes_in(desk.html()) if note.code == SMALL_TYPE]
    assert notes
    assert notes[0].location
    assert notes[0].location.line == FIRST + 2
    assert str(notes[0].location.path).endswith("modules/asking.md")
    assert f"“{long}” is set in" in notes[0].message


@pytest.mark.slow
def test_usual_words_are_told_of_nowhere(desk: Desk) -> None:
    for kind in DIAGRAM_KINDS:
        desk.page("{{ modules[0].intro }}")
        desk.module(module(kind, *items(DIAGRAM_KINDS[kind].least)))
        assert list(notes_in(desk.html())) == [], kind


def test_words_from_right_to_left_stand_in_their_lines(desk: Desk) -> None:
    desk.module(module("loop", "- **שאלה** שאלה אחת פתוחה", "- **תשובה** להקשיב"))
    assert "שאלה אחת פתוחה" in words(drawings(desk)[0])


@pytest.mark.parametrize("sizes", ["0, 50", "100, -5", "100, 50, 0", "100, 50, 9.6, 0"])
def test_a_size_of_nothing_is_a_fault_with_its_line(desk: Desk, sizes: str) -> None:
    desk.module(module("stairs", *items(3)))
    desk.page(f"{{{{ draw(modules[0].diagram, {sizes}) }}}}")
    assert desk.faults() == [
        "templates/page/document.html.j2:2: A drawing and the type in it have sizes above 0"
    ]


def test_a_diagram_is_read_once_and_what_is_wrong_in_it_told_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def counted(block: Block, texts: TextWriter) -> DiagramView | None:
        made.append(block.location)
        return diagram_view(block, texts)

    monkeypatch.setattr(block_writer, "diagram_view", counted)
    desk.page("{{ modules[0].intro }}{{ draw(modules[0].diagram, 100, 50) }}")
    desk.module(module("stairs", *items(3)))
    assert "Label 2" in desk.html()
    assert len(made) == len(set(made)) == 1
    desk.module(module("stairs", "- **Aim** {{ nobody }}", *items(2)))
    assert [fault.partition(" ")[0] for fault in desk.faults()] == [
        f"modules/asking.md:{FIRST + 1}:"
    ]


def test_drawing_what_is_no_diagram_is_a_fault_with_its_line(desk: Desk) -> None:
    desk.page('{{ draw("stairs", 100, 50) }}')
    [fault] = desk.faults()
    assert fault == (
        "templates/page/document.html.j2:2: draw() takes the diagram of a module "
        "Write {% if module.diagram %} around it."
    )


@pytest.mark.parametrize(
    "labels",
    ["Outside|Signal|So what|Question|One desk", "A|B|Acknowledgement|C|Reconsideration|D"],
)
@pytest.mark.parametrize("note", ["", " what is said of it"])
def test_labels_of_a_bridge_have_one_size_and_stand_beside_its_banks(
    desk: Desk, labels: str, note: str
) -> None:
    faces = workshop.load(desk.root, "test", READINGS).typefaces
    widths = LetterWidths(faces, READINGS)
    names = labels.split("|")
    desk.module(module("bridge", *(f"- **{name}**{note}" for name in names)))
    for picture, size in zip(drawings(desk), SIZES, strict=True):
        across, down = map(float, size.split(", ")[:2])
        if across < down * 1.3:
            continue  # upright, its banks are above and below
        texts = [text for text in picture.iter(f"{SVG}text") if (text.text or "") in labels]
        labelled = [text for text in texts if text.attrib["font-family"] == faces.headings]
        assert len({text.attrib["font-size"] for text in labelled}) == 1, size
        drawn = list(drawn_in(picture, widths, faces.headings))
        far = next(one for one in drawn if one.right > across - 0.5 and one.what.startswith("path"))
        for one in drawn:
            if one.what in names[1:-1]:
                assert one.right < far.left, size
