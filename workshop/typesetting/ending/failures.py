"""Tell a part that cannot be laid out from a bug of the program's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from workshop.diagnostics import ContentError, Diagnostic, WorkshopError
from workshop.keeping.fingerprint import package_root
from workshop.limits import LAYOUT_MEGABYTES, LAYOUT_SECONDS
from workshop.typesetting.ending.layout_clock import OutOfTime

_PACKAGE = package_root()


class LayoutFailed(ContentError):
    """Says that the engine cannot lay a part out; what the engine says is the error's cause."""


@contextmanager
def told_failures(seconds: int | None) -> Iterator[None]:
    """Raise `LayoutFailed` for what the engine cannot take; an error of our own code is a bug."""
    from weasyprint.urls import URLFetchingError

    try:
        yield
    except (WorkshopError, URLFetchingError):
        raise
    except OutOfTime as error:
        raise out_of_time(seconds) from error
    except MemoryError as error:
        raise _failed(f"takes more than {LAYOUT_MEGABYTES} of memory to lay out") from error
    except RecursionError as error:
        raise _failed("is nested too deep to be laid out") from error
    except Exception as error:
        if _is_ours(error.__traceback__):
            raise
        raise _failed("cannot be laid out: the layout engine fails on it") from error


def out_of_time(seconds: int | None) -> LayoutFailed:
    """Return the fault of a part that took more than `seconds`, or than is usual."""
    most = seconds or LAYOUT_SECONDS.most
    return _failed(f"takes longer than {most} seconds to lay out, and may never end")


def _failed(why: str) -> LayoutFailed:
    return LayoutFailed([Diagnostic("layout-failed", f"This part {why}")])


def _is_ours(trace: TracebackType | None) -> bool:
    """Tell whether our own code raised an error, and not the engine's or what that calls."""
    path = ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        trace = trace.tb_next
    return Path(path).is_relative_to(_PACKAGE)
