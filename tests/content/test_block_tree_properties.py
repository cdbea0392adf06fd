"""What holds for any file the `:::` scanner is given: above all, what can never be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.audiences import AUDIENCE_SEES, BLOCK_AUDIENCES, RESTRICTED
from workshop.content.block_scanner import scan
from workshop.content.block_tree import Block, Node, Text, visible, walk
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.content.vocabulary import KINDS, MODULE
from workshop.diagnostics import Location, Report

pytestmark = pytest.mark.slow

PATH = Path("module.md")
quick = settings(deadline=None, max_examples=100)


def read(source: str) -> tuple[Node, ...]:
    report = Report()
    nodes = scan(source, PATH, report)
    assert not list(report)
    return nodes


def texts(nodes: Iterable[Node]) -> str:
    return "\n".join(n.source if isinstance(n, Text) else texts(n.children) for n in nodes)


WORDS = st.text(alphabet="abé |{}#.'\"\\=:`", min_size=1, max_size=8).map(lambda word: f"x{word}")
LINE = st.one_of(WORDS, WORDS.map(lambda word: f"  {word}"), st.just(""))
CODE = st.sampled_from([[], ["```", "::: facilitator", "```"]])
MINUTES = {"minutes": st.integers(9, 600), "min": st.integers(0, 9)}
ROUNDS = {"rounds": st.just(3), "round-minutes": st.integers(3, 9), "min": st.just(9)}
EXERCISES = {"title": WORDS, "kind": st.sampled_from(["pairs", "trios"])}
OPTIONS: dict[str, st.SearchStrategy[dict[str, str | int]]] = {
    "input": st.fixed_dictionaries({"title": WORDS, **MINUTES}),
    "exercise": st.one_of(
        st.fixed_dictionaries({**EXERCISES, **MINUTES}),
        st.fixed_dictionaries(
            {**EXERCISES, **ROUNDS}, optional={"setup-minutes": st.integers(0, 9)}
        ),
    ),
    "debrief": st.fixed_dictionaries(MINUTES),
    "space": st.one_of(
        st.fixed_dictionaries({"lines": st.integers(1, 33)}, optional={"label": WORDS}),
        st.fixed_dictionaries({"rows": st.integers(1, 9), "columns": WORDS}),
        st.fixed_dictionaries({"boxes": WORDS}, optional={"height": st.integers(5, 90)}),
    ),
    "case": st.just({"name": "fact-sheet"}),
    "cards": st.fixed_dictionaries({"title": WORDS, "each": st.just("trio")}),
    "diagram": st.fixed_dictionaries({"kind": st.sampled_from(sorted(DIAGRAM_KINDS))}),
    "slide": st.fixed_dictionaries({"title": WORDS}, optional={"on": st.just("both")}),
}


@st.composite
def written(
    draw: st.DrawFn, lines: list[str], around: tuple[str, ...] = (MODULE,), indent: int = 0
) -> tuple[Node, ...]:
    """Write blocks and text that may stand inside `around` to `lines`; return their tree."""
    kinds = [kind for kind in KINDS if around[-1] in KINDS[kind].stands_in]
    kinds += [] if set(around) & set(BLOCK_AUDIENCES) else BLOCK_AUDIENCES
    nodes: list[Node] = []
    for kind in draw(st.lists(st.sampled_from(["text", *kinds]), max_size=3)):
        if kind != "text":
            nodes.append(draw(written_block(lines, kind, around, indent)))
        elif not nodes or isinstance(nodes[-1], Block):
            text = [
                draw(WORDS),
                *draw(st.lists(LINE, max_size=2)),
                *draw(st.one_of(CODE, st.just([]))),
            ]
            nodes.append(Text("\n".join(text), Location(PATH, len(lines) + 1, indent + 1)))
            lines += [" " * indent + line if line else "" for line in text]
    return tuple(nodes)


@st.composite
def written_block(
    draw: st.DrawFn, lines: list[str], kind: str, around: tuple[str, ...], indent: int
) -> Block:
    indent += draw(st.integers(0, 5))
    place = Location(PATH, len(lines) + 1, indent + 1)
    bare = kind not in OPTIONS or (kind == "debrief" and around[-1] == "exercise")
    options: dict[str, str | int] = {} if bare else draw(OPTIONS[kind])
    identifier = f"id-{len(lines)}" if kind == "exercise" else None
    words = [f"#{identifier}"] if identifier else []
    for name, value in options.items():
        quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
        words.append(f"{name}={value}" if isinstance(value, int) else f'{name}="{quoted}"')
    braces = "{" + " ".join(draw(st.permutations(words))) + "}" if words else ""
    colons = draw(st.sampled_from([":::", "::::", "::: "]))
    lines.append(" " * indent + f"{colons}{kind}{draw(st.sampled_from([' ', '']))}{braces}")
    children = draw(written(lines, (*around, kind), indent))
    lines.append(" " * draw(st.integers(0, 9)) + ":::")
    return Block(kind, identifier, options, children, place)


@quick
@given(st.data())
def test_a_tree_written_out_is_read_back(data: st.DataObject) -> None:
    lines: list[str] = []
    nodes = data.draw(written(lines))
    assert read("\n".join(lines)) == nodes
    assert read("\r\n".join(lines)) == nodes


PLAIN = st.characters(categories=["L", "N", "Zs"], exclude_characters="ːꓽᱺ")


@quick
@given(st.text(st.one_of(PLAIN, st.sampled_from("\n#*>-_.()[]{}|=\"'\t"))))
def test_text_without_a_fence_is_unchanged(source: str) -> None:
    assert read(source) == ((Text(source, Location(PATH, 1, 1)),) if source.strip() else ())


SCRAPS = [
    ":::",
    "::",
    ":",
    "{",
    "}",
    "#a",
    "=",
    '"',
    "\\",
    "```",
    "~~~~",
    "\n",
    " ",
    "\t",
    "\v",
    "- ",
]
SCRAPS += [
    *KINDS,
    "lines=6",
    "min=9",
    "minutes=٣",
    "rounds=",
    "title='",
    "secret",
    "\r\n",
    "：：",
    ".",
]


@settings(quick, max_examples=400)
@given(st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)))
def test_no_text_makes_the_scanner_raise(source: str) -> None:
    report = Report()
    nodes = scan(source, PATH, report)
    count = len(re.split("\r\n|\r|\n", source))
    assert {block.kind for block in walk(nodes)} <= KINDS.keys()
    for found in report:
        assert found.location is not None
        assert found.location.line in range(1, count + 1)
        assert found.location.column is not None
    for audience, sees in AUDIENCE_SEES.items():
        shown = {block.kind for block in walk(visible(nodes, audience))}
        assert sees >= RESTRICTED & shown


@st.composite
def misspelt(draw: st.DrawFn, word: str) -> str:
    """Return the word with one or two letters changed, dropped, doubled or in capitals."""
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(word) - 1))
        letter = st.sampled_from(["", "x", "é", "-", word[at] * 2, word[at].upper()])
        word = word[:at] + draw(letter) + word[at + 1 :]
    return word


BEFORE = ["", " ", "     ", "\t", "\xa0", "\u200b", "\ufeff", "- ", "1. ", "> ", "# ", "**", "a\v"]
COLONS = [":::", "::::", "::", ":: :", ": : :", "：：：", ";;;", ":;:", ":\u200b::", "∶∶∶"]
AFTER = ["", " ", "  {", " {#a}", " {.x}", " {x='y'}", " now", ":", " :::", "\xa0", " {", "}"]
CLOSINGS = [*COLONS, "", "    :::", "- :::", "> :::", "end", "::: end", ":::}", "```\n:::"]


@settings(quick, max_examples=400)
@given(
    st.sampled_from(BEFORE),
    st.one_of(
        st.tuples(st.sampled_from(COLONS), st.just("facilitator") | misspelt("facilitator")),
        st.tuples(st.sampled_from([":", "：", "...", "…", ";"]), st.just("facilitator")),
    ),
    st.sampled_from(["", " ", "  ", "\t", "\xa0", " .", "{.", " {"]),
    st.sampled_from(AFTER),
    st.sampled_from(CLOSINGS),
)
def test_what_is_for_the_facilitator_never_reaches_a_participant(
    before: str, fence: tuple[str, str], gap: str, after: str, closing: str
) -> None:
    colons, kind = fence
    if len(colons) == 1 or "." in colons or "…" in colons:
        gap, after = " ", ""
    source = f"Text\n\n{before}{colons}{gap}{kind}{after}\nSECRET\n{closing}\n\nMore\n"
    report = Report()
    nodes = scan(source, PATH, report)
    assert report.errors or "SECRET" not in texts(visible(nodes, "participant"))


# A heading may be called anything.
MARKS = st.characters(categories=["P", "S", "M"], exclude_characters="#")


@quick
@given(
    MARKS, st.sampled_from(["", " ", "\xa0", "\u200b"]), st.sampled_from(["", ":", " {#a}", "]"])
)
def test_three_marks_before_a_name_are_no_text_whatever_they_are(
    mark: str, gap: str, after: str
) -> None:
    for name in ("facilitator", "Facilitators", "faciltator"):
        report = Report()
        nodes = scan(f"Text\n\n{mark * 3}{gap}{name}{after}\nSECRET\n", PATH, report)
        assert report.errors
        assert name not in texts(visible(nodes, "participant"))
