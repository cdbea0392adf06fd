"""What the page on Markdown leaves out: odd places, and what is not to be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_tree import scan
from workshop.content.doubtful_texts import check_marks
from workshop.content.grammar.numbered_items import numbered_items
from workshop.content.markdown import notes_to_html, to_html
from workshop.diagnostics import Report


def html(source: str) -> str:
    return to_html(source, 2, lambda name: f"assets/{name}")


def codes(source: str) -> list[str]:
    report = Report()
    check_marks(scan(source, Path("m.md"), report), report)
    return [fault.code for fault in report]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(see https://example.org/Dock_(port)).", ">https://example.org/Dock_(port)</a>)."),
        ('"https://example.org/?q="x""', '>https://example.org/?q=&quot;x&quot;</a>”'),
        ("[https://example.org/a--b](https://x.org)", '<a href="https://x.org">https://example.org/a--b'),
        ("<https://example.org/a--b%20c>", ">https://example.org/a--b%20c</a>"),
        ("**www.example.org/_a_/b**", '<strong><a href="http://www.example.org/_a_/b">www.example'),
        ("<img src=\"a.svg\" alt='A'>", "<img src=\"assets/a.svg\" alt='A'>"),
        ("10. a\n\n   b\n\n11. c", '<ol start="10">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c'),
        ("1. a\n   1. b\n     - c\n  - d", "<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n<ul>"),
        ("○ yes ○ no", "<p>○ yes ○ no</p>"),
        ("```\n• a\n<!-- b -->\n```", "<code>• a\n&lt;!-- b --&gt;\n</code>"),
        ("`<!--` x <!-- a\n\nb --> c", "<code>&lt;!--</code> x</p>\n<p>c</p>"),
        ("the '90s, \"a 'b' c\", *\"d\"*", "the ’90s, “a ‘b’ c”, <em>“d”</em>"),
        ("x<y and a<b and c>d", "<p>x&lt;y and a&lt;b and c&gt;d</p>"),
        ('<table width="50%"><tr><td>a</table>', '<table width="50%" style="width: 50%">'),
    ],
)  # fmt: skip
def test_markdown_is_printed(source: str, expected: str) -> None:
    assert expected in html(source)


@pytest.mark.parametrize(
    "source",
    [
        "<script>x</script>",
        "<div>\n<script>x</script>\n</div>",
        "<style>p { color: red }</style>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:x">y</a>',
        '<a href=" JavaScript:x">y</a>',
        "[y](javascript:x)",
        "<javascript:x>",
        "<iframe src='x'></iframe>",
        "<link rel=stylesheet href=x>",
        "<svg onload=x></svg>",
        "<form action=x><input></form>",
    ],
)
def test_nothing_that_runs_or_loads_becomes_html(source: str) -> None:
    page = html(source).lower()
    for name in ("script", "style", "img", "a", "iframe", "link", "svg", "form", "input"):
        assert f"<{name} " not in page
        assert f"<{name}>" not in page


@pytest.mark.parametrize(
    "source",
    [
        "\\[^1] and \\*not\\* and \\[[x]]",
        "`[^1]` and `==x==` and `{.x}`",
        "```\n[[x]]\n| a | b |\n#Head\n```",
        "Costs: 5 * 3, a ** b, $5 and $10, 10:30:45, C#.",
        "{% if client.options.follow_up %}\n- one\n{% endif %}\n- {{ term('a') | upper }}",
        "| a | {{ term('a') | upper }} |\n|---|---|\n| x | y |",
        "- item that\n  goes on\n- item\n\nText.",
        "1. a\n\n   b\n\n2. c\n\n# A\n\n## B\n\n# C",
        "[//]: # (not printed)",
        "He said [see above] (and left).",
    ],
)
def test_ordinary_text_is_not_told(source: str) -> None:
    assert codes(source) == []


def test_a_table_without_its_second_line_is_told_once_and_at_its_line() -> None:
    report = Report()
    check_marks(scan("Text.\n\n| A | B |\n| 1 | 2 |", Path("m.md"), report), report)
    [fault] = report
    assert (fault.code, fault.location and fault.location.line) == ("no-table", 3)


def test_marks_in_titles_and_labels_are_told() -> None:
    assert codes('::: space {lines=2 label="**So**"}\n:::') == ["plain-text"]


def test_a_text_of_nothing_but_brackets_is_told_at_once() -> None:
    assert codes("[" * 20_000) == ["too-many-brackets"]


def test_lists_too_deep_for_paper_are_told() -> None:
    assert "too-deep" in codes("\n".join("  " * depth + "- x" for depth in range(60)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. a\n2) b\n10. c", {0: 3, 1: 3, 2: 4}),
        ("Text\n1. a\n   goes on\n2. b", {1: 3, 3: 3}),
        ("Text\n3. no item", {}),
        ("```\n1. code\n```\n\n    2. code", {}),
        ("- a\n  1. b", {1: 5}),
        ("- 1. a\n> 1. b", {}),
        ("1986\\. What a year", {}),
    ],
)
def test_numbered_items_are_those_that_are_printed(source: str, expected: dict[int, int]) -> None:
    assert numbered_items(source) == expected


@pytest.mark.parametrize("cue", ["**Ask:** Why?", "**Ask**: Why?", "**ASK** Why?", "**Ask**\nWhy?"])
def test_a_cue_may_have_a_colon(cue: str) -> None:
    assert '<p class="cue-name">Ask</p><p>Why?</p>' in notes_to_html(cue, 3, str)


def test_a_cue_begins_a_block_on_any_line() -> None:
    page = notes_to_html("**Say** Hello\n**Do** Time it\n- one", 3, str)
    assert page.count('class="cue-name"') == 2
    assert "<p>Time it</p>\n<ul>\n<li>one</li>" in page
