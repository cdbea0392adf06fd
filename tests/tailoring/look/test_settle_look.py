"""The look a client's file asks for, and what is told where it cannot be had."""

from __future__ import annotations

import pytest

from tests.tailoring.conftest import Small

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def test_the_programmes_own_look_where_the_client_sets_none(small: Small) -> None:
    tailored = small.load()
    assert tailored.palette.accent == "#0f4c5c"
    assert (tailored.typefaces.text, tailored.typefaces.headings) == (
        "Source Sans 3",
        "EB Garamond",
    )


def test_the_clients_colour_and_logo(small: Small) -> None:
    small.write("clients/test/assets/marks/logo.svg", SVG)
    tailored = small.load('name: Test\nlogo: marks/logo.svg\ncolours: {brand: "#0b5d4e"}\n')
    assert tailored.palette.accent == "#0b5d4e"
    assert tailored.client.logo == "marks/logo.svg"
    assert tailored.warnings == ()


def test_a_light_brand_is_a_warning_at_its_place(small: Small) -> None:
    [warning] = small.load('name: Test\ncolours:\n  brand: "#f4c400"\n').warnings
    assert (warning.code, warning.location and warning.location.line) == ("brand-too-light", 3)


@pytest.mark.parametrize(
    ("asset", "logo", "fault"),
    [
        (None, "logo.svg", "2:7: There is no file “logo.svg” in any assets folder [no-logo] "
         "Put it into clients/test/assets/."),
        ("logo.svg", "lgo.svg", "2:7: There is no file “lgo.svg” in any assets folder [no-logo] "
         "Did you mean “logo.svg”?"),
        ("logo.svg", "../client.yaml", "2:7: There is no file “../client.yaml”"),
        ("logo.svg", "/etc/passwd", "2:7: There is no file “/etc/passwd”"),
        ("logo.svg", "x" * 300, "2:7: There is no file “xxx"),
        ("empty.svg", "empty.svg", "2:7: The logo "),
    ],
)  # fmt: skip
def test_a_logo_that_is_not_there_or_no_logo(
    small: Small, asset: str | None, logo: str, fault: str
) -> None:
    if asset:
        small.write(f"clients/test/assets/{asset}", "" if asset == "empty.svg" else SVG)
    [text] = small.faults(f"name: Test\nlogo: {logo}\n")
    assert text.startswith(fault)
