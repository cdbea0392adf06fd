"""Hostile templates, style sheets, drawings, pictures and texts end in pages or in a sentence.

A seed makes the inputs, the same each time; `WORKSHOP_HOSTILE=250` tries more of them.
"""

from __future__ import annotations

import io
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from tests.composing.conftest import Desk
from tests.peak import forget_peak, peak
from workshop.diagnostics import ContentError, Diagnostic
from workshop.keeping.memory import Memory
from workshop.limits import LAYOUT_MEGABYTES
from workshop.typesetting.typeset import typeset

pytestmark = pytest.mark.slow

_TRIES = int(os.environ.get("WORKSHOP_HOSTILE", "40"))
_SECRET = "zqxnotes"
_VALUES = (
    "none", "true", "-1", "10 ** 12", "1e400", "''", "'x' * 5000", "[]", "[[1, 2]]", "{}", "client",
    "modules", "nope", "range(99999)", r"'\ud800'", r"'\0'", "'<script>'", "term", "part", "loop",
)  # fmt: skip
_CALLS = (
    "term({})", "ref({})", "asset({})", "groupings({}, {})", "late({})", "reserve({})",
    "sheet_count({})", "page_ref({}, {})", "page_count({})", "page_number({})", "part({}, {})",
    "{} | slot({})", "'x' | slot('a', smallest={})", "{} | clock", "{} | date",
    "{} | plus_days({})",
    "{} | join({})", "{} * {}", "{} ~ {}", "{} % {}", "{} | indent({})", "{} | batch({}) | list",
    "{} | tojson", "{} | sort", "{} | sum", "{} | round({})", "{} | replace({}, {})", "{}[{}]",
    "{} | groupby({})", "{} | format({})", "cycler({}).next()", "dict(a={})", "{} is {}",
)  # fmt: skip
_PROPERTIES = (
    "width", "height", "margin", "font-size", "line-height", "columns", "flex", "grid-row",
    "float",
    "position", "transform", "border-radius", "content", "display", "page", "break-before",
    "orphans",
    "letter-spacing", "background", "grid-template-columns", "text-indent", "aspect-ratio", "order",
)  # fmt: skip
_SIZES = (
    "0", "-1px", "1e308px", "1e-308px", "calc(1px / 0)", "calc(infinity * 1px)", "nan", "100%",
    "auto",
    "9999999999", "var(--x)", "attr(id)", "repeat(99, 1px)", "1 / 0", "grid", "flex",
    "inline-table",
    "table-row", "ruby", "fixed", "url(nope)", "url(data:image/svg+xml,%3Csvg/%3E)",
    "counter(page)",
    "none", "both", "left", "scale(0)", "rotate(1e9deg)", "linear-gradient(red, blue)",
)  # fmt: skip
_MARKS = ("> ", "- ", "1. ", "#", "<div>", "*", "`", "|", "[x](", "![", "{{ 1 }}", "\x1b")
_TAGS = ("div", "p", "table", "td", "tr", "ul", "li", "img", "svg", "span", "h1", "input", "col")


def _template(chance: random.Random) -> str:
    call = chance.choice(_CALLS)
    values = [chance.choice(_VALUES) for _ in range(call.count("{}"))]
    return "<p>{{ " + call.format(*values) + " }}</p>"


def _css(chance: random.Random) -> str:
    rules = [
        f"{chance.choice((*_TAGS, '*', '@page', 'p::before', 'html'))} "
        f"{{ {chance.choice(_PROPERTIES)}: {chance.choice(_SIZES)} }}"
        for _ in range(5)
    ]
    return "\n".join(rules)


def _html(chance: random.Random) -> str:
    text = "words"
    for _ in range(chance.choice((1, 5, 40, 300))):
        tag = chance.choice(_TAGS)
        number = chance.choice((0, -1, 2, 10**9, "x"))
        text = f"<{tag} colspan={number} rowspan={number} start={number}>{text}</{tag}>"
    return text


def _drawing(chance: random.Random) -> bytes:
    parts = "".join(
        f'<{chance.choice(("g", "rect", "path", "text", "use", "mask", "pattern"))} id="a{number}" '
        f'href="#a{chance.randrange(9)}" width="{chance.choice(_SIZES)}" height="{number}" '
        f'd="M0 0 {chance.choice(_SIZES)}" transform="{chance.choice(_SIZES)}" '
        f'mask="url(#a{chance.randrange(9)})">'
        for number in range(9)
    )
    ends = "".join(reversed([f"</{part.split(' ')[0]}>" for part in parts.split("<")[1:]]))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{parts}{ends}</svg>'.encode()


def _picture(chance: random.Random) -> bytes:
    target = io.BytesIO()
    image = Image.new(chance.choice(("L", "RGB", "RGBA", "P", "1", "I;16")), (40, 40))
    image.save(target, "PNG")
    content = bytearray(target.getvalue())
    for _ in range(chance.randrange(4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: chance.choice((len(content), chance.randrange(8, len(content))))])


def _text(chance: random.Random) -> str:
    mark = chance.choice(
        ("> ", "- ", "1. ", "#", "<div>", "*", "`", "|", "[x](", "![", "{{ 1 }}", "\x1b")
    )
    return mark * chance.choice((1, 7, 60, 400)) + "words"


@pytest.mark.parametrize("number", range(_TRIES))
def test_a_hostile_file_ends_in_pages_or_in_a_sentence(desk: Desk, number: int) -> None:
    chance = random.Random(number)
    kinds: tuple[Callable[[random.Random], str], ...] = (_template, _html)
    folder = desk.root / "clients" / "test"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "a.svg").write_bytes(_drawing(chance))
    (folder / "assets" / "b.png").write_bytes(_picture(chance))
    pictures = (
        "<img src=\"{{ asset('a.svg') }}\" alt='a'><img src=\"{{ asset('b.png') }}\" alt='b'>"
    )
    text = _text(chance) if chance.random() < 0.5 else "words"
    desk.module(f"::: facilitator\n{_SECRET}\n:::\n\n{text}")
    body = "{{ modules[0].body }}"
    desk.page("".join((chance.choice((body, chance.choice(kinds)(chance))), pictures)))
    if chance.random() < 0.6:
        desk.write("clients/test/templates/client.css", _css(chance))
    before = {path: path.stat().st_mtime_ns for path in desk.root.parent.iterdir()}
    forget_peak()
    megabytes, started, memory = peak(), time.process_time(), Memory()
    told: list[Diagnostic] = []
    try:
        for copy in desk.copies("page"):
            for part in copy.composition.parts:
                laid_out = typeset(replace(part.job, seconds=5), memory)
                assert _SECRET not in "".join(laid_out.texts)
    except ContentError as error:
        told = error.diagnostics
    assert [fault.message for fault in told if len(fault.message) >= 600] == []
    assert time.process_time() - started < 30
    assert peak() - megabytes < LAYOUT_MEGABYTES.most
    assert {path: path.stat().st_mtime_ns for path in desk.root.parent.iterdir()} == before
