"""Parse style sheets for WeasyPrint, each once for all parts that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from workshop.composing.pages.render_job import Stylesheet
from workshop.diagnostics import Diagnostic
from workshop.keeping.memory import Memory
from workshop.typesetting.complaints import Complaints

# A sheet that reads files or defines fonts belongs to one layout.
_OUTWARD = re.compile(r"@(?:import|font-face|color-profile)", re.IGNORECASE)


def parsed(
    stylesheets: Sequence[Stylesheet],
    fetcher: Any,
    fonts: Any,
    complaints: Complaints,
    memory: Memory,
) -> Iterator[Any]:
    """Yield each sheet as WeasyPrint takes it; faults in the sheets are added to `complaints`."""
    for sheet in stylesheets:
        if _OUTWARD.search(sheet.css):
            with complaints.about(sheet):
                css = _parse(sheet, fetcher, fonts)
        else:
            # All parts of a document have the same sheets.
            css, diagnostics = memory.engine_sheets.get_or_make(
                sheet, partial(_parse_by_itself, sheet)
            )
            complaints.diagnostics += diagnostics
        yield css


def _parse_by_itself(sheet: Stylesheet) -> tuple[Any, tuple[Diagnostic, ...]]:
    complaints = Complaints()
    with complaints.listening(), complaints.about(sheet):
        css = _parse(sheet, None, None)
    return css, tuple(complaints.diagnostics)


def _parse(sheet: Stylesheet, fetcher: Any, fonts: Any) -> Any:
    import weasyprint

    address = sheet.path.as_uri()
    return weasyprint.CSS(
        string=sheet.css, base_url=address, url_fetcher=fetcher, font_config=fonts
    )
