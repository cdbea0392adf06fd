"""Put a day's modules and breaks into the order that the client file writes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report
from workshop.in_a_row import in_a_row
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import OrderedBreak
from workshop.tailoring.order.breaks import breaks_called
from workshop.tailoring.order.ordered_items import (
    BreakItem,
    KnownNames,
    ModuleItem,
    RunningItem,
)


def put_in_order(
    items: Sequence[RunningItem], names: KnownNames, wanted: CohortSource, report: Report
) -> list[RunningItem]:
    """Return the modules and breaks that `order` names; all `items` where there is no order.

    What the order leaves out of the day is a warning in `report`. Breaks that it names and the day
    does not have are errors; a name that neither `names` nor the client has is one already.
    """
    if wanted.order is None:
        return list(items)
    breaks = _DaysBreaks([item for item in items if isinstance(item, BreakItem)])
    break_names = {*names.breaks, *wanted.client.breaks, *wanted.file.breaks}
    ordered: list[RunningItem] = []
    for index, entry in enumerate(wanted.order):
        title = entry.title if isinstance(entry, OrderedBreak) else entry
        usual = breaks.take(title)
        if isinstance(entry, OrderedBreak) and (entry.minutes or usual):
            ordered.append(_as_ordered(entry, usual))
        elif isinstance(entry, str) and usual:
            ordered.append(usual)
        elif isinstance(entry, str) and entry in names.modules:
            _check_not_excluded(entry, index, wanted, report)
            ordered.append(ModuleItem(wanted.modules.replace.get(entry, entry)))
        elif isinstance(entry, OrderedBreak) or entry in break_names:
            _report_no_break(title, index, wanted, report)
    _warn_of_left_out(items, ordered, breaks, wanted, report)
    return ordered


@dataclass
class _DaysBreaks:
    """Hands a day's breaks to the order that names them."""

    of_day: Sequence[BreakItem]
    taken: list[BreakItem] = field(default_factory=list)

    def take(self, name: str) -> BreakItem | None:
        """Return the break of this title or name: of several the next, or else the last again."""
        meant = breaks_called(name, self.of_day)
        meant = meant or [item for item in self.of_day if item.single_name == name]
        waiting = next((item for item in meant if item not in self.taken), None)
        if waiting:
            self.taken.append(waiting)
        return waiting or (meant[-1] if meant else None)

    def left_out(self) -> list[str]:
        """Return what a client file calls the breaks that nothing has taken."""
        titles = {item.title for item in self.taken}
        left_out = (item for item in self.of_day if item not in self.taken)
        names = (item.single_name if item.title in titles else item.title for item in left_out)
        return list(dict.fromkeys(names))


def _as_ordered(entry: OrderedBreak, usual: BreakItem | None) -> BreakItem:
    """Return the day's break, or else a new one, with what the order says of it."""
    item = usual or BreakItem(entry.title, 0, None)
    at = item.at if entry.at is None else entry.at
    back = item.back if entry.back is None else entry.back
    return replace(item, minutes=entry.minutes or item.minutes, at=at, back=back)


def _report_no_break(title: str, index: int, wanted: CohortSource, report: Report) -> None:
    hint = f"Say how long it lasts: `{in_one_line({'break': title, 'minutes': 15})}`."
    if {**wanted.client.breaks, **wanted.file.breaks}.get(title) == 0:
        line = f"{in_one_line(title)}: 15"
        hint = f"`breaks` takes it out: write `{line}` there, or take it out of `order`."
    report.error(
        "unknown-break",
        f"This day has no break called “{title}”",
        wanted.place("order", index),
        hint,
    )


def _check_not_excluded(name: str, index: int, wanted: CohortSource, report: Report) -> None:
    if name in wanted.modules.exclude:
        report.error(
            "order-excluded",
            f"“{name}” stands in `order` and is excluded from the day of “{wanted.slug}”",
            wanted.place("order", index),
            "Take it out of `order`, or out of `exclude`.",
        )


def _warn_of_left_out(
    items: Sequence[RunningItem],
    ordered: Sequence[RunningItem],
    breaks: _DaysBreaks,
    wanted: CohortSource,
    report: Report,
) -> None:
    in_order = {item.name for item in ordered if isinstance(item, ModuleItem)}
    all_modules = [item.name for item in items if isinstance(item, ModuleItem)]
    modules = [name for name in all_modules if name not in in_order]
    left_out = [*modules, *breaks.left_out()]
    if not left_out:
        return
    titles = in_a_row([f"“{name}”" for name in left_out])
    report.warn(
        "order-leaves-out",
        f"`order` does not name {titles}, so the day of “{wanted.slug}” goes without",
        wanted.place("order", key=True),
        f"Where that is meant, {_confirmed(modules, breaks.left_out(), wanted)}.",
    )


def _confirmed(modules: Sequence[str], breaks: Sequence[str], wanted: CohortSource) -> str:
    """Say what confirms that a day goes without modules and breaks."""
    old = {new: name for name, new in wanted.modules.replace.items()}
    included = [name for name in modules if name in wanted.modules.included]
    exclude = [old.get(name, name) for name in modules if name not in included]
    lines = []
    if exclude:
        lines.append(f"`modules: {{exclude: [{', '.join([*wanted.modules.exclude, *exclude])}]}}`")
    if breaks:
        lines.append(f"`breaks: {in_one_line(dict.fromkeys(breaks, 0))}`")
    ways = [f"write {in_a_row(lines)}"] if lines else []
    if included:
        ways.append(f"take {in_a_row([f'“{name}”' for name in included])} out of `include`")
    return in_a_row(ways)
