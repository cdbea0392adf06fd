"""What the workbooks of a cohort cost, made by this product and in other ways, as tables.

Run it with `.venv/bin/python benchmarks/cohorts.py`; it takes six minutes or more, and 4 GB of disk
while it lasts. What the others take for a cohort is worked out from a few people, as it says there.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.common import (
    CLIENT,
    COHORT,
    DOCUMENT,
    in_new_process,
    peak_memory,
    print_machine,
    print_table,
    say,
    taken,
    workspace,
    write_roster,
)

if TYPE_CHECKING:
    from benchmarks.peers import Measured, Peer

SIZES = (1, 10, 16, 100, 1_000, 10_000)
# The largest cohort is made once: what it takes hardly depends on what else the machine does.
RUNS = {1: 5, 10: 5, 16: 5, 100: 5, 1_000: 3, 10_000: 1}
COLD = (1, 100, 1_000)
ROUNDS = 3
# Bytes of a copy, and a fifth to spare.
_ROOM = 400_000


@dataclass(frozen=True)
class Ours:
    """A cohort made by the product: seconds, the process's most memory in MB, bytes of a copy."""

    seconds: float
    memory: float
    size: int
    pages: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=max(SIZES), help="people, at most")
    largest: int = parser.parse_args().largest
    print_machine("workshop-kit", "weasyprint", "typst")
    with workspace() as folder:
        cold, others = measured_cold(folder)
        warm = measured_warm(folder, [size for size in SIZES if size <= largest])
    print_ours(warm, cold)
    print_others(warm, others)
    print_targets(warm, cold, others)


def measured_cold(folder: Path) -> tuple[dict[int, Ours], list[tuple[Peer, Measured]]]:
    """Make cohorts with nothing in the cache, and take every other way there is on this machine.

    They take turns, so that what else the machine does falls on all of them.
    """
    from benchmarks.peers import median_of, peers

    cold: dict[int, list[Ours]] = {size: [] for size in COLD}
    others: list[tuple[Peer, list[Measured]]] = []
    for peer in peers():
        if peer.is_there():
            others.append((peer, []))
        else:
            say(f"{peer.name} is left out; to have it: {peer.to_get}")
    for _ in range(ROUNDS):
        for size, runs in cold.items():
            write_roster(folder, size)
            runs.append(_once(folder, size, cold=True))
        for peer, measured in others:
            measured.append(made := in_new_process(peer.measure))
            say(f"{peer.name}: {made.each:.2f} s each")
    middles = {size: middle(runs) for size, runs in cold.items()}
    return middles, [(peer, median_of(measured)) for peer, measured in others]


def measured_warm(folder: Path, sizes: Sequence[int]) -> dict[int, Ours]:
    """Make cohorts of these sizes with every part in the cache.

    Every run composes anew, as for a roster of as many people as none had before.
    """
    warm: dict[int, Ours] = {}
    for size in sizes:
        if shutil.disk_usage(folder).free < size * _ROOM:
            say(f"{size:,} people are left out: there is no room for them on the disk")
            continue
        write_roster(folder, size)
        warm[size] = middle([_once(folder, size, cold=False) for _ in range(RUNS[size])])
    return warm


def _once(folder: Path, size: int, *, cold: bool) -> Ours:
    forgotten = ".workshop-cache" if cold else ".workshop-cache/composed"
    shutil.rmtree(folder / forgotten, ignore_errors=True)
    made = in_new_process(make_cohort, folder)
    say(f"{size:6,} people, {'cold' if cold else 'warm'}: {made.seconds:.2f} s")
    return made


def middle(runs: Sequence[Ours]) -> Ours:
    """Return the medians of several runs."""
    seconds, memory = (median(getattr(run, name) for run in runs) for name in ("seconds", "memory"))
    return Ours(seconds, memory, runs[0].size, runs[0].pages)


