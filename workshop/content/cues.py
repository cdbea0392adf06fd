"""Group a trainer's notes into blocks that begin with the cues Say, Do, Ask and Watch."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

CUES = ("Say", "Do", "Ask", "Watch")


class Cues(Extension):
    """Puts each cue's paragraph, with the elements up to the next cue, into a block of its own.

    A cue is a paragraph of the text itself (not of a list or a quotation in it) that begins with
    one of the words in `CUES` in bold. Elements before the first cue stay as they are.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register the grouping to run after Markdown has made the bold words of the cues."""
        md.treeprocessors.register(_CueGroup(md), "cues", 4)


class _CueGroup(Treeprocessor):
    def run(self, root: Element) -> None:
        block: Element | None = None
        for element in list(root):
            cue = _take_cue(element)
            if cue:
                block = Element("div", {"class": f"cue cue-{cue.lower()}"})
                root.insert(list(root).index(element), block)
                name = Element("p", {"class": "cue-name"})
                name.text = cue
                block.append(name)
            if block is not None:
                root.remove(element)
                block.append(element)


def _take_cue(element: Element) -> str | None:
    """Take the cue that a paragraph begins with out of it, and return the cue."""
    if element.tag != "p" or not len(element) or (element.text or "").strip():
        return None
    lead = element[0]
    cue = (lead.text or "").strip()
    if lead.tag != "strong" or len(lead) or cue not in CUES:
        return None
    element.text = (lead.tail or "").lstrip()
    element.remove(lead)
    return cue
