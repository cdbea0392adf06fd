"""Style sheets into what WeasyPrint makes of them, each read once in a process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from workshop.composing.pages.render_job import Stylesheet
from workshop.diagnostics import Diagnostic
from workshop.typesetting.complaints import Complaints

# A sheet that reads files or defines fonts belongs to one layout.
_OUTWARD = re.compile(r"@(?:import|font-face|color-profile)", re.IGNORECASE)


def parsed(
    stylesheets: Sequence[Stylesheet], fetcher: Any, fonts: Any, complaints: Complaints
) -> Iterator[Any]:
    """Yield each sheet for WeasyPrint; `complaints` gets what is wrong in them."""
    for sheet in stylesheets:
        if _OUTWARD.search(sheet.css):
            with complaints.about(sheet):
                css = _parse(sheet, fetcher, fonts)
        else:
            css, found = _parse_by_itself(sheet)
            complaints.found += found
        yield css


@lru_cache(maxsize=64)
def _parse_by_itself(sheet: Stylesheet) -> tuple[Any, tuple[Diagnostic, ...]]:
    # All parts of a document have the same sheets.
    complaints = Complaints()
    with complaints.listening(), complaints.about(sheet):
        css = _parse(sheet, None, None)
    return css, tuple(complaints.found)


def _parse(sheet: Stylesheet, fetcher: Any, fonts: Any) -> Any:
    import weasyprint

    address = sheet.path.as_uri()
    return weasyprint.CSS(
        string=sheet.css, base_url=address, url_fetcher=fetcher, font_config=fonts
    )
