"""Write changes that let a day add up as the lines to type into the client file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workshop.content.clock import clock
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Location, Proposal, display_path
from workshop.planning.minutes.mendings import Mending, still_sitting
from workshop.planning.minutes.misfits import Misfit
from workshop.planning.minutes.remedies import (
    AddPauses,
    DropPause,
    LeaveOut,
    MovePause,
    PutAfter,
    Remedy,
    Repin,
    Resize,
    Retime,
    RunFor,
)
from workshop.planning.minutes.sections import AskedDay, Pause, Session
from workshop.planning.minutes.what_it_costs import cost_in_words, title_of
from workshop.tailoring.client_file.day_keys import Break, DayKeys, Include, Modules


def as_proposals(
    mendings: Iterable[Mending], keys: DayKeys, misfit: Misfit | None = None
) -> tuple[Proposal, ...]:
    """Return each mending with its lines, each of which has the whole value of its key.

    They take away `misfit`, or say how much of it they leave.
    """
    return tuple(
        Proposal(
            "; ".join(_in_words(mending, keys, misfit)),
            _lines(mending, keys),
        )
        for mending in mendings
    )


def _in_words(mending: Mending, keys: DayKeys, misfit: Misfit | None) -> Iterator[str]:
    for remedy, day in mending.steps:
        yield cost_in_words(remedy, day, keys.wishes)
    if misfit and (sitting := still_sitting(mending, misfit)):
        yield f"people still sit for {sitting} minutes"


def where_to_type(keys: DayKeys, place: Location | None = None) -> str:
    """Say where the lines of proposals belong, for a fault that is told at a place."""
    under = f"under “{keys.under}” write" if keys.under else "write"
    if keys.file and place and place.path != keys.file:
        there = display_path(keys.file)
        return f"set the day otherwise here, or for this client in {there} {under} one of these."
    return f"{under} one of these, in place of what its keys say there."


def _lines(mending: Mending, keys: DayKeys) -> tuple[str, ...]:
    """Return the lines to type, each with the whole value of its key, changed or not."""
    now, writes_order = keys, False
    days = [*(day for _, day in mending.steps[1:]), mending.day]
    for (remedy, _), mended in zip(mending.steps, days, strict=True):
        in_order = now.is_ordered or _needs_order(remedy, mended, now)
        if in_order and not isinstance(remedy, Retime | RunFor):
            writes_order = True
            now = _beside_order(remedy, mended, replace(now, is_ordered=True))
        else:
            now = _with_keys(remedy, now)
    order = in_one_line([_in_order(item) for item in mending.day.items])
    values = {
        "order": order if writes_order else "",
        "times": _times(now) if now.times != keys.times else "",
        "breaks": _breaks(now) if now.breaks != keys.breaks else "",
        "modules": _modules(now) if now.modules != keys.modules else "",
        "minutes": in_one_line(now.minutes) if now.minutes != keys.minutes else "",
    }
    return tuple(f"{key}: {value}" for key, value in values.items() if value)


def _beside_order(remedy: Remedy, mended: AskedDay, keys: DayKeys) -> DayKeys:
    """Return the keys with what has to change in them besides `order`, which states the change."""
    titles = [item.title for item in mended.items if isinstance(item, Pause)]
    if isinstance(remedy, LeaveOut):
        return _without(remedy.session.module, keys)
    if isinstance(remedy, DropPause) and remedy.pause.title not in titles:
        return _without_break(remedy.pause.title, keys)
    if isinstance(remedy, Repin) and remedy.pause.title == keys.lunch and keys.times.lunch:
        return replace(keys, times=keys.times.model_copy(update={"lunch": remedy.at}))
    return keys


def _with_keys(remedy: Remedy, keys: DayKeys) -> DayKeys:
    """Return the keys of the day with a change typed into them."""
    if isinstance(remedy, Retime):
        # Doors open no later than the day starts.
        start, doors = remedy.start, keys.doors
        times: dict[str, object] = {"start": start, "finish": remedy.finish}
        if start is not None and doors is not None and start < doors.at:
            times["doors"] = replace(doors, at=start)
        return _with_times(keys, {key: at for key, at in times.items() if at is not None})
    if isinstance(remedy, Repin) and remedy.pause.title == keys.lunch and not _pins_lunch(keys):
        return _with_times(keys, {"lunch": remedy.at})
    if isinstance(remedy, DropPause):
        return _without_break(remedy.pause.title, keys)
    if isinstance(remedy, AddPauses):
        for session, pause in remedy.pauses:
            new = Break(minutes=pause.minutes, after=session.module)
            keys = _with_break(keys, _new_title(pause.title, keys), new)
        return keys
    if isinstance(remedy, LeaveOut):
        return _without(remedy.session.module, keys)
    if isinstance(remedy, PutAfter):
        return _with_module(remedy.session.module, title_of(remedy.after), keys)
    if isinstance(remedy, RunFor):
        name = remedy.session.module
        named = dict.fromkeys(_find_names(name, keys) or [name], remedy.minutes)
        return replace(keys, minutes={**keys.minutes, **named})
    setting = keys.all_breaks.get(remedy.pause.title)
    lasting = setting if isinstance(setting, Break) else Break(minutes=setting)
    return _with_break(keys, remedy.pause.title, lasting.model_copy(update=_key_to_change(remedy)))


def _key_to_change(remedy: Repin | Resize | MovePause) -> dict[str, object]:
    if isinstance(remedy, Repin):
        return {"at": remedy.at}
    if isinstance(remedy, Resize):
        return {"minutes": remedy.minutes}
    return {"after": remedy.after.module}


def _new_title(title: str, keys: DayKeys) -> str:
    """Return a title for a new break that no other has; with a number, it prints as they do."""
    number, numbered = 1, title
    while numbered in keys.all_breaks:
        number += 1
        numbered = f"{title} {number}"
    return numbered


def _with_times(keys: DayKeys, changed: Mapping[str, object]) -> DayKeys:
    return replace(keys, times=keys.times.model_copy(update=dict(changed)))


def _with_break(keys: DayKeys, title: str, setting: int | Break) -> DayKeys:
    changed = {title: setting}
    return replace(
        keys, breaks={**keys.breaks, **changed}, all_breaks={**keys.all_breaks, **changed}
    )


def _without_break(title: str, keys: DayKeys) -> DayKeys:
    """Leave a break out: one of the programme lasts 0 minutes, others are no longer named."""
    if title in keys.pauses:
        return _with_break(keys, title, 0)
    own, of_all = dict(keys.breaks), dict(keys.all_breaks)
    own.pop(title, None)
    of_all.pop(title, None)
    return replace(keys, breaks=own, all_breaks=of_all)


def _without(name: str, keys: DayKeys) -> DayKeys:
    """Leave a module out: those of the programme are excluded, others are no longer included."""
    modules = keys.all_modules
    original = {new: old for old, new in modules.replace.items() if old in keys.from_variant}
    include = [entry for entry in modules.include if _module(entry) != name]
    changed: dict[str, object] = {}
    if len(include) < len(modules.include):
        changed["include"] = include
    old = original.get(name, name)
    is_new = old in keys.from_variant and old not in modules.exclude
    if is_new or not (changed or keys.is_ordered):
        changed["exclude"] = [*modules.exclude, old]
    named = _find_names(name, keys)
    rest = {key: minutes for key, minutes in keys.minutes.items() if key not in named}
    return _with_modules(replace(keys, minutes=rest), changed)


def _find_names(name: str, keys: DayKeys) -> list[str]:
    """Return by which names `minutes` speaks of a module: also by the one that it replaces."""
    new = keys.all_modules.replace
    return [key for key in keys.minutes if name in (key, new.get(key))]


def _with_module(name: str, after: str, keys: DayKeys) -> DayKeys:
    entries = [entry for entry in keys.all_modules.include if _module(entry) != name]
    return _with_modules(keys, {"include": [Include(module=name, after=after), *entries]})


def _with_modules(keys: DayKeys, changed: Mapping[str, object]) -> DayKeys:
    if not changed:
        return keys
    own = {key: getattr(keys.modules, key) for key in keys.modules.model_fields_set}
    return replace(
        keys,
        modules=Modules(**{**own, **changed}),
        all_modules=keys.all_modules.model_copy(update=dict(changed)),
    )


def _needs_order(remedy: Remedy, mended: AskedDay, keys: DayKeys) -> bool:
    """Tell whether only the whole order of the day says what a change means.

    So it is with a title that several breaks have, and with a place that other items follow.
    """
    titles = [item.title for item in mended.items if isinstance(item, Pause)]
    placed = {setting.after for setting in keys.all_breaks.values() if isinstance(setting, Break)}
    placed |= {entry.after for entry in keys.all_modules.include if isinstance(entry, Include)}
    # Others follow what their own file says.
    placed |= {
        session.follows for session in mended.sessions if session.module in keys.all_modules.include
    }
    if isinstance(remedy, Retime | RunFor):
        return False
    if isinstance(remedy, LeaveOut):
        return remedy.session.module in placed
    if isinstance(remedy, PutAfter):
        name = title_of(remedy.after)
        return titles.count(name) > 1 or not placed.isdisjoint([name, remedy.session.module])
    if isinstance(remedy, AddPauses):
        return not placed.isdisjoint(session.module for session, _ in remedy.pauses)
    title = remedy.pause.title
    if isinstance(remedy, MovePause) and not placed.isdisjoint([title, remedy.after.module]):
        return True
    if isinstance(remedy, DropPause):
        is_elsewhere = title not in keys.pauses and title not in keys.breaks
        return is_elsewhere or title in titles or _is_numbered(title, keys)
    return titles.count(title) > 1 or _is_numbered(title, keys)


def _is_numbered(title: str, keys: DayKeys) -> bool:
    """Tell whether the client file speaks of one of several breaks of a title: `Coffee 2`."""
    return any(re.fullmatch(rf"{re.escape(title)} \d+", name) for name in keys.all_breaks)


def _pins_lunch(keys: DayKeys) -> bool:
    """Tell whether lunch has a time of its own, which comes before that of `times`."""
    setting = keys.all_breaks.get(keys.lunch or "")
    return isinstance(setting, Break) and setting.at is not None


def _times(keys: DayKeys) -> str:
    times = {name: at for name, at in keys.times if at is not None}
    return in_one_line(
        {name: clock(at) if isinstance(at, int) else str(at) for name, at in times.items()}
    )


def _breaks(keys: DayKeys) -> str:
    return in_one_line(
        {
            title: setting.as_typed() if isinstance(setting, Break) else setting
            for title, setting in keys.breaks.items()
        }
    )


def _modules(keys: DayKeys) -> str:
    values = keys.modules.model_dump(include=set(keys.modules.model_fields_set))
    return in_one_line(values)


def _module(entry: str | Include) -> str:
    return entry if isinstance(entry, str) else entry.module


def _in_order(item: Session | Pause) -> object:
    if isinstance(item, Session):
        return item.module
    pin = {} if item.at is None else {"at": clock(item.at)}
    back = {} if item.back else {"back": False}
    return {"break": item.title, "minutes": item.minutes, **pin, **back}
