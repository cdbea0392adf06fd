"""Report diagrams that have too few or too many items to be drawn, and slides without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workshop.content.block_tree import Block, Node, Text, walk
from workshop.content.doubts.doubtful_texts import check_plain
from workshop.content.grammar.diagram_items import DiagramLine, diagram_list
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS, DiagramKind
from workshop.diagnostics import Location, Report

_TAG_ALONE = re.compile(
    r"^[ \t]*(?P<tag>\{%-?\s*(?:if|elif|else|endif|for|endfor)\b[^%\n]*%\})[ \t]*$", re.M
)


def check_diagrams(tree: Sequence[Node], report: Report) -> None:
    """Report what is wrong with a module's diagram, and slides that ask for one in vain."""
    diagrams = [block for block in walk(tree) if block.kind == "diagram"]
    for block in diagrams:
        if kind := DIAGRAM_KINDS.get(str(block.options.get("kind"))):
            _check_items(block, kind, report)
            _check_captions(block, kind, report)
            _check_conditions(block, report)
    for second in diagrams[1:]:
        hint = f"The first begins on line {diagrams[0].location.line}: keep one of them."
        message = "A module has one diagram at most"
        report.error("second-diagram", message, second.location, hint)
    for slide in walk(tree) if not diagrams else ():
        if slide.kind == "slide" and slide.options.get("layout") == "diagram":
            message = "This slide shows the module’s diagram, and the module has none"
            hint = "Write a block ::: diagram, or give the slide another layout."
            report.error("no-diagram", message, slide.location, hint)


def _check_items(block: Block, kind: DiagramKind, report: Report) -> None:
    name = block.options["kind"]
    items = list(_items(block, report))
    if not kind.least <= len(items) <= kind.most:
        place = block.location if len(items) < kind.least else items[kind.most][1]
        report.error(
            "diagram-items",
            f"A diagram of the kind “{name}” shows {kind.bounds}, and this one has {len(items)}",
            place,
            _cure(len(items), kind),
        )
    for item, place in items:
        check_plain(f"{item.label} {item.note}", place, report)
        for below in item.inner:
            check_plain(below.label, _further(place, below.line - item.line), report)
        if len(item.inner) > kind.inner:
            _report_below(str(name), kind, len(item.inner), place, report)


def _report_below(
    name: str, kind: DiagramKind, count: int, place: Location, report: Report
) -> None:
    """Report an item with more items below it than its kind shows."""
    message = f"A diagram of the kind “{name}” cannot show items below an item"
    hint = "Say them in the text, or choose another kind."
    if kind.inner:
        most = f"{kind.inner} items at most" if kind.inner > 1 else "one item at most"
        message = (
            f"A diagram of the kind “{name}” shows {most} below an item, and this one has {count}"
        )
        hint = "Take some out, or say them in the text."
    report.error("diagram-items", message, place, hint)


def _check_captions(block: Block, kind: DiagramKind, report: Report) -> None:
    """Report a caption that nothing would print, and marks in one, which is printed plain."""
    for node in block.children:
        if not isinstance(node, Text):
            continue
        read = diagram_list(node.source)
        # What two circles share, the third item says, or else the caption.
        has_room = kind.caption and not (block.options["kind"] == "overlap" and len(read.items) > 2)
        place = _further(node.location, read.caption_line)
        check_plain(read.caption, place, report)
        if read.caption and not has_room:
            message = f"A diagram of the kind “{block.options['kind']}” has no room for a caption"
            report.error("diagram-caption", message, place, "Put the sentence above or below.")


def _check_conditions(block: Block, report: Report) -> None:
    """Report the first condition around items: they would be drawn whether it holds or not."""
    for node in block.children:
        if isinstance(node, Text) and (tag := _TAG_ALONE.search(node.source)):
            place = _further(node.location, node.source.count("\n", 0, tag.start("tag")))
            report.error(
                "diagram-items",
                f"“{tag['tag']}” stands alone in a diagram, and items are drawn whether it holds "
                "or not",
                place,
                "Write it within each item: - {% if … %}**Aim** What must they deliver?{% endif %}",
            )


def _items(block: Block, report: Report) -> Iterator[tuple[DiagramLine, Location]]:
    """Yield the items with their places; report blocks, which a diagram cannot show."""
    for node in block.children:
        if isinstance(node, Text):
            for item in diagram_list(node.source).items:
                yield item, _further(node.location, item.line)
        else:
            message = "A diagram shows a list, and no blocks"
            report.error("stray-block", message, node.location, "Put it above or below.")


def _further(place: Location, lines: int) -> Location:
    return Location(place.path, (place.line or 1) + lines)


def _cure(count: int, kind: DiagramKind) -> str:
    if not count:
        return "Write one below the other: - **Aim** What must they deliver?"
    if count < kind.least:
        return f"Add {kind.least - count}, or choose another kind."
    return f"Take {count - kind.most} out, or choose another kind."
