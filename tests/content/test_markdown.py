from __future__ import annotations

import pytest

from workshop.content.markdown import to_html


def html(source: str, level: int = 2) -> str:
    return to_html(source, level, lambda name: f"assets/{name}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*A* and **B**", "<p><em>A</em> and <strong>B</strong></p>"),
        ("1. One\n2. Two", "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>"),
        ("A | B\n--|--\n1 | 2", "<th>A</th>"),
        ("- a\n\n1. b", "<ul>"),
        ("“quoted” -- 'so'", "– ‘so’"),
        ("Fee\n: What it costs", "<dt>Fee</dt>\n<dd>What it costs</dd>"),
        ('<div markdown="1">*A*</div>', "<div>\n<p><em>A</em></p>\n</div>"),
    ],
)
def test_markdown_becomes_html(source: str, expected: str) -> None:
    assert expected in html(source)


@pytest.mark.parametrize(
    ("source", "level", "expected"),
    [
        ("# A\n\n## B", 2, ["<h2>A</h2>", "<h3>B</h3>"]),
        ("### A\n\n#### B\n\n### C", 2, ["<h2>A</h2>", "<h3>B</h3>", "<h2>C</h2>"]),
        ("## A\n\n# B", 3, ["<h4>A</h4>", "<h3>B</h3>"]),
        ("# A\n\n### B", 5, ["<h5>A</h5>", "<h6>B</h6>"]),
    ],
)
def test_headings_nest_where_the_text_is_put(source: str, level: int, expected: list[str]) -> None:
    assert [line for line in html(source, level).splitlines() if line] == expected


def test_an_image_has_the_address_it_is_given() -> None:
    assert html("![A map](map.svg)") == '<p><img alt="A map" src="assets/map.svg"></p>'


@pytest.mark.parametrize(
    "source",
    [
        "Seen. <!-- hidden -->",
        "Seen.\n\n<!-- hidden\n\nhidden -->",
        "Seen.\n\n<!-- hidden",
        "Seen. <!-- a --> <!-- hidden -->",
    ],
)
def test_a_comment_never_reaches_the_page(source: str) -> None:
    assert "Seen." in html(source)
    assert "hidden" not in html(source)


def test_words_that_are_no_kind_of_note_are_its_title() -> None:
    html = to_html("!!! Mind the gap\n    Here.", 2, str)
    assert html == (
        '<div class="admonition">\n<p class="admonition-title">Mind the gap</p>\n'
        "<p>Here.</p>\n</div>"
    )
    assert "Mind “”" in to_html('!!! Mind ""\n    Here.', 2, str)
    assert '<div class="admonition tip">' in to_html("!!! tip Take it\n    Here.", 2, str)
