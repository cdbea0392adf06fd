"""Settle a day's breaks: their minutes, their times, those that move, come in or go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from workshop.content.clock import clock
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Location, Report, nearest
from workshop.in_a_row import in_a_row
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import Break, OrderedBreak
from workshop.tailoring.order.ordered_items import (
    BreakItem,
    ModuleItem,
    PlacedBreak,
    RunningItem,
)


@dataclass(frozen=True)
class _WantedBreak:
    """Holds what the client file says of a break; without `lasting` the day has none of it.

    `number` counts the one that is meant, of several with that title; None for each of them.
    """

    title: str
    number: int | None
    lasting: Break | None
    is_own: bool
    place: Location

    def meant_of(self, breaks: Mapping[int, BreakItem]) -> Iterator[int]:
        """Yield the indexes of those of a day's `breaks` that are meant."""
        for index, item in breaks.items():
            if item.title == self.title and self.number in (None, item.number):
                yield index


def settle_breaks(
    items: Sequence[RunningItem], wanted: CohortSource, report: Report
) -> tuple[list[RunningItem], list[PlacedBreak]]:
    """Return the items with their breaks as the client file wants them, and the breaks to place.

    What it says of a break that the day does not have, or has more than once, goes into `report`.
    """
    breaks = {at: item for at, item in enumerate(items) if isinstance(item, BreakItem)}
    ordered = _ordered(wanted)
    settled = dict(enumerate(items))
    placed: list[PlacedBreak] = []
    new_indexes = count(len(items))
    for setting in _settings(wanted, breaks):
        lasting = setting.lasting
        meant = [index for index in setting.meant_of(breaks) if index in settled]
        if len(meant) > 1 and lasting and (lasting.after is not None or lasting.at is not None):
            _report_more_than_one(setting, [breaks[index] for index in meant], report)
        elif lasting and lasting.after is not None:
            old = [item for index in meant if isinstance(item := settled.pop(index), BreakItem)]
            if new := _new_break(setting.title, lasting, old, setting.place, report):
                placed.append(PlacedBreak(new, lasting.after, setting.place))
        elif meant:
            settled |= _change_breaks([(index, settled.pop(index)) for index in meant], lasting)
        elif lasting and setting.title in ordered:  # which gives it its place
            as_long = lasting.minutes or ordered[setting.title]
            lasting = lasting.model_copy(update={"minutes": as_long})
            if new := _new_break(setting.title, lasting, [], setting.place, report):
                settled[next(new_indexes)] = new
        elif setting.is_own:
            titles = {item.title for item in breaks.values()}
            _report_unknown(setting, titles, _in_order(settled), report)
    return _in_order(settled), placed


def _ordered(wanted: CohortSource) -> dict[str, int | None]:
    """Return what the order of the day names, with the minutes that it gives to a break."""
    return {
        entry.title if isinstance(entry, OrderedBreak) else entry: (
            entry.minutes if isinstance(entry, OrderedBreak) else None
        )
        for entry in wanted.order or ()
    }


def _in_order(items: Mapping[int, RunningItem]) -> list[RunningItem]:
    return [items[index] for index in sorted(items)]


def _settings(wanted: CohortSource, breaks: Mapping[int, BreakItem]) -> Iterator[_WantedBreak]:
    # “Coffee 2” is the second “Coffee”, unless a break of the day is called so.
    by_number = {item.single_name: (item.title, item.number) for item in breaks.values()}
    by_number |= {item.title: (item.title, None) for item in breaks.values()}
    own = wanted.file.breaks
    for name, value in {**wanted.client.breaks, **own}.items():
        keys = ("cohorts", wanted.slug, "breaks") if name in own else ("breaks",)
        place = wanted.source.location(*keys, name, key=True)
        lasting = value if isinstance(value, Break) else Break(minutes=value) if value else None
        title, number = by_number.get(name, (name, None))
        yield _WantedBreak(title, number, lasting, name in own, place)


