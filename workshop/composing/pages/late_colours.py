"""Stand in for a client's colours while parts are laid out; copies are stamped with the colours.

No colour moves a word. So parts are composed and laid out in stand-ins, which are the same for all
clients, and a finished document looks up in one table what each of them is.
"""

from __future__ import annotations

import re
from dataclasses import astuple, fields, replace

from workshop.composing.pages.render_job import RenderJob, Stylesheet
from workshop.tailoring.look.brand import Palette


def stand_in(number: int) -> str:
    """Return a colour that nobody is likely to choose, another one for each number up to 255."""
    return f"#{number:02x}90f{number % 16:x}"


STAND_INS = Palette(
    **{field.name: stand_in(number) for number, field in enumerate(fields(Palette), 1)}
)
# In the address of a drawing, the sign before the digits is written otherwise.
_DIGITS = tuple(colour.lstrip("#") for colour in astuple(STAND_INS))
_STAND_IN = re.compile("|".join(_DIGITS))


def in_own_colours(job: RenderJob, palette: Palette) -> RenderJob:
    """Return a job that is laid out in the colours of one client, for this client alone."""
    sheets = (Stylesheet(sheet.path, _exchanged(sheet.css, palette)) for sheet in job.stylesheets)
    return replace(job, html=_exchanged(job.html, palette), stylesheets=tuple(sheets))


def in_own_words(text: str, palette: Palette) -> str:
    """Return the text of a slot with the colours of one client where it tells some."""
    return _exchanged(text, palette) if prints_stand_in(text) else text


def prints_stand_in(text: str) -> bool:
    """Tell whether a text, such as that of a page, tells the digits of a stand-in."""
    return bool(_STAND_IN.search(text))


def table_of(palette: Palette) -> bytes:
    """Return red, green and blue of each colour, in the order of the palette's fields."""
    return bytes.fromhex("".join(colour.lstrip("#") for colour in astuple(palette)))


def _exchanged(text: str, palette: Palette) -> str:
    colours = (colour.lstrip("#") for colour in astuple(palette))
    own = dict(zip(_DIGITS, colours, strict=True))
    return _STAND_IN.sub(lambda match: own[match[0]], text)
