from __future__ import annotations

import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from tests.delivery.office import Office
from workshop.delivery.email.password import Password, find_password, store_password
from workshop.diagnostics import EnvironmentFault
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings

SETTINGS = EmailSettings(
    host="smtp.example.org", username="ruth", sender=Mailbox("", "ruth@example.org")
)


class _Memory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> _Memory:
    """The system's keyring."""
    memory = _Memory()
    monkeypatch.setattr(keyring.core, "_keyring_backend", memory)
    monkeypatch.delenv("WORKSHOP_SMTP_PASSWORD", raising=False)
    return memory


def test_it_comes_from_the_keyring_unless_the_environment_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store_password(SETTINGS, Password("from the keyring"))
    password = find_password(SETTINGS)
    assert password
    assert password.reveal() == "from the keyring"
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", "from the environment")
    password = find_password(SETTINGS)
    assert password
    assert password.reveal() == "from the environment"


def test_without_a_keyring_a_hint_installs_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(EnvironmentFault, match="No keyring is installed") as caught:
        store_password(SETTINGS, Password("x"))
    assert caught.value.diagnostics[0].hint == (
        "Install the program with it: `pipx install --force '.[email]'`, in the folder of its "
        "clone."
    )


def test_without_one_the_message_says_how_to_give_it() -> None:
    with pytest.raises(EnvironmentFault, match="no password for ruth at smtp") as caught:
        find_password(SETTINGS)
    assert "--store-password" in str(caught.value)


def test_a_machine_without_a_keyring(memory: _Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_words: str) -> str | None:
        raise NoKeyringError("locked")

    monkeypatch.setattr(memory, "get_password", none)
    monkeypatch.setattr(memory, "set_password", none)
    with pytest.raises(EnvironmentFault, match="There is no password"):
        find_password(SETTINGS)
    with pytest.raises(EnvironmentFault, match="does not take the password"):
        store_password(SETTINGS, Password("secret-secret"))


def test_it_does_not_show_itself() -> None:
    assert "secret" not in f"{Password('secret')} {Password('secret')!r} {[Password('secret')]}"


def test_nobody_is_asked_where_no_name_is_given(office: Office) -> None:
    assert find_password(SETTINGS.model_copy(update={"username": None})) is None
