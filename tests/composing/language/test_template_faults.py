"""What a template does wrong is told with its file and line; a bug of ours stays a bug."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.composing.conftest import Desk, in_part
from workshop.composing.language import called_for, environment
from workshop.workspace.overlay import Overlay

PAGE = "templates/page/document.html.j2"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ progamme.title }}", "Nothing is called “progamme” here Did you mean “programme”?"),
        ("{{ client.nmae }}", "Nothing is called “nmae” here Did you mean “name”?"),
        ("{{ palette.acent }}", "Nothing is called “acent” here Did you mean “accent”?"),
        ("{{ programme.titel }}", "Nothing is called “titel” here Did you mean “title”?"),
        ("{{ modules[0].titel }}", "Nothing is called “titel” here Did you mean “title”?"),
        ("{{ modules[9].title }}", "Tuple object has no element 9"),
        (
            '{{ term("teams") }}',
            "The programme has no term “teams” Did you mean “team”? It has no plural, and none is "
            "made of it: the programme’s texts say it in the singular alone. Known",
        ),
        ('{{ term("teem") }}', "The programme has no term “teem” Did you mean “team”?"),
        (
            '{{ ref("nope") }}',
            "There is no exercise “nope” Known here: alliance-pitch, coaching-round, ",
        ),
        (
            '{{ asset("lgo.svg") }}',
            "There is no file “lgo.svg” in any assets folder Did you mean “logo.svg”?",
        ),
        ("{{ asset(5) }}", "There is no file “5” in any assets folder Known here: logo.svg."),
        ("{% endif %}", "Encountered unknown tag 'endif'"),
        ("{{ 'x' | slott('y') }}", "There is no filter “slott” Did you mean “slot”?"),
        ("{{ 'x' | slot }}", "slot() missing 1 required positional argument: 'name'"),
        ("{{ page_ref() }}", "page_ref() missing 1 required positional argument: 'target'"),
        ("{{ groupings(4) }}", "groupings() missing 1 required positional argument: 'kind'"),
        ("{{ page_ref }}", "This has to be called with its words, in brackets"),
        ("{{ modules }}", "Only text and numbers can be printed Print its items one by one."),
        ("{{ cohort }}", "Only text and numbers can be printed It has: date, venue, trainer,"),
        ("{{ participant }}", "Nothing is set that could be printed here"),
        ("{{ cohort.date | date }}", "Nothing is set that could be printed here"),
        ("{{ none | clock }}", "“None” is not a time of day, in minutes after midnight"),
        ("{{ 3 // 0 }}", "Integer division or modulo by zero"),
        ("{{ modules | sum }}", "Unsupported operand type(s) for +: 'int' and 'ModuleView'"),
        ("{{ range(10 ** 9) | list }}", "Range too big"),
        ("{{ ''.__class__ }}", "Nothing is called “__class__” here"),
        ("{{ asset.__self__ }}", "Nothing is called “__self__” here"),
        (
            "{% include '_shared/furnitre.html.j2' %}",
            "There is no template “_shared/furnitre.html.j2” "
            "Did you mean “_shared/furniture.html.j2”?",
        ),
        ("{% include ['a', 'b'] %}", "There is no template “a” or “b” Known here: _shared/"),
        ("{% include '../../workshop.yaml' %}", "There is no template “../../workshop.yaml”"),
        ("{% include '/etc/hostname' %}", "There is no template “/etc/hostname”"),
        ("{% import 'library/nope' as x %}", "There is no template “library/nope”"),
        (
            "{% from '_shared/furniture.html.j2' import nope %}{{ nope() }}",
            "The template '_shared/furniture.html.j2' (imported on line 4",
        ),
        (
            "{% from '_shared/furniture.html.j2' import footer %}{{ footer() }}",
            "Parameter 'title' was not provided",
        ),
        (
            "{% from '_shared/furniture.html.j2' import lines %}{{ lines(10 ** 6) }}",
            "Range too big",
        ),
        ("{% include none %}", "This names no template Write its name in quotation marks"),
        ("{% include [] %}", "This names no template"),
        ("{% macro m(x, x) %}{% endmacro %}", "“x” is given twice"),
        ("{{ '%s' % client }}", "Only text and numbers can be printed It has: name, logo"),
        ("{{ '%s' | format(client) }}", "Only text and numbers can be printed It has: name, logo"),
        ("{{ client ~ '!' }}", "Only text and numbers can be printed It has: name, logo"),
        ("{{ client | upper }}", "Only text and numbers can be printed It has: name, logo"),
        ("{{ [client] | join }}", "Only text and numbers can be printed It has: name, logo"),
        ("{{ none ~ '!' }}", "Nothing is set that could be printed here Set it in client.yaml"),
        ("{{ none | an }}", "Nothing is set that could be printed here Set it in client.yaml"),
        ("{{ 1e308 * 10 }}", "This number is too large, or is none"),
        ("{{ 1e400 }}", "This number is too large"),
        ("{{ client() }}", "This value is not callable"),
        ("{{ client[0] }}", "This value has no element 0"),
        (
            "{{ part('inner') }}",
            'A part has nothing in it Write {% call part("inner") %}, what it holds,',
        ),
    ],
)
def test_a_template_is_told_its_file_line_and_what_would_be_right(
    desk: Desk, written: str, told: str
) -> None:
    desk.write("clients/test/assets/logo.svg", "<svg/>")
    desk.page("<p>second</p>\n<p>third</p>\n" + written)
    [fault] = desk.faults()
    path, line, message = fault.split(":", 2)
    assert (path, line) == (PAGE, "4")
    assert told in message
    assert " _" not in message.replace(" _shared/", "")  # no name of our own code


def test_a_template_that_takes_itself_in_is_at_fault(desk: Desk) -> None:
    desk.page("{% include 'page/document.html.j2' %}")
    [fault] = desk.faults()
    assert fault.startswith(f"{PAGE}:")
    assert "Maximum recursion depth exceeded" in fault


def test_a_name_that_an_imported_template_does_not_see_is_told_with_the_cure(desk: Desk) -> None:
    desk.write("templates/page/inner.html.j2", "{{ client.name }}")
    desk.page("{% import 'page/inner.html.j2' as inner %}{{ inner }}")
    assert desk.faults() == [
        "templates/page/inner.html.j2:1: Nothing is called “client” here "
        "Write `with context` behind what imports this template."
    ]


def test_a_fault_in_what_a_template_takes_in_is_told_there(desk: Desk) -> None:
    desk.write("templates/page/inner.html.j2", "{% macro said(x) %}\n\n{{ x.nope }}{% endmacro %}")
    desk.page("{% from 'page/inner.html.j2' import said %}{{ said(client) }}")
    assert desk.faults() == [
        "templates/page/inner.html.j2:3: Nothing is called “nope” here "
        "Known here: logo, name, options."
    ]


MACROS = """\
{% macro debrief(body) %}{% endmacro %}{% macro notes(body) %}{% endmacro %}
{% macro case(title, body, level) %}{% endmacro %}
{% macro space(view) %}{% endmacro %}
{% macro notes(body) %}{% endmacro %}
{% macro exercise(view) %}"""


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        # A macro is called for each block, not by a template.
        ("_shared/blocks.html.j2", MACROS + "\n\n{{ view.nope }}{% endmacro %}", 7),
        ("_shared/blocks.html.j2", MACROS + "{{ 1 / 0 }}{% endmacro %}", 5),
        ("_shared/blocks.html.j2", "\n\n{{ nope }}", 3),
        ("_shared/frame.html.j2", "<html>\n{{ nope }}", 2),
        ("_shared/look.css.j2", "/* */\n\n{{ nope }}", 3),
        ("_shared/look.css.j2", "/* */\n{% if %}", 2),
        ("_shared/canvases/firm.html.j2", "\n{{ nope }}", 2),
    ],
)
def test_a_fault_in_a_shared_template_is_told_there(
    desk: Desk, path: str, text: str, line: int
) -> None:
    desk.write(f"clients/test/templates/{path}", text)
    desk.module("::: space {canvas=firm}\n:::")
    [fault] = desk.faults()
    assert fault.startswith(f"clients/test/templates/{path}:{line}: ")


def test_an_override_that_lacks_a_macro_is_told_which(desk: Desk) -> None:
    path = desk.write("clients/test/templates/_shared/blocks.html.j2", MACROS + "{% endmacro %}")
    path.write_text(path.read_text("utf-8").replace("macro case", "macro story"), "utf-8")
    assert desk.faults() == [
        "clients/test/templates/_shared/blocks.html.j2: This template has no macro “case” "
        "It needs the macros exercise, debrief, case, space, notes: "
        "copy them with `workshop eject`."
    ]


@pytest.mark.parametrize("path", ["page/document.html.j2", "_shared/look.css.j2", "client.css"])
def test_a_file_that_is_not_utf_8_is_named(desk: Desk, path: str) -> None:
    target = desk.write(f"templates/{path}", "")
    target.write_bytes("/* Zoë */".encode("latin-1"))
    [fault] = desk.faults()
    assert fault.startswith(f"templates/{path}:")
    assert "This file is not UTF-8 text" in fault


def test_a_byte_order_mark_is_no_part_of_a_file(desk: Desk) -> None:
    desk.write("templates/client.css", "\ufeff@page { size: A5 }")
    desk.write("templates/page/document.html.j2", "\ufeff" + in_part("<p>Fine.</p>"))
    [copy] = desk.copies("page")
    [part] = copy.composition.parts
    assert part.job.stylesheets[-1].css == "@page { size: A5 }"
    assert "\ufeff" not in part.job.html


def test_faults_of_several_documents_are_told_together(desk: Desk) -> None:
    desk.page("{{ one }}")
    desk.write("clients/test/templates/agenda/document.html.j2", in_part("{{ two }}"))
    faults = desk.faults("agenda", "page")
    assert [fault.split(":")[0] for fault in faults] == [
        "clients/test/templates/agenda/document.html.j2",
        PAGE,
    ]


def test_a_fault_in_every_copy_is_told_once(desk: Desk) -> None:
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write(
        "clients/test/people.csv",
        "name,email,team,role,segment,manager,manager_email\n"
        + "".join(f"Person {n},p{n}@example.com,,,keen,,\n" for n in range(3)),
    )
    desk.write(
        "clients/test/templates/participant-workbook/document.html.j2",
        in_part("{{ participant.segment }}"),
    )
    assert desk.faults("participant-workbook") == [
        "clients/test/templates/participant-workbook/document.html.j2:2: "
        "Nothing is called “segment” here Known here: manager, name, own_page, role, team."
    ]


@pytest.mark.parametrize("error", [TypeError("ours"), KeyError("ours")])
def test_a_bug_in_our_own_code_below_a_template_stays_a_bug(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> str:
        raise error

    desk.page("{{ asset('logo.svg') }}")
    monkeypatch.setattr(Overlay, "find", broken_for_assets(Overlay.find, broken))
    with pytest.raises(type(error), match="ours"):
        desk.copies("page")


def broken_for_assets(find: object, broken: object) -> object:
    assert callable(find)
    assert callable(broken)

    def chosen(self: Overlay, kind: str, name: str) -> object:
        return (broken if kind == "assets" else find)(self, kind, name)

    return chosen


@pytest.mark.parametrize(
    ("module", "name", "page", "body"),
    [
        (called_for, "on_page", "{{ ref('one-question') }}", ""),
        (called_for, "on_page", "", "{{ ref('one-question') }}"),
        (environment, "format_time", "{{ 540 | clock }}", ""),
        (environment, "format_time", "", "{{ 540 | clock }}"),
    ],
)
def test_a_bug_in_what_texts_and_templates_call_stays_a_bug(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, module: object, name: str, page: str, body: str
) -> None:
    def broken(*_: object, **__: object) -> str:
        raise AttributeError("ours")

    desk.module(body)
    desk.page(page)
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AttributeError, match="ours"):
        desk.copies("page")


@pytest.mark.parametrize("path", [PAGE, "templates/page/document.css"])
def test_a_file_that_the_machine_does_not_give_is_named(
    desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(file: Path, *rest: int) -> int:
        if file == written:
            raise OSError(errno.EIO, "Input/output error", str(file))
        return opened(file, *rest)

    written = desk.write(path, in_part("words")).resolve()
    monkeypatch.setattr("workshop.user_files.os.open", refuse)
    [fault] = desk.faults()
    assert fault.startswith(f"{path}:")
    assert "his file cannot be read: Input/output error" in fault
