"""The `:::` scanner: the tree it returns, each fault at its word, and what can never be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from workshop.content.audiences import AUDIENCE_SEES, RESTRICTED
from workshop.content.block_scanner import scan
from workshop.content.block_tree import Block, Node, Text, visible, walk
from workshop.diagnostics import Location, Report

PATH = Path("module.md")


def faults(source: str, root: str = "module") -> list[tuple[str, int | None, int | None]]:
    report = Report()
    scan(source, PATH, report, root=root)
    places = [(found.code, found.location) for found in report if found.location]
    return [(code, place.line, place.column) for code, place in places]


def hints(source: str) -> list[str | None]:
    report = Report()
    scan(source, PATH, report)
    return [found.hint for found in report]


def read(source: str, root: str = "module", first_line: int = 1) -> tuple[Node, ...]:
    report = Report()
    nodes = scan(source, PATH, report, root=root, first_line=first_line)
    assert not list(report)
    return nodes


def texts(nodes: Iterable[Node]) -> str:
    return "\n".join(n.source if isinstance(n, Text) else texts(n.children) for n in nodes)


# The tree


def test_a_block_becomes_a_node_with_typed_options() -> None:
    source = (
        '::: exercise {#ask title="Ask \\"why\\", {twice}" kind=pairs minutes=6 min=0}\n'
        "1. {6 min} Ask.\n"
        "  :::space{lines=3}\n"
        "  ::::\n"
        ":::"
    )
    space = Block("space", None, {"lines": 3}, (), Location(PATH, 12, 3))
    text = Text("1. {6 min} Ask.", Location(PATH, 11, 1))
    options: dict[str, str | int] = {
        "title": 'Ask "why", {twice}',
        "kind": "pairs",
        "minutes": 6,
        "min": 0,
    }
    expected = Block("exercise", "ask", options, (text, space), Location(PATH, 10, 1))
    assert read(source, first_line=10) == (expected,)


@pytest.mark.parametrize(
    ("source", "text", "column"),
    [
        ("  ::: manager\n  a\n    b\n c\n  :::", "a\n  b\nc", 3),
        ("::: manager\n  a\n:::", "  a", 1),
        ("\t::: manager\n\ta\n    b\n\t\tc\n\t:::", "a\nb\n    c", 2),
        ("  ::: manager\n\ta\n  :::", "  a", 2),
        ("     ::: manager\n  \t  a\n     :::", " a", 5),
        ("    ::: manager\n\n    a\n    :::", "\na", 1),
        ("::: manager\r\na\r\n\r\nb\r\n:::\r\n", "a\n\nb", 1),
    ],
    ids=["spaces", "deeper", "tabs", "tab-beyond", "tab-stop", "blank-first", "crlf"],
)
def test_the_opening_lines_indentation_is_taken_off(source: str, text: str, column: int) -> None:
    (block,) = read(source)
    assert isinstance(block, Block)
    assert block.children == (Text(text, Location(PATH, 2, column)),)


def test_a_block_indented_less_than_the_one_around_it_loses_that_ones_indentation() -> None:
    nodes = read("  ::: debrief {minutes=5 min=5}\n::: manager\n  a\n:::\n  :::")
    assert texts(nodes) == "a"


def test_a_deeply_indented_fence_is_a_fence() -> None:
    (block,) = read("        ::: facilitator\n        secret\n        :::")
    assert isinstance(block, Block)
    assert block.kind == "facilitator"


@pytest.mark.parametrize(
    "code",
    [
        "```\n::: facilitator\n```",
        "~~~ text\n:::\n```\n~~~~  ",
        "````\n```python\n:: x\n```\n````",
        "   ```\n::: nonsense {\n ```",
    ],
)
def test_fences_inside_code_are_text(code: str) -> None:
    inside = re.sub("^", "  ", code, flags=re.MULTILINE)
    assert read(code) == (Text(code, Location(PATH, 1, 1)),)
    assert texts(read(f"  ::: participant\n{inside}\n  :::")) == code


@pytest.mark.parametrize(
    "line", ["a ::: facilitator", "`::: facilitator`", ": one", "12:30", ":-)"]
)
def test_colons_in_running_text_are_text(line: str) -> None:
    assert texts(read(line)) == line


def test_a_case_file_holds_cards_and_no_exercise() -> None:
    cards = '::: cards {title="Roles" each=trio}\n::: card\nAsk.\n:::\n:::'
    assert [block.kind for block in walk(read(cards, root="case"))] == ["cards", "card"]
    assert faults("::: purpose\n:::", root="case") == [("misplaced-block", 1, 5)]
    assert faults(f"::: case {{name=roles}}\n{cards}\n:::") == [("misplaced-block", 2, 5)]


def test_the_shipped_module_is_sound() -> None:
    path = Path(__file__).parents[2] / "modules" / "probing.md"
    _, _, body = path.read_text(encoding="utf-8").split("---\n", 2)
    kinds = [block.kind for block in walk(read(body))]
    assert kinds.count("exercise") == 3
    assert kinds[-2:] == ["manager", "sponsor"]


# What an audience sees


def test_audience_blocks_are_pruned_at_every_depth() -> None:
    openings = {kind: " {title=A}" if kind == "slide" else "" for kind in sorted(RESTRICTED)}
    inner = "".join(f"::: {kind}{rest}\nfor-{kind}\n:::\n" for kind, rest in openings.items())
    nodes = read(f"all\n{inner}::: debrief {{minutes=5 min=5}}\n{inner}:::")
    for audience, sees in AUDIENCE_SEES.items():
        shown = texts(visible(nodes, audience))
        assert "all" in shown
        assert {kind for kind in openings if f"for-{kind}" in shown} == sees
        assert all(shown.count(f"for-{a}") == 2 for a in sees)
    assert AUDIENCE_SEES["facilitator"] == {"facilitator", "participant", "slide"}
    assert AUDIENCE_SEES["room"] == {"participant", "slide"}
    assert all(AUDIENCE_SEES[a] == {a} for a in ("participant", "manager", "sponsor"))


def test_a_kind_nobody_knows_is_never_visible() -> None:
    unknown = Block("notes", None, {}, (Text("secret", Location(PATH, 1)),), Location(PATH, 1))
    assert visible((unknown,), "facilitator") == ()


# Faults

EXERCISE = '::: exercise {#a title="T" kind=pairs min=4 %s}\n:::'
SOURCES = [
    # Fences
    ("a\n:: facilitator\ns\n:::", [("malformed-fence", 2, 1)], "Write “::: facilitator” on"),
    ("： ：：facilitator\ns\n:::", [("malformed-fence", 1, 1)], "Write “::: facilitator” on"),
    (":::{.facilitator}\ns\n:::", [("malformed-fence", 1, 1)], "Write “::: facilitator” on"),
    ("- ::: manager\n:::", [("malformed-fence", 1, 3)], "Write “::: manager” on"),
    ("a\v::: manager\n:::", [("malformed-fence", 1, 3)], "Write “::: manager” on"),
    ("\ufeff::: manager\n:::", [("malformed-fence", 1, 2)], "Write “::: manager” on"),
    (": Manager\n:::", [("malformed-fence", 1, 1)], "Write “::: manager” on"),
    ("... manager\n:::", [("malformed-fence", 1, 1)], "Write “::: manager” on"),
    (";;; manager\n:::", [("malformed-fence", 1, 1)], "Write “::: manager” on"),
    ("::before is CSS", [("malformed-fence", 1, 1)], "A block opens with “:::” and its kind."),
    ("::: manager\n : : :", [("malformed-fence", 2, 2)], "A block closes with “:::” alone"),
    ("::: manager a\n:::", [("malformed-fence", 1, 13)], "Put text on the next line"),
    ("::: space {lines=1} a\n:::", [("malformed-fence", 1, 21)], "Put text on the next"),
    ("a\n  :::", [("stray-fence", 2, 3)], "Take it out, or look for the block above"),
    (" ::: manager\na", [("unclosed-block", 1, 2)], "Close it with “:::” on a line"),
    ("a\n ```\n::: manager\n:::", [("unclosed-code", 2, 2)], "Close it with ```"),
    ("::: manager\n~~~\n:::", [("unclosed-code", 2, 1)], "Close it with ~~~"),
    (
        "::: manager\n```\n:::\n::: sponsor\n```\n```\n:::",
        [("unclosed-code", 2, 1)],
        "Close it with",
    ),
    ("```\n::: manager\n:::\n```py\n```", [("unclosed-code", 1, 1)], "Close it with ```"),
    ("- ```\n  a", [("malformed-code", 1, 3)], "Begin it on the next line"),
    # Kinds and their places
    ("::: Facilitator\n:::", [("unknown-block", 1, 5)], "Did you mean “facilitator”?"),
    (" ::: spaec {lines=x}\n :::", [("unknown-block", 1, 6)], "Did you mean “space”?"),
    ("::: card\n:::", [("misplaced-block", 1, 5)], "It stands in: cards."),
    ("::: sponsor\n::: space {box=9}\n:::\n:::", [("misplaced-block", 2, 5)], "It stands in: "),
    ("::: manager\n::: sponsor\n:::\n:::", [("misplaced-block", 2, 5)], "Close that one first"),
    # Braces
    ("::: space {lines=3\n:::", [("malformed-option", 1, 11)], "Close them with }"),
    ("::: space {lines=3 .big}\n:::", [("malformed-option", 1, 20)], "Options are written"),
    ("::: space {lines=3 label='a b'}\n:::", [("malformed-option", 1, 26)], 'Write label="…".'),
    ("::: space {lines=3 label=“a b”}\n:::", [("malformed-option", 1, 26)], 'Write label="…".'),
    ('::: space {label="a}\n:::', [("malformed-option", 1, 18)], 'Write \\" for'),
    ('::: space {lines=3 label="a"b}\n:::', [("malformed-option", 1, 29)], 'Write \\" for'),
    ('::: space {label = "a b"}\n:::', [("malformed-option", 1, 12)], "Write label=… with no"),
    ("::: space {lines}\n:::", [("malformed-option", 1, 12)], "Write lines=…"),
    ("::: space {lines=3 lines=4}\n:::", [("duplicate-option", 1, 20)], "Keep one of the two."),
    # Ids
    ("::: manager {#a}\n:::", [("unexpected-id", 1, 14)], "Take it out."),
    (
        EXERCISE.replace("#a", "#My_Id") % "minutes=4",
        [("malformed-id", 1, 15)],
        "Did you mean “#my",
    ),
    (EXERCISE.replace("#a ", "") % "minutes=4", [("missing-option", 1, 5)], "Write #its-name"),
    (
        f"{EXERCISE}\n{EXERCISE}".replace("%s", "minutes=4"),
        [("duplicate-id", 3, 15)],
        "It is first",
    ),
    # Options
    ("::: manager {tone=warm}\n:::", [("unknown-option", 1, 14)], "Take it out."),
    ("::: space {lines=3 lable=a}\n:::", [("unknown-option", 1, 20)], "Did you mean “label”?"),
    ("::: space {lines=40}\n:::", [("wrong-value", 1, 18)], "Did you mean “33”?"),
    ("::: space {lines=six}\n:::", [("wrong-value", 1, 18)], None),
    ("::: space {lines=６}\n:::", [("wrong-value", 1, 18)], None),
    ("::: space {canvas=frim}\n:::", [("wrong-value", 1, 19)], "Did you mean “firm”?"),
    ("::: space {rating=0–10 columns=a}\n:::", [("wrong-value", 1, 19)], None),
    ('::: space {lines=1 label=" "}\n:::', [("wrong-value", 1, 26)], None),
    ("::: case {name=../secret}\n:::", [("wrong-value", 1, 16)], None),
    ("::: space {label=a}\n:::", [("missing-option", 1, 5)], "Add one in the braces."),
    ("::: space {lines=1 box=9}\n:::", [("conflicting-options", 1, 20)], "Keep one of: lines"),
    ("::: space {lines=1 height=9}\n:::", [("conflicting-options", 1, 20)], "Take it out, or add"),
    ("::: space {rows=1}\n:::", [("missing-option", 1, 5)], "Add columns=…"),
    ("::: space {rating=0-10}\n:::", [("missing-option", 1, 5)], "Add columns=…"),
    ("::: debrief {minutes=5}\n:::", [("missing-option", 1, 5)], "Add min=…"),
    (EXERCISE % "minutes=3", [("min-above-ideal", 1, 43)], "Write 3 or less."),
    (EXERCISE % "rounds=3 round-minutes=1", [("min-above-ideal", 1, 43)], "Write 3 or less."),
    (EXERCISE % "rounds=3", [("missing-option", 1, 5)], "Add round-minutes=…"),
    (EXERCISE % "minutes=9 setup-minutes=1", [("conflicting-options", 1, 55)], "Take it out, or"),
    (EXERCISE % "minutes=9 rounds=2 round-minutes=4", [("conflicting-options", 1, 55)], "Keep one"),
    (
        (EXERCISE % "minutes=4").replace("\n", "\n::: debrief {min=1}\n:::\n"),
        [("unknown-option", 2, 14)],
        "Take it out.",
    ),
]


# What other programs, other keyboards and other scripts have for a fence, parted by “¦”
LOOK_ALIKES = """\
.. facilitator::¦.. facilitator:: Title¦.. container:: facilitator¦```{facilitator}¦````facilitators
``` facilitator¦```{note} facilitator¦~~~ {.facilitator .x}¦'''facilitator¦/// facilitator | Title
:::{facilitator}¦::: {.callout-facilitator}¦:::facilitator[Title]¦> [!FACILITATOR] Title
!!! facilitator¦!!! note "facilitator"¦???+ facilitator "Title"¦+++ facilitator¦%%% faciltator now
<facilitator>¦Hear <facilitator>this</facilitator>¦<div class="facilitator">¦<x-facilitator hidden>
<section data-audience='facilitator'>¦[this]{.facilitator}¦## Notes {: .facilitator}
{% facilitator %}¦{%- block facilitator %}¦{{% facilitator %}}¦{facilitator}¦[facilitator]
[facilitator]this[/facilitator]¦[facilitator x=1]¦[[facilitator]]¦<!-- facilitator -->
<!-- begin facilitator -->¦{## facilitator ##}¦\\begin{facilitator}¦#+BEGIN_FACILITATOR¦@facilitator
: facilitators¦: Facilitator:¦. faciltator¦...facilitator¦... facilitator notes¦… facilitator
៖ facilitator¦៖៖៖ facilitator¦ःःःfacilitator¦᠄:᠄ facilitator¦ᱺᱺᱺ facilitator¦٠٠٠ facilitator
ஃஃஃ facilitator¦··· facilitator¦⠆⠇⡆ facilitator¦⁖⁘⁙ facilitator notes¦｀｀｀{facilitator}
ˋˋˋfacilitator¦´´´ facilitator¦--- facilitator¦>>> facilitator¦- - - facilitator¦*** facilitator
\\::: facilitator¦(::: facilitator)¦**::: facilitator**¦- [ ] ::: facilitator¦<p>::: facilitator</p>
1. {3 min} ::: facilitator¦{% if x %}::: facilitator{% endif %}¦\u3164::: facilitator
\u2800!!! facilitator¦!!! ｆаcilitator¦!!! ꜰᴀᴄɪʟɪᴛᴀᴛᴏʀ¦!!! 🅵🅰🅲🅸🅻🅸🆃🅰🆃🅾🆁
!!! f̶a̶c̶i̶l̶i̶tator¦!!! facil\u00aditator¦!!! facili-tator¦!!! co-facilitator¦!!! ѕроnѕоr¦!!! manger"""
ORDINARY = """\
- **Participants** write¦> Manager: what do you need?¦1. Exercise¦## Debrief¦### facilitator
- Case¦* Input from the group¦**Debrief.** What happened?¦***Debrief***¦__Debrief__¦*Manager* asks
Facilitator: says so¦facilitator¦> facilitator¦- [ ] Facilitator prepared¦| | | Facilitator |
| **Case** | says who |¦“Manager” is a word¦(Exercise)¦[Exercise](#x)¦![Exercise](pump.svg)
[manager]: https://example.com¦– Manager¦• Facilitator¦· Case¦→ Debrief¦☐ Space¦📌 Facilitator
👩🏽\u200d🏫 Facilitator¦...participants must be ready to start.¦- … because the manager said so
`space` is a word¦`::: facilitator` is how¦12:30 Manager¦: Manager: see <b>this</b>¦¿Manager?
--- Manager, Acme Ltd, in 2020¦{{ term("manager") | capitalize }} says¦<b>Manager</b> says
{% if client.options.manager_briefings %}¦<img alt="The facilitator at work" src="x.png">
<manager@example.com>¦<https://example.com/facilitator>¦[Exercise 3]¦谢谢 Manager
% of managers who ask"""


def parted(lines: str) -> list[str]:
    return lines.replace("\n", "¦").split("¦")


@pytest.mark.parametrize("line", parted(LOOK_ALIKES))
@pytest.mark.parametrize("closing", ["", "```", "~~~"])
def test_what_looks_like_a_fence_is_a_fault_and_no_text(line: str, closing: str) -> None:
    report = Report()
    shown = texts(scan(f"Text\n\n{line}\nSECRET\n{closing}\n", PATH, report))
    found = report.errors[0]
    assert found.code in ("malformed-fence", "unknown-block")
    assert found.location
    assert found.location.line == 3
    assert found.hint
    assert line not in shown


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_code_that_is_named_as_a_block_is_left_out_and_told_once(fence: str) -> None:
    source = f"a\n  {fence}{{manager}}\nSECRET\n  {fence}\nb"
    assert faults(source) == [("malformed-fence", 2, 3)]
    assert "SECRET" not in texts(scan(source, PATH, Report()))


