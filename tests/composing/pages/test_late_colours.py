"""Colours that stand in for a client's: each another one, and none as anybody writes it."""

from __future__ import annotations

from workshop.composing.pages.late_colours import stand_in


def test_stand_ins_are_whole_colours_however_many_there_are() -> None:
    colours = {stand_in(number) for number in range(1, 256)}
    assert len(colours) == 255
    assert {len(bytes.fromhex(colour.removeprefix("#"))) for colour in colours} == {3}
