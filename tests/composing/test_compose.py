"""A job into its document: parts, recipients, words, and a document of the client's own."""

from __future__ import annotations

import pickle

import pytest

from tests.composing.conftest import Desk, in_part, visible_text

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
        'Begin with {% call part("…") %}, end with {% endcall %}.'
    ]


def test_the_frame_says_language_title_and_who_it_is_for(peopled: Desk) -> None:
    job = peopled.jobs("participant-workbook")[0]
    assert '<html lang="en-GB">' in job.html
    assert '<meta charset="utf-8">' in job.html
    title = "Participant workbook – &lt;b&gt;Anna&lt;/b&gt; &amp; Co – Test"
    assert f"<title>{title}</title>" in job.html


@pytest.mark.parametrize("language", ["en-US", "de"])
def test_the_language_is_the_cohorts(desk: Desk, language: str) -> None:
    desk.client(f"name: Test\ncohorts: {{one: {{language: {language}}}}}\n")
    assert f'<html lang="{language}">' in desk.jobs("page")[0].html


def test_each_participant_gets_their_own_copy(peopled: Desk) -> None:
    jobs = peopled.jobs("participant-workbook")
    names = ["<b>Anna</b> & Co", "Bo Lindt", "Cy Young"]
    assert len(jobs) == 3
    for job, own in zip(jobs, names, strict=True):
        text = visible_text(job.html.partition("<body")[2])
        assert [name for name in names if name in text] == [own]


def test_each_manager_reads_of_their_own_people_alone(peopled: Desk) -> None:
    first, second = (visible_text(job.html) for job in peopled.jobs("manager-briefing"))
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
    for job in peopled.jobs(document):
        assert "zqx" not in job.html


def test_a_copy_without_a_roster_has_blanks_for_the_names(desk: Desk) -> None:
    [job] = desk.jobs("participant-workbook")
    assert 'class="slot slot-cover-name blank"></span>' in job.html
    assert "None" not in job.html
    [briefing] = desk.jobs("manager-briefing")
    assert 'class="slot slot-manager-name blank"></span>' in briefing.html


def test_a_copy_differs_from_the_next_only_in_its_slots_and_title(peopled: Desk) -> None:
    import re

    slots = re.compile(r'(<span class="slot [^"]*">).*?(</span>)|<title>.*?</title>')
    first, second, _ = (job.html for job in peopled.jobs("participant-workbook"))
    assert first != second
    assert slots.sub(r"\1\2", first) == slots.sub(r"\1\2", second)


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
    jobs = peopled.jobs("name-badge")
    assert len(jobs) == 3
    assert "Bo Lindt Stores, Clerk team Tuesday, 16 March 2027" in visible_text(jobs[1].html)
    assert jobs[1].stylesheets[-1].css == "@page { size: 90mm 55mm }"
    assert (jobs[1].sides, jobs[1].has_cover) == ("simplex", True)


def test_a_document_without_its_template_is_told_where_it_is_declared(desk: Desk) -> None:
    (desk.root / "templates/page/document.html.j2").unlink()
    [fault] = desk.faults()
    assert fault.startswith("templates/page/document.yaml:")
    assert "The document “page” has no document.html.j2 Write it in this folder." in fault


def test_the_layout_may_read_templates_and_assets_and_nothing_else(desk: Desk) -> None:
    [job] = desk.jobs("page")
    below = [root.relative_to(desk.root) for root in job.roots if root.is_relative_to(desk.root)]
    assert [path.as_posix() for path in below] == [
        "clients/test/templates",
        "clients/test/assets",
        "templates",
        "assets",
    ]


@pytest.mark.parametrize("created", [None, "2027-01-01T00:00:00Z"])
def test_the_date_of_making_is_written_only_where_it_is_given(
    desk: Desk, created: str | None
) -> None:
    [job] = desk.jobs("page", created=created)
    assert (f'<meta name="dcterms.created" content="{created}">' in job.html) == bool(created)


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
    first, second = peopled.jobs(), peopled.jobs()
    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first


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