@pytest.mark.parametrize("line", parted(ORDINARY))
def test_ordinary_text_that_names_a_block_is_text(line: str) -> None:
    source = f"Text\n\n{line}\n\nMore"
    assert texts(read(source)) == source


COMMENTS = """\
<!-- Exercise -->¦<!-- manager: check this sentence before the day -->¦<!-- ::: participant -->
<!-- Not this year:
::: participant
SECRET
:::
::: space {lines=2}
:::
-->¦<!--
```
SECRET
-->¦<!-- a --><!-- ::: facilitator
SECRET -->¦<!--
::: misspelt {option
-->¦<!-- SECRET --> <!-- twice
-->"""


@pytest.mark.parametrize("comment", COMMENTS.split("¦"))
def test_a_comment_takes_all_that_stands_in_it(comment: str) -> None:
    nodes = read(f"Before.\n\n{comment}\n\nAfter.")
    assert list(walk(nodes)) == []
    assert texts(nodes).split() == ["Before.", "After."]


def test_what_follows_a_comment_keeps_its_line() -> None:
    assert faults("<!--\n::: space\n-->\n::: exercice\n:::")[0] == ("unknown-block", 4, 5)


@pytest.mark.parametrize("code", ["`<!--` is how", "```\n<!-- shown -->\n```", "~~~\n<!--\n~~~"])
def test_a_comment_in_code_is_code(code: str) -> None:
    assert texts(read(code)) == code


