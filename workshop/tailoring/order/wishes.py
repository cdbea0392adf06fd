"""Collect what a client file asks of a day, so that no proposal takes it away before the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from workshop.content.programme import Variant
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import Break, OrderedBreak, Wishes
from workshop.tailoring.order.lunch import lunch_of

_NUMBER = re.compile(r" \d+$")


def wishes_of(wanted: CohortSource, variant: Variant, variants: Iterable[Variant]) -> Wishes:
    """Return the modules, times and breaks that the cohort or its client asks for.

    `variant` is the day that they change, `variants` are all that the programme has.
    """
    new = wanted.modules.replace
    of_variant = set(_modules(variant, new))
    included = set(wanted.modules.included)
    ordered = {new.get(entry, entry) for entry in wanted.order or () if isinstance(entry, str)}
    ordered -= {item.title for item in variant.items if item.title}
    times = (*wanted.client.times, *wanted.file.times)
    set_times = frozenset(key for key, value in times if value is not None)
    breaks = list(_breaks(wanted))
    pins = {title for title, lasting in breaks if lasting.at is not None}
    return Wishes(
        modules=frozenset(included | (ordered - of_variant)),
        order=frozenset(ordered),
        core=frozenset.intersection(*(frozenset(_modules(day, new)) for day in variants)),
        times=set_times,
        pins=frozenset(pins | ({lunch_of(variant)} if "lunch" in set_times else set())),
        lengths=frozenset(title for title, lasting in breaks if lasting.minutes is not None),
    )


def _modules(variant: Variant, new: Mapping[str, str]) -> Iterator[str]:
    """Yield a variant's modules, or what the client has in the place of them."""
    return (new.get(item.module, item.module) for item in variant.items if item.module)


def _breaks(wanted: CohortSource) -> Iterator[tuple[str, Break | OrderedBreak]]:
    """Yield the breaks of which the client file says something, without their numbers."""
    for name, setting in {**wanted.client.breaks, **wanted.file.breaks}.items():
        lasting = setting if isinstance(setting, Break) else Break(minutes=setting or None)
        yield _NUMBER.sub("", name), lasting
    for entry in wanted.order or ():
        if isinstance(entry, OrderedBreak):
            yield _NUMBER.sub("", entry.title), entry
