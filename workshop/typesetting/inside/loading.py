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

# GLib 2.50 and newer: its two ways to log, and what a writer returns that has taken a message.
_NATIVE_LOG = """
typedef void (*GLogFunc)(const char*, int, const char*, void*);
void g_log_set_default_handler(GLogFunc function, void* data);
typedef struct { const char* key; const void* value; ssize_t length; } GLogField;
typedef int (*GLogWriterFunc)(int, const GLogField*, size_t, void*);
void g_log_set_writer_func(GLogWriterFunc function, void* data, void* free);
"""
_WRITTEN = 1
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
    from workshop.typesetting.inside.texts.repeated_texts import note_repeated_texts

    note_repeated_texts()
    return weasyprint


def _take_native_log() -> None:
    """Have WeasyPrint's log receive what Pango and its libraries would write to the terminal."""
    from weasyprint.logger import LOGGER
    from weasyprint.text.ffi import ffi, gobject

    from workshop.typesetting.complaints import NATIVE_LOG

    if hasattr(ffi, "native_log"):
        return

    def text_of(value: Any) -> str:
        return str(ffi.string(value).decode(errors="replace")) if value else ""

    def take(domain: Any, _level: int, message: Any, _data: Any) -> None:
        LOGGER.warning(NATIVE_LOG, text_of(domain), text_of(message))

    def write(_level: int, fields: Any, count: int, _data: Any) -> int:
        entries = {text_of(field.key): field.value for field in fields[0:count]}
        domain, message = (
            text_of(ffi.cast("char*", entries.get(name, ffi.NULL)))
            for name in ("GLIB_DOMAIN", "MESSAGE")
        )
        LOGGER.warning(NATIVE_LOG, domain, message)
        return _WRITTEN

    ffi.cdef(_NATIVE_LOG)
    # The library keeps no reference to them. What is logged in the old way goes to the first, what
    # is logged with fields, as Pango does, to the second.
    ffi.native_log = ffi.callback("GLogFunc", take), ffi.callback("GLogWriterFunc", write)
    gobject.g_log_set_default_handler(ffi.native_log[0], ffi.NULL)
    gobject.g_log_set_writer_func(ffi.native_log[1], ffi.NULL, ffi.NULL)


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
        # Nearly all calls are for one thing, and are told apart first by what is quickly seen.
        if isinstance(content, (list, tuple)) and isinstance(declared, str):
            array = _ARRAY.fullmatch(declared)
            if array and len(content) == int(array[2]):
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
