"""Name tents: folded along the middle, both faces stand the right way up and say who sits there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from tests.conftest import Kits


def drawn(path: Path, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        image: Image.Image = pdf[number].render(scale=1).to_pil().convert("L")
    # An even number of rows, so that the fold lies between two of them.
    return image.crop((0, 0, image.width, image.height // 2 * 2))


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return which part of the pixels is plainly lighter or darker."""
    different = ImageChops.difference(one, other).point(lambda level: level > 128 and 255)
    return float(different.histogram()[255] / (one.width * one.height))


def faces(path: Path, number: int) -> tuple[Image.Image, Image.Image]:
    """Return the upper face as it stands once it is folded back, and the lower one."""
    page = drawn(path, number)
    middle = page.height // 2
    upper = page.crop((0, 0, page.width, middle)).rotate(180)
    return upper, page.crop((0, middle, page.width, page.height))


def test_the_upper_face_is_the_lower_one_turned(kits: Kits) -> None:
    for path, _ in kits.files("name-tents"):
        upper, lower = faces(path, 0)
        assert differing(upper, lower) < 0.0005, path
        # As it is printed, it stands on its head.
        assert differing(upper.rotate(180), lower) > 0.002, path


def test_everybody_has_a_tent_and_some_are_to_spare(kits: Kits) -> None:
    for cohort, people in (("leeds-february", 14), ("rotterdam-may", 9)):
        path = kits.root / "acme" / cohort / "name-tents.pdf"
        with pypdfium2.PdfDocument(path) as pdf:
            said = [page.get_textpage().get_text_range() for page in pdf]
        assert len(said) == people + 2
        assert all(text.strip() for text in said[:people])
        assert not any(text.strip() for text in said[people:])


def test_a_name_is_as_large_as_its_tent_allows(kits: Kits) -> None:
    path = kits.root / "acme/leeds-february/name-tents.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        for page in list(pdf)[:14]:
            text = page.get_textpage()
            assert text.count_rects()
            left, bottom, right, top = text.get_rect(0)
            assert 0 < left < right < page.get_width()
            # Read from across a table: no name is lower than a finger is wide.
            assert top - bottom > 28
