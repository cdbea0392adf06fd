"""Say which words a text or a template may write behind the dot of a value.

Texts and templates are written by whoever has the client's folder, and run with the rights of
whoever builds. They are given texts, numbers, dates, rows and frozen records of these. Of a record
they may use the fields and properties, of any other value the methods listed here and nothing else.
So no value leads to the file system, to a class or to other code.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from workshop.composing.language.recipient_seen import plain


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TEXT = _listed(
    "capitalize casefold count endswith find index isalnum isalpha isdecimal isdigit islower "
    "isnumeric isspace istitle isupper join lower lstrip partition removeprefix removesuffix "
    "replace rfind rindex rpartition rsplit rstrip split splitlines startswith strip swapcase "
    "title upper"
)
_ROW = _listed("count index")
_METHODS: Mapping[type, frozenset[str]] = {
    Markup: _TEXT | _listed("striptags unescape"),
    str: _TEXT,
    tuple: _ROW,
    list: _ROW,
    dict: _listed("get items keys values"),
    datetime.date: _listed("year month day isoformat isoweekday weekday"),
    LoopContext: _listed(
        "cycle changed depth depth0 first index index0 last length nextitem previtem revindex "
        "revindex0"
    ),
    BlockReference: _listed("super"),
    Cycler: _listed("current next reset"),
    Joiner: frozenset(),
    Macro: _listed("name"),
}
# Filters of Jinja that give the same result everywhere, look at nothing but their arguments, and
# reach no further into these than a dot does.
FILTERS = _listed(
    "abs batch capitalize center count d default dictsort e escape filesizeformat first float "
    "forceescape format groupby indent int items join last length list lower map max min reject "
    "rejectattr replace reverse round safe select selectattr slice sort string striptags sum title "
    "tojson trim truncate unique upper urlencode wordcount wordwrap xmlattr"
)
OWN_FILTERS = _listed("an clock date in_words listed plus_days slot")
FUNCTIONS = _listed("cycler dict joiner namespace range")


def may_use(value: object, word: str) -> bool:
    """Tell whether a text or a template may write `word` behind the dot of a value."""
    value = plain(value)
    if isinstance(value, Namespace | TemplateModule):
        return not word.startswith("_")  # the template itself has put these words there
    kind = type(value)
    if is_record(kind):
        return word in _words_of_record(kind)
    # Base classes count too: a date with a time of day is a date, a row with names is a row.
    return any(word in _METHODS[base] for base in kind.__mro__ if base in _METHODS)


def words_of(value: object) -> list[str]:
    """Return the words of a value that a message may name: a record's fields, a mapping's keys."""
    value = plain(value)
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    if isinstance(value, Namespace):
        # It looks up everything, `__dict__` too, among what the template has put there.
        return list(getattr(value, "_Namespace__attrs"))  # noqa: B009
    if isinstance(value, TemplateModule):
        return [word for word in vars(value) if not word.startswith("_")]
    return _words_of_record(type(value)) if is_record(type(value)) else []


def is_record(kind: type) -> bool:
    """Tell whether a type is a frozen dataclass, whose fields cannot be set."""
    return is_dataclass(kind) and bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


def _words_of_record(kind: type) -> list[str]:
    names = [field.name for field in fields(kind)]
    for base in kind.__mro__:
        names += (name for name, value in vars(base).items() if isinstance(value, property))
    return [name for name in dict.fromkeys(names) if not name.startswith("_")]
