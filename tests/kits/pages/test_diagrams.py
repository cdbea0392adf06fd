"""A kit with a diagram of every kind: nothing runs into anything, and all can be read out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.assembly.reading import faults_of
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.diagnostics import Diagnostic

Kit = tuple[Path, tuple[Diagnostic, ...]]
DOCUMENTS = ("participant-workbook", "slides", "posters", "facilitator-guide")


def module(kind: str) -> str:
    """Return a module whose diagram has as many items as are usual, and a slide that shows it."""
    shape = DIAGRAM_KINDS[kind]
    inside = "Thursday, 4 November 2027" if kind == "timeline" else "Item"
    below = "".join(f"\n  - {inside}" for _ in range(min(shape.inner, 2)))
    items = "\n".join(
        f"- **Label {number}** what is said of it{below}"
        for number in range((shape.least + shape.most) // 2)
    )
    return f"""---
title: About {kind}
summary: Look at it.
minutes: {{min: 5, ideal: 13, max: 30}}
outcomes:
  - You have seen it.
suits: [keen]
---

Before it.

::: diagram {{kind={kind}}}
{items}

{"Caption." if shape.caption else ""}
:::

::: slide {{title="All of {kind.replace("-", " ")}" layout=diagram on=both}}
:::

::: input {{title=Talk minutes=13 min=5}}
Listen.
:::
"""


def with_every_kind(tiny: Tiny) -> Tiny:
    """Write a day with a module for each kind of diagram."""
    documents = "documents:\n  only: [participant-workbook, slides, posters, facilitator-guide]\n"
    text = (tiny.root / CLIENT).read_text(encoding="utf-8").partition("documents:")[0]
    tiny.write(CLIENT, text + documents)
    names = [f"about-{kind}" for kind in DIAGRAM_KINDS]
    items = "".join(
        f"      - module: {name}\n" + ("      - {break: Air, minutes: 10}\n" if at % 5 == 4 else "")
        for at, name in enumerate(names)
    )
    tiny.change(
        "modules/programme.yaml", "      - module: offering\n", f"      - module: offering\n{items}"
    )
    tiny.change("modules/programme.yaml", 'finish: "15:00"', 'finish: "17:56"')
    for kind, name in zip(DIAGRAM_KINDS, names, strict=True):
        tiny.write(f"modules/{name}.md", module(kind))
    return tiny


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    tiny = with_every_kind(Tiny.copied_to(tmp_path_factory.mktemp("diagrams") / "workspace"))
    built = tiny.build(*DOCUMENTS)
    return built.folder, built.warnings


def test_nothing_is_lost_cut_off_set_small_or_printed_over_something_else(kit: Kit) -> None:
    assert [str(fault) for fault in kit[1]] == []


def test_large_print_has_room_for_them_too(tiny: Tiny) -> None:
    built = with_every_kind(tiny).build("participant-workbook-large-print")
    assert [str(fault) for fault in built.warnings] == []


@pytest.mark.parametrize("name", ["slides.pdf", "posters.pdf", "facilitator-guide.pdf"])
def test_files_with_diagrams_keep_to_the_rules_of_accessible_pdf(kit: Kit, name: str) -> None:
    assert faults_of((kit[0] / name).read_bytes()) == []


def test_slides_show_each_diagram_small_and_large(kit: Kit) -> None:
    text = [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(kit[0] / "slides.pdf")
    ]
    for kind in DIAGRAM_KINDS:
        opener = next(at for at, page in enumerate(text[4:], 4) if f"About {kind}" in page)
        # PDFium parts the letters of words that are set small in a circle.
        assert "Label0" in text[opener].replace(" ", ""), kind
        assert "what is said of it" not in text[opener], kind
        assert "Label 1" in text[opener + 1], kind
