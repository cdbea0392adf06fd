"""Count what texts and templates do and make, and stop them before it is too much.

Whatever makes a value of others passes through here: operators, filters, calls, loops and joined
texts. Where a value could be far larger than what it is made of, its size is computed beforehand.
One `Effort` counts for a template and for all texts that are filled in while it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from operator import add
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import make_attrgetter
from jinja2.utils import _PassArg

from workshop.composing.language.bounds.sizes import (
    ITEM,
    SIZES_OF_CALLS,
    check_number,
    check_plain,
    check_size,
)
from workshop.composing.language.mistakes import ENDLESS, Mistake
from workshop.limits import MADE_AT_ONCE, TEMPLATE_STEPS

# So many characters count as one step; an item of a row is as large as `ITEM` of them.
_A_STEP = 64
_A_CALL = 10
_HINT = "Look for a loop, a repetition or a macro that calls itself, and make it shorter."


class Effort:
    """Counts the steps of texts and templates, from when the first begins to when it ends."""

    def __init__(self) -> None:
        # How many are left; None while nothing runs.
        self._left: int | None = None

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """Count all that is done in the block, also in blocks of this inside it."""
        if self._left is not None:
            yield
            return
        self._left = TEMPLATE_STEPS.most
        try:
            yield
        finally:
            self._left = None

    def take(self, steps: int = 1) -> None:
        """Count steps that are about to be taken; raises `Mistake` where they are too many."""
        if self._left is None:
            return
        if steps > MADE_AT_ONCE.most // _A_STEP:
            message = f"This makes a text or a row longer than {MADE_AT_ONCE}"
            raise Mistake(ENDLESS, message, _HINT)
        if steps > self._left:
            message = f"This takes more than {TEMPLATE_STEPS.most:,} steps, or makes as much text"
            raise Mistake(ENDLESS, message, _HINT)
        self._left -= steps

    def made(self, value: Any) -> Any:
        """Count and return a value that was made; raises `Mistake` for a number far too long."""
        if isinstance(value, str):
            self.take(1 + len(value) // _A_STEP)
        elif isinstance(value, list | tuple | dict):
            self.take(1 + len(value) * ITEM // _A_STEP)
        else:
            check_number(value)
            self.take()
        return value

    def operate(
        self, operator: str, apply: Callable[[Any, Any], Any], left: Any, right: Any
    ) -> Any:
        """Return what an operator makes of two values."""
        self.take(1 + check_size(operator, left, right) // _A_STEP)
        return apply(left, right)

    def guarded(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a filter so that what it makes is counted."""
        # Some filters are handed the environment before the value.
        first = 0 if _PassArg.from_obj(call) is None else 1
        compute = SIZES_OF_CALLS.get(name)

        @wraps(call)
        def filtered(*values: Any, **options: Any) -> Any:
            if compute:
                size, values = compute(values, options, first)
                self.take(1 + size // _A_STEP)
            return self.made(call(*values, **options))

        return filtered

    def call(
        self,
        call_safely: Callable[..., Any],
        context: Any,
        function: Any,
        values: tuple[Any, ...],
        options: dict[str, Any],
    ) -> Any:
        """Call a function or a method of a value."""
        text = getattr(function, "__self__", None)
        if isinstance(text, str):
            compute = SIZES_OF_CALLS.get(f".{function.__name__}")
            if compute:
                size, (text, *rest) = compute((text, *values), options, 0)
                self.take(1 + size // _A_STEP)
                values = tuple(rest)
        self.take(_A_CALL)
        return self.made(call_safely(context, function, *values, **options))

    def join_values(self, join: Callable[[Iterable[Any]], str], values: Iterable[Any]) -> str:
        """Return values as one text."""
        values = tuple(values)
        for value in values:
            check_plain(value)
        texts = (value for value in values if isinstance(value, str))
        self.take(1 + sum(map(len, texts)) // _A_STEP)
        return join(values)

    @pass_environment
    def add_up(
        self, environment: Environment, items: Iterable[Any], attribute: Any = None, start: Any = 0
    ) -> Any:
        """Return the sum of items, or of an attribute of each, as Jinja's filter `sum` does."""
        if attribute is not None:
            items = map(make_attrgetter(environment, attribute), items)
        total = start
        for item in items:
            total = self.operate("+", add, total, item)
        return total

    def counted(self, items: Any) -> _CountedItems:
        """Return the items of a loop, which are counted as they are taken."""
        return _CountedItems(items, self.take)

    def joined(self, pieces: Iterable[str]) -> str:
        """Return pieces as one text."""
        texts = []
        for piece in pieces:
            self.take(1 + len(piece) // _A_STEP)
            texts.append(piece)
        return "".join(texts)


class _CountedItems:
    """Gives the items of a loop one by one, and counts each."""

    def __init__(self, items: Any, take: Callable[[], None]) -> None:
        self._items = items
        self._take = take

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._take()
            yield item
