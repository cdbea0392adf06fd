"""A font file that is damaged, or no font, is told before anything is set in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rendercv_fonts
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from tests.tailoring.look.font_maker import BASIC, font, made_font, table_changed
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.tailoring.look import own_fonts
from workshop.tailoring.look.own_fonts import OwnFont, look_at_font, read_own_font
from workshop.tailoring.look.typefaces import choose_typefaces

PLACE = Location(Path("client.yaml"), 2, 15)
SOUND = made_font("House")


def told(folder: Path, family: str = "House") -> list[str]:
    report = Report()
    choose_typefaces((family, PLACE), (family, PLACE), (folder,), report)
    faults = [fault for fault in report if fault.code != "font-styles"]
    return [
        f"{fault.severity.value} {fault.location and fault.location.path.name}: {fault.message}"
        for fault in faults
    ]


def test_a_sound_font_is_used_without_a_word(tmp_path: Path) -> None:
    font(tmp_path / "house.ttf", "House")
    assert told(tmp_path) == []


@pytest.mark.parametrize("suffix", [".ttc", ".woff2", ".WOFF"])
def test_a_font_of_another_kind_is_told(tmp_path: Path, suffix: str) -> None:
    font(tmp_path / "house.ttf", "House")
    (tmp_path / f"house{suffix}").write_bytes(b"wOF2")
    kind = suffix.lower()
    assert told(tmp_path) == [
        f"warning house{suffix}: This font file is not used: fonts of the kind {kind} are not read"
    ]


@pytest.mark.parametrize(
    "path", [path for family in ("Lato", "EB Garamond", "XCharter", "Mukta", "Fontin")
             for path in sorted(Path(rendercv_fonts.path_of[family]).rglob("*.[ot]tf"))[:4]],
    ids=lambda path: path.stem,
)  # fmt: skip
def test_fonts_of_the_world_are_sound(path: Path) -> None:
    seen = look_at_font(path.read_bytes())
    assert (seen.fault, seen.letters_fault, seen.absent) == ("", "", ())
    assert seen.may_be_embedded


def blank(letters: str) -> Any:
    def change(made: TTFont) -> None:
        for letter in letters:
            made["glyf"][f"l{ord(letter):x}"] = TTGlyphPen(None).glyph()

    return change


def line_only(made: TTFont) -> None:
    pen = TTGlyphPen(made.getGlyphSet())
    pen.moveTo((0, 0))
    pen.lineTo((0, 700))
    pen.closePath()
    made["glyf"]["l65"] = pen.glyph()


def in_a_ring(made: TTFont) -> None:
    for name, other in (("l61", "l65"), ("l65", "l61")):
        pen = TTGlyphPen(made.getGlyphSet())
        pen.addComponent(other, (1, 0, 0, 1, 0, 0))
        ring = made["glyf"][name] = pen.glyph()
        ring.xMin, ring.yMin, ring.xMax, ring.yMax = 0, 0, 500, 500
    made.recalcBBoxes = False


def widths_of(width: int) -> Any:
    def change(made: TTFont) -> None:
        made["hmtx"].metrics = dict.fromkeys(made["hmtx"].metrics, (width, 0))

    return change


def lines_of(ascent: int, descent: int) -> Any:
    def change(made: TTFont) -> None:
        made["hhea"].ascent, made["hhea"].descent = ascent, descent
        made["OS/2"].sTypoAscender, made["OS/2"].sTypoDescender = ascent, descent

    return change


DAMAGED = {
    "letters without shapes": made_font("House", change=blank(BASIC[:60])),
    "one letter without a shape": made_font("House", change=blank("e")),
    "a letter that is a line": made_font("House", change=line_only),
    "a letter made of itself": made_font("House", change=in_a_ring),
    "shapes lost": table_changed(SOUND, "loca", lambda data: bytes(len(data))),
    "shapes out of the file": table_changed(SOUND, "loca", lambda data: data[::-1]),
    "outlines lost": table_changed(SOUND, "glyf", lambda data: bytes(len(data))),
    "an index of nothing": table_changed(SOUND, "cmap", lambda data: bytes(len(data))),
    "no em": table_changed(SOUND, "head", lambda data: data[:18] + b"\0\0" + data[20:]),
    "an em of one": table_changed(SOUND, "head", lambda data: data[:18] + b"\0\1" + data[20:]),
    "tiny letters": table_changed(SOUND, "head", lambda data: data[:18] + b"\x40\0" + data[20:]),
    "a head of nothing": table_changed(SOUND, "head", lambda data: bytes(len(data))),
    "glyphs uncounted": table_changed(SOUND, "maxp", lambda data: bytes(len(data))),
    "names of glyphs lost": table_changed(SOUND, "post", lambda data: bytes(len(data))),
    "no widths": made_font("House", change=widths_of(0)),
    "far too wide": made_font("House", change=widths_of(9000)),
    "lines too high": made_font("House", change=lines_of(32000, -32000)),
    "lines of no height": made_font("House", change=lines_of(0, 0)),
    "letters taken away": made_font("House", features="feature liga { sub l61 by NULL; } liga;"),
    "letters far away": made_font("House", features="feature kern { pos l61 <0 9999 0 0>; } kern;"),
    "letters on each other": made_font("House", features="feature kern { pos l61 -480; } kern;"),
    "words swallowed": made_font(
        "House", features="feature liga { sub l66 l6f l78 by l61; sub l62 l72 l6f l77 l6e by l61; "
                          "} liga;"
    ),
    "its end cut off": SOUND[:-400],
    "nothing but a beginning": SOUND[:40],
}  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_font_is_told_and_never_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "house.ttf").write_bytes(content)
    [fault, *errors] = told(tmp_path)
    assert fault.startswith("warning house.ttf: This font file is not used: it is damaged: ")
    assert len(errors) == 2
    assert all(error.startswith("error client.yaml: ") and "House" in error for error in errors)
    report = Report()
    assert choose_typefaces(("House", PLACE), (None, PLACE), (tmp_path,), report).own == ()


def test_letters_for_ever_are_told() -> None:
    grows = "\n".join(
        f"lookup L{n} {{ sub l61 by l61 l61 l61 l61 l61 l61 l61 l61; }} L{n};" for n in range(8)
    )
    called = " ".join(f"lookup L{n};" for n in range(8))
    content = made_font("House", features=f"{grows} feature ccmp {{ {called} }} ccmp;")
    assert look_at_font(content).letters_fault.startswith("it is damaged")


@pytest.mark.parametrize("name", ["head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf"])
def test_what_lacks_a_part_says_which(name: str) -> None:
    content = SOUND.replace(name.encode(), b"junk", 1)
    assert look_at_font(content).fault == f"it is damaged: its part “{name}” is missing"


def test_other_kinds_of_files_are_called_what_they_are(tmp_path: Path) -> None:
    collection = TTCollection()
    path = font(tmp_path / "one.ttf", "House")
    collection.fonts = [TTFont(path), TTFont(path)]
    collection.save(tmp_path / "all.ttf")
    web = TTFont(path)
    web.flavor = "woff"
    web.save(tmp_path / "web.otf")
    (tmp_path / "page.ttf").write_text("<!DOCTYPE html>")
    assert told(tmp_path) == [
        "warning all.ttf: This font file is not used: it is a collection of several fonts in one "
        "file (TTC)",
        "warning page.ttf: This font file is not used: it is a web page",
        "warning web.otf: This font file is not used: it is a font for web pages (WOFF), whatever "
        "its name ends with",
    ]


def test_icons_need_no_letters_unless_texts_are_set_in_them(tmp_path: Path) -> None:
    font(tmp_path / "icons.ttf", "Icons", change=blank(BASIC[:50]))
    font(tmp_path / "house.ttf", "House")
    assert told(tmp_path) == []
    assert told(tmp_path, "Icons")


def test_letters_that_a_family_lacks_are_named(tmp_path: Path) -> None:
    font(tmp_path / "capitals.ttf", "House", letters="".join(sorted(set(BASIC) - set("qx"))))
    assert told(tmp_path)[:1] == [
        "warning client.yaml: The font “House” lacks letters, which print in another font: q x"
    ]
    # Another file of the family has them.
    font(tmp_path / "rest.ttf", "House", letters="qx")
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("rights", "is_told"),
    [(0, False), (8, False), (4, False), (2, True), (0x102, True), (0x100, True), (0x200, True)],
)
def test_a_font_that_must_not_be_embedded_is_told(
    tmp_path: Path, rights: int, *, is_told: bool
) -> None:
    font(tmp_path / "house.ttf", "House", fsType=rights)
    message = "The maker of the font “House” does not allow it to be put into PDFs"
    assert told(tmp_path) == ([f"warning house.ttf: {message}"] * 2 if is_told else [])


@pytest.mark.parametrize("name", ["House, serif", 'House "Text"', "House\\", "House\nText"])
def test_a_family_that_no_style_sheet_can_name_is_an_error(tmp_path: Path, name: str) -> None:
    font(tmp_path / "house.ttf", name)
    faults = told(tmp_path, name)
    assert len(faults) == 2
    assert all("cannot be asked for: its name has a" in fault for fault in faults)


def test_a_clients_font_is_used_instead_of_the_programs_of_that_name(tmp_path: Path) -> None:
    font(tmp_path / "lato.ttf", "Lato")
    report = Report()
    typefaces = choose_typefaces(("Lato", PLACE), (None, PLACE), (tmp_path,), report)
    assert "Lato" not in typefaces.shipped
    assert [fault.code for fault in report] == ["font-styles", "font-styles"]


def test_a_font_with_the_name_of_the_one_for_other_scripts_is_told(tmp_path: Path) -> None:
    font(tmp_path / "noto.ttf", "Noto Sans")
    assert told(tmp_path, "Noto Sans")[0].startswith("warning noto.ttf: “Noto Sans” comes with")


def test_a_font_file_is_read_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def look(content: bytes) -> OwnFont:
        looks.append(len(content))
        return look_at_font(content)

    monkeypatch.setattr(own_fonts, "look_at_font", look)
    memory, path = Memory(), font(tmp_path / "house.ttf", "House")
    assert read_own_font(path, memory) == read_own_font(path, memory)
    assert len(looks) == 1
    font(path, "House", letters=BASIC + "ß")
    read_own_font(path, memory)
    assert len(looks) == 2


def test_nothing_is_written_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    content = table_changed(SOUND, "OS/2", lambda data: bytes(len(data)))
    (tmp_path / "house.ttf").write_bytes(content)
    (tmp_path / "rest.ttf").write_bytes(DAMAGED["names of glyphs lost"])
    script = (
        "import sys; from pathlib import Path; from workshop.keeping.memory import Memory\n"
        "from workshop.tailoring.look.own_fonts import read_own_font\n"
        "for path in Path(sys.argv[1]).iterdir(): read_own_font(path, Memory())\n"
    )
    # The tests’ own process has listeners.
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert capfd.readouterr() == ("", "")
