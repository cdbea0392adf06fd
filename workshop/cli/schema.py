"""`workshop schema`: write JSON Schema of the files a user writes, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.terminal import echo

_NAMES = ("case", "client", "document", "look", "module", "profile", "programme", "workspace")


@click.command("schema")
@click.argument("name", type=click.Choice(_NAMES), required=False)
@click.option(
    "--write",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every schema into this folder, one file each.",
)
def command(name: str | None, write: Path | None) -> None:
    """Print the JSON Schema of a file, for editors.

    NAME is the kind of file; with --write, the schemas of all kinds are written.
    """
    from workshop.diagnostics import UsageError, display_path
    from workshop.tailoring.json_schema import NAMES, may_replace, schema_of

    if (name is None) == (write is None):
        raise click.UsageError("Name one schema, or give --write a folder.")
    if name:
        echo(schema_of(name), nl=False)
    if write:
        write.mkdir(parents=True, exist_ok=True)
        paths = {each: write / f"{each}.json" for each in NAMES}
        if others := [path for path in paths.values() if not may_replace(path)]:
            message = f"{display_path(others[0])} is no schema, so it stays; nothing was written"
            raise UsageError.single("output-own-files", message, hint="Name another folder.")
        for each, path in paths.items():
            path.write_text(schema_of(each), encoding="utf-8")
        echo(f"Wrote {len(NAMES)} schemas to {display_path(write)}/")