def breaks_called(title: str, items: Sequence[RunningItem]) -> list[BreakItem]:
    """Return the breaks of this title."""
    return [item for item in items if isinstance(item, BreakItem) and item.title == title]


def _change_breaks(
    items: Sequence[tuple[int, RunningItem]], lasting: Break | None
) -> dict[int, RunningItem]:
    """Return breaks by index, changed as the client file wants; those it takes out are gone."""
    return {
        index: _change_break(item, lasting)
        for index, item in items
        if lasting and isinstance(item, BreakItem)
    }


def _change_break(item: BreakItem, lasting: Break) -> BreakItem:
    at = item.at if lasting.at is None else lasting.at
    back = item.back if lasting.back is None else lasting.back
    return replace(item, minutes=lasting.minutes or item.minutes, at=at, back=back)


def _new_break(
    title: str, lasting: Break, old: Sequence[BreakItem], place: Location, report: Report
) -> BreakItem | None:
    if old:
        return _change_break(old[0], lasting)
    if lasting.minutes:
        return BreakItem(title, lasting.minutes, lasting.at, lasting.back is not False)
    minutes = 15 if lasting.after is None else {"minutes": 15, "after": lasting.after}
    report.error(
        "break-minutes",
        f"The break “{title}” has no minutes",
        place,
        f"Write how many: `{in_one_line(title)}: {in_one_line(minutes)}`.",
    )
    return None


def _report_more_than_one(
    setting: _WantedBreak, meant: Sequence[BreakItem], report: Report
) -> None:
    names = in_a_row([f"`{item.single_name}`" for item in meant], "or")
    report.error(
        "break-twice",
        f"This day has {len(meant)} breaks called “{setting.title}”, "
        "and `after` and `at` are for one",
        setting.place,
        f"Write {names} for the one you mean, as the day has them without your changes; give a new "
        "one a title of its own.",
    )


def _report_unknown(
    setting: _WantedBreak,
    titles: Collection[str],
    items: Sequence[RunningItem],
    report: Report,
) -> None:
    names = [item.name if isinstance(item, ModuleItem) else None for item in items]
    report.error(
        "unknown-break",
        f"This day has no break called “{setting.title}”",
        setting.place,
        hint_for_break(setting.title, setting.lasting, titles, names),
    )


def hint_for_break(
    title: str, lasting: Break | int | None, titles: Collection[str], names: Sequence[str | None]
) -> str:
    """Return the title that may be meant, and the line that makes a new break of this one.

    `titles` are those of the breaks there are; `names` are the day's modules, None for a break.
    """
    hint = nearest(title, titles) or ""
    if not lasting:
        return hint
    if title in names and (minutes := lasting if isinstance(lasting, int) else lasting.minutes):
        return f"It is a module: write `minutes: {in_one_line({title: minutes})}`."
    set_here = Break(minutes=lasting) if isinstance(lasting, int) else lasting
    pin: dict[str, object] = {} if set_here.at is None else {"at": clock(set_here.at)}
    if set_here.back is False:
        pin["back"] = False
    line = new_break_line(title, set_here.minutes or 15, names, pin)
    return f"{hint} For a new break write `{line}`.".strip()


def new_break_line(
    title: str, minutes: int, names: Sequence[str | None], pin: Mapping[str, object]
) -> str:
    """Return the line that makes a new break, after a module in the longest stretch of `names`."""
    keys = {"minutes": minutes, "after": _to_follow(names), **pin}
    return f"breaks: {in_one_line({title: keys})}"


def _to_follow(names: Sequence[str | None]) -> str:
    """Return the module in the middle of the longest stretch without a break."""
    stretches: list[list[str]] = [[]]
    for name in names:
        if name is None:
            stretches.append([])
        else:
            stretches[-1].append(name)
    longest = max(stretches, key=len)
    return longest[(len(longest) - 1) // 2] if longest else "MODULE"
