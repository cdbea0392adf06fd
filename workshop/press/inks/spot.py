"""Name the brand's colour as an ink of its own, which a print shop mixes or has in a tin.

All colours of a client stand in one table. It becomes one of shares of two inks, the brand's and
black; programs that do not know the ink mix it from red, green and blue. Source: ISO 32000-1,
8.6.6.3 (Indexed), 8.6.6.5 (DeviceN), 7.10.5 (PostScript calculator functions).
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from workshop.typesetting.laid_out import LOOK

_Rgb = Sequence[float]
_STEPS = 255


def name_spot(pdf: Pdf, ink: str) -> None:
    """Have a file's table of colours say how much of `ink`, the brand's, and of black there is."""
    done = set()
    for page in pdf.pages:
        table = page.obj.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
        look = table.get(f"/{LOOK}") if isinstance(table, Dictionary) else None
        if look is not None and look.objgen not in done and look[1] == Name.DeviceRGB:
            done.add(look.objgen)
            colours = bytes(look[3])
            look[1], look[3] = _space(pdf, ink, colours[:3]), String(_shares_of(colours))


def _space(pdf: Pdf, ink: str, brand: bytes) -> Object:
    """Return the colour space of two inks, with what they are in red, green and blue."""
    function = Stream(pdf, _calculator([1 - channel / 255 for channel in brand]))
    function.FunctionType = 4
    function.Domain, function.Range = Array([0, 1, 0, 1]), Array([0, 1, 0, 1, 0, 1])
    inks = Array([Name(f"/{ink}"), Name.Black])
    return Array([Name.DeviceN, inks, Name.DeviceRGB, pdf.make_indirect(function)])


def _calculator(lacks: Sequence[float]) -> bytes:
    """Return the program for a share of the ink and one of black.

    `lacks` say how much of red, green and blue the ink takes away.
    """
    first, second, third = (f"{value:.4f} mul 1 exch sub" for value in lacks)
    program = f"""1 exch sub exch
        dup {first} 2 index mul 3 1 roll
        dup {second} 2 index mul 3 1 roll
        {third} mul"""
    return b"{ %b }" % " ".join(program.split()).encode()


def _shares_of(colours: bytes) -> bytes:
    """Return for each colour of a table its shares of the ink and of black, a byte each.

    The first colour is the brand's.
    """
    rows = [[channel / 255 for channel in colours[at : at + 3]] for at in range(0, len(colours), 3)]
    shares = (share for row in rows for share in _shares(row, rows[0]))
    return bytes(round(share * 255) for share in shares)


def _shares(colour: _Rgb, brand: _Rgb) -> tuple[float, float]:
    """Return the shares of the ink and of black that come nearest to a colour."""
    lacks = [1 - channel for channel in brand]
    weight = sum(lack * lack for lack in lacks)
    best, least = (0.0, 0.0), float("inf")
    for step in range(_STEPS + 1):
        light = 1 - step / _STEPS
        # The share of the ink with the least squares, for so much black.
        share = 0.0
        if light and weight:
            pairs = zip(lacks, colour, strict=True)
            share = sum(lack * (light - own) for lack, own in pairs) / (light * weight)
        share = min(1, max(0, share))
        mixed = (light * (1 - share * lack) for lack in lacks)
        apart = sum((own - other) ** 2 for own, other in zip(mixed, colour, strict=True))
        if apart < least - 1e-9:
            best, least = (share, step / _STEPS), apart
    return best
