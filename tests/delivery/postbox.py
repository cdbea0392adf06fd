"""A real SMTP server on this machine, with TLS and AUTH, that can be told to misbehave."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# Since Python 3.13 an authority has to say that it may sign certificates (RFC 5280, 4.2.1.3).
_MAY_SIGN = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)

USER, PASSWORD = "ruth@example.org", "correct-horse-battery"


@dataclass
class Postbox:
    """What the server got, and how it behaves to each recipient.

    A hook is called with the recipient at a moment of the dialogue and may return a reply to give
    instead of the usual one, or `BREAK` to drop the connection.
    """

    received: list[tuple[str, bytes]] = field(default_factory=list)
    logins: list[tuple[str, bytes, bool]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    password: str = PASSWORD
    at_rcpt: Callable[[str], str | None] = lambda _address: None
    at_data: Callable[[str], str | None] = lambda _address: None
    at_end: Callable[[str], str | None] = lambda _address: None
    at_accepted: Callable[[str], str | None] = lambda _address: None

    @property
    def addresses(self) -> list[str]:
        """Who has got something, in order."""
        return [address for address, _ in self.received]

    def mail_to(self, address: str) -> EmailMessage:
        """Return the one message somebody got."""
        [content] = [content for to, content in self.received if to == address]
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen[address] += 1
        answer = self.at_rcpt(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return _answer(server, answer) or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        if answer := self.at_end(address):
            return _answer(server, answer) or ""
        assert isinstance(envelope.content, bytes)
        self.received.append((address, envelope.content))
        return _answer(server, self.at_accepted(address)) or "250 OK"

    def log_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Compare the password, and note over what kind of connection it came."""
        assert isinstance(data, LoginPassword)
        assert server.transport
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.logins.append((mechanism, data.password, encrypted))
        return AuthResult(
            success=data == LoginPassword(USER.encode(), self.password.encode()), handled=False
        )


BREAK = "break"


def _answer(server: SMTP, answer: str | None) -> str | None:
    if answer != BREAK:
        return answer
    assert server.transport
    server.transport.abort()  # type: ignore[attr-defined]
    return "421 gone"


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        assert self.envelope
        handler = self.event_handler
        assert isinstance(handler, Postbox)
        for address in self.envelope.rcpt_tos:
            if answer := handler.at_data(address):
                await self.push(_answer(self, answer) or "")
                return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        # The system has chosen a port; aiosmtpd would knock at port 0.
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def serving(
    box: Postbox, tls: ssl.SSLContext | None, *, implicit: bool = False, auth: bool = True
) -> Iterator[int]:
    """Run the server; yield its port."""
    controller = _Controller(
        box,
        hostname="127.0.0.1",
        port=0,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        authenticator=box.log_in,
        # aiosmtpd does not count TLS from the start as encryption here.
        auth_required=auth and not implicit,
        auth_require_tls=not implicit,
        require_starttls=tls is not None and not implicit,
        data_size_limit=200_000,
        server_hostname="localhost",
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def serving_workspace(
    workspace: Path, box: Postbox, certificate: Certificate, patch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Run the server, and set a workspace up for it; its certificate is trusted meanwhile."""
    patch.setenv("WORKSHOP_SMTP_PASSWORD", PASSWORD)
    patch.setenv("SSL_CERT_FILE", str(certificate.authority))
    with serving(box, certificate.server) as port:
        (workspace / "workshop.yaml").write_text(
            "output: build\ntimezone: Europe/London\n"
            f"email:\n  host: 127.0.0.1\n  port: {port}\n  username: {USER}\n"
            "  from: Ruth Ashdown <ruth@example.org>\n  rate: 600\n",
            encoding="utf-8",
        )
        yield


@dataclass(frozen=True)
class Certificate:
    """A certificate for this machine, signed by an authority of its own."""

    authority: Path
    chain: Path
    key: Path

    @property
    def server(self) -> ssl.SSLContext:
        """What a server needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client needs to trust it."""
        return ssl.create_default_context(cafile=self.authority)


def make_certificate(folder: Path) -> Certificate:
    """Write an authority and a certificate for localhost."""
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests")])
    mine = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    leaf = (
        _certificate(authority, authority, ca_key, ca_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_MAY_SIGN, critical=True)
    )
    theirs = _certificate(mine, authority, key, ca_key).add_extension(
        x509.SubjectAlternativeName(names), critical=False
    )
    certificate = Certificate(folder / "ca.pem", folder / "chain.pem", folder / "key.pem")
    pem = serialization.Encoding.PEM
    certificate.authority.write_bytes(leaf.sign(ca_key, hashes.SHA256()).public_bytes(pem))
    certificate.chain.write_bytes(theirs.sign(ca_key, hashes.SHA256()).public_bytes(pem))
    plain = serialization.NoEncryption()
    certificate.key.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return certificate


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.CertificateBuilder:
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
