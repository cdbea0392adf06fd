"""Send a message to one person over SMTP (RFC 5321), and say what the server did with it.

The commands are given one by one: smtplib's own `sendmail` does not say whether a connection broke
before the server had the message, or after.
"""

from __future__ import annotations

import base64
import enum
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from workshop.delivery.email.password import Password
from workshop.diagnostics import EnvironmentFault
from workshop.workspace.settings import EmailSettings

# Seconds to wait for the answer to a command, and to the whole message. RFC 5321, 4.5.3.2, has ten
# minutes for the message, and would have five for most commands.
_COMMAND, _WHOLE = 60.0, 600.0


class Result(enum.Enum):
    """Says what a server did with a message."""

    TAKEN = "taken"
    LATER = "asked to come again"  # a 4xx reply, or it broke off before it had the message
    REFUSED = "refused"  # a 5xx reply
    UNKNOWN = "gone before it answered"


@dataclass(frozen=True)
class Answer:
    """Says what the server did with a message; `reply` is what it said."""

    result: Result
    reply: str


class Unreachable(Exception):
    """Says that the server cannot be reached now, but perhaps later."""


class SmtpSession:
    """Holds an open connection, which is `usable` until it breaks."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp
        self.usable = True

    def hand_over(
        self, message: bytes, sender: str, recipient: str, before_data: Callable[[], None]
    ) -> Answer:
        """Give the server a message for one recipient.

        `before_data` is called right before DATA, once sender and recipient are accepted.
        """
        try:
            refusal = self._envelope(len(message), sender, recipient)
            if refusal:
                return refusal
            before_data()
            code, reply = self._smtp.docmd("DATA")
            if code != 354:
                return self._no(code, reply)
        except (smtplib.SMTPException, OSError) as error:
            return self._gone(Result.LATER, error)
        try:
            self._timeout(_WHOLE)
            self._smtp.send(_with_stuffed_dots(message))
            code, reply = self._smtp.getreply()
            self._timeout(_COMMAND)
        except (smtplib.SMTPException, OSError) as error:
            # The server may have got the whole message, and taken it.
            return self._gone(Result.UNKNOWN, error)
        return Answer(Result.TAKEN, _words(code, reply)) if code == 250 else self._no(code, reply)

    def _envelope(self, size: int, sender: str, recipient: str) -> Answer | None:
        options = [f"SIZE={size}"] if self._smtp.has_extn("size") else []
        code, reply = self._smtp.mail(sender, options)
        if code == 250:
            code, reply = self._smtp.rcpt(recipient)
        return None if code in (250, 251) else self._no(code, reply)

    def _no(self, code: int, reply: bytes) -> Answer:
        # The server will not deliver what it did not accept (RFC 5321, 4.2.5), so that the message
        # may be sent again.
        result = Result.REFUSED if 500 <= code < 600 else Result.LATER
        if code == 421:
            self.usable = False
        else:
            try:
                self._smtp.rset()
            except (smtplib.SMTPException, OSError):
                self.usable = False
        return Answer(result, _words(code, reply))

    def _gone(self, result: Result, error: Exception) -> Answer:
        self.usable = False
        return Answer(result, _why(error))

    def _timeout(self, seconds: float) -> None:
        if self._smtp.sock:
            self._smtp.sock.settimeout(seconds)


@contextmanager
def connected(
    settings: EmailSettings, password: Password | None, trust: ssl.SSLContext | None = None
) -> Iterator[SmtpSession]:
    """Yield a connection to the mail server, encrypted and logged in as the settings say.

    Certificates are checked against those of the system, or `trust`. Raises `Unreachable` where
    another try may help, `EnvironmentFault` where it will not.
    """
    smtp = _reached(settings, password, trust or ssl.create_default_context())
    session = SmtpSession(smtp)
    try:
        yield session
    finally:
        if session.usable:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        smtp.close()


def _reached(
    settings: EmailSettings, password: Password | None, trust: ssl.SSLContext
) -> smtplib.SMTP:
    where = f"{settings.host}, port {settings.port_used}"
    try:
        return _connect(settings, password, trust)
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        raise _unsafe(error, where) from None
    except socket.gaierror as error:
        if error.errno != socket.EAI_NONAME:
            raise Unreachable(f"{where}: {error.strerror}") from None
        message = f"There is no server called {settings.host}"
        raise EnvironmentFault.single("no-server", message, hint="Check `host`.") from None
    except smtplib.SMTPResponseException as error:
        words = _words(error.smtp_code, error.smtp_error)
        if error.smtp_code < 500:
            raise Unreachable(f"{where}: {words}") from None
        raise EnvironmentFault.single("server-refuses", f"{where} refuses: {words}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"{where}: {_why(error)}") from None


def _connect(
    settings: EmailSettings, password: Password | None, trust: ssl.SSLContext
) -> smtplib.SMTP:
    host, port = settings.host, settings.port_used
    smtp = (
        smtplib.SMTP_SSL(host, port, timeout=_COMMAND, context=trust)
        if settings.security == "tls"
        else smtplib.SMTP(host, port, timeout=_COMMAND)
    )
    try:
        smtp.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            smtp.starttls(context=trust)
            smtp.ehlo()
        if password and settings.username:
            _log_in(smtp, settings.username, password, f"{host}, port {port}")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _unsafe(error: Exception, where: str) -> EnvironmentFault:
    nothing = "Nothing was sent, nor the password."
    if isinstance(error, ssl.SSLCertVerificationError):
        message = f"The certificate of {where} is not to be trusted: {error.verify_message}"
        hint = f"Check `host` in workshop.yaml. {nothing}"
        return EnvironmentFault.single("certificate", message, hint=hint)
    if isinstance(error, ssl.SSLError):
        message = f"There is no encrypted connection to {where}: {error.reason}"
        hint = "Check `port` and `security`: usually 587 with starttls, or 465 with tls."
        return EnvironmentFault.single("tls", message, hint=hint)
    message = f"{where} offers no encryption (STARTTLS), or no way to log in"
    return EnvironmentFault.single(
        "not-encrypted", message, hint=f"Check `port` and `security`. {nothing}"
    )


def _log_in(smtp: smtplib.SMTP, username: str, password: Password, where: str) -> None:
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise AssertionError("a password is for encrypted connections")
    try:
        if (username + password.reveal()).isascii():
            smtp.login(username, password.reveal())
        else:
            _log_in_with_utf8(smtp, username, password)
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise Unreachable(f"{where} cannot check the password now") from None
        # The server's reply is not shown: some servers repeat what they were sent.
        message = f"{where} does not accept user name and password ({error.smtp_code})"
        hint = "Many providers want an app password here. Nothing was sent."
        raise EnvironmentFault.single("password-refused", message, hint=hint) from None


def _log_in_with_utf8(smtp: smtplib.SMTP, username: str, password: Password) -> None:
    """Log in with letters beyond ASCII, which smtplib does not send (RFC 4616, 2)."""
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
        message = "This mail server takes no user name or password with such letters as ä or é"
        hint = "Set a password of plain letters, digits and signs there. Nothing was sent."
        raise EnvironmentFault.single("password-letters", message, hint=hint)
    words = base64.b64encode(f"\0{username}\0{password.reveal()}".encode())
    code, reply = smtp.docmd("AUTH", f"PLAIN {words.decode()}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _with_stuffed_dots(message: bytes) -> bytes:
    """Return a message as it follows DATA, with dots at line starts doubled (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    ended = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "The server did not answer in time"
    return getattr(error, "strerror", None) or "The server broke off"


def _words(code: int, reply: bytes | str) -> str:
    """Return a server's reply in one line, without characters that a terminal would obey."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"{code} {line}"[:300]
