"""docs/markdown.md: what it says is printed is printed, and what it says is told is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workshop.content.block_scanner import scan
from workshop.content.block_tree import texts_of
from workshop.content.doubts.doubtful_texts import check_marks
from workshop.content.markdown import to_html
from workshop.diagnostics import Report, Severity

PAGE = Path(__file__).parents[3] / "docs" / "markdown.md"
PATH = Path("m.md")

# The beginning of what is typed, and what stands in its HTML.
PRINTED = {
    "One": "<p>One\ntwo</p>\n<p>three</p>",
    "One\\": "<p>One<br>\ntwo</p>",
    "## Head\n": "<h2>Head</h2>\n<p>Text</p>",
    "## Head {#": '<h2 id="way-out">Head</h2>\n<p>See <a href="#way-out">there</a>.</p>',
    "*one*": "<em>one</em> and <strong>two</strong> and <s>three</s>",
    "2*3": "<p>2*3*4 and snake_case</p>",
    "Bring": "<p>Bring:</p>\n<ul>\n<li>a pen</li>\n<li>a rope</li>\n</ul>",
    "- a": "<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>",
    "1. a": "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>",
    "1) a": "<ol>\n<li>a</li>\n<li>b</li>\n</ol>",
    "3. third": '<ol start="3">\n<li>third</li>\n<li>fourth</li>\n</ol>',
    "1. a\n1": "<ol>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ol>",
    "1986": '<ol start="1986">\n<li>What a year.</li>',
    "•": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
    "- [ ]": '<li class="task"><span class="task-box"></span> to do</li>\n'
    '<li class="task"><span class="task-box task-done"></span> done</li>',
    "Today": '<th style="text-align:center">B</th>',
    "> quote": "<blockquote>\n<p>quote</p>\n<ul>\n<li>item</li>\n</ul>\n</blockquote>",
    "> [!": '<p class="markdown-alert-title">Note</p>\n<p>Mind the gap.</p>',
    "!!!": '<p class="admonition-title">Mind</p>\n<p>the gap</p>',
    "Fee": "<dt>Fee</dt>\n<dd>What it costs</dd>",
    "So it": 'is.<sup class="footnote-mark">1</sup></p>\n<ol class="footnotes">\n<li value="1"><p>',
    "```": "<pre><code># no heading\nsay(&quot;hi&quot;) -- &lt;b&gt;\n</code></pre>",
    "`": "<code>tool --help &quot;x&quot;</code>",
    "[our": '<a href="https://example.org/a--b">our page</a>',
    "See": ">https://example.org/a--b/_c_/d</a>...".replace("...", "…"),
    "ada": '<a href="mailto:ada--q@example.org">ada--q@example.org</a>',
    "C:": r"<p>C:\new_folder\_x_</p>",
    "![": '<img alt="A pump" src="pump.svg" style="width: 30%">',
    "Hello": "<p>Hello &lt;name&gt;, 1 &lt; 2</p>",
    "<role": "<p>&lt;role:name&gt; and $5 to $10</p>",
    "H<": "<p>H<sub>2</sub>O, <mark>new</mark>, <kbd>Ctrl</kbd></p>",
    "<ol": '<ol type="a"><li value="5">five</li></ol>',
    "<div": "<div>\n<p><em>one</em></p>\n</div>",
    '"so"': "<p>“so”, ‘so’ – it’s… — a</p>",
    "tool": "<p>tool --help, &lt;-- and --&gt;</p>",
    "My name": "<p>My name is ______.</p>",
    "\\*": "<p>*so* and #1</p>",
    "a<": "<p>ab</p>",
    "a\n": "<p>a</p>\n<p>b</p>",
}


def rows(heading: str) -> list[list[str]]:
    section = PAGE.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.split("\n") if line.startswith("| `")]
    return [re.split(r"(?<!\\) *\| *", line.strip("| ")) for line in lines]


def typed(cell: str) -> str:
    code = re.fullmatch(r"(`+) ?(.*?) ?\1", cell) if cell.startswith("``") else None
    text = code[2] if code else cell[1:-1]
    return text.replace("\\|", "|").replace("↵", "\n")


def composed(source: str) -> tuple[str, Report]:
    report = Report()
    nodes = scan(source, PATH, report)
    check_marks(nodes, report)
    return "".join(to_html(text.source, 2, str) for text in texts_of(nodes)), report


def test_every_row_of_the_page_is_tried() -> None:
    every = [typed(row[0]) for row in rows("What is printed")]
    tried = [max((key for key in PRINTED if text.startswith(key)), key=len) for text in every]
    assert tried == list(PRINTED)


@pytest.mark.parametrize("row", rows("What is printed"), ids=lambda row: row[0])
def test_what_is_typed_is_printed(row: list[str]) -> None:
    source = typed(row[0])
    html, report = composed(source)
    assert PRINTED[max((key for key in PRINTED if source.startswith(key)), key=len)] in html
    assert not report.diagnostics


@pytest.mark.parametrize("row", rows("What is told"), ids=lambda row: row[0])
def test_what_would_print_otherwise_is_told(row: list[str]) -> None:
    _, report = composed(typed(row[0]))
    told = [(fault.code, fault.severity) for fault in report]
    severity = Severity.ERROR if row[2].startswith("an error") else Severity.WARNING
    assert (row[1].strip("`"), severity) in told
    assert all(fault.location and fault.location.line and fault.hint for fault in report)
