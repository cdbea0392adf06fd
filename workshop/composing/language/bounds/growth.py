"""Count what texts and templates do and make, and stop them before it is too much.

Whatever makes a value of others passes through here: operators, filters, calls, loops and joined
texts. Where a value could be far larger than what it is made of, its size is computed beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from operator import add
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import make_attrgetter
from jinja2.utils import _PassArg

from workshop.composing.language.bounds.sizes import (
    SIZES_OF_CALLS,
    check_number,
    check_plain,
    check_size,
)
from workshop.composing.language.mistakes import Mistake
from workshop.limits import TEMPLATE_STEPS

# So many characters or items count as one step.
_A_STEP = 64
_A_CALL = 10
_HINT = "Look for a loop, a repetition or a macro that calls itself, and make it shorter."


@dataclass
class _Budget:
    """Holds how many steps a text or a template may still take."""

    left: int

    def take(self, steps: int) -> None:
        """Take some steps; raises `Mistake` where there are no more, before they are taken."""
        if steps > self.left:
            message = f"This takes more than {TEMPLATE_STEPS.most:,} steps, or makes as much text"
            raise Mistake("endless", message, _HINT)
        self.left -= steps


_WORK: ContextVar[_Budget | None] = ContextVar("work", default=None)


@contextmanager
def bounded_work() -> Iterator[None]:
    """Count all that texts and templates do in the block, also in blocks of this inside it."""
    if _WORK.get() is not None:
        yield
        return
    token = _WORK.set(_Budget(TEMPLATE_STEPS.most))
    try:
        yield
    finally:
        _WORK.reset(token)


def take(steps: int = 1) -> None:
    """Count steps that are about to be taken; raises `Mistake` where they are too many."""
    work = _WORK.get()
    if work is not None:
        work.take(steps)


def made(value: Any) -> Any:
    """Count a value that was made, and return it; raises `Mistake` for a number far too long."""
    if isinstance(value, str | list | tuple | dict):
        take(1 + len(value) // _A_STEP)
    else:
        check_number(value)
        take()
    return value


def operate(operator: str, apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Return what an operator makes of two values."""
    take(1 + check_size(operator, left, right) // _A_STEP)
    return apply(left, right)


def guarded(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that what it makes is counted."""
    # Some filters are handed the environment before the value.
    first = 0 if _PassArg.from_obj(call) is None else 1
    compute = SIZES_OF_CALLS.get(name)

    @wraps(call)
    def filtered(*values: Any, **options: Any) -> Any:
        if compute:
            size, values = compute(values, options, first)
            take(1 + size // _A_STEP)
        return made(call(*values, **options))

    return filtered


def call(
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
            take(1 + size // _A_STEP)
            values = tuple(rest)
    take(_A_CALL)
    return made(call_safely(context, function, *values, **options))


def join_values(join: Callable[[Iterable[Any]], str], values: Iterable[Any]) -> str:
    """Return values as one text."""
    values = tuple(values)
    for value in values:
        check_plain(value)
    take(1 + sum(len(value) for value in values if isinstance(value, str)) // _A_STEP)
    return join(values)


@pass_environment
def add_up(
    environment: Environment, items: Iterable[Any], attribute: Any = None, start: Any = 0
) -> Any:
    """Return the sum of items, or of an attribute of each, as Jinja's filter `sum` does."""
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    total = start
    for item in items:
        total = operate("+", add, total, item)
    return total


class CountedItems:
    """Gives the items of a loop one by one, and counts each."""

    def __init__(self, items: Any) -> None:
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        work = _WORK.get()
        for item in self._items:
            if work is not None:
                work.take(1)
            yield item


def joined(pieces: Iterable[str]) -> str:
    """Return pieces as one text."""
    work = _WORK.get()
    if work is None:
        return "".join(pieces)
    texts = []
    for piece in pieces:
        work.take(1 + len(piece) // _A_STEP)
        texts.append(piece)
    return "".join(texts)
