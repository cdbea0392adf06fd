"""Drawings that templates print: what is no XML is told with the line of the template."""

from __future__ import annotations

import pytest

from tests.composing.conftest import Desk, in_part

COVER = "clients/test/templates/_shared/looks/letterpress/cover.svg.j2"
PAGE = in_part("<p>x</p><div>{% include look.cover %}</div><p>y</p>")
# Lines of the template that print many lines, and some that print none.
HEAD = """\
{# Three bars. #}
{% set bars = [1,
  2, 3] %}
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
{% for bar in bars %}
<rect width="9"
  height="{{ bar }}"/>
{% endfor %}
"""


def test_a_drawing_that_is_sound_is_printed(desk: Desk) -> None:
    desk.write("templates/page/document.html.j2", PAGE)
    desk.write(COVER, f"{HEAD}<text>{{{{ client.name }}}} &amp; &#160;</text></svg>\n")
    assert "<text>Test Ltd &amp; &#160;</text></svg>" in desk.html("page")


@pytest.mark.parametrize(
    ("rest", "line", "told"),
    [
        ("", 7, "it ends before all is closed that it opens"),
        ("<rect", 9, "a tag in it has no end"),
        ('<rect x"1"/>\n</svg>', 9, "something here is neither a tag nor text"),
        ("<g>\n</svg>\n", 10, "this closes something else than was opened last"),
        ("\n<text>&nbsp;</text></svg>", 10, "a sign is named that XML has no name for"),
        ("<rect x='1' x='2'/></svg>", 9, "an attribute stands twice in a tag"),
        ("</svg>\n<svg/>", 10, "something comes behind the end of the drawing"),
        ("{% for bar in bars %}\n\n<a>{{ bar }}\n</b>{% endfor %}", 12, "this closes something"),
        ("<use xlink:href='#a'/></svg>", 9, "unbound prefix"),
    ],
)
def test_a_drawing_that_is_no_xml_is_told_with_its_line(
    desk: Desk, rest: str, line: int, told: str
) -> None:
    desk.write("templates/page/document.html.j2", PAGE)
    desk.write(COVER, HEAD + rest)
    [fault] = desk.faults()
    assert fault.startswith(f"{COVER}:{line}: This draws no sound SVG: {told}")


def test_what_a_drawing_cannot_print_is_told_as_in_any_template(desk: Desk) -> None:
    desk.write("templates/page/document.html.j2", PAGE)
    desk.write(COVER, "<svg>\n{{ nothing }}</svg>")
    [fault] = desk.faults()
    assert fault.startswith(f"{COVER}:2: Nothing is called “nothing” here")
