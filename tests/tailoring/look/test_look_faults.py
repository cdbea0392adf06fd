"""What is told of a look: files that are called wrongly, values that cannot be, unknown names."""

from __future__ import annotations

import pytest

from tests.tailoring.conftest import Small

LOOKS = "clients/test/templates/_shared/looks"
CLIENT = "name: Test\nlook: tide\n"


@pytest.mark.parametrize(
    "token",
    [
        "round: banana", "round: dobule", "round: 30", "round: -1", "round: 2mm",
        "margin-column: 300mm", "margin-column: 36", "margin-column: wide",
        "bar: 3pt", "bar: 3pt solid solid", "bar: 3pt sold red", "bar: 30pt solid red",
        "hairline: 1pt solid rde", "frame: 3 solid var(--ink)", "writing-line: dotted 1pt 2pt",
        "panel: banana", "panel: 3mm",
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_where_it_stands(small: Small, token: str) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", f"summary: Ours\ntokens:\n  {token}\n")
    name, _, value = token.partition(": ")
    column = len(name) + 5
    [fault] = small.faults(CLIENT)
    start = f"{LOOKS}/tide/look.yaml:3:{column}: “{name}” cannot be “{value}” [token-value] Write a"
    assert fault.startswith(start)


@pytest.mark.parametrize(
    "token",
    [
        "round: 0", "round: 2.5", "round: 10", "margin-column: 0", "margin-column: 2.4cm",
        "margin-column: calc(20mm + 5mm)", "bar: none", "bar: 0", "bar: var(--frame)",
        "bar: dashed 0.4mm #abc", "bar: thin solid rgb(10, 20, 30)", "frame: 12pt double Teal",
        "hairline: solid var(--ink)", 'panel: "#eee"', "panel: none", "panel: white",
    ],
)  # fmt: skip
def test_values_that_css_takes_are_taken(small: Small, token: str) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", f"summary: Ours\ntokens:\n  {token}\n")
    small.load(CLIENT)


def test_a_token_of_its_own_has_a_unit_that_is_there(small: Small) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\ntokens: {wave: 14mn}\n")
    small.write(f"{LOOKS}/tide/look.css", ".cover { height: var(--wave); }\n")
    assert small.faults(CLIENT) == [
        f"{LOOKS}/tide/look.yaml:2:16: “wave” cannot be “14mn” [token-value] "
        "Write in a unit that is there, such as mm or pt: “mn” is none."
    ]


def test_a_length_of_the_look_it_is_like_stays_a_length(small: Small) -> None:
    tokens = "summary: Ours\nlike: signal\ntokens: {numeral: huge}\n"
    small.write(f"{LOOKS}/tide/look.yaml", tokens)
    assert small.faults(CLIENT) == [
        f"{LOOKS}/tide/look.yaml:3:19: “numeral” cannot be “huge” [token-value] "
        "Write a length, such as 180pt."
    ]


def test_a_name_that_stands_for_nothing_is_told_in_the_style_sheet_alone(small: Small) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\ntokens: {sea: 3mm}\n")
    css = "/* var(--none)\n */\n.opener {\n  margin: var(--own, 1mm) var(--see);\n}\n"
    small.write(f"{LOOKS}/tide/look.css", css)
    assert small.faults(CLIENT) == [
        f"{LOOKS}/tide/look.css:4:27: Nothing is called “--see” in this look [unknown-token] "
        "Did you mean “sea”?"
    ]


def test_a_token_made_of_a_name_that_stands_for_nothing_is_told(small: Small) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\ntokens: {bar: 1pt solid var(--acent)}\n")
    assert small.faults(CLIENT) == [
        f"{LOOKS}/tide/look.yaml:2:15: Nothing is called “--acent” in this look [unknown-token] "
        "Did you mean “accent”?"
    ]


def test_names_of_the_page_of_other_sheets_and_of_its_own_stand_for_something(
    small: Small,
) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\n")
    css = ":root { --sea: 1mm; }\nh1 { margin: var(--sea) var(--line) var(--gutter); }\n"
    small.write(f"{LOOKS}/tide/look.css", css + "h2 { font-family: var(--lead-face); }\n")
    small.load(CLIENT)


def test_looks_that_are_like_each_other_are_told_as_a_circle(small: Small) -> None:
    for name, like in (("tide", "ebb"), ("ebb", "flow"), ("flow", "ebb")):
        small.write(f"{LOOKS}/{name}/look.yaml", f"summary: Ours\nlike: {like}\n")
    assert small.faults(CLIENT) == [
        f"{LOOKS}/ebb/look.yaml:2:7: `like` goes in a circle: ebb → flow → ebb [look-ring] "
        "Let one be like letterpress."
    ]


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("look.css", "Write look.yaml with a line `summary: …`."),
        ("look.yml", "Rename look.yml to look.yaml."),
        ("Look.yaml", "Rename Look.yaml to look.yaml."),
    ],
)
def test_a_folder_without_its_first_file_is_told_as_one(small: Small, file: str, hint: str) -> None:
    small.write(f"{LOOKS}/tide/{file}", "")
    [fault] = small.faults(CLIENT)
    assert fault.startswith("2:7: The folder ")
    assert fault.endswith(f"{LOOKS}/tide is there but has no look.yaml [unknown-look] {hint}")


@pytest.mark.parametrize(
    ("file", "right"),
    [("cover.svg", "cover.svg.j2"), ("looks.css", "look.css"), ("covers.svg.j2", "cover.svg.j2")],
)
def test_a_file_that_is_called_wrongly_is_told(small: Small, file: str, right: str) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\n")
    small.write(f"{LOOKS}/tide/{file}", "")
    small.write(f"{LOOKS}/tide/notes.md", "")
    [told] = small.load(CLIENT).warnings
    assert told.location
    assert (told.code, told.location.path.name) == ("look-file", file)
    assert told.hint == f"Rename it to {right}."
    # Beside the right one it may be a draft.
    small.write(f"{LOOKS}/tide/{right}", "")
    assert small.load(CLIENT).warnings == ()


def test_a_font_of_the_machine_is_not_taken_for_another_family(small: Small) -> None:
    type_ = "summary: Ours\nheadings: {family: DejaVu Sans, scale: 0.9}\n"
    small.write(f"{LOOKS}/tide/look.yaml", type_)
    [fault] = small.faults(CLIENT)
    assert fault.endswith(
        "There is no font family “DejaVu Sans” [unknown-font] What is installed on this machine "
        "is not used: put its TTF or OTF files into assets/fonts/."
    )


def test_a_scale_is_told_with_both_its_ends(small: Small) -> None:
    small.write(f"{LOOKS}/tide/look.yaml", "summary: Ours\nleads: {scale: 9}\n")
    [fault] = small.faults(CLIENT)
    assert "“scale” must be a number from 0.5 to 2 [out-of-range]" in fault
