"""What the page on Markdown leaves out: odd places, and what is not to be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_scanner import scan
from workshop.content.doubts.doubtful_texts import check_marks
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
        ("<name:role> <mailto:a@b.org>", '<p>&lt;name:role&gt; <a href="mailto:a@b.org">'),
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
        "[//]: # (one)\n\n[//]: # (two)\n\n[comment]: <> (three)",
        "1. a\n1. b\n1. c",
        "1. a\n\nText.\n\n2. b",
        "```python\nx\n```\n\n``` {.python .numbered}\nx\n```\n\n```c++\nx\n```",
        "$5/$6, ($5+), US$ 4, $5–$10, from $5+ to $10+ ($), $HOME, \\$x\\$ and \\\\alpha.",
        "<abbr>HTML</abbr> and <b title=''>x</b> and `<b title='x'>`",
        "So <b class='unhidden hidden-x'>it is</b>",
        r"1986\) and \[x\] or \[see above\](x), \[first_name\] and \[a-z\], \(.",
        r"Open \\server\plans or C:\temp\new, or the folder \Users\ada.",
        '<span lang="en" id="a title=x">so</span> <b title=" ">it</b> <i title>is</i>',
        "C++ and C++, ~5 and ~6, 2^10, a ^ b, 100%% sure",
        "A. Smith came.\n\nJ. R. Hartley\nA. Nother",
        "<name:role>, <first:last> and <https://example.org>",
        "# C#\n\n## Room \\#\n\n### Closed ###",
        "{% raw %}{{< x >}}{% endraw %}{% set a = 1 %}{% set b %}x{% endset %}",
        "{% for x in (1, 2) %}{% if x %}a{% else %}b{% endif %}{% endfor %}",
        "so&shy;ft, a&#8203;b &copy; &nbsp;",
    ],
)
def test_ordinary_text_is_not_told(source: str) -> None:
    assert codes(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. a\n3. b\n7. c", ["list-number"]),
        ("5. a\n1. b", ["list-number"]),
        ("- x\n\n  2. a\n  4. b", ["list-number"]),
        ("``` {.python} some words\nx\n```", ["lost-words"]),
        ("~~~ Für alle\nx\n~~~", ["lost-words"]),
        ('![A pump](pump.svg "In red")', ["lost-title"]),
        ('[a]: http://x.org "so"\n\n[a]', ["lost-title"]),
        ("Write <abbr title='HyperText'>HTML</abbr>.", ["lost-title"]),
        ('<table>\n<tr><td title="so it is">x</td></tr>\n</table>', ["lost-title"]),
        ("<p class=hidden>so</p>", ["read-out-only"]),
        ('So <span class="big hidden">it is</span>', ["read-out-only"]),
        ("[](page.html)", ["no-link"]),
        ("[//]: # (a (b) c)", ["open-comment"]),
        ('<st1:place w:st="on">Leeds</st1:place>', ["refused-html"]),
        ("<![if !supportLists]>1<![endif]>", ["refused-html"] * 2),
        ("<?xml:namespace prefix=o ?>", ["refused-html"]),
        ("<p style='color: red'>so</p>", ["refused-html"]),
        ("<div onclick=x>\n\nso\n\n</div>", ["refused-html"]),
        ("$n$ people and $$\\sum x$$", ["no-formula"] * 2),
        ("\\alpha and \\textbf{so}", ["no-formula"] * 2),
        ("$$\nx + y\n$$", ["no-formula"] * 2),
        (r"Let \(x\) be **so**, and \(f(x)\) too.", ["no-formula"] * 2),
        (r"Let \\(x^2\\) be so.", ["no-formula"]),
        (r"\[ a + b \]", ["no-formula"]),
        ("\\[\nx\n\\]", ["no-formula"]),
        (r"\[ \frac{a}{b} \]", ["no-formula"]),
        (r"- so \(n_1 < n_2\)", ["no-formula"]),
        ("| A | B |\n|---|---|\n| 1 | 2 |\nbut | not", ["runs-on"]),
        ("A. one\nB. two", ["runs-on"]),
        ("(@) one", ["no-list"]),
        ("| one line\n| two lines", ["no-table"] * 2),
        ("{++so++} and {>>so<<}", ["shortcode"] * 2),
        (">!so!< @[toc] [@smith2004]", ["shortcode"] * 2),
        ("so >!so!<", ["shortcode"]),
        ("*[HTML]: Hypertext", ["shortcode"]),
        ("So.^[A note.]", ["no-footnote"]),
        (":+1:", ["no-mark"]),
        ("&#x202E;so&#0;", ["hidden-character"] * 2),
        ("```\na\x0bb\n```", ["hidden-character"]),
        ("`a\u2028b`", ["hidden-character"]),
        ("{% highlight ruby %}", ["shortcode"]),
        ("{{% notice %}} `{{< x >}}`", ["shortcode"] * 2),
        ("{% endif %}", ["open-statement"]),
        ("{% for x in (1, 2) %}{% if x %}{% endfor %}{% endif %}", ["open-statement"] * 2),
        ("{% if x %}\n::: participant\na{% else %}b\n:::\n{% endif %}", ["open-statement"]),
    ],
)
def test_what_would_be_lost_or_print_as_typed_is_told_once(
    source: str, expected: list[str]
) -> None:
    assert codes(source) == expected


def test_marks_that_come_again_are_told_with_their_lines() -> None:
    report = Report()
    check_marks(scan("$$ one\n$$ two", Path("m.md"), report), report)
    assert [fault.location and fault.location.line for fault in report] == [1, 2]


@pytest.mark.parametrize("mark", ["\x0b", "\u2028"])
@pytest.mark.parametrize("around", ["{}", "- {}", "# {}", "> {}", "| {} |\n|---|"])
def test_a_line_end_within_a_paragraph_breaks_the_line(around: str, mark: str) -> None:
    assert "a<br>\nb" in html(around.format(f"a{mark}b"))


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


@pytest.mark.parametrize(
    "source",
    [
        'Write <abbr title="Don\'t panic">DP</abbr>.',
        "Write <abbr lang='en' title = \"Don't panic\" id=x>DP</abbr>.",
    ],
)
def test_a_title_with_an_apostrophe_is_quoted_as_a_whole(source: str) -> None:
    report = Report()
    check_marks(scan(source, Path("m.md"), report), report)
    [fault] = report
    assert fault.message == "“Don't panic” is not printed: on paper nobody can point at words"
