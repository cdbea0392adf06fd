"""Check a logo file for faults that would keep it from printing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from workshop.diagnostics import Location, Report, display_path, nearest
from workshop.file_errors import why_unread
from workshop.limits import LOGO_FILE, amount
from workshop.user_files import read_file

_SUFFIXES = {".svg", ".png", ".jpg", ".jpeg"}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
# Markers of "start of frame", the segment that holds the size: C0 to CF except DHT, JPG and DAC.
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN = 0xDA

_Fault = tuple[str, str, str]  # code, predicate of the message, hint
_Checker = Callable[[bytes], _Fault | None]


def check_logo(path: Path, report: Report, location: Location | None) -> None:
    """Report the faults of the logo at `path`, which must be an SVG, PNG or JPEG of at most 5 MB.

    The content decides which kind of file it is, not the file's name. `location` is where the
    client file names the logo.
    """
    try:
        data = _content(path, report, location)
    except OSError as error:
        reason, cure = why_unread(error)
        message = f"The logo {display_path(path)} cannot be read: {reason}"
        report.error("logo-unreadable", message, location, cure)
        return
    if data is None:
        return
    checker = _checker(data)
    if checker is None:
        report.error(
            "logo-kind",
            f"The logo {display_path(path)} is not an SVG, PNG or JPEG file",
            location,
            "Export it as SVG (sharpest in print), PNG or JPEG; "
            "changing the file's ending is not enough.",
        )
    elif fault := checker(data):
        code, predicate, hint = fault
        report.error(code, f"The logo {display_path(path)} {predicate}", location, hint)


def _content(path: Path, report: Report, location: Location | None) -> bytes | None:
    """Read the file; report why and return None if it is missing, empty or too large."""
    shown = display_path(path)
    if path.is_dir():
        report.error("logo-folder", f"The logo {shown} is a folder, not a file", location)
        return None
    if not path.exists():
        logos = (file.name for file in path.parent.glob("*") if file.suffix in _SUFFIXES)
        hint = nearest(path.name, logos)
        report.error("logo-missing", f"There is no logo file {shown}", location, hint)
        return None
    size = path.stat().st_size
    if size > LOGO_FILE.most:
        report.error(
            "logo-too-large",
            f"The logo {shown} has {amount(size)}; a logo may have at most {LOGO_FILE}",
            location,
            "Export it as SVG, or as PNG about 2,000 pixels wide.",
        )
        return None
    content = read_file(path, LOGO_FILE)
    if not content:
        report.error("logo-empty", f"The logo {shown} is empty (0 bytes)", location)
        return None
    return content


def _checker(data: bytes) -> _Checker | None:
    if data.startswith(_PNG):
        return _png_fault
    if data.startswith(_JPEG):
        return _jpeg_fault
    # Without its zero bytes, mark-up in UTF-16 reads like ASCII.
    start = data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    return _svg_fault if start.startswith(b"<") else None


def _png_fault(data: bytes) -> _Fault | None:
    """Find a PNG that lacks its header chunk or its end (PNG 3rd edition, 11.2)."""
    if data[12:16] == b"IHDR" and data[16:20].strip(b"\0") and _PNG_END in data:
        return None
    return _broken_file_fault("PNG")


def _jpeg_fault(data: bytes) -> _Fault | None:
    """Find a JPEG that breaks off before its frame header or its end (ITU-T T.81, B.1.1)."""
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _JPEG_FRAMES:
            # A thumbnail in the metadata has an end marker too, but before the picture's frame.
            return None if data.find(_JPEG_END, position) >= 0 else _broken_file_fault("JPEG")
        if marker == _JPEG_SCAN:
            break
        is_fill = marker == 0xFF
        position += 1 if is_fill else 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return _broken_file_fault("JPEG")


def _broken_file_fault(kind: str) -> _Fault:
    return (
        "logo-broken",
        f"is a {kind} file that breaks off or is damaged",
        "Copy or export it again, and see that it opens on your own screen.",
    )


def _svg_fault(data: bytes) -> _Fault | None:
    plain = "Export it as plain SVG (in Inkscape: “Plain SVG”)."
    # Entities that are defined by other entities, ten times each, let a small file fill the memory.
    if b"<!ENTITY" in data.replace(b"\0", b""):
        return "logo-svg-entities", "declares XML entities, which are not allowed in a logo", plain
    try:
        root = ET.fromstring(data)  # noqa: S314 - nothing to expand without entities
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two: odd encodings
        return "logo-svg-malformed", f"is not well-formed SVG: {error}", plain
    if _local_name(root.tag) != "svg":
        tag = _local_name(root.tag)[:40]
        return "logo-svg-root", f"is XML but not SVG: it begins with <{tag}>, not <svg>", plain
    if any(_is_scripted(element) for element in root.iter()):
        return "logo-svg-script", "contains a script, which is not allowed in a logo", plain
    return None


def _is_scripted(element: ET.Element) -> bool:
    if _local_name(element.tag).lower() == "script":
        return True
    return any(
        _local_name(name).lower().startswith("on")
        or value.strip().lower().startswith("javascript:")
        for name, value in element.attrib.items()
    )


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]
