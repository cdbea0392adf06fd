"""Put a day's modules and breaks into the order that the client file writes down."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import OrderedBreak
from workshop.tailoring.order.ordered_items import BreakItem, ModuleItem, RunningItem, key_of


def put_in_order(
    items: Sequence[RunningItem], titles: Collection[str], wanted: CohortSource, report: Report
) -> list[RunningItem]:
    """Return the modules and breaks that `order` names; all `items` where there is no order.

    `titles` are those of the breaks of every day there is. What the order leaves out of the day is
    a warning in `report`; breaks that it names and the day does not have are errors.
    """
    order = wanted.order
    if order is None:
        return list(items)
    breaks: dict[str, list[BreakItem]] = {}
    for item in items:
        if isinstance(item, BreakItem):
            breaks.setdefault(item.title, []).append(item)
    ordered: list[RunningItem] = []
    for index, entry in enumerate(order):
        title = entry.title if isinstance(entry, OrderedBreak) else entry
        own = breaks.get(title, [])
        # The second “Coffee” of an order is the second of the day.
        usual = own.pop(0) if len(own) > 1 else own[0] if own else None
        if isinstance(entry, OrderedBreak) and (entry.minutes or usual):
            minutes = entry.minutes or (usual.minutes if usual else 0)
            at = entry.at if entry.at is not None or usual is None else usual.at
            back = (usual is None or usual.back) if entry.back is None else entry.back
            ordered.append(BreakItem(title, minutes, at, back))
        elif isinstance(entry, str) and usual:
            ordered.append(usual)
        elif isinstance(entry, OrderedBreak) or entry in titles:
            report.error(
                "unknown-break",
                f"This day has no break called “{title}”",
                wanted.place("order", index),
                f"Say how long it lasts: `{in_one_line({'break': title, 'minutes': 15})}`.",
            )
        else:
            _check_not_excluded(entry, index, wanted, report)
            ordered.append(ModuleItem(wanted.modules.replace.get(entry, entry)))
    _warn_of_left_out(items, ordered, wanted, report)
    return ordered


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
    wanted: CohortSource,
    report: Report,
) -> None:
    named = {key_of(item) for item in ordered}
    left_out = list(dict.fromkeys(key_of(item) for item in items if key_of(item) not in named))
    if not left_out:
        return
    titles = {item.title for item in items if isinstance(item, BreakItem)}
    modules = [name for name in left_out if name not in titles]
    none = {title: 0 for title in left_out if title in titles}
    exclude = ", ".join([*wanted.modules.exclude, *modules])
    lines = [f"`modules: {{exclude: [{exclude}]}}`"] if modules else []
    lines += [f"`breaks: {in_one_line(none)}`"] if none else []
    names = " and ".join(f"“{name}”" for name in left_out)
    report.warn(
        "order-leaves-out",
        f"`order` does not name {names}, so the day of “{wanted.slug}” goes without",
        wanted.place("order", key=True),
        f"Where that is meant, write {' and '.join(lines)}.",
    )
