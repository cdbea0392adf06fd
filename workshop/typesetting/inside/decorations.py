"""Draw pictures that are not to be read out as decoration, without a tag.

A picture with `aria-hidden="true"` is one. WeasyPrint 70 tags every picture as a figure, whatever
its attributes say, so the tag is taken out again before the PDF is written: ISO 14289-1, 7.1 wants
all that is not read out marked as an artifact.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import SubElement

import pydyf

_MARK = "decoration:"
_SVG, _TITLE = (f"{{http://www.w3.org/2000/svg}}{name}" for name in ("svg", "title"))


def mark_decorations(html: Any) -> None:
    """Write before the words of pictures that are hidden from readers that they are decoration."""
    for picture in html.iter("img"):
        if picture.get("aria-hidden") == "true":
            picture.set("alt", _MARK + picture.get("alt", ""))
    for drawing in html.iter(_SVG):
        if drawing.get("aria-hidden") == "true":
            title = drawing.find(_TITLE)
            title = SubElement(drawing, _TITLE) if title is None else title
            title.text = _MARK + (title.text or "")


def words_of(element: Any) -> str:
    """Return the words of a picture, without the mark; "" for an ornament."""
    attributes = element.attrib if element is not None else {}
    words = str(attributes.get("alt", "")).removeprefix(_MARK)
    is_drawing = element is not None and str(element.tag).endswith("}svg")
    return words or ("drawing" if is_drawing and attributes.get("aria-hidden") != "true" else "")


def untag_decorations(pdf: Any) -> None:
    """Make artifacts of the pictures that were marked, and take their tags out of the tree.

    What is drawn in a group, as for `opacity`, stays a figure with its words.
    """
    figures = [entry for entry in pdf.objects if _is_decoration(entry)]
    if not figures:
        return
    by_reference = {entry.reference: entry for entry in pdf.objects}
    tree = by_reference[pdf.catalog["StructTreeRoot"]]
    numbers = by_reference[tree["ParentTree"]]["Nums"]
    tagged = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for figure in figures:
        page, [number] = by_reference[figure["Pg"]], figure["K"]
        if _draw_as_artifact(by_reference[page["Contents"]].stream, number):
            tagged[page["StructParents"]][number] = "null"
            by_reference[figure["P"]]["K"].remove(figure.reference)
            figure.clear()
        else:
            figure["Alt"] = pydyf.String(figure["Alt"].string.removeprefix(_MARK))


def _is_decoration(entry: Any) -> bool:
    words = entry.get("Alt") if isinstance(entry, dict) else None
    return isinstance(words, pydyf.String) and words.string.startswith(_MARK)


def _draw_as_artifact(steps: list[Any], number: int) -> bool:
    """Make an artifact of the figure with this number; tell whether a page's content has it."""
    for at, step in enumerate(steps):
        if step == "/Figure" and steps[at + 1]["MCID"] == number:
            steps[at : at + 3] = ["/Artifact", b"BMC"]
            return True
    return False
