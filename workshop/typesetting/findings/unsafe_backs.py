"""Find what is lost when a card or a slip is cut out of its sheet: what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.typesetting.laid_out import Finding, Leaf

UNSAFE_BACK = "unsafe-back"


def unsafe_backs(leaves: Sequence[Leaf]) -> Iterator[Finding]:
    """Yield the pages with something to cut out that have anything but its own back behind them.

    `leaves` are all pages of a document that is printed on both sides: the first is the front of a
    sheet, the second its back. A page left blank is a safe back, with lines for notes or without.
    """
    for number, leaf in enumerate(leaves):
        behind = number ^ 1
        if not leaf.cut or behind >= len(leaves) or leaves[behind].empty:
            continue
        if set(leaf.cut) <= set(leaves[behind].backs):
            continue
        message = "What is to be cut out or torn off has more than its own back behind it"
        hint = (
            'Leave the back free: have the next part begin on the right, with `start="right"`; or '
            "give it a back of its own, marked with `data-back`."
        )
        yield Finding(UNSAFE_BACK, message, number, leaf.ids, hint=hint)
