import colorsys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workshop.diagnostics import Location, Report, Severity
from workshop.tailoring.look.brand import DEFAULT_BRAND, Palette, contrast, palette

EVERY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def derived(brand: str) -> Palette:
    colours = palette(brand, Report(), None)
    assert colours is not None
    return colours


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100, from the contrast with black."""
    luminance = contrast(colour, "#000000") * 0.05 - 0.05
    return float(116 * luminance ** (1 / 3) - 16)


def chroma(colour: str) -> int:
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return max(channels) - min(channels)


def hue(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)[0] * 360


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#0b5d4e", "#0b5d4e", 1.0),
        ("#777777", "#ffffff", 4.478),  # the grey known to miss AA by a hair
        ("#767676", "#ffffff", 4.542),
        ("#ff0000", "#ffffff", 3.998),
    ],
)
def test_contrast_of_known_pairs(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.001)


@pytest.mark.slow
@given(EVERY_COLOUR)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
@example("#0000ff")
@example("#767676")
@example("#777777")
@settings(deadline=None, max_examples=300)
def test_promised_contrasts_hold_for_every_colour(brand: str) -> None:
    colours = derived(brand)
    for paper in ("#ffffff", colours.tint):
        assert contrast(colours.accent_text, paper) >= 4.5
        assert contrast(colours.muted, paper) >= 4.5
        assert contrast(colours.rule, paper) >= 3
    for paper in ("#ffffff", colours.tint, colours.tint_strong):
        assert contrast(colours.ink, paper) >= 7
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.slow
@given(EVERY_COLOUR)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
@example("#fffffe")
@settings(deadline=None, max_examples=300)
def test_washes_are_told_apart_in_grey(brand: str) -> None:
    colours = derived(brand)
    assert lightness("#ffffff") - lightness(colours.tint) >= 1.5
    assert lightness(colours.tint) - lightness(colours.tint_strong) >= 3


@pytest.mark.slow
@given(EVERY_COLOUR)
@example("#ffff00")
@example("#ff8800")
@settings(deadline=None, max_examples=300)
def test_accent_text_keeps_the_hue(brand: str) -> None:
    colours = derived(brand)
    assert colours.accent == brand
    if chroma(colours.accent_text) >= 30:  # below, rounding alone turns the hue
        turned = abs(hue(colours.accent_text) - hue(brand))
        assert min(turned, 360 - turned) <= 3


@given(EVERY_COLOUR)
@settings(deadline=None, max_examples=200)
@pytest.mark.slow
def test_accent_text_is_darkened_just_enough(brand: str) -> None:
    colours = derived(brand)
    if colours.accent_text != colours.accent:
        assert contrast(colours.accent_text, colours.tint) < 4.65


def test_a_brand_that_carries_text_is_used_as_it_is() -> None:
    report = Report()
    colours = palette("#0B5D4E", report, None)
    assert colours is not None
    assert colours.accent == colours.accent_text == "#0b5d4e"
    assert colours.on_accent == "#ffffff"
    assert list(report) == []


def test_a_contrast_missed_by_a_hair_is_not_rounded_up() -> None:
    report = Report()
    palette("#e62800", report, None)
    assert "its contrast on white paper is 4.49:1" in report.warnings[0].message


def test_three_digits_are_doubled() -> None:
    assert derived("#aBc") == derived("#aabbcc")


def test_the_default_brand_needs_no_warning() -> None:
    report = Report()
    assert palette(DEFAULT_BRAND, report, None) is not None
    assert list(report) == []


def test_a_light_brand_is_kept_for_fills_and_reported() -> None:
    report = Report()
    colours = palette("#ffcc00", report, None)
    assert colours is not None
    assert colours.accent == "#ffcc00"
    assert contrast(colours.on_accent, "#000000") < 1.5
    [warning] = report.warnings
    assert report.errors == []
    assert warning.code == "brand-too-light"
    assert warning.message == (
        "The brand colour #ffcc00 is too light for text: its contrast on white paper is 1.51:1, "
        "and text needs 4.5:1 (WCAG 2.2 AA)"
    )
    assert warning.hint == (
        f"Headings use {colours.accent_text} instead; filled areas keep #ffcc00."
    )


def test_a_brand_that_fails_only_on_its_tint_is_reported_too() -> None:
    report = Report()
    colours = palette("#767676", report, None)
    assert colours is not None
    assert colours.accent_text != "#767676"
    [warning] = report.warnings
    assert f"on its own tint {colours.tint} is 4.1" in warning.message


@pytest.mark.parametrize(
    "brand",
    [
        *("", "#", "#12", "#1234", "#12345", "#1234567", "#12345678"),
        *("0b5d4e", "teal", "#ggg", "#0b5d4e ", "#０b5d4e", "rgb(1,2,3)"),
    ],
)
def test_a_malformed_colour_is_an_error(brand: str) -> None:
    report = Report()
    place = Location(Path("client.yaml"), 3, 9)
    assert palette(brand, report, place) is None
    [fault] = report
    assert (fault.code, fault.severity, fault.location) == (
        "brand-malformed",
        Severity.ERROR,
        place,
    )
    assert f"“{brand}” is not a colour" == fault.message
    assert fault.hint is not None
    assert fault.hint.startswith('Write it like "#0b5d4e"')


def test_a_malformed_colour_is_shown_short_and_harmless() -> None:
    report = Report()
    assert palette("#0b5d4e\n", report, None) is None
    assert palette("\x1b" * 1000, report, None) is None
    line_break, long = report
    assert line_break.message == "“#0b5d4e\ufffd” is not a colour"
    assert "\x1b" not in long.message
    assert len(long.message) < 80