def test_a_comment_without_an_end_is_told_where_it_begins() -> None:
    assert faults("Text\n\nMore <!-- and\n\n::: participant\nx\n:::") == [
        ("unclosed-comment", 3, 6)
    ]


@pytest.mark.parametrize(("source", "expected", "hint"), SOURCES)
def test_a_fault_is_found_at_its_word(
    source: str, expected: list[tuple[str, int, int]], hint: str | None
) -> None:
    assert faults(source) == expected
    (found,) = hints(source)
    assert found == hint or (found and hint and found.startswith(hint))


def test_all_faults_are_found_in_one_pass_and_a_faulty_block_is_left_out() -> None:
    source = (
        "::: facilitater {tone=warm}\n"
        "secret\n"
        "::: space {lines=0}\n"
        ":::\n"
        ":::\n"
        "::: space {box=x boxes=a}\n"
        ":::\n"
        ":::\n"
        "::: manager"
    )
    assert faults(source) == [
        ("unknown-block", 1, 5),
        ("wrong-value", 3, 18),
        ("wrong-value", 6, 16),
        ("conflicting-options", 6, 18),
        ("stray-fence", 8, 1),
        ("unclosed-block", 9, 1),
    ]
    nodes = scan(source, PATH, Report())
    assert [block.kind for block in walk(nodes)] == ["space", "manager"]
    assert "secret" not in texts(nodes)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (": : :", [("malformed-fence", 1, 1)]),
        (":: manager", [("malformed-fence", 1, 1)]),
        ("::: exrecise\n::: debrief\n:::\n:::", [("unknown-block", 1, 5)]),
        ("::: exrecise\n::: purpose\n:::\n:::", [("unknown-block", 1, 5)]),
        ("::: exercise title=a", [("malformed-fence", 1, 14), ("unclosed-block", 1, 1)]),
    ],
)
def test_one_slip_is_not_reported_as_several(
    source: str, expected: list[tuple[str, int, int]]
) -> None:
    assert faults(source) == expected


@pytest.mark.slow
def test_blocks_open_within_each_other_without_an_end_are_told_once() -> None:
    found = faults("::: exercise\n" * 20_000)
    assert [place for place in found if place[0] == "block-depth"] == [("block-depth", 40, 1)]
    assert "unclosed-block" not in {code for code, _, _ in found}
