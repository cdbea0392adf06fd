"""A trainer's notes, led by Say, Do, Ask and Watch, into a block for each cue."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

CUES = ("Say", "Do", "Ask", "Watch")


class Cues(Extension):
    """Put each cue, its paragraph and what follows up to the next cue into a block of its own.

    A cue is a paragraph of the text itself (not of a list or a quotation in it) that begins with
    one of the words in `CUES` in bold. What stands before the first cue stays as it is.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Group after the inline elements are made, whose bold words it looks for."""
        md.treeprocessors.register(_CueGroup(md), "cues", 4)


class _CueGroup(Treeprocessor):
    def run(self, root: Element) -> None:
        block: Element | None = None
        for element in list(root):
            cue = _cue_of(element)
            if cue:
                block = Element("div", {"class": f"cue cue-{cue.lower()}"})
                root.insert(list(root).index(element), block)
                name = Element("p", {"class": "cue-name"})
                name.text = cue
                block.append(name)
            if block is not None:
                root.remove(element)
                block.append(element)


def _cue_of(element: Element) -> str | None:
    """Return the cue a paragraph begins with, and take it out of the paragraph."""
    if element.tag != "p" or not len(element) or (element.text or "").strip():
        return None
    lead = element[0]
    cue = (lead.text or "").strip()
    if lead.tag != "strong" or len(lead) or cue not in CUES:
        return None
    element.text = (lead.tail or "").lstrip()
    element.remove(lead)
    return cue
