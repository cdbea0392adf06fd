"""Looks: the library's three, a client's own, and what is told of one that is not there."""

from __future__ import annotations

import pytest

from tests.tailoring.conftest import Small
from workshop.diagnostics import ContentError

LOOKS = "templates/_shared/looks"
OWN = f"clients/test/{LOOKS}/harbour"


def test_papers_are_set_in_letterpress_unless_a_client_says_otherwise(small: Small) -> None:
    usual, asked = small.load().look, small.load("name: Test\nlook: letterpress\n").look
    assert usual == asked
    assert usual.name == "letterpress"


@pytest.mark.parametrize(
    ("name", "headings", "text"),
    [
        ("letterpress", "EB Garamond", "Source Sans 3"),
        ("signal", "Poppins", "Open Sans"),
        ("field-notes", "XCharter", "Source Sans 3"),
    ],
)
def test_a_look_of_the_library_brings_its_typefaces(
    small: Small, name: str, headings: str, text: str
) -> None:
    tailored = small.load(f"name: Test\nlook: {name}\n")
    assert (tailored.typefaces.headings, tailored.typefaces.text) == (headings, text)
    assert tailored.look.cover == f"_shared/looks/{name}/cover.svg.j2"
    assert tailored.warnings == ()


def test_the_clients_typefaces_win_and_are_set_in_their_usual_size(small: Small) -> None:
    tailored = small.load("name: Test\nlook: signal\nfonts: {text: Lato}\n")
    assert (tailored.typefaces.text, tailored.typefaces.headings) == ("Lato", "Poppins")
    assert (tailored.look.text.scale, tailored.look.headings.scale) == (1, 0.72)


def test_an_unknown_look_is_told_with_its_place_and_the_nearest(small: Small) -> None:
    assert small.faults("name: Test\nlook: singal\n") == [
        "2:7: There is no look “singal” [unknown-look] Did you mean “signal”?"
    ]


@pytest.mark.parametrize("name", ["../../../clients", "a/b", "", "x" * 300])
def test_a_name_that_leads_elsewhere_is_no_look(small: Small, name: str) -> None:
    assert "[unknown-look]" in small.faults(f'name: Test\nlook: "{name}"\n')[0]


def test_the_workspace_names_a_look_for_clients_without_one(small: Small) -> None:
    small.write("workshop.yaml", "output: build\nlook: field-notes\n")
    assert small.load().look.name == "field-notes"
    assert small.load("name: Test\nlook: signal\n").look.name == "signal"
    small.write("workshop.yaml", "output: build\nlook: field\n")
    [fault] = small.faults("name: Test\n")
    assert fault.startswith("workshop.yaml:2:7: There is no look “field” [unknown-look]")


def test_a_client_has_a_look_of_its_own_which_is_like_another(small: Small) -> None:
    tokens = "summary: Ours\nlike: signal\ntokens: {round: 1, sail: 3mm}\n"
    small.write(f"{OWN}/look.yaml", tokens)
    small.write(f"{OWN}/look.css", ".opener { padding-top: var(--sail); }\n")
    look = small.load("name: Test\nlook: harbour\n").look
    assert (look.tokens["round"], look.tokens["sail"]) == ("1", "3mm")
    assert look.tokens["numeral"] == "180pt"
    assert look.sheets == ("_shared/looks/signal/look.css", "_shared/looks/harbour/look.css")
    assert look.cover == "_shared/looks/signal/cover.svg.j2"
    assert look.headings.family == "Poppins"


def test_a_look_that_is_like_no_other_begins_with_the_usual_numbers(small: Small) -> None:
    small.write(f"{OWN}/look.yaml", "summary: Ours\n")
    small.write(f"{OWN}/cover.svg.j2", "<svg/>")
    look = small.load("name: Test\nlook: harbour\n").look
    assert look.tokens == small.load().look.tokens
    assert look.cover == "_shared/looks/harbour/cover.svg.j2"


def test_type_without_a_family_changes_only_what_it_says(small: Small) -> None:
    tokens = "summary: Ours\nlike: signal\nheadings: {weight: 400}\nleads: {style: italic}\n"
    small.write(f"{OWN}/look.yaml", tokens)
    look = small.load("name: Test\nlook: harbour\n").look
    assert (look.headings.family, look.headings.scale, look.headings.weight) == (
        "Poppins",
        0.72,
        400,
    )
    assert (look.leads.face, look.leads.style) == ("text", "italic")
    small.write(f"{OWN}/look.yaml", "summary: Ours\nlike: signal\nheadings: {family: Lato}\n")
    assert small.load("name: Test\nlook: harbour\n").look.headings.scale == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("summary: Ours\ntokens: {rund: 0}\n",
         ":2:10: No style sheet of this look uses “rund” [unknown-token] Did you mean “round”?"),
        ("summary: Ours\nlike: singal\n",
         ":2:7: There is no look “singal” [unknown-look] Did you mean “signal”?"),
        ("summary: Ours\nlike: harbour\n", ":2:7: `like` goes in a circle: harbour → harbour"),
        ("summary: Ours\nheadings: {family: Popins}\n", ":2:20: There is no font family “Popins”"),
        ('summary: Ours\ntokens: {round: "0; } body { color: red"}\n', ":2:17: "),
        ("sumary: Ours\n", ":1:1: "),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_look_is_told_with_its_place(
    small: Small, text: str, fault: str
) -> None:
    small.write(f"{OWN}/look.yaml", text)
    assert small.faults("name: Test\nlook: harbour\n")[0].startswith(f"{OWN}/look.yaml{fault}")


def test_a_look_that_is_not_asked_for_is_not_read(small: Small) -> None:
    small.write(f"{OWN}/look.yaml", "nonsense")
    small.load()
    with pytest.raises(ContentError):
        small.load("name: Test\nlook: harbour\n")
