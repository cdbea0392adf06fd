"""The Jinja environments of a client's templates and of its modules' texts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
    pass_environment,
)
from jinja2.filters import do_sort
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from workshop.composing.language.bytecode import compiled
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Watched, WatchedRow, WatchedText
from workshop.composing.language.template_faults import Unknown
from workshop.composing.plain import FILTERS, FUNCTIONS, may_use, words_of
from workshop.workspace.overlay import Overlay


def make_environment(overlay: Overlay, language: str) -> SandboxedEnvironment:
    """Return the environment for one client's templates in one language.

    Templates are found by name, the client's first; `library/…` names the library's own, so that
    an override can extend what it replaces.
    """
    own, library = _OverlayLoader(overlay), _OverlayLoader(Overlay(overlay.layers[-1:]))
    environment = _Sandbox(
        loader=ChoiceLoader([own, PrefixLoader({"library": library})]),
        undefined=Unknown,
        # A style sheet holds nothing but the palette and names of typefaces, checked when read.
        autoescape=lambda name: not (name or "").endswith(".css.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled(),
    )
    _add_words(environment, language)
    return environment


def make_text_environment(language: str) -> SandboxedEnvironment:
    """Return the environment for modules' texts in one language; they take in no templates."""
    environment = _Sandbox(
        loader=FunctionLoader(lambda _name: None),
        undefined=Unknown,
        autoescape=False,
        # `{#` is left to Markdown and to fences.
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
    )
    _add_words(environment, language)
    return environment


class _Sandbox(SandboxedEnvironment):
    """Gives texts and templates what is listed in `plain`, and nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals = {name: self.globals[name] for name in FUNCTIONS}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may have an attribute, which its name and the value's type decide."""
        if isinstance(obj, Watched):
            return may_use(obj, attr)
        key = type(obj), attr
        safe = self._safe.get(key)
        if safe is None:
            safe = self._safe[key] = may_use(obj, attr)
        return safe

    def wrap_str_format(self, value: Any) -> None:
        """Do nothing: `str.format` looks into what it is given, and is not listed."""

    def unsafe_undefined(self, obj: object, attribute: str) -> Undefined:
        """Return what stands for an attribute that is not listed: as if it were not there."""
        return self.undefined(obj=obj, name=attribute)


def _add_words(environment: Environment, language: str) -> None:
    locale = Locale.parse(language, sep="-")

    # With the context, Jinja works nothing out while it compiles: code is shared by all cohorts.
    @pass_context
    def date(_context: Context, date: object) -> str:
        return _date(date, locale)

    @pass_context
    def clock(_context: Context, minutes: object) -> str:
        return _clock(minutes, locale)

    environment.filters.update(date=date, clock=clock, plus_days=_plus_days, sort=_sort)
    environment.finalize = lambda value: _printable(value, locale)


@pass_environment
def _sort(environment: Environment, value: Any, *given: Any, **named: Any) -> list[Any]:
    """Sort as Jinja does; of people sorted by a name, no more is seen than in which order."""
    if isinstance(value, WatchedRow) and not given and list(named) == ["attribute"]:
        ordered = value.sorted_by(str(named["attribute"]))
        if ordered is not None:
            return ordered
    return do_sort(environment, value, *given, **named)


class _OverlayLoader(BaseLoader):
    """The templates of an overlay, by its rules for names."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        found = self._overlay.find("templates", template)
        if found is None:
            raise TemplateNotFound(template)
        try:
            # Some editors begin a file with a byte order mark.
            source = found.path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            message = "this file is not UTF-8 text"
            raise TemplateSyntaxError(message, 1, template, str(found.path)) from error
        return source, str(found.path), lambda: True

    def list_templates(self) -> list[str]:
        return self._overlay.names("templates", "**/*.j2")


_DAYS = 3650
_NOTHING = "Nothing is set that could be printed here"
_IF = "Set it in client.yaml, or write {% if … %} and {% endif %} around this."
# Asked of everything that is printed: a tuple is looked through faster than a union.
_PLAIN = (str, int, float, Undefined, WatchedText)


def _printable(value: object, locale: Locale) -> object:
    """Return what may be printed; a list or a function of Python’s is never meant to be."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime.date):
        return _date(value, locale)
    if value is None:
        raise Mistake("not-set", _NOTHING, _IF)
    if callable(value):
        hint = 'Write {{ term("team") }}, not {{ term }}.'
        raise Mistake("unprintable", "This has to be called with its words, in brackets", hint)
    words = words_of(value)
    hint = f"It has: {', '.join(words)}." if words else "Print its items one by one."
    raise Mistake("unprintable", "Only text and numbers can be printed", hint)


def _date(date: object, locale: Locale) -> str:
    if date is None:
        raise Mistake("not-set", _NOTHING, _IF)
    if not isinstance(date, datetime.date):
        raise Mistake("unprintable", f"“{date}” is not a date")
    return format_date(date, format="full", locale=locale)


def _plus_days(date: object, days: object) -> datetime.date:
    if date is None:
        raise Mistake("not-set", _NOTHING, _IF)
    if not isinstance(date, datetime.date):
        raise Mistake("unprintable", f"“{date}” is not a date")
    if not isinstance(days, int) or abs(days) > _DAYS:
        raise Mistake("unprintable", f"“{days}” is not a number of days, {_DAYS} at most")
    try:
        return date + datetime.timedelta(days)
    except OverflowError as error:
        raise Mistake("unprintable", f"{days} days from {date} there is no date") from error


def _clock(minutes: object, locale: Locale) -> str:
    if not isinstance(minutes, int) or not 0 <= minutes < 24 * 60:
        raise Mistake("unprintable", f"“{minutes}” is not a time of day, in minutes after midnight")
    return _clock_text(minutes, locale)


@lru_cache(maxsize=4096)
def _clock_text(minutes: int, locale: Locale) -> str:
    # Each time of a day stands in many places.
    return format_time(datetime.time(minutes // 60, minutes % 60), format="short", locale=locale)
