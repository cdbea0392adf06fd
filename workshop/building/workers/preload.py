"""Load all that a process lays out, links and stamps with; imported for nothing else."""

from __future__ import annotations

# A file that a page asks for is handed over as an answer with headers, and headers load this.
import email.policy  # noqa: F401
from contextlib import suppress
from importlib import import_module

import workshop.assembly.link
import workshop.assembly.stamp
import workshop.building.workers.stuck_layouts
import workshop.building.workers.tasks
from workshop.diagnostics import EnvironmentFault
from workshop.tailoring.look.typefaces import families
from workshop.typesetting.typeset import load_weasyprint

families()
# pikepdf writes with it what a file says of itself; with the others, pages are drawn on which words
# may be covered.
for name in ("lxml.etree", "PIL.ImageChops", "pypdfium2"):
    import_module(name)

# What is missing is told when it is used.
with suppress(EnvironmentFault):
    load_weasyprint()
    import workshop.typesetting.arranging.last_sheet
    import workshop.typesetting.arranging.last_words
    import workshop.typesetting.arranging.openings
    import workshop.typesetting.arranging.page_feet
    import workshop.typesetting.arranging.room_to_write
    import workshop.typesetting.complaints
    import workshop.typesetting.fetcher
    import workshop.typesetting.inside.blank_glyphs
    import workshop.typesetting.inside.boxes
    import workshop.typesetting.inside.drawing
    import workshop.typesetting.inside.drawn_slots
    import workshop.typesetting.inside.glyphs
    import workshop.typesetting.inside.paging.paged_document
    import workshop.typesetting.inside.texts.drawn_texts
    import workshop.typesetting.inside.texts.element_texts
    import workshop.typesetting.inside.texts.text_blocks
    import workshop.typesetting.painted_over
    import workshop.typesetting.sheets  # noqa: F401
