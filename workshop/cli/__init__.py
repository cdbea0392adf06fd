"""Run the command line: each command has a file of its own, imported when it is called."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from workshop import __version__
from workshop.building.workers.quiet import quiet_libraries
from workshop.cli.show_faults import ShownError, refused
from workshop.cli.terminal import harmless
from workshop.diagnostics import WorkshopError

# Name of the command: the module that holds it, as an attribute called `command`.
_COMMANDS = {
    "build": "build",
    "check": "check",
    "clean": "clean",
    "completion": "completion",
    "doctor": "doctor",
    "eject": "eject",
    "email": "email",
    "init": "init",
    "list": "listing",
    "new": "new",
    "pictures": "pictures",
    "plan": "plan",
    "print": "print",
    "roster": "show_roster",
    "schema": "schema",
    "which": "which",
}

# In seconds.
_MOMENT = 0.2


class _Commands(click.Group):
    """Finds commands without importing them all, and shows the user's faults as text."""

    interrupted = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"workshop.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from workshop.diagnostics import nearest

            raise click.UsageError(
                f"No such command “{args[0]}”. {nearest(args[0], _COMMANDS)}", ctx
            )
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _harmless_usage():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _harmless_usage():
                return super().invoke(ctx)
        except WorkshopError as error:
            raise ShownError(error, debug=ctx.meta.get("workshop.debug", False)) from error
        except KeyboardInterrupt:
            self.interrupted = True
            raise
        except BrokenPipeError:
            raise  # whoever read our output has gone; Click ends quietly
        except OSError as error:
            raise ShownError(refused(error)) from error


@contextmanager
def _harmless_usage() -> Iterator[None]:
    """Keep what was typed from steering the terminal when Click says what is wrong with it."""
    try:
        yield
    except click.UsageError as error:
        error.message = harmless(error.message)  # type: ignore[misc]  # final in its types only
        raise


@click.group("workshop", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workshop")
def main() -> None:
    """Make the printable kit for a workshop, tailored to a client.

    A workspace holds clients; each client has a folder with a client.yaml. Start one with
    `workshop init`, then run `workshop build --client NAME`.
    """


def run() -> None:
    """Run the `workshop` command in a process of its own.

    Such a process makes many objects and frees few of them before its end: to search them for
    garbage took a tenth of a build in which little had changed, so that is done rarely, and not at
    the end. Pydantic does not look for plugins in every package there is.

    After an interrupt, threads that are still at work are not waited for.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    quiet_libraries()
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        main()
    except SystemExit:
        if main.interrupted:
            _leave_threads()
        raise


def _leave_threads() -> None:
    """End the process if a thread would keep it: one that lays out, or waits for good."""
    threads = [thread for thread in threading.enumerate() if not thread.daemon]
    threads.remove(threading.main_thread())
    for thread in threads:
        thread.join(_MOMENT)  # most are about to end
    if any(thread.is_alive() for thread in threads):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)
