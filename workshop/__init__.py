"""Make printable kits for workshops from one source of modules and templates, for every client.

`build`, `check`, `plan`, `print`, `pictures` and `clean` do what the commands of these names do,
with all that is kept of earlier runs; the others give what commands use. `docs/library.md` has
examples. Everything else in this package is private.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workshop.building.build_plan import BuildProgress
    from workshop.building.check_clients import CheckReport
    from workshop.building.layout_count import DocumentEffort
    from workshop.building.reuse.nothing_to_do import BuildReport
    from workshop.delivery.email.mailing import Mailing
    from workshop.delivery.email.send import Event, Outcome
    from workshop.diagnostics import Diagnostic
    from workshop.keeping.memory import Memory
    from workshop.keeping.store import Cleaned
    from workshop.planning.make_plan import Plan
    from workshop.press.catalogue import Catalogue
    from workshop.press.run import PackProgress, PrintRun
    from workshop.tailoring.tailored import Tailored

__all__ = [
    "__version__",
    "build",
    "check",
    "clean",
    "count_layouts",
    "deliver",
    "load",
    "mailing",
    "open_memory",
    "pictures",
    "plan",
    "print",
]

__version__ = "0.2.0"


def _ignore(_value: object) -> None:
    """Do nothing: whoever calls does not want to be told."""


# Each stage is imported where it is used, so that asking for help does not load a layout engine.
def open_memory(workspace: Path) -> Memory:
    """Open a memory of a workspace, to hand to functions that are called one after another.

    It holds what they have read, composed and laid out, and looks up what earlier processes kept in
    the workspace. Without one, each call makes its own and drops it.
    """
    from workshop.keeping.memory import Memory
    from workshop.keeping.store import Store

    return Memory(Store(workspace))


def load(
    workspace: Path,
    client: str,
    memory: Memory | None = None,
    cohorts: Collection[str] = (),
) -> Tailored:
    """Read and check everything that is set for a client of a workspace.

    Where `cohorts` are named, neither the others nor their files are read. Raises `UsageError` for
    a client that is not there, `ContentError` with every fault in the files.
    """
    from workshop.planning.read_for_planning import read_for_planning

    return read_for_planning(workspace, client, memory or open_memory(workspace), cohorts)


def plan(
    tailored: Tailored,
    cohorts: Collection[str] = (),
    documents: Collection[str] = (),
    editions: Collection[str] = (),
) -> Plan:
    """Decide the day and the files of a client's cohorts; of all of them, where none is named.

    Raises `UsageError` for an unknown cohort, document or edition, `ContentError` for a day that
    cannot be.
    """
    from workshop.planning.make_plan import make_plan

    return make_plan(tailored, cohorts, documents, editions)


def count_layouts(plan: Plan, memory: Memory | None = None) -> list[tuple[DocumentEffort, ...]]:
    """Count for each cohort of a plan the layouts its documents take, and those kept already.

    Raises `ContentError` for what is wrong in a text or a template.
    """
    from workshop.building.layout_count import layout_counts

    return layout_counts(plan, memory or open_memory(plan.tailored.workspace))


def check(
    workspace: Path,
    client: str | None = None,
    cohorts: Collection[str] = (),
    *,
    quick: bool = False,
    jobs: int | None = None,
    strict: bool = False,
    on_progress: Callable[[BuildProgress], None] = _ignore,
    memory: Memory | None = None,
) -> CheckReport:
    """Find what is wrong in the files and on the pages of a client, or of all clients.

    Where `cohorts` of the client are named, neither the others nor their files are read. With
    `quick` no page is laid out. `jobs` and `strict` are as for `build`. Raises `UsageError` for a
    client or a cohort that is not there, `EnvironmentFault` when the machine cannot lay out.
    """
    from contextlib import nullcontext

    from workshop.building.check_clients import check_clients
    from workshop.building.workers.processes import worker_pool

    memory = memory or open_memory(workspace)
    with nullcontext() if quick else worker_pool(jobs, memory) as workers:
        return check_clients(
            workspace, client, workers, on_progress, memory, cohorts=cohorts, strict=strict
        )


def build(
    workspace: Path,
    client: str,
    cohorts: Collection[str] = (),
    documents: Collection[str] = (),
    editions: Collection[str] = (),
    *,
    output: Path | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    strict: bool = False,
    on_progress: Callable[[BuildProgress], None] = _ignore,
    on_warnings: Callable[[Sequence[Diagnostic]], None] = _ignore,
    memory: Memory | None = None,
) -> BuildReport:
    """Make the kits of a client's cohorts, unless nothing has changed since they were made.

    Where no cohort, document or edition is named, all are made. Kits go below `output`, or into the
    workspace's own folder. `jobs` is the number of processes, as many as there are processors where
    none is given; `cluster` the address of a Dask scheduler whose workers do the work instead. With
    `strict`, what would be a warning about the pages is an error. `on_warnings` is told of warnings
    as soon as there are any; the report has all of them.

    With more than one process, a script must call this below `if __name__ == "__main__":`, as each
    process imports it again. Raises `ContentError` for what is wrong in a file or a document,
    `UsageError` for what is not there, `EnvironmentFault` when the machine lacks what layout needs
    or `output` cannot be written. Either way the last good kit stays.
    """
    from workshop.building.build_client import build_client
    from workshop.building.reuse.nothing_to_do import BuildRequest

    names = tuple(cohorts), tuple(documents), tuple(editions)
    request = BuildRequest(workspace, client, *names, output)
    return build_client(
        request, on_progress, on_warnings, memory, jobs=jobs, cluster=cluster, strict=strict
    )


def print(  # noqa: A001  # the command's own name
    workspace: Path,
    client: str,
    cohorts: Collection[str] = (),
    profile: str = "office-duplex",
    *,
    spares: int | None = None,
    output: Path | None = None,
    on_progress: Callable[[PackProgress], None] = _ignore,
    on_warnings: Callable[[Sequence[Diagnostic]], None] = _ignore,
    on_run: Callable[[PrintRun], None] = _ignore,
    memory: Memory | None = None,
) -> list[PrintRun]:
    """Make packs of a client's finished kits, as a profile says; what is there already stays.

    `spares` is the number of packs without a name, as set in the client file where none is given;
    `output` is where the kits are; `on_run` is told of each cohort's run as soon as it is made.
    Raises `UsageError` where there is no kit or no such profile,
    `ContentError` where a kit is not what its manifest, the client file or the roster says,
    `EnvironmentFault` where packs cannot be written.
    """
    from workshop.press.print_client import print_client

    planned = _planned_kits(workspace, client, cohorts, output, on_warnings, memory)
    return print_client(planned, profile, spares, output, on_progress, on_run)


def pictures(
    workspace: Path,
    client: str,
    cohorts: Collection[str] = (),
    *,
    target: Path | None = None,
    output: Path | None = None,
    on_warnings: Callable[[Sequence[Diagnostic]], None] = _ignore,
    memory: Memory | None = None,
) -> list[Catalogue]:
    """Show every document of a client's finished kits in small pictures, on a page of Markdown.

    Pages go beside the kits below `output`, or that of a single cohort into `target`. Raises
    `UsageError` where there is no kit, `ContentError` where it is not what its manifest says,
    `EnvironmentFault` where they cannot be written.
    """
    from workshop.press.catalogue import write_catalogues

    planned = _planned_kits(workspace, client, cohorts, output, on_warnings, memory)
    return write_catalogues(planned, target, output)


def mailing(
    workspace: Path,
    client: str,
    cohorts: Collection[str] = (),
    document: str = "manager-briefing",
    *,
    only: Collection[str] = (),
    output: Path | None = None,
    test_to: str | None = None,
    memory: Memory | None = None,
) -> Mailing:
    """Write the e-mails to a client's managers, with the files of their finished kits.

    `document` is one that is made for each manager; `only` names some of them. With `test_to`, an
    address, the messages are tests, and `deliver` sends them there alone. Nothing is sent yet.
    Raises `UsageError` where there is no kit or nobody to write to, `ContentError` for faults in
    the e-mail's template.
    """
    from workshop.delivery.email.deliver import read_mailing

    planned = plan(load(workspace, client, memory, cohorts), cohorts, [document])
    return read_mailing(planned, only, output, test_to)


def deliver(
    mailing: Mailing,
    *,
    updates: bool = False,
    resend_unknown: bool = False,
    limit: int | None = None,
    on_event: Callable[[Event], None] = _ignore,
) -> list[Outcome]:
    """Send the messages of a mailing that are due, or the first `limit` of them.

    Whoever was sent the same file before, or may have been, is left out, unless `updates` takes in
    what has changed since and `resend_unknown` what may have been sent already. Tests are all due,
    and are not noted. The outcomes are of all that were sent now. Raises `UsageError` where no mail
    server is set, `ContentError` for faults of any message, before anything is sent;
    `EnvironmentFault` when the server cannot be used, or does not take a test.
    """
    from workshop.delivery.email.deliver import deliver_mailing, wanted_states

    states = wanted_states(updates=updates, resend_unknown=resend_unknown)
    return deliver_mailing(mailing, states, limit, on_event)


def clean(workspace: Path) -> Cleaned:
    """Remove what is kept from earlier builds of a workspace; kits are not touched."""
    from workshop.keeping.store import Store

    return Store(workspace).clean()


def _planned_kits(
    workspace: Path,
    client: str,
    cohorts: Collection[str],
    output: Path | None,
    on_warnings: Callable[[Sequence[Diagnostic]], None],
    memory: Memory | None,
) -> Plan:
    """Plan a client's cohorts whose kits are finished; warn of files that changed since."""
    from workshop.building.reuse.changed_since import warn_of_old_kits
    from workshop.workspace.kits_folder import kits_folder

    tailored = load(workspace, client, memory, cohorts)
    planned = plan(tailored, cohorts)
    kits = kits_folder(workspace, client, output, memory)
    old_kits = warn_of_old_kits(planned, kits, output)
    on_warnings((*tailored.warnings, *planned.warnings, *old_kits))
    return planned
