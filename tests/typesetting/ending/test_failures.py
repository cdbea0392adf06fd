"""What the engine cannot take, or not in time, is told; a bug of our own is not."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.typesetting.conftest import Table
from workshop.typesetting import typeset as typesetting
from workshop.typesetting.ending.failures import LayoutFailed
from workshop.typesetting.typeset import typeset

ENDLESS = "* { display: grid; grid-template-columns: repeat(1000000, 1px) }"


@pytest.mark.parametrize(
    ("body", "css", "told"),
    [
        ("<div>" * 400 + "deep" + "</div>" * 400, "", "nested too deep"),
        ("<table><tr><td colspan=1000000000>wide</table>", "", "megabytes of memory"),
    ],
)
def test_what_cannot_be_laid_out_is_told(table: Table, body: str, css: str, told: str) -> None:
    with pytest.raises(LayoutFailed, match=told) as caught:
        typeset(table.job(body, css))
    assert caught.value.__cause__ is not None


def _in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("run", [lambda work: work(), _in_a_thread])
def test_a_layout_beyond_its_time_is_ended_wherever_it_runs(
    table: Table, run: Callable[[Callable[[], None]], None]
) -> None:
    told = []

    def lay_out() -> None:
        try:
            typeset(replace(table.job("<p>a</p>", ENDLESS), seconds=1))
        except LayoutFailed as error:
            told.append(str(error))

    before = threading.active_count()
    run(lay_out)
    assert "takes longer than 1 seconds" in told[0]
    assert threading.active_count() == before


def test_a_bug_of_our_own_stays_a_bug(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_OWN_CSS", 5)
    with pytest.raises(TypeError):
        typeset(table.job("<p>a</p>"))


def test_nothing_is_left_of_a_font_that_a_style_sheet_brings(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (table.assets / "own.ttf").write_bytes(b"no font at all")
    address = (table.assets / "own.ttf").as_uri()
    css = f'@font-face {{ font-family: Own; src: url("{address}") }} p {{ font-family: Own }}'
    laid_out = typeset(table.job("<p>words</p>", css), table.memory)
    assert laid_out.diagnostics
    assert not list(tmp_path.glob("weasyprint-*"))
