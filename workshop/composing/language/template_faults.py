"""Turn errors from filling in a text or a template into diagnostics with file and line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import (
    StrictUndefined,
    TemplateAssertionError,
    TemplateError,
    TemplateNotFound,
    TemplatesNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.utils import missing

from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.plain import FILTERS, OWN_FILTERS, words_of
from workshop.diagnostics import ContentError, Location, WorkshopError, did_you_mean, nearest
from workshop.in_a_row import in_a_row
from workshop.keeping.fingerprint import package_root
from workshop.limits import WORD_LENGTH
from workshop.workspace.overlay import library_root

_PACKAGE = package_root()
# The name Jinja gives to a template that comes from no file, such as a module's text.
_TEXT = "<template>"
_NOT_THERE = re.compile(r"No (?P<what>filter|test) named '(?P<name>\w+)'\.")
# Code of ours that does on a template's behalf what the template asks for.
_ON_BEHALF = (
    _PACKAGE / "composing" / "language" / "bounds",
    _PACKAGE / "composing" / "language" / "recipient_seen.py",
)
# Letters of what a library says that are shown.
_LONGEST = 300
_SENTENCES: Mapping[type[Exception], str] = {
    RecursionError: "Maximum recursion depth exceeded: something takes itself in without end",
    MemoryError: "This takes more memory than there is",
    # Jinja writes such a number into its code as the name “inf”.
    NameError: "This number is too large",
}
# What Python calls a value that is a record of ours.
_RECORD = re.compile(
    r"'?\b(?:workshop(?:\.\w+)+|_?(?!NoneType)[A-Z][a-z]+[A-Z]\w*)'? object"
    r"|Object of type _?(?!NoneType)[A-Z]\w+"
)


class UnknownName(UndefinedError):
    """Says that a word stands for nothing.

    `words` are those that would stand for something behind the same dot; None for a word that
    stands behind no dot.
    """

    def __init__(self, name: str, words: Collection[str] | None, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.words = words


class Unknown(StrictUndefined):
    """Stands for the value of an unknown name: any use but the test `is defined` is a fault."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = UndefinedError,
    ) -> None:
        if hint is None and not isinstance(name, str | int | None):
            # The library would write it out in its message, and rows may be long.
            hint = "Elements are found by a word or a number"
        elif hint is None and exc is UndefinedError and isinstance(name, str):
            name = name[: WORD_LENGTH.most]
            exc = partial(UnknownName, name, None if obj is missing else words_of(obj))
        super().__init__(hint, obj, name, exc)


@contextmanager
def faults_of(
    effort: Effort,
    names: Callable[[], Collection[str]],
    templates: Callable[[], Collection[str]] = tuple,
    text: Location | None = None,
) -> Iterator[None]:
    """Turn a mistake in a text or a template into a `ContentError` with its file and line.

    `names` and `templates` return the names and templates that may be used; `text` is the place
    where a text begins. An error in the program's own code is a bug and is raised unchanged.
    """
    try:
        with effort.bounded():
            yield
    except TemplateAssertionError as error:
        place = _at(error.filename or error.name or _TEXT, error.lineno, text)
        raise _not_there(error, place) from error
    except TemplateSyntaxError as error:
        place = _at(error.filename or error.name or _TEXT, error.lineno, text)
        raise ContentError.single("template", _sentence(error.message), place) from error
    except TemplateNotFound as error:
        raise _not_found(error, templates(), _place(error, text)) from error
    except Mistake as error:
        place = _place(error, text)
        raise ContentError.single(error.code, error.message, place, error.hint) from error
    except UnknownName as error:
        hint = nearest(error.name, names() if error.words is None else error.words)
        if error.words is None and error.name in names():
            # What a template takes in by `import` sees nothing of what is around.
            hint = "Write `with context` behind what imports this template."
        message = f"Nothing is called “{error.name}” here"
        raise ContentError.single("undefined", message, _place(error, text), hint) from error
    except TemplateError as error:
        raise ContentError.single(
            "template", _sentence(error.message), _place(error, text)
        ) from error
    except Exception as error:
        if isinstance(error, WorkshopError) or _is_bug(error):
            raise
        sentence = _SENTENCES.get(type(error)) or _sentence(str(error) or None)
        raise ContentError.single("template", sentence, _place(error, text)) from error


