"""An executor that does at once what is handed to it, and remembers what that was."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from workshop.assembly.values import LinkJob
from workshop.building.workers.tasks import lay_out, personalise, put_together
from workshop.composing.pages.render_job import RenderJob


class WatchedExecutor(Executor):
    """Does in this thread what other processes would be sent."""

    def __init__(self) -> None:
        self.submitted: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function, and return what it came to."""
        assert not kwargs
        self.submitted.append((fn, args))
        future: Future[Any] = Future()
        try:
            future.set_result(self.call(fn, *args))
        except Exception as error:
            future.set_exception(error)
        return future

    def call(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Call a function; a test may have it fail, or wait."""
        return fn(*args)

    @property
    def laid_out(self) -> list[RenderJob]:
        """The jobs of parts that were to be laid out."""
        return [args[0] for fn, args in self.submitted if fn is lay_out]

    @property
    def linked(self) -> list[LinkJob]:
        """The jobs of documents that were to be linked."""
        return [args[1] for fn, args in self.submitted if fn is put_together]

    @property
    def stamped(self) -> list[str]:
        """The files of copies that were to be stamped, some of them together with linking."""
        return [path for fn, args in self.submitted for path in stamped_by(fn, args)]


def stamped_by(fn: Callable[..., Any], args: tuple[Any, ...]) -> list[str]:
    """Return the files of the copies that a piece of work stamps."""
    copies = {put_together: 2, personalise: 1}
    if fn not in copies:
        return []
    return [name.partition(" for ")[0] for name in args[copies[fn]]]
