"""A measure of the design stands in one place, and templates name it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import REPOSITORY
from workshop.composing.language.measures import MEASURES

TEMPLATES = [
    path
    for path in sorted((REPOSITORY / "templates").rglob("*"))
    if path.suffix in (".css", ".j2") and "looks" not in path.parts
]
PAGES = (*MEASURES.papers.values(), MEASURES.slide)
# Lengths that hardly anything else has by chance.
LENGTHS = {MEASURES.canvas} | {page.width for page in PAGES}


@pytest.mark.parametrize("length", sorted(LENGTHS))
def test_no_template_repeats_a_measure(length: float) -> None:
    written = re.compile(rf"(?<![\d.#]){re.escape(f'{length:g}')}(?:mm)?(?![\w.])")
    lines = [
        f"{path.name}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if written.search(line)
    ]
    assert lines == []
