"""Write the one line by which a client accepts all warnings of its days that may stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Diagnostic, Proposal, Severity
from workshop.tailoring.client_file.accepted import Accept

_REASON = "The client wants it so."


def with_accept_line(
    faults: Sequence[Diagnostic], accepted: Sequence[Accept], told: Sequence[Diagnostic] = ()
) -> list[Diagnostic]:
    """Propose, at the first warning that a client may accept, to accept all that there are.

    The line has what is `accepted` already, and the warnings `told` before, as it takes the place
    of the one that stands there.
    """
    ours = _may_stay(faults)
    if not ours:
        return list(faults)
    may_stay = [*_may_stay(told), *ours]
    entries = [_as_written(entry) for entry in accepted]
    entries += [
        {"code": fault.code, "about": fault.accept_by, "reason": _REASON} for fault in may_stay
    ]
    unlike = [entry for index, entry in enumerate(entries) if entry not in entries[:index]]
    line = Proposal(_in_words(len(may_stay)), (f"accept: {in_one_line(unlike)}",))
    first = ours[0]
    return [
        replace(fault, proposals=(*fault.proposals, line)) if fault is first else fault
        for fault in faults
    ]


def _may_stay(faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [fault for fault in faults if fault.accept_by and fault.severity is Severity.WARNING]


def _as_written(entry: Accept) -> dict[str, str]:
    values = {"code": entry.code, "file": entry.file, "about": entry.about, "reason": entry.reason}
    return {key: value for key, value in values.items() if value is not None}


def _in_words(number: int) -> str:
    all_of_them = "this warning" if number == 1 else f"this warning and {number - 1} more"
    return f"accepts {all_of_them} (for the whole client, beside its `name`)"