def make_cohort(folder: Path) -> Ours:
    """Read, plan, compose, lay out, link, stamp and write a cohort's workbooks, in one process."""
    import workshop
    from workshop.building.kit import manifest

    with tempfile.TemporaryDirectory(dir=folder) as output:
        build = partial(
            workshop.build, folder, CLIENT, [COHORT], [DOCUMENT], output=Path(output), jobs=1
        )
        seconds = taken(build)
        kit = Path(output, CLIENT, COHORT)
        written = manifest.read(kit)
        if written is None:
            raise FileNotFoundError(kit / manifest.NAME)
        first = written.files[0]
        return Ours(seconds, peak_memory(), (kit / first.path).stat().st_size, first.pages)


def further(warm: dict[int, Ours]) -> float:
    """Return the seconds that one more person takes in the largest cohorts but one."""
    sizes = [size for size in warm if size <= 1_000][-2:]
    few, many = (warm[size].seconds for size in sizes)
    return (many - few) / (sizes[1] - sizes[0])


def print_ours(warm: dict[int, Ours], cold: dict[int, Ours]) -> None:
    """Print what cohorts of every size take."""
    base = warm[10].memory if 10 in warm else min(one.memory for one in warm.values())
    print("This product, one process. Each size in new processes; medians.\n")
    head = ("people", "pages", "kB a file", "cold, s", "kept, s", "ms a person", "MB", "× 10’s")
    rows = []
    for size, one in warm.items():
        first = f"{cold[size].seconds:.2f}" if size in cold else "–"
        rows.append(
            (
                f"{size:,}",
                str(one.pages),
                f"{one.size / 1000:.0f}",
                first,
                f"{one.seconds:.2f}",
                f"{one.seconds / size * 1000:.1f}",
                f"{one.memory:.0f}",
                f"{one.memory / base:.2f}",
            )
        )
    print_table(head, rows)


def print_others(warm: dict[int, Ours], others: Sequence[tuple[Peer, Measured]]) -> None:
    """Print what the other ways take, worked out for cohorts, and how much faster ours is."""
    sizes = [size for size in (1, 16, 100, 1_000) if size in warm]
    print("Other ways. Measured for as many people as stated, the rest multiplied; in brackets")
    print("how many times as long as this product with its parts kept (below 1: faster).\n")
    head = ("way", "measured", "pages", "kB a file", "s each", *(f"{size:,}, s" for size in sizes))
    rows = [
        (
            peer.name,
            str(made.copies),
            str(made.pages),
            f"{made.size / 1000:.0f}",
            f"{made.each:.3f}",
            *(
                f"{made.seconds(size):.4g} ({_ratio(made.seconds(size), warm[size].seconds)} ×)"
                for size in sizes
            ),
        )
        for peer, made in others
    ]
    print_table(head, rows)


def _ratio(one: float, other: float) -> str:
    """Return how many times the other one is, in three figures and without an exponent."""
    return f"{float(f'{one / other:.3g}'):g}"


def print_targets(
    warm: dict[int, Ours], cold: dict[int, Ours], others: Sequence[tuple[Peer, Measured]]
) -> None:
    """Print the ratios that hold the product to account."""
    rows = [("one more participant", f"{further(warm) * 1000:.2f} ms")]
    for peer, made in others:
        rows.append((f"… {peer.name} takes", f"{made.each / further(warm):.1f} × as long"))
    rows.append(("100 people, nothing kept", f"{cold[100].seconds:.2f} s"))
    for peer, made in others:
        ratio = made.seconds(100) / cold[100].seconds
        rows.append((f"… {peer.name} takes", f"{ratio:.1f} × as long"))
    for few, many, what in ((10, 10_000, "memory"), (1_000, 10_000, "seconds")):
        if few in warm and many in warm:
            ratio = getattr(warm[many], what) / getattr(warm[few], what)
            rows.append((f"{what}, {many:,} people against {few:,}", f"{ratio:.2f} ×"))
    print_table(("figure", "value"), rows)


if __name__ == "__main__":
    main()
