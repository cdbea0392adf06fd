"""Tell faults that are alike once, with the number and the lines of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from workshop.diagnostics import Diagnostic, Severity
from workshop.in_a_row import in_a_row

# A sentence names this many lines, or runs of lines, and says how many more there are.
_MOST_RUNS = 12
# It quotes this many words besides the first.
_MOST_WORDS = 3
_QUOTED = re.compile(r"“[^”]*”")
_COARSE = "low-resolution"
# What is wrong in a text, whatever paper prints it.
_OF_A_TEXT = frozenset(("other-client", "segment-label", "wrong-audience"))
_ALSO = "; it stands in "
_DOTS = re.compile(r" has (\d+) pixels an inch")


def once_per_message(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Merge faults that say the same of several lines of a file; the first line stands for all.

    They may quote different words.
    """
    groups: dict[Hashable, list[Diagnostic]] = {}
    for fault in faults:
        said = _QUOTED.sub("“”", fault.message)
        groups.setdefault((fault.hint, *_kind(fault), said), []).append(fault)
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


def once_per_cause(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Merge a kit's warnings of one picture, or of one line of a text, that several papers print.

    A picture with too few pixels is told where it is coarsest, a line where it stands first. The
    warning names the other documents. Those that the client accepts stay as they are.
    """
    return [_with_other_documents(alike) for alike in _by_cause(faults)]


def once_in_all_kits(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Keep one of the warnings that several kits have for the same cause, as `once_per_cause`."""
    return [min(alike, key=_dots) for alike in _by_cause(faults)]


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
    return in_a_row(words)


def _by_cause(faults: Iterable[Diagnostic]) -> Iterable[list[Diagnostic]]:
    """Group the warnings that have one cause; all others are groups of one."""
    groups: dict[Hashable, list[Diagnostic]] = {}
    for number, fault in enumerate(faults):
        cause: Hashable = number
        if fault.location and fault.severity is Severity.WARNING:
            if fault.code == _COARSE:
                cause = fault.location.path
            elif fault.code in _OF_A_TEXT:
                cause = fault.code, fault.location, fault.message.partition(_ALSO)[0]
        groups.setdefault(cause, []).append(fault)
    return groups.values()


def _with_other_documents(alike: Sequence[Diagnostic]) -> Diagnostic:
    worst = min(alike, key=_dots)
    documents = dict.fromkeys(fault.printed.document for fault in alike if fault.printed)
    others = [name for name in documents if worst.printed and name != worst.printed.document]
    if not others:
        return worst
    also = "; it is too coarse in " if worst.code == _COARSE else _ALSO
    return replace(worst, message=f"{worst.message}{also}{in_a_row(others)} as well")


def _dots(fault: Diagnostic) -> int:
    match = _DOTS.search(fault.message)
    return int(match[1]) if match else 0


def _kind(fault: Diagnostic) -> tuple[Hashable, ...]:
    return fault.severity, fault.code, fault.location and fault.location.path


def _lines(faults: Iterable[Diagnostic]) -> list[int]:
    places = (fault.location for fault in faults)
    return sorted({place.line for place in places if place and place.line})


def _merged(alike: Sequence[Diagnostic]) -> Diagnostic:
    first, others = alike[0], _lines(alike[1:])
    if not others:
        return first
    words = [_quoted(fault) for fault in alike]
    different = list(dict.fromkeys(word for word in words if word != words[0]))
    same = f"the same with {_some(different)}," if different else "the same"
    return replace(first, message=f"{first.message}; {same} in {_places(alike[0], others)}")


def _quoted(fault: Diagnostic) -> str:
    match = _QUOTED.search(fault.message)
    return match[0] if match else ""


def _some(words: Sequence[str]) -> str:
    more = len(words) - _MOST_WORDS
    return ", ".join(words[:_MOST_WORDS]) + (f" and {more:,} more" if more > 0 else "")


def _places(fault: Diagnostic, numbers: Sequence[int]) -> str:
    unit = fault.location.unit if fault.location else "line"
    return f"{unit if len(numbers) == 1 else f'{unit}s'} {in_words(numbers)}"


def _more(alike: Sequence[Diagnostic]) -> Diagnostic:
    lines = _lines(alike)
    where = f", in {_places(alike[0], lines)}" if lines else ""
    return replace(alike[0], message=f"{len(alike):,} more faults of this kind{where}", hint=None)
