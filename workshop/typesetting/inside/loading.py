"""Import WeasyPrint without the slow searches that its import, and CFFI, would make in vain."""

from __future__ import annotations

import ctypes.util
import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

_LOG_ARGUMENTS = "const char*, int, const char*, void*"
_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


def load() -> Any:
    """Import WeasyPrint; raises `OSError` without its native libraries.

    WeasyPrint asks for each library by several names. For a name that is no file's, CFFI has ctypes
    run ldconfig and a compiler: two hundred processes in all, a third of the time of the import. On
    Linux the linker finds every library by the name of its file, so those names are tried first.
    The parts of fontTools that cut fonts where HarfBuzz cannot are loaded at the first such font.
    """
    with _late("fontTools.subset", "fontTools.varLib.instancer"):
        if sys.platform == "linux" and "weasyprint" not in sys.modules:
            with suppress(OSError), redirect_stdout(io.StringIO()), _no_search():
                import weasyprint
        import weasyprint

    _take_arrays_of_any_length()
    _take_native_log()
    return weasyprint


def _take_native_log() -> None:
    """Have WeasyPrint's log receive what Pango and its libraries would write to the terminal."""
    from weasyprint.logger import LOGGER
    from weasyprint.text.ffi import ffi, gobject

    from workshop.typesetting.complaints import NATIVE_LOG

    if hasattr(ffi, "native_log"):
        return

    def take(domain: Any, _level: int, message: Any, _data: Any) -> None:
        where, said = (
            ffi.string(text).decode(errors="replace") if text else "" for text in (domain, message)
        )
        LOGGER.warning(NATIVE_LOG, where, said)

    ffi.cdef(f"typedef void (*GLogFunc)({_LOG_ARGUMENTS});")
    ffi.cdef("GLogFunc g_log_set_default_handler(GLogFunc function, void* data);")
    # The library keeps no reference to it.
    ffi.native_log = ffi.callback(f"void({_LOG_ARGUMENTS})", take)
    gobject.g_log_set_default_handler(ffi.native_log, ffi.NULL)


def _take_arrays_of_any_length() -> None:
    """Replace CFFI's `new`, so that arrays of one type are one type to it, whatever their length.

    WeasyPrint asks for an array as long as a set of glyphs by its declaration in C. For every new
    length CFFI runs a parser of C: five milliseconds, a dozen times in a part.
    """
    from weasyprint.text.ffi import ffi

    if not isinstance(ffi.new, _NewOfAnyLength):
        ffi.new = _NewOfAnyLength(ffi.new)


@dataclass(frozen=True)
class _NewOfAnyLength:
    """Makes C objects as CFFI's `new` does, with an open length for arrays that come filled."""

    new: Callable[..., Any]

    def __call__(self, declared: Any, content: Any = None) -> Any:
        array = _ARRAY.fullmatch(declared) if isinstance(declared, str) else None
        if array and isinstance(content, list | tuple) and len(content) == int(array[2]):
            return self.new(f"{array[1]}[]", content)
        return self.new(declared, content)


class _Late(ModuleType):
    """Stands in for a module of functions and classes, and loads it when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        def called(*args: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **options)

        return called


@contextmanager
def _late(*names: str) -> Iterator[None]:
    """Give what is imported in the block stand-ins for some modules; nobody else gets them."""
    late = {name: _Late(name) for name in names if name not in sys.modules}
    sys.modules.update(late)
    try:
        yield
    finally:
        for name in late:
            del sys.modules[name]


def _find_nothing(name: str) -> str | None:
    return None


@contextmanager
def _no_search() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search
