"""Decide a cohort's running order: its breaks, its lunch, its modules and those it includes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.content.programme import Variant
from workshop.diagnostics import Report, did_you_mean, nearest
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.order.breaks import settle_breaks
from workshop.tailoring.order.inclusions import hint_for_place
from workshop.tailoring.order.lunch import lunch_of, with_lunch
from workshop.tailoring.order.ordered_items import (
    BreakItem,
    Inclusion,
    KnownNames,
    ModuleItem,
    PlacedBreak,
    RunningItem,
    key_of,
)
from workshop.tailoring.order.written_order import put_in_order

Follower = Inclusion | PlacedBreak
_NUMBERED = re.compile(r"(.+) \d+")


def make_running_order(
    variant: Variant,
    wanted: CohortSource,
    inclusions: Sequence[Inclusion],
    names: KnownNames,
    report: Report,
) -> tuple[RunningItem, ...]:
    """Return the breaks and modules of a cohort's day in order.

    `names` are the names of modules and breaks that there are. Faults go into `report`: breaks, a
    lunch or modules to follow that the day does not have, and modules that it has more than once.
    """
    items, placed = settle_breaks(_variant_items(variant, wanted), wanted, report)
    items = _with_followers(items, placed, wanted, inclusions, report)
    items = put_in_order(items, names, wanted, report)
    items = with_lunch(items, lunch_of(variant), wanted, report)
    _check_once(items, wanted, inclusions, report)
    return tuple(_with_printed_titles(items))


def _with_printed_titles(items: Sequence[RunningItem]) -> Iterator[RunningItem]:
    """Yield the items; “Break 2” is called “Break” where the day has a “Break”, too.

    The number only tells the two apart in the client file.
    """
    titles = {item.title for item in items if isinstance(item, BreakItem)}
    for item in items:
        numbered = _NUMBERED.fullmatch(item.title) if isinstance(item, BreakItem) else None
        if isinstance(item, BreakItem) and numbered and _has_others(numbered[1], titles, item):
            yield replace(item, title=numbered[1])
        else:
            yield item


def _has_others(title: str, titles: Collection[str], item: BreakItem) -> bool:
    """Tell whether a day has a break of this title besides an item, with a number or without."""
    others = (other for other in titles if other != item.title)
    return any(other == title or _is_numbered(other, title) for other in others)


def _is_numbered(title: str, stem: str) -> bool:
    numbered = _NUMBERED.fullmatch(title)
    return numbered is not None and numbered[1] == stem


def _variant_items(variant: Variant, wanted: CohortSource) -> list[RunningItem]:
    modules = wanted.modules
    items: list[RunningItem] = []
    times, so_far = Counter(item.title for item in variant.items), Counter[str]()
    for item in variant.items:
        if item.title is not None:
            so_far[item.title] += 1
            number = so_far[item.title] if times[item.title] > 1 else None
            items.append(BreakItem(item.title, item.minutes or 0, item.at, item.back, number))
        elif item.module is not None and item.module not in modules.exclude:
            items.append(ModuleItem(modules.replace.get(item.module, item.module)))
    return items


def _with_followers(
    items: Sequence[RunningItem],
    placed: Sequence[PlacedBreak],
    wanted: CohortSource,
    inclusions: Sequence[Inclusion],
    report: Report,
) -> list[RunningItem]:
    """Put the included modules and the placed breaks behind what they follow."""
    twice = {name for name, times in Counter(map(key_of, items)).items() if times > 1}
    waiting = _Followers(wanted.modules.replace)
    followers: list[Follower] = [*placed, *inclusions]
    for follower in followers:
        is_unclear = follower.after in twice and wanted.order is None
        if is_unclear and isinstance(follower, Inclusion):
            _report_which(follower, report)
        else:
            waiting.add(follower)
    # A module that is included although it is there moves; its own file's place moves nothing.
    moved = {inclusion.module for inclusion in inclusions if not inclusion.own_place}
    order: list[RunningItem] = []
    for item in items:
        if isinstance(item, BreakItem) or item.name not in moved:
            order += [item, *waiting.behind(key_of(item))]
    names = [item.name for item in order if isinstance(item, ModuleItem)]
    breaks = [item.title for item in order if isinstance(item, BreakItem)]
    for left_over in waiting.left_over():
        if wanted.order is None:
            _report_left_over(left_over, names, breaks, wanted, report)
        else:  # which gives it its place
            order.append(_item_of(left_over))
    return order


def _item_of(follower: Follower) -> RunningItem:
    if isinstance(follower, PlacedBreak):
        return follower.item
    return ModuleItem(follower.module)


@dataclass
class _Followers:
    """Holds the items that are to follow others, until those have their place."""

    replaced: Mapping[str, str]
    followers: dict[str, list[Follower]] = field(default_factory=dict)

    def add(self, follower: Follower) -> None:
        after = self.replaced.get(follower.after, follower.after)
        self.followers.setdefault(after, []).append(follower)

    def behind(self, name: str) -> Iterator[RunningItem]:
        """Take out what follows a module or a break, each with its own followers."""
        for follower in self.followers.pop(name, ()):
            item = _item_of(follower)
            yield item
            yield from self.behind(key_of(item))

    def left_over(self) -> Iterator[Follower]:
        return (follower for rest in self.followers.values() for follower in rest)


def _report_which(follower: Inclusion, report: Report) -> None:
    report.error(
        "include-after",
        f"“{follower.module}” is to follow “{follower.after}”, of which the day has more than one",
        follower.location,
        "Name the module before it, or write the whole day under `order`.",
    )


def _report_left_over(
    left_over: Follower,
    names: Sequence[str],
    breaks: Sequence[str],
    wanted: CohortSource,
    report: Report,
) -> None:
    is_break = isinstance(left_over, PlacedBreak)
    what = left_over.item.title if isinstance(left_over, PlacedBreak) else left_over.module
    known = names if is_break else (*names, *breaks)
    # The title of a break may look like the name of a module that is meant.
    hint = did_you_mean(left_over.after, names) or nearest("", known) or ""
    if isinstance(left_over, Inclusion) and left_over.own_place:
        hint = hint_for_place(what, names)
    key = "breaks" if is_break else "modules"
    if len(wanted.client.cohorts) > 1 and not (
        wanted.sets("breaks") if is_break else wanted.sets("modules", "include")
    ):
        where = "Or set it" if is_break else "Or include it"
        hint += f" {where} under the cohorts whose day has “{left_over.after}”."
    report.error(
        "include-after" if key == "modules" else "break-after",
        f"“{what}” is to follow “{left_over.after}”, "
        f"which the day of “{wanted.slug}” does not have",
        left_over.location,
        hint,
    )


def _check_once(
    items: Sequence[RunningItem],
    wanted: CohortSource,
    inclusions: Sequence[Inclusion],
    report: Report,
) -> None:
    names = Counter(item.name for item in items if isinstance(item, ModuleItem))
    for name, times in names.items():
        if times > 1:
            places = [inclusion.location for inclusion in inclusions if inclusion.module == name]
            place, hint = wanted.place("modules", key=True), None
            if wanted.order is not None:
                place, hint = wanted.place("order", key=True), "Name it once."
            elif len(places) > 1:
                place, hint = places[-1], "It is included more than once: take the others out."
            elif places:
                to_move = f"{{module: {name}, after: …}}"
                place, hint = (
                    places[-1],
                    f"Take it out of `include`; or write {to_move}, to move it.",
                )
            report.error(
                "module-twice",
                f"The day of “{wanted.slug}” has the module “{name}” more than once",
                place,
                hint or "Include, replace and exclude so that each module comes once.",
            )
