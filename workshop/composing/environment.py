"""The Jinja environment of a client's templates, and its faults as diagnostics."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from workshop.composing.faults import Misnamed
from workshop.diagnostics import ContentError, Location, nearest
from workshop.tailoring.overlay import Overlay

_UNDEFINED = re.compile(r"'(?P<word>[^']+)' is undefined|has no attribute '(?P<attribute>[^']+)'")


def make_environment(overlay: Overlay, language: str) -> SandboxedEnvironment:
    """Return the environment for one client and language.

    Templates are found by name, the client's first; `library/…` names the library's own, so that
    an override can extend what it replaces.
    """
    loaders = [FileSystemLoader(layer.folder("templates")) for layer in overlay.layers]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([*loaders, PrefixLoader({"library": loaders[-1]})]),
        undefined=StrictUndefined,
        # A style sheet holds nothing but the palette and names of typefaces, checked when read.
        autoescape=lambda name: not (name or "").endswith(".css.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    locale = Locale.parse(language, sep="-")
    environment.filters["date"] = lambda date: _date(date, locale)
    environment.filters["clock"] = lambda minutes: _clock(minutes, locale)
    environment.filters["slot"] = slot
    return environment


def slot(value: str | None, name: str) -> Markup:
    """Return a person's value in the box called `name`; without a value, the box is left blank.

    Everything that differs from one copy of a document to the next goes through here.
    """
    blank = "" if value else " blank"
    return Markup('<span class="slot slot-{}{}">{}</span>').format(name, blank, escape(value or ""))


def _date(date: datetime.date, locale: Locale) -> str:
    return format_date(date, format="full", locale=locale)


def _clock(minutes: int, locale: Locale) -> str:
    return format_time(datetime.time(minutes // 60, minutes % 60), format="short", locale=locale)


@contextmanager
def faults_of(environment: SandboxedEnvironment, names: Callable[[], list[str]]) -> Iterator[None]:
    """Turn what a template does wrong into a `ContentError` with its file and line.

    A fault raised below a template, in the product's own code, is a bug and stays one.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        place = Location(Path(error.filename or error.name or "template"), error.lineno)
        raise ContentError.of("template", _sentence(error.message), place) from error
    except TemplateNotFound as error:
        known = [name for name in environment.list_templates() if not name.startswith("library/")]
        message = f"There is no template “{error.message}”"
        raise ContentError.of(
            "template", message, _place(error), nearest(str(error.message), known)
        ) from error
    except Misnamed as error:
        raise error.located(_place(error)) from error
    except TemplateError as error:
        raise _template_fault(error, names()) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        where = _place(error, innermost=True)
        if where is None:
            raise
        raise ContentError.of("template", _sentence(str(error)), where) from error


def _template_fault(error: TemplateError, names: list[str]) -> ContentError:
    message = error.message or "This template cannot be filled in"
    match = _UNDEFINED.search(message) if isinstance(error, UndefinedError) else None
    if not match:
        return ContentError.of("template", _sentence(message), _place(error))
    word = match["word"] or match["attribute"]
    hint = nearest(word, names) if match["word"] else None
    return ContentError.of("undefined", f"Nothing is called “{word}” here", _place(error), hint)


def _place(error: BaseException, *, innermost: bool = False) -> Location | None:
    """Return the last place in a template that the fault passed through.

    With `innermost`, only if nothing but the template itself could have raised it.
    """
    place, last = None, False
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        last = filename.endswith((".j2", ".html"))
        if last:
            place = Location(Path(filename), trace.tb_lineno)
        trace = trace.tb_next
    return place if last or not innermost else None


def _sentence(message: str | None) -> str:
    text = (message or "This template cannot be read").strip().rstrip(".")
    return text[:1].upper() + text[1:]
