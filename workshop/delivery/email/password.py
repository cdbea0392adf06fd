"""Get the mail server's password from the environment or the keyring, never from a file."""

from __future__ import annotations

import os

from workshop.diagnostics import EnvironmentFault
from workshop.workspace.settings import EmailSettings

VARIABLE = "WORKSHOP_SMTP_PASSWORD"
_INSTALL = (
    "Install the program with it: `pipx install --force '.[email]'`, in the folder of its clone."
)


class Password:
    """Holds a password so that it cannot be printed by accident."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Password(…)"

    def reveal(self) -> str:
        """Return the password itself."""
        return self._text


def find_password(settings: EmailSettings) -> Password | None:
    """Return the password, or None where the settings have no user name.

    Raises `EnvironmentFault` where there is a user name and no password.
    """
    if settings.username is None:
        return None
    password = os.environ.get(VARIABLE) or _from_keyring(settings, settings.username)
    if not password:
        message = f"There is no password for {settings.username} at {settings.host}"
        hint = f"Store it with `workshop email --store-password`, or set {VARIABLE}."
        raise EnvironmentFault.single("no-password", message, hint=hint)
    return Password(password)


def _from_keyring(settings: EmailSettings, username: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(_service(settings), username)
    except KeyringError:
        return None  # the machine has no keyring, or it is locked: as if there were no password


def store_password(settings: EmailSettings, password: Password) -> None:
    """Put the password into the system's keyring.

    Raises `EnvironmentFault` where there is no keyring, or it does not take the password.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise EnvironmentFault.single(
            "no-keyring", "No keyring is installed", hint=_INSTALL
        ) from None
    try:
        keyring.set_password(_service(settings), settings.username or "", password.reveal())
    except KeyringError as error:
        message = f"The system’s keyring does not take the password: {type(error).__name__}"
        raise EnvironmentFault.single("keyring", message, hint=f"Set {VARIABLE} instead.") from None


def _service(settings: EmailSettings) -> str:
    return f"workshop email {settings.host}"
