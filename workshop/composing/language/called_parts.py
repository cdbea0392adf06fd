"""Collect the parts of a document while its template calls for them one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from workshop.composing.language.bounds.arguments import as_count, as_word
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.slots import SlotBook
from workshop.composing.pages.render_job import Start
from workshop.in_a_row import in_a_row
from workshop.limits import LONGEST_WORD, PART_LENGTH

_STARTS: dict[str, Start | None] = {
    "next": None,
    "right": "right",
    "left": "left",
    "back": "back",
}
# Letters between tags, without a space among them; a picture may be written out in a style.
_LONG_WORD = re.compile(
    r"(?:^|[>\s])(?![^<>\s]*?base64,)"
    rf"([^<>\s]{{{LONGEST_WORD.most + 1},}}+)[^<>]*+(?:<|$)"
)


@dataclass(frozen=True)
class Called:
    """Holds a part's name and HTML, and where it has to begin, if that is not all the same.

    `slots` pairs the part's own names of slots with the document's, where they differ. `copies` is
    how many a group needs of the part when it is printed apart from the rest, 0 if it is in each
    copy.
    """

    name: str
    start: Start | None
    html: str
    slots: tuple[tuple[str, str], ...]
    copies: int = 0


class Parts:
    """Makes the parts that a template calls for, and enters their slots in `book`."""

    def __init__(self, book: SlotBook) -> None:
        self._book = book
        self.called: list[Called] = []

    def part(
        self,
        name: object,
        start: object = "next",
        copies: object = None,
        caller: Callable[[], str] | None = None,
    ) -> str:
        """Add a part, which starts on a new page and knows nothing of the document's other parts.

        `start` is "next", or the side of an opening that the part begins on, "right" or "left", or
        "back" for the back cover of a document that can be folded: the last page of its last sheet.
        With `copies` the part is printed apart from the rest, so many times for the group: a set
        of cards.
        """
        called = as_word(name, "part")
        if not callable(caller):
            hint = f'Write {{% call part("{called}") %}}, what it holds, and {{% endcall %}}.'
            raise Mistake("template", "A part has nothing in it", hint)
        side = as_word(start, "part")
        if side not in _STARTS:
            raise Mistake(
                "template",
                f"A part cannot start “{side}”",
                f"It can start {in_a_row([f'“{word}”' for word in _STARTS], 'or')}.",
            )
        if not self.called and _STARTS[side] in ("left", "back"):
            hint = "Leave out where it starts, or have another part before it."
            raise Mistake("template", "A document begins on the right", hint)
        needed = 0 if copies is None else as_count(copies, "part", least=1)
        with self._book.part() as names:
            inside = Markup(caller())  # noqa: S704  # a template's own output, escaped
        _check_length(called, inside)
        html = Markup('<section class="part part-{}">{}</section>\n').format(called, inside)
        self.called.append(Called(called, _STARTS[side], html, tuple(names.items()), needed))
        return ""


def _check_length(name: str, html: str) -> None:
    """Raise `Mistake` for a part that is far too long, or has a word that is."""
    if len(html) > PART_LENGTH.most:
        message = f"The part “{name}” has {len(html):,} characters, more than {PART_LENGTH}"
        raise Mistake("too-large", message, "Make several parts of it, or print less.")
    if len(html) > LONGEST_WORD.most and (word := _LONG_WORD.search(html)):
        message = f"The part “{name}” has a word of {len(word[1]):,} characters, “{word[1][:40]}…”"
        hint = f"A word may have at most {LONGEST_WORD}: put spaces into it."
        raise Mistake("too-large", message, hint)
