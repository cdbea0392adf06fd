"""A job into its document: parts, recipients, words, and a document of the client's own."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from tests.composing.conftest import Desk, as_read, html_of, in_part, visible_text

ROSTER = """\
name,email,team,role,segment,manager,manager_email
<b>Anna</b> & Co,anna@example.com,Sales,Buyer,keen,Inés Ruiz,ines@example.com
Bo Lindt,bo@example.com,Stores,Clerk,keen,Inés Ruiz,ines@example.com
Cy Young,cy@example.com,Stores,Clerk,keen,Max Otto,max@example.com
"""


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """The workspace with a cohort of three people and their two managers."""
    desk.client("name: Test\ncohorts: {one: {date: 2027-03-16, roster: people.csv}}\n")
    desk.write("clients/test/people.csv", ROSTER)
    return desk


def test_a_part_begins_where_the_template_says(desk: Desk) -> None:
    desk.write(
        "templates/page/document.html.j2",
        '{% call part("cover") %}one{% endcall %}\n{% call part("a & b") %}two{% endcall %}\n',
    )
    html = desk.html()
    assert '<section class="part part-cover">one</section>' in html
    assert '<section class="part part-a &amp; b">two</section>' in html


@pytest.mark.parametrize(
    "template", ["<p>Outside.</p>", in_part("Inside.") + "Outside.", "", "{# nothing #}\n"]
)
def test_what_stands_in_no_part_is_an_error_and_not_left_out(desk: Desk, template: str) -> None:
    desk.write("templates/page/document.html.j2", template)
    assert desk.faults() == [
        "templates/page/document.html.j2: What a document prints stands in its parts "
        'Begin with {% call part("…") %}, end with {% endcall %}. If the day has nothing for this '
        "document, exclude it in client.yaml."
    ]


def test_the_frame_says_language_and_title_and_a_copy_who_it_is_for(peopled: Desk) -> None:
    copy = peopled.copies("participant-workbook")[0]
    for part in copy.composition.parts:
        assert '<html lang="en-GB">' in part.job.html
        assert '<meta charset="utf-8">' in part.job.html
        assert "<title>Participant workbook</title>" in part.job.html
    assert copy.composition.info.title == "Participant workbook – Test"
    assert copy.title == "Participant workbook – <b>Anna</b> & Co – Test"


@pytest.mark.parametrize("language", ["en-US", "de"])
def test_the_language_is_the_cohorts(desk: Desk, language: str) -> None:
    desk.client(f"name: Test\ncohorts: {{one: {{language: {language}}}}}\n")
    [copy] = desk.copies("page")
    [part] = copy.composition.parts
    assert f'<html lang="{language}">' in part.job.html
    assert copy.composition.info.language == language


def test_each_participant_gets_their_own_copy(peopled: Desk) -> None:
    copies = peopled.copies("participant-workbook")
    names = ["<b>Anna</b> & Co", "Bo Lindt", "Cy Young"]
    assert len(copies) == 3
    for copy, own in zip(copies, names, strict=True):
        text = visible_text(as_read(copy))
        assert [name for name in names if name in text] == [own]
        assert [name for name in names if name in copy.title] == [own]


def test_each_manager_reads_of_their_own_people_alone(peopled: Desk) -> None:
    first, second = (visible_text(as_read(one)) for one in peopled.copies("manager-briefing"))
    assert "Inés Ruiz" in first
    assert "Bo Lindt" in first
    assert "Cy Young" not in first
    assert "Max Otto" not in first
    assert "Cy Young" in second
    assert "Bo Lindt" not in second


@pytest.mark.parametrize(
    "document", ["participant-workbook", "agenda", "exercises", "manager-briefing", "page"]
)
def test_no_document_says_which_segment_somebody_is_in(peopled: Desk, document: str) -> None:
    peopled.write("modules/programme.yaml", PROGRAMME_WITH_MARK)
    peopled.write("clients/test/people.csv", ROSTER.replace(",keen,", ",zqx-segment,"))
    module = peopled.root / "modules/asking.md"
    module.write_text(module.read_text("utf-8").replace("[keen]", "[zqx-segment]"), "utf-8")
    for copy in peopled.copies(document):
        assert "zqx" not in as_read(copy)
        assert all("zqx" not in part.job.html for part in copy.composition.parts)


def test_a_copy_without_a_roster_has_lines_for_the_names(desk: Desk) -> None:
    [workbook] = desk.copies("participant-workbook")
    html = html_of(workbook)
    assert '<img class="slot slot-cover-name blank" ' in html
    assert "None" not in html
    names = {slot: text for slot, text in workbook.texts.items() if slot.endswith("-name")}
    assert set(names.values()) == {""}
    assert workbook.title == workbook.composition.info.title
    assert '<img class="slot slot-manager-name blank" ' in desk.html("manager-briefing")


@pytest.mark.parametrize("document", ["participant-workbook", "manager-briefing"])
def test_shipped_documents_print_what_is_a_persons_own_in_slots_alone(
    peopled: Desk, document: str
) -> None:
    for copy in peopled.copies(document):
        assert [part.shown for part in copy.composition.parts if part.shown] == []
        for word in ("Anna", "Lindt", "Young", "Ruiz", "Otto"):
            assert all(word not in part.job.html for part in copy.composition.parts)


def test_copies_that_differ_in_their_slots_and_title_alone_are_composed_once(
    peopled: Desk,
) -> None:
    first, second, third = peopled.copies("participant-workbook")
    assert first.composition is second.composition is third.composition
    assert first.texts["cover-name"] == "<b>Anna</b> & Co"
    assert first.texts.keys() == second.texts.keys()
    assert first.texts != second.texts


def test_a_client_adds_a_document_of_its_own_without_python(peopled: Desk) -> None:
    folder = "clients/test/templates/name-badge"
    peopled.write(
        f"{folder}/document.yaml",
        "title: Badge\naudience: participant\nper: participant\nfile: badges/{name}.pdf\n"
        "sides: simplex\ncover: true\n",
    )
    peopled.write(
        f"{folder}/document.html.j2",
        '{% from "_shared/furniture.html.j2" import lines %}{% call part("badge") %}'
        '<h1>{{ participant.name | slot("name") }}</h1>'
        '{{ participant.team }}, {{ participant.role }} {{ term("team") }} '
        "{{ cohort.date | date }} {{ lines(2) }}{% endcall %}",
    )
    peopled.write(f"{folder}/document.css", "@page { size: 90mm 55mm }")
    copies = peopled.copies("name-badge")
    assert len(copies) == 3
    assert "Bo Lindt Stores, Clerk team Tuesday, 16 March 2027" in visible_text(as_read(copies[1]))
    [part] = copies[1].composition.parts
    assert part.job.stylesheets[-1].css == "@page { size: 90mm 55mm }"
    front = copies[1].composition.info
    assert (front.title, front.author) == ("Badge – Test", "Test")
    assert (front.sides, front.has_cover) == ("simplex", True)


def test_a_document_without_its_template_is_told_where_it_is_declared(desk: Desk) -> None:
    (desk.root / "templates/page/document.html.j2").unlink()
    [fault] = desk.faults()
    assert fault.startswith("templates/page/document.yaml:")
    assert "The document “page” has no document.html.j2 Write it in this folder." in fault


def test_the_layout_gets_what_lies_in_templates_and_assets_and_nothing_else(desk: Desk) -> None:
    desk.write("clients/test/assets/fine.svg", "<svg/>")
    desk.write("clients/test/notes.svg", "zqxsecret")
    folder = (desk.root / "clients/test").as_uri()
    desk.page(f'<img src="{folder}/assets/fine.svg" alt="x"><img src="{folder}/notes.svg" alt="x">')
    [copy] = desk.copies("page")
    files = {Path(one.address).name: one for one in copy.composition.parts[0].job.files}
    assert (files["fine.svg"].content, files["fine.svg"].refused) == (b"<svg/>", "")
    assert files["notes.svg"].content == b""
    assert "outside the folders" in files["notes.svg"].refused


@pytest.mark.parametrize("created", [None, "2027-01-01T00:00:00Z"])
def test_the_date_of_making_is_passed_on_only_where_it_is_given(
    desk: Desk, created: str | None
) -> None:
    [copy] = desk.copies("page", created=created)
    assert copy.composition.info.created == (created or "")


def test_the_agenda_has_breaks_without_numbers_and_modules_with(desk: Desk) -> None:
    path = desk.root / "modules/programme.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "[{module: asking}]", "[{break: Tea & cake, minutes: 10}, {module: asking}]", 1
        ),
        "utf-8",
    )
    desk.page(
        "{% for e in agenda %}{{ e.start | clock }} {{ e.number or '–' }} {{ e.title }} "
        "{{ e.minutes }}; {% endfor %}{{ finish | clock }}"
    )
    assert "09:00 – Tea & cake 10; 09:10 1 Asking 50; 10:00" in visible_text(desk.html())


def test_composing_twice_gives_the_same_values_and_they_pickle(peopled: Desk) -> None:
    first, second = peopled.copies(), peopled.copies()
    for one, other in zip(first, second, strict=True):
        assert one.composition.parts == other.composition.parts
        assert (one.title, one.texts) == (other.title, other.texts)
        jobs = [part.job for part in one.composition.parts]
        assert pickle.loads(pickle.dumps(jobs)) == jobs


def test_a_colour_that_a_slot_tells_is_the_client_s(desk: Desk) -> None:
    desk.client("name: T\ncolours: {brand: '#0b5d4e'}\n")
    desk.page("{{ ('Ours is ' ~ palette.accent) | slot('colour') }} {{ 'Anna' | slot('name') }}")
    [copy] = desk.copies("page")
    assert copy.texts == {"colour": f"Ours is {copy.look.palette.accent}", "name": "Anna"}


def test_a_logo_comes_with_the_files_that_it_asks_for(desk: Desk) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
    desk.write("clients/test/assets/logo.svg", svg.format("<image href='parts/sign.svg'/>"))
    desk.write("clients/test/assets/parts/sign.svg", svg.format("<image href='dot.svg'/>"))
    desk.write("clients/test/assets/parts/dot.svg", svg.format(""))
    desk.client("name: T\nlogo: logo.svg\n")
    [copy] = desk.copies("page")
    assert [Path(file.address).name for file in copy.look.logo] == [
        "logo.svg", "dot.svg", "sign.svg",
    ]  # fmt: skip
    assert not any(file.refused for file in copy.look.logo)


PROGRAMME_WITH_MARK = """\
title: Asking
promise: Ask before you answer.
gains: [Better questions.]
segments: {zqx-segment: zqx label}
terms: {customer: c, customers: cs, manager: m, team: team, follow-up group: group}
variants:
  hour:
    title: An hour
    start: "09:00"
    finish: "10:00"
    items: [{module: asking}]
"""
