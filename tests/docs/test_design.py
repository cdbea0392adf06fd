"""What `docs/design.md` says of looks: its table of tokens is true, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import CLIENT, Tiny
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.composing.composer import Composer
from workshop.diagnostics import Report
from workshop.tailoring.look.look_files import look_names
from workshop.tailoring.look.looks import read_look
from workshop.workspace.overlay import library_root, make_overlay

__all__ = ["tiny"]

PAGE = (Path(__file__).parent.parent.parent / "docs/design.md").read_text(encoding="utf-8")
LIBRARY = make_overlay(None, library_root(), library_root())


def test_the_table_of_looks_is_that_of_the_library() -> None:
    for name in look_names(LIBRARY):
        look = read_look(LIBRARY, name, None, Report())
        assert look is not None
        said = look.summary[0].lower() + look.summary[1:]
        assert f"| `{name}` | {look.headings.family}, {look.text.family} | {said} |" in PAGE


def test_the_classes_that_are_named_are_those_of_templates() -> None:
    table = PAGE.split("| where | classes |")[1].split("\n\n")[0]
    named = re.findall(r"`\.([\w-]+)`", table)
    names = [*LIBRARY.names("templates", "**/*.css"), *LIBRARY.names("templates", "**/*.j2")]
    files = [file for name in names if (file := LIBRARY.find("templates", name))]
    texts = " ".join(file.path.read_text(encoding="utf-8") for file in files)
    assert len(named) > 40
    assert [name for name in named if not re.search(rf"\b{name}(?![\w-])", texts)] == []


def test_the_table_of_tokens_is_that_of_the_usual_look() -> None:
    usual = read_look(LIBRARY, "letterpress", None, Report())
    assert usual is not None
    assert dict(re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE)) == usual.tokens


def test_the_example_is_a_look(tiny: Tiny) -> None:
    files = re.findall(r"^`(look\.\w+|cover\.svg\.j2)`\n\n```\w+\n(.*?)```", PAGE, re.M | re.S)
    assert [name for name, _ in files] == ["look.yaml", "look.css", "cover.svg.j2"]
    for name, text in files:
        tiny.write(f"clients/tiny/templates/_shared/looks/quay/{name}", text)
    tiny.change(CLIENT, "name: Tiny Ltd\n", "name: Tiny Ltd\nlook: quay\n")
    tailored = workshop.load(tiny.root, "tiny", READINGS)
    assert tailored.warnings == ()
    assert tailored.typefaces.headings == "Gentium Book Plus"
    [cohort] = workshop.plan(tailored, documents=["participant-workbook"]).cohorts
    [workbook, *_] = Composer(tailored, cohort.day, None).compose_all(cohort.jobs)
    cover = workbook.composition.parts[0].job
    assert cover.html.count("<path") == 2
    sheets = "".join(sheet.css for sheet in cover.stylesheets)
    assert "--wave: 14mm;" in sheets
    assert "calc(3 * var(--wave))" in sheets