def _not_there(error: TemplateAssertionError, place: Location | None) -> ContentError:
    """Return the fault of a filter or test that does not exist, with the nearest as its hint."""
    wanted = _NOT_THERE.fullmatch(error.message or "")
    if wanted is None:
        return ContentError.single("template", _sentence(error.message), place)
    filters = OWN_FILTERS | FILTERS if wanted["what"] == "filter" else ()
    hint = did_you_mean(wanted["name"], filters)
    message = f"There is no {wanted['what']} “{wanted['name']}”"
    return ContentError.single("undefined", message, place, hint)


def _not_found(
    error: TemplateNotFound, templates: Collection[str], place: Location | None
) -> ContentError:
    names = error.templates if isinstance(error, TemplatesNotFound) else [error.name]
    if not names:
        named = 'Write its name in quotation marks: {% include "badge/front.html.j2" %}.'
        return ContentError.single("template", "This names no template", place, named)
    wanted = in_a_row([f"“{name}”" for name in names], "or")
    hint = nearest(str(names[0]), templates) if templates else "A text takes in no templates."
    return ContentError.single("template", f"There is no template {wanted}", place, hint)


def _place(error: BaseException, text: Location | None) -> Location | None:
    """Return the last place in a text or a template that the error passed through.

    Of a macro of the library that was given something wrong, that is where it was called.
    """
    places = [
        written for frame, line in _frames(error) if (written := _place_in_template(frame, line))
    ]
    library = f"{library_root() / 'templates'}{os.sep}"
    own = [(name, line) for name, line in places if not name.startswith(library)]
    return _at(*(own or places)[-1], text) if places else None


def place_of_call(text: Location | None) -> Location | None:
    """Return the place in a text or a template that calls the running function.

    `text` is the place where the text begins that is being filled in.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if written := _place_in_template(frame, frame.f_lineno):
            return _at(*written, text)
        frame = frame.f_back
    return None


def _is_bug(error: BaseException) -> bool:
    """Tell whether the error is one of our own code rather than of what the user wrote."""
    if isinstance(error, RecursionError):
        # A template that includes itself without end may run out of stack in any code.
        return not any(_place_in_template(frame, line) for frame, line in _frames(error))
    ours = True
    for frame, line in _frames(error):
        if _place_in_template(frame, line):
            ours = False
        elif _is_ours(Path(frame.f_code.co_filename)):
            ours = True
    return ours


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(_PACKAGE) and not any(map(path.is_relative_to, _ON_BEHALF))


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _place_in_template(frame: FrameType, line: int) -> tuple[str, int] | None:
    """Return file and line of a frame that runs a text or a template; None for other frames.

    Jinja puts `__jinja_template__` into the globals of the code that it compiles from a template.
    In errors that pass through `render`, it replaces frames by frames of the template's own lines,
    with `__jinja_exception__` in their globals.
    """
    name = frame.f_code.co_filename
    template = frame.f_globals.get("__jinja_template__")
    if template is not None:
        return name, template.get_corresponding_lineno(line)
    return (name, line) if "__jinja_exception__" in frame.f_globals else None


def _at(name: str, line: int, text: Location | None) -> Location | None:
    if name != _TEXT:
        return Location(Path(name), line)
    if text is None or text.line is None:
        return text
    return Location(text.path, text.line + line - 1)


def _sentence(message: str | None) -> str:
    text = (message or "This template cannot be filled in").strip().rstrip(".")
    if len(text) > _LONGEST:  # it may quote a whole text
        text = f"{text[:_LONGEST]} …"
    # Python names a function by where it is defined: "Composer._term()", "_groupings()".
    text = re.sub(r"(?:[\w<>]+\.)+_?(?=\w+\(\))|\b_(?=\w+\(\))", "", text)
    text = _RECORD.sub("this value", text)
    return text[:1].upper() + text[1:] if text.split(" ")[0].isalpha() else text
