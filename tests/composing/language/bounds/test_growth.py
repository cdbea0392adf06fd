"""Texts and templates that would grow, never end or nest too deep are told with their line."""

from __future__ import annotations

import time

import pytest

from tests.composing.conftest import FIRST, Desk

LONG = "{% set ns = namespace(x='xxxxxxxx', l=[1]) %}"
GROWING = [
    "{{ 'x' * 10 ** 10 }}",
    "{{ 10 ** 10 * 'x' }}",
    "{{ '%10000000000d' % 1 }}",
    "{{ '%*d' % (10 ** 10, 1) }}",
    "{{ '%.9999999999f' % 1 }}",
    "{{ '%10000000000d' | format(1) }}",
    "{{ 'x' | center(10 ** 10) }}",
    "{{ 'x' | indent(10 ** 10, first=true) }}",
    "{{ ('x\\n' * 100000) | indent('y' * 100000) }}",
    "{{ ('x' * 100000) | replace('x', 'y' * 100000) }}",
    "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
    "{{ ('x' * 100000).replace('', 'y' * 100000) }}",
    "{{ (range(100000) | list) | join('y' * 100000) }}",
    "{{ ('y' * 100000).join('x' * 100000) }}",
    "{{ ('x ' * 100000) | wordwrap(1, wrapstring='y' * 100000) }}",
    "{{ range(10 ** 10) | list }}",
    "{{ [1] * 10 ** 10 }}",
    "{{ ((1,) * 10 ** 8) | length }}",
    "{{ 'x'.join(['y'] * 9999999) }}",
    "{{ ('x' * 20000) | slot('a') }}",
    "{{ ([[1] * 100000] * 100000) | sum(start=[]) }}",
    "{{ [1] | batch(10 ** 10, 2) | list }}",
    "{{ [1] | slice(10 ** 10) | list }}",
    "{{ 10 ** (10 ** 10) }}",
    "{{ 10 ** 99999 }}",
    "{{ 1.5 | round(10 ** 10) }}",
    "{{ 1.5 | round(10 ** 10, 'floor') }}",
    "{{ ('f' * 100000) | int(base=16) }}",
    "{{ " + "9" * 100_000 + " }}",
    LONG + "{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    LONG + "{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    LONG + "{% for i in range(99) %}{% set ns.x = '%s%s' % (ns.x, ns.x) %}{% endfor %}",
    LONG + "{% for i in range(99) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}",
    LONG + "{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    LONG + "{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l ~ '' }}",
    LONG + "{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}",
    LONG + "{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ '%s' % (ns.l) }}",
]
ENDLESS = [
    LONG + "{% for i in range(999) %}{% set ns.x = ns.x * ns.x | length %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% for i in [1] recursive %}{% if loop.depth < 60 %}{{ loop([1, 1]) }}{% endif %}{% endfor %}",
]
DEEP = [
    "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
    "{{ 1" + " + 1" * 10_000 + " }}",
    "{{ 'x'" + " | upper" * 10_000 + " }}",
    "{{ " + "[" * 300 + "]" * 300 + " }}",
    "{{ client" + ".name" * 10_000 + " }}",
    "{{ " + "not " * 10_000 + "1 }}",
    "{{ 1" + " if 1 else 1" * 10_000 + " }}",
    "{% for i in [1] %}" * 300 + "{% endfor %}" * 300,
    "{% for i in [1] %}" * 25 + "{% endfor %}" * 25,
    "{% if 1 %}" * 120 + "{% endif %}" * 120,
]
UNPRINTABLE = [
    r'{{ "\ud800" }}',
    r'{{ "a\0b" }}',
    r'{{ "\x1b[31m" }}',
    "a\x00b",
    "\x1b[31mred",
    r'{{ term("\ud800") }}',
    r'{{ term("\x1b[31m") }}',
]


SLOW = [pytest.param(text, marks=pytest.mark.slow) for text in ENDLESS]


@pytest.mark.parametrize("written", [*GROWING, *SLOW, *DEEP, *UNPRINTABLE])
@pytest.mark.slow
def test_a_template_that_grows_or_nests_too_far_is_told_its_line(desk: Desk, written: str) -> None:
    desk.page("<p>second</p>\n" + written)
    started = time.process_time()
    [fault] = desk.faults()
    assert fault.startswith("templates/page/document.html.j2:3: "), fault[:300]
    assert len(fault) < 400
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{% for i in range(60000) %}{{ 'x ' * 50 }}{% endfor %}", "6,000,014 characters, more"),
        ("{{ 'x' * 400000 }}", "a word of 400,000 characters, “xxxxxxxxxxx"),
        ("<p>\n{{ 'x' * 400000 }}</p>", "a word of 400,000 characters, “xxxxxxxxxxx"),
    ],
)
def test_a_part_that_is_endless_is_told_where_it_begins(
    desk: Desk, written: str, told: str
) -> None:
    desk.page("<p>second</p>\n" + written)
    [fault] = desk.faults()
    assert fault.startswith("templates/page/document.html.j2:1: The part “only” has ")
    assert told in fault


def test_a_written_picture_is_no_endless_word(desk: Desk) -> None:
    path = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0{"L1,1" * 9000}"/></svg>'
    desk.page(f"{path}<style>p {{background: url(data:image/png;base64,{'A' * 90000})}}</style>")
    assert "L1,1L1,1" in desk.html()


def test_an_endless_word_of_a_text_is_told_its_line(desk: Desk) -> None:
    desk.module("Second line.\n\n" + "x" * 20_000)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}: A word stands here of 20,000")


@pytest.mark.parametrize("written", [*GROWING[::6], *DEEP[:2], *UNPRINTABLE[:3]])
def test_a_text_that_grows_or_nests_too_far_is_told_its_line(desk: Desk, written: str) -> None:
    desk.module("Second line.\n\n" + written)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}: "), fault[:300]


def test_what_honest_templates_do_is_not_stopped(desk: Desk) -> None:
    people = "{% for n in range(10000) %}<td>{{ 'Name' ~ n }}</td>{{ n | string }}{% endfor %}"
    desk.page(people + "{{ range(10000) | join(', ') }}{{ 'x' * 1000 }}{{ '%05.2f' % 3 }}")
    assert "<td>Name9999</td>9999" in desk.html()


@pytest.mark.parametrize(
    "written", ["> " * 200 + "q", "- " * 500 + "i", "<div>" * 300 + "</div>" * 300]
)
def test_a_text_whose_markdown_nests_too_deep_is_told_its_line(desk: Desk, written: str) -> None:
    desk.module("Second line.\n\n" + written)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}: ")
    assert "too deep" in fault or "inside each other" in fault
