"""Tell faults that are alike once, with the number and the lines of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from workshop.diagnostics import Diagnostic

# A sentence names this many lines, or runs of lines, and says how many more there are.
_MOST_RUNS = 12


def once_per_message(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Merge faults that say the same of several lines of a file; the first line stands for all."""
    groups: dict[Hashable, list[Diagnostic]] = {}
    for fault in faults:
        groups.setdefault((fault.hint, *_kind(fault), fault.message), []).append(fault)
    return [_merged(group) for group in groups.values()]


def once_per_kind(faults: Sequence[Diagnostic], most: int) -> list[Diagnostic]:
    """Keep the first faults of each kind in each file, and say behind them how many more there are.

    Nothing is left out where that would be a single fault.
    """
    kinds: dict[Hashable, list[Diagnostic]] = {}
    for fault in faults:
        kinds.setdefault(_kind(fault), []).append(fault)
    shown: list[Diagnostic] = []
    place: Counter[Hashable] = Counter()
    for fault in faults:
        kind = _kind(fault)
        place[kind] += 1
        if place[kind] <= most or len(kinds[kind]) == most + 1:
            shown.append(fault)
        elif place[kind] == most + 1:
            shown.append(_more(kinds[kind][most:]))
    return shown


def in_words(numbers: Sequence[int]) -> str:
    """Return rising numbers as a sentence has them: "2, 4 to 6 and 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        elif not runs or number != runs[-1][-1]:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    if len(words) > _MOST_RUNS:
        more = sum(map(len, runs[_MOST_RUNS:]))
        words[_MOST_RUNS:] = [f"{more:,} more"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _kind(fault: Diagnostic) -> tuple[Hashable, ...]:
    return fault.severity, fault.code, fault.location and fault.location.path


def _lines(faults: Iterable[Diagnostic]) -> list[int]:
    places = (fault.location for fault in faults)
    return sorted({place.line for place in places if place and place.line})


def _merged(alike: Sequence[Diagnostic]) -> Diagnostic:
    first, others = alike[0], _lines(alike[1:])
    if not others:
        return first
    lines = "line" if len(others) == 1 else "lines"
    return replace(first, message=f"{first.message}; the same in {lines} {in_words(others)}")


def _more(alike: Sequence[Diagnostic]) -> Diagnostic:
    lines = _lines(alike)
    where = f", in {'line' if len(lines) == 1 else 'lines'} {in_words(lines)}" if lines else ""
    return replace(alike[0], message=f"{len(alike):,} more faults of this kind{where}", hint=None)
