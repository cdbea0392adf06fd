"""Turn all colours of a kit's files into greys, for a copier that charges for colour.

The pages stay as they were laid out; only what sets a colour is rewritten. Source: ISO 32000-1,
8.6 (colour spaces), 8.7 (patterns and shadings), 10.3.2 (from RGB to grey).
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

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
# So many contents of pages and pictures are remembered: those of the longest kit, some times over.
_MOST_REMEMBERED = 1000
# What says how the bytes of a picture are read.
_READ_BY = (
    *("/Width", "/Height", "/ColorSpace", "/BitsPerComponent"),
    *("/Filter", "/DecodeParms", "/Decode"),
)


@dataclass
class Greys:
    """Turns files grey; pages and pictures that several copies share are turned once."""

    _turned: dict[bytes, tuple[bytes, Name]] = field(default_factory=dict)

    def turn(self, pdf: Pdf) -> None:
        """Turn every colour of a file into the grey that is as light."""
        for content in _page_contents(pdf):
            raw = content.read_raw_bytes()
            data, form = self._once(hashlib.sha256(raw).digest(), partial(_turned, content))
            content.write(data, filter=form)
        # Boxes for names are others in each copy.
        for drawn in _forms(pdf):
            data, form = _turned(drawn)
            drawn.write(data, filter=form)
        for entry in pdf.objects:
            if isinstance(entry, Stream) and entry.get("/Subtype") == Name.Image:
                self._turn_picture(entry)
            elif isinstance(entry, Array) and _is_table(entry):
                entry[1], entry[3] = Name.DeviceGray, String(_greys(bytes(entry[3])))
            for inner in _dictionaries(entry):
                _turn_shading(inner)

    def _turn_picture(self, picture: Stream) -> None:
        if picture.get("/ImageMask") or picture.get("/ColorSpace") == Name.DeviceGray:
            return
        content, form = self._once(_digest_of(picture), partial(_turned_picture, picture))
        picture.write(content, filter=form)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        for key in ("/DecodeParms", "/Decode"):
            if key in picture:
                del picture[key]

    def _once(self, key: bytes, make: Callable[[], tuple[bytes, Name]]) -> tuple[bytes, Name]:
        if key not in self._turned:
            if len(self._turned) >= _MOST_REMEMBERED:
                del self._turned[next(iter(self._turned))]
            self._turned[key] = make()
        return self._turned[key]


def _turned(drawn: Object) -> tuple[bytes, Name]:
    """Return a content stream in greys, and the filter it is written with."""
    return zlib.compress(in_greys(drawn.read_bytes())), Name.FlateDecode


def _turned_picture(picture: Stream) -> tuple[bytes, Name]:
    """Return a picture in greys, and the filter it is written with."""
    grey = PdfImage(picture).as_pil_image().convert("L")
    if picture.get("/Filter") != Name.DCTDecode:
        return zlib.compress(grey.tobytes()), Name.FlateDecode
    jpeg = io.BytesIO()
    grey.save(jpeg, "JPEG", quality=_QUALITY)
    return jpeg.getvalue(), Name.DCTDecode


def _digest_of(picture: Stream) -> bytes:
    """Return the digest of a picture's bytes, and of what says how to read them."""
    digest = hashlib.sha256(picture.read_raw_bytes())
    for key in _READ_BY:
        digest.update(b"%b %b " % (key.encode(), _spell_out(picture.get(key))))
    return digest.digest()


def _spell_out(value: object) -> bytes:
    """Return a value of a PDF as bytes that are the same in each file."""
    if isinstance(value, Stream):
        return hashlib.sha256(value.read_raw_bytes()).digest()
    if isinstance(value, Array):
        return b"[%b]" % b" ".join(map(_spell_out, value))
    return value.unparse(resolved=True) if isinstance(value, Object) else repr(value).encode()


def in_greys(content: bytes) -> bytes:
    """Return a content stream that sets greys where it set colours."""
    content = _RGB.sub(lambda step: _set(_grey(*_numbers(step, 3)), step[4]), content)
    content = _CMYK.sub(lambda step: _set(_grey_of_ink(*_numbers(step, 4)), step[5]), content)
    return _LAB.sub(lambda step: _set(_grey_of_light(float(step[1])), step[4]), content)


def _page_contents(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        if isinstance(contents, Array):
            yield from contents
        elif contents is not None:
            yield contents


def _forms(pdf: Pdf) -> Iterator[Object]:
    """Yield the content streams of forms and of patterns."""
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
    if entry.get("/PatternType") == 2:
        yield entry.Shading
        return
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
    for piece in function if isinstance(function, Array) else [function]:
        for inner in piece.get("/Functions", Array()):
            _turn_function(inner)
        for key in ("/C0", "/C1"):
            if key in piece and len(piece[key]) == 3:
                piece[key] = Array([round(_grey(*(float(part) for part in piece[key])), 4)])


def _is_table(entry: Array) -> bool:
    return len(entry) == 4 and entry[0] == Name.Indexed and entry[1] == Name.DeviceRGB


def _greys(table: bytes) -> bytes:
    """Return a table of colours, three bytes each, as one of greys."""
    rows = (table[at : at + 3] for at in range(0, len(table) - 2, 3))
    return bytes(round(_grey(*row)) for row in rows)


def _numbers(step: re.Match[bytes], count: int) -> list[float]:
    return [float(number) for number in step.groups()[:count]]


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
