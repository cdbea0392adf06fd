"""Choose the documents of a participant's pack, in their order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# What participants get where the client file does not say so, as far as the kit has it.
USUAL_ORDER = ("participant-workbook", "evaluation", "certificates")
# Every exercise stands in the workbook: the sheets are for kits without one.
_WITHOUT_WORKBOOK = ("exercises", *USUAL_ORDER[1:])


def pack_order(own: Sequence[str], kit: Collection[str]) -> tuple[str, ...]:
    """Return the documents of a pack: the client's `own` choice, or else the usual ones."""
    if own:
        return tuple(own)
    return USUAL_ORDER if USUAL_ORDER[0] in kit else _WITHOUT_WORKBOOK
