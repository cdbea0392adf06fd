"""The program's own templates: what they import, they use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.composing.conftest import Desk
from tests.conftest import REPOSITORY

TEMPLATES = sorted((REPOSITORY / "templates").rglob("*.j2"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_imports_what_it_uses(path: Path) -> None:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    imported = {statement.target for statement in tree.find_all(nodes.Import)}
    for statement in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in statement.names}
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    assert imported <= used


def test_boxes_of_a_drawing_to_fill_in_have_the_frames_of_the_look(desk: Desk) -> None:
    desk.module("::: space {canvas=firm}\n:::")
    assert desk.html().count('<div class="box drawn-box"') == 5


def test_rings_of_a_drawing_to_fill_in_have_them_too_and_stay_round(desk: Desk) -> None:
    desk.module("::: space {canvas=ring-map}\n:::")
    rings = re.findall(r'class="drawn-ring [a-z-]+" style="([^"]+)"', desk.html())
    assert len(rings) == 4
    # What has a height grows to fill its page.
    assert [style for style in rings if "height" in style] == []
