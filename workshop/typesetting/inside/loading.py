"""WeasyPrint imported without what its import, and CFFI for it, do in vain."""

from __future__ import annotations

import ctypes.util
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


def load() -> Any:
    """Import WeasyPrint; raises `OSError` without its native libraries.

    It asks for each library by several names. For one that is no file's name CFFI has ctypes run
    ldconfig and a compiler, two hundred processes in all, and a third of the time that the import
    takes. On Linux the linker finds every library by its file's name: those are tried first. What
    it cuts and instances fonts with where HarfBuzz cannot is loaded at the first such font.
    """
    with _late("fontTools.subset", "fontTools.varLib.instancer"):
        if sys.platform == "linux" and "weasyprint" not in sys.modules:
            with suppress(OSError), redirect_stdout(io.StringIO()), _no_search():
                import weasyprint
        import weasyprint

    _arrays_of_any_length()
    return weasyprint


@cache
def _arrays_of_any_length() -> None:
    """Have CFFI know arrays of a type as one type, however long they are.

    WeasyPrint asks for one as long as a set of glyphs by its declaration in C, and every new number
    in it was read by a parser of C: five milliseconds, a dozen times in a part.
    """
    from weasyprint.text.ffi import ffi

    new = ffi.new

    def new_of_any_length(declared: Any, content: Any = None) -> Any:
        array = _ARRAY.fullmatch(declared) if isinstance(declared, str) else None
        if array and isinstance(content, list | tuple) and len(content) == int(array[2]):
            return new(f"{array[1]}[]", content)
        return new(declared, content)

    ffi.new = new_of_any_length


class _Late(ModuleType):
    """A module of functions and classes that is loaded when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        def called(*args: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **options)

        return called


@contextmanager
def _late(*names: str) -> Iterator[None]:
    """Have what is imported here take some modules for loaded; for all others they are not."""
    late = {name: _Late(name) for name in names if name not in sys.modules}
    sys.modules.update(late)
    try:
        yield
    finally:
        for name in late:
            del sys.modules[name]


def _not_found(name: str) -> str | None:
    return None


@contextmanager
def _no_search() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search
