"""Make the Jinja environments for a client's templates and for modules' texts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
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
    pass_context,
    pass_environment,
    pass_eval_context,
)
from jinja2.filters import do_sort
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, soft_str

from workshop.composing.language.bounds.arguments import shown
from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.bounds.nesting import UNPRINTABLE
from workshop.composing.language.bounds.sandbox import Sandbox
from workshop.composing.language.bounds.sizes import NOT_SET, SET_IT, check_plain
from workshop.composing.language.bytecode import template_code
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import WatchedRow, WatchedText
from workshop.composing.language.template_faults import Unknown
from workshop.content.grammar.articles import with_article
from workshop.content.grammar.typography import typographic
from workshop.file_errors import why_unread
from workshop.in_a_row import in_a_row, in_words
from workshop.keeping.memory import Memory
from workshop.limits import PLUS_DAYS, TEMPLATE_FILE
from workshop.user_files import read_source
from workshop.workspace.overlay import Overlay


def make_environment(overlay: Overlay, language: str, memory: Memory) -> Sandbox:
    """Return the environment for one client's templates in one language.

    It prints values with typographic signs. `make_typed_environment` says which templates it finds.
    """
    environment = make_typed_environment(overlay, language, memory)
    environment.finalize = _typographic(environment.finalize)
    return environment


def make_typed_environment(overlay: Overlay, language: str, memory: Memory) -> Sandbox:
    """Return an environment for one client's templates that prints values as they are typed.

    A name finds the client's own template first. A name behind `library/` always finds the
    program's, so that a client's template can extend the one it replaces.
    """
    own, library = _OverlayLoader(overlay), _OverlayLoader(Overlay(overlay.layers[-1:]))
    environment = Sandbox(
        Effort(),
        loader=ChoiceLoader([own, PrefixLoader({"library": library})]),
        undefined=Unknown,
        # A style sheet holds nothing but the palette and names of typefaces, checked when read.
        autoescape=lambda name: not (name or "").endswith(".css.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=template_code(memory),
    )
    _add_words(environment, language)
    return environment


def make_text_environment(language: str, effort: Effort) -> Sandbox:
    """Return the environment for modules' texts in one language, which can include no templates.

    `effort` also counts for the template that fills the texts in.
    """
    environment = Sandbox(
        effort,
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


def _typographic(printable: Callable[[object], object]) -> Callable[[EvalContext, object], object]:
    """Return a function that prints a value with typographic signs, but in a style sheet as it is.

    Templates see values as they are typed, to compare and to sort them.
    """

    @pass_eval_context
    def finalize(context: EvalContext, value: object) -> object:
        printed = printable(value)
        if not context.autoescape or isinstance(printed, Markup):
            return printed
        return typographic(str(printed)) if isinstance(printed, str | WatchedText) else printed

    return finalize


def _add_words(environment: Sandbox, language: str) -> None:
    locale = Locale.parse(language, sep="-")
    # Each time of day is printed in many places; there are 1,440 of each day at most.
    times: dict[int, str] = {}

    # Compiled code is shared by all languages, and must not hold the results of these functions.
    # Jinja calls a function that takes the context only when a template runs.
    @pass_context
    def date(_context: Context, date: object) -> str:
        return _date(date, locale)

    @pass_context
    def clock(_context: Context, minutes: object) -> str:
        if not isinstance(minutes, int) or not 0 <= minutes < _LATEST:
            message = f"{shown(minutes)} is not a time of day, in minutes after midnight"
            raise Mistake("unprintable", message)
        if minutes not in times:
            time = datetime.time(minutes // 60 % 24, minutes % 60)
            times[minutes] = format_time(time, format="short", locale=locale)
        return times[minutes]

    guarded = environment.effort.guarded
    environment.filters.update(
        an=guarded("an", _an),
        date=date,
        clock=clock,
        capitalize=guarded("capitalize", _capitalize),
        plus_days=_plus_days,
        sort=guarded("sort", _sort),
        sum=environment.effort.add_up,
        in_words=_in_words,
        listed=guarded("listed", _listed),
    )
    environment.finalize = lambda value: _printable(value, locale, environment.effort)


def _capitalize(value: object) -> str:
    """Return a text that begins a sentence: Jinja's own filter would write "HR partner" "Hr"."""
    text = soft_str(value)
    return text[:1].upper() + text[1:]


