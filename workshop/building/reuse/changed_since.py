"""Tell which files have changed since a finished kit was made of them.

Whoever prints or sends a kit is told, as the note of its build has it. A kit without such a note,
or one that somebody has changed, is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from workshop.building.kit.kit_folder import below
from workshop.building.kit.noted_files import kit_digest
from workshop.building.reuse.nothing_to_do import BuildNote, read_note
from workshop.diagnostics import Diagnostic, Location, Severity, display_path
from workshop.keeping.file_state import FileState, is_unchanged
from workshop.planning.make_plan import Plan
from workshop.workspace.input_files import input_files

# A message names this many files, and says how many more there are.
_MOST_FILES = 5


def warn_of_old_kits(plan: Plan, kits: Path, output: Path | None) -> tuple[Diagnostic, ...]:
    """Return a warning for each of a plan's kits that was made before its files were changed.

    `kits` is where they are, and `output` the folder that a build of them has to be told, if any.
    """
    workspace, client = plan.tailored.workspace, plan.tailored.slug
    warnings = []
    for cohort in plan.cohorts:
        changed = changed_since(below(kits, client, cohort.slug), workspace, client)
        if changed:
            command = f"workshop build --client {client} --cohort {cohort.slug}"
            where = f" --output {display_path(output)}" if output else ""
            warnings.append(
                Diagnostic(
                    "old-kit",
                    f"The kit of “{cohort.slug}” was made before {_name_files(changed)} changed",
                    Location(changed[0]),
                    f"Build it anew first: `{command}{where}`.",
                    Severity.WARNING,
                )
            )
    return tuple(warnings)


def changed_since(kit: Path, workspace: Path, client: str) -> list[Path]:
    """Return the files that are not as they were when the kit in a folder was made of them.

    Of several builds that made this very kit, the one with the fewest such files counts.
    """
    with suppress(OSError):
        now = list(input_files(workspace, client))
        changed = [_list_changed(note, now) for note in _notes_of(kit)]
        return min(changed, key=len, default=[])
    return []


def _notes_of(kit: Path) -> Iterator[BuildNote]:
    digest = kit_digest(kit)
    for place in sorted(kit.parent.glob(".built-*.json")):
        with suppress(OSError, ValueError):
            note = read_note(place)
            if note["kits"].get(str(kit.resolve())) == digest:
                yield note


def _list_changed(note: BuildNote, now: Iterable[Path]) -> list[Path]:
    """List the files of a build that have changed, come or gone."""
    # A build in another folder, or by way of a link, has noted the same files by other paths.
    states = {Path(path).resolve(): FileState(*state) for path, state in note["inputs"].items()}
    paths = {*states, *(path.resolve() for path in now)}
    return sorted(path for path in paths if not _is_same(path, states.get(path)))


def _is_same(path: Path, state: FileState | None) -> bool:
    with suppress(OSError):
        return state is not None and is_unchanged(path, state)
    return False


def _name_files(files: list[Path]) -> str:
    names = ", ".join(display_path(path) for path in files[:_MOST_FILES])
    more = len(files) - _MOST_FILES
    return f"{names} and {more} more" if more > 0 else names
