"""Read `workshop.yaml`, the settings file that makes a folder a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from workshop.content.yaml.files import Fault, FileModel, read_yaml, validate
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.limits import LONGEST_LAYOUT, MAIL_RATE, MAIL_USER
from workshop.workspace.clients import SETTINGS
from workshop.workspace.mailbox import MailboxText
from workshop.workspace.timezone import TimeZone

# The folder of a workspace where editors find what its files may say.
SCHEMAS = ".schema"
# RFC 8314 sets the ports for submitting mail; 25 is for a server that asks for no password.
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class EmailSettings(FileModel):
    """Names the mail server and the sender. The password is never written here.

    `security` is how the connection is encrypted: `starttls` (port 587), `tls` from the start (port
    465), or `none` (port 25), which is for a server that asks for no password. `rate` is the most
    messages a minute.
    """

    host: str = Field(pattern=r"^[A-Za-z0-9.:_-]+$")
    port: int | None = Field(None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = Field(None, min_length=1, max_length=MAIL_USER.most)
    sender: MailboxText = Field(alias="from")
    reply_to: MailboxText | None = Field(None, alias="reply-to")
    rate: int = Field(20, ge=1, le=MAIL_RATE.most)

    @model_validator(mode="after")
    def _keeps_the_password(self) -> EmailSettings:
        if self.security == "none" and self.username:
            raise Fault(
                "With `security: none` the password would be sent unencrypted",
                hint="Take `username` out, or write `security: starttls`.",
                at=("username",),
            )
        return self

    @property
    def port_used(self) -> int:
        """The port that is set, or the usual port for the kind of security."""
        return self.port or _PORTS[self.security]


class WorkspaceFile(FileModel):
    """Describes what a `workshop.yaml` may say.

    `output` is the folder where kits are written, `layout-seconds` how long the layout of a part
    may take. `timezone` and `look` are for clients that name none of their own.
    """

    output: str = "build"
    layout_seconds: int | None = Field(None, alias="layout-seconds", ge=1, le=LONGEST_LAYOUT.most)
    timezone: TimeZone | None = None
    look: str | None = None
    email: EmailSettings | None = None


def read_settings(workspace: Path, memory: Memory | None = None) -> WorkspaceFile:
    """Read a workspace's settings; raise `ContentError` for faults in them."""
    report = Report()
    source = read_yaml(workspace / SETTINGS, report, memory)
    settings = validate(source, WorkspaceFile, report) if source else None
    report.stop_on_errors()
    return settings or WorkspaceFile()


def house_look(workspace: Path, memory: Memory | None = None) -> tuple[str | None, Location]:
    """Return the look of clients that name none, and its place in the workspace's settings.

    Faults in the settings are for others to tell.
    """
    report = Report()
    source = read_yaml(workspace / SETTINGS, report, memory)
    settings = validate(source, WorkspaceFile, report) if source else None
    if source is None or settings is None:
        return None, Location(workspace / SETTINGS)
    return settings.look, source.location("look")


def output_folder(workspace: Path, memory: Memory | None = None) -> Path:
    """Return the folder of a workspace's kits; raise `ContentError` for faults in its settings."""
    return workspace / read_settings(workspace, memory).output
