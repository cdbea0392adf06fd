"""Templates by name through the layers; what templates can and cannot reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.composing.conftest import Desk, in_part
from workshop.composing.language.environment import make_environment
from workshop.keeping.memory import Memory
from workshop.workspace.overlay import library_root, make_overlay

AGENDA = "agenda/document.html.j2"


def test_the_clients_template_wins_over_the_workspaces_and_the_librarys(desk: Desk) -> None:
    library = desk.html("agenda")
    desk.write(f"templates/{AGENDA}", in_part("the workspace’s"))
    assert "the workspace’s" in desk.html("agenda")
    desk.write(f"clients/test/templates/{AGENDA}", in_part("the client’s"))
    assert "the client’s" in desk.html("agenda")
    assert "the client’s" not in library


def test_an_override_extends_what_it_replaces(desk: Desk) -> None:
    desk.write(
        "templates/page/document.html.j2",
        in_part("before {% block middle %}library{% endblock %} after"),
    )
    overlay = make_overlay("test", desk.root, desk.root)
    desk.write(
        "clients/test/templates/page/document.html.j2",
        '{% extends "library/page/document.html.j2" %}'
        "{% block middle %}client, not {{ super() }}{% endblock %}",
    )
    environment = make_environment(overlay, "en-GB", Memory())
    parts: list[str] = []

    def part(_name: str, caller: Callable[[], str]) -> str:
        parts.append(caller())
        return ""

    environment.get_template("page/document.html.j2").render(part=part)
    assert parts == ["before client, not library after\n"]


def test_library_names_the_librarys_own_and_nothing_above_it(desk: Desk) -> None:
    desk.write(f"clients/test/templates/{AGENDA}", "client")
    desk.write(f"templates/{AGENDA}", "workspace")
    overlay = make_overlay("test", desk.root, library_root())
    environment = make_environment(overlay, "en-GB", Memory())
    source = (library_root() / "templates" / AGENDA).read_text("utf-8")
    loader = environment.loader
    assert loader is not None
    assert loader.get_source(environment, f"library/{AGENDA}")[0] == source
    assert loader.get_source(environment, AGENDA)[0] == "client"


def test_a_link_out_of_the_templates_folder_is_no_template(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (desk.root / "templates/page/linked.j2").symlink_to(tmp_path / "secret.txt")
    desk.page("{% include 'page/linked.j2' %}")
    [fault] = desk.faults()
    assert "There is no template “page/linked.j2”" in fault


@pytest.mark.parametrize(
    "path",
    [
        "cohort.roster",
        "cohort.participants",
        "participant.segment",
        "participant.email",
        "participant.number",
        "participant.manager.email",
        "modules[0].suits",
        "modules[0].module",
        "modules[0].exercises[0].exercise",
        "client.cohorts",
        "document.roots",
        "tailored",
        "day",
        "job",
        "self._TemplateReference__context",
        "part.__closure__",
        "term.__self__",
        "asset.__func__",
        "modules.__class__",
    ],
)
def test_a_template_reaches_no_roster_no_segment_and_nothing_of_python(
    desk: Desk, path: str
) -> None:
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write(
        "clients/test/people.csv",
        "name,email,team,role,segment,manager,manager_email\n"
        "Anna Berg,anna@example.com,Sales,Buyer,keen,Inés Ruiz,ines@example.com\n",
    )
    workbook = "clients/test/templates/participant-workbook/document.html.j2"
    desk.write(workbook, in_part("{{ " + path + " }}"))
    [fault] = desk.faults("participant-workbook")
    assert fault.startswith(f"{workbook}:2: ")


def test_a_page_a_template_changes_lists_in_does_not_change_the_next(desk: Desk) -> None:
    desk.page("{% set _ = modules.append(1) %}{% set _ = modules.pop() %}")
    [fault] = desk.faults()
    assert "Nothing is called “append” here" in fault


def test_only_templates_are_offered_as_hints(desk: Desk) -> None:
    overlay = make_overlay("test", desk.root, library_root())
    names = make_environment(overlay, "en-GB", Memory()).list_templates()
    assert AGENDA in names
    assert all(name.endswith(".j2") for name in names)


def test_a_date_some_days_later_is_written_as_the_clients_language_does(desk: Desk) -> None:
    cohort = "name: Test\nlanguage: en-GB\ncohorts: {one: {date: 2027-02-11}}\n"
    desk.client(cohort)
    desk.module("In text {{ cohort.date | plus_days(30) }}.")
    desk.page("{{ cohort.date | plus_days(90) | date }}{{ modules[0].intro }}")
    html = desk.html()
    assert "Wednesday, 12 May 2027" in html
    assert "In text Saturday, 13 March 2027." in html


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("cohort.date | plus_days(30)", "Nothing is set that could be printed here"),
        ("client.name | plus_days(30)", "“Test Ltd” is not a date"),
    ],
)
def test_days_are_added_to_dates_alone(desk: Desk, expression: str, fault: str) -> None:
    desk.page(f"{{{{ {expression} }}}}")
    [told] = desk.faults()
    assert fault in told
