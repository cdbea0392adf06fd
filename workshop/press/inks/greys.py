"""Turn all colours of a kit's files into greys, for a copier that charges for colour.

The pages stay as they were laid out; only what sets a colour is rewritten. Source: ISO 32000-1,
8.6 (colour spaces), 8.7 (patterns and shadings), 10.3.2 (from RGB to grey).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfImage, Stream, String

_NUMBER = rb"([+-]?(?:\d+\.?\d*|\.\d+))"
_RGB = re.compile(rb"(?<!\S)%b\s+%b\s+%b\s+(rg|RG)(?!\S)" % ((_NUMBER,) * 3))
_CMYK = re.compile(
    rb"(?<!\S)(?:/DeviceCMYK\s+(?:cs|CS)\s+)?%b\s+%b\s+%b\s+%b\s+(k|K|scn|SCN)(?!\S)"
    % ((_NUMBER,) * 4)
)
# WeasyPrint sets colours of other spaces as lightness and two hues.
_LAB = re.compile(
    rb"(?<!\S)/lab-d\d\d\s+(?:cs|CS)\s+%b\s+%b\s+%b\s+(scn|SCN|sc|SC)(?!\S)" % ((_NUMBER,) * 3)
)
_QUALITY = 90  # of photographs, as JPEG has it


@dataclass
class Greys:
    """Turns files grey; what several copies share is turned once."""

    _streams: dict[bytes, bytes] = field(default_factory=dict)
    _pictures: dict[bytes, tuple[bytes, Name]] = field(default_factory=dict)

    def turn(self, pdf: Pdf) -> None:
        """Turn every colour of a file into the grey that is as light."""
        for drawn in _contents(pdf):
            self._turn_content(drawn)
        for entry in pdf.objects:
            if isinstance(entry, Stream) and entry.get("/Subtype") == Name.Image:
                self._turn_picture(entry)
            elif isinstance(entry, Array) and _is_table(entry):
                entry[1], entry[3] = Name.DeviceGray, String(_greys(bytes(entry[3])))
            for inner in _dictionaries(entry):
                _turn_shading(inner)

    def _turn_content(self, drawn: Object) -> None:
        raw = drawn.read_raw_bytes()
        if raw not in self._streams:
            self._streams[raw] = zlib.compress(in_greys(drawn.read_bytes()))
        drawn.write(self._streams[raw], filter=Name.FlateDecode)

    def _turn_picture(self, picture: Stream) -> None:
        if picture.get("/ImageMask") or picture.get("/ColorSpace") == Name.DeviceGray:
            return
        raw = picture.read_raw_bytes()
        if raw not in self._pictures:
            grey = PdfImage(picture).as_pil_image().convert("L")
            if picture.get("/Filter") == Name.DCTDecode:
                jpeg = io.BytesIO()
                grey.save(jpeg, "JPEG", quality=_QUALITY)
                self._pictures[raw] = jpeg.getvalue(), Name.DCTDecode
            else:
                self._pictures[raw] = zlib.compress(grey.tobytes()), Name.FlateDecode
        content, form = self._pictures[raw]
        picture.write(content, filter=form)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        for key in ("/DecodeParms", "/Decode"):
            if key in picture:
                del picture[key]


def in_greys(content: bytes) -> bytes:
    """Return a content stream that sets greys where it set colours."""
    content = _RGB.sub(lambda found: _set(_grey(*_numbers(found, 3)), found[4]), content)
    content = _CMYK.sub(lambda found: _set(_grey_of_ink(*_numbers(found, 4)), found[5]), content)
    return _LAB.sub(lambda found: _set(_grey_of_light(float(found[1])), found[4]), content)


def _contents(pdf: Pdf) -> Iterator[Object]:
    """Yield all content streams: of pages, of forms and of patterns."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        if isinstance(contents, Array):
            yield from contents
        elif contents is not None:
            yield contents
    for entry in pdf.objects:
        if isinstance(entry, Stream) and (
            entry.get("/Subtype") == Name.Form or entry.get("/PatternType") == 1
        ):
            yield entry


def _dictionaries(entry: Object) -> Iterator[Object]:
    """Yield the shadings, groups and resources that an object has or is."""
    if not isinstance(entry, Dictionary | Stream):
        return
    if "/ShadingType" in entry or entry.get("/S") == Name.Transparency:
        yield entry
    resources = entry if "/Shading" in entry else entry.get("/Resources", Dictionary())
    if isinstance(resources, Dictionary):
        shadings = resources.get("/Shading", Dictionary())
        yield from (shadings[key] for key in shadings.keys())  # noqa: SIM118  # a PDF dictionary
    if isinstance(group := entry.get("/Group"), Dictionary):
        yield group


def _turn_shading(entry: Object) -> None:
    """Turn a shading grey, and the space that a group is mixed in."""
    for key in ("/ColorSpace", "/CS"):
        if entry.get(key) == Name.DeviceRGB:
            entry[key] = Name.DeviceGray
            if "/Function" in entry:
                _turn_function(entry.Function)


def _turn_function(function: Object) -> None:
    for one in function if isinstance(function, Array) else [function]:
        for inner in one.get("/Functions", Array()):
            _turn_function(inner)
        for key in ("/C0", "/C1"):
            if key in one and len(one[key]) == 3:
                one[key] = Array([round(_grey(*(float(part) for part in one[key])), 4)])


def _is_table(entry: Array) -> bool:
    return len(entry) == 4 and entry[0] == Name.Indexed and entry[1] == Name.DeviceRGB


def _greys(table: bytes) -> bytes:
    """Return a table of colours, three bytes each, as one of greys."""
    rows = (table[at : at + 3] for at in range(0, len(table) - 2, 3))
    return bytes(round(_grey(*row)) for row in rows)


def _numbers(found: re.Match[bytes], count: int) -> list[float]:
    return [float(number) for number in found.groups()[:count]]


def _grey(red: float, green: float, blue: float) -> float:
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _grey_of_ink(cyan: float, magenta: float, yellow: float, black: float) -> float:
    return 1 - min(1, _grey(cyan, magenta, yellow) + black)


def _grey_of_light(lightness: float) -> float:
    """Return the grey of a lightness from 0 to 100 (CIE 1976)."""
    if lightness <= 8:
        return 12.92 * lightness / 903.3
    return float(1.055 * ((lightness + 16) / 116) ** 1.25 - 0.055)


def _set(grey: float, operator: bytes) -> bytes:
    value = f"{min(1, max(0, grey)):.4f}".rstrip("0").rstrip(".").encode()
    return b"%b %b" % (value, b"g" if operator.islower() else b"G")
