"""A pack has each exercise once: in the workbook, or on the sheets of a kit without one."""

from __future__ import annotations

import pytest

from workshop.planning.pack_order import pack_order

KIT = ("agenda", "certificates", "evaluation", "exercises", "participant-workbook")
WITHOUT = tuple(name for name in KIT if name != "participant-workbook")


@pytest.mark.parametrize(
    ("own", "kit", "order"),
    [
        ((), KIT, ("participant-workbook", "evaluation", "certificates")),
        ((), WITHOUT, ("exercises", "evaluation", "certificates")),
        (("exercises", "agenda"), KIT, ("exercises", "agenda")),
    ],
)
def test_each_exercise_is_in_a_pack_once(
    own: tuple[str, ...], kit: tuple[str, ...], order: tuple[str, ...]
) -> None:
    assert pack_order(own, kit) == order