def _in_words(number: object) -> str:
    if not isinstance(number, int):
        raise Mistake("unprintable", f"{shown(number)} is not a whole number")
    return in_words(number)


def _an(words: object) -> str:
    """Return a word or some with "a" or "an" before them."""
    return with_article(str(words))


def _listed(values: Any, last: object = "and") -> str:
    """Return the words among the values in a row: "a, b and c". Those that are empty are no words.

    A value with an `if` behind it is empty where that is not so.
    """
    return in_a_row([str(value) for value in values if value], str(last))


@pass_environment
def _sort(environment: Environment, value: Any, *args: Any, **options: Any) -> list[Any]:
    """Sort as Jinja does, but note of people sorted by an attribute only that their order is seen.

    Jinja's own filter would read the attribute of each, as if it were printed.
    """
    if isinstance(value, WatchedRow) and not args and list(options) == ["attribute"]:
        ordered = value.sorted_by(str(options["attribute"]))
        if ordered is not None:
            return ordered
    try:
        return do_sort(environment, value, *args, **options)
    except (TypeError, OverflowError) as error:
        raise Mistake("template", f"These cannot be sorted: {error}") from error


class _OverlayLoader(BaseLoader):
    """Loads templates by the names that an overlay gives them."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        file = self._overlay.find("templates", template)
        if file is None:
            raise TemplateNotFound(template)
        try:
            # Some editors begin a file with a byte order mark.
            source = read_source(file.path, TEMPLATE_FILE)
        except UnicodeDecodeError as error:
            message = "this file is not UTF-8 text"
            raise TemplateSyntaxError(message, 1, template, str(file.path)) from error
        except OSError as error:
            message = f"this file cannot be read: {why_unread(error)[0]}"
            raise TemplateSyntaxError(message, 1, template, str(file.path)) from error
        return source, str(file.path), lambda: True

    def list_templates(self) -> list[str]:
        return self._overlay.names("templates", "**/*.j2")


# A day may go over midnight, and end late: minutes count on from the midnight before it.
_LATEST = 3 * 24 * 60
# Letters of a text that is counted by itself when it is printed.
_LONG = 5_000


def _printable(value: object, locale: Locale, effort: Effort) -> object:
    """Return what to print for a value.

    A long text counts here: what a macro prints is joined, and counted, only at the macro's end.
    Raises `Mistake` for a value that nobody means to print, such as a list or a function.
    """
    check_plain(value)
    if isinstance(value, str):
        if len(value) > _LONG:
            effort.made(value)
        if code := UNPRINTABLE.search(value):
            message = f"The character U+{ord(code[0]):04X} cannot be printed"
            raise Mistake("unprintable", message, "Take it out.")
    return _date(value, locale) if isinstance(value, datetime.date) else value


def _date(date: object, locale: Locale) -> str:
    if date is None:
        raise Mistake("not-set", NOT_SET, SET_IT)
    if not isinstance(date, datetime.date):
        raise Mistake("unprintable", f"{shown(date)} is not a date")
    return format_date(date, format="full", locale=locale)


def _plus_days(date: object, days: object) -> datetime.date:
    if date is None:
        raise Mistake("not-set", NOT_SET, SET_IT)
    if not isinstance(date, datetime.date):
        raise Mistake("unprintable", f"{shown(date)} is not a date")
    if not isinstance(days, int) or abs(days) > PLUS_DAYS.most:
        raise Mistake(
            "unprintable", f"{shown(days)} is not a number of days, {PLUS_DAYS.most} at most"
        )
    try:
        return date + datetime.timedelta(days)
    except OverflowError as error:
        raise Mistake("unprintable", f"{days} days from {date} there is no date") from error
