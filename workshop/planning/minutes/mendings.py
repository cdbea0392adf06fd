"""Find the few changes that let a whole day add up; each result has been tried on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from workshop.planning.minutes.find_remedies import remedies_for
from workshop.planning.minutes.misfits import Misfit, crowded_stretches, find_misfits
from workshop.planning.minutes.remedies import DropPause, LeaveOut, Remedy
from workshop.planning.minutes.sections import LONGEST_STRETCH, AskedDay, Session
from workshop.planning.minutes.what_it_costs import Cost, cost_of, subject
from workshop.tailoring.client_file.day_keys import Wishes

# No more is proposed at once, nor more of it that makes the same kinds of changes.
_MOST = 4
_MOST_ALIKE = 2
# A mending has no more changes than this, or no more than the second number where so many are not
# enough. Of those that do not mend the day, so many are followed up.
_MOST_CHANGES = 3
_MOST_EVER = 6
_FOLLOWED_UP = 60
_FOLLOWED_FURTHER = 12


@dataclass(frozen=True)
class Mending:
    """Holds changes to a day, each with the day before it, and the day that comes of them all."""

    steps: tuple[tuple[Remedy, AskedDay], ...]
    day: AskedDay
    cost: Cost = field(default_factory=Cost)

    @property
    def subjects(self) -> frozenset[tuple[str, object]]:
        """What is changed, such as when lunch begins, however much."""
        return frozenset(subject(remedy) for remedy, _ in self.steps)

    @property
    def loses(self) -> bool:
        """Tell whether the day is without something that it had."""
        return any(isinstance(remedy, LeaveOut | DropPause) for remedy, _ in self.steps)

    @property
    def paused(self) -> frozenset[object]:
        """The titles of the pauses that are changed."""
        return frozenset(about for kind, about in self.subjects if kind.endswith(" of a pause"))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its changes."""
        return tuple(sorted(type(remedy).__name__ for remedy, _ in self.steps))


def mend(
    day: AskedDay, spare: Sequence[Session], wishes: Wishes, misfit: Misfit | None = None
) -> list[Mending]:
    """Return a few ways to mend an impossible day, or to rid a possible one of a `misfit`.

    Those come first that leave a client's `wishes` as they are, then those that change least.
    `spare` are modules that the day does not have.
    """
    if misfit and misfit.sitting:
        # Lines that take a stretch down to what people can sit come before those that help a bit.
        return _mend(day, spare, wishes, misfit, whole=True) or _mend(day, spare, wishes, misfit)
    return _mend(day, spare, wishes, misfit)


def still_sitting(mending: Mending, misfit: Misfit) -> int:
    """Return how many minutes people still sit after a mending that helps only a bit; else 0."""
    less = _sitting(mending.steps[0][1]) - _sitting(mending.day)
    if less >= misfit.sitting - LONGEST_STRETCH:
        return 0
    return max((left.sitting for left in find_misfits(mending.day)), default=0)


def _mend(
    day: AskedDay,
    spare: Sequence[Session],
    wishes: Wishes,
    misfit: Misfit | None,
    *,
    whole: bool = False,
) -> list[Mending]:
    is_mended = _aim(day, misfit, whole=whole)
    rim, seen, mendings = [Mending((), day)], {day}, list[Mending]()
    for number in range(1, _MOST_EVER + 1):
        further: dict[AskedDay, Mending] = {}
        for tried in _with_another_change(rim, spare, wishes, misfit):
            cheapest = further.get(tried.day, tried)
            if tried.day not in seen and tried.cost <= cheapest.cost:
                further[tried.day] = tried
        seen |= further.keys()
        mended = [tried for tried in further.values() if is_mended(tried.day)]
        mendings += [_with_sitting(mending, day) for mending in mended]
        rest = [tried for tried in further.values() if not is_mended(tried.day)]
        most = _FOLLOWED_UP if number < _MOST_CHANGES else _FOLLOWED_FURTHER
        rim = nsmallest(most, rest, key=_hope)
        # A third change is worth looking for only to keep what the client asks for.
        keeps_all = any(_keeps_all(mending.cost) for mending in mendings)
        if (number > 1 and keeps_all) or (number >= _MOST_CHANGES and mendings):
            break
    return _choose(sorted(mendings, key=lambda mending: mending.cost))


def _aim(day: AskedDay, misfit: Misfit | None, *, whole: bool) -> Callable[[AskedDay], bool]:
    """Return a function that tells whether a day is mended: for good if `whole`, else by a bit."""
    crowded, sitting = crowded_stretches(day), _sitting(day)
    if misfit and whole:
        sitting += LONGEST_STRETCH + 1 - misfit.sitting

    def is_mended(mended: AskedDay) -> bool:
        if _errors(mended) or crowded_stretches(mended) > crowded:
            return False
        if misfit is None:
            return True
        if misfit.sitting:
            return _sitting(mended) < sitting
        return crowded_stretches(mended) < crowded

    return is_mended


def _errors(day: AskedDay) -> list[Misfit]:
    """Return what makes a day impossible, and not only bad practice."""
    return [misfit for misfit in find_misfits(day) if not misfit.accept_by]


def _with_another_change(
    mendings: Iterable[Mending],
    spare: Sequence[Session],
    wishes: Wishes,
    misfit: Misfit | None,
) -> Iterator[Mending]:
    for mending in mendings:
        day = mending.day
        # All must go in the end: so one after the other will do.
        wrong = _errors(day)[:1] if mending.steps or misfit is None else [misfit]
        for remedy in (remedy for fault in wrong for remedy in remedies_for(fault, day, spare)):
            if isinstance(remedy, DropPause) and remedy.pause.title in mending.paused:
                continue  # It would have been enough to drop it.
            cost = mending.cost + cost_of(remedy, day, wishes)
            yield Mending((*mending.steps, (remedy, day)), remedy.apply(day), cost)


def _hope(mending: Mending) -> tuple[int, int, Cost]:
    """Return a key to sort mendings by how much they leave to mend, the least first."""
    errors = _errors(mending.day)
    return len(errors), sum(abs(misfit.over) for misfit in errors), mending.cost


def _with_sitting(mending: Mending, day: AskedDay) -> Mending:
    """Count what people would sit for longer than before without a break."""
    longer = max(0, _sitting(mending.day) - _sitting(day))
    return replace(mending, cost=mending.cost + Cost(sitting=longer))


def _sitting(day: AskedDay) -> int:
    return sum(max(0, misfit.sitting - LONGEST_STRETCH) for misfit in find_misfits(day))


def _keeps_all(cost: Cost) -> bool:
    return not cost.wishes and not cost.places


def _choose(mendings: Iterable[Mending]) -> list[Mending]:
    """Return the first few mendings that differ; none that changes all that an earlier one does.

    Where there are any, half of them leave something out, and half do not.
    """
    differing: list[Mending] = []
    seen: list[frozenset[tuple[str, object]]] = []
    alike: Counter[tuple[str, ...]] = Counter()
    for mending in mendings:
        if not any(subjects <= mending.subjects for subjects in seen):
            alike[mending.kinds] += 1
            if alike[mending.kinds] <= _MOST_ALIKE:
                differing.append(mending)
        seen.append(mending.subjects)
    losing = [mending for mending in differing if mending.loses]
    others = [mending for mending in differing if not mending.loses]
    most = max(_MOST // 2, _MOST - len(losing))
    chosen = [*others[:most], *losing[: _MOST - len(others[:most])]]
    return sorted(chosen, key=lambda mending: mending.cost)
