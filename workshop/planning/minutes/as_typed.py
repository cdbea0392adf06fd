"""Write what would let a day add up as the line to type into the client file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from workshop.content.clock import clock
from workshop.content.yaml.what_to_type import in_one_line
from workshop.planning.minutes.remedies import (
    AddPauses,
    DropPause,
    LeaveOut,
    PutAfter,
    Remedy,
    Repin,
    Retime,
)
from workshop.planning.minutes.sections import AskedDay, Pause, Session
from workshop.tailoring.client_file.day_keys import Break, DayKeys, Include

# A hint longer than this is cut where it is shown; what does not fit in is left out as a whole.
_LONGEST = 560


def as_hint(remedies: Iterable[tuple[Remedy, AskedDay]], keys: DayKeys) -> str | None:
    """Return a sentence with the lines of remedies, each of which may be typed; None without any.

    A line has the whole value of its key, with what stands there now.
    """
    lines = dict.fromkeys(_line(remedy, mended, keys) for remedy, mended in remedies)
    hint = f"Under “{keys.under}” write" if keys.under else "Write"
    written: list[str] = []
    for key, value in lines:
        there = f" (in place of its `{key}`)" if key in keys.is_set else ""
        line = f"`{key}: {value}`{there}"
        if not written or len("; or ".join([hint, *written, line])) < _LONGEST:
            written.append(line)
    return f"{hint} {'; or '.join(written)}." if written else None


def to_accept(code: str, keys: DayKeys, about: str | None = None) -> str:
    """Return the line of a client file by which a warning of this code may stay."""
    words = {} if about is None else {"about": about}
    entry = {"code": code, **words, "reason": "The client wants it so."}
    if keys.accepts:
        return f"one more entry of `accept`, `{in_one_line(entry)}`"
    line = f"`accept: {in_one_line([entry])}`"
    return f"{line}, which stands under no cohort" if keys.under else line


def _line(remedy: Remedy, mended: AskedDay, keys: DayKeys) -> tuple[str, str]:
    """Return the key to write and its value."""
    if isinstance(remedy, Retime):
        return _times(keys, start=remedy.start, finish=remedy.finish)
    if isinstance(remedy, Repin) and remedy.pause.title == keys.lunch and not _pins_lunch(keys):
        return _times(keys, lunch=remedy.at)
    if keys.is_ordered or _needs_order(remedy, mended, keys):
        return "order", in_one_line([_in_order(item) for item in mended.items])
    if isinstance(remedy, Repin):
        changed = {**_break(keys.all_breaks.get(remedy.pause.title)), "at": clock(remedy.at)}
        return _breaks(keys, {remedy.pause.title: changed})
    if isinstance(remedy, DropPause):
        return _breaks(keys, {remedy.pause.title: 0})
    if isinstance(remedy, AddPauses):
        new = {
            pause.title: {"minutes": pause.minutes, "after": session.module}
            for session, pause in remedy.pauses
        }
        return _breaks(keys, new)
    if isinstance(remedy, LeaveOut):
        return _left_out([session.module for session in remedy.sessions], keys)
    name = remedy.session.module
    place = {"module": name, "after": _name(remedy.after)}
    include = [_include(entry) for entry in keys.all_modules.include if _module(entry) != name]
    return _modules(keys, {"include": [place, *include]})


def _needs_order(remedy: Remedy, mended: AskedDay, keys: DayKeys) -> bool:
    """Whether only the whole order of the day says what a remedy means.

    So it is with a title that several breaks have, and with a place that other items follow.
    """
    if isinstance(remedy, Repin | DropPause) and _is_numbered(remedy.pause.title, keys):
        return True
    titles = [item.title for item in mended.items if isinstance(item, Pause)]
    placed = {setting.after for setting in keys.all_breaks.values() if isinstance(setting, Break)}
    included = {entry.after for entry in keys.all_modules.include if isinstance(entry, Include)}
    if isinstance(remedy, Repin):
        return titles.count(remedy.pause.title) > 1
    if isinstance(remedy, DropPause):
        return remedy.pause.title in titles
    if isinstance(remedy, LeaveOut):
        return not placed.union(included).isdisjoint(s.module for s in remedy.sessions)
    if isinstance(remedy, PutAfter):
        name = _name(remedy.after)
        return (
            titles.count(name) > 1
            or name in placed
            or not placed.union(included).isdisjoint([remedy.session.module])
        )
    return False


def _is_numbered(title: str, keys: DayKeys) -> bool:
    """Whether the client file speaks of one of several breaks of a title: `Coffee 2`."""
    return any(re.fullmatch(rf"{re.escape(title)} \d+", name) for name in keys.all_breaks)


def _left_out(names: Sequence[str], keys: DayKeys) -> tuple[str, str]:
    """Leave modules out: those of the programme are excluded, others are no longer included."""
    modules = keys.all_modules
    original = {new: old for old, new in modules.replace.items() if old in keys.from_variant}
    include = [_include(entry) for entry in modules.include if _module(entry) not in names]
    changed: dict[str, object] = {}
    if len(include) < len(modules.include):
        changed["include"] = include
    olds = [original.get(name, name) for name in names]
    exclude = [old for old in olds if old in keys.from_variant and old not in modules.exclude]
    if exclude or not changed:
        changed["exclude"] = [*modules.exclude, *(exclude or olds)]
    return _modules(keys, changed)


def _pins_lunch(keys: DayKeys) -> bool:
    """Whether lunch has a time of its own, which comes before that of `times`."""
    setting = keys.all_breaks.get(keys.lunch or "")
    return isinstance(setting, Break) and setting.at is not None


def _times(
    keys: DayKeys, start: int | None = None, finish: int | None = None, lunch: int | None = None
) -> tuple[str, str]:
    wanted = {"start": start, "finish": finish, "lunch": lunch}
    own = {name: getattr(keys.times, name) for name in wanted}
    times = {name: own[name] if wanted[name] is None else wanted[name] for name in wanted}
    return "times", in_one_line({name: clock(at) for name, at in times.items() if at is not None})


def _breaks(keys: DayKeys, changed: Mapping[str, object]) -> tuple[str, str]:
    own = {title: _setting(setting) for title, setting in keys.breaks.items()}
    return "breaks", in_one_line({**own, **changed})


def _setting(setting: int | Break) -> object:
    return _break(setting) if isinstance(setting, Break) else setting


def _break(setting: int | Break | None) -> dict[str, object]:
    if not isinstance(setting, Break):
        return {"minutes": setting} if setting else {}
    at = None if setting.at is None else clock(setting.at)
    values = {"minutes": setting.minutes, "after": setting.after, "at": at}
    return {key: value for key, value in values.items() if value is not None}


def _modules(keys: DayKeys, changed: Mapping[str, object]) -> tuple[str, str]:
    own = keys.modules.model_dump(include=set(keys.modules.model_fields_set))
    return "modules", in_one_line({**own, **changed})


def _include(entry: str | Include) -> object:
    return entry if isinstance(entry, str) else entry.model_dump()


def _module(entry: str | Include) -> str:
    return entry if isinstance(entry, str) else entry.module


def _in_order(item: Session | Pause) -> object:
    if isinstance(item, Session):
        return item.module
    pin = {} if item.at is None else {"at": clock(item.at)}
    return {"break": item.title, "minutes": item.minutes, **pin}


def _name(item: Session | Pause) -> str:
    return item.module if isinstance(item, Session) else item.title
