import errno
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from workshop.diagnostics import Diagnostic, Location, Report, Severity
from workshop.tailoring.look.logo import check_logo

PLACE = Location(Path("client.yaml"), 4, 7)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9v9z"/></svg>'


def picture(kind: str, size: tuple[int, int] = (60, 20)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "#0b5d4e").save(stream, kind)
    return stream.getvalue()


def faults(path: Path) -> list[Diagnostic]:
    report = Report()
    check_logo(path, report, PLACE)
    assert all(diagnostic.location == PLACE for diagnostic in report)
    assert all(diagnostic.severity is Severity.ERROR for diagnostic in report)
    return report.diagnostics


def fault(path: Path) -> Diagnostic:
    [diagnostic] = faults(path)
    return diagnostic


def written(folder: Path, data: bytes, name: str = "logo.svg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- ours -->\n" + SVG,
        b"\n  " + SVG,
        b"<svg><g/></svg>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + SVG,
        SVG.decode().encode("utf-16"),
        picture("PNG"),
        picture("JPEG"),
    ],
)
def test_a_sound_logo_has_no_fault(data: bytes, tmp_path: Path) -> None:
    assert faults(written(tmp_path, data)) == []


def test_a_jpeg_with_a_thumbnail_is_judged_by_its_own_end(tmp_path: Path) -> None:
    data = picture("JPEG")
    thumbnail = b"\xff\xe1" + (len(data) + 2).to_bytes(2, "big") + data
    whole = data[:2] + thumbnail + data[2:]
    assert faults(written(tmp_path, whole)) == []
    assert fault(written(tmp_path, whole[:-2])).code == "logo-broken"


def test_a_missing_logo_names_the_nearest_file(tmp_path: Path) -> None:
    written(tmp_path, SVG, "acme.svg")
    diagnostic = fault(tmp_path / "acne.svg")
    assert diagnostic.code == "logo-missing"
    assert diagnostic.message == f"There is no logo file {(tmp_path / 'acne.svg').as_posix()}"
    assert diagnostic.hint == "Did you mean “acme.svg”?"


def test_a_logo_in_a_missing_folder_is_missing(tmp_path: Path) -> None:
    assert fault(tmp_path / "assets" / "logo.svg").code == "logo-missing"


def test_a_folder_is_no_logo(tmp_path: Path) -> None:
    diagnostic = fault(tmp_path)
    assert diagnostic.code == "logo-folder"
    assert diagnostic.message.endswith("is a folder, not a file")


def test_an_empty_logo(tmp_path: Path) -> None:
    diagnostic = fault(written(tmp_path, b""))
    assert diagnostic.code == "logo-empty"
    assert diagnostic.message.endswith("is empty (0 bytes)")


def test_a_logo_over_the_limit_says_its_size(tmp_path: Path) -> None:
    padding = b" " * (5_000_000 - len(SVG))
    assert faults(written(tmp_path, SVG + padding)) == []
    diagnostic = fault(written(tmp_path, SVG + padding + b" "))
    assert diagnostic.code == "logo-too-large"
    assert diagnostic.message.endswith("has 5.1 MB; a logo may have at most 5 MB")


def test_an_unreadable_logo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SVG)

    def refuse(_: Path, _flags: int) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("workshop.user_files.os.open", refuse)
    diagnostic = fault(path)
    assert diagnostic.code == "logo-unreadable"
    assert diagnostic.message.endswith("cannot be read: its owner does not let you read it")


@pytest.mark.parametrize("name", ["x" * 300 + ".svg", "a\0b.svg"])
def test_a_name_the_disk_refuses_is_a_fault(name: str, tmp_path: Path) -> None:
    assert fault(tmp_path / name).code in {"logo-unreadable", "logo-missing"}


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"GIF89a\x01", b"RIFF\0\0\0\0WEBP", b"\x1f\x8b\x08", b"logo", b"\0"]
)
def test_another_kind_is_told_by_its_content(data: bytes, tmp_path: Path) -> None:
    diagnostic = fault(written(tmp_path, data, "logo.png"))
    assert diagnostic.code == "logo-kind"
    assert diagnostic.message.endswith("is not an SVG, PNG or JPEG file")
    assert "changing the file's ending is not enough" in str(diagnostic.hint)


@pytest.mark.parametrize(("kind", "signature"), [("PNG", 8), ("JPEG", 3)])
def test_a_picture_that_breaks_off_anywhere_is_broken(
    kind: str, signature: int, tmp_path: Path
) -> None:
    data = picture(kind)
    for length in range(signature, len(data)):
        diagnostic = fault(written(tmp_path, data[:length]))
        assert diagnostic.code == "logo-broken", length
        assert f"is a {kind} file that breaks off" in diagnostic.message


@pytest.mark.parametrize(
    "data",
    [
        b"<svg>",
        b"<svg><g></svg>",
        b"\n<?xml version='1.0'?><svg/>",
        b"<svg/><svg/>",
        b"<svg>&nbsp;</svg>",
        b"<!doctype html><p>",
    ]
    + [b'<?xml version="1.0" encoding="%s"?><svg/>' % name for name in (b"none", b"shift_jis")]
    + [b"<svg>\xff</svg>", b"<svg>\0</svg>", b"<" * 100, b"<g>" * 100_000],
)
def test_an_svg_that_is_not_well_formed(data: bytes, tmp_path: Path) -> None:
    diagnostic = fault(written(tmp_path, data))
    assert diagnostic.code == "logo-svg-malformed"
    assert "is not well-formed SVG: " in diagnostic.message


def test_the_place_in_a_malformed_svg_is_named(tmp_path: Path) -> None:
    assert "line 2, column 2" in fault(written(tmp_path, b"<svg>\n</g></svg>")).message


def test_xml_of_another_kind_is_not_svg(tmp_path: Path) -> None:
    diagnostic = fault(written(tmp_path, b"<html><svg/></html>"))
    assert diagnostic.code == "logo-svg-root"
    assert diagnostic.message.endswith("it begins with <html>, not <svg>")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g><SCRIPT href='x.js'/></g>",
        "<rect onclick='go()'/>",
        "<a href=' JavaScript:go()'/>",
    ],
)
def test_a_script_is_refused(inside: str, tmp_path: Path) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
    diagnostic = fault(written(tmp_path, svg))
    assert diagnostic.code == "logo-svg-script"
    assert diagnostic.message.endswith("contains a script, which is not allowed in a logo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_bomb_of_entities_is_refused_unread(encoding: str, tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{levels}]><svg>&e19;</svg>'
    assert fault(written(tmp_path, bomb.encode(encoding))).code == "logo-svg-entities"


def test_deep_nesting_is_read_without_recursion(tmp_path: Path) -> None:
    deep = b"<svg>" + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>"
    assert faults(written(tmp_path, deep)) == []


@given(
    start=st.sampled_from([b"", b"<", b"<svg", picture("PNG")[:30], picture("JPEG")[:150]]),
    rest=st.binary(max_size=200),
)
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_at_most_one_fault_and_no_traceback(
    start: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.getbasetemp(), start + rest, "any")
    assert len(faults(path)) <= 1
